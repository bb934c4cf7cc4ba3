"""From a row and column of a table to the place in the source, made concrete only for findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from invlint.model.finding import Location
from invlint.sources.document import Spot, unescape
from invlint.tables import TABLES

if TYPE_CHECKING:
    from invlint.sources import Document, Reading

Target = tuple[int, str]
"""(document number, JSON pointer)."""


def targets(table: str, place: tuple[Any, ...], columns: list[str]) -> list[tuple[Target, ...]]:
    """For each column the places where its value may stand, best first; without columns that of the row.

    A row of a plugin can stand at a place of its own, as `level/member`.
    """
    level = TABLES[table].level
    if level == "reference":
        return []
    if level == "raw":
        return _raw_targets(place, columns)
    if place and isinstance(place[-1], str):
        return [((place[0], _member(place[-1], place[:-1])),)]
    if not columns:
        return [((place[0], _pointer(level, place)),)]
    found = []
    for column in columns:
        at = TABLES[table].columns[column].at
        found.append(tuple((place[0], _member(option, place)) for option in at))
    return found


def _raw_targets(place: tuple[Any, ...], columns: list[str]) -> list[tuple[Target, ...]]:
    """Rows that stand for a single cell: `place` is (document, pointer), or ends in `table.column`."""
    if not place:
        return []
    last = place[-1]
    if isinstance(last, str) and last.partition(".")[0] in TABLES:
        table, _, column = last.partition(".")
        options = [_member(option, place[:-1]) for option in TABLES[table].columns[column].at]
        if columns == ["unit"]:
            options = [option.rpartition("/")[0] + "/unit" for option in options]
        return [tuple((place[0], option) for option in options)]
    if isinstance(last, str):
        return [((place[0], last),)]
    return [((place[0], _pointer("inventory", place)),)]


def _member(option: str, place: tuple[Any, ...]) -> str:
    level, _, member = option.partition("/")
    return f"{_pointer(level, place)}/{member}"


def _pointer(level: str, place: tuple[Any, ...]) -> str:
    if level == "document" or len(place) < 2:
        return ""
    if level == "recalculation":
        return f"/recalculations/{place[1]}"
    inventory = f"/inventories/{place[1]}"
    if level == "inventory" or len(place) < 3:
        return inventory
    if level == "total":
        return f"{inventory}/totals/{place[2]}"
    entry = f"{inventory}/entries/{place[2]}"
    if level == "entry" or len(place) < 4:
        return entry
    return f"{entry}/releases/{place[3]}"


def exists(data: Any, pointer: str) -> bool:
    """Whether a document has a value at the pointer."""
    for part in map(unescape, pointer.split("/")[1:]):
        if isinstance(data, dict) and part in data:
            data = data[part]
        elif isinstance(data, list) and part.isdigit() and int(part) < len(data):
            data = data[int(part)]
        else:
            return False
    return True


class Places:
    """The documents of a run, and the places in them that findings ask for."""

    def __init__(self, readings: list[Reading]) -> None:
        self._readings = readings
        self._documents: list[tuple[Reading, Document]] = [
            (reading, document) for reading in readings for document in reading.documents
        ]
        self._wanted: dict[int, set[str]] = {}
        self._spots: dict[Target, Spot] = {}

    def choose(self, options: tuple[Target, ...]) -> Target:
        """The first place that is there, else the last one; it will be looked up."""
        chosen = next(
            (target for target in options if exists(self._documents[target[0]][1].data, target[1])),
            options[-1],
        )
        self._wanted.setdefault(chosen[0], set()).add(chosen[1])
        return chosen

    def look_up(self) -> None:
        """Find all chosen places, document by document."""
        for number, pointers in self._wanted.items():
            found = self._documents[number][1].locator.locate(sorted(pointers))
            self._spots.update({(number, pointer): spot for pointer, spot in found.items()})

    def location(self, target: Target, role: str) -> Location:
        """A chosen place as a location."""
        spot = self._spots.get(target, Spot())
        path = self._documents[target[0]][0].path
        return Location(role, path, spot.line, spot.column, spot.cell, spot.pointer)

    def file(self, number: int) -> Location:
        """The place in a file that its reading names: where reading stopped, or what it is about."""
        path, spot = self._readings[number].path, self._readings[number].spot
        return Location("primary", path, spot.line, spot.column, spot.cell, None)
