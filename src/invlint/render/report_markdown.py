"""The report as Markdown, for a comment on a pull request or the summary of a job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invlint.render.not_checked import not_checked
from invlint.render.places import in_words, place_of
from invlint.render.safe_text import markdown
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
    from collections.abc import Iterable

    from invlint.model.finding import Finding
    from invlint.model.report import Report
    from invlint.render.formats import View


def render_markdown(report: Report, view: View) -> str:
    """The verdict, a table for each Party and year, what is set aside with the reasons, and what was not checked."""
    lines = [f"# invlint: {counts_of(report.counting) or 'nothing found'}", ""]
    lines += [f"**The check is incomplete**: {markdown(reason)}  " for reason in view.incomplete]
    lines += [""] if view.incomplete else []
    aside = set_aside(report)
    lines += [f"{extent(report)}; {rules_in_words(report)}" + (f"; set aside: {aside}" if aside else ""), ""]
    for heading, findings in _by_inventory(report.counting).items():
        lines += [f"## {markdown(heading)}: {counts_of(findings)}", "", *_table(findings, report), ""]
    lines += _section("Waived", (_aside(one, report) for one in report.waived))
    lines += _section("In the baseline", (_aside(one, report) for one in report.baselined if not _is_waived(one)))
    lines += _section("Not checked", (markdown(lack.text) for lack in not_checked(report)))
    return "\n".join(lines).rstrip() + "\n"


def _by_inventory(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(heading_of(finding), []).append(finding)
    return groups


def _table(findings: list[Finding], report: Report) -> list[str]:
    rows = [
        (
            f"**{finding.severity}**",
            f"{finding.rule} {finding.code}",
            markdown(in_words(place_of(finding, report))),
            _told(finding),
        )
        for finding in findings
    ]
    head = ["| severity | rule | where | what is wrong, and what to do |", "|---|---|---|---|"]
    return [*head, *(f"| {' | '.join(row)} |" for row in rows)]


def _told(finding: Finding) -> str:
    told = markdown(message_of(finding)) + (f"<br>→ {markdown(finding.help)}" if finding.help else "")
    if finding.waived is not None:
        told += f"<br>explained by the submitter: {markdown(explanation_of(finding.waived))}"
    return told


def _is_waived(finding: Finding) -> bool:
    return finding.waived is not None and finding.waived.honoured


def _aside(finding: Finding, report: Report) -> str:
    place = markdown(in_words(place_of(finding, report)))
    told = (
        f"{finding.severity} {finding.rule} {markdown(heading_of(finding))}, {place}: {markdown(message_of(finding))}"
    )
    return f"{told} — *{markdown(explanation_of(finding.waived))}*" if finding.waived is not None else told


def _section(title: str, items: Iterable[str]) -> list[str]:
    listed = [f"- {item}" for item in items]
    return [f"## {title}", "", *listed, ""] if listed else []
