"""The report as JSON (contract `invlint/report-1`)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from invlint.model.finding import SEVERITIES, Finding, Location

if TYPE_CHECKING:
    from invlint.model.report import Input, Report
    from invlint.render.formats import View

FORMAT = "invlint/report-1"


def render_json(report: Report, _view: View) -> str:
    """The report as one JSON document."""
    return json.dumps(report_data(report), ensure_ascii=False, indent=1) + "\n"


def report_data(report: Report) -> dict[str, Any]:
    """The report as plain data."""
    severities = [finding.severity for finding in report.findings]
    return {
        "format": FORMAT,
        "tool": {"name": "invlint", "version": report.tool_version},
        "profile": report.profile,
        "packs": [{"name": pack.name, "rules": pack.rules, "sha256": pack.sha256} for pack in report.packs],
        "plugins": [plugin._asdict() for plugin in report.plugins],
        "reference": report.reference._asdict(),
        "inputs": [_input(given) for given in report.inputs],
        "earlier": [_input(given) for given in report.earlier],
        "passed_over": list(report.passed_over),
        "outcomes": [
            {
                "rule": outcome.rule,
                "outcome": outcome.outcome,
                "evaluated": outcome.evaluated,
                "failed": outcome.failed,
                "unknown": outcome.unknown,
                "not_testable": outcome.not_testable,
                "reason": outcome.reason,
            }
            for outcome in report.outcomes
        ],
        "totals": {severity: severities.count(severity) for severity in reversed(SEVERITIES)},
        "remedies": [
            {
                "about": remedy.about,
                "change": remedy.change,
                "location": _location(remedy.location),
                "resolves": list(remedy.resolves),
            }
            for remedy in report.remedies
        ],
        "findings": [_finding(finding) for finding in report.findings],
    }


def _input(given: Input) -> dict[str, Any]:
    return {
        "path": given.path,
        "sha256": given.sha256,
        "parties": list(given.parties),
        "years": list(given.years),
        "rows": given.rows,
        "scope": list(given.scopes),
        "problem": given.problem,
        "notes": list(given.notes),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    impact = finding.impact
    return {
        "id": finding.id,
        "rule": {"code": finding.code, "name": finding.rule},
        "severity": finding.severity,
        "key": finding.key,
        "cause": finding.cause,
        "evidence": finding.evidence,
        "message": finding.message,
        "help": finding.help,
        "observed": finding.observed,
        "expected": finding.expected,
        "impact": {"value": impact.value, "unit": impact.unit, "share": impact.share} if impact else None,
        "locations": [_location(location) for location in finding.locations],
    }


def _location(location: Location) -> dict[str, Any]:
    return {
        "role": location.role,
        "path": location.path,
        "line": location.line,
        "column": location.column,
        "cell": location.cell,
        "pointer": location.pointer,
    }
