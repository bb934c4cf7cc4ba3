"""A saved report comes back as it was, and what is no report is told so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from reports import CLEAN, EMPTY, WHOLE

from invlint.errors import UsageError
from invlint.render.formats import View
from invlint.render.read_report import read_report
from invlint.render.report_json import render_json, report_data
from invlint.resources import shipped

if TYPE_CHECKING:
    from invlint.model.report import Report

SCHEMA: dict[str, Any] = json.loads((shipped("schemas") / "report.schema.json").read_text("utf-8"))


@pytest.mark.parametrize("report", [WHOLE, EMPTY, CLEAN], ids=["whole", "empty", "clean"])
def test_a_saved_report_is_the_report(report: Report) -> None:
    assert read_report(render_json(report, View()), "r.json") == report


def test_every_member_of_a_report_is_in_its_schema() -> None:
    strict = json.loads(json.dumps(SCHEMA), object_hook=_closed)
    assert [
        fault.message for fault in Draft202012Validator(strict).iter_errors(json.loads(render_json(WHOLE, View())))
    ] == []


def _closed(part: dict[str, Any]) -> dict[str, Any]:
    """A schema that takes no member it does not name."""
    return {**part, "additionalProperties": False} if isinstance(part.get("properties"), dict) else part


def test_a_member_that_a_later_version_added_is_left_alone() -> None:
    data = report_data(WHOLE)
    data["findings"][0]["mood"] = "grave"
    assert read_report(json.dumps(data), "r.json") == WHOLE


def test_a_report_of_the_first_days_without_the_newer_members_is_read() -> None:
    data = report_data(WHOLE)
    for name in (
        "profile",
        "fail_on",
        "rules",
        "plugins",
        "configuration",
        "reference",
        "earlier",
        "passed_over",
        "ignored",
        "set_aside",
        "remedies",
    ):
        del data[name]
    for one in data["findings"]:
        del one["waived"], one["baselined"]
    for one in data["outcomes"]:
        del one["code"], one["not_testable"]
    report = read_report(json.dumps(data), "r.json")
    assert [one.id for one in report.findings] == [one.id for one in WHOLE.findings]
    assert all(one.counts for one in report.findings)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "r.json is no JSON"),
        ("rule,severity\n", "r.json is no JSON"),
        ("[" * 100_000, "r.json is no JSON"),
        ("[]", "r.json is no report of invlint: a report is saved with `invlint check PATH -o json=report.json`"),
        ('{"format": 3}', "r.json is no report of invlint"),
        ('{"format": "invlint/inventory-1"}', "its format is “invlint/inventory-1”"),
        ('{"format": "invlint/report-2"}', "of the format invlint/report-2; this version of invlint reads invlint/rep"),
        ('{"format": "invlint/report-1"}', "r.json is a damaged report: at the top, 'tool' is a required property"),
    ],
)
def test_what_is_no_report_is_told_what_it_is(text: str, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_report(text, "r.json")
    assert told in str(caught.value)


def test_a_damaged_report_names_the_member_at_fault() -> None:
    data = report_data(WHOLE)
    data["findings"][2]["severity"] = "grave"
    with pytest.raises(UsageError, match=r"at findings\[2\]\.severity, 'grave' is not one of") as caught:
        read_report(json.dumps(data), "r.json")
    data = report_data(WHOLE)
    data["findings"] = {"x": "y" * 10_000}
    with pytest.raises(UsageError) as caught:
        read_report(json.dumps(data), "r.json")
    assert len(str(caught.value)) < 400
