"""The findings as a table for spreadsheets: a row each, and a row for all that was not checked."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from invlint.model.finding import KEY_MEMBERS
from invlint.render.not_checked import not_checked
from invlint.render.places import place_of
from invlint.render.safe_text import cell
from invlint.render.words import state, state_in_words

if TYPE_CHECKING:
    from invlint.model.finding import Finding
    from invlint.model.report import Report
    from invlint.render.formats import View

COLUMNS = (
    *("state", "severity", "code", "rule", *KEY_MEMBERS, "message", "help", "observed", "expected"),
    *("effect", "effect_unit", "effect_share", "evidence", "explanation"),
    *("path", "line", "column", "cell", "pointer", "cause", "id"),
)
"""`state` is open, waived, explained, baselined, not_checked or incomplete."""


def render_csv(report: Report, view: View) -> str:
    """The table, all digits kept; text from a file is on one line, and no formula where a spreadsheet opens it."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    rows = [
        *(_finding(finding, report) for finding in report.findings),
        *(
            {"state": "not_checked", "rule": lack.rule, "path": lack.path, "message": lack.why}
            for lack in not_checked(report)
        ),
        *({"state": "incomplete", "message": reason} for reason in view.incomplete),
    ]
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return text.getvalue()


def _finding(finding: Finding, report: Report) -> dict[str, Any]:
    place = place_of(finding, report)
    impact = finding.impact
    return {
        "state": state(finding),
        "severity": finding.severity,
        "code": finding.code,
        "rule": finding.rule,
        **finding.key,
        "message": finding.message,
        "help": finding.help,
        "observed": finding.observed,
        "expected": finding.expected,
        **({"effect": impact.value, "effect_unit": impact.unit, "effect_share": impact.share} if impact else {}),
        "evidence": finding.evidence,
        "explanation": state_in_words(finding) if finding.waived is not None else "",
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "cell": place.cell,
        "pointer": place.pointer,
        "cause": finding.cause,
        "id": finding.id,
    }


def _cell(value: Any) -> Any:
    return cell(value) if isinstance(value, str) else value
