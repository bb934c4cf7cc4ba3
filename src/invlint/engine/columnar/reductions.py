"""Many values to one, over the rows of an index or over pairs.

What an engine computes exactly as the interpreter does stands in `_NATIVE`; for all else the matching values come home
and go through the interpreter's own functions. A sum of more than two does, because its exact rounding is none of an
engine's.
"""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import TYPE_CHECKING

import narwhals as nw

from invlint.engine.columnar.backends import ROW
from invlint.engine.columnar.contexts import INNER, OUTER, SURE, VALUE
from invlint.engine.columnar.expressions import finite
from invlint.engine.columnar.types import NUMBER, missing, type_of_reduction, typed
from invlint.engine.reductions import REDUCTIONS, reduce_values

if TYPE_CHECKING:
    from collections.abc import Callable

    from invlint.engine.columnar.backends import Table
    from invlint.engine.columnar.contexts import Context
    from invlint.engine.columnar.lowering import Lowering

_LOW, _HIGH, _ROWS = "_low", "_high", "_rows"
_FEW = 2
"""Values whose sum has but one rounding."""


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
        self._reduced: dict[tuple[int, str, int], Table] = {}

    def of_index(self, context: Context, what: str, keys: tuple[int, ...], index: int, value: int | None) -> nw.Expr:
        """The result over the rows of an index with the same keys."""
        indexes = self._lowering.indexes
        if what == "some":
            return indexes.some(context, keys, index)
        if indexes.empty(index):
            return self._of_no_rows(what, value)
        ours, theirs = self._lowering.keys.columns(context, keys, indexes.scheme(index)), indexes.keys(index)
        reduced = self._reduced_index(context, ours, what, index, value)
        found = self._lowering.match(context, ours, reduced, theirs, {VALUE: (what, keys, index, value)})[VALUE]
        result = _of_none(what, nw.col(found))
        return nw.when(indexes.certain(context, keys, index)).then(result) if indexes.doubtful(index) else result

    def _reduced_index(self, context: Context, ours: list[str], what: str, index: int, value: int | None) -> Table:
        """The result of each key: of all keys, and kept, where that is cheap; else of those in the context."""
        mark = (index, what, -1 if value is None else value)
        known = self._reduced.get(mark)
        if known is not None:
            return known
        theirs = self._lowering.indexes.keys(index)
        rows = self._lowering.indexes.rows(index, value)
        if value is None:
            rows = rows.with_columns(nw.col(ROW).alias(VALUE))
        if what in _NATIVE:
            known = self._reduced[mark] = self._lowering.backend.keep(_NATIVE[what](rows, theirs))
            return known
        wanted = context.table.select(*ours)
        rows = rows.join(wanted, left_on=theirs, right_on=ours, how="semi")
        return self._from_rows(rows, theirs, ROW, what, value)

    def _of_no_rows(self, what: str, value: int | None) -> nw.Expr:
        nothing = reduce_values(what, [], unknown=False)
        return missing(type_of_reduction(what, self._type(value))) if nothing is None else nw.lit(nothing)

    def of_pairs(
        self, context: Context, node: int, what: str, pairs: int, kept: int | None, value: int | None
    ) -> nw.Expr:
        """The result over the pairs of each row that pass a filter."""
        if self._lowering.indexes.empty(self._lowering.nodes[pairs][3]):
            return self._of_no_rows(what, value)
        sure, doubtful = self._matching(self._lowering.pairs(context, pairs), kept)
        certain = None
        if doubtful is not None:
            unsure = self._lowering.present(context, [ROW], doubtful.table, [OUTER], (node, "doubtful"))
            certain = ~nw.col(unsure)
        if what == "some":
            there = nw.col(self._lowering.present(context, [ROW], sure.table, [OUTER], (node, "sure")))
            if certain is None:
                return there
            return nw.when(there).then(nw.lit(True)).otherwise(nw.when(certain).then(False))
        result = self._reduced_pairs(context, node, what, sure, value)
        return result if certain is None else nw.when(certain).then(result)

    def _reduced_pairs(self, context: Context, node: int, what: str, sure: Context, value: int | None) -> nw.Expr:
        item = INNER if value is None else self._lowering.named(sure, value)
        rows = sure.table.select(OUTER, INNER, nw.col(item).alias(VALUE))
        native = _NATIVE.get(what)
        reduced = native(rows, [OUTER]) if native else self._from_rows(rows, [OUTER], INNER, what, value)
        found = self._lowering.match(context, [ROW], reduced, [OUTER], {VALUE: (node, VALUE)})[VALUE]
        return _of_none(what, nw.col(found))

    def _matching(self, pairs: Context, kept: int | None) -> tuple[Context, Context | None]:
        """The pairs that certainly match, and those of which it is not known, where there are any."""
        known = pairs.matching.get(kept)
        if known is None:
            known = pairs.matching[kept] = self._sifted(pairs, kept)
        return known

    def _sifted(self, pairs: Context, kept: int | None) -> tuple[Context, Context | None]:
        lowering = self._lowering
        assert pairs.node is not None  # noqa: S101
        flags = []
        if kept is not None:
            flags.append(lowering.expr(pairs, kept).cast(nw.Boolean))
        if lowering.indexes.doubtful(lowering.nodes[pairs.node][3]):
            flags.append(nw.when(nw.col(SURE)).then(nw.lit(True)))
        if not flags:
            return pairs, None
        flag = lowering.attach(pairs, ("matching", kept), reduce(and_, flags))
        yes, unknown = lowering.backend.tally(pairs.table, flag)
        sure = pairs if yes == pairs.size else lowering.part(pairs, flag, (True,), yes, OUTER, INNER)
        return sure, lowering.part(pairs, flag, (None,), unknown, OUTER) if unknown else None

    def _from_rows(self, rows: Table, keys: list[str], order: str, what: str, value: int | None) -> Table:
        """The result of each key where not all of it is the engine's work."""
        if what == "sum":
            return self._summed(rows, keys, order)
        return self._at_home(rows, keys, order, what, self._type(value))

    def _type(self, value: int | None) -> str:
        return self._lowering.type_of(value) if value is not None else NUMBER

    def _summed(self, rows: Table, keys: list[str], order: str) -> Table:
        """The sum of each key. Most have one value or two, which any engine adds up as exactly as `math.fsum`."""
        low, high = nw.col(_LOW), nw.col(_HIGH)
        item = nw.col(VALUE).cast(nw.Float64)
        counted = rows.group_by(keys).agg(
            nw.col(VALUE).count().alias(_ROWS), item.min().alias(_LOW), item.max().alias(_HIGH)
        )
        counted = self._lowering.backend.keep(counted)
        of_few = nw.when(nw.col(_ROWS) == 1).then(low + 0.0).otherwise(finite(low + high))
        few = counted.filter(nw.col(_ROWS) <= _FEW).select(*keys, of_few.alias(VALUE))
        many = counted.filter(nw.col(_ROWS) > _FEW).select(*keys)
        rest = self._at_home(rows.join(many, on=keys, how="semi"), keys, order, "sum", NUMBER)
        return nw.concat([few, rest.select(*keys, VALUE)])

    def _at_home(self, rows: Table, keys: list[str], order: str, what: str, kind: str) -> Table:
        """The result of each key by the interpreter's own function."""
        table, lists = self._lowering.backend.lists(rows, keys, VALUE, order)
        results = list(map(REDUCTIONS[what], lists))
        return self._lowering.backend.put(table, VALUE, typed(type_of_reduction(what, kind), results))


def _of_none(what: str, result: nw.Expr) -> nw.Expr:
    """The results, and that of no rows where there are none."""
    nothing = reduce_values(what, [], unknown=False)
    return result if nothing is None else result.fill_null(nothing)
