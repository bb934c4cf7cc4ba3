"""The cells of one row of a Toolkit table, each under the field and vector of its column."""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING, Any, NamedTuple

from invlint.reference.code_lists import KEYS
from invlint.sources import columns as flat_columns
from invlint.sources.cells import as_text, is_blank
from invlint.sources.document import NUMBER, STALE, UNREAD
from invlint.sources.formulas import BlankError, Calculator, NotPlainError
from invlint.sources.table_lines import Cell
from invlint.sources.toolkit_head import QUANTITIES, SOURCES, Block, Column, meaning_of
from invlint.sources.toolkit_lines import Given
from invlint.sources.toolkit_values import Read, read_cell

if TYPE_CHECKING:
    from invlint.sources.sheet import Sheet
    from invlint.sources.toolkit_notes import Notes

Route = tuple[str | None, str | None]
"""A vector, and the kind of residue."""

NOWHERE: Route = (None, None)
_OF_A_SUBSTANCE = ("factor", "release")
_NOT_HERE = frozenset({*SOURCES, "aside", "chemical", "year"})


class Oddity(NamedTuple):
    """Something odd about a cell, of one of the kinds of doubt."""

    column: Column
    problem: str
    kind: str
    shown: str


class RowCells:
    """What the columns of one year and chemical hold in a row."""

    def __init__(self, block: Block, found: dict[tuple[str, Route], tuple[Read, Cell]]) -> None:
        self._block = block
        self._found = found

    def __bool__(self) -> bool:
        return any(field != "notes" for field, _ in self._found)

    def has(self, field: str) -> bool:
        """Whether anything stands in a column of this field, whatever its vector."""
        return any(known == field for known, _ in self._found)

    def first_quantity(self) -> tuple[Read, Cell] | None:
        return next((held for (field, _), held in self._found.items() if field in QUANTITIES), None)

    def routes(self, *fields: str) -> list[Route]:
        """Where something stands in columns of these fields, in the order of the columns."""
        return list(dict.fromkeys(route for field, route in self._found if field in fields))

    def of(self, *fields: str, route: Route = NOWHERE) -> Given:
        """What the columns of some fields hold."""
        given = Given()
        for field in fields:
            if (field, route) in self._found:
                read, cell = self._found[field, route]
                given.put(field, read.value, cell)
        return given

    def key_in(self, field: str, route: Route = NOWHERE) -> Given:
        """The notation key that stands in the place of a number."""
        given = Given()
        if (field, route) in self._found:
            read, cell = self._found[field, route]
            given.put("key", read.key, cell)
        return given

    def number(self, field: str, route: Route = NOWHERE) -> Given:
        """A number with its unit: that of its own cell, else of its row, else of its head."""
        given = self.of(field, route=route)
        if not given.values:
            return given
        read, cell = self._found[field, route]
        unit = f"{field}_unit"
        given.put(unit, read.unit, cell)
        for where in (route, NOWHERE):
            if (unit, where) in self._found:
                beside, at = self._found[unit, where]
                given.put(unit, beside.value, at)
        column = self._block.at[cell.place]
        if column.unit_at is not None:
            given.put(unit, column.unit, Cell(cell.grid, *column.unit_at))
        return given

    def both(self, given: Given, number: int) -> Given:
        """Add what a column for the activity and the factor alike gives to the first (0) or second (1) of the two."""
        for name, fills in flat_columns.BOTH.items():
            if (name, NOWHERE) in self._found:
                read, cell = self._found[name, NOWHERE]
                given.put(fills[number], read.value, cell)
        return given


