"""Read Annex I workbooks: each sheet a year, each line with an NFR code a reported total under that code.

The way from NFR codes to categories of the Toolkit is many to many, so that a figure is never split: it stays under its
code, and the edition of the inventory is `none`. The national total becomes the grand total.
"""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from invlint.errors import ReadingError
from invlint.reference import load_reference
from invlint.sources.document import Document, Doubt, KnownPlaces, Spot
from invlint.sources.workbook_source import workbook_grids
from invlint_nfr.codes import NATIONAL_TOTAL

if TYPE_CHECKING:
    from invlint.sources.table_head import Grid

_HEAD_ROWS = 30
_NAMES_ABOVE = 3
"""Rows above the row with the units in which a pollutant's name can stand."""

_COLUMNS = {"pcdd": "PCDD/PCDF", "hcb": "HCB", "pcb": "PCB"}
"""How the head of a pollutant begins, and the chemical that it is."""

_LABELS = {"country": "party", "date": "submitted", "reporting": "submitted", "year": "year"}
_NOTATION_KEY = re.compile(r"[A-Za-z]{1,3}")
_VECTOR = "air"
_NOTE = "emissions by NFR code, to air: rules that rest on classes of the Toolkit do not apply to them"


class _Head(NamedTuple):
    """The head of a sheet: its last row, the column of the codes, and chemical to (column, unit)."""

    row: int
    codes: int
    chemicals: dict[str, tuple[int, str]]


class _Sheet(NamedTuple):
    """A sheet with its head, and what stands before it: label to (value, row, column)."""

    name: str
    grid: Grid
    head: _Head
    said: dict[str, tuple[Any, int, int]]


def read(data: bytes, name: str) -> tuple[list[Document], tuple[str, ...]]:  # noqa: ARG001 # a reader is given it
    """The document of a workbook, one inventory a sheet, and notes on sheets that were not read.

    Raises ReadingError where no sheet has the head of Annex I and a year.
    """
    grids = workbook_grids(data, zipped=data.startswith(b"PK"))
    notes = [_NOTE]
    sheets = []
    for sheet, grid in grids.items():
        head = _head(grid)
        said = _said(grid, head.row) if head is not None else {}
        if head is None or not isinstance(_year(said), int):
            notes.append(f"the sheet “{sheet}” was not read: it has no {'year' if head else 'head of Annex I'}")
        else:
            sheets.append(_Sheet(sheet, grid, head, said))
    if not sheets:
        raise ReadingError("no sheet has the head of Annex I (NFR Code, pollutants and units) with a year above it")
    return [_document(sheets)], tuple(notes)


def _head(grid: Grid) -> _Head | None:
    """The head of a sheet; None where it has none."""
    for row, cells in enumerate(grid.rows[:_HEAD_ROWS]):
        for column, cell in enumerate(cells):
            if _plain(cell) == "nfrcode":
                return _Head(row, column, _chemicals(grid, row))
    return None


def _chemicals(grid: Grid, row: int) -> dict[str, tuple[int, str]]:
    found: dict[str, tuple[int, str]] = {}
    for above in grid.rows[max(0, row - _NAMES_ABOVE) : row]:
        for column, cell in enumerate(above):
            unit = grid.rows[row][column]
            chemical = next((name for begin, name in _COLUMNS.items() if _plain(cell).startswith(begin)), None)
            if chemical is not None and isinstance(unit, str) and unit.strip():
                found.setdefault(chemical, (column, unit.strip()))
    return found


def _said(grid: Grid, head: int) -> dict[str, tuple[Any, int, int]]:
    """What the cells above the head say: country, day and year stand beside their labels."""
    found: dict[str, tuple[Any, int, int]] = {}
    for row, cells in enumerate(grid.rows[:head]):
        for column, cell in enumerate(cells[:-1]):
            label = _LABELS.get(_plain(cell)) if isinstance(cell, str) and cell.strip().endswith(":") else None
            value = cells[column + 1]
            if label is not None and value not in (None, ""):
                found.setdefault(label, (value, row, column + 1))
    return found


