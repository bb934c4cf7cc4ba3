"""What reports say of findings in words, alike in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invlint.model.finding import SEVERITIES, Finding, Waived

if TYPE_CHECKING:
    from collections.abc import Iterable

    from invlint.model.report import Report


def heading_of(finding: Finding) -> str:
    """The Party and year that a finding is about; `Files` where it is about neither."""
    parts = (finding.key["party"], finding.key["year"])
    return " ".join(str(part) for part in parts if part is not None) or "Files"


def message_of(finding: Finding) -> str:
    """The message, with the source it is about where it does not name it."""
    source = _source(finding)
    return finding.message if source in finding.message else f"{about_of(finding)}: {finding.message}"


def about_of(finding: Finding) -> str:
    """The source that a finding is about: `1c.2 air`, `group 2 air`."""
    key = finding.key
    parts = (_source(finding), key["site"], key["vector"], key["residue_kind"])
    return " ".join(str(part) for part in parts if part)


def _source(finding: Finding) -> str:
    key = finding.key
    return key["class"] or key["category"] or (f"group {key['group']}" if key["group"] is not None else "")


def counts_of(findings: Iterable[Finding]) -> str:
    """How many findings there are of each severity, the gravest first: `2 errors, 1 warning`; empty for none."""
    seen = [finding.severity for finding in findings]
    parts = [(severity, seen.count(severity)) for severity in reversed(SEVERITIES)]
    return ", ".join(_counted(number, severity) for severity, number in parts if number)


def _counted(number: int, word: str) -> str:
    plural = "" if number == 1 or word == "info" else "s"
    return f"{number} {word}{plural}"


def explanation_of(waived: Waived) -> str:
    """The reason of a waiver, and by whom and until when it holds."""
    terms = (f"by {waived.by}" if waived.by else "", f"until {waived.until}" if waived.until else "")
    held = ", ".join(term for term in terms if term)
    return f"{waived.reason} ({held})" if held else waived.reason


def state(finding: Finding) -> str:
    """Whether a finding is `waived`, `baselined`, `explained` by its submitter without being waived, or `open`."""
    if finding.waived is not None:
        return "waived" if finding.waived.honoured else "explained"
    return "baselined" if finding.baselined else "open"


def state_in_words(finding: Finding) -> str:
    """What sets a finding aside, or how its submitter explains it; empty for one that is open."""
    if finding.waived is not None:
        return f"{_GIVEN[finding.waived.honoured]}: {explanation_of(finding.waived)}"
    return "in the baseline" if finding.baselined else ""


_GIVEN = {True: "waived", False: "explained by the submitter"}


def extent(report: Report) -> str:
    """How much was read: files, Parties, inventories, rows."""
    read = [given for given in report.inputs if given.problem is None]
    parties = {party for given in read for party in given.parties}
    years = {(party, year) for given in read for party in given.parties for year in given.years}
    return (
        f"{_number(len(report.inputs), 'file', 'files')}, {_number(len(parties), 'Party', 'Parties')}, "
        f"{_number(len(years), 'inventory', 'inventories')}, {sum(given.rows for given in read)} rows"
    )


def _number(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def rules_in_words(report: Report) -> str:
    """How many rules there were, by what became of them."""
    words: dict[str, int] = {}
    for outcome in report.outcomes:
        words[outcome.outcome] = words.get(outcome.outcome, 0) + 1
    told = ", ".join(f"{number} {word.replace('_', ' ')}" for word, number in sorted(words.items()))
    return f"{len(report.outcomes)} rules: {told}"


def set_aside(report: Report) -> str:
    """How many findings do not count, and why."""
    parts = ((len(report.waived), "waived"), (len(report.baselined), "in the baseline (-o json lists them)"))
    return ", ".join(f"{number} {word}" for number, word in parts if number)
