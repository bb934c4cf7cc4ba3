"""A flat table, one row a release or key, to documents of the contract's shape, one for each Party."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from invlint.errors import ReadingError
from invlint.sources import columns as flat_columns
from invlint.sources.cells import as_text, is_blank, typed
from invlint.sources.document import Document, Doubt, Spot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_HEAD_ROWS = 30
_TELLING = frozenset({"class", "category", "group", "release", "effect"})

FORMAT = "invlint/inventory-1"


@dataclass(frozen=True)
class Grid:
    """The cells of a sheet or text table, and where each stands.

    `rows[r][c]` is a value or blank; `spot(r, c)` gives its place; `all_text` is true where the format knows text
    alone.
    """

    rows: list[list[Any]]
    spot: Callable[[int, int], Spot]
    all_text: bool


@dataclass(frozen=True)
class Head:
    """The head row: its number and the number of the column under each name."""

    row: int
    names: dict[str, int]
    doubts: tuple[tuple[int, str, str], ...]

    @property
    def is_recalculations(self) -> bool:
        return "effect" in self.names and "release" not in self.names


def find_head(grid: Grid) -> Head | None:
    """The row that names the columns, looked for in the first rows; None if there is none."""
    best: tuple[int, int] | None = None
    for number, row in enumerate(grid.rows[:_HEAD_ROWS]):
        names = {flat_columns.plain_name(cell) for cell in row if isinstance(cell, str)}
        known = names & (flat_columns.INVENTORY_COLUMNS | flat_columns.RECALCULATION_COLUMNS)
        if (len(known) >= 3 or (len(known) == 2 and known & _TELLING)) and (best is None or len(known) > best[0]):
            best = (len(known), number)
    return _head(grid, best[1]) if best else None


def _head(grid: Grid, number: int) -> Head:
    names: dict[str, int] = {}
    doubts = []
    heads = {flat_columns.plain_name(cell) for cell in grid.rows[number] if not is_blank(cell)}
    recalculations = "effect" in heads and "release" not in heads
    known = flat_columns.RECALCULATION_COLUMNS if recalculations else flat_columns.INVENTORY_COLUMNS
    for place, cell in enumerate(grid.rows[number]):
        if is_blank(cell):
            continue
        name = flat_columns.plain_name(cell)
        if name not in known:
            doubts.append((place, as_text(cell), _unknown_column(name, known)))
        elif name in names:
            doubts.append((place, name, f"the column “{name}” stands twice; the second was not read: keep one"))
        else:
            names[name] = place
    return Head(number, names, tuple(doubts))


def _unknown_column(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1, cutoff=0.6)
    mend = f"did you mean “{near[0]}”?" if near else "use `notes` for remarks, or take the column out"
    return f"“{name}” is no column of an inventory, and was not read: {mend}"


def read_grids(grids: list[Grid]) -> list[Document]:
    """The documents in the tables of one file that have a head row.

    Raises ReadingError when none of them has one.
    """
    submissions: dict[str, _Submission] = {}
    found = False
    for grid in grids:
        head = find_head(grid)
        if head is not None:
            found = True
            _read_grid(grid, head, submissions)
    if not found:
        raise ReadingError(
            "no row names the columns of an inventory (party, year, class, vector, activity, factor, release ...): "
            "put these names in the first row"
        )
    if not submissions:
        raise ReadingError("the table has a head row but no rows below it")
    return [submission.document() for submission in submissions.values()]


def read_under_first_row(grid: Grid) -> list[Document]:
    """The documents of a table whose first row is its head, whatever it names."""
    submissions: dict[str, _Submission] = {}
    _read_grid(grid, _head(grid, 0), submissions)
    return [submission.document() for submission in submissions.values()]


def _read_grid(grid: Grid, head: Head, submissions: dict[str, _Submission]) -> None:
    first: _Submission | None = None
    named = {place: name for name, place in head.names.items()}
    for number in range(head.row + 1, len(grid.rows)):
        row = grid.rows[number]
        if all(is_blank(cell) for cell in row) or _repeats_head(row, head):
            continue
        values = {
            name: typed(name, row[place], all_text=grid.all_text)
            for place, name in named.items()
            if place < len(row) and not is_blank(row[place])
        }
        for column, fills in flat_columns.BOTH.items():
            if column in values:
                for other in fills:
                    values.setdefault(other, values[column])
        party = values.get("party", "")
        submission = submissions.setdefault(str(party), _Submission())
        first = first or submission
        line = _Line(grid, head, number, values)
        submission.take_recalculation(line) if head.is_recalculations else submission.take(line)
        _doubt_strays(submission, line, row)
    for place, member, problem in head.doubts if first else ():
        first.doubt(_Cell(grid, head.row, place), member, problem)  # type: ignore[union-attr]


def _repeats_head(row: list[Any], head: Head) -> bool:
    place = head.names.get("year", head.names.get("class", -1))
    return 0 <= place < len(row) and flat_columns.plain_name(row[place]) in ("year", "class")


def _doubt_strays(submission: _Submission, line: _Line, row: list[Any]) -> None:
    """A value under no head at all would be lost without a word."""
    heads = line.grid.rows[line.head.row]
    for place, cell in enumerate(row):
        if not is_blank(cell) and (place >= len(heads) or is_blank(heads[place])):
            problem = f"“{as_text(cell)}” stands under no column name, and was not read: name the column or clear it"
            submission.doubt(_Cell(line.grid, line.number, place), "", problem)


@dataclass(frozen=True)
class _Cell:
    """One cell of a grid."""

    grid: Grid
    row: int
    place: int

    def spot(self) -> Spot:
        return self.grid.spot(self.row, self.place)


@dataclass(frozen=True)
class _Line:
    """One row of a grid with its typed values by column name."""

    grid: Grid
    head: Head
    number: int
    values: dict[str, Any]

    def cell(self, column: str) -> _Cell:
        place = self.head.names.get(column)
        if place is None:
            place = min(self.head.names.values())
        return _Cell(self.grid, self.number, place)

    def has(self, *columns: str) -> bool:
        return any(column in self.values for column in columns)

    def head_cell(self) -> _Cell:
        return _Cell(self.grid, self.head.row, min(self.head.names.values()))


@dataclass
class _Submission:
    """The document of one Party while its rows are read, and the line behind each of its parts."""

    data: dict[str, Any] = field(default_factory=lambda: {"format": FORMAT})
    lines: dict[str, tuple[_Line, dict[str, tuple[str, str]]]] = field(default_factory=dict)
    cells: dict[str, _Cell] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    years: dict[Any, int] = field(default_factory=dict)
    entries: dict[tuple[Any, ...], int] = field(default_factory=dict)

    def doubt(self, cell: _Cell, member: str, problem: str) -> None:
        pointer = f"/#{len(self.cells)}"
        self.cells[pointer] = cell
        self.doubts.append(Doubt(pointer, member, problem))

    def document(self) -> Document:
        return Document(self.data, _FlatLocator(self.lines, self.cells), tuple(self.doubts))

    def take(self, line: _Line) -> None:
        """Take one row of an inventory."""
        inventory, pointer = self._inventory(line)
        values = line.values
        if values.keys() >= {"class"}:
            self._take_entry(line, inventory, pointer)
        elif values.keys() & {"release"}:
            self._take_total(line, inventory, pointer)
        elif values.keys() & {"key", "activity"} and values.keys() & {"category", "group"}:
            self._take_entry(line, inventory, pointer)
        elif values.keys() - {*flat_columns.DOCUMENT, *flat_columns.INVENTORY, "notes"}:
            problem = "this row has no class, and neither a release (a total) nor a key (a whole category): complete it"
            self.doubt(line.cell("class"), "class", problem)

    def take_recalculation(self, line: _Line) -> None:
        """Take one row of the table of recalculations."""
        self._document_members(line, None)
        records = self.data.setdefault("recalculations", [])
        pointer = f"/recalculations/{len(records)}"
        records.append(_members(line.values, flat_columns.RECALCULATION))
        self.lines[pointer] = (line, flat_columns.RECALCULATION)

    def _inventory(self, line: _Line) -> tuple[dict[str, Any], str]:
        inventories = self.data.setdefault("inventories", [])
        year = line.values.get("year")
        place = self.years.get(year)
        if place is None:
            place = self.years[year] = len(inventories)
            inventories.append({})
            self.lines[f"/inventories/{place}"] = (line, flat_columns.INVENTORY)
            self.cells[f"/inventories/{place}"] = line.head_cell()
        inventory = inventories[place]
        self._document_members(line, inventory)
        for name, value in _members(line.values, flat_columns.INVENTORY).items():
            if inventory.setdefault(name, value) != value:
                problem = f"{name} is {value} here and {inventory[name]} above, for one Party and year: make them agree"
                self.doubt(line.cell(name), name, problem)
        return inventory, f"/inventories/{place}"

    def _document_members(self, line: _Line, inventory: dict[str, Any] | None) -> None:
        """Set what holds for the whole document; what differs by year goes to the inventory."""
        if "" not in self.lines:
            self.lines[""] = (line, flat_columns.DOCUMENT)
            self.cells[""] = line.head_cell()
        for name in flat_columns.DOCUMENT.keys():
            value = line.values.get(name)
            if value is None or self.data.setdefault(name, value) == value:
                continue
            if inventory is None or name not in ("edition", "teq_scheme", "scope"):
                problem = f"{name} is “{as_text(value)}” here and “{self.data[name]}” above: make them agree"
                self.doubt(line.cell(name), name, problem)
            elif inventory.setdefault(name, value) != value:
                problem = f"{name} is “{as_text(value)}” here and “{inventory[name]}” above in the same year"
                self.doubt(line.cell(name), name, problem)

    def _take_entry(self, line: _Line, inventory: dict[str, Any], pointer: str) -> None:
        values = line.values
        is_release = line.has("vector", "factor", "release", "chemical")
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
            entries.append(_entry(values, alone=alone))
            self.lines[f"{pointer}/entries/{place}"] = (line, flat_columns.ENTRY | flat_columns.EITHER)
        entry = entries[place]
        if not is_release:
            return
        release = _members(values, flat_columns.RELEASE | flat_columns.EITHER)
        activity = _members(values, flat_columns.ENTRY).get("activity")
        if activity is not None and activity != entry.get("activity"):
            release["activity"] = activity
        releases = entry.setdefault("releases", [])
        here = f"{pointer}/entries/{place}/releases/{len(releases)}"
        self.lines[here] = (line, flat_columns.RELEASE | flat_columns.EITHER | flat_columns.ENTRY)
        releases.append(release)

    def _take_total(self, line: _Line, inventory: dict[str, Any], pointer: str) -> None:
        totals = inventory.setdefault("totals", [])
        self.lines[f"{pointer}/totals/{len(totals)}"] = (line, flat_columns.TOTAL)
        totals.append(_members(line.values, flat_columns.TOTAL))


def _entry(values: dict[str, Any], *, alone: bool) -> dict[str, Any]:
    """An entry; beside a class the group and category of the row are implied and left out when they agree."""
    entry = _members(values, flat_columns.ENTRY | (flat_columns.EITHER if alone else {}))
    if "class" in entry:
        entry.pop("group", None)
        entry.pop("category", None)
    elif "category" in entry:
        entry.pop("group", None)
    return entry


def _members(values: dict[str, Any], table: dict[str, tuple[str, str]]) -> dict[str, Any]:
    """The members that a row's columns make: `factor` and `factor_unit` become one object."""
    found: dict[str, Any] = {}
    for column, (pointer, _) in table.items():
        if column in values:
            *above, name = pointer.split("/")[1:]
            inner = found
            for part in above:
                inner = inner.setdefault(part, {})
            inner[name] = values[column]
    return found


class _FlatLocator:
    """From pointers of the made document to the cells its parts came from."""

    def __init__(self, lines: dict[str, tuple[_Line, dict[str, tuple[str, str]]]], cells: dict[str, _Cell]) -> None:
        self._lines = lines
        self._cells = cells

    def locate(self, pointers: list[str]) -> dict[str, Spot]:
        return {pointer: self._spot(pointer) for pointer in pointers}

    def _spot(self, pointer: str) -> Spot:
        if pointer in self._cells:
            return self._cells[pointer].spot()
        above, rest = pointer, ""
        while above not in self._lines:
            above, _, last = above.rpartition("/")
            rest = f"/{last}{rest}"
        line, table = self._lines[above]
        if not rest:
            return line.cell("class").spot()
        for column, (member, _) in table.items():
            if member == rest or member.startswith(rest + "/"):
                return line.cell(column).spot()
        return line.head_cell().spot()
