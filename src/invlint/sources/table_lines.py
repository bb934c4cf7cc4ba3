"""The rows of a table below its head, and from the made document back to their cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from invlint.sources import columns as flat_columns
from invlint.sources.cells import is_blank

if TYPE_CHECKING:
    from invlint.sources.document import Spot
    from invlint.sources.table_head import Grid, Head


@dataclass(frozen=True)
class Cell:
    """One cell of a grid."""

    grid: Grid
    row: int
    place: int

    def spot(self) -> Spot:
        return self.grid.spot(self.row, self.place)


class Line(Protocol):
    """A line of an inventory: values by column name, and the cell of each."""

    @property
    def values(self) -> dict[str, Any]: ...

    def cell(self, column: str) -> Cell | None:
        """The cell that gives a column, None where there is none."""
        ...

    def first_cell(self) -> Cell:
        """The cell that stands for the whole line."""
        ...

    def head_cell(self) -> Cell:
        """The cell that stands for the head of the table."""
        ...


def line_has(line: Line, *columns: str) -> bool:
    """Whether a line has a value in any of the columns."""
    return any(column in line.values for column in columns)


@dataclass(frozen=True)
class FlatLine:
    """One row of a grid with its typed values by column name."""

    grid: Grid
    head: Head
    number: int
    values: dict[str, Any]

    def cell(self, column: str) -> Cell | None:
        """The cell in a column, or in the one that fills it where it is blank; None where the table has neither."""
        names = self.head.names
        filled_by = [name for name, fills in flat_columns.BOTH.items() if column in fills and name in names]
        if filled_by and (column not in names or is_blank(self.raw(column))):
            column = filled_by[0]
        return Cell(self.grid, self.number, names[column]) if column in names else None

    def raw(self, column: str) -> Any:
        """What stands in a column that the table has."""
        row, place = self.grid.rows[self.number], self.head.names[column]
        return row[place] if place < len(row) else None

    def first_cell(self) -> Cell:
        """The cell that stands for the whole row."""
        return self.cell("class") or Cell(self.grid, self.number, self.head.first)

    def head_cell(self) -> Cell:
        return Cell(self.grid, self.head.row, self.head.first)


class FlatLocator:
    """From pointers of the made document to the cells its parts came from."""

    def __init__(self, lines: dict[str, tuple[Line, dict[str, tuple[str, str]]]], cells: dict[str, Cell]) -> None:
        self._lines = lines
        self._cells = cells

    def locate(self, pointers: list[str]) -> dict[str, Spot]:
        return {pointer: self._spot(pointer) for pointer in pointers}

    def _spot(self, pointer: str) -> Spot:
        if pointer in self._cells:
            return self._cells[pointer].spot()
        above, rest = pointer, ""
        while above not in self._lines:
            above, _, last = above.rpartition("/")
            rest = f"/{last}{rest}"
        line, table = self._lines[above]
        while rest:
            for column, (member, _) in table.items():
                cell = line.cell(column) if member == rest or member.startswith(rest + "/") else None
                if cell is not None:
                    return cell.spot()
            rest = rest.rpartition("/")[0]
        return (self._cells[above] if above in self._cells else line.first_cell()).spot()
