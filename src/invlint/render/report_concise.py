"""The report as a line a finding, for editors and for grep: place: severity rule: message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invlint.render.not_checked import not_checked
from invlint.render.places import in_words, place_of
from invlint.render.safe_text import printable
from invlint.render.words import message_of, state_in_words

if TYPE_CHECKING:
    from invlint.model.finding import Finding
    from invlint.model.report import Report
    from invlint.render.formats import View


def render_concise(report: Report, view: View) -> str:
    """The findings, then what was not checked, a line each; nothing at all where all is well."""
    lines = [
        *(_finding(finding, report) for finding in report.findings),
        *(f"not checked: {lack.text}" for lack in not_checked(report)),
        *(f"incomplete: {reason}" for reason in view.incomplete),
    ]
    return "".join(f"{printable(line)}\n" for line in lines)


def _finding(finding: Finding, report: Report) -> str:
    aside = state_in_words(finding)
    place = in_words(place_of(finding, report))
    return f"{place}: {finding.severity} {finding.rule}: {message_of(finding)}{f' [{aside}]' if aside else ''}"
