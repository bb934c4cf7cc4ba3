"""The steps of series: rows with the same keys and the same place in the order make one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from invlint.engine.columnar.backends import FIRST, ROW
from invlint.engine.columnar.contexts import VALUE
from invlint.engine.columnar.expressions import equal
from invlint.engine.columnar.types import NUMBER

if TYPE_CHECKING:
    from invlint.engine.columnar.backends import Table
    from invlint.engine.columnar.contexts import Context
    from invlint.engine.columnar.lowering import Lowering

_STEPS, _PLACE, _BAD = "_steps", "_place", "_bad"


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
    scheme = lowering.keys.scheme(rows.whole or rows, keys)
    names = lowering.keys.columns(rows, keys, scheme)
    place, size = _places(lowering, rows, order)
    marks = [
        lowering.attach(rows, ("step", keys, order, number), expr)
        for number, expr in enumerate(lowering.keys.followed(names, scheme, place, size))
    ]
    at, table = lowering.steps(rows, names, marks, ("step", keys, order))
    number = lowering.backend.home(table.select(nw.len().alias(_STEPS)), [_STEPS])[0][0]
    return Steps(rows, table, at, number == rows.size)


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
