"""The heads of a Toolkit sheet: where its tables begin, and what each of their columns holds.

A head stands in one to four rows. `Emission factor` over `Air` and `Water` names two columns; so do `Air` over
`Factor` and `Release`, and `Release to air (g TEQ/a)` alone. What a cell means is put together from those above it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from invlint.reference import shipped_reference
from invlint.sources.cells import as_text, is_blank
from invlint.sources.toolkit_words import (
    ALL_VECTORS,
    FIELDS,
    PARTS,
    RESIDUE_KINDS,
    SILENT,
    VECTORS,
    folded,
)
from invlint.units import UnknownUnitError, parse_unit
from invlint.units.dimension import TIME

if TYPE_CHECKING:
    from invlint.sources.sheet import Sheet

SOURCES = ("group", "category", "class", "name")
"""The columns that tell which source a row is about."""

QUANTITIES = ("activity", "factor", "release")
_MOST_HEAD_ROWS = 4
_MOST_COLUMNS = 200
_LONGEST = 120
_YEARS = range(1900, 2101)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_PER = re.compile(r"/|⁄|∕|\bper\b|\bpar\b|\bpor\b|[⁻-][0-9¹²³]")
_TAIL = re.compile(r"(?:,|:|;|\bin\b|\ben\b|\s)\s*(?P<unit>[^\s,:;/]+(?: I?-?TEQ)?\s?/\s?\S+)\s*$")
_KIND = re.compile(r"(?P<residue>[^:]+):(?P<kind>.*\S.*)", re.DOTALL)
"""A residue and its kind, whatever that is: `Residue: slag`."""


_OF_A_ROW = frozenset(
    {
        "group", "category", "class", "name", "site", "share", "chemical", "vector", "residue_kind", "included_in",
        "technology_change_year", "technology_change_reason", "annex_c", "nfr", "year", "aside",
    }
)  # fmt: skip
"""Columns that say something of the whole row, and so have no vector."""

_IN_WORDS = {"name": "the source", "aside": "nothing of an inventory"}

_OF_PART = {
    ("activity", "unit"): "activity_unit",
    ("activity", "source"): "activity_source",
    ("activity", "confidence"): "activity_confidence",
    ("activity", "year"): "activity_year",
    ("factor", "unit"): "factor_unit",
    ("factor", "source"): "factor_source",
    ("factor", "confidence"): "factor_confidence",
    ("release", "unit"): "release_unit",
}


class Meaning(NamedTuple):
    """What the words of one cell of a head say."""

    field: str | None = None
    part: str | None = None
    vector: str | None = None
    residue_kind: str | None = None
    all_vectors: bool = False
    chemical: str | None = None
    year: int | None = None
    unit: str | None = None

    @property
    def names_column(self) -> bool:
        return bool(self.field or self.part or self.vector or self.all_vectors or self.unit)


class Column(NamedTuple):
    """One column of a table. `field` is the name of the flat table's column that it fills, None where that is unknown.

    `unit_at` is the place of the head cell that gives the unit, `at` that of the lowest one of the column's own.
    """

    place: int
    head: str
    field: str | None
    vector: str | None = None
    residue_kind: str | None = None
    chemical: str | None = None
    year: int | None = None
    unit: str | None = None
    unit_at: tuple[int, int] | None = None
    at: tuple[int, int] | None = None

    @property
    def route(self) -> tuple[str | None, str | None]:
        return self.vector, self.residue_kind

    @property
    def meaning(self) -> str | None:
        """What the column was taken for, in words; None where it was not understood."""
        if self.field is None:
            return None
        words = _IN_WORDS.get(self.field, self.field.replace("_", " "))
        if self.vector is not None:
            words += f" to {self.vector}" + (f" ({self.residue_kind})" if self.residue_kind else "")
        about = (self.chemical, str(self.year) if self.year else None, self.unit)
        return ", ".join([words, *(part for part in about if part)])


@dataclass(frozen=True)
class Block:
    """One table of a sheet: its head from row `first` up to row `end`, what is below up to row `last`."""

    first: int
    end: int
    last: int
    columns: tuple[Column, ...]
    unknown: dict[int, str]

    def of(self, *fields: str) -> list[Column]:
        """The columns of these fields, in their order on the sheet."""
        return [column for column in self.columns if column.field in fields]

    @cached_property
    def sources(self) -> list[Column]:
        """The columns that tell which source a row is about."""
        return self.of(*SOURCES)

    @cached_property
    def at(self) -> dict[int, Column]:
        """The columns by their places."""
        return {column.place: column for column in self.columns}


def find_blocks(sheet: Sheet) -> list[Block]:
    """The tables of a sheet, from the top down."""
    rows = sheet.grid.rows
    heads: list[tuple[int, int]] = []
    row = 0
    while row < len(rows):
        end = row
        while end < len(rows) and end - row < _MOST_HEAD_ROWS and _is_head(sheet, end, begun=end > row):
            end += 1
        first = next((first for first in range(row, end) if _is_whole(_columns(sheet, first, end))), None)
        if first is None:
            row += 1
            continue
        heads.append((first, end))
        row = end
    lasts = [first for first, _ in heads[1:]] + [len(rows)]
    return [_block(sheet, first, end, last) for (first, end), last in zip(heads, lasts, strict=False)]


def _is_head(sheet: Sheet, row: int, *, begun: bool) -> bool:
    """Whether a row has more words of a head than other text, and no figures but years."""
    known = other = 0
    for place, cell in enumerate(sheet.grid.rows[row]):
        if is_blank(cell):
            continue
        if isinstance(cell, (int, float)) and not isinstance(cell, bool) and cell in _YEARS:
            known += begun
        elif not isinstance(cell, str) or (begun and place == 0 and meaning_of(cell) is None):
            return False
        elif meaning_of(cell) is not None:
            known += 1
        else:
            other += 1
    return known > 0 and other <= known


def _is_whole(columns: list[Column]) -> bool:
    """Whether columns are those of a table: what a source is, and where its releases go."""
    if len(columns) > _MOST_COLUMNS:
        return False
    routes = {column.route for column in columns if column.vector and column.field in QUANTITIES}
    fields = {column.field for column in columns}
    if not fields & {*SOURCES, "annex_c"} and len(routes) < 3:
        return False
    return bool(routes) or ("vector" in fields and bool(fields & {"factor", "release"}))


def _block(sheet: Sheet, first: int, end: int, last: int) -> Block:
    columns = _columns(sheet, first, end)
    taken = {column.place for column in columns}
    unknown: dict[int, str] = {}
    for row in range(first, end):
        for place, cell in enumerate(sheet.grid.rows[row]):
            if not is_blank(cell) and place not in taken and meaning_of(as_text(cell)) is None:
                unknown[place] = as_text(cell)
    if not any(column.field in SOURCES for column in columns):
        width = max(map(len, sheet.grid.rows), default=0)
        free = next((place for place in range(width) if place not in taken), None)
        if free is not None:
            columns.insert(0, Column(free, unknown.pop(free, ""), "name"))
    return Block(first, end, last, tuple(columns), unknown)


def _columns(sheet: Sheet, first: int, end: int) -> list[Column]:
    """The columns that the head rows from `first` up to `end` name together."""
    stacks: dict[int, list[Said]] = {}
    for row in range(first, end):
        for place, said in _said_in(sheet, row, first, end).items():
            stacks.setdefault(place, []).append(said)
    columns: list[Column] = []
    for place in sorted(stacks):
        column = _column(place, stacks[place], columns)
        if column is not None:
            columns.append(column)
    if columns and columns[0].field == "source" and not any(column.field in SOURCES for column in columns):
        columns[0] = columns[0]._replace(field="name")
    return columns


class Said(NamedTuple):
    """What a head row says of one column, the place of the cell that says it, and whether that is over others too."""

    meaning: Meaning
    at: tuple[int, int]
    text: str
    is_over: bool


def _said_in(sheet: Sheet, row: int, first: int, end: int) -> dict[int, Said]:
    """What a row says of each column: in its own cell, in the merged one, or in the one to the left of blanks."""
    cells = sheet.grid.rows[row]
    below = _filled(sheet.grid.rows[row + 1 : end])
    free = below - _filled(sheet.grid.rows[first:row])
    is_title = sum(not is_blank(cell) for cell in cells) == 1
    found: dict[int, Said] = {}
    over: Said | None = None
    for place, cell in enumerate(cells):
        if not is_blank(cell):
            meaning = meaning_of(as_text(cell))
            over = None
            if meaning is not None:
                found[place] = Said(meaning, (row, place), as_text(cell), is_over=False)
                is_merged = (row, place + 1) in sheet.merged_into
                over = None if is_merged else found[place]._replace(is_over=True)
            continue
        anchor = sheet.merged_into.get((row, place))
        if anchor is not None:
            text = as_text(sheet.value(*anchor))
            meaning = meaning_of(text)
            if meaning is not None:
                found[place] = Said(meaning, anchor, text, is_over=anchor[1] != place)
        elif over is not None and place in free:
            found[place] = over
    if is_title and found and not any(place != said.at[1] for place, said in found.items()):
        only = next(iter(found.values()))._replace(is_over=True)
        return dict.fromkeys({*below, *found}, only) if below else found
    return found


def _filled(rows: list[list[Any]]) -> set[int]:
    """The places at which any of the rows has a cell."""
    return {place for cells in rows for place, cell in enumerate(cells) if not is_blank(cell)}


def _column(place: int, stack: list[Said], before: list[Column]) -> Column | None:
    """The column that what is said above it makes; None where it names none."""
    own = next((said for said in reversed(stack) if not said.is_over), None)
    meaning, unit_at = _together(stack)
    if own is None or not any(said.meaning.names_column for said in stack):
        return None
    if meaning.field is None and not (meaning.part or meaning.vector or meaning.all_vectors):
        return None
    field = _field(meaning, before)
    vector, kind = (None, None) if field in _OF_A_ROW else (meaning.vector, meaning.residue_kind)
    return Column(place, own.text, field, vector, kind, meaning.chemical, meaning.year, meaning.unit, unit_at, own.at)


def _together(stack: list[Said]) -> tuple[Meaning, tuple[int, int] | None]:
    """What all cells over a column say, the lower ones before the upper ones, and where the unit stands."""
    whole, unit_at = Meaning(), None
    for said in stack:
        one = said.meaning
        if one.field is not None and not (said.is_over and one.field in _OF_A_ROW):
            whole = whole._replace(field=one.field, unit=None)
        if one.vector is not None:
            whole = whole._replace(vector=one.vector, residue_kind=one.residue_kind or whole.residue_kind)
        if one.unit is not None:
            whole, unit_at = whole._replace(unit=one.unit), said.at
        whole = whole._replace(
            part=one.part or whole.part,
            all_vectors=one.all_vectors or whole.all_vectors,
            chemical=one.chemical or whole.chemical,
            year=one.year or whole.year,
        )
    return whole, unit_at if whole.unit is not None else None


def _field(meaning: Meaning, before: list[Column]) -> str | None:
    """The flat table's column that a column fills; None where it can be a factor as well as a release."""
    field = meaning.field
    if meaning.part is not None and field not in _OF_A_ROW:
        return _of_part(field, meaning.part, before)
    if field is None or (field == "release" and _by_unit(meaning.unit) == "factor"):
        return _by_unit(meaning.unit)  # `Potential release route (µg TEQ/t)` stands over the Toolkit's factors
    return field


