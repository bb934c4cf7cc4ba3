"""Polars, in memory: its rows stand in the order of `_row`, so that a row number is a position."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import narwhals as nw
import polars as pl

from invlint.engine.columnar.backends import ROW
from invlint.engine.columnar.types import FLAG, NUMBER, TEXT, WHOLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from invlint.engine.columnar.backends import Table, Values

_TYPES: dict[str, Any] = {TEXT: pl.String, NUMBER: pl.Float64, WHOLE: pl.Int64, FLAG: pl.Boolean}


class PolarsBackend:
    """Polars with eager frames."""

    def table(self, columns: Mapping[str, Values], size: int) -> Table:
        frame = pl.DataFrame({ROW: pl.int_range(size, dtype=pl.Int64, eager=True)})
        return _table(frame.with_columns([_series(name, values) for name, values in columns.items()]))

    def put(self, table: Table, name: str, values: Values) -> Table:
        return _table(_frame(table).with_columns(_series(name, values)))

    def gather(self, table: Table, at: str, source: Table, names: Mapping[str, str]) -> Table:
        frame, of = _frame(table), _frame(source)
        places = frame[at]
        return _table(frame.with_columns([of[there].gather(places).alias(here) for there, here in names.items()]))

    def match(self, table: Table, keys: Sequence[str], other: Table, theirs: Sequence[str]) -> Table:
        frame = _frame(table)
        found = frame.select(keys).join(
            _frame(other), left_on=keys, right_on=theirs, how="left", maintain_order="left"
        )  # fmt: skip
        return _table(frame.with_columns(found.drop(keys)))

    def numbered(self, table: Table, order: Sequence[str]) -> Table:
        return _table(_frame(table).sort(order).with_row_index(ROW).with_columns(pl.col(ROW).cast(pl.Int64)))

    def keep(self, table: Table) -> Table:
        return table

    def home(self, table: Table, names: Sequence[str], order: Sequence[str] = ()) -> list[list[Any]]:
        frame = _frame(table)
        if order:
            frame = frame.sort(order)
        return [frame[name].to_list() for name in names]


def _frame(table: Table) -> pl.DataFrame:
    return cast("pl.DataFrame", table.to_native())


def _table(frame: pl.DataFrame) -> Table:
    return nw.from_native(frame)


def _series(name: str, values: Values) -> pl.Series:
    kind, column = values
    return pl.Series(name, column, dtype=_TYPES[kind])
