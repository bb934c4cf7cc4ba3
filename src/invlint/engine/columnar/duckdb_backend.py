"""DuckDB, in memory: rows have no order of their own, so that all goes by `_row`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import narwhals as nw

from invlint.engine.columnar.backends import ROW
from invlint.engine.columnar.contexts import INNER, OUTER
from invlint.engine.columnar.types import FLAG, NUMBER, TEXT, WHOLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from invlint.engine.columnar.backends import Table, Values

_TYPES = {TEXT: "VARCHAR", NUMBER: "DOUBLE", WHOLE: "BIGINT", FLAG: "BOOLEAN"}


_LAYERS = 4
"""Of so many columns of expressions one is stored: planning a deep query costs as much as storing it."""


class DuckDBBackend:
    """DuckDB with a database of its own in memory; each table that is kept is a temporary one in it."""

    def __init__(self) -> None:
        self._database = duckdb.connect()
        self._kept = 0
        self._waiting = 0

    def table(self, columns: Mapping[str, Values], size: int) -> Table:
        rows = (WHOLE, list(range(size)))
        return self._sent({ROW: rows, **columns})

    def put(self, table: Table, name: str, values: Values) -> Table:
        rows = (WHOLE, list(range(len(values[1]))))
        return self.match(table, [ROW], self._sent({"at": rows, name: values}), ["at"])

    def gather(self, table: Table, at: str, source: Table, names: Mapping[str, str]) -> Table:
        wanted = source.select(nw.col(ROW).alias("at"), *(nw.col(there).alias(here) for there, here in names.items()))
        return self.match(table, [at], wanted, ["at"])

    def match(self, table: Table, keys: Sequence[str], other: Table, theirs: Sequence[str]) -> Table:
        found = table.join(other, left_on=list(keys), right_on=list(theirs), how="left")
        return self._stored(found.drop([key for key in theirs if key not in keys], strict=False))

    def present(self, table: Table, name: str, keys: Sequence[str], other: Table, theirs: Sequence[str]) -> Table:
        found = self.match(table, keys, other.select(*theirs).unique().with_columns(nw.lit(True).alias(name)), theirs)
        return found.with_columns(nw.col(name).fill_null(False))

    def beside(self, outer: Table, keys: Sequence[str], inner: Table, theirs: Sequence[str]) -> Table:
        both = outer.join(inner, left_on=list(keys), right_on=list(theirs), how="inner")
        return self.numbered(both, [OUTER, INNER])

    def numbered(self, table: Table, order: Sequence[str]) -> Table:
        return self._stored(table.with_row_index(ROW, order_by=list(order)))

    def keep(self, table: Table) -> Table:
        self._waiting += 1
        return table if self._waiting % _LAYERS else self._stored(table)

    def home(self, table: Table, names: Sequence[str], order: Sequence[str] = ()) -> list[list[Any]]:
        if order:
            table = table.sort(list(order))
        rows = table.select(*names).to_native().fetchall()
        return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in names]

    def _stored(self, table: Table) -> Table:
        self._kept += 1
        name = f"kept_{self._kept}"
        table.to_native().create(name)
        return nw.from_native(self._database.table(name))

    def _sent(self, columns: Mapping[str, Values]) -> Table:
        parts = ", ".join(
            f'unnest(${place}::{_TYPES[kind]}[]) AS "{name}"'
            for place, (name, (kind, _)) in enumerate(columns.items(), start=1)
        )
        self._kept += 1
        name = f"kept_{self._kept}"
        self._database.execute(f"CREATE TABLE {name} AS SELECT {parts}", [values for _, values in columns.values()])
        return nw.from_native(self._database.table(name))
