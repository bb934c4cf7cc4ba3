"""Read inventories from CSV and its relatives: comma, semicolon, tab or bar between the values."""

from __future__ import annotations

import csv
import io
import re
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

from invlint.errors import ReadingError
from invlint.sources.document import Document, Spot
from invlint.sources.flat import read_grids
from invlint.sources.table_head import HEAD_ROWS, Grid, find_head

if TYPE_CHECKING:
    from collections.abc import Callable

_DELIMITERS = (",", ";", "\t", "|")


def read_csv(text: str) -> list[Document]:
    """The documents of a delimited text; the delimiter is the one that yields the best head row.

    Raises ReadingError when there is no head row or a quotation mark is not closed.
    """
    if not text.strip():
        raise ReadingError("the file is empty", line=1, column=1)
    return read_grids([text_grid(text, _names)])


def text_grid(text: str, names: Callable[[Grid], int]) -> Grid:
    """The cells of a delimited text; `names` counts the column names that are known in the head row of a grid.

    Raises ReadingError when a quotation mark is not closed.
    """
    return _grid(text, _delimiter(text, names))


def _names(grid: Grid) -> int:
    found = find_head(grid)
    return len(found.names) if found else 0


def _delimiter(text: str, names: Callable[[Grid], int]) -> str:
    known = {}
    for delimiter in _DELIMITERS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        rows: list[list[str]] = []
        with suppress(csv.Error):
            rows.extend(islice(reader, HEAD_ROWS))
        known[delimiter] = names(Grid([list(row) for row in rows], lambda _row, _place: Spot(), all_text=True))
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
        raise ReadingError(f"not a readable table: {_hint(str(error))}", line=line, column=1) from None
    places = _Places(text, delimiter, starts)
    return Grid([list(row) for row in rows], places.spot, all_text=True)


def _hint(said: str) -> str:
    if "end of data" in said:
        return "a quotation mark is opened and not closed"
    if "expected after" in said:
        return "text follows a closing quotation mark: write a mark inside a value twice"
    if "field larger" in said:
        return "a cell is longer than any cell of an inventory: a quotation mark is probably not closed before it"
    return said


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
        """Line and column, from 0, at which the field begins inside its record; the record's end where it has none."""
        record = record.rstrip("\r\n")
        line = column = 0
        begins, marked, quoted = True, False, False
        for at, character in enumerate(record):
            if place == 0:
                break
            column += 1
            if character == '"' and (begins or marked):
                marked, quoted = True, not quoted
            elif character == self._delimiter and not quoted:
                place, marked = place - 1, False
            elif character == "\n" or (character == "\r" and record[at + 1] != "\n"):
                line, column = line + 1, 0
            begins = character == self._delimiter and not quoted
        return line, column