def _of_part(field: str | None, part: str, before: list[Column]) -> str | None:
    """The column that a part belongs to: a unit that does not say of what is that of the quantity to its left."""
    if part == "value":
        return field
    if field is None and part == "unit":
        field = next((column.field for column in reversed(before) if column.field in QUANTITIES), None)
        return f"{field}_unit" if field else "activity_unit"
    return part if field is None else _OF_PART.get((field, part), "aside")


def _by_unit(unit: str | None) -> str | None:
    """Whether a unit is that of releases or of factors; None where it does not tell."""
    if unit is None:
        return None
    if parse_unit(unit).has_time:
        return "release"
    return "factor" if _PER.search(unit) else "release"


@lru_cache(maxsize=8192)
def meaning_of(text: str) -> Meaning | None:
    """What the words of a head say, None where one of them is not known."""
    if len(text) > _LONGEST:
        return None
    kind = _KIND.fullmatch(text)
    if kind is not None and folded(kind["residue"]) in VECTORS["residue"]:
        known = meaning_of(kind["kind"])
        name = known.residue_kind if known is not None else None
        return Meaning(vector="residue", residue_kind=name or kind["kind"].strip())
    unit, words = _without_unit(text)
    found: dict[str, Any] = {"unit": unit}
    left = folded(words).split()
    if not left:
        return Meaning(unit=unit) if unit else None
    while left:
        size = next((size for size in range(min(len(left), _MOST_WORDS), 0, -1) if " ".join(left[:size]) in _WORDS), 0)
        if size:
            for facet, value in _WORDS[" ".join(left[:size])]:
                found.setdefault(facet, value)
        elif left[0].isdecimal() and len(left[0]) == 4 and int(left[0]) in _YEARS:
            found["year"], size = int(left[0]), 1
        elif left[0] in SILENT or left[0].startswith("who"):
            size = 1
        else:
            return None
        left = left[size:]
    if "year" in found and found.get("part") == "year":
        del found["part"]
    return Meaning(**found) if any(value for value in found.values()) else None


