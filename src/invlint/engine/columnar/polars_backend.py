"""Polars, in memory: its rows stand in the order of `_row`, so that a row number is a position."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import narwhals as nw
import polars as pl

from invlint.engine.columnar.backends import FIRST, NEWEST, OLDEST, PREVIOUS, ROW
from invlint.engine.columnar.types import FLAG, NUMBER, PLACE, TEXT, WHOLE, constant

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from invlint.engine.columnar.backends import Part, Table, Values

_LARGEST = 2**62
_TYPES: dict[str, Any] = {TEXT: pl.String, NUMBER: pl.Float64, WHOLE: pl.Int64, FLAG: pl.Boolean, PLACE: pl.UInt32}


class PolarsBackend:
    """Polars with eager frames."""

    def table(self, columns: Mapping[str, Values], size: int) -> Table:
        return _table(pl.DataFrame([_rows(size), *(_series(name, values) for name, values in columns.items())]))

    def put(self, table: Table, name: str, values: Values) -> Table:
        return _table(_frame(table).hstack([_series(name, values)]))

    def gather(self, table: Table, at: str, source: Table, names: Mapping[str, str]) -> Table:
        frame, of = _frame(table), _frame(source)
        places = frame[at]
        return _table(frame.hstack([of[there].gather(places).alias(here) for there, here in names.items()]))

    def stacked(self, table: Table, name: str, parts: Sequence[Part]) -> Table:
        found = [_frame(source)[there].gather(_frame(rows)[at]) for rows, at, source, there in parts]
        if len({part.dtype for part in found}) > 1:
            found = [part.cast(pl.Float64) for part in found]
        return _table(_frame(table).hstack([pl.concat(found).alias(name)]))

    def match(self, table: Table, keys: Sequence[str], other: Table, theirs: Sequence[str]) -> Table:
        frame = _frame(table)
        ours = pl.DataFrame([frame[key] for key in keys])
        found = ours.join(_frame(other), left_on=keys, right_on=theirs, how="left", maintain_order="left")
        return _table(frame.hstack(found.get_columns()[len(keys) :]))

    def present(self, table: Table, name: str, keys: Sequence[str], other: Table, theirs: Sequence[str]) -> Table:
        frame, of = _frame(table), _frame(other)
        if len(keys) == 1:
            flag = frame[keys[0]].is_in(of[theirs[0]].implode()).fill_null(value=False)
            return _table(frame.hstack([flag.alias(name)]))
        of = of.select(theirs).unique().with_columns(pl.lit(value=True).alias(name))
        found = _frame(self.match(table, keys, _table(of), theirs))
        return _table(found.with_columns(pl.col(name).fill_null(value=False)))

    def beside(self, outer: Table, keys: Sequence[str], inner: Table, theirs: Sequence[str]) -> Table:
        # along the outer rows, or along both, the join would take six times as long
        both = _frame(outer).join(_frame(inner), left_on=keys, right_on=theirs, how="inner", maintain_order="right")
        return _table(both.insert_column(0, _rows(both.height)))

    def tally(self, table: Table, flag: str) -> tuple[int, int]:
        flags = _frame(table)[flag]
        return int(flags.sum() or 0), flags.null_count()

    def those(self, table: Table, flag: str, values: Sequence[bool | None], names: Mapping[str, str]) -> Table:
        frame = _frame(table)
        stays = _has(frame[flag], values)
        return _table(pl.DataFrame([frame[there].filter(stays).alias(here) for there, here in names.items()]))

    def lists(self, table: Table, keys: Sequence[str], value: str, order: str) -> tuple[Table, list[list[Any]]]:
        frame = _sorted(_frame(table), [order])
        grouped = frame.filter(~frame[value].is_null()).group_by(keys, maintain_order=True).agg(value)
        return _table(grouped.select(keys).insert_column(0, _rows(grouped.height))), grouped[value].to_list()

    def steps(self, table: Table, at: str, key: Sequence[str], marks: Sequence[str]) -> tuple[Table, Table]:
        frame = _frame(table)
        order = _along(frame, marks)
        along = pl.DataFrame([frame[name].gather(order) for name in dict.fromkeys([ROW, *key, *marks])])
        series, step = (along.select(_begins(names)).to_series() for names in (key, marks))
        numbers = step.cum_sum() - 1
        of_rows = pl.repeat(0, frame.height, dtype=pl.UInt32, eager=True).scatter(along[ROW], numbers)
        begins = numbers.filter(series)
        ends = begins.extend_constant(step.sum(), 1).slice(1) - 1
        of_steps = series.cum_sum().filter(step) - 1
        steps = pl.DataFrame({
            ROW: _rows(of_steps.len()),
            FIRST: along[ROW].filter(step),
            OLDEST: begins.gather(of_steps),
            NEWEST: ends.gather(of_steps),
        }).with_columns(pl.when(pl.col(ROW) > pl.col(OLDEST)).then(pl.col(ROW) - 1).alias(PREVIOUS))  # fmt: skip
        return _table(frame.hstack([of_rows.alias(at)])), _table(steps)

    def numbered(self, table: Table, order: Sequence[str]) -> Table:
        frame = _sorted(_frame(table), order)
        return _table(frame.insert_column(0, _rows(frame.height)))

    def keep(self, table: Table) -> Table:
        """The table; a literal in its last column, which Polars does not compare with a literal, becomes values."""
        frame, last = _frame(table), -1 + len(table.columns)
        frame.replace_column(last, frame.to_series(last))
        return table

    def home(self, table: Table, names: Sequence[str], order: Sequence[str] = ()) -> list[list[Any]]:
        frame = _sorted(_frame(table), order)
        return [frame[name].to_list() for name in names]


def _frame(table: Table) -> pl.DataFrame:
    return cast("pl.DataFrame", table.to_native())


def _table(frame: pl.DataFrame) -> Table:
    return nw.from_native(frame)


def _sorted(frame: pl.DataFrame, order: Sequence[str]) -> pl.DataFrame:
    """The frame along an order, in which it mostly is already."""
    if not order or (len(order) == 1 and frame[order[0]].is_sorted()):
        return frame.clone()
    return frame.sort(order)


def _rows(size: int) -> pl.Series:
    return pl.int_range(size, dtype=pl.UInt32, eager=True).alias(ROW)


def _has(flag: pl.Series, values: Sequence[bool | None]) -> pl.Series:
    """Whether a flag has one of some values, which are not True and False both."""
    if True not in values and False not in values:
        return flag.is_null()
    has = flag if True in values else ~flag
    return has.fill_null(value=True) if None in values else has


def _along(frame: pl.DataFrame, marks: Sequence[str]) -> pl.Series:
    """The numbers of the rows along marks, those with the same marks in their own order."""
    if len(marks) == 1 and frame.height:
        mark = frame[marks[0]]
        largest = cast("int", mark.max())
        if largest < _LARGEST // frame.height and not mark.null_count():  # one number is sorted twice as fast as two
            return ((mark * frame.height + frame[ROW]).sort() % frame.height).cast(pl.UInt32)
    return frame.select(ROW, *marks).sort(marks, maintain_order=True)[ROW]


def _begins(names: Sequence[str]) -> pl.Expr:
    """Where a row differs from the one before, and in the first one."""
    differs = pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift(1)) for name in names)
    return differs | (pl.col(ROW).cum_count() == 1)


def _series(name: str, values: Values) -> pl.Series:
    kind, column = values
    if column and constant(column):
        return pl.repeat(column[0], len(column), dtype=_TYPES[kind], eager=True).alias(name)
    return pl.Series(name, column, dtype=_TYPES[kind])