class CellReader:
    """Reads the cells of the rows of one table. `mark` is the workbook's decimal mark."""

    def __init__(self, sheet: Sheet, block: Block, calculator: Calculator, mark: str | None, notes: Notes) -> None:
        self._sheet = sheet
        self._block = block
        self._calculator = calculator
        self._mark = mark
        self._notes = notes
        chemicals = {column.chemical for column in block.columns if column.chemical}
        self._only_chemical = chemicals.pop() if len(chemicals) == 1 else None
        self.substances = {
            (year, chemical): [column for column in block.columns if self._belongs(column, year, chemical)]
            for year, chemical in self._told_apart()
        }
        """The years and chemicals that the columns tell apart, each with the columns that are about it."""

    def _told_apart(self) -> list[tuple[int | None, str | None]]:
        said = {
            (column.year, column.chemical or self._only_chemical): None
            for column in self._block.columns
            if column.field in QUANTITIES and (column.field in _OF_A_SUBSTANCE or column.year)
        }
        return [one for one in said if one[0] is not None] or list(said) or [(None, None)]

    def read(self, row: int) -> tuple[dict[Column, tuple[Read, Cell]], list[Oddity]]:
        """What the columns hold in a row, and what is odd about it."""
        found: dict[Column, tuple[Read, Cell]] = {}
        odd: list[Oddity] = []
        for column in self._block.columns:
            if column.field is None or column.field in _NOT_HERE:
                continue
            raw = self._raw(row, column, odd)
            if is_blank(raw):
                continue
            read = self._quantity(row, column, raw, odd) if column.field in QUANTITIES else self._plain(column, raw)
            if read.problem is not None:
                odd.append(Oddity(column, read.problem, NUMBER, as_text(raw)))
            if not read.is_blank:
                found[column] = read, Cell(self._sheet.grid, row, column.place)
        return found, odd

    def _raw(self, row: int, column: Column, odd: list[Oddity]) -> Any:
        """What stands in a cell. Words in a cell merged over several rows count for each; a figure is of one alone."""
        raw = self._sheet.value(row, column.place)
        anchor = self._sheet.merged_into.get((row, column.place))
        if anchor is None or anchor[0] == row or anchor[0] < self._block.end or anchor[1] != column.place:
            return raw
        merged = self._sheet.value(*anchor)
        if column.field not in QUANTITIES or merged in KEYS:
            return merged
        if not is_blank(merged):
            problem = (
                "this cell is merged with the one above, and its figure was read for the first row alone: divide it"
            )
            odd.append(Oddity(column, problem, UNREAD, as_text(merged)))
        return None

    def about(self, found: dict[Column, tuple[Read, Cell]], columns: list[Column]) -> RowCells:
        """What a row holds in the columns of one year and chemical."""
        cells: dict[tuple[str, Route], tuple[Read, Cell]] = {}
        for column in columns:
            if column in found:
                cells.setdefault((str(column.field), column.route), found[column])
        return RowCells(self._block, cells)

    def _belongs(self, column: Column, year: int | None, chemical: str | None) -> bool:
        of = column.chemical or self._only_chemical
        if column.year not in (None, year):
            return False
        return of == chemical or (of is None and column.field not in _OF_A_SUBSTANCE)

    def _plain(self, column: Column, raw: Any) -> Read:
        field = str(column.field)
        kind = flat_columns.KINDS.get(field, flat_columns.TEXT)
        if kind in (flat_columns.NUMBER, flat_columns.WHOLE):
            value = read_cell(raw, mark=self._mark, number_format=None, is_factor=True).value
            is_whole = isinstance(value, float) and value.is_integer() and kind == flat_columns.WHOLE
            return Read(int(value) if is_whole else value)
        text = as_text(raw)
        meaning = meaning_of(text) if field in ("vector", "residue_kind") else None
        if meaning is not None:
            text = (meaning.vector if field == "vector" else meaning.residue_kind) or text
        return Read(text)

    def _quantity(self, row: int, column: Column, raw: Any, odd: list[Oddity]) -> Read:
        if self._sheet.formula(row, column.place) is not None:
            raw = self._computed(row, column, raw, odd)
        return read_cell(
            raw,
            mark=self._mark,
            number_format=self._sheet.number_format(row, column.place),
            is_factor=column.field == "factor",
        )

    def _computed(self, row: int, column: Column, stored: Any, odd: list[Oddity]) -> Any:
        """The value of a formula: computed where none is stored, and held against the stored one where it is plain."""
        place = self._sheet.grid.spot(row, column.place).cell or ""
        has_none = isinstance(stored, str) and stored.startswith("=")
        try:
            value = self._calculator.value(self._sheet, row, column.place)
        except BlankError:
            if stored == 0:
                self._notes.add("zeros that a formula makes of a blank cell were taken as blank: {}", place)
            return None if has_none or stored == 0 else stored
        except NotPlainError:
            return stored
        if has_none:
            self._notes.add("formulas without a stored value were computed: {}", place)
            return value
        is_number = isinstance(stored, (int, float)) and not isinstance(stored, bool)
        if is_number and not isclose(stored, value, rel_tol=1e-6, abs_tol=1e-15):
            problem = (
                f"the stored value is {stored:.6g}, and its formula comes to {value:.6g}: "
                "let the spreadsheet calculate, and save again"
            )
            odd.append(Oddity(column, problem, STALE, f"{stored:.6g}"))
        return stored
