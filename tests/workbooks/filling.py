"""Fill in an empty form as an officer would: from the top down, with lines inserted where the form has too few."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import openpyxl

from invlint.units import parse_unit

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

HEADS, FIRST = 7, 8
MAIN = "PCDD/PCDF"
_REFERENCE = re.compile(r"(?:'([^']+)'!)?\b([A-Z]{1,3})(\d+)(?::([A-Z]{1,3})(\d+))?")


class Form:
    """A workbook of the form that is being filled in for some years."""

    def __init__(self, path: Path) -> None:
        self._book = openpyxl.load_workbook(path)
        self._suffix = ""

    def fill(self, document: dict[str, Any]) -> None:
        """Fill in all years of a document; its totals are left to the formulas."""
        cover = self._book["Cover"]
        labels = {cover.cell(row, 1).value: row for row in range(1, cover.max_row + 1)}
        for label, member in (("Toolkit edition", "edition"), ("TEQ scheme", "teq_scheme"), ("Submitted", "submitted")):
            cover.cell(labels[label], 2, document[member])
        for place, inventory in enumerate(document["inventories"], 2):
            cover.cell(labels["Population"], place, inventory["population"])
            if "baseline" in inventory:
                cover.cell(labels["Baseline year"], place, "yes" if inventory["baseline"] else "no")
            self._suffix = f", {inventory['year']}" if len(document["inventories"]) > 1 else ""
            for entry in inventory["entries"]:
                self._fill_entry(entry)

    def save(self, path: Path) -> None:
        self._book.save(path)

    def _fill_entry(self, entry: dict[str, Any]) -> None:
        about = entry.get("class") or entry["category"]
        sheet = self._book[f"Group {re.match('[0-9]+', about)[0]}{self._suffix}"]  # type: ignore[index]
        columns = columns_of(sheet)
        rows = [
            row
            for row in rows_of(sheet, about)
            if sheet.cell(row, columns["Site"]).value is None or "site" not in entry
        ]
        if "site" in entry and not (rows and sheet.cell(rows[0], columns["Annual activity"]).value is None):
            rows = [self._insert(sheet, rows_of(sheet, about)[-1])]
        for head, member in (
            ("Site", "site"), ("Notation key", "key"), ("Reason", "reason"), ("Included in", "included_in"),
            ("Share of the category", "share"),
        ):  # fmt: skip
            if member in entry:
                sheet.cell(rows[0], columns[head], entry[member])
        self._fill_activity(sheet, rows[0], entry.get("activity"))
        lines = [Line(row, None) for row in rows]
        for release in entry.get("releases", ()):
            if release["chemical"] == MAIN:
                self._fill_release(sheet, lines, release, entry)
            else:
                self._fill_other(about, release, entry)

    def _fill_release(
        self, sheet: Worksheet, lines: list[Line], release: dict[str, Any], entry: dict[str, Any]
    ) -> None:
        columns = columns_of(sheet)
        factor = release["factor"]
        said = [factor.get(member) for member in ("unit", "origin", "source", "confidence")] + [release.get("activity")]
        line = next((line for line in lines if line.said == said), None)
        if line is None:
            unit = columns["Factor unit"]
            line = next(
                (one for one in lines if not one.said and sheet.cell(one.row, unit).value == factor["unit"]), None
            )
            if line is None:
                line = Line(self._insert(sheet, lines[-1].row), None)
                lines.append(line)
            self._begin(sheet, line, said, release, entry)
        head = f"Residue: {release['residue_kind']}" if "residue_kind" in release else release["vector"].capitalize()
        sheet.cell(line.row, columns["Emission factor", head], factor["value"])
        self._fill_amount(sheet, line.row, columns["Annual release", head], release, entry)

    def _begin(
        self, sheet: Worksheet, line: Line, said: list[Any], release: dict[str, Any], entry: dict[str, Any]
    ) -> None:
        """Write what counts for a whole line, and take out the defaults that stand there for other vectors."""
        line.said = said
        columns = columns_of(sheet)
        if "site" in entry:
            sheet.cell(line.row, columns["Site"], entry["site"])
        for key, place in columns.items():
            is_factor = isinstance(key, tuple) and key[0] == "Emission factor"
            if is_factor and isinstance(sheet.cell(line.row, place).value, (int, float)):
                sheet.cell(line.row, place).value = None
        for head, value in zip(
            ("Factor unit", "Factor origin", "Factor source", "Factor confidence"), said, strict=False
        ):
            sheet.cell(line.row, columns[head]).value = value
        self._fill_activity(sheet, line.row, release.get("activity"))
        unit = release.get("activity", entry["activity"])["unit"]
        sheet.cell(line.row, columns["Conversion"]).value = conversion(unit, release)

    def _fill_activity(self, sheet: Worksheet, row: int, activity: dict[str, Any] | None) -> None:
        columns = columns_of(sheet)
        for head, member in (
            ("Annual activity", "value"), ("Activity unit", "unit"), ("Activity source", "source"),
            ("Activity confidence", "confidence"),
        ):  # fmt: skip
            if activity is not None:
                sheet.cell(row, columns[head], activity.get(member))

    def _fill_amount(
        self, sheet: Worksheet, row: int, place: int, release: dict[str, Any], entry: dict[str, Any]
    ) -> None:
        """Leave the formula where it comes to the release, and write the release over it where not."""
        activity = release.get("activity", entry["activity"])
        product = activity["value"] * release["factor"]["value"] * conversion(activity["unit"], release)
        if float(f"{product:.6g}") != release["release"]["value"] or sheet.cell(row, place).value is None:
            sheet.cell(row, place, release["release"]["value"])

    def _fill_other(self, about: str, release: dict[str, Any], entry: dict[str, Any]) -> None:
        """A release of another chemical: its line is there, or is one of the empty lines of the group."""
        sheet = self._book[f"{release['chemical'].replace('/', '-')}{self._suffix}"]
        columns = columns_of(sheet)
        rows = rows_of(sheet, about)
        row = rows[0] if rows else self._spare(sheet, re.match("[0-9]+", about)[0])  # type: ignore[index]
        sheet.cell(row, columns["Class"], about)
        head = release["vector"].capitalize()
        if "key" in release:
            sheet.cell(row, columns["Annual release", head], release["key"])
            sheet.cell(row, columns["Reason"], release["reason"])
            return
        sheet.cell(row, columns["Emission factor", head], release["factor"]["value"])
        for title, member in (
            ("Factor unit", "unit"),
            ("Factor origin", "origin"),
            ("Factor confidence", "confidence"),
        ):
            sheet.cell(row, columns[title], release["factor"].get(member))
        sheet.cell(row, columns["Conversion"]).value = conversion(entry["activity"]["unit"], release)
        self._fill_amount(sheet, row, columns["Annual release", head], release, entry)

    def _spare(self, sheet: Worksheet, group: str) -> int:
        row = rows_of(sheet, group)[0] + 1
        while sheet.cell(row, 1).value is not None:
            row += 1
        return row

    def _insert(self, sheet: Worksheet, above: int) -> int:
        """Insert a line below another one and copy that into it, as a spreadsheet does it: formulas follow."""
        at = above + 1
        sheet.insert_rows(at)
        for other in self._book.worksheets:
            for cells in other.iter_rows(min_row=FIRST):
                for cell in cells:
                    if isinstance(cell.value, str) and cell.value.startswith("="):
                        cell.value = _moved(cell.value, sheet.title, at, is_same=other is sheet)
        for place in range(1, sheet.max_column + 1):
            value = sheet.cell(above, place).value
            if isinstance(value, str) and value.startswith("="):
                value = re.sub(rf"(?<=[A-Z]){above}\b", str(at), value)
            sheet.cell(at, place, value)
        return at


class Line:
    """A line in use, and what counts for all of it."""

    def __init__(self, row: int, said: list[Any] | None) -> None:
        self.row = row
        self.said = said


def columns_of(sheet: Worksheet) -> dict[str | tuple[str, str], int]:
    """The columns by their heads; those of vectors by the head above too."""
    found: dict[str | tuple[str, str], int] = {}
    over = ""
    for place in range(1, sheet.max_column + 1):
        over = str(sheet.cell(HEADS - 1, place).value or over)
        head = str(sheet.cell(HEADS, place).value)
        found[over, head] = place
        found.setdefault(head, place)
    return found


def rows_of(sheet: Worksheet, about: str) -> list[int]:
    return [row for row in range(FIRST, sheet.max_row + 1) if sheet.cell(row, 1).value == about]


def conversion(activity_unit: str, release: dict[str, Any]) -> float:
    scales = [parse_unit(unit).scale for unit in (activity_unit, release["factor"]["unit"], release["release"]["unit"])]
    return float(f"{scales[0] * scales[1] / scales[2]:.12g}")


def _moved(formula: str, title: str, at: int, *, is_same: bool) -> str:
    """A formula after a row was inserted into a sheet."""

    def move(match: re.Match[str]) -> str:
        sheet, left, top, right, bottom = match.groups()
        if (sheet or (title if is_same else "")) != title:
            return match[0]
        first = int(top) + (int(top) >= at)
        last = f":{right}{int(bottom) + (int(bottom) >= at)}" if right else ""
        return f"{f'{chr(39)}{sheet}{chr(39)}!' if sheet else ''}{left}{first}{last}"

    return _REFERENCE.sub(move, formula)
