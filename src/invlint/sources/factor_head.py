"""The head of an emission-factor table: which column holds what, in either of its two forms.

The long form has a row a cell (class, vector, value or code, unit); the wide form, as the Toolkit prints it, a row a
class and a column a vector. A head can stand in up to three rows, as where `Residue` is divided below.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from invlint.reference.code_lists import RESIDUE_KINDS, VECTORS
from invlint.sources.cells import as_text, is_blank
from invlint.sources.columns import plain_name
from invlint.units import UnknownUnitError, parse_unit

if TYPE_CHECKING:
    from invlint.sources.table_head import Grid

Route = tuple[str, str | None]
"""A vector, and the kind of residue where it is one."""

_MOST_HEAD_ROWS = 3
_LONGEST = 80

_COLUMNS = {
    "class": ("class", "class id", "toolkit class", "source class", "classification"),
    "category": ("category", "cat", "source category", "category id"),
    "chemical": ("chemical", "substance", "pollutant"),
    "vector": ("vector", "release vector", "medium", "compartment", "route", "release route"),
    "residue_kind": ("residue kind", "kind of residue", "residue type"),
    "value": ("value", "factor", "emission factor", "default factor", "default emission factor", "ef"),
    "code": ("code", "na/nd", "na nd"),
    "unit": ("unit", "units", "factor unit", "ef unit"),
    "edition": ("edition", "toolkit edition"),
    "evidence": ("evidence",),
    "source": ("source", "reference", "table"),
}
"""Each column with the names that it is recognised by."""

_BY_NAME = {plain_name(name): column for column, names in _COLUMNS.items() for name in names}


def _routes() -> dict[str, Route]:
    routes: dict[str, Route] = {}
    for vector in VECTORS:
        routes[vector] = routes[vector + "s"] = (vector, None)
    for kind in RESIDUE_KINDS:
        for name in (kind, f"residue {kind}", f"residues {kind}"):
            routes[plain_name(name)] = ("residue", kind)
    return routes


_ROUTES = _routes()
_BRACKETS = r"[(\[]([^()\[\]]+)[)\]]"
_PER = re.compile(r"/|⁄|∕|\bper\b|[⁻-][0-9¹²³]")
_PREFIXES = ("ef_", "to_", "release_to_")


def route_of(text: str) -> Route | None:
    """The vector that a text names, with the kind of residue: `residue (fly ash)`."""
    name = plain_name(re.sub(r"[()\[\],.:]", " ", text[:_LONGEST]))
    for prefix in _PREFIXES:
        name = name.removeprefix(prefix)
    return _ROUTES.get(name)


def unit_in(text: str) -> str | None:
    """The unit of a factor that a text is or holds: `μg TEQ/t`, `Emission factors (μg TEQ/t MSW burned)`."""
    if _PER.search(text) is None:
        return None
    inside = re.findall(_BRACKETS, text)
    parts = [*inside, text, re.sub(_BRACKETS, " ", text), text.rpartition(":")[2]]
    return next((unit for unit in map(_factor_unit, parts) if unit), None)


def _factor_unit(text: str) -> str | None:
    """The text as a unit of release per activity, without the words behind it that say of what."""
    words = text[:_LONGEST].split()
    while words:
        unit = " ".join(words)
        if _is_unit(unit):
            if parse_unit(unit).has_time:
                return None
            return unit if _PER.search(unit) else None
        if not words[-1].isalpha() or words[-1].casefold() == "per" or _is_unit(words[-1]):
            return None
        words.pop()
    return None


def _is_unit(text: str) -> bool:
    try:
        parse_unit(text)
    except UnknownUnitError:
        return False
    return True


@dataclass
class FactorHead:
    """The head of one table: `columns` by name, `routes` and `units` by place, `unit` of the whole table.

    `other` are the names of columns that are not read, `twice` those of vectors that stand there again, `width` is how
    many cells its longest row has, `end` the row below it.
    """

    columns: dict[str, int] = field(default_factory=dict)
    routes: dict[int, Route] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)
    table_units: list[str] = field(default_factory=list)
    other: dict[int, str] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)
    width: int = 0
    end: int = 0

    @property
    def is_long(self) -> bool:
        is_long = "vector" in self.columns and ("value" in self.columns or "code" in self.columns)
        return is_long and len(self.routes) < 2

    @property
    def is_whole(self) -> bool:
        return "class" in self.columns and (self.is_long or bool(self.routes))

    @property
    def not_read(self) -> list[str]:
        """The names of the columns that are not read."""
        routes = {"residue" if kind else vector for vector, kind in self.routes.values()} if self.is_long else ()
        return [*self.other.values(), *routes]

    @property
    def named(self) -> set[int]:
        """The places of columns that have a name, whether they are read or not."""
        return {*self.columns.values(), *self.routes, *self.other}

    def has_class_in(self, row: list[Any]) -> bool:
        """Whether a row below has something under the name of the class, and so is no part of the head."""
        place = self.columns.get("class")
        return place is not None and place < len(row) and not is_blank(row[place])

    def take(self, row: list[Any]) -> bool:
        """Add what a row names; whether every cell of it names a column."""
        all_named = True
        self.width = max(self.width, len(row))
        for place, cell in enumerate(row):
            if is_blank(cell):
                continue
            all_named = self._take_cell(place, as_text(cell)) and all_named
        return all_named

    def _take_cell(self, place: int, text: str) -> bool:
        unit = unit_in(text)
        plain = text.replace(unit, " ") if unit else text
        route = route_of(plain)
        column = _BY_NAME.get(plain_name(re.sub(r"[()\[\].:]", " ", plain)))
        if route is not None:
            if route in (known for at, known in self.routes.items() if at != place):
                self.twice.append(text)
            self.routes[place] = route
        elif column is not None and column not in self.columns and not (column == "unit" and unit):
            self.columns[column] = place
            self.table_units += [unit] if unit else []
        else:
            if unit:
                self.table_units.append(unit)
            elif place not in self.columns.values() and place not in self.routes:
                self.other[place] = text
            return False
        self.other.pop(place, None)
        if unit:
            self.units[place] = unit
        return True


def head_at(grid: Grid, first: int) -> FactorHead | None:
    """The head that begins in a row, or None."""
    if not _names(grid.rows[first]):
        return None
    head = FactorHead()
    for number in range(first, min(first + _MOST_HEAD_ROWS, len(grid.rows))):
        row = grid.rows[number]
        if not head.is_whole:
            if number > first and (not _names(row) or head.has_class_in(row)):
                return None
            head.take(row)
        elif not _names(row) or not FactorHead().take(row):
            break
        else:
            head.take(row)
        head.end = number + 1
    return head if head.is_whole else None


def _names(row: list[Any]) -> bool:
    """Whether a row names any column."""
    head = FactorHead()
    head.take([cell if isinstance(cell, str) else None for cell in row])
    return bool(head.columns or head.routes)


def names_in(grid: Grid) -> int:
    """How many columns the first head of a grid names."""
    heads = (head_at(grid, number) for number in range(len(grid.rows)))
    head = next((head for head in heads if head is not None), None)
    return len(head.columns) + len(head.routes) if head else 0
