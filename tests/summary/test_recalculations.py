"""Two submissions side by side: what differs, by how much, and what was declared; nothing is made a zero."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from invlint.model.comparison import Amount
from invlint.reference import shipped_reference
from invlint.sources import read_file
from invlint.summary.recalculations import recalculations

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from invlint.model.comparison import Recalculation, Recalculations


def released(value: float | None, unit: str = "g TEQ/a", **members: Any) -> dict[str, Any]:
    amount = {} if value is None else {"release": {"value": value, "unit": unit}}
    return {"vector": "air", **amount, **members}


def entry(*releases: dict[str, Any], **members: Any) -> dict[str, Any]:
    return {"class": "1c.2", **({"releases": list(releases)} if releases else {}), **members}


@pytest.fixture
def compared(write: Callable[[str, str], Path]) -> Callable[..., Recalculations]:
    """Compare two submissions of KEN, each given as entries by year."""

    def submission(name: str, years: dict[int, list[dict[str, Any]]], **members: Any) -> Path:
        inventories = [{"year": year, "entries": entries} for year, entries in years.items()]
        document = {"format": "invlint/inventory-1", "party": "KEN", "edition": "2013", "inventories": inventories}
        return write(name, json.dumps(document | members))

    def compare(old: dict[int, Any], new: dict[int, Any], **members: Any) -> Recalculations:
        paths = submission("old.json", old), submission("new.json", new, **members)
        readings = [[read_file(path)] for path in paths]
        return recalculations(readings[0], readings[1], shipped_reference())

    return compare


def one(made: Recalculations) -> Recalculation:
    (found,) = made.changed
    return found


def test_a_release_that_changed_has_its_difference_in_the_unit_of_the_chemical(
    compared: Callable[..., Recalculations],
) -> None:
    found = one(compared({2012: [entry(released(4.0))]}, {2012: [entry(released(3000, "mg TEQ/a"))]}))
    assert (found.party, found.year, found.class_id, found.chemical, found.vector) == (
        *("KEN", 2012, "1c.2", "PCDD/PCDF", "air"),
    )
    assert (found.old, found.new, found.unit) == (Amount(4.0), Amount(3.0), "g TEQ/a")
    assert (found.difference, found.percent) == (-1.0, -25.0)
    assert found.reason is None


def test_what_is_stated_as_mass_is_in_kg(compared: Callable[..., Recalculations]) -> None:
    old, new = (entry(released(value, "g/a", chemical="HCB")) for value in (1000, 2500))
    found = one(compared({2012: [old]}, {2012: [new]}))
    assert (found.old.value, found.new.value, found.unit) == (1.0, 2.5, "kg/a")


def test_the_same_amount_in_another_unit_is_no_recalculation(compared: Callable[..., Recalculations]) -> None:
    made = compared({2012: [entry(released(3.6))]}, {2012: [entry(released(3600, "mg TEQ/a"))]})
    assert (made.changed, made.alike) == ((), 1)


def test_sites_and_kinds_of_residue_are_added_up(compared: Callable[..., Recalculations]) -> None:
    whole = entry(released(3.0, vector="residue"))
    parts = [
        entry(released(1.0, vector="residue", residue_kind="fly ash"), site="North"),
        entry(released(2.0, vector="residue", residue_kind="bottom ash"), site="South"),
    ]
    assert compared({2012: [whole]}, {2012: parts}).alike == 1


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        (entry(released(3.0)), None, (Amount(3.0), Amount(None))),
        (entry(key="NO"), entry(released(3.0)), (Amount(None, keys=("NO",)), Amount(3.0))),
        (entry(released(None, key="NE")), entry(released(3.0)), (Amount(None, False, True, ("NE",)), Amount(3.0))),
        (entry(released(3.0)), entry(released(3.0, "g TQE/a")), (Amount(3.0), Amount(None, False, True))),
    ],
)
def test_where_a_side_has_no_figure_there_is_no_difference(
    compared: Callable[..., Recalculations], old: Any, new: Any, shown: tuple[Amount, Amount]
) -> None:
    found = one(compared({2012: [old]}, {2012: [new] if new else [{"class": "1a.1", "key": "NO"}]}))
    assert (found.old, found.new) == shown
    assert (found.difference, found.percent) == (None, None)


def test_a_release_from_zero_has_a_difference_and_no_percentage(compared: Callable[..., Recalculations]) -> None:
    found = one(compared({2012: [entry(released(0.0))]}, {2012: [entry(released(3.0))]}))
    assert (found.difference, found.percent) == (3.0, None)


def test_activity_x_factor_stands_in_for_a_release_and_is_marked(compared: Callable[..., Recalculations]) -> None:
    computed = {"vector": "air", "factor": {"value": 3000, "unit": "ug TEQ/t"}}
    new = entry(computed, activity={"value": 1000, "unit": "t/a"})
    found = one(compared({2012: [entry(released(4.0))]}, {2012: [new]}))
    assert found.new == Amount(3.0, computed=True)


def test_years_of_one_submission_alone_are_named_and_not_compared(compared: Callable[..., Recalculations]) -> None:
    entries = [entry(released(3.0))]
    made = compared({2007: entries, 2012: entries}, {2012: entries, 2017: entries})
    assert (made.changed, made.alike, made.added, made.dropped) == ((), 1, (("KEN", 2017),), (("KEN", 2007),))


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"year": 2012, "reason": "new survey"}, "new survey"),
        ({"year": 2012, "group": 1, "reason": "new survey"}, "new survey"),
        ({"year": 2012, "class": "1c.2", "chemical": "PCDD/PCDF", "vector": "air", "reason": "x"}, "x"),
        ({"year": 2007, "reason": "new survey"}, None),
        ({"year": 2012, "class": "1c.1", "reason": "new survey"}, None),
        ({"year": 2012, "vector": "water", "reason": "new survey"}, None),
        ({"year": 2012, "class": "1c.2"}, None),
    ],
)
def test_the_reason_is_that_of_a_record_which_the_release_comes_under(
    compared: Callable[..., Recalculations], record: dict[str, Any], reason: str | None
) -> None:
    made = compared({2012: [entry(released(4.0))]}, {2012: [entry(released(3.0))]}, recalculations=[record])
    assert one(made).reason == reason


def test_two_reasons_are_both_told(compared: Callable[..., Recalculations]) -> None:
    records = [{"year": 2012, "reason": "new survey"}, {"year": 2012, "class": "1c.2", "reason": "a slip"}]
    made = compared({2012: [entry(released(4.0))]}, {2012: [entry(released(3.0))]}, recalculations=records)
    assert one(made).reason == "new survey; a slip"


def test_it_is_told_where_the_years_are_not_alike(compared: Callable[..., Recalculations]) -> None:
    entries = [entry(released(3.0))]
    made = compared({2012: entries}, {2012: entries}, edition="2005", teq_scheme="WHO-2005")
    assert made.notes == (
        "KEN 2012: Toolkit edition 2013 before, 2005 now",
        "KEN 2012: TEQ scheme not declared before, WHO-2005 now",
    )
