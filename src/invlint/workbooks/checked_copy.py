"""A copy of the officer's workbook with the findings in it: coloured cells, comments, and a sheet that lists all.

The package is edited and not written anew: values, stored results of formulas, charts and all else stay as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from invlint.model.finding import SEVERITIES
from invlint.render.words import state_in_words
from invlint.workbooks.checked_styles import CheckedStyles
from invlint.workbooks.comments import add_comments
from invlint.workbooks.findings_sheet import Line, Place, counts, findings_sheet
from invlint.workbooks.marked_sheet import Cell, cell_of, mark_cells, merged_first
from invlint.workbooks.package import Package

if TYPE_CHECKING:
    from collections.abc import Sequence

    from invlint.model.finding import Finding

_LONGEST_COMMENT = 8000
"""Of the 32767 signs that a cell's comment can have, what a person would still read."""

_SHEET = "Findings"
_LONGEST_NAME = 31


class CheckedCopy(NamedTuple):
    """The bytes of the copy, how many cells are marked, and how many findings are about no cell."""

    data: bytes
    marked: int
    without_cell: int


def checked_copy(data: bytes, path: str, findings: Sequence[Finding], incomplete: Sequence[str] = ()) -> CheckedCopy:
    """Copy a workbook, given by its bytes and the path it was read from, and put the findings into it.

    `incomplete` says why the check is, if it is. Raises ReadingError when the data is no XLSX package.
    """
    package = Package(data)
    sheets = package.sheets()
    texts = {name: package.text(part) for name, part in sheets.items()}
    merged = {name: merged_first(text) for name, text in texts.items()}
    lines = [_line(finding, path, merged) for finding in findings]
    by_sheet: dict[str, dict[Cell, list[Finding]]] = {}
    for line in lines:
        if line.place is not None:
            by_sheet.setdefault(line.place.sheet, {}).setdefault(line.place.cell, []).append(line.finding)
    styles = CheckedStyles(package)
    for name, cells in by_sheet.items():
        gravest = {cell: max(found, key=_gravity).severity for cell, found in cells.items()}
        package.write(sheets[name], mark_cells(texts[name], gravest, styles.colored))
        add_comments(package, sheets[name], {cell: _comment(found) for cell, found in cells.items()})
    above = [f"{counts(findings)}. A click on a place leads to its cell, where the same stands as a comment."]
    above += [f"The check is incomplete: {reason}." for reason in incomplete]
    package.add_sheet(_free_name(sheets), findings_sheet(lines, above, styles))
    styles.write()
    marked = sum(map(len, by_sheet.values()))
    return CheckedCopy(package.bytes(), marked, sum(line.place is None for line in lines))


def _line(finding: Finding, path: str, merged: dict[str, dict[Cell, Cell]]) -> Line:
    """The finding with its cell: the first of its places that is one of the workbook."""
    for location in finding.locations:
        sheet, _, reference = (location.cell or "").rpartition("!")
        cell = cell_of(reference)
        if location.path == path and sheet in merged and cell is not None:
            return Line(finding, Place(sheet, merged[sheet].get(cell, cell)))
    return Line(finding, None)


def _gravity(finding: Finding) -> int:
    return SEVERITIES.index(finding.severity)


def _comment(findings: list[Finding]) -> str:
    """What is wrong with a cell and what to do, gravest first; an advice that is given already is not repeated."""
    parts: list[str] = []
    for finding in sorted(findings, key=_gravity, reverse=True):
        said = f"{finding.severity.upper()} {finding.rule}: {finding.message}"
        aside = state_in_words(finding)
        said += f"\n({aside})" if aside else ""
        advice = f"\n→ {finding.help}" if finding.help and not any(finding.help in part for part in parts) else ""
        parts.append(said + advice)
    text = "\n\n".join(parts)
    if len(text) <= _LONGEST_COMMENT:
        return text
    return f"{text[:_LONGEST_COMMENT]}… (more on the sheet {_SHEET})"


def _free_name(sheets: dict[str, str]) -> str:
    taken = {name.casefold() for name in sheets}
    number = 1
    name = _SHEET
    while name.casefold() in taken:
        number += 1
        name = f"{_SHEET} ({number})"[:_LONGEST_NAME]
    return name
