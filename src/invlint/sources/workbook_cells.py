"""Look into an XLSX package before a reader does: its size, its shape, and what a reader of values does not tell.

A workbook of a few kilobytes can unfold to gigabytes, or hold two cells at opposite corners so that a reader which
allocates the rectangle aborts the process. And readers give nothing at all for an error value or for a formula
without a stored value, where silence would be a wrong answer; nor do they tell the formula behind a value, the number
format that adds a unit to it, which cells are merged and which rows are hidden.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from xml.parsers import expat

from invlint.errors import ReadingError

_MOST_UNPACKED = 500_000_000
_MOST_CELLS = 5_000_000
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_WORKBOOK, _RELATIONS, _BINARY = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/workbook.bin"
_STYLES = "xl/styles.xml"
_CHECKED = {"content.xml", "xl/sharedstrings.xml", _STYLES}
"""Parts that the reader of values may never come to the end of when they are damaged."""

_BESIDES = {
    "xl/externallinks/": "the workbook takes values from other workbooks: they were read as last stored in this one",
    "xl/vbaproject": "the workbook has macros: they were not run",
    "xl/macrosheets/": "the workbook has macro sheets: they were not run",
}
_PERCENT_FORMATS = {"9": "0%", "10": "0.00%"}
_TELLING_FORMAT = re.compile(r'[%"\\]')
_DAMAGED = "the workbook is damaged, or no workbook at all: open it in the spreadsheet and save it again as .xlsx"

Place = tuple[int, int]
"""Row and column, counted from 0."""


class Formula(NamedTuple):
    """A formula as written at one cell, and how far below and to the right of that cell this one stands."""

    text: str
    down: int = 0
    right: int = 0


class Merged(NamedTuple):
    """The first and last row and column of cells that are merged."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class SheetFacts:
    """What a sheet of a package tells beside its values.

    `odd` holds the cells with an error value, as its text (`#REF!`), and those with a formula and no value, as the
    formula (`=A1*B1`). `formats` holds the number formats that add words or a percent sign to a value.
    """

    odd: dict[Place, str] = field(default_factory=dict)
    formulas: dict[Place, Formula] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    formats: dict[Place, str] = field(default_factory=dict)


def sheet_facts(data: bytes) -> dict[str, SheetFacts]:
    """Sheet name to what its part of an XLSX package tells beside the values.

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
            formats = number_formats(package.read(parts[_STYLES])) if _STYLES in parts else {}
            return {name: _scan(package, part, formats) for name, part in _sheets(package, parts).items()}
    except ReadingError:
        raise
    except expat.ExpatError as error:
        raise ReadingError(_DAMAGED) from error
    except Exception as error:  # damaged packages make zipfile raise a dozen kinds of error
        raise ReadingError(_DAMAGED) from error


def package_notes(data: bytes) -> tuple[str, ...]:
    """What a package holds besides sheets of figures: links to other workbooks, and macros."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [name.lower() for name in package.namelist()]
    return tuple(note for begin, note in _BESIDES.items() if any(name.startswith(begin) for name in names))


def number_formats(styles: bytes) -> dict[str, str]:
    """The number of a style to its format, for formats that add words or a percent sign to the value."""
    codes = dict(_PERCENT_FORMATS)
    found: dict[str, str] = {}
    inside = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        name = _local(tag)
        if name == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name in ("cellXfs", "cellStyleXfs"):
            inside = name == "cellXfs"
            styled.clear()
        elif name == "xf" and inside:
            styled.append(attributes.get("numFmtId", ""))

    styled: list[str] = []
    _parse(styles, start)
    for number, code in enumerate(styled):
        if _TELLING_FORMAT.search(codes.get(code, "")):
            found[str(number)] = codes[code]
    return found


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


def _scan(package: zipfile.ZipFile, part: str, formats: dict[str, str]) -> SheetFacts:
    scan = _SheetScan(formats)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.text
    with package.open(part) as file:
        parser.ParseFile(file)
    return scan.facts


class _SheetScan:
    """One pass over the cells of a sheet. A cell that does not say where it stands follows the one before it."""

    def __init__(self, formats: dict[str, str]) -> None:
        self.facts = SheetFacts()
        self.formats = formats
        self.shared: dict[str, tuple[str, int, int]] = {}
        self.row = self.column = -1
        self.low = [1 << 30, 1 << 30]
        self.high = [-1, -1]
        self.kind = self.style = self.inside = ""
        self.filled = False
        self.formula: str | None = None
        self.share = ""
        self.value = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        if name == "c":
            match = _REFERENCE.fullmatch(attributes.get("r", ""))
            if match:
                self.row, self.column = int(match[2]) - 1, column_number(match[1])
            else:
                self.column += 1
            self.kind, self.style = attributes.get("t", ""), attributes.get("s", "")
            self.formula, self.value, self.inside, self.filled = None, "", "", False
        elif name == "row":
            number = attributes.get("r", "")
            self.row, self.column = int(number) - 1 if number.isdecimal() else self.row + 1, -1
            if attributes.get("hidden") in ("1", "true"):
                self.facts.hidden_rows.add(self.row)
        elif name == "f":
            self.formula, self.inside, self.filled = "", "f", True
            self.share = attributes.get("si", "") if attributes.get("t") == "shared" else ""
        elif name == "v":
            self.inside, self.filled = "v", True
        elif name == "is":
            self.filled = True
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

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

    def _merge(self, reference: str) -> None:
        ends = [_REFERENCE.fullmatch(end) for end in reference.split(":")]
        if len(ends) == 2 and ends[0] and ends[1]:
            (left, top), (right, bottom) = ((column_number(end[1]), int(end[2]) - 1) for end in ends if end)
            self.facts.merged.append(Merged(top, left, bottom, right))

    def _cell(self) -> None:
        row, column = place = self.row, self.column
        low, high = self.low, self.high
        if not (low[0] <= row <= high[0] and low[1] <= column <= high[1]):
            self.low = low = [min(low[0], row), min(low[1], column)]
            self.high = high = [max(high[0], row), max(high[1], column)]
            check_area(high[0] - low[0] + 1, high[1] - low[1] + 1, row, column)
        if self.style in self.formats:
            self.facts.formats[place] = self.formats[self.style]
        if self.formula is not None:
            self.facts.formulas[place] = self._formula(self.formula)
        if self.kind == "e":
            self.facts.odd[place] = self.value or "#ERROR"
        elif self.formula is not None and not self.value and self.kind != "str":
            self.facts.odd[place] = f"={self.formula}"

    def _formula(self, text: str) -> Formula:
        """The formula of the cell at hand; one that is shared is written at the first of its cells alone."""
        if not self.share:
            return Formula(text)
        if text:
            self.shared[self.share] = (text, self.row, self.column)
        shared, row, column = self.shared.get(self.share, (text, self.row, self.column))
        return Formula(shared, self.row - row, self.column - column)


def check_area(rows: int, columns: int, last_row: int, last_column: int) -> None:
    """Raises ReadingError when a sheet spans more cells than an inventory can have."""
    if rows * columns > _MOST_CELLS:
        last = f"{column_letters(last_column)}{last_row + 1}"
        raise ReadingError(
            f"the sheet reaches as far as {last}, {rows} rows by {columns} columns: "
            "clear the stray cells at its far end, or divide it"
        )


def column_number(letters: str) -> int:
    """The number of a column, counted from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters.upper():
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
