"""Many values to one, over the rows of an index or over pairs.

What an engine computes exactly as the interpreter does stands in `_NATIVE`; for all else the matching rows come home
and go through the interpreter's own `reduce_values`. A sum does, because its exact rounding is none of an engine's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from invlint.engine.columnar.backends import ROW
from invlint.engine.columnar.contexts import INNER, OUTER, SURE, VALUE
from invlint.engine.columnar.types import NUMBER, type_of_reduction, typed
from invlint.engine.reductions import reduce_values

if TYPE_CHECKING:
    from collections.abc import Callable

    from invlint.engine.columnar.backends import Table
    from invlint.engine.columnar.contexts import Context
    from invlint.engine.columnar.lowering import Lowering

_LOW, _HIGH = "_low", "_high"


def _common(table: Table, keys: list[str]) -> Table:
    found = table.group_by(keys).agg(nw.col(VALUE).min().alias(_LOW), nw.col(VALUE).max().alias(_HIGH))
    return found.select(*keys, nw.when(nw.col(_LOW) == nw.col(_HIGH)).then(nw.col(_LOW)).alias(VALUE))


_NATIVE: dict[str, Callable[[Table, list[str]], Table]] = {
    "count": lambda table, keys: table.group_by(keys).agg(nw.col(VALUE).count().cast(nw.Int64)),
    "largest": lambda table, keys: table.group_by(keys).agg(nw.col(VALUE).max()),
    "smallest": lambda table, keys: table.group_by(keys).agg(nw.col(VALUE).min()),
    "common": _common,
}
"""From rows with keys and `_value` to one row for each key."""


class Reductions:
    """Reduces matching rows for the rows of a context."""

    def __init__(self, lowering: Lowering) -> None:
        self._lowering = lowering
        self._reduced: dict[tuple[int, str, int], tuple[list[str], Table]] = {}

    def of_index(self, context: Context, what: str, keys: tuple[int, ...], index: int, value: int | None) -> nw.Expr:
        """The result over the rows of an index with the same keys."""
        matched = self._lowering.indexes.matched(context, keys, index)
        sure, possible = nw.col(matched.sure), nw.col(matched.possible)
        if value is None and what in ("some", "count"):
            return _settled(what, sure, possible, sure)
        if what == "some":
            return _settled(what, sure, possible, sure)
        ours = self._lowering.keys.columns(context, keys, self._lowering.indexes.scheme(index))
        theirs, reduced = self._reduced_index(context, ours, what, index, value)
        name = self._lowering.match(context, ours, reduced, theirs, {VALUE: (what, keys, index, value)})[VALUE]
        return _settled(what, sure, possible, nw.col(name))

    def _reduced_index(
        self, context: Context, ours: list[str], what: str, index: int, value: int | None
    ) -> tuple[list[str], Table]:
        """(keys, the result of each): of all keys, and kept, where that is cheap; else of those in the context."""
        mark = (index, what, -1 if value is None else value)
        known = self._reduced.get(mark)
        if known is not None:
            return known
        theirs, rows = self._lowering.indexes.candidates(index, value)
        rows = rows.filter(nw.col(SURE))
        if value is None:
            rows = rows.with_columns(nw.col(ROW).alias(VALUE))
        if what in _NATIVE:
            known = self._reduced[mark] = theirs, self._lowering.backend.keep(_NATIVE[what](rows, theirs))
            return known
        wanted = context.table.select(*ours).unique()
        rows = rows.join(wanted, left_on=theirs, right_on=ours, how="semi")
        return theirs, self._at_home(rows, theirs, ROW, what, self._type(value))

    def of_pairs(
        self, context: Context, node: int, what: str, pairs: Context, kept: int | None, value: int | None
    ) -> nw.Expr:
        """The result over the pairs of each row that pass a filter."""
        lowering = self._lowering
        flag = lowering.expr(pairs, kept).cast(nw.Boolean) if kept is not None else nw.lit(True)
        item = lowering.expr(pairs, value) if value is not None else nw.col(INNER)
        rows = pairs.table.select(OUTER, INNER, SURE, flag.alias(_LOW), item.alias(VALUE))
        rows = rows.filter(nw.col(_LOW).fill_null(True))
        rows = lowering.backend.keep(rows.with_columns(nw.col(SURE) & nw.col(_LOW).fill_null(False)))
        counted = rows.select(
            OUTER,
            nw.col(SURE).cast(nw.Int64).alias("sure"),
            (~nw.col(SURE)).cast(nw.Int64).alias("possible"),
        )
        counted = counted.group_by(OUTER).agg(nw.col("sure").sum(), nw.col("possible").sum())
        names = lowering.match(
            context, [ROW], counted, [OUTER], {what: (node, what) for what in ("sure", "possible")}
        )  # fmt: skip
        sure, possible = nw.col(names["sure"]), nw.col(names["possible"])
        if what == "some":
            return _settled(what, sure, possible, sure)
        rows = rows.filter(nw.col(SURE))
        if what in _NATIVE:
            reduced = _NATIVE[what](rows, [OUTER])
        else:
            reduced = self._at_home(rows, [OUTER], INNER, what, self._type(value))
        found = lowering.match(context, [ROW], reduced, [OUTER], {VALUE: (node, VALUE)})[VALUE]
        return _settled(what, sure, possible, nw.col(found))

    def _at_home(self, rows: Table, keys: list[str], order: str, what: str, kind: str) -> Table:
        """The result of each key by the interpreter's own function."""
        *key_columns, values = self._lowering.backend.home(rows, [*keys, VALUE], [order])
        matching: dict[tuple[int, ...], list[Any]] = {}
        for key, value in zip(zip(*key_columns, strict=True), values, strict=True):
            matching.setdefault(key, []).append(value)
        results = [reduce_values(what, items, unknown=False) for items in matching.values()]
        columns = {
            name: ("whole", [key[place] for key in matching]) for place, name in enumerate(keys)
        }  # fmt: skip
        columns[VALUE] = typed(type_of_reduction(what, kind), results)
        return self._lowering.backend.table(columns, len(results))

    def _type(self, value: int | None) -> str:
        return self._lowering.type_of(value) if value is not None else NUMBER


def _settled(what: str, sure: nw.Expr, possible: nw.Expr, result: nw.Expr) -> nw.Expr:
    """The result of each row: of its sure rows, missing where others may match, and that of no rows where none do."""
    some = sure.fill_null(0) > 0
    certain = possible.fill_null(0) == 0
    if what == "some":
        return nw.when(some).then(nw.lit(True)).otherwise(nw.when(certain).then(nw.lit(False)))
    nothing = reduce_values(what, [], unknown=False)
    kept = nw.when(some & certain).then(result)
    return kept if nothing is None else kept.otherwise(nw.when(certain).then(nw.lit(nothing)))
