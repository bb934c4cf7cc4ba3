"""Read an emission-factor table that the user holds (CSV, TSV, workbook) to factors, each with its place.

A line that cannot be taken as it stands is refused with words and never mended: nothing is guessed, rounded or
converted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from invlint.errors import ReadingError
from invlint.reference.code_lists import RESIDUE_KINDS, code_lists
from invlint.reference.editions import CURRENT_EDITION, EDITIONS_WITH_DEFAULTS, OTHER_CODES_IN_2005
from invlint.reference.own import FACTOR_CODES, OwnFactor
from invlint.reference.own_changes import FactorLine, Refused
from invlint.sources.cells import as_text, is_blank
from invlint.sources.columns import plain_name
from invlint.sources.decimal_marks import decimal_mark, plain_number
from invlint.sources.factor_head import FactorHead, Route, head_at, names_in, route_of, unit_in
from invlint.sources.read import read_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from invlint.reference import Reference
    from invlint.sources.table_head import Grid

_CATEGORY = re.compile(r"(?:(?:source )?category )?([0-9]{1,2}[a-z])(?![.\w])", re.IGNORECASE)
_OF_INVENTORIES = frozenset({"party", "activity", "release"})
"""Columns that a table of factors does not have."""

_SHOWN = 60
_MOST_NEAR = 50
"""For how many unknown classes the nearest one is sought: a file with more of them is another kind of file."""


class UnknownClass(NamedTuple):
    """A class that the reference does not know, and the one that it resembles."""

    where: str
    text: str
    near: str | None


class FactorTable(NamedTuple):
    """What a table says. `not_read` are the names of columns that are no part of it, `notes` are on the reading."""

    file: str
    sha256: str
    lines: tuple[FactorLine, ...]
    unknown_classes: tuple[UnknownClass, ...]
    refused: tuple[Refused, ...]
    not_read: tuple[str, ...]
    notes: tuple[str, ...]


def read_factor_table(path: Path, reference: Reference, *, sheet: str | None = None) -> FactorTable:
    """The factors in every table of a file that names a class and either a vector and value, or vectors as columns.

    Raises ReadingError when the file cannot be read, or no row of it is such a head.
    """
    digest, grids, notes = read_tables(path, names_in, sheet=sheet)
    mark = decimal_mark(text for grid in grids for text in _value_texts(grid, reference))
    name = path.name.encode("utf-8", "backslashreplace").decode()
    reading = _Reading(reference, name, mark)
    for grid in grids:
        reading.take(grid)
    if not reading.found:
        raise ReadingError(
            "no row names the columns of a factor table: either class, vector, value or code, and unit; or class and a "
            "column for each of air, water, land, product and residue"
        )
    return FactorTable(
        name,
        digest,
        tuple(reading.lines),
        tuple(reading.unknown.values()),
        tuple(reading.refused),
        tuple(reading.not_read),
        notes,
    )


class _RefusedCellError(Exception):
    """A line or cell that is not taken, in words."""


@dataclass
class _Context:
    """What rows without values say of those below: the category, and the unit of the table."""

    category: str | None = None
    units: list[str] = field(default_factory=list)
    spoken: bool = False

    def hear(self, row: list[Any], reference: Reference) -> None:
        """Add what a row without values says."""
        for cell in row:
            if not isinstance(cell, str) or is_blank(cell):
                continue
            self.spoken = True
            self.category = _category_in(cell, reference) or self.category
            unit = unit_in(cell)
            if unit and unit not in self.units:
                self.units.append(unit)


@dataclass
class _Reading:
    reference: Reference
    file: str
    mark: str | None
    found: bool = False
    lines: list[FactorLine] = field(default_factory=list)
    unknown: dict[str, UnknownClass] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    not_read: dict[str, None] = field(default_factory=dict)

    def take(self, grid: Grid) -> None:
        """Read the tables of a grid, one below the other."""
        for number, head, context in _data_rows(grid, self.reference, self._met):
            _Line(self, grid, number, head, context).take()

    def _met(self, head: FactorHead) -> None:
        if head.twice:
            raise ReadingError(
                f"the column “{_cut(head.twice[0])}” stands twice in the head: remove the columns that are no factors"
            )
        if head.is_long and _OF_INVENTORIES & {plain_name(name) for name in head.other.values()}:
            raise ReadingError(
                "this is an inventory and no factor table: what a Party used is not what the Toolkit says"
            )
        self.found = True
        self.not_read |= dict.fromkeys(head.not_read)


def _data_rows(
    grid: Grid, reference: Reference, met: Callable[[FactorHead], None]
) -> Iterator[tuple[int, FactorHead, _Context]]:
    """The rows with values under a head, each with its head and what rows without values said; `met` gets each head."""
    head: FactorHead | None = None
    head_rows: list[list[Any]] = []
    context, said = _Context(), _Context()
    number = 0
    while number < len(grid.rows):
        row = grid.rows[number]
        found = None if row in head_rows else head_at(grid, number)
        if found is not None:
            head, head_rows = found, grid.rows[number : found.end]
            units = list(dict.fromkeys(found.table_units)) or said.units
            context, said = _Context(said.category, units), _Context()
            met(found)
            number = found.end
            continue
        if row not in head_rows:
            if head is not None and _has_values(row, head, reference):
                if said.spoken:  # a heading that names no category ends the one before it
                    context.category = said.category
                context.units, said = said.units or context.units, _Context()
                yield number, head, context
            else:
                said.hear(row, reference)
        number += 1


def _value_texts(grid: Grid, reference: Reference) -> Iterator[str]:
    """The texts that stand for values."""
    for number, head, _ in _data_rows(grid, reference, lambda _head: None):
        row = grid.rows[number]
        places = [head.columns["value"]] if head.is_long and "value" in head.columns else head.routes
        yield from (row[place] for place in places if place < len(row) and isinstance(row[place], str))


def _has_values(row: list[Any], head: FactorHead, reference: Reference) -> bool:
    """Whether a row below a head is no heading, which can reach into the columns of values."""
    names = ("vector", "value", "code")
    places = [head.columns[name] for name in names if name in head.columns] if head.is_long else list(head.routes)
    filled = [as_text(row[place]) for place in places if place < len(row) and not is_blank(row[place])]
    if head.is_long:
        return bool(filled)
    filled = [text for text in filled if not unit_in(text)]
    place = head.columns["class"]
    heading = place < len(row) and _category_in(as_text(row[place]), reference) is not None
    return any(_telling(text) for text in filled) if heading else bool(filled)


def _telling(text: str) -> bool:
    return _factor_code(text) is not None or re.search("[0-9]", text) is not None


def _factor_code(text: str) -> str | None:
    code = re.sub(r"[./\s]", "", text).upper()
    return code if code in FACTOR_CODES else None


def _category_in(text: str, reference: Reference) -> str | None:
    """The category that a heading begins with: `1c Medical waste incineration`."""
    match = _CATEGORY.match(text.strip())
    return match[1].lower() if match and match[1].lower() in reference.categories else None


@dataclass
class _Line:
    """One row of a table."""

    reading: _Reading
    grid: Grid
    number: int
    head: FactorHead
    context: _Context

    def take(self) -> None:
        try:
            self._check_strays()
            self._check_evidence()
            class_id = self._class()
            if class_id is not None:
                about = class_id, self._chemical(), self._edition(class_id), self._source()
                self._take_cells(*about)
        except _RefusedCellError as refused:
            self._refuse(self._where(self.head.columns["class"]), str(refused))

    def _take_cells(self, class_id: str, chemical: str, edition: str, source: str) -> None:
        for place, route in self._routes():
            try:
                value, code = self._value_and_code(place)
                if value is None and code is None:
                    continue
                unit = None if value is None else self._unit(place)
            except _RefusedCellError as refused:
                self._refuse(self._where(place), f"{class_id} {_route_text(route)}: {refused}")
                continue
            factor = OwnFactor(class_id, chemical, *route, value, code, unit, edition, source)
            self.reading.lines.append(FactorLine(self._where(place), factor))

    def _routes(self) -> Iterator[tuple[int, Route]]:
        if not self.head.is_long:
            yield from sorted(self.head.routes.items())
            return
        text, kind_text = self._text("vector"), self._text("residue_kind")
        route = route_of(text)
        if route is None:
            raise _RefusedCellError(f"“{text}” is no vector: it is air, water, land, product or residue")
        if kind_text:
            named = route_of(kind_text)
            if route[0] != "residue" or named is None or named[1] is None or route[1] not in (None, named[1]):
                raise _RefusedCellError(
                    f"“{kind_text}” is no kind of {_route_text(route)}: a residue is {', '.join(RESIDUE_KINDS)}, or "
                    "undivided"
                )
            route = named
        yield self.head.columns["value" if "value" in self.head.columns else "code"], route

    def _value_and_code(self, place: int) -> tuple[str | None, str | None]:
        value, code = self._number_or_code(self._cell(place))
        if "code" in self.head.columns and self.head.is_long and place != self.head.columns["code"]:
            number, named = self._number_or_code(self._cell(self.head.columns["code"]))
            if number is not None:
                raise _RefusedCellError(f"“{number}” is no code: it is {' or '.join(FACTOR_CODES)}")
            if named is not None and (value is not None or code not in (None, named)):
                raise _RefusedCellError(f"it has the code {named} beside {value or code}: keep one of them")
            code = code or named
        if self.head.is_long and value is None and code is None:
            raise _RefusedCellError("it has neither a value nor a code (NA, ND)")
        return value, code

    def _number_or_code(self, cell: Any) -> tuple[str | None, str | None]:
        if is_blank(cell):
            return None, None
        text = as_text(cell)
        code = _factor_code(text)
        if code is not None:
            return None, code
        is_number = isinstance(cell, (int, float)) and not isinstance(cell, bool)
        try:
            number = plain_number(text, "." if is_number else self.reading.mark)
        except ValueError:
            plain = re.sub(r"[.,]", "", text)
            raise _RefusedCellError(
                f"“{text}” can be {plain} or {text.replace(',', '.')}, and the file does not show which mark it uses "
                "for decimals: write it without ambiguity"
            ) from None
        if number is None:
            raise _RefusedCellError(f"“{_cut(text)}” is neither a number of zero or more nor NA or ND")
        return number, None

    def _unit(self, place: int) -> str:
        text = self._text("unit")
        if text:
            return unit_in(text) or text
        if place in self.head.units:
            return self.head.units[place]
        if len(self.context.units) > 1:
            raise _RefusedCellError(f"which unit it has is not clear: the table names {', '.join(self.context.units)}")
        if not self.context.units:
            raise _RefusedCellError("it has no unit: put one into a column “unit”, or into the head")
        return self.context.units[0]

    def _class(self) -> str | None:
        """The class, or None where it is not known, which is then told apart from what is refused."""
        reference, text = self.reading.reference, self._text("class")
        if not text:
            raise _RefusedCellError("the line names no class")
        category = self._category()
        first = re.split(r"[\s)]|[.:](?:\s|$)", text, maxsplit=1)[0]
        for spelt in (text, first, f"{category}.{first}"):
            found = reference.class_ids.recognise(spelt)
            if found in reference.classes:
                if reference.category_of(found) != category:  # a bare number below could be of either
                    self.context.category = None
                return found
        if not first.isdecimal():  # it may head the classes below it
            self.context.category = _category_in(text, reference)
        where = self._where(self.head.columns["class"])
        shown = f"{category}.{first}" if category and first.isdecimal() else _cut(text)
        unknown = self.reading.unknown
        if shown not in unknown:
            near = code_lists(reference).nearest("class", shown) if len(unknown) < _MOST_NEAR else None
            unknown[shown] = UnknownClass(where, shown, near)
        return None

    def _category(self) -> str | None:
        """The category that a bare number of a class belongs to."""
        text = self._text("category")
        if not text:
            return self.context.category
        found = self.reading.reference.class_ids.recognise(text)
        self.context.category = found if found in self.reading.reference.categories else None
        return self.context.category

    def _chemical(self) -> str:
        return self._code("chemical") or self.reading.reference.default_chemical

    def _edition(self, class_id: str) -> str:
        edition = self._code("edition") or CURRENT_EDITION
        if edition not in EDITIONS_WITH_DEFAULTS:
            raise _RefusedCellError(f"invlint has no factors of edition {edition}, only of 2005 and 2013")
        if edition == "2005" and self.reading.reference.category_of(class_id) in OTHER_CODES_IN_2005:
            raise _RefusedCellError(f"in edition 2005 the code {class_id} stood for another class, which is not known")
        return edition

    def _code(self, column: str) -> str | None:
        text = self._text(column)
        if not text:
            return None
        lists = code_lists(self.reading.reference)
        found = lists.recognise(column, text)
        if found is None:
            near = lists.nearest(column, text[:_SHOWN])
            mend = f": did you mean {near}?" if near else f": it can be {', '.join(lists.known[column])}"
            raise _RefusedCellError(f"“{_cut(text)}” is no {column}{mend}")
        return found

    def _source(self) -> str:
        said = self._text("source")
        return f"{self.reading.file}, {said}" if said else self.reading.file

    def _check_strays(self) -> None:
        """A value too many moves all others under wrong columns, as a decimal comma does between commas."""
        row = self.grid.rows[self.number]
        if self.grid.all_text and len(row) > self.head.width:
            raise _RefusedCellError(
                f"the line has {len(row)} values and the head {self.head.width} columns: a decimal comma between "
                "commas needs quotation marks around its number"
            )
        named = self.head.named
        for place, cell in enumerate(row):
            if is_blank(cell) or place in named:
                continue
            if place >= self.head.width or plain_number(as_text(cell), "."):
                raise _RefusedCellError(
                    f"“{_cut(as_text(cell))}” stands under no column name: name the column or clear it"
                )

    def _check_evidence(self) -> None:
        """A table that doubts its own value is not the printed one, and the value has not been seen there."""
        evidence = self._text("evidence")
        if evidence.casefold() not in ("", "seen"):
            raise _RefusedCellError(
                f"the table itself calls this value “{_cut(evidence)}”: take it from the printed Toolkit"
            )

    def _text(self, column: str) -> str:
        place = self.head.columns.get(column)
        return "" if place is None or is_blank(self._cell(place)) else as_text(self._cell(place))

    def _cell(self, place: int) -> Any:
        row = self.grid.rows[self.number]
        return row[place] if place < len(row) else None

    def _where(self, place: int) -> str:
        spot = self.grid.spot(self.number, min(place, len(self.grid.rows[self.number]) - 1))
        return spot.cell or f"line {spot.line}"

    def _refuse(self, where: str, problem: str) -> None:
        self.reading.refused.append(Refused(where, problem))


def _route_text(route: Route) -> str:
    vector, kind = route
    return f"{vector} ({kind})" if kind else vector


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "..."
