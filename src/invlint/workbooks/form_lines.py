"""An inventory as lines of the calculation form: a group, its categories, their classes, and what is reported of them.

A class of which nothing is reported stands there as the form prints it: with its default factors, to be filled in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from invlint.reference.code_lists import code_lists
from invlint.sources.columns import EITHER, ENTRY, RELEASE, filled, listed
from invlint.units import UnknownUnitError, parse_unit
from invlint.workbooks.form_columns import Cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from invlint.reference import Reference
    from invlint.reference.load import FactorRow

GROUP, CATEGORY, CLASS = "group", "category", "class"
LEVELS = (CLASS, CATEGORY, GROUP)

_ASKED_IN = {"kg": "t", "L": "m3"}
"""The unit in which an activity is asked for, where the factor is per another one."""

_ENTRY = {name: about for name, about in ENTRY.items() if name not in LEVELS}
_ACTIVITY = {name: about for name, about in ENTRY.items() if name.startswith("activity")}
_OF_FACTOR = ("factor_unit", "origin", "factor_source", "factor_confidence")
_FACTOR = {name: RELEASE[name] for name in _OF_FACTOR}
_NOTES = {"release_notes": EITHER["notes"]}


@dataclass
class Line:
    """One line of the form.

    `about` is the number of the entry that it reports, or the id of what it prints; `values` are by the names of
    columns; `evidence` says how each default in it is known, by the name of its column. `said` holds what counts for
    all releases of the line. A line that `continues` has the activity of the first line about the same.
    """

    level: str
    about: int | str
    values: dict[str, Any] = field(default_factory=dict)
    evidence: dict[str, str] = field(default_factory=dict)
    said: dict[str, Any] = field(default_factory=dict)
    continues: bool = False

    @property
    def is_reported(self) -> bool:
        return isinstance(self.about, int)

    def cells(self) -> list[Cell]:
        """The vectors and kinds of residue that the line has a factor or release for."""
        found = (name.split(":", 2) for name in self.values if ":" in name)
        return list(dict.fromkeys(Cell(vector, kind or None) for _, vector, kind in found))


def spare_line(category: str) -> Line:
    """An empty line, for a further plant or class of a category."""
    return Line(CLASS, category)


class Form:
    """The calculation form of one chemical under an edition of the Toolkit."""

    def __init__(self, reference: Reference, edition: str, chemical: str) -> None:
        self.reference = reference
        self.edition = edition
        self.chemical = chemical
        self._codes = code_lists(reference)
        self._rows = reference.rows_of(edition)
        self._classes: dict[str, list[str]] = {}
        for class_id in reference.classes_of(edition):
            self._classes.setdefault(reference.category_of(class_id), []).append(class_id)
        self._defaults: dict[str, list[FactorRow]] = {}
        for row in reference.factors_of(edition):
            if row[1] == chemical:
                self._defaults.setdefault(row[0], []).append(row)

    @property
    def is_main(self) -> bool:
        """Whether this form holds what is said of a class as a whole."""
        return self.chemical == self.reference.default_chemical

    @property
    def release_unit(self) -> str:
        """The unit in which releases are asked for."""
        is_teq = self.reference.chemicals.get(self.chemical, {}).get("quantity") == "TEQ"
        return "g TEQ/a" if is_teq else "kg/a"

    def group_lines(self, group: int, inventory: dict[str, Any]) -> list[Line]:
        """The lines of a source group."""
        placed = self._placed(inventory)
        lines = self._lines(GROUP, str(group), placed)
        for category in self.reference.categories_of(self.edition):
            if self.reference.group_of(category) == group:
                lines.extend(self._category_lines(category, placed))
        for (level, name), entries in placed.items():
            if group_of(name) == group and not self._is_listed(level, name):
                for number, entry in entries:
                    lines.extend(self._entry_lines(level, number, entry))
        return lines

    def _is_listed(self, level: str, name: str) -> bool:
        if level == CLASS:
            return any(name in classes for classes in self._classes.values())
        return level == GROUP or name in self.reference.categories_of(self.edition)

    def _category_lines(self, category: str, placed: _Placed) -> list[Line]:
        classes = [
            line for class_id in self._classes.get(category, ()) for line in self._lines(CLASS, class_id, placed)
        ]
        above = self._lines(CATEGORY, category, placed)
        if self.is_main:
            return [*above, *classes, spare_line(category)]
        return [*above, *classes] if classes or above[0].is_reported else []

    def _placed(self, inventory: dict[str, Any]) -> _Placed:
        """The entries by what they are about, each with its number."""
        placed: _Placed = {}
        for number, entry in enumerate(listed(inventory, "entries")):
            level = next((level for level in LEVELS if entry.get(level) is not None), None)
            if level is not None and (self.is_main or self._releases(entry)):
                text = str(entry[level])
                name = self._codes.recognise(level, text, self.edition) or text
                placed.setdefault((level, name), []).append((number, entry))
        return placed

    def _lines(self, level: str, name: str, placed: _Placed) -> list[Line]:
        entries = placed.get((level, name), [])
        if entries:
            return [line for number, entry in entries for line in self._entry_lines(level, number, entry)]
        if level != CLASS:
            return [Line(level, name, {"class": name, "name": self._name(level, name)})]
        return self._printed(name)

    def _name(self, level: str, name: str) -> str:
        if level == GROUP:
            return self.reference.groups.get(int(name), "") if name.isdecimal() else ""
        rows = self._rows if level == CLASS else self.reference.categories
        return rows[name]["name"] if name in rows else ""

    # what the form prints

    def _printed(self, class_id: str) -> list[Line]:
        """The lines of a class to fill in: one for each unit of its factors, none where the chemical has no factor."""
        asked = self._rows[class_id]["activity_unit"]
        by_unit: dict[str | None, Line] = {}
        defaults = self._defaults.get(class_id, [])
        units = {row[5] for row in defaults if row[5] is not None}
        ordered: list[str | None] = [*sorted(units, key=lambda unit: (_below(unit) != asked, unit))]
        for unit in ordered or ([None] if defaults or self.is_main else []):
            activity_unit = f"{_ASKED_IN.get(below, below)}/a" if (below := _below(unit) if unit else asked) else None
            values = {
                "class": class_id,
                "name": self._name(CLASS, class_id),
                "factor_unit": unit,
                "activity_unit": activity_unit,
                "conversion": conversion(activity_unit, unit, self.release_unit),
                "release_unit": self.release_unit,
                "origin": "toolkit" if unit else None,
            }
            known = {name: value for name, value in values.items() if value is not None}
            by_unit[unit] = Line(CLASS, class_id, known, continues=not self.is_main)
        first = next(iter(by_unit.values()), None)
        for row in defaults:
            line = by_unit.get(row[5], first)
            if line is not None:
                self._print_default(line, row)
        return list(by_unit.values())

    def _print_default(self, line: Line, row: FactorRow) -> None:
        column = Cell(row[2], row[3]).factor
        line.values[column] = row[4] if row[4] is not None else row[6]
        line.evidence[column] = row[7]

    # what is reported

    def _releases(self, entry: dict[str, Any]) -> list[dict[str, Any]]:
        return [release for release in listed(entry, "releases") if self._chemical_of(release) == self.chemical]

    def _chemical_of(self, release: dict[str, Any]) -> str:
        return chemical_of(release, self.reference)

    def _entry_lines(self, level: str, number: int, entry: dict[str, Any]) -> list[Line]:
        who = {"class": entry[level], "name": self._name(level, self._known(level, entry[level]))}
        who |= filled(entry, {"site": ENTRY["site"]})
        first = Line(level, number, dict(who))
        if self.is_main:
            first.values |= filled(entry, _ENTRY | EITHER)
            first.said = {"activity": None} | ({"reason": first} if first.values.keys() & {"key", "reason"} else {})
        lines = [first]
        for release in self._releases(entry):
            self._put(release, lines, who)
        for place, line in enumerate(lines):
            line.continues = "activity" not in line.values and (place > 0 or not self.is_main)
            self._complete(line, entry)
        self._print_codes(lines, self._known(level, entry[level]))
        return lines

    def _known(self, level: str, text: Any) -> str:
        return self._codes.recognise(level, str(text), self.edition) or str(text)

    def _put(self, release: dict[str, Any], lines: list[Line], who: dict[str, Any]) -> None:
        """Write a release into the first line that says the same of all its releases, or into a new one."""
        cell = self._cell(release)
        said = _said(release)
        if cell is None:
            if not self.is_main and "key" in release:
                lines[0].values |= filled(release, {"key": EITHER["key"], "reason": EITHER["reason"]} | _NOTES)
                lines[0].said = {"reason": lines[0], "notes": release.get("notes")}
            return
        line = next((line for line in lines if _fits(line, cell, said)), None)
        if line is None:
            line = Line(lines[0].level, lines[0].about, dict(who))
            lines.append(line)
        line.said |= said
        line.values |= filled(release, _NOTES | _ACTIVITY)
        if "factor" in said:
            line.values |= filled(release, _FACTOR | {cell.factor: RELEASE["factor"]})
        if "release" in said:
            line.values |= filled(release, {cell.release: RELEASE["release"], "release_unit": RELEASE["release_unit"]})
        if "reason" in said:
            line.values |= filled(release, {cell.release: EITHER["key"], "reason": EITHER["reason"]})

    def _cell(self, release: dict[str, Any]) -> Cell | None:
        vector = self._codes.recognise("vector", str(release.get("vector")))
        return None if vector is None else Cell(vector, release.get("residue_kind"))

    def _complete(self, line: Line, entry: dict[str, Any]) -> None:
        """Put in what is worked out: the conversion, and how the defaults in the line are known."""
        unit = line.values.get("activity_unit", filled(entry, _ACTIVITY).get("activity_unit"))
        known = conversion(unit, line.values.get("factor_unit"), line.values.get("release_unit", self.release_unit))
        if known is not None:
            line.values["conversion"] = known

    def _print_codes(self, lines: list[Line], class_id: str) -> None:
        """The codes NA and ND where nothing is reported, and the evidence of the defaults that are."""
        for row in self._defaults.get(class_id, ()):
            cell = Cell(row[2], row[3])
            line = next((line for line in lines if cell in line.cells()), None)
            if line is not None:
                line.evidence |= {cell.factor: row[7]} if cell.factor in line.values else {}
            elif row[6] is not None:
                self._print_default(lines[0], row)


_Placed = dict[tuple[str, str], list[tuple[int, dict[str, Any]]]]


def chemical_of(part: dict[str, Any], reference: Reference) -> str:
    """The chemical of a release or total under its own name; the default one where none is named."""
    text = part.get("chemical")
    if text is None:
        return reference.default_chemical
    return code_lists(reference).recognise("chemical", str(text)) or str(text)


def group_of(name: str) -> int | None:
    """The source group that an id begins with."""
    match = re.match(r"\s*(\d{1,2})", name)
    return int(match[1]) if match else None


def conversion(activity_unit: Any, factor_unit: Any, release_unit: Any) -> float | None:
    """What activity x factor is multiplied by to give the release; None where the units do not fit each other."""
    try:
        activity, factor, release = (parse_unit(unit) for unit in (activity_unit, factor_unit, release_unit))
    except (UnknownUnitError, TypeError, AttributeError):
        return None
    return float(f"{activity.scale * factor.scale / release.scale:.12g}")


def _said(release: dict[str, Any]) -> dict[str, Any]:
    """What a release says that counts for its whole line."""
    said: dict[str, Any] = {"activity": release.get("activity"), "notes": release.get("notes")}
    if filled(release, _FACTOR | {"factor": RELEASE["factor"]}):
        said["factor"] = filled(release, _FACTOR)
    if filled(release, {name: RELEASE[name] for name in ("release", "release_unit")}):
        said["release"] = filled(release, {"release_unit": RELEASE["release_unit"]})
    if "key" in release or "reason" in release:
        said["reason"] = release.get("reason")
    return said


def _fits(line: Line, cell: Cell, said: dict[str, Any]) -> bool:
    if cell in line.cells():
        return False
    return all(line.said[about] == value for about, value in said.items() if about in line.said)


def _below(unit: str) -> str:
    return unit.partition("/")[2]


def residue_kinds(lines: list[Line]) -> Iterator[str]:
    """The kinds of residue that the lines have a column for."""
    for line in lines:
        yield from (cell.residue_kind for cell in line.cells() if cell.residue_kind is not None)
