"""One Party's submission while its lines are read: each line adds to the document, and its cells are kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from invlint.sources import columns as flat_columns
from invlint.sources.cells import as_text
from invlint.sources.document import SHAPE, Document, Doubt
from invlint.sources.table_lines import FlatLocator, line_has

if TYPE_CHECKING:
    from invlint.sources.table_lines import Cell, Line

_BY_YEAR = {name: flat_columns.DOCUMENT[name] for name in ("edition", "teq_scheme", "scope")}
"""Columns of the document that may differ from year to year."""

_INVENTORY_ROW = flat_columns.INVENTORY | _BY_YEAR
_ENTRY_ROW = flat_columns.ENTRY | flat_columns.EITHER
_OF_RELEASE = flat_columns.RELEASE | flat_columns.EITHER
_RELEASE_ROW = _OF_RELEASE | flat_columns.ENTRY
_OF_ENTRY = {name: flat_columns.ENTRY[name] for name in flat_columns.ENTRY if not name.startswith(("activity", "site"))}
"""Columns that say something of the entry, in whichever of its rows they stand."""

FORMAT = "invlint/inventory-1"

_OF_A_CLASS = frozenset(
    {"activity", "activity_unit", "factor", "factor_unit", "origin", "site", "share", "residue_kind"}
)
"""Columns that a row about a class alone can have, and a total cannot."""


@dataclass
class Submission:
    """The document of one Party while its rows are read, and the line behind each of its parts."""

    data: dict[str, Any] = field(default_factory=lambda: {"format": FORMAT})
    lines: dict[str, tuple[Line, dict[str, tuple[str, str]]]] = field(default_factory=dict)
    cells: dict[str, Cell] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    years: dict[Any, int] = field(default_factory=dict)
    entries: dict[tuple[Any, ...], int] = field(default_factory=dict)
    said: dict[tuple[int, str], Any] = field(default_factory=dict)

    def doubt(
        self,
        cell: Cell,
        member: str,
        problem: str,
        *,
        kind: str = SHAPE,
        text: str | None = None,
        about: dict[str, Any] | None = None,
    ) -> None:
        """Note what is doubtful about a cell."""
        pointer = f"/#{len(self.doubts)}"
        self.cells[pointer] = cell
        self.doubts.append(Doubt(pointer, member, problem, kind, text, about or {}))

    def _doubt_difference(self, line: Line, name: str, above: Any, where: str) -> None:
        problem = f"{name} is “{_shown(line.values[name])}” here and “{_shown(above)}” above{where}: make them agree"
        self.doubt(line.cell(name) or line.first_cell(), name, problem)

    def remark(self, year: int | None, text: str, cell: Cell) -> None:
        """Put a remark on the whole (None) or on a year; 0 is the only one."""
        place = 0 if year == 0 else self.years.get(year)
        inventories = self.data.get("inventories", [])
        if year is None:
            self.data["notes"], self.cells["/notes"] = text, cell
        elif place is not None and place < len(inventories):
            inventories[place]["notes"], self.cells[f"/inventories/{place}/notes"] = text, cell

    def document(self) -> Document:
        return Document(self.data, FlatLocator(self.lines, self.cells), tuple(self.doubts))

    def take(self, line: Line) -> None:
        """Take one row of an inventory."""
        inventory, pointer = self._inventory(line)
        values = line.values
        if values.keys() >= {"class"}:
            self._doubt_other_source(line)
            self._take_entry(line, inventory, pointer)
        elif values.keys() & _OF_A_CLASS and values.keys() & {"release", "factor"}:
            problem = "this row has a release or factor as a class has, but no class, and was not read: name the class"
            self.doubt(line.cell("class") or line.first_cell(), "class", problem)
        elif values.keys() & {"release"} or (values.keys() & {"key"} and values.keys() & {"nfr", "annex_c"}):
            self._take_total(line, inventory, pointer)
        elif values.keys() & {"key", "activity"} and values.keys() & {"category", "group"}:
            self._take_entry(line, inventory, pointer)
        elif values.keys() - {*flat_columns.DOCUMENT, *flat_columns.INVENTORY, "notes"}:
            problem = "this row has no class, and neither a release (a total) nor a key (a whole category): complete it"
            self.doubt(line.first_cell(), "class", problem)

    def _doubt_other_source(self, line: Line) -> None:
        """Beside a class the category and group are implied; where the row says others, one of them is wrong."""
        class_id = _letters(line.values["class"])
        category, group = line.values.get("category"), line.values.get("group")
        said = _letters(category) if category is not None else _letters(group) if group is not None else ""
        if not class_id.startswith(said) or (said.isdigit() and class_id[len(said) :][:1].isdigit()):
            name = "category" if category is not None else "group"
            problem = f"{name} {line.values[name]} does not contain class {line.values['class']}: correct one of them"
            self.doubt(line.cell(name) or line.first_cell(), name, problem)

    def take_total(self, line: Line) -> None:
        """Take one line that is a total, whether it has a release or a key."""
        inventory, pointer = self._inventory(line)
        self._take_total(line, inventory, pointer)

    def take_recalculation(self, line: Line) -> None:
        """Take one row of the table of recalculations."""
        self._document_members(line)
        records = self.data.setdefault("recalculations", [])
        pointer = f"/recalculations/{len(records)}"
        records.append(_members(line.values, flat_columns.RECALCULATION))
        self.lines[pointer] = (line, flat_columns.RECALCULATION)

    def _inventory(self, line: Line) -> tuple[dict[str, Any], str]:
        inventories = self.data.setdefault("inventories", [])
        year = line.values.get("year")
        place = self.years.get(year)
        if place is None:
            place = self.years[year] = len(inventories)
            inventories.append({})
            self.lines[f"/inventories/{place}"] = (line, _INVENTORY_ROW)
            self.cells[f"/inventories/{place}"] = line.head_cell()
        inventory = inventories[place]
        self._document_members(line, place)
        for name, value in _members(line.values, flat_columns.INVENTORY).items():
            if name not in inventory:
                self._set(f"/inventories/{place}", inventory, line, name)
            elif inventory[name] != value:
                self._doubt_difference(line, name, inventory[name], ", for one Party and year")
        return inventory, f"/inventories/{place}"

    def _document_members(self, line: Line, place: int | None = None) -> None:
        """Set what holds for the whole document; what differs by year goes to the inventory at `place`."""
        if "" not in self.lines:
            self.lines[""] = (line, flat_columns.DOCUMENT)
            self.cells[""] = line.head_cell()
        for name in flat_columns.DOCUMENT:
            value = line.values.get(name)
            if value is None:
                continue
            if name not in self.data:
                self._set("", self.data, line, name)
            if place is None or name not in _BY_YEAR:
                if self.data[name] != value:
                    self._doubt_difference(line, name, self.data[name], "")
                continue
            said = self.said.setdefault((place, name), value)
            if said != value:
                self._doubt_difference(line, name, said, ", for one Party and year")
            elif value != self.data[name] and name not in self.data["inventories"][place]:
                self._set(f"/inventories/{place}", self.data["inventories"][place], line, name)

    def _set(self, pointer: str, part: dict[str, Any], line: Line, name: str) -> None:
        """Set a member that any of many rows may give, and keep the cell that gave it."""
        part[name] = line.values[name]
        cell = line.cell(name)
        if cell is not None:
            self.cells[f"{pointer}/{name}"] = cell

    def _take_entry(self, line: Line, inventory: dict[str, Any], pointer: str) -> None:
        values = line.values
        is_release = line_has(line, "vector", "factor", "release", "chemical")
        entries = inventory.setdefault("entries", [])
        alone = "key" in values and not is_release
        identity = (
            pointer,
            values.get("group"),
            values.get("category"),
            values.get("class"),
            values.get("site"),
            alone,
        )
        place = None if alone else self.entries.get(identity)
        if place is None:
            place = self.entries[identity] = len(entries)
            entries.append(_entry(values, is_release=is_release))
            self.lines[f"{pointer}/entries/{place}"] = (line, _ENTRY_ROW)
        else:
            self._complete(entries[place], f"{pointer}/entries/{place}", line, is_release=is_release)
        entry = entries[place]
        if not is_release:
            return
        release = _members(values, _OF_RELEASE)
        activity = _members(values, flat_columns.ENTRY).get("activity")
        if activity is not None and activity != entry.get("activity"):
            release["activity"] = activity
        releases = entry.setdefault("releases", [])
        here = f"{pointer}/entries/{place}/releases/{len(releases)}"
        self.lines[here] = (line, _RELEASE_ROW)
        releases.append(release)

    def _complete(self, entry: dict[str, Any], pointer: str, line: Line, *, is_release: bool) -> None:
        """Give an entry what a later row says of it; an activity that differs goes to the release of the row."""
        for column, (member, _) in (_OF_ENTRY if is_release else _ENTRY_ROW).items():
            if column not in line.values or column in ("class", "category", "group"):
                continue
            *above, name = member.split("/")[1:]
            inner = entry
            for part in above:
                inner = inner.setdefault(part, {})
            if name not in inner:
                inner[name] = line.values[column]
                self.cells[f"{pointer}{member}"] = line.cell(column) or line.first_cell()
            elif inner[name] != line.values[column] and column != "notes":
                self._doubt_difference(line, column, inner[name], ", for one class")

    def _take_total(self, line: Line, inventory: dict[str, Any], pointer: str) -> None:
        totals = inventory.setdefault("totals", [])
        self.lines[f"{pointer}/totals/{len(totals)}"] = (line, flat_columns.TOTAL)
        totals.append(_members(line.values, flat_columns.TOTAL))


def _letters(value: Any) -> str:
    """An id without its dots and blanks, so that `1.c` contains `1c2`."""
    return "".join(sign for sign in as_text(value).lower() if sign.isalnum())


def _shown(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else as_text(value)


def _entry(values: dict[str, Any], *, is_release: bool) -> dict[str, Any]:
    """The entry that a row makes; beside a class the group and category are implied and left out."""
    entry = _members(values, flat_columns.ENTRY if is_release else _ENTRY_ROW)
    if "class" in entry:
        entry.pop("group", None)
        entry.pop("category", None)
    elif "category" in entry:
        entry.pop("group", None)
    return entry


def _members(values: dict[str, Any], table: dict[str, tuple[str, str]]) -> dict[str, Any]:
    """The members that a row's columns make: `factor` and `factor_unit` become one object."""
    found: dict[str, Any] = {}
    for column, value in values.items():
        if column in table:
            *above, name = table[column][0].split("/")[1:]
            inner = found
            for part in above:
                inner = inner.setdefault(part, {})
            inner[name] = value
    return found
