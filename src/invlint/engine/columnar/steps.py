"""The steps of series: rows with the same keys and the same place in the order make one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from invlint.engine.columnar.backends import ROW
from invlint.engine.columnar.contexts import VALUE
from invlint.engine.columnar.expressions import equal
from invlint.engine.columnar.types import NUMBER

if TYPE_CHECKING:
    from invlint.engine.columnar.backends import Table
    from invlint.engine.columnar.contexts import Context
    from invlint.engine.columnar.lowering import Lowering

FIRST, OLDEST, NEWEST, PREVIOUS = "_first", "oldest", "newest", "previous"
_ROWS, _PLACE, _BAD = "_rows", "_place", "_bad"


class Steps(NamedTuple):
    """The steps that the `rows` of a context make, series by series and along the order.

    `table` has a row for each: its `_first` row, and the step that is `oldest`, `newest` and `previous` to it.
    Column `at` of the rows says in which step each is; `single` that no step has two rows.
    """

    rows: Context
    table: Table
    at: str
    single: bool


def make_steps(lowering: Lowering, rows: Context, keys: tuple[int, ...], order: int) -> Steps:
    """The steps of rows that all have a place in the order."""
    backend = lowering.backend
    scheme = lowering.keys.scheme(rows.whole or rows, keys)
    names = lowering.keys.columns(rows, keys, scheme)
    place, size = _places(lowering, rows, order)
    marks = [
        lowering.attach(rows, ("step", keys, order, number), expr)
        for number, expr in enumerate(lowering.keys.followed(names, scheme, place, size))
    ]
    counted = nw.col(ROW).min().alias(FIRST), nw.col(ROW).count().alias(_ROWS)
    table = backend.numbered(rows.table.select(*marks, ROW).group_by(marks).agg(*counted), marks)
    most = backend.home(table.select(nw.col(_ROWS).max()), [_ROWS])[0][0]
    other = table.select(*marks, nw.col(ROW).alias("step"))
    at = lowering.match(rows, marks, other, marks, {"step": ("step", keys, order)})["step"]
    keyed = backend.gather(table.select(ROW, FIRST), FIRST, rows.table, {name: name for name in names})
    ends = keyed.group_by(names).agg(nw.col(ROW).min().alias(OLDEST), nw.col(ROW).max().alias(NEWEST))
    table = backend.match(keyed, names, ends.rename({name: f"_{name}" for name in names}), [f"_{n}" for n in names])
    before = nw.when(nw.col(ROW) > nw.col(OLDEST)).then(nw.col(ROW) - 1)
    table = table.select(ROW, FIRST, OLDEST, NEWEST, before.alias(PREVIOUS))
    return Steps(rows, backend.keep(table), at, most < 2)


def _places(lowering: Lowering, rows: Context, order: int) -> tuple[str, int]:
    """The column that numbers the places of an order, and how many there are."""
    along = lowering.named(rows, order)
    backend = lowering.backend
    places = backend.numbered(rows.table.select(nw.col(along).alias(VALUE)).unique(), [VALUE])
    size = len(backend.home(places, [ROW])[0])
    return lowering.match(rows, [along], places, [VALUE], {ROW: (_PLACE, order)})[ROW], size


def agreed(lowering: Lowering, steps: Steps, value: int) -> Table:
    """The steps with the value of each as `_value`; rows of one step that disagree give nothing."""
    backend = lowering.backend
    rows = steps.rows
    name = lowering.named(rows, value)
    table = backend.gather(steps.table, FIRST, rows.table, {name: VALUE})
    if steps.single:
        return table
    others = backend.keep(rows.table.select(ROW, nw.col(steps.at), nw.col(name)))
    others = backend.gather(others, steps.at, table, {VALUE: VALUE})
    one, first = nw.col(name), nw.col(VALUE)
    alike = equal(one, first) if lowering.type_of(value) == NUMBER else one == first
    alike = alike.fill_null(False) | (one.is_null() & first.is_null())
    bad = others.filter(~alike).select(nw.col(steps.at).alias("_step")).unique()
    bad = bad.with_columns(nw.lit(True).alias(_BAD))
    table = backend.match(table, [ROW], bad, ["_step"])
    return backend.keep(table.with_columns(nw.when(nw.col(_BAD).is_null()).then(nw.col(VALUE)).alias(VALUE)))
