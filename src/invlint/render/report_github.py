"""The report as GitHub workflow commands: each finding becomes an annotation beside its line in the pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invlint.model.finding import SEVERITIES
from invlint.render.not_checked import GRAVE, not_checked
from invlint.render.places import in_words, place_of, spot_of
from invlint.render.safe_text import printable
from invlint.render.words import message_of, state_in_words

if TYPE_CHECKING:
    from invlint.model.finding import Finding
    from invlint.model.report import Report
    from invlint.render.formats import View

_COMMANDS = {"blocker": "error", "error": "error", "warning": "warning", "info": "notice"}


def render_github(report: Report, view: View) -> str:
    """The annotations, the gravest first, for GitHub shows but the first ten of a kind.

    What is waived or in the baseline, and what was not checked, stands in folded groups of the log.
    """
    findings = sorted(report.counting, key=lambda finding: -SEVERITIES.index(finding.severity))
    lacks = not_checked(report)
    lines = [
        *(_annotation(finding, report) for finding in findings),
        *(f"::error title=not checked::{_data(lack.text)}" for lack in lacks if lack.kind in GRAVE),
        *(f"::error title=the check is incomplete::{_data(reason)}" for reason in view.incomplete),
        *_group("waived or in the baseline", [_aside(one, report) for one in report.findings if not one.counts]),
        *_group("not checked", [lack.text for lack in lacks if lack.kind not in GRAVE]),
    ]
    return "".join(f"{line}\n" for line in lines)


def _annotation(finding: Finding, report: Report) -> str:
    place = place_of(finding, report)
    spot = spot_of(place)
    properties = {"file": place.path, "line": str(spot.line)}
    if spot.column is not None:
        properties["col"] = str(spot.column)
    properties["title"] = f"{finding.severity}: {finding.rule} {finding.code}"
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    where = f"{place.cell}: " if place.cell is not None else ""
    parts = (where + message_of(finding), finding.help, state_in_words(finding))
    return f"::{_COMMANDS[finding.severity]} {told}::{'%0A'.join(_data(part) for part in parts if part)}"


def _aside(finding: Finding, report: Report) -> str:
    place = in_words(place_of(finding, report))
    return f"{place}: {finding.severity} {finding.rule}: {message_of(finding)} [{state_in_words(finding)}]"


def _group(title: str, lines: list[str]) -> list[str]:
    """Lines of the log under a title. None is taken for a command: those begin with ::, or stand anywhere after ##[."""
    if not lines:
        return []
    listed = (f"- {printable(line)}".replace("##[", "## [") for line in lines)
    return [f"::group::{title} ({len(lines)})", *listed, "::endgroup::"]


def _data(text: str) -> str:
    """Text as the value of a command, on one line."""
    return printable(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
