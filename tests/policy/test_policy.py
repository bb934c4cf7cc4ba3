"""The evidence cap and the exit status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from invlint.model.finding import SEVERITIES, Finding, Waived
from invlint.model.report import Input, Outcome, Report
from invlint.policy import cap_by_evidence, exit_status, incomplete_because, judge_readings
from invlint.reference import load_reference
from invlint.rules import load_rules
from invlint.sources import read_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def finding(severity: str, evidence: str | None = None) -> Finding:
    return Finding("x:1", "FAC101", "x", severity, {}, "message", "help", evidence=evidence)


def report(*severities: str, problem: str | None = None, outcome: str = "passed", evaluated: int = 1) -> Report:
    given = Input("a.json", "0", ("KEN",), (2012,), 3, problem=problem)
    outcomes = (Outcome("x", "FAC101", outcome, evaluated, 0, 0),)
    return Report("0", (), (given,), outcomes, tuple(finding(severity) for severity in severities))


@pytest.mark.parametrize(
    ("earlier", "reasons"),
    [
        (Input("old.json", "0", ("KEN",), (2012,), 3), []),
        (
            Input("old.json", "0", (), (), 0),
            ["the earlier submission holds none of the Parties that are checked"],
        ),
        (
            Input("old.json", None, (), (), 0, problem="it is empty"),
            ["the earlier submission could not be read: old.json"],
        ),
    ],
)
def test_a_check_that_compares_with_nothing_is_incomplete(earlier: Input, reasons: list[str]) -> None:
    assert incomplete_because(report()._replace(earlier=(earlier,))) == reasons


@pytest.mark.parametrize("severity", SEVERITIES)
@pytest.mark.parametrize(
    ("evidence", "cap"), [(None, "blocker"), ("seen", "blocker"), ("compiled", "warning"), ("doubtful", "info")]
)
def test_a_finding_is_no_graver_than_the_evidence_it_rests_on(severity: str, evidence: str | None, cap: str) -> None:
    expected = min(severity, cap, key=SEVERITIES.index)
    assert expected == cap_by_evidence(finding(severity, evidence)).severity


@pytest.mark.parametrize(
    ("severities", "fail_on", "expected"),
    [
        ([], "error", 0),
        (["warning", "info"], "error", 0),
        (["warning"], "warning", 1),
        (["info"], "info", 1),
        (["error"], "error", 1),
        (["blocker"], "error", 1),
        (["error"], "blocker", 0),
    ],
)
def test_the_status_is_1_from_the_severity_that_fails(severities: list[str], fail_on: str, expected: int) -> None:
    assert expected == exit_status(report(*severities)._replace(fail_on=fail_on))


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"waived": Waived("one plant measured")}, 0),
        ({"waived": Waived("one plant measured", honoured=False)}, 1),
        ({"baselined": True}, 0),
    ],
)
def test_what_is_set_aside_does_not_count_for_the_status(members: dict[str, Any], expected: int) -> None:
    found = finding("error")._replace(**members)
    assert exit_status(report()._replace(findings=(found,))) == expected


@pytest.mark.parametrize(
    ("incomplete", "reason"),
    [
        (Report("0", (), (), (), ()), "there was no file that invlint reads"),
        (report("error", problem="the file is empty"), "1 of 1 files could not be read"),
        (report("error", outcome="crashed"), "crashed: x"),
        (report("error", evaluated=0), "no rule evaluated a row"),
        (
            Report("0", (), (Input("a.json", "0", (), (), 0),), (Outcome("x", "Y", "passed", 1, 0, 0),), ()),
            "the files hold no inventory",
        ),
    ],
)
def test_an_incomplete_check_is_3_and_wins_over_1(incomplete: Report, reason: str) -> None:
    assert [reason] == incomplete_because(incomplete)
    assert exit_status(incomplete) == 3


def test_a_report_is_made_of_readings_alone(write: Callable[[str, str], Path]) -> None:
    rules = load_rules(load_reference())
    readings = [read_file(write("ken.json", '{"format": "invlint/inventory-1"}'))]
    made = judge_readings(readings, rules, {"schema-violation"}).report
    assert [finding.rule for finding in made.findings] == ["schema-violation"]
