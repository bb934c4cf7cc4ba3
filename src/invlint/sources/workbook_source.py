"""Read inventories from a workbook: flat tables, and sheets of the Toolkit's form, each value with its cell."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, NamedTuple

from invlint.errors import ReadingError
from invlint.sources.cells import as_text, is_blank
from invlint.sources.document import Document, Spot
from invlint.sources.flat import read_grid, read_grids
from invlint.sources.sheet import Sheet
from invlint.sources.table_head import Grid, Head, find_head
from invlint.sources.workbook_cells import Merged, SheetFacts, check_area, column_letters, package_notes, sheet_facts

if TYPE_CHECKING:
    from invlint.sources.submission import Submission
    from invlint.sources.toolkit_head import Block

_MOST_CELLS = 20_000_000


class RecognisedColumn(NamedTuple):
    """The last head cell of a column, its text, and what the column was taken for; None where it was not understood."""

    cell: str
    head: str
    meaning: str | None


class RecognisedTable(NamedTuple):
    """A table of a sheet: how many rows lie below its head, and its columns."""

    sheet: str
    rows: int
    columns: tuple[RecognisedColumn, ...]


def read_workbook(data: bytes, *, zipped: bool, sheet: str | None = None) -> tuple[list[Document], tuple[str, ...]]:
    """The documents of a workbook, and notes on the reading.

    `zipped` says that it is a package (XLSX, ODS) and not of the old format (XLS). `sheet` names the one to read;
    otherwise every sheet with a table is read. Raises ReadingError when there is none, when the workbook is damaged
    or protected, or when it has no sheet of that name.
    """
    sheets = workbook_sheets(data, zipped=zipped, sheet=sheet)
    heads = {one.name: find_head(one.grid) for one in sheets}
    blocks = {one.name: _blocks(one, heads[one.name]) for one in sheets}
    notes: tuple[str, ...] = package_notes(data) if zipped else ()
    covers: frozenset[str] = frozenset()
    if any(blocks.values()):
        documents, more, covers = _read_toolkit(sheets, heads, blocks)
        notes += more
    else:
        documents = read_grids([one.grid for one in sheets])
    tables = {one.name for one in sheets if heads[one.name] is not None or blocks[one.name]}
    unread = [one for one in sheets if one.name not in tables | covers and one.grid.rows]
    said = tuple(f"the sheet “{one.name}” was not read: it has no head row of an inventory" for one in unread)
    return documents, (*notes, *said)


def _blocks(sheet: Sheet, head: Head | None) -> list[Block]:
    """The Toolkit tables of a sheet; one with the head of a flat table has none."""
    if head is not None and head.names.keys() & {"vector", "effect"}:
        return []
    from invlint.reference import load_reference
    from invlint.sources.toolkit_source import toolkit_blocks

    return toolkit_blocks(sheet, load_reference())


def _is_prose(grid: Grid) -> bool:
    """Whether a sheet has text in one column alone: a page to be read by people."""
    filled = [(place, cell) for row in grid.rows for place, cell in enumerate(row) if not is_blank(cell)]
    return len({place for place, _ in filled}) <= 1 and all(isinstance(cell, str) for _, cell in filled)


def _read_toolkit(
    sheets: list[Sheet], heads: dict[str, Head | None], blocks: dict[str, list[Block]]
) -> tuple[list[Document], tuple[str, ...], frozenset[str]]:
    """Toolkit sheets, and with them flat ones, which are of the Party of the cover where they name none.

    Given back with notes on the reading, and the names of the sheets that are a cover or a page of text.
    """
    from invlint.reference import load_reference
    from invlint.sources.toolkit_source import read_toolkit

    submissions: dict[str, Submission] = {}
    flat = {name for name, head in heads.items() if head is not None and not blocks[name]}
    cover, notes = read_toolkit(sheets, blocks, flat, load_reference(), submissions)
    covers = cover.sheets | {one.name for one in sheets if _is_prose(one.grid)}
    party = str(cover.whole["party"][0]) if "party" in cover.whole else ""
    for sheet in sheets:
        head = heads[sheet.name]
        if head is not None and sheet.name in flat:
            read_grid(sheet.grid, head, submissions, party)
    return [submission.document()._replace(is_form=True) for submission in submissions.values()], notes, covers


def recognised_tables(data: bytes, *, zipped: bool, sheet: str | None = None) -> list[RecognisedTable]:
    """The tables of a workbook with what each of their columns was taken for. Raises ReadingError as above."""
    found = []
    for one in workbook_sheets(data, zipped=zipped, sheet=sheet):
        head = find_head(one.grid)
        blocks = _blocks(one, head)
        found += [_recognised(one, block) for block in blocks]
        if head is not None and not blocks:
            columns = [
                RecognisedColumn(one.grid.spot(head.row, place).cell or "", as_text(one.value(head.row, place)), name)
                for name, place in head.names.items()
            ]
            found.append(RecognisedTable(one.name, len(one.grid.rows) - head.row - 1, tuple(columns)))
    return found


def _recognised(sheet: Sheet, block: Block) -> RecognisedTable:
    columns = [
        RecognisedColumn(
            sheet.grid.spot(*(column.at or (block.end - 1, column.place))).cell or "", column.head, column.meaning
        )
        for column in block.columns
    ]
    unknown = [
        RecognisedColumn(sheet.grid.spot(block.end - 1, place).cell or "", head, None)
        for place, head in block.unknown.items()
    ]
    return RecognisedTable(sheet.name, block.last - block.end, tuple(columns + unknown))


def workbook_grids(data: bytes, *, zipped: bool, sheet: str | None = None) -> dict[str, Grid]:
    """Sheet name to its cells, for the sheet that is named or for all. Raises ReadingError as `read_workbook` does."""
    return {one.name: one.grid for one in workbook_sheets(data, zipped=zipped, sheet=sheet)}


def workbook_sheets(data: bytes, *, zipped: bool, sheet: str | None = None) -> list[Sheet]:
    """The sheet that is named, or all. Raises ReadingError as `read_workbook` does."""
    return _sheets(data, sheet_facts(data) if zipped else {}, sheet)


def _sheets(data: bytes, facts: dict[str, SheetFacts], sheet: str | None) -> list[Sheet]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    or_protected = "" if facts else ", is damaged or protected by a password"
    damaged = f"the workbook cannot be read{or_protected}: open it in the spreadsheet and save it again as .xlsx"
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = workbook.sheet_names
        by_small = {name.casefold(): name for name in names}
        if sheet is not None and sheet not in names:
            sheet = by_small.get(sheet.casefold(), sheet)
        if sheet is not None and sheet not in names:
            raise ReadingError(f"there is no sheet “{sheet}”; the workbook has {', '.join(names) or 'none'}")
        sheets: list[Sheet] = []
        cells = 0
        for known in workbook.sheets_metadata:
            if sheet not in (None, known.name):
                continue
            sheets.append(
                _sheet(
                    workbook, known.name, facts.get(known.name, SheetFacts()), known.visible != SheetVisibleEnum.Visible
                )
            )
            cells += sum(map(len, sheets[-1].grid.rows))
            if cells > _MOST_CELLS:
                raise ReadingError("the sheets together span more cells than an inventory has: name the one to read")
        return sheets
    except PasswordError:
        raise ReadingError("the workbook is protected by a password: save a copy without it") from None
    except CalamineError as error:
        raise ReadingError(damaged) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Rust: it has no other name, and is no Exception
            raise
        raise ReadingError(damaged) from None


def _sheet(workbook: Any, name: str, facts: SheetFacts, is_hidden: bool) -> Sheet:
    found = workbook.get_sheet_by_name(name)
    top, left = found.start or (0, 0)
    check_area(found.height, found.width, top + found.height - 1, left + found.width - 1)
    if not facts.merged:  # the old format and OpenDocument: there is no package to look into
        facts.merged.extend(Merged(*first, *last) for first, last in found.merged_cell_ranges or ())
    rows = found.to_python(skip_empty_area=True)
    if rows and facts.odd:
        rows.extend([None] * len(rows[0]) for _ in range(max(facts.odd)[0] - top - len(rows) + 1))
    for (row, column), text in facts.odd.items():
        if 0 <= row - top < len(rows) and 0 <= column - left < len(rows[row - top]):
            rows[row - top][column - left] = text

    def spot(row: int, place: int) -> Spot:
        return Spot(cell=f"{name}!{column_letters(left + place)}{top + row + 1}")

    return Sheet(name, Grid(rows, spot, all_text=False), top, left, facts, is_hidden)
