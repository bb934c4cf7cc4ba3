"""A sheet of the calculation form: heads, lines, formulas and drop-downs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from invlint.reference.code_lists import CONFIDENCES, KEYS, ORIGINS
from invlint.sources.workbook_cells import column_letters
from invlint.workbooks.cell_values import put
from invlint.workbooks.form_columns import FACTORS, RELEASES, Cell, Column, cells_of, form_columns
from invlint.workbooks.form_lines import CLASS, GROUP, Line, residue_kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from xlsxwriter.worksheet import Worksheet

    from invlint.workbooks.form_styles import Styles

FIRST_LINE = 7
"""The row, from 0, of the first line below the heads."""
_HEADS = FIRST_LINE - 2
_ASKED = frozenset({"activity", "activity_source", "activity_confidence", "key", "reason", "site"})
_DROP_DOWNS = {
    "key": KEYS,
    "origin": ORIGINS,
    "factor_confidence": CONFIDENCES,
    "activity_confidence": CONFIDENCES,
}
_A3 = 8
_MOST_LINES = 2000
"""How far down drop-downs reach, for lines that are inserted below."""


Activities = dict[int | str, str]
"""The id of a class to the cell, with its sheet, of its activity."""


class FormSheet:
    """The lines of one chemical on one sheet, and where each of them stands."""

    def __init__(self, sheet: Worksheet, lines: Sequence[Line], styles: Styles) -> None:
        self.sheet = sheet
        self.lines = lines
        self.cells = cells_of(sorted(set(residue_kinds(list(lines)))))
        self.columns = form_columns(self.cells)
        self._styles = styles
        self._place = {column.name: place for place, column in enumerate(self.columns)}

    def _address(self, name: str, row: int) -> str:
        return f"{column_letters(self._place[name])}{row + 1}"

    def activities(self) -> Activities:
        """The cells of the activities that are to be filled in."""
        found: Activities = {}
        for row, line in enumerate(self.lines, FIRST_LINE):
            if not line.is_reported:
                found.setdefault(line.about, f"'{self.sheet.name}'!{self._address('activity', row)}")
        return found

    def releases_of(self, vector: str, is_counted: Callable[[Line], bool] = lambda _: True) -> list[str]:
        """The ranges of the releases to a vector, all kinds of residue together, in the lines that are counted."""
        columns = [cell.release for cell in self.cells if cell.vector == vector]
        ranges = []
        begin: int | None = None
        for row, counted in enumerate([*map(is_counted, self.lines), False], FIRST_LINE):
            if counted and begin is None:
                begin = row
            elif not counted and begin is not None:
                first = f"'{self.sheet.name}'!{self._address(columns[0], begin)}"
                last = self._address(columns[-1], row - 1)
                ranges.append(f"{first}:{last}")
                begin = None
        return ranges

    def write(self, title: str, labels: dict[str, Any], activities: Activities) -> None:
        """Write the sheet under a title and what holds for all of it (label to value)."""
        self.sheet.write_string(0, 0, title, self._styles.title)
        for row, (label, value) in enumerate(labels.items(), 1):
            self.sheet.write_string(row, 0, label, self._styles.label)
            put(self.sheet, row, 1, value, self._styles.said)
        write_heads(self.sheet, _HEADS, self.columns, self._styles)
        for row, line in enumerate(self.lines, FIRST_LINE):
            self._write_line(row, line, activities)
        for name, codes in _DROP_DOWNS.items():
            self._drop_down(name, codes)
        self.sheet.freeze_panes(FIRST_LINE, 2)
        self.sheet.set_landscape()
        self.sheet.set_paper(_A3)
        self.sheet.fit_to_pages(3, 0)
        self.sheet.repeat_columns(0, 1)
        self.sheet.repeat_rows(_HEADS, _HEADS + 1)

    def _write_line(self, row: int, line: Line, activities: Activities) -> None:
        for place, column in enumerate(self.columns):
            style = self._styles.of(_style(line, column))
            if column.name in line.values:
                put(self.sheet, row, place, line.values[column.name], style)
            elif column.name == "evidence" and line.evidence:
                self.sheet.write_string(row, place, self._evidence(line), style)
            else:
                self.sheet.write_blank(row, place, None, style)
        if line.level == CLASS:
            for cell in self.cells:
                self._write_release(row, line, cell, activities)

    def _write_release(self, row: int, line: Line, cell: Cell, activities: Activities) -> None:
        """The formula of a release to be filled in. A product of blanks would be zero, and a blank is no zero."""
        if line.is_reported or line.values.get(cell.factor) == "NA":
            return
        activity = activities.get(line.about) if line.continues else self._address("activity", row)
        if activity is None:
            return
        parts = [self._address(cell.factor, row), activity, self._address("conversion", row)]
        formula = f'=IF(COUNT({",".join(parts)})=3,{"*".join(parts)},"")'
        self.sheet.write_formula(row, self._place[cell.release], formula, self._styles.of("computed"), "")

    def _evidence(self, line: Line) -> str:
        """How the defaults of a line are known: `seen: air; compiled: water, land`."""
        by_evidence: dict[str, list[str]] = {}
        for cell in self.cells:
            if cell.factor in line.evidence:
                by_evidence.setdefault(line.evidence[cell.factor], []).append(cell.residue_kind or cell.vector)
        return "; ".join(f"{evidence}: {', '.join(names)}" for evidence, names in by_evidence.items())

    def _drop_down(self, name: str, codes: Sequence[str]) -> None:
        place = self._place[name]
        what = self.columns[place].head.lower()
        self.sheet.data_validation(
            FIRST_LINE,
            place,
            FIRST_LINE + _MOST_LINES,
            place,
            {
                "validate": "list",
                "source": list(codes),
                "error_title": f"No {what}",
                "error_message": f"The {what} is one of {', '.join(codes)}.",
            },
        )


def _style(line: Line, column: Column) -> str:
    if line.level != CLASS:
        return GROUP if line.level == GROUP else "category"
    if column.over == FACTORS and column.name in line.evidence:
        return line.evidence[column.name] if isinstance(line.values[column.name], float) else "code"
    if column.over == RELEASES and column.name != "release_unit":
        return "release"
    return "asked" if column.name in _ASKED else "plain"


def write_heads(sheet: Worksheet, row: int, columns: Sequence[Column], styles: Styles) -> None:
    """The two head rows: what columns have in common, merged over them, and the name of each."""
    begin = 0
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(row + 1, place, column.head, styles.head)
        if place + 1 == len(columns) or columns[place + 1].over != column.over:
            if place > begin:
                sheet.merge_range(row, begin, row, place, column.over, styles.head_over)
            else:
                sheet.write_string(row, place, column.over, styles.head_over)
            begin = place + 1
    sheet.set_row(row + 1, 46)
