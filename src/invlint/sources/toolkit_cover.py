"""The cover of a Toolkit workbook: what it says of the submission, and of each of its reference years.

Where several years stand beside the label of the year, what stands below each of them is said of that year alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from invlint.sources.cells import as_text, is_blank
from invlint.sources.columns import INVENTORY
from invlint.sources.table_lines import Cell
from invlint.sources.toolkit_labels import Labels, label_in, labels_in, meant_by
from invlint.sources.toolkit_words import REMARKS, folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from invlint.reference import Reference
    from invlint.sources.sheet import Sheet

_BY_YEAR = frozenset({"edition", "teq_scheme", "scope", *INVENTORY})
_YEARS = range(1900, 2101)


class Cover(NamedTuple):
    """What is said of the whole, and of each year where there are several; `sheets` are the names of those that say it.

    `remarks` are notes on the submission (None) and on its years; where there is one year alone its number may be 0.
    """

    whole: Labels
    by_year: dict[int, Labels]
    remarks: dict[int | None, tuple[str, Cell]]
    sheets: frozenset[str]

    def of(self, year: Any) -> Labels:
        """What is said of a year, and of the whole."""
        return self.whole | self.by_year.get(year, {})


def read_cover(sheets: Iterable[Sheet], reference: Reference) -> Cover:
    """What sheets without a table say of the whole; of two that say the same the first counts."""
    whole: Labels = {}
    by_year: dict[int, Labels] = {}
    remarks: dict[int | None, tuple[str, Cell]] = {}
    names = set()
    for sheet in sheets:
        found = labels_in(sheet, range(len(sheet.grid.rows)), reference)
        places = _years(sheet)
        if len(places) > 1:
            by_year = _labels_below(sheet, places, reference) | by_year
        remarks = _remarks(sheet, places) | remarks
        whole = found | whole
        names |= {sheet.name} if found else set()
    whole.pop("chemical", None)
    if by_year:
        whole = {name: labelled for name, labelled in whole.items() if name not in INVENTORY}
    return Cover(whole, by_year, remarks, frozenset(names))


def _rows(sheet: Sheet) -> Iterable[tuple[int, int, str]]:
    """Each text of the sheet with its place."""
    for row, cells in enumerate(sheet.grid.rows):
        for place, cell in enumerate(cells):
            if isinstance(cell, str) and not is_blank(cell):
                yield row, place, cell


def _years(sheet: Sheet) -> dict[int, int]:
    """The places of the years that stand beside the label of the year."""
    for row, place, text in _rows(sheet):
        if label_in(text) == "year":
            cells = enumerate(sheet.grid.rows[row][place + 1 :], place + 1)
            years = {at: int(cell) for at, cell in cells if isinstance(cell, (int, float)) and cell in _YEARS}
            if years:
                return years
    return {}


def _labels_below(sheet: Sheet, places: dict[int, int], reference: Reference) -> dict[int, Labels]:
    found: dict[int, Labels] = {year: {} for year in places.values()}
    for row, _, text in _rows(sheet):
        column = label_in(text)
        for at, year in places.items() if column in _BY_YEAR else ():
            value = sheet.value(row, at)
            meant = None if is_blank(value) else meant_by(str(column), value, reference)
            if meant is not None:
                found[year][str(column)] = (meant, Cell(sheet.grid, row, at))
    return found


def _remarks(sheet: Sheet, places: dict[int, int]) -> dict[int | None, tuple[str, Cell]]:
    found: dict[int | None, tuple[str, Cell]] = {}
    for row, place, text in _rows(sheet):
        about = folded(text)
        beside: dict[int, int | None] = {}
        if about in REMARKS["submission"]:
            beside = {place + 1: None}
        elif about in REMARKS["year"]:
            beside = {**places} or {place + 1: 0}
        for at, year in beside.items():
            value = sheet.value(row, at)
            if not is_blank(value):
                found[year] = (as_text(value), Cell(sheet.grid, row, at))
    return found
