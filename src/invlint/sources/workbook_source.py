"""Read inventories from a flat workbook: the sheets that have a head row, each value with its cell."""

from __future__ import annotations

import io
from typing import Any

from invlint.errors import ReadingError
from invlint.sources.document import Document, Spot
from invlint.sources.flat import Grid, find_head, read_grids
from invlint.sources.workbook_cells import Cells, column_letters, odd_cells


def read_workbook(data: bytes, *, xlsx: bool, sheet: str | None = None) -> tuple[list[Document], tuple[str, ...]]:
    """The documents of a workbook, and notes on sheets that were not read.

    `sheet` names the one to read; otherwise every sheet with a head row is read. Raises ReadingError when there is
    none, when the workbook is damaged or protected, or when it has no sheet of that name.
    """
    odd = odd_cells(data) if xlsx else {}
    grids = _grids(data, odd, sheet)
    read = [name for name, grid in grids.items() if find_head(grid) is not None]
    notes = tuple(
        f"the sheet “{name}” was not read: it has no head row of an inventory"
        for name, grid in grids.items()
        if read and name not in read and grid.rows
    )
    return read_grids(list(grids.values())), notes


def _grids(data: bytes, odd: dict[str, Cells], sheet: str | None) -> dict[str, Grid]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = workbook.sheet_names
        if sheet is not None and sheet not in names:
            raise ReadingError(f"there is no sheet “{sheet}”; the workbook has {', '.join(names) or 'none'}")
        wanted = names if sheet is None else [sheet]
        return {name: _grid(workbook, name, odd.get(name, {})) for name in wanted}
    except PasswordError:
        raise ReadingError("the workbook is protected by a password: save a copy without it") from None
    except CalamineError as error:
        raise ReadingError(f"this is not a readable workbook ({error}): save it again as .xlsx") from None


def _grid(workbook: Any, name: str, odd: Cells) -> Grid:
    sheet = workbook.get_sheet_by_name(name)
    top, left = sheet.start or (0, 0)
    rows = sheet.to_python(skip_empty_area=True)
    for (row, column), text in odd.items():
        if 0 <= row - top < len(rows) and 0 <= column - left < len(rows[row - top]):
            rows[row - top][column - left] = text

    def spot(row: int, place: int) -> Spot:
        return Spot(cell=f"{name}!{column_letters(left + place)}{top + row + 1}")

    return Grid(rows, spot, all_text=False)
