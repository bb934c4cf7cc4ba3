"""Read inventories from CSV and its relatives: comma, semicolon, tab or bar between the values."""

from __future__ import annotations

import csv
import io
import re

from invlint.errors import ReadingError
from invlint.sources.document import Document, Spot
from invlint.sources.flat import Grid, find_head, read_grids

_DELIMITERS = (",", ";", "\t", "|")


def read_csv(text: str) -> list[Document]:
    """The documents of a delimited text; the delimiter is the one that yields the best head row.

    Raises ReadingError when there is no head row or a quotation mark is not closed.
    """
    if not text.strip():
        raise ReadingError("the file is empty", line=1, column=1)
    return read_grids([_grid(text, _delimiter(text))])


def _delimiter(text: str) -> str:
    head = "\n".join(text.splitlines()[:40])
    known = {}
    for delimiter in _DELIMITERS:
        rows = [line.split(delimiter) for line in head.split("\n")]
        cells = [[cell.strip().strip('"') for cell in row] for row in rows]
        found = find_head(Grid(list(cells), lambda _row, _place: Spot(), all_text=True))
        known[delimiter] = len(found.names) if found else 0
    return max(_DELIMITERS, key=lambda delimiter: known[delimiter])


def _grid(text: str, delimiter: str) -> Grid:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    starts: list[int] = []
    line = 1
    try:
        for row in reader:
            rows.append(row)
            starts.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        hint = "a quotation mark is opened and not closed" if "end of data" in str(error) else str(error)
        raise ReadingError(f"not a readable table: {hint}", line=line, column=1) from None
    places = _Places(text, delimiter, starts)
    return Grid([list(row) for row in rows], places.spot, all_text=True)


class _Places:
    """Finds the line and column of a field by reading its record again."""

    def __init__(self, text: str, delimiter: str, starts: list[int]) -> None:
        self._text = text
        self._delimiter = delimiter
        self._starts = starts
        self._lines: list[str] | None = None

    def spot(self, row: int, place: int) -> Spot:
        if self._lines is None:
            self._lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", self._text)
        start = self._starts[row]
        end = self._starts[row + 1] if row + 1 < len(self._starts) else len(self._lines) + 1
        line, column = self._field("".join(self._lines[start - 1 : end - 1]), place)
        return Spot(start + line, column + 1)

    def _field(self, record: str, place: int) -> tuple[int, int]:
        """Line and column, from 0, at which the field begins inside its record."""
        line = column = 0
        quoted = False
        for at, character in enumerate(record):
            if place == 0:
                break
            column += 1
            if character == '"':
                quoted = not quoted
            elif character == self._delimiter and not quoted:
                place -= 1
            elif character == "\n" or (character == "\r" and record[at + 1 : at + 2] != "\n"):
                line, column = line + 1, 0
        return line, column
