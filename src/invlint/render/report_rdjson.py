"""The report in reviewdog's format, rdjson, for comments on a pull request of any forge."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from invlint.render.not_checked import GRAVE, not_checked
from invlint.render.places import in_words, others, place_of, spot_of
from invlint.render.words import message_of, state_in_words

if TYPE_CHECKING:
    from invlint.model.finding import Finding, Location
    from invlint.model.report import Report
    from invlint.render.formats import View
    from invlint.render.not_checked import NotChecked

_SEVERITIES = {"blocker": "ERROR", "error": "ERROR", "warning": "WARNING", "info": "INFO"}


def render_rdjson(report: Report, _view: View) -> str:
    """One result of diagnostics. What is waived or in the baseline is of severity INFO."""
    diagnostics = [
        *(_finding(finding, report) for finding in report.findings),
        *(_lack(lack, report) for lack in not_checked(report)),
    ]
    data = {"source": {"name": "invlint"}, "diagnostics": diagnostics}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _finding(finding: Finding, report: Report) -> dict[str, Any]:
    place = place_of(finding, report)
    where = f"{place.cell}: " if place.cell is not None else ""
    parts = (where + message_of(finding), finding.help, state_in_words(finding))
    related = [
        {"message": in_words(other), "location": _location(other)} for other in others(finding, place) if other.path
    ]
    return {
        "message": "\n".join(part for part in parts if part),
        "location": _location(place),
        "severity": _SEVERITIES[finding.severity] if finding.counts else "INFO",
        "code": {"value": f"{finding.code} {finding.rule}"},
        **({"related_locations": related} if related else {}),
    }


def _location(place: Location) -> dict[str, Any]:
    """The file with the line; reviewdog's columns count bytes of UTF-8, which a report does not know."""
    return {"path": place.path, "range": {"start": {"line": spot_of(place).line}}}


def _lack(lack: NotChecked, report: Report) -> dict[str, Any]:
    first = report.inputs[0].path if report.inputs else "."
    return {
        "message": f"not checked: {lack.text}",
        "location": {"path": lack.path or first},
        "severity": "ERROR" if lack.kind in GRAVE else "INFO",
        "code": {"value": lack.rule or "not-checked"},
    }
