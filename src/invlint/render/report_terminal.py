"""The report for people in a terminal: by Party and year, each finding with its place and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from invlint.model.finding import SEVERITIES, Finding, Location
from invlint.render.drawing import STYLES, drawn, printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from invlint.model.report import Input, Report
    from invlint.render.formats import View

_MOST_PLACES = 4
_MOST_CAUSES = 30
_MOST_PASSED_OVER = 10


def render_terminal(report: Report, view: View) -> str:
    """The report as text of the view's width, with or without colour."""
    return drawn(lambda console: _report(console, report, view.incomplete), width=view.width, color=view.color)


def _report(console: Console, report: Report, incomplete: tuple[str, ...]) -> None:
    for heading, findings in _by_inventory(report).items():
        _inventory(console, heading, findings)
    _remedies(console, report)
    _not_checked(console, report)
    _summary(console, report)
    if incomplete:
        console.print(Text(f"the check is incomplete: {'; '.join(incomplete)}", style="bold red"))


def _by_inventory(report: Report) -> dict[str, list[Finding]]:
    """Findings under a heading for each Party and year; those of files come first."""
    groups: dict[str, list[Finding]] = {}
    for finding in report.findings:
        party, year = finding.key["party"], finding.key["year"]
        heading = " ".join(str(part) for part in (party, year) if part is not None)
        groups.setdefault(heading or "Files", []).append(finding)
    return groups


def _inventory(console: Console, heading: str, findings: list[Finding]) -> None:
    line = Text(printable(heading), style="bold")
    line.append(f"  {_counts(finding.severity for finding in findings)}", style="dim")
    console.print(line)
    console.print()
    for same in _by_rule(findings):
        _rule(console, same)


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


def _rule(console: Console, findings: list[Finding]) -> None:
    """One rule's findings: what is wrong where, one after the other, and at the end what to do."""
    first = findings[0]
    head = Text()
    head.append(first.severity, style=STYLES[first.severity])
    head.append(f" {first.rule} ", style="bold")
    head.append(first.code, style="dim")
    console.print(Padding(head, (0, 0, 0, 2)))
    causes = _by_cause(findings)
    for same in causes[:_MOST_CAUSES]:
        _cause(console, same)
    rest = sum(len(same) for same in causes[_MOST_CAUSES:])
    if rest:
        _line(console, f"and {rest} more of this rule: -o json lists them", "dim")
    if first.help:
        _line(console, f"→ {first.help}", "green")
    console.print()


def _cause(console: Console, same: list[Finding]) -> None:
    """Findings of one cause as one, with their places."""
    first = same[0]
    messages = list(dict.fromkeys(_told(finding) for finding in same))
    for message in messages[:_MOST_PLACES]:
        _line(console, message)
    if first.impact is not None and first.impact.value:
        _line(console, _impact(first), "dim", indent=6)
    places = list(dict.fromkeys(location for finding in same for location in finding.locations))
    if places:
        _line(console, "; ".join(_at(places[:_MOST_PLACES])), "dim", indent=6)
    if len(places) > _MOST_PLACES:
        _line(console, f"and {len(places) - _MOST_PLACES} more places: -o json lists them", "dim", indent=6)


def _told(finding: Finding) -> str:
    """The message, with the source it is about where it does not name it."""
    about = _about(finding)
    source = _source(finding)
    return finding.message if source in finding.message else f"{about}: {finding.message}"


def _about(finding: Finding) -> str:
    """The source that a finding is about: `1c.2 air`, `group 2 air`."""
    key = finding.key
    parts = (_source(finding), key["site"], key["vector"], key["residue_kind"])
    return " ".join(str(part) for part in parts if part)


def _source(finding: Finding) -> str:
    key = finding.key
    return key["class"] or key["category"] or (f"group {key['group']}" if key["group"] is not None else "")


def _at(places: list[Location]) -> list[str]:
    """Places in words; the file is named once for those that follow in it."""
    shown = []
    path = None
    for location in places:
        if location.cell is not None:
            place = location.cell
        else:
            place = ":".join(str(part) for part in (location.line, location.column) if part is not None)
        also = "see also " if location.role != "primary" else ""
        named = f"{location.path} {place}" if location.cell is not None else f"{location.path}:{place}".rstrip(":")
        shown.append(also + (named if location.path != path else place or location.path))
        path = location.path
    return shown


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


