"""The report as GitLab reads it: a code quality report, a list of findings that merge requests are compared by."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from invlint.render.not_checked import GRAVE, not_checked
from invlint.render.places import place_of, spot_of
from invlint.render.words import message_of, state_in_words

if TYPE_CHECKING:
    from invlint.model.finding import Finding
    from invlint.model.report import Report
    from invlint.render.formats import View
    from invlint.render.not_checked import NotChecked

_SEVERITIES = {"blocker": "blocker", "error": "critical", "warning": "minor", "info": "info"}


def render_gitlab(report: Report, _view: View) -> str:
    """The list.

    What is waived or in the baseline is of severity info; so is what was not checked for a lack of data.
    """
    issues = [
        *(_finding(finding, report) for finding in report.findings),
        *(_lack(lack, report) for lack in not_checked(report)),
    ]
    return json.dumps(issues, ensure_ascii=False, indent=1) + "\n"


def _finding(finding: Finding, report: Report) -> dict[str, Any]:
    place = place_of(finding, report)
    where = f"{place.cell}: " if place.cell is not None else ""
    aside = state_in_words(finding)
    return {
        "description": f"{where}{message_of(finding)}{f' [{aside}]' if aside else ''}",
        "check_name": finding.rule,
        "fingerprint": finding.id,
        "severity": _SEVERITIES[finding.severity] if finding.counts else "info",
        "location": {"path": place.path, "lines": {"begin": spot_of(place).line}},
    }


def _lack(lack: NotChecked, report: Report) -> dict[str, Any]:
    first = report.inputs[0].path if report.inputs else "."
    return {
        "description": f"not checked: {lack.text}",
        "check_name": lack.rule or "not-checked",
        "fingerprint": f"not-checked:{lack.kind}:{lack.rule or lack.path or ''}",
        "severity": "blocker" if lack.kind in GRAVE else "info",
        "location": {"path": lack.path or first, "lines": {"begin": 1}},
    }
