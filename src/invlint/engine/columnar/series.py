"""Windows along an order: rows with the same keys and the same place in the order make a step, steps make a series."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from invlint.engine.columnar.backends import ROW
from invlint.engine.columnar.contexts import VALUE
from invlint.engine.columnar.expressions import equal
from invlint.engine.columnar.types import NUMBER, typed
from invlint.engine.interpreter import Interpreter
from invlint.tables.frame import Frame

if TYPE_CHECKING:
    from invlint.engine.columnar.backends import Table
    from invlint.engine.columnar.contexts import Context
    from invlint.engine.columnar.lowering import Lowering

_NATIVE = ("previous", "newest", "oldest")
_FIRST, _ROWS, _ORDER, _BAD = "_first", "_rows", "_order", "_bad"


class _Steps(NamedTuple):
    """`table` has a row for each step: its `_first` row, and the step that is `previous`, `newest` and `oldest` to it.

    `at` is the column of the whole that says in which step a row is, `single` that no step has two rows.
    """

    table: Table
    at: str
    single: bool


class SeriesOfRows:
    """The windows of a run; those over the same keys and order share their steps."""

    def __init__(self, lowering: Lowering) -> None:
        self._lowering = lowering
        self._steps: dict[tuple[tuple[int, ...], int], _Steps] = {}

    def along(self, whole: Context, node: int, what: str, keys: tuple[int, ...], order: int, value: int) -> nw.Expr:
        """The window of a value in each row of a table."""
        if what not in _NATIVE:
            return self._at_home(whole, node, what, keys, order, value)
        lowering = self._lowering
        steps = self._of(whole, keys, order)
        at = whole.names.get((what, keys, order))
        if at is None:
            at = lowering.gather_from(whole, steps.at, steps.table, what, (what, keys, order))
        values = self._agreed(whole, steps, value)
        return nw.col(lowering.gather_from(whole, at, values, VALUE, node))

    def _of(self, whole: Context, keys: tuple[int, ...], order: int) -> _Steps:
        known = self._steps.get((keys, order))
        if known is None:
            known = self._steps[keys, order] = self._made(whole, keys, order)
        return known

    def _made(self, whole: Context, keys: tuple[int, ...], order: int) -> _Steps:
        lowering, backend = self._lowering, self._lowering.backend
        names = lowering.keys.columns(whole, keys, lowering.keys.scheme(whole, keys))
        along = lowering.named(whole, order)
        placed = whole.table.filter(~nw.col(along).is_null()).select(*names, nw.col(along).alias(_ORDER), ROW)
        grouped = placed.group_by([*names, _ORDER]).agg(
            nw.col(ROW).min().alias(_FIRST), nw.col(ROW).count().alias(_ROWS)
        )
        table = backend.numbered(grouped, [*names, _ORDER])
        ends = table.group_by(names).agg(nw.col(ROW).min().alias("oldest"), nw.col(ROW).max().alias("newest"))
        table = backend.match(table, names, ends.rename({name: f"_{name}" for name in names}), [f"_{n}" for n in names])
        before = nw.when(nw.col(ROW) > nw.col("oldest")).then(nw.col(ROW) - 1)
        table = backend.keep(table.with_columns(before.alias("previous")))
        most = backend.home(table.select(nw.col(_ROWS).max()), [_ROWS])[0][0]
        other = table.select(*names, _ORDER, nw.col(ROW).alias("step"))
        at = lowering.match(whole, [*names, along], other, [*names, _ORDER], {"step": ("step", keys, order)})["step"]
        return _Steps(table, at, (most or 0) < 2)

    def _agreed(self, whole: Context, steps: _Steps, value: int) -> Table:
        """The value of each step as `_value`; rows of one step that disagree give nothing."""
        lowering, backend = self._lowering, self._lowering.backend
        name = lowering.named(whole, value)
        table = backend.gather(steps.table.select(ROW, _FIRST), _FIRST, whole.table, {name: VALUE})
        if steps.single:
            return table
        rows = backend.keep(whole.table.filter(~nw.col(steps.at).is_null()).select(ROW, nw.col(steps.at), nw.col(name)))
        rows = backend.gather(rows, steps.at, table, {VALUE: VALUE})
        one, first = nw.col(name), nw.col(VALUE)
        alike = equal(one, first) if lowering.type_of(value) == NUMBER else one == first
        alike = alike.fill_null(False) | (one.is_null() & first.is_null())
        bad = rows.filter(~alike).select(nw.col(steps.at).alias("_step")).unique()
        bad = bad.with_columns(nw.lit(True).alias(_BAD))
        table = backend.match(table, [ROW], bad, ["_step"])
        return backend.keep(table.with_columns(nw.when(nw.col(_BAD).is_null()).then(nw.col(VALUE)).alias(VALUE)))

    def _at_home(self, whole: Context, node: int, what: str, keys: tuple[int, ...], order: int, value: int) -> nw.Expr:
        """A window without a native form, by the interpreter itself."""
        lowering = self._lowering
        names = lowering.keys.columns(whole, keys, lowering.keys.scheme(whole, keys))
        along, of = lowering.named(whole, order), lowering.named(whole, value)
        columns = lowering.backend.home(whole.table, [*names, along, of], [ROW])
        frame = Frame("rows", whole.size, {str(place): column for place, column in enumerate(columns)}, [])
        own = tuple(("column", 0, name) for name in frame.columns)
        plan = (("rows", "rows"), *own, ("window", what, 0, tuple(range(1, len(names) + 1)), len(own) - 1, len(own)))
        found = Interpreter(plan, {"rows": frame}, lambda _table, _rule: []).column(len(plan) - 1)
        return nw.col(lowering.put(whole, node, typed(lowering.type_of(node), found)))