def _counts(severities: Iterable[str]) -> str:
    seen = list(severities)
    parts = [(severity, seen.count(severity)) for severity in reversed(SEVERITIES)]
    return ", ".join(_counted(number, severity) for severity, number in parts if number)


def _counted(number: int, word: str) -> str:
    plural = "" if number == 1 or word == "info" else "s"
    return f"{number} {word}{plural}"


def _remedies(console: Console, report: Report) -> None:
    if not report.remedies:
        return
    console.print(Text("One change would mend several findings", style="bold"))
    for remedy in report.remedies:
        rules = dict.fromkeys(found.partition(":")[0] for found in remedy.resolves)
        number = len(remedy.resolves)
        _bullet(console, f"{remedy.about}: {remedy.change}: {number} findings resolved ({', '.join(rules)})")
        _line(console, "; ".join(_at([remedy.location])), "dim")
    console.print()


def _not_checked(console: Console, report: Report) -> None:
    lines: list[str] = []
    told = {location.path for finding in report.findings for location in finding.locations}
    unread = [given for given in report.inputs if given.problem is not None and given.path not in told]
    lines.extend(f"{given.path}: {given.problem}" for given in unread)
    lines.extend(f"{given.path}: {note}" for given in report.inputs for note in given.notes)
    if report.passed_over:
        lines.append(f"files of a kind that invlint does not read: {_listed(report.passed_over)}")
    for outcome in report.outcomes:
        if outcome.outcome in ("could_not_run", "crashed"):
            lines.append(f"{outcome.rule}: {outcome.reason}")
            continue
        if outcome.not_testable:
            lines.append(f"{outcome.rule}: {outcome.reason}")
        if outcome.unknown:
            word = "row" if outcome.unknown == 1 else "rows"
            lines.append(f"{outcome.rule}: {outcome.unknown} {word} could not be judged, because a value is missing")
    scoped = _scopes(report.inputs)
    if scoped:
        lines.append(scoped)
    if not lines:
        return
    console.print(Text("Not checked", style="bold"))
    for line in lines:
        _bullet(console, line)
    console.print()


def _listed(paths: tuple[str, ...]) -> str:
    rest = len(paths) - _MOST_PASSED_OVER
    return ", ".join(paths[:_MOST_PASSED_OVER]) + (f" and {rest} more" if rest > 0 else "")


def _bullet(console: Console, text: str) -> None:
    """A line with a dash before it; what wraps stands under the text."""
    lines = Text(printable(text)).wrap(console, max(20, console.width - 4))
    for number, line in enumerate(lines):
        console.print(Text("  - " if number == 0 else "    ") + line)


def _scopes(inputs: tuple[Input, ...]) -> str:
    parts = dict.fromkeys(part for given in inputs for part in given.scopes)
    if not parts:
        return ""
    return f"declared scope: completeness was judged within {', '.join(parts)} alone"


def _summary(console: Console, report: Report) -> None:
    read = [given for given in report.inputs if given.problem is None]
    parties = {party for given in read for party in given.parties}
    years = {(party, year) for given in read for party in given.parties for year in given.years}
    files = f"{len(report.inputs)} file{'s' if len(report.inputs) != 1 else ''}"
    console.print(Text(f"{files}, {len(parties)} Part{'y' if len(parties) == 1 else 'ies'}, "
                       f"{len(years)} inventor{'y' if len(years) == 1 else 'ies'}, "
                       f"{sum(given.rows for given in read)} rows"))  # fmt: skip
    for given in report.earlier:
        held = ", ".join(f"{party} {_years(given.years)}" for party in given.parties[:_MOST_PLACES])
        console.print(Text(printable(f"compared with {given.path}{f' ({held})' if held else ''}")))
    if report.reference.edition == "own":
        own = f"default factors: your own edition, from {report.reference.source}; --reference shipped leaves it aside"
        console.print(Text(printable(own)))
    words: dict[str, int] = {}
    for outcome in report.outcomes:
        words[outcome.outcome] = words.get(outcome.outcome, 0) + 1
    told = ", ".join(f"{number} {word.replace('_', ' ')}" for word, number in sorted(words.items()))
    console.print(Text(f"{len(report.outcomes)} rules: {told}"))
    counts = _counts(finding.severity for finding in report.findings)
    console.print(Text(counts or "nothing found", style="bold"))
