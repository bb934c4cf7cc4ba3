"""The lines of an inventory that come from the rows of Toolkit sheets, and the submissions that they add up to."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isclose
from typing import TYPE_CHECKING, Any

from invlint.sources.submission import Submission
from invlint.sources.toolkit_notes import Notes

if TYPE_CHECKING:
    from invlint.sources.table_lines import Cell
    from invlint.sources.toolkit_cover import Cover
    from invlint.sources.toolkit_labels import Labels

_KEY = ("party", "year", "group", "category", "class", "site", "chemical", "vector", "residue_kind")
_OF_TOTAL = ("group", "category", "annex_c", "nfr", "chemical", "vector")


@dataclass(frozen=True)
class ToolkitLine:
    """One line of an inventory put together from a row: its values by column name, and the cell that gives each."""

    values: dict[str, Any]
    cells: dict[str, Cell]
    row: Cell
    head: Cell

    def cell(self, column: str) -> Cell | None:
        """The cell that gives a column, None where there is none."""
        return self.cells.get(column)

    def first_cell(self) -> Cell:
        """The cell that names the source."""
        return self.cells.get("class") or self.row

    def head_cell(self) -> Cell:
        """The first cell of the table's head."""
        return self.head


@dataclass
class Given:
    """Values by column name, each with the cell that gives it."""

    values: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, Cell] = field(default_factory=dict)

    def put(self, column: str, value: Any, cell: Cell) -> None:
        """Give a value, where none is given yet."""
        if value is not None and column not in self.values:
            self.values[column] = value
            self.cells[column] = cell

    def only(self, *columns: str) -> Given:
        """What is given of some columns."""
        names = [name for name in columns if name in self.values]
        return Given({name: self.values[name] for name in names}, {name: self.cells[name] for name in names})

    def __or__(self, other: Given) -> Given:
        return Given(self.values | other.values, self.cells | other.cells)


class Lines:
    """Takes the lines of one workbook, and what is doubtful and noteworthy about its cells."""

    def __init__(self, submissions: dict[str, Submission], cover: Cover) -> None:
        self._submissions = submissions
        self._cover = cover
        self._entries: set[tuple[Any, ...]] = set()
        self._totals: dict[tuple[Any, ...], Any] = {}
        self.notes = Notes()

    def take(self, given: Given, row: Cell, head: Cell, labels: Labels) -> None:
        """Add a line to the submission of its Party."""
        line = ToolkitLine(*_with_labels(given, labels), row, head)
        self._submission(line.values).take(line)

    def take_entry(self, given: Given, row: Cell, head: Cell, labels: Labels) -> None:
        """Add a line about a class as a whole; the activity of a second row for it is left to that row's releases."""
        values, _ = _with_labels(given, labels)
        identity = tuple(values.get(name) for name in ("party", "year", "class", "site"))
        if identity in self._entries:
            given = given.only(*(name for name in given.values if not name.startswith("activity")))
        self._entries.add(identity)
        self.take(given, row, head, labels)

    def take_total(self, given: Given, row: Cell, head: Cell, labels: Labels) -> None:
        """Add a total; one that stands in the workbook twice with the same value counts once."""
        values, _ = _with_labels(given, labels)
        identity = tuple(values.get(name) for name in ("party", "year", *_OF_TOTAL))
        amount = values.get("release"), values.get("release_unit")
        if identity in self._totals and _same(self._totals[identity], amount):
            self.notes.add("totals that stand in the workbook twice with the same value were taken once: {}",
                           row.spot().cell or "")  # fmt: skip
            return
        self._totals.setdefault(identity, amount)
        line = ToolkitLine(*_with_labels(given, labels), row, head)
        self._submission(line.values).take_total(line)

    def doubt(
        self,
        cell: Cell,
        problem: str,
        kind: str,
        labels: Labels,
        *,
        column: str = "",
        shown: str = "",
        about: Any = None,
    ) -> None:
        """Note what is doubtful about a cell; `about` are values of the line that it belongs to."""
        values, _ = _with_labels(Given(about or {}), labels)
        known = {name: values[name] for name in _KEY if name in values}
        self._submission(values).doubt(cell, column, problem, kind=kind, text=shown[:60], about=known)

    def finish(self) -> None:
        """Add the years that the cover announces and no row reports anything of, and the remarks of the cover."""
        announced = [self._cover.of(year) for year in self._cover.by_year]
        if not self._submissions and self._cover.whole:
            announced = announced or [self._cover.whole]
        for labels in announced:
            cell = labels.get("year", next(iter(labels.values())))[1]
            self.take(Given(), cell, cell, labels)
        for about, (text, cell) in self._cover.remarks.items():
            for submission in self._submissions.values():
                submission.remark(about, text, cell)

    def _submission(self, values: dict[str, Any]) -> Submission:
        return self._submissions.setdefault(str(values.get("party", "")), Submission())


def _with_labels(given: Given, labels: Labels) -> tuple[dict[str, Any], dict[str, Cell]]:
    known = {name: labelled for name, labelled in labels.items() if name != "chemical"}
    values = {name: value for name, (value, _) in known.items()} | given.values
    cells = {name: cell for name, (_, cell) in known.items()} | given.cells
    return values, cells


def _same(one: tuple[Any, Any], other: tuple[Any, Any]) -> bool:
    numbers = one[0], other[0]
    if all(isinstance(number, (int, float)) for number in numbers):
        return one[1] == other[1] and isclose(*numbers, rel_tol=1e-9)
    return one == other
