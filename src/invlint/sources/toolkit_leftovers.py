"""Rows that look like those of an inventory and stand under no head that was understood."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from invlint.sources.table_lines import Cell
from invlint.sources.toolkit_rows import CATEGORY, CLASS, Sources

if TYPE_CHECKING:
    from collections.abc import Sequence

    from invlint.reference import Reference
    from invlint.sources.sheet import Sheet
    from invlint.sources.toolkit_head import Block

_BEGINS_WITH_CODE = re.compile(r"\s*\d{1,2}\s?\.?\s?[a-mA-M]")


def leftover_rows(sheet: Sheet, blocks: Sequence[Block], reference: Reference) -> list[tuple[Cell, int]]:
    """The first figure of each run of rows that name a class or category and are in no table, and how many they are."""
    within = {row for block in blocks for row in range(block.first, block.last)}
    sources = Sources(reference)
    found: list[tuple[Cell, int]] = []
    last = -2
    for row in range(len(sheet.grid.rows)):
        figure = None if row in within else _figure_beside_code(sheet, row, sources)
        if figure is None:
            continue
        if row - last == 1:
            found[-1] = found[-1][0], found[-1][1] + 1
        else:
            found.append((figure, 1))
        last = row
    return found


def _figure_beside_code(sheet: Sheet, row: int, sources: Sources) -> Cell | None:
    cells = list(enumerate(sheet.grid.rows[row]))
    numbers = (place for place, cell in cells if isinstance(cell, (int, float)) and not isinstance(cell, bool))
    place = next(numbers, None)
    if place is None:
        return None
    for _, cell in cells:
        if isinstance(cell, str) and _BEGINS_WITH_CODE.match(cell):
            source = sources.of([("name", cell)])
            if source is not None and source.level in (CLASS, CATEGORY):
                return Cell(sheet.grid, row, place)
    return None
