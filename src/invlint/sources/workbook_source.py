"""Read inventories from a flat workbook: the sheets that have a head row, each value with its cell."""

from __future__ import annotations

import io
from typing import Any

from invlint.errors import ReadingError
from invlint.sources.document import Document, Spot
from invlint.sources.flat import read_grids
from invlint.sources.table_head import Grid, find_head
from invlint.sources.workbook_cells import SheetFacts, check_area, column_letters, sheet_facts

_MOST_CELLS = 20_000_000


def read_workbook(data: bytes, *, zipped: bool, sheet: str | None = None) -> tuple[list[Document], tuple[str, ...]]:
    """The documents of a workbook, and notes on sheets that were not read.

    `zipped` says that it is a package (XLSX, ODS) and not of the old format (XLS). `sheet` names the one to read;
    otherwise every sheet with a head row is read. Raises ReadingError when there is none, when the workbook is damaged
    or protected, or when it has no sheet of that name.
    """
    grids = workbook_grids(data, zipped=zipped, sheet=sheet)
    read = [name for name, grid in grids.items() if find_head(grid) is not None]
    notes = tuple(
        f"the sheet “{name}” was not read: it has no head row of an inventory"
        for name, grid in grids.items()
        if read and name not in read and grid.rows
    )
    return read_grids(list(grids.values())), notes


def workbook_grids(data: bytes, *, zipped: bool, sheet: str | None = None) -> dict[str, Grid]:
    """Sheet name to its cells, for the sheet that is named or for all. Raises ReadingError as `read_workbook` does."""
    facts = sheet_facts(data) if zipped else {}
    return _grids(data, facts, sheet)


def _grids(data: bytes, facts: dict[str, SheetFacts], sheet: str | None) -> dict[str, Grid]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    damaged = "the workbook cannot be read: open it in the spreadsheet and save it again as .xlsx"
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = workbook.sheet_names
        by_small = {name.casefold(): name for name in names}
        if sheet is not None and sheet not in names:
            sheet = by_small.get(sheet.casefold(), sheet)
        if sheet is not None and sheet not in names:
            raise ReadingError(f"there is no sheet “{sheet}”; the workbook has {', '.join(names) or 'none'}")
        wanted = names if sheet is None else [sheet]
        grids: dict[str, Grid] = {}
        for name in wanted:
            grids[name] = _grid(workbook, name, facts.get(name, SheetFacts()).odd)
            if sum(len(grid.rows) * len(grid.rows[0]) for grid in grids.values() if grid.rows) > _MOST_CELLS:
                raise ReadingError("the sheets together span more cells than an inventory has: name the one to read")
        return grids
    except PasswordError:
        raise ReadingError("the workbook is protected by a password: save a copy without it") from None
    except CalamineError as error:
        raise ReadingError(damaged) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Rust: it has no other name, and is no Exception
            raise
        raise ReadingError(damaged) from None


def _grid(workbook: Any, name: str, odd: dict[tuple[int, int], str]) -> Grid:
    sheet = workbook.get_sheet_by_name(name)
    top, left = sheet.start or (0, 0)
    check_area(sheet.height, sheet.width, f"{column_letters(left + sheet.width - 1)}{top + sheet.height}")
    rows = sheet.to_python(skip_empty_area=True)
    if rows and odd:
        rows.extend([None] * len(rows[0]) for _ in range(max(odd)[0] - top - len(rows) + 1))
    for (row, column), text in odd.items():
        if 0 <= row - top < len(rows) and 0 <= column - left < len(rows[row - top]):
            rows[row - top][column - left] = text

    def spot(row: int, place: int) -> Spot:
        return Spot(cell=f"{name}!{column_letters(left + place)}{top + row + 1}")

    return Grid(rows, spot, all_text=False)
