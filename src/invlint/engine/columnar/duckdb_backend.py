"""DuckDB, in memory: rows have no order of their own, so that all goes by `_row`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import narwhals as nw

from invlint.engine.columnar.backends import FIRST, NEWEST, OLDEST, PREVIOUS, ROW
from invlint.engine.columnar.contexts import INNER, OUTER
from invlint.engine.columnar.types import FLAG, NUMBER, PLACE, TEXT, WHOLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from invlint.engine.columnar.backends import Part, Table, Values

_TYPES = {TEXT: "VARCHAR", NUMBER: "DOUBLE", WHOLE: "BIGINT", FLAG: "BOOLEAN", PLACE: "BIGINT"}


class DuckDBBackend:
    """DuckDB with a database of its own in memory.

    What a method gives is stored in it at once, by one statement: DuckDB plans a query that stands on others again with
    each statement that stores a table.
    """

    def __init__(self) -> None:
        self._database = duckdb.connect()
        self._kept = 0

    def table(self, columns: Mapping[str, Values], size: int) -> Table:
        rows = (PLACE, list(range(size)))
        return self._sent({ROW: rows, **columns})

    def put(self, table: Table, name: str, values: Values) -> Table:
        rows = (PLACE, list(range(len(values[1]))))
        return self.match(table, [ROW], self._sent({"at": rows, name: values}), ["at"])

    def gather(self, table: Table, at: str, source: Table, names: Mapping[str, str]) -> Table:
        wanted = ", ".join(f'theirs."{there}" AS "{here}"' for there, here in names.items())
        return self._stored(f"SELECT ours.*, {wanted} FROM {_joined('LEFT', table, [at], _query(source), [ROW])}")

    def stacked(self, table: Table, name: str, parts: Sequence[Part]) -> Table:
        taken = []
        begin = 0
        for rows, at, source, there in parts:
            both = _joined("LEFT", rows, [at], _query(source), [ROW])
            taken.append(f'SELECT ours.{ROW} + {begin} AS at, theirs."{there}" AS "{name}" FROM {both}')
            begin += len(self.home(rows, [ROW])[0])
        return self.match(table, [ROW], self._stored(" UNION ALL ".join(taken)), ["at"])

    def match(self, table: Table, keys: Sequence[str], other: Table, theirs: Sequence[str]) -> Table:
        both = _joined("LEFT", table, keys, _query(other), theirs)
        return self._stored(f"SELECT ours.*, theirs.* EXCLUDE ({_names(theirs)}) FROM {both}")

    def present(self, table: Table, name: str, keys: Sequence[str], other: Table, theirs: Sequence[str]) -> Table:
        both = _joined("LEFT", table, keys, f"SELECT DISTINCT {_names(theirs)} FROM ({_query(other)})", theirs)
        return self._stored(f'SELECT ours.*, theirs."{theirs[0]}" IS NOT NULL AS "{name}" FROM {both}')

    def beside(self, outer: Table, keys: Sequence[str], inner: Table, theirs: Sequence[str]) -> Table:
        both = _joined("INNER", outer, keys, _query(inner), theirs)
        return self._numbered(f"SELECT ours.*, theirs.* EXCLUDE ({_names(theirs)}) FROM {both}", [OUTER, INNER])

    def tally(self, table: Table, flag: str) -> tuple[int, int]:
        counted = f'count(*) FILTER ("{flag}") AS yes, count(*) FILTER ("{flag}" IS NULL) AS missing'
        yes, missing = self.home(self._stored(f"SELECT {counted} FROM ({_query(table)})"), ["yes", "missing"])
        return yes[0], missing[0]

    def those(self, table: Table, flag: str, values: Sequence[bool | None], names: Mapping[str, str]) -> Table:
        wanted = ", ".join(f'"{there}" AS "{here}"' for there, here in names.items())
        has = " OR ".join(f'"{flag}" IS {"NULL" if value is None else str(value).upper()}' for value in values)
        return self._stored(f"SELECT {wanted} FROM ({_query(table)}) WHERE {has}")

    def lists(self, table: Table, keys: Sequence[str], value: str, order: str) -> tuple[Table, list[list[Any]]]:
        listed = f'list("{value}" ORDER BY "{order}") AS "{value}"'
        there = f'FROM ({_query(table)}) WHERE "{value}" IS NOT NULL GROUP BY {_names(keys)}'
        found = self._numbered(f"SELECT {_names(keys)}, {listed} {there}", keys)
        return self._stored(f'SELECT * EXCLUDE ("{value}") FROM ({_query(found)})'), self.home(found, [value], [ROW])[0]

    def steps(self, table: Table, at: str, key: Sequence[str], marks: Sequence[str]) -> tuple[Table, Table]:
        ranked = f'SELECT *, dense_rank() OVER (ORDER BY {_names(marks)}) - 1 AS "{at}" FROM ({_query(table)})'
        rows = self._stored(ranked)
        series = f"OVER (PARTITION BY {_names(key)})"
        steps = f'SELECT "{at}" AS {ROW}, min({ROW}) AS {FIRST}, {_names(key)} FROM ({_query(rows)})'
        steps = f'{steps} GROUP BY "{at}", {_names(key)}'
        ends = f"SELECT {ROW}, {FIRST}, min({ROW}) {series} AS {OLDEST}, max({ROW}) {series} AS {NEWEST} FROM ({steps})"
        previous = f"CASE WHEN {ROW} > {OLDEST} THEN {ROW} - 1 END AS {PREVIOUS}"
        return rows, self._stored(f"SELECT *, {previous} FROM ({ends})")

    def numbered(self, table: Table, order: Sequence[str]) -> Table:
        return self._numbered(_query(table), order)

    def keep(self, table: Table) -> Table:
        return self._stored(_query(table))

    def home(self, table: Table, names: Sequence[str], order: Sequence[str] = ()) -> list[list[Any]]:
        along = f" ORDER BY {_names(order)}" if order else ""
        rows = self._database.execute(f"SELECT {_names(names)} FROM ({_query(table)}){along}").fetchall()
        return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in names]

    def _numbered(self, query: str, order: Sequence[str]) -> Table:
        return self._stored(f"SELECT row_number() OVER (ORDER BY {_names(order)}) - 1 AS {ROW}, * FROM ({query})")

    def _stored(self, query: str, values: Sequence[list[Any]] = ()) -> Table:
        self._kept += 1
        name = f"kept_{self._kept}"
        self._database.execute(f"CREATE TABLE {name} AS {query}", list(values))
        return nw.from_native(self._database.table(name))

    def _sent(self, columns: Mapping[str, Values]) -> Table:
        parts = ", ".join(
            f'unnest(${place}::{_TYPES[kind]}[]) AS "{name}"'
            for place, (name, (kind, _)) in enumerate(columns.items(), start=1)
        )
        return self._stored(f"SELECT {parts}", [values for _, values in columns.values()])


def _query(table: Table) -> str:
    return str(table.to_native().sql_query())


def _joined(how: str, table: Table, keys: Sequence[str], other: str, theirs: Sequence[str]) -> str:
    """A join of a table with the rows of a query that have its keys."""
    alike = " AND ".join(f'ours."{our}" = theirs."{their}"' for our, their in zip(keys, theirs, strict=True))
    return f"({_query(table)}) AS ours {how} JOIN ({other}) AS theirs ON {alike}"


def _names(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
