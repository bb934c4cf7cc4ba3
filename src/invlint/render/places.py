"""Places in words, and as formats want them that know files, lines and columns alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from invlint.model.finding import Location

if TYPE_CHECKING:
    from collections.abc import Iterable

    from invlint.model.finding import Finding
    from invlint.model.report import Input, Report

_CELL = re.compile(r"!?\$?([A-Z]{1,3})\$?([1-9][0-9]*)$")
_DRIVE = re.compile(r"[A-Za-z]:/")


class Spot(NamedTuple):
    """A line and column of a file, both from 1; the cell of a sheet is its row and column."""

    line: int
    column: int | None


def in_words(location: Location) -> str:
    """A place as people write it: `ken.json:41:7`, `ken.xlsx Inventory!D17`."""
    return next(iter(all_in_words([location])))


def all_in_words(places: Iterable[Location]) -> list[str]:
    """Places in words; the file is named once for those that follow in it."""
    shown = []
    path = None
    for location in places:
        if location.cell is not None:
            place = location.cell
        else:
            place = ":".join(str(part) for part in (location.line, location.column) if part is not None)
        also = "see also " if location.role != "primary" else ""
        named = f"{location.path} {place}" if location.cell is not None else f"{location.path}:{place}".rstrip(":")
        shown.append(also + (named if location.path != path else place or location.path))
        path = location.path
    return shown


def place_of(finding: Finding, report: Report) -> Location:
    """Where a finding is shown: its primary place; without one, the file that holds its Party, or the first file."""
    for location in finding.locations:
        if location.role == "primary":
            return location
    if finding.locations:
        return finding.locations[0]
    return Location("primary", _file_of(finding, report.inputs))


def _file_of(finding: Finding, inputs: tuple[Input, ...]) -> str:
    party = finding.key["party"]
    holding = [given.path for given in inputs if party is not None and party in given.parties]
    return next(iter([*holding, *(given.path for given in inputs)]), "")


def others(finding: Finding, primary: Location) -> list[Location]:
    """The other places of a finding."""
    return [location for location in finding.locations if location is not primary]


def spot_of(location: Location) -> Spot:
    """The line and column of a place; line 1 where the place is the file as a whole."""
    if location.line is not None:
        return Spot(location.line, location.column)
    found = _CELL.search(location.cell or "")
    if found is None:
        return Spot(1, None)
    return Spot(int(found[2]), _column(found[1]))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def uri_of(path: str) -> str:
    """The path as a URI reference: relative to where it was given, or of the file where it is absolute."""
    absolute = "file://" if path.startswith("/") else "file:///" if _DRIVE.match(path) else ""
    return absolute + quote(path, safe="/:" if absolute else "/", errors="surrogateescape")
