"""The matrix Party x rule for people in a terminal: as many columns as fit, the others below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from invlint.model.finding import SEVERITIES
from invlint.render.drawing import STYLES, drawn, printable
from invlint.render.matrix import UNITS, Line, Matrix, make_matrix

if TYPE_CHECKING:
    from rich.console import Console

    from invlint.model.report import Report
    from invlint.render.formats import View

_COLUMN = 9
"""The width of a rule's column with its edge: a code and two blanks."""


def render_matrix(report: Report, view: View) -> str:
    """The matrix as text of the view's width, with or without colour."""
    matrix = make_matrix(report)
    return drawn(lambda console: _draw(console, matrix, view.incomplete), width=view.width, color=view.color)


def _draw(console: Console, matrix: Matrix, incomplete: tuple[str, ...]) -> None:
    _parties(console, matrix)
    codes = list(matrix.rules)
    room = max(1, (console.width - _party_width(matrix) - 2) // _COLUMN)
    for start in range(0, len(codes), room):
        _rules(console, matrix, codes[start : start + room])
    console.print()
    for code, name in matrix.rules.items():
        console.print(Text(f"{code}  {name}", style="dim"))
    _lacking(console, "Not read", [f"{path}: {problem}" for path, problem in matrix.unread])
    _lacking(console, "Did not run", [f"{one.code} {one.rule}: {one.reason}" for one in matrix.not_run])
    if incomplete:
        console.print(Text(f"\nthe check is incomplete: {'; '.join(incomplete)}", style="bold red"))


def _party_width(matrix: Matrix) -> int:
    return max([len("Party"), *(min(len(line.party), 30) for line in matrix.lines)]) + 3


def _parties(console: Console, matrix: Matrix) -> None:
    """Each Party with its findings by severity and what they weigh."""
    units = [
        unit for unit in UNITS if any(unit in cell.impact for line in matrix.lines for cell in line.cells.values())
    ]
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Party", overflow="fold", max_width=30)
    for severity in reversed(SEVERITIES):
        table.add_column(severity, justify="right")
    for unit in units:
        table.add_column(f"effect, {unit}", justify="right")
    clean = [line.party for line in matrix.lines if not line.cells]
    for line in matrix.lines:
        if not line.cells:
            continue
        counts = [_count(line.severities[severity], severity) for severity in reversed(SEVERITIES)]
        table.add_row(Text(printable(line.party)), *counts, *(_weight(line, unit) for unit in units))
    if table.row_count:
        console.print(table)
    if clean:
        number = "1 Party" if len(clean) == 1 else f"{len(clean)} Parties"
        console.print(Text(f"nothing found in {number}: {', '.join(clean)}"))


def _weight(line: Line, unit: str) -> str:
    weights = [cell.impact[unit] for cell in line.cells.values() if unit in cell.impact]
    return f"{sum(weights):.3g}" if weights else ""


def _rules(console: Console, matrix: Matrix, codes: list[str]) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Party", overflow="fold", max_width=30)
    for code in codes:
        table.add_column(code, justify="right")
    for line in matrix.lines:
        cells = [line.cells.get(code) for code in codes]
        if any(cells):
            table.add_row(
                Text(printable(line.party)),
                *(_count(cell.number, cell.severity) if cell else Text("·") for cell in cells),
            )
    console.print()
    console.print(table)


def _count(number: int, severity: str) -> Text:
    return Text(str(number), style=STYLES[severity]) if number else Text("·", style="dim")


def _lacking(console: Console, title: str, lines: list[str]) -> None:
    if lines:
        console.print(Text(f"\n{title}", style="bold"))
        for line in lines:
            console.print(Text(printable(f"  {line}")))
