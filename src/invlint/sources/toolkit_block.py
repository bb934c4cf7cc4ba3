"""The rows of one table of a Toolkit sheet to lines of an inventory."""

from __future__ import annotations

from collections import defaultdict
from math import isclose
from typing import TYPE_CHECKING, Any

from invlint.sources.cells import as_text, is_blank, typed
from invlint.sources.document import OVERWRITTEN, UNREAD
from invlint.sources.table_lines import Cell
from invlint.sources.toolkit_cells import NOWHERE, CellReader, Oddity, Route, RowCells
from invlint.sources.toolkit_head import QUANTITIES, Block, Column
from invlint.sources.toolkit_labels import Labels, year_in_title
from invlint.sources.toolkit_lines import Given, Lines
from invlint.sources.toolkit_rows import CATEGORY, CLASS, GROUP, TOTAL, Source, Sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from invlint.sources.sheet import Sheet
    from invlint.sources.toolkit_totals import Extent, SheetTotals

_OF_ENTRY = ("site", "share", "included_in", "technology_change_year", "technology_change_reason")
_BESIDE_ACTIVITY = ("activity_source", "activity_year", "activity_confidence")
_BESIDE_FACTOR = ("origin", "factor_source", "factor_confidence")
Part = tuple[RowCells, Given]
"""The cells of a row about one year and chemical, and these two where they are said."""

_FEW = 3
"""How many formulas make a column of formulas."""


def _line_of(cells: RowCells) -> Given:
    """The line of Annex C or NFR code that a row is about."""
    return cells.of("annex_c", "nfr")


