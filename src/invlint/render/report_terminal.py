"""The report for people in a terminal: by Party and year, each finding with its place and what to do."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from rich.padding import Padding
from rich.text import Text

from invlint.model.report_format import FULL, QUIET
from invlint.render.drawing import STYLES, drawn
from invlint.render.not_checked import not_checked
from invlint.render.places import all_in_words
from invlint.render.safe_text import printable
from invlint.render.words import (
    counts_of,
    explanation_of,
    extent,
    heading_of,
    message_of,
    rules_in_words,
    set_aside,
)

if TYPE_CHECKING:
    from rich.console import Console

    from invlint.model.finding import Finding
    from invlint.model.report import Report
    from invlint.render.formats import View

_MOST_PLACES = 4


class _Most(NamedTuple):
    """How many places of a cause, and causes of a rule, are told."""

    places: int
    causes: int


_USUAL = _Most(_MOST_PLACES, 30)
_EVERYTHING = _Most(sys.maxsize, sys.maxsize)


def render_terminal(report: Report, view: View) -> str:
    """The report as text of the view's width, with or without colour."""
    return drawn(lambda console: _report(console, report, view), width=view.width, color=view.color)


def _report(console: Console, report: Report, view: View) -> None:
    if view.detail > QUIET:
        _details(console, report, _EVERYTHING if view.detail >= FULL else _USUAL)
    _summary(console, report)
    if view.incomplete:
        console.print(Text(f"the check is incomplete: {'; '.join(view.incomplete)}", style="bold red"))


def _details(console: Console, report: Report, most: _Most) -> None:
    for heading, findings in _by_inventory(report).items():
        _inventory(console, heading, findings, most)
    _remedies(console, report)
    _waived(console, report)
    if most is _EVERYTHING:
        _baselined(console, report)
    _not_checked(console, report)


def _by_inventory(report: Report) -> dict[str, list[Finding]]:
    """Findings that count, under a heading for each Party and year; those of files come first."""
    groups: dict[str, list[Finding]] = {}
    for finding in report.counting:
        groups.setdefault(heading_of(finding), []).append(finding)
    return groups


def _inventory(console: Console, heading: str, findings: list[Finding], most: _Most) -> None:
    line = Text(printable(heading), style="bold")
    line.append(f"  {counts_of(findings)}", style="dim")
    console.print(line)
    console.print()
    for same in _by_rule(findings):
        _rule(console, same, most)


def _by_rule(findings: list[Finding]) -> list[list[Finding]]:
    """Findings of one rule, severity and advice together, in the order of the first."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.severity, finding.rule, finding.help), []).append(finding)
    return list(groups.values())


def _by_cause(findings: list[Finding]) -> list[list[Finding]]:
    """Findings of one cause together, in the order of the first."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.cause or finding.id, []).append(finding)
    return list(groups.values())


def _rule(console: Console, findings: list[Finding], most: _Most) -> None:
    """One rule's findings: what is wrong where, one after the other, and at the end what to do."""
    first = findings[0]
    head = Text()
    head.append(first.severity, style=STYLES[first.severity])
    head.append(f" {first.rule} ", style="bold")
    head.append(first.code, style="dim")
    console.print(Padding(head, (0, 0, 0, 2)))
    causes = _by_cause(findings)
    for same in causes[: most.causes]:
        _cause(console, same, most)
    rest = sum(len(same) for same in causes[most.causes :])
    if rest:
        _line(console, f"and {rest} more of this rule: -o json lists them", "dim")
    if first.help:
        _line(console, f"→ {first.help}", "green")
    console.print()


def _cause(console: Console, same: list[Finding], most: _Most) -> None:
    """Findings of one cause as one, with their places."""
    first = same[0]
    messages = list(dict.fromkeys(message_of(finding) for finding in same))
    for message in messages[: most.places]:
        _line(console, message)
    if first.impact is not None and first.impact.value:
        _line(console, _impact(first), "dim", indent=6)
    places = list(dict.fromkeys(location for finding in same for location in finding.locations))
    for told in dict.fromkeys(explanation_of(finding.waived) for finding in same if finding.waived is not None):
        _line(console, f"explained by the submitter: {told}", "dim", indent=6)
    if places:
        _line(console, "; ".join(all_in_words(places[: most.places])), "dim", indent=6)
    if len(places) > most.places:
        _line(console, f"and {len(places) - most.places} more places: -o json lists them", "dim", indent=6)


