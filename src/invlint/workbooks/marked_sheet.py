"""Colour cells of a sheet: the style of a cell is changed, and nothing else of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from invlint.sources.workbook_cells import column_letters
from invlint.workbooks.xml_text import Edits, Tag, first_tag, tags

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Cell = tuple[int, int]
"""Row and column, from 0."""

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


def cell_of(reference: str) -> Cell | None:
    """`D17` as row and column."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def reference_of(cell: Cell) -> str:
    """Row and column as `D17`."""
    return f"{column_letters(cell[1])}{cell[0] + 1}"


def mark_cells(text: str, severities: Mapping[Cell, str], colored: Callable[[int, str], int]) -> str:
    """The XML of a sheet in which cells have the colour of their severity. Cells that are missing are put in.

    `colored` gives the number of a style in the colour of a severity.
    """
    marking = _Marking(text, severities, colored)
    marking.run()
    return marking.edits.made()


class _Marking:
    """One pass over the tags of a sheet. A row or cell that does not say where it stands follows the one before."""

    def __init__(self, text: str, severities: Mapping[Cell, str], colored: Callable[[int, str], int]) -> None:
        self.edits = Edits(text)
        self._text = text
        self._severities = severities
        self._left = sorted(severities)
        self._colored = colored
        self._column_styles: list[tuple[int, int, int]] = []
        self._row = self._column = -1
        self._row_style: int | None = None
        self._prefix = ""

    def run(self) -> None:
        inside = False
        for tag in tags(self._text):
            if tag.name == "sheetData":
                if tag.is_empty:
                    self._prefix = tag.prefix
                    self.edits.append_to(tag, self._rows_before(None))
                    return
                if tag.is_close:
                    self.edits.insert(tag.begin, self._rows_before(None))
                    return
                inside = True
            elif tag.name == "col" and not inside and not tag.is_close:
                self._take_column(tag)
            elif inside and tag.name == "row":
                self._take_row(tag)
            elif inside and tag.name == "c" and not tag.is_close:
                self._take_cell(tag)

    def _take_column(self, tag: Tag) -> None:
        said = tag.attributes
        if said.get("style", "").isdigit() and said.get("min", "").isdigit() and said.get("max", "").isdigit():
            self._column_styles.append((int(said["min"]) - 1, int(said["max"]) - 1, int(said["style"])))

    def _take_row(self, tag: Tag) -> None:
        self._prefix = tag.prefix
        if tag.is_close:
            self.edits.insert(tag.begin, self._cells_before((self._row + 1, 0)))
            return
        said = tag.attributes
        self._row = int(said["r"]) - 1 if said.get("r", "").isdigit() else self._row + 1
        self._column = -1
        self.edits.insert(tag.begin, self._rows_before(self._row))
        style = said.get("s", "")
        self._row_style = int(style) if style.isdigit() and said.get("customFormat") in ("1", "true") else None
        if tag.is_empty:
            cells = self._cells_before((self._row + 1, 0))
            if cells:
                self.edits.append_to(tag, cells)

    def _take_cell(self, tag: Tag) -> None:
        said = tag.attributes
        at = cell_of(said.get("r", "")) or (self._row, self._column + 1)
        self._column = at[1]
        before = self._cells_before(at)
        if before:
            self.edits.insert(tag.begin, before)
        if self._left and self._left[0] == at:
            self._left.pop(0)
            style = int(said["s"]) if said.get("s", "").isdigit() else 0
            self.edits.replace(tag, tag.with_attributes(s=str(self._colored(style, self._severities[at]))))

    def _cells_before(self, end: Cell) -> str:
        """The cells that are to be put in before a place, in the row at hand."""
        made = []
        while self._left and self._left[0] < end:
            cell = self._left.pop(0)
            base = self._row_style if self._row_style is not None else self._column_style(cell[1])
            made.append(
                f'<{self._prefix}c r="{reference_of(cell)}" s="{self._colored(base, self._severities[cell])}"/>'
            )
        return "".join(made)

    def _rows_before(self, end: int | None) -> str:
        """The rows that are to be put in before another one, or behind all of them."""
        made = []
        self._row_style = None
        while self._left and (end is None or self._left[0][0] < end):
            row = self._left[0][0]
            made.append(f'<{self._prefix}row r="{row + 1}">{self._cells_before((row + 1, 0))}</{self._prefix}row>')
        return "".join(made)

    def _column_style(self, column: int) -> int:
        return next((style for first, last, style in self._column_styles if first <= column <= last), 0)


def merged_first(text: str) -> dict[Cell, Cell]:
    """The cells inside of merged ones, except the first, to the first one, where the value stands."""
    found: dict[Cell, Cell] = {}
    if first_tag(text, "mergeCells") is None:
        return found
    for tag in tags(text):
        if tag.name == "mergeCell" and not tag.is_close:
            begin, _, end = tag.attributes.get("ref", "").partition(":")
            first, last = cell_of(begin), cell_of(end or begin)
            if first is None or last is None or (last[0] - first[0] + 1) * (last[1] - first[1] + 1) > _MOST_MERGED:
                continue
            for row in range(first[0], last[0] + 1):
                found |= {(row, column): first for column in range(first[1], last[1] + 1) if (row, column) != first}
    return found


_MOST_MERGED = 10_000