class BlockReader:
    """Reads the rows of one table. `labels` are what the cover and the rows above the table say of the whole."""

    def __init__(
        self,
        sheet: Sheet,
        block: Block,
        cells: CellReader,
        sources: Sources,
        totals: SheetTotals,
        lines: Lines,
        labels: Labels,
    ) -> None:
        self._sheet = sheet
        self._block = block
        self._cells = cells
        self._sources = sources
        self._totals = totals
        self._lines = lines
        self._labels = labels
        self._announced: Labels = {}
        self._head = Cell(sheet.grid, block.first, block.columns[0].place)
        self._about: dict[str, Any] = {}
        self._last_class: str | None = None
        self._figures: defaultdict[Column, list[tuple[int, str | None]]] = defaultdict(list)
        self._unnamed: dict[int, int] = {}
        self._unread: list[tuple[int, Cell, str]] = []

    def read(self) -> Labels:
        """Read every row, then judge the columns as a whole. Gives the year that a title below the rows announces."""
        for row in range(self._block.end, self._block.last):
            if not all(map(is_blank, self._sheet.grid.rows[row])):
                self._read_row(row)
        self._judge_unread()
        self._judge_formulas()
        self._judge_unknown()
        return self._announced

    def _read_row(self, row: int) -> None:
        named = [
            (str(column.field), self._sheet.shown(row, column.place))
            for column in self._block.sources
            if not is_blank(self._sheet.shown(row, column.place))
        ]
        source = self._sources.of(named)
        self._about = {source.level: source.id} if source and source.level in (CLASS, CATEGORY) else {}
        found, odd = self._cells.read(row)
        for oddity in odd:
            self._doubt(row, oddity)
        for column in found:
            if column.field in QUANTITIES:
                self._figures[column].append((row, source.level if source else None))
        if found and self._sheet.is_hidden_row(row):
            self._lines.notes.add("hidden rows were read like the others: {}", self._place(row, self._block.columns[0]))
        parts = [
            (cells, self._said(row, year, chemical))
            for (year, chemical), columns in self._cells.substances.items()
            if (cells := self._cells.about(found, columns))
        ]
        if parts:
            self._take(row, source, named, parts)
        elif source is None:
            self._read_words(row, named)
        self._look_beside(row)

    def _read_words(self, row: int, named: list[tuple[str, Any]]) -> None:
        """A row without figures may be a heading, or the title of the table below."""
        text = " ".join(as_text(cell) for _, cell in named)
        year = year_in_title(text) if text else None
        if year is not None:
            self._announced = {"year": (year, Cell(self._sheet.grid, row, 0))}
            self._labels = self._labels | self._announced
        elif text:
            self._sources.heading = text

    def _said(self, row: int, year: int | None, chemical: str | None) -> Given:
        """The year and chemical of a row: as its own columns, the head or the sheet say."""
        given = Given()
        for column in self._block.of("chemical", "year"):
            value = self._sheet.shown(row, column.place)
            name = str(column.field)
            if not is_blank(value):
                given.put(name, typed(name, value, all_text=True), Cell(self._sheet.grid, row, column.place))
        given.put("year", year, self._head)
        given.put("chemical", chemical, self._head)
        if "chemical" in self._labels:
            given.put("chemical", *self._labels["chemical"])
        return given

    # what a row is about

    def _take(self, row: int, source: Source | None, named: list[tuple[str, Any]], parts: list[Part]) -> None:
        """Take what a row says of each year and chemical."""
        first = Cell(self._sheet.grid, row, self._block.columns[0].place)
        if source is None and not named and self._last_class and parts[0][0].of("site").values:
            source = Source(CLASS, self._last_class)
        if source is not None and source.level == CLASS:
            self._last_class = source.id
        if source is not None and source.level == TOTAL and not _line_of(parts[0][0]).values:
            self._take_unnamed(first, source.id, parts)
            return
        for cells, said in parts:
            line = _line_of(cells)
            if line.values:
                self._take_total(first, line | said, cells, self._labels)
            elif source is None:
                self._leave(row, cells, named)
            elif source.level == CLASS:
                self._take_class(first, source.id, cells, said)
            else:
                self._take_whole(first, source, cells, said)

    def _leave(self, row: int, cells: RowCells, named: list[tuple[str, Any]]) -> None:
        """Leave a row with figures that names no source."""
        figure = cells.first_quantity()
        if figure is not None:
            self._unread.append((row, figure[1], as_text(named[0][1])[:60] if named else ""))

    def _take_class(self, row: Cell, class_id: str, cells: RowCells, said: Given) -> None:
        who = Given({"class": class_id}, {"class": self._source_cell(row)}) | said.only("year") | cells.of("site")
        activity = self._activity(cells)
        keys = cells.key_in("activity") | cells.of("key", "reason")
        releases = list(self._releases(row, cells, activity, who | said, keys))
        about = cells.of(*_OF_ENTRY[1:], "notes")
        self._judge_sum(row.row, cells)
        if releases:
            self._totals.add_class(self._sources.category_of(class_id))
            self._lines.take_entry(who | about | activity, row, self._head, self._labels)
            for release in releases:
                self._lines.take(release, row, self._head, self._labels)
        elif "key" in keys.values and not self._sources.is_default(said.values.get("chemical")):
            self._take_substance_key(row, who | said | keys)
        elif "key" in keys.values:
            self._lines.take(who | about | activity | keys, row, self._head, self._labels)
        elif activity.values or about.values.keys() - {"notes"}:
            self._lines.take_entry(who | about | activity | keys, row, self._head, self._labels)

    def _take_substance_key(self, row: Cell, given: Given) -> None:
        """A key for one chemical of a class counts for each vector that the row prints a factor or code for."""
        printed = [
            column
            for column in self._block.of("factor")
            if not is_blank(self._sheet.value(row.row, column.place)) and column.vector
        ]
        for column in printed:
            cell = Cell(row.grid, row.row, column.place)
            one = Given() | given
            one.put("vector", column.vector, cell)
            one.put("residue_kind", column.residue_kind, cell)
            self._lines.take(one, row, self._head, self._labels)
        if not printed:
            self._lines.take(given, row, self._head, self._labels)

    def _source_cell(self, row: Cell) -> Cell:
        """The cell that names the source of a row."""
        columns = sorted(self._block.sources, key=lambda column: column.field != "class")
        filled = (column for column in columns if not is_blank(self._sheet.shown(row.row, column.place)))
        column = next(filled, None)
        return Cell(row.grid, row.row, column.place) if column else row

    def _activity(self, cells: RowCells, route: Route = NOWHERE) -> Given:
        given = cells.number("activity", route)
        if given.values:
            given = given | cells.of(*_BESIDE_ACTIVITY) | cells.of(*_BESIDE_ACTIVITY, route=route)
            given = cells.both(given, 0)
        return given

    def _factor(self, cells: RowCells, route: Route) -> Given:
        given = cells.number("factor", route)
        if given.values:
            given = given | cells.of(*_BESIDE_FACTOR) | cells.of(*_BESIDE_FACTOR, route=route)
            given = cells.both(given, 1)
        return given

    def _releases(self, row: Cell, cells: RowCells, activity: Given, who: Given, keys: Given) -> Iterator[Given]:
        """A line for each vector and kind of residue that the row reports a release or key of, or a factor in use."""
        is_long = cells.has("vector")
        for route in self._routes(cells, is_long=is_long):
            own = self._activity(cells, route) if route != NOWHERE else Given()
            factor = self._factor(cells, route)
            release = cells.number("release", route)
            key = cells.key_in("release", route) | (cells.of("key", route=route) if route != NOWHERE else Given())
            is_active = "activity" in (activity | own).values
            in_use = "factor" in factor.values and is_active and "key" not in keys.values
            if not (release.values or key.values or in_use):
                continue
            given = who | activity | own | (factor if is_active or release.values else Given()) | release
            given = given | self._said_of_release(cells, route, key, keys)
            if is_long:
                given = given | cells.of("vector", "residue_kind")
            cell = next(iter((release | key | factor).cells.values()), row)
            given.put("vector", route[0], cell)
            given.put("residue_kind", route[1], cell)
            yield given

    def _said_of_release(self, cells: RowCells, route: Route, key: Given, keys: Given) -> Given:
        """The key, reason and notes of one release; what is said of the row counts for it where it says nothing."""
        given = key | (cells.of("reason", route=route) if route != NOWHERE else Given())
        if key.values:
            given = keys.only("reason") | given
        elif "key" in keys.values:
            given = keys | given
        notes = cells.of("release_notes") | cells.of("release_notes", route=route)
        if notes.values:
            given.put("notes", notes.values["release_notes"], notes.cells["release_notes"])
        return given

    def _routes(self, cells: RowCells, *, is_long: bool) -> list[Route]:
        if is_long:
            return [NOWHERE]
        found = cells.routes("activity", "factor", "release", "key")
        order = dict.fromkeys(column.route for column in self._block.columns if column.vector)
        return [route for route in order if route in found]

    def _take_whole(self, row: Cell, source: Source, cells: RowCells, said: Given) -> None:
        """A category or group: what it releases is a total, and a key is one for all of it."""
        value = int(source.id) if source.level == GROUP else source.id
        who = Given({source.level: value}, {source.level: self._source_cell(row)})
        keys = cells.key_in("activity") | cells.of("key", "reason", "included_in")
        if cells.has("release"):
            if source.level == CATEGORY:
                self._totals.close(source.id)
            self._take_total(row, who | said, cells, self._labels)
        if "key" in keys.values:
            given = who | said.only("year") | self._activity(cells) | keys | cells.of("notes")
            self._lines.take(given, row, self._head, self._labels)
        elif "activity" in cells.of("activity").values:
            self._lines.notes.add("activities of categories and totals are not kept: {}", row.spot().cell or "")

    def _take_unnamed(self, row: Cell, word: str, parts: list[Part]) -> None:
        """Take a total when it is clear what it sums up, under the labels that count at its place."""
        cell, labels = self._source_cell(row), self._labels

        def take(extent: Extent) -> None:
            for cells, said in parts:
                self._take_total(row, Given(dict(extent), dict.fromkeys(extent, cell)) | said, cells, labels)

        self._totals.add(word, take)

    def _take_total(self, row: Cell, who: Given, cells: RowCells, labels: Labels) -> None:
        for route in cells.routes("release"):
            given = cells.number("release", route) | cells.key_in("release", route)
            cell = next(iter(given.cells.values()), row)
            if route[1] is not None:
                self._lines.notes.add("totals of one kind of residue alone are not kept: {}", cell.spot().cell or "")
                continue
            given = who | given | cells.of("vector")
            given.put("vector", route[0], cell)
            self._lines.take_total(given, row, self._head, labels)

    # what is odd

    def _place(self, row: int, column: Column) -> str:
        return self._sheet.grid.spot(row, column.place).cell or ""

    def _doubt(self, row: int, odd: Oddity) -> None:
        about = self._about | {
            name: value
            for name, value in (("vector", odd.column.vector), ("residue_kind", odd.column.residue_kind))
            if value
        }
        cell = Cell(self._sheet.grid, row, odd.column.place)
        self._lines.doubt(
            cell, odd.problem, odd.kind, self._labels, column=str(odd.column.field), shown=odd.shown, about=about
        )

    def _judge_sum(self, row: int, cells: RowCells) -> None:
        """A release of a class that names no vector is the sum of the others, or it cannot be placed."""
        whole = cells.of("release").values.get("release")
        if cells.has("vector") or not isinstance(whole, (int, float)):
            return
        parts = [
            cells.of("release", route=route).values.get("release")
            for route in cells.routes("release")
            if route != NOWHERE
        ]
        numbers = [part for part in parts if isinstance(part, (int, float))]
        if numbers and isclose(sum(numbers), whole, rel_tol=0.005):
            return
        column = next(column for column in self._block.of("release") if column.route == NOWHERE)
        problem = (
            f"this is no sum of the vectors beside it, which come to {sum(numbers):.6g}, and was not read: correct it"
            if numbers
            else "this release names no vector, and was not read: name air, water, land, product or residue"
        )
        self._doubt(row, Oddity(column, problem, UNREAD, as_text(whole)))

    def _judge_unread(self) -> None:
        """Say of rows with figures that they were not read; of rows that follow each other, once."""
        runs: list[list[tuple[int, Cell, str]]] = []
        for one in self._unread:
            if not runs or one[0] - runs[-1][-1][0] > 1:
                runs.append([])
            if not runs[-1] or runs[-1][-1][0] != one[0]:
                runs[-1].append(one)
        for run in runs:
            _, cell, shown = run[0]
            who = f"“{shown}” is no source that invlint knows" if shown else "this row names no source"
            below = f" (nor do the {len(run) - 1} rows below it)" if len(run) > 1 else ""
            problem = f"{who}{below}, and its figures were not read: name the class, such as 1c.2, or a total"
            self._lines.doubt(
                cell, problem, UNREAD, self._labels, column="class", shown=shown or cell.spot().cell or ""
            )

    def _judge_formulas(self) -> None:
        """A number among formulas: someone wrote over one."""
        for column, rows in self._figures.items():
            of_classes = [row for row, level in rows if level == CLASS]
            computed = [row for row in of_classes if self._sheet.formula(row, column.place)]
            written = [row for row in of_classes if not self._sheet.formula(row, column.place)]
            if len(computed) < _FEW or len(written) * 2 > len(computed):
                continue
            for row in written:
                value = self._sheet.value(row, column.place)
                if isinstance(value, (int, float)):
                    problem = (
                        f"a number stands here where {len(computed)} other cells of the column have formulas: "
                        "put the formula back, or say under the notes where the number comes from"
                    )
                    self._doubt(row, Oddity(column, problem, OVERWRITTEN, as_text(value)))

    def _look_beside(self, row: int) -> None:
        """Figures in columns that the head does not explain."""
        known = {column.place for column in self._block.columns if column.field is not None}
        for place, cell in enumerate(self._sheet.grid.rows[row]):
            if place not in known and isinstance(cell, (int, float)) and not isinstance(cell, bool):
                self._unnamed.setdefault(place, row)

    def _judge_unknown(self) -> None:
        """Say once of each column with figures that it was not read, and why."""
        for place, head in self._block.unknown.items():
            if place not in self._unnamed:
                where = self._sheet.grid.spot(self._block.end - 1, place).cell
                shown = f"“{head}” ({where})"
                self._lines.notes.add("columns that are not known, and hold no figures, were not read: {}", shown)
        undecided = {column.place: column.head for column in self._block.columns if column.field is None}
        for place, row in self._unnamed.items():
            if place in undecided:
                problem = (
                    f"it is not clear whether the figures under “{undecided[place]}” are emission factors or releases, "
                    "and they were not read: write which over them"
                )
            elif place in self._block.unknown:
                problem = (
                    f"“{self._block.unknown[place]}” is no column that invlint knows, and its figures were not read"
                )
            else:
                problem = "figures stand under no head here, and were not read: name the column, or clear it"
            shown = as_text(self._sheet.value(row, place))
            self._lines.doubt(Cell(self._sheet.grid, row, place), problem, UNREAD, self._labels, shown=shown)
