"""SARIF: valid against the published schema, a place on every result, and nothing that GitHub refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator
from reports import BASELINED, CLEAN, EMPTY, EXPLAINED, FINDINGS, IN_A_SHEET, INCOMPLETE, OPEN, WAIVED, WHOLE, finding

from invlint.model.finding import Location
from invlint.render.formats import View
from invlint.render.report_sarif import render_sarif

if TYPE_CHECKING:
    from invlint.model.report import Report

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "sarif-schema-2.1.0.json").read_text("utf-8"))
VALIDATOR = Draft4Validator(SCHEMA, format_checker=Draft4Validator.FORMAT_CHECKER)


def run(report: Report = WHOLE, incomplete: tuple[str, ...] = ()) -> dict[str, Any]:
    log = json.loads(render_sarif(report, View(incomplete=incomplete)))
    faults = [f"{fault.json_path}: {fault.message}" for fault in VALIDATOR.iter_errors(log)]
    assert faults == []
    (one,) = log["runs"]
    return dict(one)


def results(report: Report = WHOLE) -> dict[str, dict[str, Any]]:
    return {result["partialFingerprints"]["invlint/finding-1"]: result for result in run(report)["results"]}


def test_the_schema_of_the_test_refuses_what_is_no_sarif() -> None:
    log = json.loads(render_sarif(WHOLE, View()))
    log["runs"][0]["results"][0]["level"] = "grave"
    assert not VALIDATOR.is_valid(log)
    log["runs"][0]["results"][0]["level"] = "error"
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    assert not VALIDATOR.is_valid(log)


@pytest.mark.parametrize("report", [WHOLE, EMPTY, CLEAN], ids=["whole", "empty", "clean"])
def test_every_report_is_valid(report: Report) -> None:
    assert run(report)["tool"]["driver"]["name"] == "invlint"


def test_every_result_has_a_line_of_a_file() -> None:
    """GitHub refuses the whole log for one result without."""
    for result in run()["results"]:
        (location,) = result["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uri"]
        assert location["physicalLocation"]["region"]["startLine"] >= 1


def test_a_place_in_a_sheet_is_its_row_and_column_and_names_the_cell() -> None:
    (location,) = results()[IN_A_SHEET.id]["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": 17, "startColumn": 28}
    assert location["logicalLocations"] == [{"fullyQualifiedName": "My Sheet!AB17", "kind": "cell"}]
    (related,) = results()[IN_A_SHEET.id]["relatedLocations"]
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "in/ken%201.json"


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("ken.json", "ken.json"),
        ("in/ken 1.json", "in/ken%201.json"),
        ("../100%#.csv", "../100%25%23.csv"),
        ("Zürich.yaml", "Z%C3%BCrich.yaml"),
        ("/home/a b/ken.json", "file:///home/a%20b/ken.json"),
        ("C:/data/ken.xlsx", "file:///C:/data/ken.xlsx"),
        ("a:b.json", "a%3Ab.json"),
    ],
)
def test_a_path_becomes_a_uri(path: str, uri: str) -> None:
    found = finding(1, locations=(Location("primary", path, 1, 1),))
    (result,) = run(WHOLE._replace(findings=(found,)))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_fingerprints_stand_on_the_id_and_not_on_the_place() -> None:
    moved = OPEN._replace(locations=IN_A_SHEET.locations, message="other figures")
    prints = [run(WHOLE._replace(findings=(one,)))["results"][0]["partialFingerprints"] for one in (OPEN, moved)]
    assert prints[0] == prints[1] == {"invlint/finding-1": OPEN.id, "primaryLocationLineHash": "00000001:1"}


def test_what_is_set_aside_is_suppressed_with_its_reason() -> None:
    found = results()
    (waived,) = found[WAIVED.id]["suppressions"]
    assert waived["status"] == "accepted"
    assert waived["justification"].startswith("the plant measures")
    assert waived["justification"].endswith("(by M. Otieno, until 2027-12-31)")
    (explained,) = found[EXPLAINED.id]["suppressions"]
    assert explained == {"kind": "external", "status": "rejected", "justification": "it is small"}
    (baselined,) = found[BASELINED.id]["suppressions"]
    assert baselined["justification"] == "in the baseline"
    assert found[OPEN.id]["suppressions"] == []


def test_a_result_points_at_its_rule_where_the_report_has_its_text() -> None:
    one = run()
    rules = one["tool"]["driver"]["rules"]
    for result in one["results"]:
        if "ruleIndex" in result:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert rules[0]["help"]["text"].startswith("It matters. ")
    assert rules[0]["help"]["text"].endswith("Basis: UNEP Toolkit 2013")
    assert rules[0]["shortDescription"]["text"] == "It matters."
    assert rules[1]["help"]["text"] == "calm-rule"


def test_what_was_not_checked_is_a_notification() -> None:
    one = run(incomplete=INCOMPLETE)
    (invocation,) = one["invocations"]
    assert invocation["executionSuccessful"] is False
    assert run()["invocations"][0]["executionSuccessful"] is True
    told = invocation["toolExecutionNotifications"]
    levels = {note["descriptor"]["id"]: note["level"] for note in told if "descriptor" in note}
    assert levels == {
        "unread": "error",
        "reading": "note",
        "passed_over": "note",
        "ignored": "note",
        "could_not_run": "warning",
        "crashed": "error",
        "not_testable": "note",
        "unknown": "note",
        "scope": "note",
    }
    known = one["tool"]["driver"]["notifications"]
    for note in told:
        if "descriptor" in note:
            assert known[note["descriptor"]["index"]]["id"] == note["descriptor"]["id"]
    blind = next(note for note in told if note.get("associatedRule", {}).get("id") == "XYZ104")
    assert "no inventory declares an edition" in blind["message"]["text"]


def test_the_levels_are_those_of_sarif_and_the_severity_is_kept_beside_them() -> None:
    found = results()
    assert [found[one.id]["level"] for one in FINDINGS[:4]] == ["error", "error", "warning", "note"]
    assert [found[one.id]["properties"]["severity"] for one in FINDINGS[:4]] == ["blocker", "error", "warning", "info"]


@given(path=st.text(min_size=1), message=st.text(), line=st.integers(1, 10**6), cell=st.none() | st.text())
def test_no_text_makes_a_log_that_is_not_valid(path: str, message: str, line: int, cell: str | None) -> None:
    place = Location("primary", path, line if cell is None else None, None, cell)
    found = finding(1, message=message, help=message, locations=(place,))
    assert len(run(WHOLE._replace(findings=(found,)))["results"]) == 1
