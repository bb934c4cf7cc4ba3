"""From failures to findings: keys, ids, causes, places, impact."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from invlint.engine import check_readings
from invlint.engine.places import exists
from invlint.rules import load_rules
from invlint.sources import read_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from invlint.model.finding import Finding
    from invlint.reference import Reference

    Check = Callable[..., list[Finding]]


@pytest.fixture
def check(reference: Reference, write: Callable[[str, str], Path]) -> Check:
    """The findings of some rules on documents, each written to a file of its own."""

    def run(*documents: dict[str, Any], select: set[str]) -> list[Finding]:
        readings = [read_file(write(f"{number}.json", json.dumps(data))) for number, data in enumerate(documents)]
        return check_readings(readings, load_rules(reference).plan, reference, select).findings

    return run


def document(*entries: Any, **members: Any) -> dict[str, Any]:
    inventory = {"year": members.pop("year", 2020), "entries": list(entries)}
    return {"format": "invlint/inventory-1", "party": "KEN", "edition": "2013", "inventories": [inventory], **members}


def release(value: float, unit: str = "g TEQ/a", **members: Any) -> dict[str, Any]:
    factor = {"value": 3000, "unit": "ug TEQ/t", "origin": "national"}
    return {"vector": "air", "factor": factor, "release": {"value": value, "unit": unit}, **members}


def entry(*releases: Any, **members: Any) -> dict[str, Any]:
    return {"class": "1c.2", "activity": {"value": 1200, "unit": "t/a"}, "releases": list(releases), **members}


def test_two_rows_of_one_key_are_one_finding_with_both_places(check: Check) -> None:
    (found,) = check(document(entry(release(3.6), release(3.6))), select={"duplicate-entry"})
    assert [place.pointer for place in found.locations] == [
        "/inventories/0/entries/0/releases/0/vector",
        "/inventories/0/entries/0/releases/1/vector",
    ]


def test_units_of_two_nfr_codes_are_two_findings(check: Check) -> None:
    data = document()
    data["inventories"][0]["totals"] = [{"nfr": code, "value": 1, "unit": "g TQE/a"} for code in ("1A1a", "1A2a")]
    assert len({found.id for found in check(data, select={"unknown-unit"})}) == 2


def test_the_same_key_in_two_files_is_one_finding_with_a_place_in_each(check: Check) -> None:
    (found,) = check(document(entry(release(3.6))), document(entry(release(3.6))), select={"duplicate-entry"})
    assert [place.path.rpartition("/")[2] for place in found.locations] == ["0.json", "1.json"]


def test_totals_of_two_nfr_codes_are_two_findings(check: Check) -> None:
    totals = [{"nfr": code, "value": 1, "unit": "g TEQ/a"} for code in ("1A1a", "5C1a", "1A1a", "5C1a")]
    inventories = [{"year": 2020, "totals": totals}]
    findings = check(document() | {"inventories": inventories}, select={"duplicate-entry"})
    assert [len(found.locations) for found in findings] == [2, 2]
    assert len({found.id for found in findings}) == 2


def test_findings_of_one_cause_share_it_and_keep_their_own_ids(check: Check) -> None:
    row = entry(release(3.6), release(3.6, vector="residue"))
    found = check(document(row, row), select={"duplicate-entry"})
    assert (len({one.id for one in found}), len({one.cause for one in found})) == (2, 1)


def test_an_unknown_code_keeps_what_was_written_in_its_key(check: Check) -> None:
    (found,) = check(document({"class": "1c.9", "key": "NO"}), select={"unknown-code"})
    assert tuple(found.key[member] for member in ("party", "year", "class", "vector")) == ("KEN", 2020, "1c.9", None)


def test_a_fault_of_an_activity_has_no_vector(check: Check) -> None:
    row = entry(release(3.6), activity={"value": -1, "unit": "t/a"})
    (found,) = check(document(row), select={"negative-value"})
    assert tuple(found.key[member] for member in ("class", "chemical", "vector")) == ("1c.2", None, None)


def test_the_first_place_is_the_one_to_go_to(check: Check) -> None:
    (found,) = check(document(entry(release(4.4))), select={"release-not-product"})
    assert [(place.role, place.pointer) for place in found.locations] == [
        ("primary", "/inventories/0/entries/0/releases/0/release/value"),
        ("related", "/inventories/0/entries/0/activity/value"),
        ("related", "/inventories/0/entries/0/releases/0/factor/value"),
    ]


def test_a_release_points_at_its_own_activity_where_it_has_one(check: Check) -> None:
    row = entry(release(4.4, activity={"value": 1200, "unit": "t/a"}))
    (found,) = check(document(row), select={"release-not-product"})
    assert found.locations[1].pointer == "/inventories/0/entries/0/releases/0/activity/value"


def test_a_missing_row_points_at_the_head_of_its_inventory(check: Check) -> None:
    (found,) = check(document({"group": 5, "key": "NO"}, scope=["5", "6"]), select={"missing-group"})
    assert found.locations[0].pointer == "/inventories/0"


def test_the_impact_is_what_a_correction_would_change_and_its_share_of_the_total(check: Check) -> None:
    (found,) = check(document(entry(release(4.4)), entry(release(3.6), site="b")), select={"release-not-product"})
    assert found.impact is not None
    assert (pytest.approx(-0.8), "g TEQ/a", pytest.approx(-0.1)) == found.impact


def test_the_impact_on_a_mass_is_in_kilograms(check: Check) -> None:
    factor = {"value": 100, "unit": "mg/t", "origin": "national"}
    row = entry(release(0.3, "kg/a", chemical="HCB", factor=factor))
    (found,) = check(document(row), select={"release-not-product"})
    assert found.impact is not None
    assert (pytest.approx(-0.18), "kg/a") == found.impact[:2]


def test_a_rule_that_waits_for_another_stays_silent_whether_or_not_the_other_is_selected(check: Check) -> None:
    slipped = document(entry(release(3600)))
    assert check(slipped, select={"release-not-product"}) == []
    assert [one.rule for one in check(slipped, select={"power-of-ten-slip"})] == ["power-of-ten-slip"]


def test_evidence_is_the_weakest_of_what_a_finding_rests_on(check: Check) -> None:
    factor = {"value": 150, "unit": "ug TEQ/t", "origin": "toolkit"}
    (found,) = check(document(entry(release(1, factor=factor), **{"class": "2e.1"})), select={"superseded-factor"})
    assert found.evidence == "compiled"


@pytest.mark.parametrize(
    ("pointer", "expected"),
    [("", True), ("/a", True), ("/a/0", True), ("/a/1", False), ("/b", False), ("/a/x", False), ("/a/0/x", False)],
)
def test_a_pointer_is_known_to_lead_somewhere_or_not(pointer: str, expected: bool) -> None:
    assert expected is exists({"a": [1]}, pointer)
