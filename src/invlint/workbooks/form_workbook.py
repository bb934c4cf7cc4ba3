"""Write an inventory as a workbook of the Toolkit's calculation form; one without entries is the empty form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from invlint.reference.code_lists import TEQ_SCHEMES
from invlint.reference.editions import CURRENT_EDITION, EDITIONS
from invlint.sources.columns import RECALCULATION, filled, listed
from invlint.workbooks.cell_values import put
from invlint.workbooks.form_columns import RECALCULATION_COLUMNS
from invlint.workbooks.form_lines import Form, Line, chemical_of, spare_line
from invlint.workbooks.form_sheet import Activities, FormSheet, write_heads
from invlint.workbooks.form_styles import Styles
from invlint.workbooks.form_texts import READ_ME
from invlint.workbooks.form_totals import write_totals

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from invlint.reference import Reference

_LONGEST_NAME = 31
_TEXT_WIDTH, _LINE_HEIGHT = 100, 16
_SPARE_LINES = 4
"""Empty lines in each group of another chemical's sheet, for classes that the Toolkit has no factor for."""

_YEARS = 6
"""Columns of the cover that drop-downs reach over."""


def write_form(file: BinaryIO, document: dict[str, Any], reference: Reference) -> None:
    """Write a document, which must be of the right shape, as a workbook.

    What the form has no place for, such as a release to no vector, is left out.
    """
    from xlsxwriter import Workbook

    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        _FormWorkbook(workbook, document, reference).write()


class _FormWorkbook:
    def __init__(self, workbook: Workbook, document: dict[str, Any], reference: Reference) -> None:
        self._workbook = workbook
        self._document = document
        self._reference = reference
        self._styles = Styles(workbook)
        self._inventories: list[dict[str, Any]] = listed(document, "inventories") or [{}]

    def write(self) -> None:
        """Write all sheets."""
        self._read_me()
        self._cover()
        for inventory in self._inventories:
            self._year(inventory)
        self._recalculations()

    def _read_me(self) -> None:
        sheet = self._workbook.add_worksheet("Read me")
        sheet.set_column(0, 0, _TEXT_WIDTH)
        sheet.fit_to_pages(1, 0)
        for row, text in enumerate(READ_ME):
            style = self._styles.of("title" if row == 0 else "label" if text.isupper() else "text")
            sheet.set_row(row, _LINE_HEIGHT * (1 + len(text) // _TEXT_WIDTH) + _LINE_HEIGHT * text.isupper())
            sheet.write_string(row, 0, text, style)

    def _cover(self) -> None:
        sheet = self._workbook.add_worksheet("Cover")
        sheet.activate()
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, _YEARS, 26)
        sheet.write_string(0, 0, "Release inventory of unintentional POPs", self._styles.title)
        for row, (label, of_document, of_year) in enumerate(_COVER, 2):
            sheet.write_string(row, 0, label, self._styles.label)
            for place, value in enumerate(self._on_cover(of_document, of_year), 1):
                put(sheet, row, place, value, self._styles.of("asked"))
            if label in _COVER_CODES:
                sheet.data_validation(row, 1, row, _YEARS, {"validate": "list", "source": list(_COVER_CODES[label])})

    def _on_cover(self, of_document: str, of_year: str) -> list[Any]:
        """A line of the cover: what holds for the first year or for all, then what holds else in each later year."""
        whole = self._document.get(of_document)
        by_year = [inventory.get(of_year, whole) for inventory in self._inventories] if of_year else [whole]
        if of_document:
            return [by_year[0], *(value if value != by_year[0] else None for value in by_year[1:])]
        return by_year

    def _year(self, inventory: dict[str, Any]) -> None:
        edition = str(inventory.get("edition", self._document.get("edition", CURRENT_EDITION)))
        suffix = "" if len(self._inventories) == 1 else f", {inventory.get('year')}"
        sheets: dict[str, list[FormSheet]] = {}
        activities: Activities = {}
        for chemical in self._chemicals(inventory):
            form = Form(self._reference, edition, chemical)
            labels = {"Reference year": inventory.get("year"), "Chemical": chemical}
            lines = {group: form.group_lines(group, inventory) for group in self._reference.groups}
            sheets[chemical] = []
            for name, title, shown in self._sheets(form, lines):
                sheet = FormSheet(self._add(f"{name}{suffix}"), shown, self._styles)
                sheets[chemical].append(sheet)
                if form.is_main:
                    activities |= sheet.activities()
                sheet.write(title, labels, activities)
        write_totals(self._add(f"Totals{suffix}"), inventory, sheets, self._reference, self._styles)

    def _sheets(self, form: Form, lines: dict[int, list[Line]]) -> Iterator[tuple[str, str, list[Line]]]:
        """Name, title and lines of each sheet of a chemical: one a group for the main one, one in all for another."""
        if form.is_main:
            for group, name in self._reference.groups.items():
                yield f"Group {group}", f"Source group {group}: {name}", lines[group]
            return
        spare = [spare_line("") for _ in range(_SPARE_LINES)]
        title = self._reference.chemicals.get(form.chemical, {}).get("name", form.chemical)
        yield form.chemical, title, [line for group in lines.values() for line in [*group, *spare]]

    def _chemicals(self, inventory: dict[str, Any]) -> list[str]:
        """The chemicals of the reference, the default one first, and those that the inventory has besides."""
        reference = self._reference
        reported = [
            chemical_of(release, reference)
            for entry in listed(inventory, "entries")
            for release in listed(entry, "releases")
        ]
        return list(dict.fromkeys([reference.default_chemical, *reference.chemicals, *reported]))

    def _add(self, name: str) -> Worksheet:
        """A sheet of this name, without the signs that a sheet's name cannot have."""
        plain = re.sub(r"[\[\]:*?/\\']", "-", name)[:_LONGEST_NAME]
        taken = {sheet.name.casefold() for sheet in self._workbook.worksheets()}
        number = 2
        unique = plain
        while unique.casefold() in taken:
            unique = f"{plain[: _LONGEST_NAME - 4]} ({number})"
            number += 1
        return self._workbook.add_worksheet(unique)

    def _recalculations(self) -> None:
        sheet = self._add("Recalculations")
        write_heads(sheet, 0, RECALCULATION_COLUMNS, self._styles)
        for row, record in enumerate(listed(self._document, "recalculations"), 2):
            found = filled(record, RECALCULATION)
            for place, column in enumerate(RECALCULATION_COLUMNS):
                put(sheet, row, place, found.get(column.name), self._styles.of("asked"))


_COVER = (
    ("Party", "party", ""),
    ("Toolkit edition", "edition", "edition"),
    ("TEQ scheme", "teq_scheme", "teq_scheme"),
    ("Submitted", "submitted", ""),
    ("Scope", "scope", "scope"),
    ("Vectors covered", "scope_vectors", ""),
    ("Notes", "notes", ""),
    ("Reference year", "", "year"),
    ("Population", "", "population"),
    ("Baseline year", "", "baseline"),
    ("Notes on the year", "", "notes"),
)
"""The lines of the cover: label, and the members of the document and of the inventory of a year."""

_COVER_CODES = {"Toolkit edition": EDITIONS, "TEQ scheme": TEQ_SCHEMES, "Baseline year": ("yes", "no")}
