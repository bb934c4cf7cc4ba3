"""What changed between two reports: nothing is called resolved that the new check could not have found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invlint.compare import compare, comparison_status
from invlint.model.finding import KEY_MEMBERS, Finding, Location, Waived
from invlint.model.report import Input, Outcome, Pack, Report, UsedConfiguration, UsedReference

if TYPE_CHECKING:
    from invlint.model.comparison import Comparison

FAULT = "a-rule:0"


def finding(number: int = 0, **members: Any) -> Finding:
    key: dict[str, Any] = dict.fromkeys(KEY_MEMBERS) | {"party": "KEN", "year": 2012} | members.pop("key", {})
    place = Location("primary", "ken.json", 3, 1)
    base = {"id": f"a-rule:{number}", "code": "XYZ101", "rule": "a-rule", "severity": "error", "key": key}
    return Finding(**base | {"message": "m", "help": "h", "observed": "3", "locations": (place,)} | members)


def report(*findings: Finding, **members: Any) -> Report:
    base: dict[str, Any] = {
        "inputs": (Input("ken.json", "0", ("KEN",), (2007, 2012), 9),),
        "outcomes": (Outcome("a-rule", "XYZ101", "failed" if findings else "passed", 5, len(findings), 1),),
    }
    return Report("1", (Pack("invlint", 1, "0"),), findings=findings, **base | members)


def compared(old: Report, new: Report) -> Comparison:
    return compare(old, new, ("old", "new"))


def outcome(word: str, reason: str | None = None, unknown: int = 1, not_testable: int = 0) -> tuple[Outcome, ...]:
    return (Outcome("a-rule", "XYZ101", word, 5, 0, unknown, reason, not_testable),)


def test_findings_are_known_again_by_their_ids() -> None:
    old = report(finding(1), finding(2), finding(3), finding(4))
    moved = finding(2)._replace(locations=(Location("primary", "ken.xlsx", cell="S!D1"),), message="other words")
    made = compared(old, report(moved, finding(3, severity="blocker"), finding(4, observed="4"), finding(5)))
    assert [one.id for one in made.added] == ["a-rule:5"]
    assert [one.id for one in made.resolved] == ["a-rule:1"]
    assert [one.id for one in made.persisting] == ["a-rule:2"]
    assert [pair.new.id for pair in made.changed] == ["a-rule:3", "a-rule:4"]
    assert [pair.is_worse for pair in made.changed] == [True, False]


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ({}, None),
        ({"outcomes": outcome("not_applicable")}, None),
        ({"outcomes": outcome("passed", unknown=0)}, None),
        ({"outcomes": ()}, "the rule took no part in the new check"),
        ({"outcomes": outcome("could_not_run", "no edition")}, "could not run: no edition"),
        ({"outcomes": outcome("crashed", "ValueError")}, "crashed: ValueError"),
        ({"outcomes": outcome("not_applicable", "no earlier submission")}, "not applicable: no earlier submission"),
        ({"outcomes": outcome("passed", unknown=2)}, "in one row more than before the rule could not judge"),
        ({"outcomes": outcome("passed", not_testable=4)}, "in 4 rows more than before the rule could not judge"),
        ({"inputs": (Input("uga.json", "0", ("UGA",), (2012,), 9),)}, "KEN is not in the new report"),
        ({"inputs": (Input("ken.json", "0", ("KEN",), (2007,), 9),)}, "KEN 2012 is not in the new report"),
        ({"inputs": (Input("ken.json", "0", (), (), 0, problem="cut"),)}, "KEN is not in the new report"),
    ],
)
def test_a_finding_that_is_gone_is_resolved_only_where_it_would_have_been_found(
    new: dict[str, Any], why: str | None
) -> None:
    made = compared(report(finding()), report(**new))
    if why is None:
        assert [one.id for one in made.resolved] == [FAULT]
        assert made.unverifiable == ()
    else:
        assert made.resolved == ()
        ((found, told),) = made.unverifiable
        assert found.id == FAULT
        assert told.startswith(why)


def test_a_fault_of_a_file_is_resolved_only_where_the_file_is_read_again() -> None:
    old = report(finding(key={"party": None, "year": None}))
    assert len(compared(old, report()).resolved) == 1
    renamed = compared(old, report(inputs=(Input("new.json", "0", ("KEN",), (2012,), 9),)))
    assert renamed.unverifiable[0].why == "ken.json is not in the new report"


def test_a_rule_that_cannot_judge_any_more_is_told_though_it_had_found_nothing() -> None:
    blind = report(outcomes=outcome("could_not_run", "no edition"))
    made = compared(report(), blind)
    assert [(one.rule, one.why) for one in made.blinded] == [("a-rule", "could not run: no edition")]
    assert compared(blind, report()).blinded == ()
    assert compared(report(), report(outcomes=())).blinded[0].why == "it took no part in the new check"
    assert compared(report(), report(outcomes=outcome("not_applicable"))).blinded == ()


@pytest.mark.parametrize(
    ("old", "new", "status"),
    [
        (report(finding()), report(finding()), 0),
        (report(finding()), report(), 0),
        (report(), report(finding()), 1),
        (report(), report(finding(severity="warning")), 0),
        (report(), report(finding(severity="warning"), fail_on="warning"), 1),
        (report(), report(finding(waived=Waived("measured"))), 0),
        (report(), report(finding(waived=Waived("small", honoured=False))), 1),
        (report(), report(finding(baselined=True)), 0),
        (report(finding(baselined=True)), report(finding()), 1),
        (report(finding()), report(finding(baselined=True)), 0),
        (report(finding(severity="warning")), report(finding()), 1),
        (report(finding(severity="blocker")), report(finding()), 0),
        (report(finding(observed="1")), report(finding(observed="9")), 0),
        (report(finding()), report(outcomes=outcome("could_not_run", "x")), 3),
        (report(), report(inputs=()), 3),
        (report(), report(finding(), inputs=(Input("ken.json", None, (), (), 0, problem="cut"),)), 3),
    ],
)
def test_the_status_is_of_what_is_new_or_worse(old: Report, new: Report, status: int) -> None:
    assert comparison_status(compared(old, new), new) == status


def test_it_is_told_what_else_differs_between_the_checks() -> None:
    other = report()._replace(
        tool_version="2",
        packs=(Pack("invlint", 1, "1"),),
        profile="gate",
        reference=UsedReference("own", "1"),
        configuration=UsedConfiguration("invlint.toml", "invlint-baseline.json", "report"),
        inputs=(Input("ken.json", "0", ("KEN",), (2012,), 9, scopes=("1c",)),),
    )
    assert compared(report(), other).unlike == (
        "invlint 1 made the old report, 2 the new one",
        "the profile was none and is gate",
        "baseline: none before, invlint-baseline.json now",
        "waivers: honour before, report now",
        "the rules are not the same",
        "the default factors are not the same",
        "the declared scope was all sources and is 1c",
    )
    assert compared(report(), report()).unlike == ()


@given(old=st.sets(st.integers(0, 20)), new=st.sets(st.integers(0, 20)), blind=st.booleans())
def test_every_finding_of_both_reports_is_told_once(old: set[int], new: set[int], blind: bool) -> None:
    later = report(*map(finding, new))
    made = compared(report(*map(finding, old)), later._replace(outcomes=outcome("crashed", "x")) if blind else later)
    told = [
        *(one.id for one in (*made.added, *made.resolved, *made.persisting)),
        *(pair.new.id for pair in made.changed),
        *(one.finding.id for one in made.unverifiable),
    ]
    assert sorted(told) == sorted(f"a-rule:{number}" for number in old | new)
    assert bool(made.resolved) <= (not blind)
