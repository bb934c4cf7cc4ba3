"""The steps of series: rows with the same keys and the same place in the order make one, and those of a series follow."""

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

ORDER, OLDEST, NEWEST, PREVIOUS = "_order", "oldest", "newest", "previous"
_FIRST, _ROWS, _BAD = "_first", "_rows", "_bad"


class Steps(NamedTuple):
    """`table` has a row for each step, in order: its `_first` row, and the step that is `oldest`, `newest` and
    `previous` to it.

    Column `at` of the `rows` says in which step each is; `single` that no step has two rows.
    """

    rows: Context
    table: Table
    at: str
    single: bool


def make_steps(lowering: Lowering, rows: Context, keys: tuple[int, ...], order: int) -> Steps:
    """The steps that the rows of a context make, all of which have a place in the order."""
    backend = lowering.backend
    names = lowering.keys.columns(rows, keys, lowering.keys.scheme(rows.whole or rows, keys))
    along = lowering.named(rows, order)
    grouped = rows.table.select(*names, nw.col(along).alias(ORDER), ROW).group_by([*names, ORDER])
    table = backend.numbered(
        grouped.agg(nw.col(ROW).min().alias(_FIRST), nw.col(ROW).count().alias(_ROWS)), [*names, ORDER]
    )
    ends = table.group_by(names).agg(nw.col(ROW).min().alias(OLDEST), nw.col(ROW).max().alias(NEWEST))
    table = backend.match(table, names, ends.rename({name: f"_{name}" for name in names}), [f"_{n}" for n in names])
    before = nw.when(nw.col(ROW) > nw.col(OLDEST)).then(nw.col(ROW) - 1)
    table = backend.keep(table.with_columns(before.alias(PREVIOUS)))
    most = backend.home(table.select(nw.col(_ROWS).max()), [_ROWS])[0][0]
    other = table.select(*names, ORDER, nw.col(ROW).alias("step"))
    at = lowering.match(rows, [*names, along], other, [*names, ORDER], {"step": ("step", keys, order)})["step"]
    return Steps(rows, table, at, (most or 0) < 2)


def agreed(lowering: Lowering, steps: Steps, value: int) -> Table:
    """The steps with the value of each as `_value`; rows of one step that disagree give nothing."""
    backend = lowering.backend
    rows, table = steps.rows, steps.table
    name = lowering.named(rows, value)
    table = backend.gather(table, _FIRST, rows.table, {name: VALUE})
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