def _line(console: Console, text: str, style: str = "", *, indent: int = 4) -> None:
    console.print(Padding(Text(printable(text), style=style), (0, 0, 0, indent)))


def _impact(finding: Finding) -> str:
    impact = finding.impact
    if impact is None:
        return ""
    text = f"effect if corrected: {impact.value:+.3g} {impact.unit}"
    if impact.share is not None:
        text += f" ({_percent(abs(impact.share))} the year's total)"
    return text


def _percent(share: float) -> str:
    """A share as a percentage of two digits, and beyond ten times as a multiple."""
    if share >= 10:
        return f"{share:,.0f} times".replace(",", " ")
    return f"{share * 100:.0f} % of" if share >= 0.1 else f"{share * 100:.2g} % of"


def _years(years: tuple[int, ...]) -> str:
    return ", ".join(map(str, years))


def _remedies(console: Console, report: Report) -> None:
    """The remedies, those left out that mend nothing but findings that do not count."""
    aside = {finding.id for finding in report.findings if not finding.counts}
    remedies = [remedy for remedy in report.remedies if not aside.issuperset(remedy.resolves)]
    if not remedies:
        return
    console.print(Text("One change would mend several findings", style="bold"))
    for remedy in remedies:
        rules = dict.fromkeys(found.partition(":")[0] for found in remedy.resolves)
        number = len(remedy.resolves)
        _bullet(console, f"{remedy.about}: {remedy.change}: {number} findings resolved ({', '.join(rules)})")
        _line(console, "; ".join(all_in_words([remedy.location])), "dim")
    console.print()


def _waived(console: Console, report: Report) -> None:
    """Every waived finding with its reason: what is explained stays in sight."""
    if not report.waived:
        return
    console.print(Text("Waived", style="bold"))
    for finding in report.waived:
        if finding.waived is not None:
            _bullet(console, f"{heading_of(finding)} {finding.severity} {finding.rule}: {message_of(finding)}")
            _line(console, f"waived: {explanation_of(finding.waived)}", "dim")
            _line(console, "; ".join(all_in_words(finding.locations[:_MOST_PLACES])), "dim")
    console.print()


def _baselined(console: Console, report: Report) -> None:
    """Every finding that the baseline has, and no waiver."""
    found = [finding for finding in report.baselined if finding not in report.waived]
    if not found:
        return
    console.print(Text("In the baseline", style="bold"))
    for finding in found:
        _bullet(console, f"{heading_of(finding)} {finding.severity} {finding.rule}: {message_of(finding)}")
        _line(console, "; ".join(all_in_words(finding.locations[:_MOST_PLACES])), "dim")
    console.print()


def _not_checked(console: Console, report: Report) -> None:
    told = {location.path for finding in report.findings for location in finding.locations}
    lacks = [lack for lack in not_checked(report) if lack.kind != "unread" or lack.path not in told]
    if not lacks:
        return
    console.print(Text("Not checked", style="bold"))
    for lack in lacks:
        _bullet(console, lack.text)
    console.print()


def _bullet(console: Console, text: str) -> None:
    """A line with a dash before it; what wraps stands under the text."""
    lines = Text(printable(text)).wrap(console, max(20, console.width - 4))
    for number, line in enumerate(lines):
        console.print(Text("  - " if number == 0 else "    ") + line)


def _summary(console: Console, report: Report) -> None:
    console.print(Text(extent(report)))
    for given in report.earlier:
        held = ", ".join(f"{party} {_years(given.years)}" for party in given.parties[:_MOST_PLACES])
        console.print(Text(printable(f"compared with {given.path}{f' ({held})' if held else ''}")))
    if report.reference.edition == "own":
        own = f"default factors: your own edition, from {report.reference.source}; --reference shipped leaves it aside"
        console.print(Text(printable(own)))
    if report.configuration.file is not None:
        console.print(Text(printable(f"configured by {report.configuration.file}")))
    console.print(Text(rules_in_words(report)))
    aside = set_aside(report)
    if aside:
        console.print(Text(f"set aside: {aside}"))
    counts = counts_of(report.counting)
    nothing = "nothing else found" if aside else "nothing found"
    console.print(Text(counts or nothing, style="bold"))