def _vocabulary() -> dict[str, tuple[tuple[str, Any], ...]]:
    """Each phrase of a head to what it says."""
    words: dict[str, tuple[tuple[str, Any], ...]] = {}
    for facet, named in (
        ("field", FIELDS),
        ("part", PARTS),
        ("chemical", shipped_reference().chemical_words),
        ("vector", VECTORS),
    ):
        for value, phrases in named.items():
            for phrase in phrases:
                words.setdefault(phrase, ((facet, value),))
    for kind, phrases in RESIDUE_KINDS.items():
        for phrase in phrases:
            words[phrase] = (("vector", "residue"), ("residue_kind", kind))
            for residue in VECTORS["residue"]:
                words[f"{residue} {phrase}"] = words[phrase]
    for phrase in ALL_VECTORS:
        words.setdefault(phrase, (("all_vectors", True),))
    return words


_WORDS = _vocabulary()
_MOST_WORDS = max(len(phrase.split()) for phrase in _WORDS)


def _without_unit(text: str) -> tuple[str | None, str]:
    """The unit that a head gives, in brackets, alone or at its end, and the text without it."""
    for match in _BRACKETS.finditer(text):
        unit = unit_in(match[1])
        if unit is not None:
            return unit, text[: match.start()] + " " + text[match.end() :]
    whole = unit_in(text)
    if whole is not None:
        return whole, ""
    tail = _TAIL.search(text)
    unit = unit_in(tail["unit"]) if tail else None
    return (unit, text[: tail.start()]) if tail and unit else (None, text)


@lru_cache(maxsize=4096)
def unit_in(text: str) -> str | None:
    """The unit that a text is, without the words behind it that say of what: `t/a waste burned` is `t/a`.

    A time alone is none: `Year` is the head of a column of years.
    """
    words = text[:_LONGEST].split()
    while words:
        unit = " ".join(words)
        try:
            parsed = parse_unit(unit)
        except UnknownUnitError:
            if not _PER.search(" ".join(words[:-1])):
                return None
            words.pop()
        else:
            return None if parsed.dimension == TIME else unit
    return None
