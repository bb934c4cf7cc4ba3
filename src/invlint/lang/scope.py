"""What names mean at a place of a rule: rows, lets, parameters, and the columns of the inner row of a `with`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from invlint.lang.faults import unknown
from invlint.lang.values import Graph, Value
from invlint.tables.declared import TABLES
from invlint.tables.kinds import PLAIN
from invlint.units.dimension import NONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from invlint.lang.tree import Span
    from invlint.tables.columns import Column


@dataclass(frozen=True)
class RowRef:
    """A row that has a name, and how to reach its columns: `node(column with suffix)`."""

    table: str
    node: Callable[[str], int]

    def value(self, column: str, span: Span) -> Value:
        """A column of the row. Raises MeaningError for one that the table does not have."""
        declared = TABLES[self.table].columns.get(column)
        if declared is None:
            raise unknown(f"column of {self.table}", column, TABLES[self.table].columns, span)
        return column_value(declared, self.node)


def column_value(declared: Column, node: Callable[[str], int]) -> Value:
    """The value of a column reached by `node`."""
    kind = declared.kind

    def part(suffix: str) -> int:
        return node(declared.name + suffix)

    if kind.dimensions is None:
        return Value(kind, node(declared.name), part=part)
    if kind.dimensions == PLAIN:
        return Value(kind, node(declared.name), fixed_dim=NONE, part=part)
    return Value(kind, node(declared.name), dim=node(declared.name + ".dim"), part=part)


@dataclass
class Scope:
    """The names at one place. `rows` is the context node; `lift` brings a value of the outer row into it."""

    rows: int
    table: str
    named_rows: dict[str, RowRef] = field(default_factory=dict)
    values: dict[str, Value] = field(default_factory=dict)
    constants: dict[str, tuple[float, Value]] = field(default_factory=dict)
    by: tuple[int, ...] = ()
    order: int | None = None
    inner: RowRef | None = None

    def names(self) -> list[str]:
        """Every name that a bare word could mean here."""
        columns = TABLES[self.inner.table].columns if self.inner else {}
        return [*self.values, *self.constants, *columns]


def column_of(graph: Graph, rows: int) -> Callable[[str], int]:
    """How to reach the columns of the rows of a table."""
    return lambda name: graph.emit("column", rows, name)


def lifted(value: Value, lift: Callable[[int], int]) -> Value:
    """A value of the outer row seen from a pair of rows."""
    part = value.part
    return Value(
        value.kind,
        lift(value.node),
        value.fixed_dim,
        lift(value.dim) if value.dim is not None else None,
        (lambda suffix: lift(part(suffix))) if part is not None else None,
        value.word,
    )