def _plain(cell: Any) -> str:
    """The letters of a cell in small, without blanks, signs and what stands in brackets."""
    return re.sub(r"\(.*|[^a-z]", "", cell.lower(), flags=re.DOTALL) if isinstance(cell, str) else ""


def _year(said: dict[str, tuple[Any, int, int]]) -> Any:
    value = said.get("year", (None, 0, 0))[0]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return int(value) if isinstance(value, str) and value.strip().isdigit() else value


def _document(sheets: list[_Sheet]) -> Document:
    first = sheets[0]
    data: dict[str, Any] = {"format": "invlint/inventory-1", "edition": "none"}
    places = KnownPlaces()
    if "party" in first.said:
        data["party"] = _party(first.said["party"][0])
        places["/party"] = _spot(first, *first.said["party"][1:])
    submitted = _day(first.said.get("submitted", (None, 0, 0))[0])
    if submitted is not None:
        data["submitted"] = submitted
        places["/submitted"] = _spot(first, *first.said["submitted"][1:])
    if all(
        unit.startswith("g I-TEQ") for sheet in sheets for _, unit in [sheet.head.chemicals.get("PCDD/PCDF", (0, ""))]
    ):
        data["teq_scheme"] = "I-TEQ"
    doubts: list[Doubt] = []
    inventories = data["inventories"] = []
    for number, sheet in enumerate(sheets):
        pointer = f"/inventories/{number}"
        places[pointer] = places[f"{pointer}/year"] = _spot(sheet, *sheet.said["year"][1:])
        inventories.append({"year": _year(sheet.said), "totals": _totals(sheet, pointer, places, doubts)})
    return Document(data, places, tuple(doubts))


def _party(value: Any) -> str:
    """The code of three letters for one of two; what is neither stays as it is, for the rule on codes."""
    text = str(value).strip()
    countries = load_reference().countries
    return next((code for code, row in countries.items() if row["alpha_2"] == text.upper()), text)


def _day(value: Any) -> str | None:
    """The day of the submission as 2024-01-22, where there is one."""
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.strftime("%Y-%m-%d")
    match = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", str(value).strip())
    return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}" if match else None


def _totals(sheet: _Sheet, pointer: str, places: KnownPlaces, doubts: list[Doubt]) -> list[dict[str, Any]]:
    totals: list[dict[str, Any]] = []
    for row in range(sheet.head.row + 1, len(sheet.grid.rows)):
        cells = sheet.grid.rows[row]
        code = str(cells[sheet.head.codes]).strip() if cells[sheet.head.codes] is not None else ""
        for chemical, (column, unit) in sheet.head.chemicals.items():
            cell = cells[column]
            if cell in (None, ""):
                continue
            if not code:
                doubts.append(_without_code(sheet, row, column, cell, places, f"{pointer}/#{len(doubts)}"))
                continue
            places[f"{pointer}/totals/{len(totals)}"] = _spot(sheet, row, column)
            totals.append(_total(code, chemical, cell, unit))
    return totals


def _total(code: str, chemical: str, cell: Any, unit: str) -> dict[str, Any]:
    """A line as a reported total; the national total is that of everything."""
    total: dict[str, Any] = {} if code.upper() == NATIONAL_TOTAL else {"nfr": code}
    total |= {"chemical": chemical, "vector": _VECTOR}
    if isinstance(cell, str) and _NOTATION_KEY.fullmatch(cell.strip()):
        return total | {"key": cell.strip()}
    value = float(cell) if isinstance(cell, (int, float)) and not isinstance(cell, bool) else str(cell).strip()
    return total | {"value": value, "unit": unit}


def _without_code(sheet: _Sheet, row: int, column: int, cell: Any, places: KnownPlaces, pointer: str) -> Doubt:
    places[pointer] = _spot(sheet, row, column)
    problem = f"“{cell}” stands in a line without an NFR code, and was not read: give the line its code or clear it"
    return Doubt(pointer, "nfr", problem)


def _spot(sheet: _Sheet, row: int, column: int) -> Spot:
    return sheet.grid.spot(row, column)
