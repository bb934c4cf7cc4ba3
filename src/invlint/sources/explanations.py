"""The sheet `explanations` of a workbook: what a submitter says about findings, row by row as it stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from invlint.sources.cells import as_text, is_blank
from invlint.sources.columns import plain_name
from invlint.sources.table_head import HEAD_ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from invlint.sources.document import Spot
    from invlint.sources.table_head import Grid

SHEET = "explanations"
_HEADS = frozenset({"rule", "reason"})


class Explanation(NamedTuple):
    """A row: column name to text, and its first cell."""

    members: Mapping[str, str]
    spot: Spot


def is_explanations(sheet: str) -> bool:
    """Whether a sheet is the one for explanations."""
    return sheet.strip().casefold() == SHEET


def read_explanations(name: str, grid: Grid) -> tuple[tuple[Explanation, ...], tuple[str, ...]]:
    """The rows below the head, and a note where there is no head."""
    head = next((number for number, row in enumerate(grid.rows[:HEAD_ROWS]) if _names(row) >= _HEADS), None)
    if head is None:
        if not grid.rows:
            return (), ()
        return (), (f"the sheet “{name}” was not read: no row of it has the names rule and reason",)
    names = {place: plain_name(cell) for place, cell in enumerate(grid.rows[head]) if not is_blank(cell)}
    found = []
    for number in range(head + 1, len(grid.rows)):
        row = grid.rows[number]
        members = {name: as_text(row[place]) for place, name in names.items()
                   if place < len(row) and not is_blank(row[place])}  # fmt: skip
        if members:
            found.append(Explanation(members, grid.spot(number, min(names))))
    return tuple(found), ()


def _names(row: list[Any]) -> frozenset[str]:
    return frozenset(plain_name(cell) for cell in row if isinstance(cell, str))
