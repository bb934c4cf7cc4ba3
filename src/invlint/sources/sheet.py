"""A sheet of a workbook: its values, and what its package tells beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from invlint.sources.cells import is_blank
from invlint.sources.workbook_cells import SheetFacts

if TYPE_CHECKING:
    from invlint.sources.table_head import Grid
    from invlint.sources.workbook_cells import Formula, Place

_MOST_FILLED = 10_000


@dataclass(frozen=True)
class Sheet:
    """The values of a sheet as a grid whose first cell stands at row `top` and column `left`, counted from 0.

    The places that its methods take and give are those of the grid; the facts know those of the sheet.
    """

    name: str
    grid: Grid
    top: int = 0
    left: int = 0
    facts: SheetFacts = field(default_factory=SheetFacts)
    is_hidden: bool = False

    def value(self, row: int, place: int) -> Any:
        """What stands at a place, None outside of the grid."""
        rows = self.grid.rows
        return rows[row][place] if 0 <= row < len(rows) and 0 <= place < len(rows[row]) else None

    def formula(self, row: int, place: int) -> Formula | None:
        """The formula behind the value at a place."""
        return self.facts.formulas.get((row + self.top, place + self.left))

    def number_format(self, row: int, place: int) -> str | None:
        """The number format at a place, where it adds words or a percent sign to the value."""
        return self.facts.formats.get((row + self.top, place + self.left))

    def is_hidden_row(self, row: int) -> bool:
        return row + self.top in self.facts.hidden_rows

    @cached_property
    def merged_into(self) -> dict[Place, Place]:
        """Each blank place of merged cells to the place that holds their value."""
        found: dict[Place, Place] = {}
        height, width = len(self.grid.rows), max(map(len, self.grid.rows), default=0)
        for merged in self.facts.merged:
            first = merged.top - self.top, merged.left - self.left
            for row in range(max(first[0], 0), min(merged.bottom - self.top + 1, height)):
                for place in range(max(first[1], 0), min(merged.right - self.left + 1, width)):
                    if (row, place) != first and is_blank(self.value(row, place)):
                        found[row, place] = first
                    if len(found) > _MOST_FILLED:
                        return found
        return found

    def shown(self, row: int, place: int) -> Any:
        """What a person sees at a place: in merged cells the one value of them all."""
        return self.value(*self.merged_into.get((row, place), (row, place)))
