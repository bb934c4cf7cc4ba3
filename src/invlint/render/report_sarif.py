"""The report as SARIF 2.1.0, for code scanning."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from invlint.render.not_checked import GRAVE, not_checked
from invlint.render.places import in_words, others, place_of, spot_of, uri_of
from invlint.render.words import explanation_of, message_of

if TYPE_CHECKING:
    from invlint.model.finding import Finding, Location
    from invlint.model.report import Report, RuleText
    from invlint.render.formats import View
    from invlint.render.not_checked import NotChecked

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVELS = {"blocker": "error", "error": "error", "warning": "warning", "info": "note"}
_KINDS = {
    "unread": "A file could not be read",
    "reading": "How a file was read",
    "passed_over": "Files of a kind that is not read",
    "ignored": "What .gitignore leaves out",
    "could_not_run": "A rule had nothing to judge by",
    "crashed": "A rule crashed",
    "not_testable": "A rule had too little to test by in some rows",
    "unknown": "A rule met rows in which a value is missing",
    "scope": "Completeness was judged inside a declared scope alone",
}
_SENTENCE = re.compile(r".+?[.!?](?=\s|$)", re.DOTALL)


def render_sarif(report: Report, view: View) -> str:
    """One run with every finding; what is waived or in the baseline is suppressed, and says why."""
    return json.dumps(sarif_data(report, view), ensure_ascii=False, indent=1) + "\n"


def sarif_data(report: Report, view: View) -> dict[str, Any]:
    """The log as plain data."""
    numbers = {text.code: number for number, text in enumerate(report.rules)}
    run = {
        "tool": {
            "driver": {
                "name": "invlint",
                "version": report.tool_version,
                "rules": [_rule(text) for text in report.rules],
                "notifications": [{"id": kind, "shortDescription": {"text": about}} for kind, about in _KINDS.items()],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report, view, numbers)],
        "artifacts": [_artifact(given.path, given.sha256) for given in report.inputs],
        "results": [_result(finding, report, numbers) for finding in report.findings],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(text: RuleText) -> dict[str, Any]:
    found = _SENTENCE.match(text.prose)
    first = found[0] if found else text.prose or text.rule
    basis = f"Basis: {text.basis}" if text.basis else ""
    help_text = "\n\n".join(part for part in (text.prose, basis) if part) or text.rule
    return {
        "id": text.code,
        "name": text.rule,
        "shortDescription": {"text": " ".join(first.split())},
        "fullDescription": {"text": text.prose or text.rule},
        "help": {"text": help_text, "markdown": help_text},
        "defaultConfiguration": {"level": _LEVELS[text.severity]},
        "properties": {"severity": text.severity, "pack": text.pack},
    }


def _artifact(path: str, sha256: str | None) -> dict[str, Any]:
    hashes = {"hashes": {"sha-256": sha256}} if sha256 else {}
    return {"location": {"uri": uri_of(path)}, "roles": ["analysisTarget"], **hashes}


def _result(finding: Finding, report: Report, numbers: dict[str, int]) -> dict[str, Any]:
    place = place_of(finding, report)
    where = f"{place.cell}: " if place.cell is not None else ""
    parts = (where + message_of(finding), finding.help)
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "level": _LEVELS[finding.severity],
        "message": {"text": "\n".join(part for part in parts if part)},
        "locations": [_location(place)],
        "partialFingerprints": _fingerprints(finding),
        "suppressions": _suppressions(finding),
        "properties": _properties(finding),
    }
    if finding.code in numbers:
        result["ruleIndex"] = numbers[finding.code]
    related = [
        {"id": number, **_location(other), "message": {"text": in_words(other)}}
        for number, other in enumerate(others(finding, place), 1)
    ]
    return {**result, "relatedLocations": related} if related else result


def _location(place: Location) -> dict[str, Any]:
    """A place in its file: the line, or the row of the sheet; the pointer or the cell stands beside it as its name."""
    spot = spot_of(place)
    region = {"startLine": spot.line} | ({"startColumn": spot.column} if spot.column is not None else {})
    physical = {"artifactLocation": {"uri": uri_of(place.path)}, "region": region}
    name = place.cell or place.pointer
    if not name:
        return {"physicalLocation": physical}
    kind = "cell" if place.cell else "member"
    return {"physicalLocation": physical, "logicalLocations": [{"fullyQualifiedName": name, "kind": kind}]}


def _fingerprints(finding: Finding) -> dict[str, str]:
    """The id of the finding, which rests on rule and key; under the name, too, that GitHub follows an alert by."""
    return {"invlint/finding-1": finding.id, "primaryLocationLineHash": f"{finding.id.rpartition(':')[2]}:1"}


def _suppressions(finding: Finding) -> list[dict[str, Any]]:
    """Why a finding does not count; an explanation that is not accepted is a rejected suppression."""
    found = []
    if finding.waived is not None:
        status = "accepted" if finding.waived.honoured else "rejected"
        found.append({"kind": "external", "status": status, "justification": explanation_of(finding.waived)})
    if finding.baselined:
        found.append({"kind": "external", "status": "accepted", "justification": "in the baseline"})
    return found


def _properties(finding: Finding) -> dict[str, Any]:
    impact = finding.impact
    properties = {
        "severity": finding.severity,
        **{name: value for name, value in finding.key.items() if value is not None},
        "observed": finding.observed,
        "expected": finding.expected,
        "evidence": finding.evidence,
        "cause": finding.cause,
        "effect": {"value": impact.value, "unit": impact.unit, "share": impact.share} if impact else None,
    }
    return {name: value for name, value in properties.items() if value is not None}


def _invocation(report: Report, view: View, numbers: dict[str, int]) -> dict[str, Any]:
    codes = {outcome.rule: outcome.code for outcome in report.outcomes}
    notifications = [
        *({"level": "error", "message": {"text": f"the check is incomplete: {why}"}} for why in view.incomplete),
        *(_notification(lack, codes, numbers) for lack in not_checked(report)),
    ]
    return {"executionSuccessful": not view.incomplete, "toolExecutionNotifications": notifications}


def _notification(lack: NotChecked, codes: dict[str, str], numbers: dict[str, int]) -> dict[str, Any]:
    notification: dict[str, Any] = {
        "descriptor": {"id": lack.kind, "index": list(_KINDS).index(lack.kind)},
        "level": "error" if lack.kind in GRAVE else "warning" if lack.kind == "could_not_run" else "note",
        "message": {"text": lack.text},
    }
    if lack.path is not None:
        notification["locations"] = [{"physicalLocation": {"artifactLocation": {"uri": uri_of(lack.path)}}}]
    code = codes.get(lack.rule or "")
    if code is not None:
        index = {"index": numbers[code]} if code in numbers else {}
        notification["associatedRule"] = {"id": code, **index}
    return notification
