"""Party x rule: how many findings each Party has of each rule, what they weigh, and what was not looked at."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

from invlint.model.finding import SEVERITIES

if TYPE_CHECKING:
    from invlint.model.finding import Finding
    from invlint.model.report import Outcome, Report
    from invlint.render.formats import View

UNITS = ("g TEQ/a", "kg/a")
_NOT_RUN = ("could_not_run", "crashed")


class Cell(NamedTuple):
    """Findings of one rule in one Party: how many, the gravest severity, and the effects by unit, signs apart."""

    number: int
    severity: str
    impact: dict[str, float]


class Line(NamedTuple):
    """One Party: its reference years, findings by severity, and its cells by rule code."""

    party: str
    years: tuple[int, ...]
    severities: dict[str, int]
    cells: dict[str, Cell]


class Matrix(NamedTuple):
    """The lines, the rules that found something (code to name), files not read, and rules that did not run."""

    lines: tuple[Line, ...]
    rules: dict[str, str]
    unread: tuple[tuple[str, str], ...]
    not_run: tuple[Outcome, ...]


def make_matrix(report: Report) -> Matrix:
    """The matrix of a report. What is wrong with a file of no known Party stands under its path."""
    years: dict[str, set[int]] = {}
    for given in report.inputs:
        for party in given.parties:
            years.setdefault(party, set()).update(given.years)
    found: dict[str, dict[str, list[Finding]]] = {party: {} for party in sorted(years)}
    for finding in report.findings:
        about = finding.key["party"] or (finding.locations[0].path if finding.locations else "")
        found.setdefault(about, {}).setdefault(finding.code, []).append(finding)
    names = {finding.code: finding.rule for finding in report.findings}
    return Matrix(
        tuple(_line(party, years.get(party, set()), cells) for party, cells in found.items()),
        dict(sorted(names.items())),
        tuple((given.path, given.problem) for given in report.inputs if given.problem is not None),
        tuple(outcome for outcome in report.outcomes if outcome.outcome in _NOT_RUN),
    )


def _line(party: str, years: set[int], by_rule: dict[str, list[Finding]]) -> Line:
    every = [finding.severity for findings in by_rule.values() for finding in findings]
    severities = {severity: every.count(severity) for severity in reversed(SEVERITIES)}
    return Line(party, tuple(sorted(years)), severities, {code: _cell(found) for code, found in by_rule.items()})


def _cell(findings: list[Finding]) -> Cell:
    """Effects are added without their signs: what is too high in one place does not mend what is too low in another."""
    impact: dict[str, float] = {}
    for finding in findings:
        if finding.impact is not None:
            impact[finding.impact.unit] = impact.get(finding.impact.unit, 0.0) + abs(finding.impact.value)
    gravest = max((finding.severity for finding in findings), key=SEVERITIES.index)
    return Cell(len(findings), gravest, impact)


def render_matrix_csv(report: Report, _view: View) -> str:
    """The matrix as CSV: a row a Party, for each rule a column of findings and, where it has any, of effects.

    A rule that did not run says so in its column; a file that was not read has a row with its problem.
    """
    matrix = make_matrix(report)
    columns = [(code, unit) for code in matrix.rules for unit in (None, *UNITS) if _has(matrix, code, unit)]
    not_run = {f"{outcome.code} {outcome.rule}": outcome for outcome in matrix.not_run}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    heads = [f"{code} {matrix.rules[code]}" + (f" ({unit})" if unit else "") for code, unit in columns]
    lacking = [name for name in not_run if name not in heads]
    writer.writerow(["party", "years", *reversed(SEVERITIES), *heads, *lacking, "problem"])
    for line in matrix.lines:
        told = [_told(line.cells.get(code), unit) for code, unit in columns]
        reasons = [f"{not_run[name].outcome.replace('_', ' ')}: {not_run[name].reason}" for name in lacking]
        years = " ".join(map(str, line.years))
        writer.writerow([_plain(line.party), years, *line.severities.values(), *told, *reasons, ""])
    blank = [""] * (len(SEVERITIES) + len(heads) + len(lacking) + 1)
    for path, problem in matrix.unread:
        writer.writerow([_plain(path), *blank, _plain(problem)])
    return text.getvalue()


def _has(matrix: Matrix, code: str, unit: str | None) -> bool:
    return unit is None or any(unit in line.cells[code].impact for line in matrix.lines if code in line.cells)


def _told(cell: Cell | None, unit: str | None) -> str:
    if cell is None:
        return "0" if unit is None else ""
    if unit is None:
        return str(cell.number)
    return f"{cell.impact[unit]:.6g}" if unit in cell.impact else ""


def _plain(text: str) -> str:
    """Text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
