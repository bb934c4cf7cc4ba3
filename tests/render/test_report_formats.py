"""Every format holds every finding, what is set aside with its reason, and what was not checked."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
from reports import (
    BASELINED,
    CLEAN,
    EMPTY,
    EXPLAINED,
    FINDINGS,
    HOSTILE,
    IN_A_SHEET,
    INCOMPLETE,
    MILD,
    NOT_RUN,
    NOWHERE,
    OF_A_FILE,
    OPEN,
    SET_ASIDE,
    WAIVED,
    WHOLE,
    WITH_HOSTILE_TEXT,
    finding,
)

from invlint.render.formats import FORMATS, View, render

if TYPE_CHECKING:
    from invlint.model.report import Report

FOR_EYES = ("terminal", "matrix", "matrix-csv")
"""Formats that cut short or only count; they have tests of their own."""
LISTING = [name for name in FORMATS if name not in FOR_EYES]


def text(name: str, report: Report = WHOLE, incomplete: tuple[str, ...] = INCOMPLETE) -> str:
    return render(report, FORMATS[name], View(incomplete=incomplete))


def data(name: str, report: Report = WHOLE) -> Any:
    return json.loads(text(name, report))


@pytest.mark.parametrize("name", LISTING)
def test_every_finding_is_in_every_format(name: str) -> None:
    shown = text(name)
    for number in (1, 2, 3, 4, 6, 7, 8):
        assert f"fault {number}" in shown
    assert "not valid JSON" in shown


@pytest.mark.parametrize("name", LISTING)
def test_what_is_waived_or_explained_tells_its_reason_in_every_format(name: str) -> None:
    shown = text(name)
    assert "the plant measures" in shown
    assert "M. Otieno" in shown
    assert "2027-12-31" in shown
    assert "it is small" in shown


@pytest.mark.parametrize("name", [name for name in LISTING if name != "json"])
def test_what_was_not_checked_is_told_in_every_format(name: str) -> None:
    """The JSON report has it in inputs and outcomes."""
    shown = text(name)
    for told in (
        "no inventory declares an edition",
        "ValueError",
        "fewer than 5 Parties",
        "2 rows could not be judged",
        "notes.docx",
        "drafts",
        "read as Latin-1",
    ):
        assert told in shown, told
    assert "scope" in shown


@pytest.mark.parametrize("name", [name for name in LISTING if name not in ("json", "gitlab", "rdjson")])
def test_an_incomplete_check_says_so_in_every_format_that_has_room_for_it(name: str) -> None:
    """The JSON report holds the facts; GitLab and reviewdog show the crash and the unread file as findings."""
    for reason in INCOMPLETE:
        assert reason in text(name)
        assert reason not in text(name, incomplete=())


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("report", [EMPTY, CLEAN], ids=["empty", "clean"])
def test_a_report_without_findings_is_text_too(name: str, report: Report) -> None:
    shown = text(name, report, incomplete=())
    assert shown == "" or shown.endswith("\n")


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_lets_the_text_of_a_file_steer_a_terminal(name: str) -> None:
    shown = text(name)
    assert "\x1b" not in shown
    assert "\x00" not in shown
    assert "\u202e" not in shown or name in ("json", "jsonl", "sarif", "gitlab", "rdjson")


def test_concise_is_a_line_a_finding_with_its_place_first() -> None:
    lines = text("concise").splitlines()
    assert lines[0] == "in/ken 1.json:41:7: blocker some-rule: 1c.1: fault 1"
    assert lines[1] == "ken.xlsx My Sheet!AB17: error some-rule: 1c.2: fault 2"
    assert lines[6] == "in/ken 1.json:47:7: error some-rule: 1c.7: fault 7 [explained by the submitter: it is small]"
    assert lines[7].endswith("[in the baseline]")
    assert len([line for line in lines if not line.startswith(("not checked: ", "incomplete: "))]) == len(FINDINGS)
    assert text("concise", CLEAN, ()) == ""


def test_json_lines_are_each_of_a_type() -> None:
    lines = [json.loads(line) for line in text("jsonl").splitlines()]
    types = [line["type"] for line in lines]
    assert types == sorted(types, key=["report", "finding", "not_checked", "incomplete"].index)
    found = [line for line in lines if line["type"] == "finding"]
    assert [line["id"] for line in found] == [one.id for one in FINDINGS]
    states = ["open", "open", "open", "open", "open", "waived", "explained", "baselined", "open"]
    assert [line["state"] for line in found] == states
    assert "findings" not in lines[0]


def test_csv_is_a_row_a_finding_with_its_key_and_place() -> None:
    rows = list(csv.DictReader(io.StringIO(text("csv"))))
    found = {row["id"]: row for row in rows if row["id"]}
    assert list(found) == [one.id for one in FINDINGS]
    first = found[OPEN.id]
    assert [first[name] for name in ("party", "year", "class", "vector")] == ["KEN", "2012", "1c.1", "air"]
    assert [first[name] for name in ("effect", "effect_unit", "effect_share")] == ["-0.25", "g TEQ/a", "0.5"]
    assert [first[name] for name in ("path", "line", "column")] == ["in/ken 1.json", "41", "7"]
    assert found[IN_A_SHEET.id]["cell"] == "My Sheet!AB17"
    assert found[WITH_HOSTILE_TEXT.id]["message"].startswith("'=")
    assert found[WAIVED.id]["explanation"].startswith("waived: the plant measures")
    lacks = [row for row in rows if row["state"] == "not_checked"]
    assert {"blind-rule", "broken-rule", "lone-rule", "some-rule"} == {row["rule"] for row in lacks if row["rule"]}
    assert [row["message"] for row in rows if row["state"] == "incomplete"] == list(INCOMPLETE)


COMMAND = re.compile(r"::(\w+)(?: ([^:]*))?::(.*)")


def commands(shown: str) -> list[tuple[str, dict[str, str], str]]:
    """The workflow commands as the runner takes them: those at the beginning of a line, escapes undone."""
    found = []
    for line in shown.splitlines():
        match = COMMAND.fullmatch(line.strip())
        if match:
            pairs = (pair.partition("=") for pair in (match[2] or "").split(",") if pair)
            found.append((match[1], {name: undone(value) for name, _, value in pairs}, undone(match[3])))
        assert "##[" not in line or match
    return found


def undone(value: str) -> str:
    for code, sign in (("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        value = value.replace(code, sign)
    return value


def test_github_annotates_what_counts_the_gravest_first() -> None:
    found = [(name, values, message) for name, values, message in commands(text("github")) if "file" in values]
    assert [name for name, _, _ in found] == ["error"] * 5 + ["warning", "notice"]
    _, values, message = found[0]
    assert values == {"file": "in/ken 1.json", "line": "41", "col": "7", "title": "blocker: some-rule XYZ101"}
    assert message == "1c.1: fault 1\nmend it"
    sheet = next(one for one in found if one[1]["file"] == "ken.xlsx")
    assert (sheet[1]["line"], sheet[1]["col"]) == ("17", "28")
    assert sheet[2].startswith("My Sheet!AB17: ")


def test_github_has_no_annotation_and_no_command_but_its_own() -> None:
    shown = text("github", WHOLE._replace(passed_over=("::error::hostile name", "##[error]another")))
    told = commands(shown)
    files = [values["file"] for _, values, _ in told if "file" in values]
    assert len(files) == sum(one.counts for one in FINDINGS)
    assert [name for name, _, _ in told].count("group") == [name for name, _, _ in told].count("endgroup") == 2
    without_file = [message for name, values, message in told if name == "error" and "file" not in values]
    assert len(without_file) == len(INCOMPLETE) + 2
    assert not [message for message in without_file if message.startswith("hostile")]


def test_github_lists_what_is_set_aside_in_a_group_of_the_log() -> None:
    shown = text("github")
    group = shown.partition("::group::waived or in the baseline (2)\n")[2].partition("::endgroup::")[0]
    assert [line[:2] for line in group.splitlines()] == ["- ", "- "]
    assert "fault 6 [waived: the plant measures" in group
    assert "fault 8 [in the baseline]" in group


def test_gitlab_has_a_fingerprint_of_its_own_for_each_finding_and_a_line() -> None:
    issues = data("gitlab")
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert issue["location"]["lines"]["begin"] >= 1
        assert issue["location"]["path"]
    by_id = {issue["fingerprint"]: issue for issue in issues}
    assert [by_id[one.id]["severity"] for one in (OPEN, IN_A_SHEET, MILD, NOWHERE)] == [
        *("blocker", "critical", "minor", "info"),
    ]
    assert {by_id[one.id]["severity"] for one in SET_ASIDE} == {"info"}
    assert by_id[EXPLAINED.id]["severity"] == "critical"
    assert by_id[IN_A_SHEET.id]["location"] == {"path": "ken.xlsx", "lines": {"begin": 17}}


def test_rdjson_keeps_to_the_members_that_reviewdog_knows() -> None:
    report = data("rdjson")
    assert set(report) == {"source", "diagnostics"}
    for diagnostic in report["diagnostics"]:
        assert set(diagnostic) <= {"message", "location", "severity", "code", "related_locations"}
        assert diagnostic["severity"] in ("ERROR", "WARNING", "INFO")
        assert diagnostic["location"]["path"]
    first = report["diagnostics"][0]
    assert first["location"] == {"path": "in/ken 1.json", "range": {"start": {"line": 41}}}
    (related,) = report["diagnostics"][1]["related_locations"]
    assert related["location"] == {"path": "in/ken 1.json", "range": {"start": {"line": 3}}}


def suites(report: Report = WHOLE) -> dict[str, ElementTree.Element]:
    root = ElementTree.fromstring(text("junit", report, INCOMPLETE if report is WHOLE else ()))  # noqa: S314
    assert root.tag == "testsuites"
    for suite in (root, *root):
        cases = list(suite.iter("testcase"))
        assert suite.get("tests") == str(len(cases))
        for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert suite.get(attribute) == str(len(list(suite.iter(tag)))), (suite.get("name"), attribute)
        for case in cases:
            assert len(case.findall("failure") + case.findall("error") + case.findall("skipped")) <= 1
    return {suite.get("name", ""): suite for suite in root}


def test_junit_fails_for_what_fails_the_check_and_skips_what_is_set_aside() -> None:
    cases = {case.get("name", "").rpartition("[")[2][:-1]: case for case in suites()["some-rule"]}
    states = {one.id: [part.tag for part in cases[one.id]] for one in FINDINGS if one.rule == "some-rule"}
    assert states[OPEN.id] == states[IN_A_SHEET.id] == states[EXPLAINED.id] == ["failure"]
    assert states[MILD.id] == states[NOWHERE.id] == ["system-out"]
    assert states[WAIVED.id] == states[BASELINED.id] == ["skipped", "system-out"]
    lower = WHOLE._replace(fail_on="warning")
    cases = {case.get("name", "").rpartition("[")[2][:-1]: case for case in suites(lower)["some-rule"]}
    assert [part.tag for part in cases[MILD.id]] == ["failure"]


def test_junit_tells_what_became_of_every_rule() -> None:
    found = suites()
    assert set(found) == {outcome.rule for outcome in WHOLE.outcomes} | {"invlint"}
    told = {name: [[part.tag for part in case] for case in suite] for name, suite in found.items()}
    assert told["calm-rule"] == told["lone-rule"] == [[]]
    assert told["idle-rule"] == told["blind-rule"] == [["skipped"]]
    assert told["broken-rule"] == [["error"]]
    assert told["invlint"][: len(INCOMPLETE)] == [["error"]] * len(INCOMPLETE)


def test_a_case_of_junit_keeps_its_name_when_figures_and_places_change() -> None:
    moved = OPEN._replace(message="1c.1: another figure", locations=NOWHERE.locations)
    names = [
        [case.get("name") for case in suites(WHOLE._replace(findings=(one,)))["some-rule"]] for one in (OPEN, moved)
    ]
    assert names[0] == names[1]


def test_markdown_shows_hostile_text_as_it_stands() -> None:
    shown = text("markdown")
    rows = [line for line in shown.splitlines() if line.startswith("| **")]
    assert len(rows) == sum(one.counts for one in FINDINGS)
    for row in rows:
        assert len(re.findall(r"(?<!\\)\|", row)) == 5
    assert "<b>" not in shown.replace(r"\<b\>", "")
    assert "[e](" not in shown.replace(r"\[e\](", "")


def test_markdown_has_a_heading_for_each_inventory_and_sections_for_the_rest() -> None:
    headings = re.findall("^#+ .*$", text("markdown"), re.MULTILINE)
    assert headings == [
        "# invlint: 2 blockers, 3 errors, 1 warning, 1 info",
        "## KEN 2012: 1 blocker, 3 errors, 1 warning, 1 info",
        "## Files: 1 blocker",
        "## Waived",
        "## In the baseline",
        "## Not checked",
    ]


def test_rules_that_did_not_run_are_named_in_gitlab_and_rdjson() -> None:
    assert {issue["check_name"] for issue in data("gitlab")} >= set(NOT_RUN)
    assert {one["code"]["value"] for one in data("rdjson")["diagnostics"]} >= set(NOT_RUN)


def test_a_finding_without_a_place_stands_at_the_file_of_its_party() -> None:
    of_uganda = finding(1, key={"party": "UGA"}, locations=())
    of_nobody = finding(2, key={"party": None}, locations=())
    lines = text("concise", WHOLE._replace(findings=(of_uganda, of_nobody))).splitlines()
    assert lines[0].startswith("ken.xlsx: ")
    assert lines[1].startswith("in/ken 1.json: ")
    assert OF_A_FILE.locations[0].path == "cut.json"
    assert HOSTILE
