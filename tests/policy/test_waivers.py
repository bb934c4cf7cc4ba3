"""Waivers: what each covers and explains, and what opens a finding again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from invlint.model.finding import KEY_MEMBERS, Finding, Location
from invlint.policy.waivers import Use, Waiver, apply_waivers, key_of, reason_problem

TODAY = date(2026, 11, 26)


def finding(observed: str | None = "60000 ug TEQ/t", path: str = "inv/ken.csv", **key: Any) -> Finding:
    whole = dict.fromkeys(KEY_MEMBERS) | {"party": "KEN", "year": 2020, "group": 1, "category": "1c", "class": "1c.2"}
    location = Location("primary", path, 2, 1)
    identity = f"a-rule:{key or ''}"
    return Finding(
        identity, "FAC104", "a-rule", "error", whole | key, "m", "h", observed=observed, locations=(location,)
    )


def waiver(**members: Any) -> Waiver:
    given: dict[str, Any] = {"rule": "a-rule", "key": {"class": "1c.2", "year": 2020}, "reason": "one plant, measured"}
    given |= {"location": Location("primary", "inv/waivers.toml", 1, 1), "within": "inv", "seen": ("60000 ug TEQ/t",)}
    return Waiver(**given | members)


def use(*findings: Finding, **members: Any) -> Use:
    (found,) = apply_waivers(findings, [waiver(**members)], honoured=True, today=TODAY)[1]
    return found


def test_a_waiver_explains_exactly_the_class_and_year_that_it_names() -> None:
    findings = [finding(), finding(vector="air"), finding(year=2021), finding(**{"class": "1c.3"})]
    explained, (used,) = apply_waivers(findings, [waiver()], honoured=True, today=TODAY)
    assert [one.waived.reason if one.waived else None for one in explained] == ["one plant, measured"] * 2 + [None] * 2
    assert [one.counts for one in explained] == [False, False, True, True]
    assert used.covers == used.explains == tuple(one.id for one in findings[:2])


@pytest.mark.parametrize(
    ("members", "covered"),
    [
        ({}, True),
        ({"rule": "b-rule"}, False),
        ({"key": {"year": "2020", "class": " 1C.2 "}}, True),
        ({"key": {"site": "North"}}, False),
        ({"within": "."}, False),
        ({"within": "inv/ken.csv"}, True),
        ({"within": "inv/uga.csv"}, False),
    ],
)
def test_a_waiver_covers_findings_of_its_rule_its_key_and_its_folder(members: dict[str, Any], covered: bool) -> None:
    assert bool(use(finding(), **members).covers) is covered


def test_a_waiver_beside_a_file_where_we_stand_covers_it() -> None:
    assert use(finding(path="ken.csv"), within=".").covers
    assert not use(finding()._replace(locations=())).covers


@pytest.mark.parametrize(
    ("until", "expired"),
    [
        (None, None),
        ("2026-11-26", None),
        ("2026-11-25", "the waiver ended on 2026-11-25"),
        ("31.12.2027", "“31.12.2027” is no date such as 2027-12-31, so the waiver counts as expired"),
    ],
)
def test_the_last_day_counts_and_a_bad_date_is_over(until: str | None, expired: str | None) -> None:
    used = use(finding(), until=until)
    assert used.expired == expired
    assert bool(used.explains) is (expired is None)


def test_nothing_is_said_of_the_date_of_a_waiver_that_no_finding_fits() -> None:
    assert use(until="2020-01-01").expired is None


@pytest.mark.parametrize(
    ("observed", "seen", "same"),
    [
        ("60000 ug TEQ/t", "60000 ug TEQ/t", True),
        ("60000 ug TEQ/t", " 60000  ug TEQ/t ", True),
        ("60000 ug TEQ/t", "60 mg TEQ/t", True),
        ("60000 ug TEQ/t", "60000 ug/t", False),
        ("60000 ug TEQ/t", "60001 ug TEQ/t", False),
        ("60000 ug TEQ/t", "60000", False),
        ("60000 ug TEQ/t", "60000 ug TQE/t", False),
        ("12", "12.0", True),
        ("12", "1.2.3", False),
        ("a key", "a key", True),
        ("a key", "another", False),
    ],
)
def test_a_changed_value_opens_the_finding_again(observed: str, seen: str, same: bool) -> None:
    used = use(finding(observed), seen=(seen,))
    assert bool(used.explains) is same
    told = f"the value is “{observed}” now, and the waiver explains “{seen}”"
    assert used.reopened == (None if same else told)


def test_of_several_values_those_that_were_seen_stay_explained() -> None:
    findings = [finding("1 t", vector="air"), finding("2 t", vector="land"), finding("3 t", vector="water")]
    used = use(*findings, seen=("1 t",))
    assert used.explains == (findings[0].id,)
    assert used.reopened == "the values are “2 t”, “3 t” now, and the waiver explains “1 t”"


def test_a_waiver_of_a_value_must_say_which() -> None:
    used = use(finding(), seen=())
    assert used.problem == "say which value the waiver explains: seen = “60000 ug TEQ/t”"
    assert not used.explains


def test_what_is_missing_has_no_value_to_be_bound_to() -> None:
    assert use(finding(None), seen=()).explains


def test_a_waiver_that_is_not_fit_covers_nothing() -> None:
    assert use(finding(), problem="no reason") == Use(waiver(problem="no reason"), problem="no reason")


def test_the_first_waiver_that_fits_explains() -> None:
    waivers = [waiver(reason="the first"), waiver(reason="the second")]
    (explained,), uses = apply_waivers([finding()], waivers, honoured=True, today=TODAY)
    assert explained.waived is not None
    assert explained.waived.reason == "the first"
    assert all(one.covers for one in uses)


def test_where_waivers_are_reported_alone_the_finding_counts() -> None:
    (explained,), _ = apply_waivers(
        [finding()], [waiver(by="A. Otieno", until="2027-12-31")], honoured=False, today=TODAY
    )
    assert explained.counts
    assert explained.waived == ("one plant, measured", "A. Otieno", "2027-12-31", False)


@pytest.mark.parametrize(
    ("reason", "problem"),
    [
        ("one plant, measured in 2019", None),
        ("Só há uma fábrica", None),
        ("仅一家工厂", None),
        ("", "has no reason"),
        ("  ", "has no reason"),
        ("ok", "is no reason"),
        ("OK, known issue.", "is no reason"),
        ("false positive", "is no reason"),
        ("a rule is a rule", "is no reason"),
        ("to be fixed later", "is no reason"),
        ("asdf", "is no reason"),
        ("....", "is no reason"),
    ],
)
def test_a_reason_says_more_than_that_there_is_one(reason: str, problem: str | None) -> None:
    found = reason_problem(reason, "a-rule")
    assert found is None if problem is None else problem in str(found)


def test_a_key_names_what_is_most_specific() -> None:
    assert key_of(finding()) == {"party": "KEN", "year": 2020, "class": "1c.2"}
    assert key_of(finding(**{"class": None})) == {"party": "KEN", "year": 2020, "category": "1c"}
    assert key_of(finding(**{"class": None, "category": None})) == {"party": "KEN", "year": 2020, "group": 1}
