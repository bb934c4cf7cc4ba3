"""Look into an XLSX package before a reader does: its size, its shape, and cells whose value is not what it seems.

A workbook of a few kilobytes can unfold to gigabytes, or hold two cells at opposite corners so that a reader which
allocates the rectangle aborts the process. And readers give nothing at all for an error value or for a formula
without a stored value, where silence would be a wrong answer.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any
from xml.parsers import expat

from invlint.errors import ReadingError

_MOST_UNPACKED = 500_000_000
_MOST_CELLS = 5_000_000
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_WORKBOOK, _RELATIONS, _BINARY = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/workbook.bin"
_CHECKED = {"content.xml", "xl/sharedstrings.xml", "xl/styles.xml"}
"""Parts that the reader of values may never come to the end of when they are damaged."""


_DAMAGED = "the workbook is damaged, or no workbook at all: open it in the spreadsheet and save it again as .xlsx"

Cells = dict[tuple[int, int], str]


def odd_cells(data: bytes) -> dict[str, Cells]:
    """Sheet name to its cells (row, column from 0) that hold an error value or a formula without a value.

    An error value is given as its text (`#REF!`), a formula without a value as the formula (`=A1*B1`).
    An OpenDocument package (ODS) is checked for size and damage alone. Raises ReadingError when the package is damaged,
    neither XLSX nor ODS, or unfolds to more than an inventory can be.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(part.file_size for part in package.infolist()) > _MOST_UNPACKED:
                raise ReadingError("the workbook unfolds to more than 500 MB: no inventory is that large")
            parts = {name.lower(): name for name in package.namelist()}
            for part in parts.keys() & _CHECKED:
                _parse(package.read(parts[part]), None)
            if _WORKBOOK not in parts and "content.xml" in parts and _BINARY not in parts:
                return {}
            return {name: _scan(package, part) for name, part in _sheets(package, parts).items()}
    except ReadingError:
        raise
    except expat.ExpatError as error:
        raise ReadingError(_DAMAGED) from error
    except Exception as error:  # damaged packages make zipfile raise a dozen kinds of error
        raise ReadingError(_DAMAGED) from error


def _sheets(package: zipfile.ZipFile, parts: dict[str, str]) -> dict[str, str]:
    """Sheet name to the path of its part; `parts` gives the paths of the package by their lower case."""
    names: list[tuple[str, str]] = []
    targets: dict[str, str] = {}

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            names.append((attributes.get("name", ""), relation))

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    _parse(package.read(parts.get(_WORKBOOK, _WORKBOOK)), sheet)
    _parse(package.read(parts.get(_RELATIONS, _RELATIONS)), relation)
    found = {}
    for name, relation_id in names:
        target = targets.get(relation_id, "").lower()
        path = target.lstrip("/") if target.startswith(("/", "xl/")) else f"xl/{target}"
        if path in parts:
            found[name] = parts[path]
    return found


def _parse(text: bytes, start: Any) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(text, True)


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _scan(package: zipfile.ZipFile, part: str) -> Cells:
    scan = _SheetScan()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.text
    with package.open(part) as file:
        parser.ParseFile(file)
    return scan.odd


class _SheetScan:
    """One pass over the cells of a sheet. A cell that does not say where it stands follows the one before it."""

    def __init__(self) -> None:
        self.odd: Cells = {}
        self.row = self.column = -1
        self.low = [1 << 30, 1 << 30]
        self.high = [-1, -1]
        self.kind = self.inside = ""
        self.filled = False
        self.formula: str | None = None
        self.value = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        if name == "c":
            match = _REFERENCE.fullmatch(attributes.get("r", ""))
            if match:
                self.row, self.column = int(match[2]) - 1, _column_number(match[1].upper())
            else:
                self.column += 1
            self.kind = attributes.get("t", "")
            self.formula, self.value, self.inside, self.filled = None, "", "", False
        elif name == "row":
            number = attributes.get("r", "")
            self.row, self.column = int(number) - 1 if number.isdecimal() else self.row + 1, -1
        elif name == "f":
            self.formula, self.inside, self.filled = "", "f", True
        elif name == "v":
            self.inside, self.filled = "v", True
        elif name == "is":
            self.filled = True

    def text(self, text: str) -> None:
        if self.inside == "f" and self.formula is not None:
            self.formula += text
        elif self.inside == "v":
            self.value += text

    def end(self, tag: str) -> None:
        name = _local(tag)
        if name in ("f", "v"):
            self.inside = ""
        elif name == "c" and (self.filled or self.kind == "e"):
            self._cell()

    def _cell(self) -> None:
        row, column = self.row, self.column
        self.low = [min(self.low[0], row), min(self.low[1], column)]
        self.high = [max(self.high[0], row), max(self.high[1], column)]
        check_area(self.high[0] - self.low[0] + 1, self.high[1] - self.low[1] + 1, f"{column_letters(column)}{row + 1}")
        if self.kind == "e":
            self.odd[row, column] = self.value or "#ERROR"
        elif self.formula is not None and not self.value and self.kind != "str":
            self.odd[row, column] = f"={self.formula}"


def check_area(rows: int, columns: int, last: str) -> None:
    """Raises ReadingError when a sheet spans more cells than an inventory can have."""
    if rows * columns > _MOST_CELLS:
        raise ReadingError(
            f"the sheet reaches as far as {last}, {rows} rows by {columns} columns: "
            "clear the stray cells at its far end, or divide it"
        )


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
