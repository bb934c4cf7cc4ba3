"""A comparison for people in a terminal: what is new and worse first, then what is gone, then the recalculations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from invlint.render.comparison_words import HEAD, NUMBERS, below, cells, change, verdict
from invlint.render.drawing import STYLES, drawn
from invlint.render.places import all_in_words
from invlint.render.safe_text import printable
from invlint.render.words import heading_of, message_of, state_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from invlint.model.comparison import Comparison, Recalculation, Recalculations
    from invlint.model.finding import Finding
    from invlint.render.formats import View

_MOST = 30
"""Findings told of a kind, and rows of the table."""
_ABOVE = 4
"""The first columns of the recalculation table stand above it: Party, year, chemical, unit."""


def render_comparison(comparison: Comparison, view: View) -> str:
    """The comparison as text of the view's width, with or without colour."""
    return drawn(lambda console: _draw(console, comparison, view.incomplete), width=view.width, color=view.color)


def _draw(console: Console, comparison: Comparison, incomplete: tuple[str, ...]) -> None:
    console.print(Text(printable(f"{comparison.old} → {comparison.new}"), style="bold"))
    console.print()
    _findings(console, "New", ((finding, "") for finding in comparison.added))
    _findings(console, "Changed", ((pair.new, change(pair)) for pair in comparison.changed))
    _findings(console, "Not verifiable any more", ((one.finding, one.why) for one in comparison.unverifiable))
    _lines(console, "Rules that judged before and do not now", (f"{one.rule}: {one.why}" for one in comparison.blinded))
    _findings(console, "Resolved", ((finding, "") for finding in comparison.resolved))
    if comparison.recalculations is not None:
        _recalculations(console, comparison.recalculations)
    _lines(console, "The checks themselves differ", comparison.unlike)
    console.print(Text(verdict(comparison), style="bold"))
    if incomplete:
        console.print(Text(f"the new check is incomplete: {'; '.join(incomplete)}", style="bold red"))


def _findings(console: Console, title: str, given: Iterable[tuple[Finding, str]]) -> None:
    findings = list(given)
    if not findings:
        return
    console.print(Text(f"{title} ({len(findings)})", style="bold"))
    for finding, more in findings[:_MOST]:
        head = Text("  ")
        head.append(finding.severity, style=STYLES[finding.severity])
        head.append(f" {finding.rule} ", style="bold").append(finding.code, style="dim")
        head.append(f" {printable(heading_of(finding))}", style="dim")
        console.print(head)
        _line(console, message_of(finding))
        for told in (more, state_in_words(finding)):
            if told:
                _line(console, told)
        if finding.locations:
            _line(console, "; ".join(all_in_words(finding.locations[:1])), "dim", indent=6)
    _rest(console, len(findings))
    console.print()


def _lines(console: Console, title: str, given: Iterable[str]) -> None:
    lines = list(given)
    if lines:
        console.print(Text(title, style="bold"))
        for line in lines:
            _line(console, f"- {line}", indent=2)
        console.print()


def _line(console: Console, text: str, style: str = "", *, indent: int = 4) -> None:
    console.print(Padding(Text(printable(text), style=style), (0, 0, 0, indent)))


def _rest(console: Console, number: int) -> None:
    if number > _MOST:
        _line(console, f"and {number - _MOST} more: -o json lists them", "dim")


def _recalculations(console: Console, made: Recalculations) -> None:
    console.print(Text("Recalculations", style="bold"))
    shown = made.changed[:_MOST]
    for above in dict.fromkeys(_above(one) for one in shown):
        _table(console, above, [one for one in shown if _above(one) == above])
    _rest(console, len(made.changed))
    for told in below(made):
        _line(console, told, "dim", indent=2)
    console.print()


def _above(one: Recalculation) -> str:
    """The head of a table."""
    return f"{one.party} {one.year}: {one.chemical}, {one.unit}"


def _table(console: Console, above: str, rows: list[Recalculation]) -> None:
    _line(console, above, indent=2)
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in HEAD[_ABOVE:]:
        number = name in NUMBERS
        table.add_column(name, justify="right" if number else "left", overflow="fold", no_wrap=number)
    for one in rows:
        table.add_row(*(Text(printable(cell)) for cell in cells(one)[_ABOVE:]))
    console.print(Padding(table, (0, 0, 0, 4)))
    console.print()
