"""From documents to frames: units, codes, doubts, what is expected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invlint.sources.document import Document, Reading
from invlint.tables import Frames, build_frames
from invlint.tables.frame import half_digit
from invlint.tables.problems import number_problem

if TYPE_CHECKING:
    from invlint.reference import Reference


class _Nowhere:
    def locate(self, pointers: list[str]) -> dict[str, Any]:
        return {}


def frames_of(reference: Reference, *documents: Any) -> Frames:
    readings = [Reading("a.json", "0", tuple(Document(data, _Nowhere()) for data in documents))]
    return build_frames(readings, [], reference)


def document(*entries: Any, **members: Any) -> dict[str, Any]:
    inventory = {"year": 2020, "entries": list(entries), **members.pop("inventory", {})}
    return {"format": "invlint/inventory-1", "party": "KEN", "edition": "2013", **members, "inventories": [inventory]}


def entry(**members: Any) -> dict[str, Any]:
    release = {
        "vector": "air",
        "factor": {"value": 3000, "unit": "ug TEQ/t", "origin": "toolkit"},
        "release": {"value": 3.6, "unit": "g TEQ/a"},
    }
    activity = {"value": 1200, "unit": "t/a"}
    return {"class": "1c.2", "activity": activity, "releases": [release | members.pop("release", {})], **members}


def test_amounts_are_kept_as_written_and_in_base_units(reference: Reference) -> None:
    releases = frames_of(reference, document(entry()))["releases"]
    assert (releases.column("factor.value"), releases.column("factor.unit")) == ([3000.0], ["ug TEQ/t"])
    assert [pytest.approx(0.003)] == releases.column("factor")
    assert releases.column("release.half") == [0.05]


def test_an_amount_of_the_reference_year_needs_no_time_in_its_unit(reference: Reference) -> None:
    said = frames_of(reference, document(entry()))["entries"]
    unsaid = frames_of(reference, document(entry(activity={"value": 1200, "unit": "t"})))["entries"]
    assert said.column("activity.dim") == unsaid.column("activity.dim")


def test_a_daily_rate_is_a_year_of_365_days(reference: Reference) -> None:
    entries = frames_of(reference, document(entry(activity={"value": 2, "unit": "t/d"})))["entries"]
    assert entries.column("activity") == [730.0]


def test_a_release_has_the_activity_of_its_entry_or_its_own(reference: Reference) -> None:
    ash = {"vector": "residue", "activity": {"value": 30, "unit": "t/a"}}
    both = entry()
    both["releases"].append(ash)
    releases = frames_of(reference, document(both))["releases"]
    assert releases.column("activity") == [1200.0, 30.0]


def test_a_release_has_the_key_of_its_entry_unless_it_has_its_own(reference: Reference) -> None:
    releases = frames_of(reference, document({"class": "1c.2", "key": "NE", "releases": [{}, {"key": "IE"}]}))[
        "releases"
    ]
    assert releases.column("key") == ["NE", "IE"]


def test_a_release_without_a_chemical_is_about_the_default_one(reference: Reference) -> None:
    assert frames_of(reference, document(entry()))["releases"].column("chemical") == ["PCDD/PCDF"]


@pytest.mark.parametrize("kind", ["bottom ash", "Bottom  Ash", "bottom-ash", "bottom_ash", " bottom ash "])
def test_a_kind_of_residue_is_known_however_its_words_are_parted(reference: Reference, kind: str) -> None:
    data = document(entry(release={"vector": "residue", "residue_kind": kind}))
    assert frames_of(reference, data)["releases"].column("residue_kind") == ["bottom ash"]


def test_group_and_category_above_a_class_are_filled_in(reference: Reference) -> None:
    releases = frames_of(reference, document(entry()))["releases"]
    assert (releases.column("group"), releases.column("category")) == ([1], ["1c"])


def test_an_inventory_may_differ_from_its_document(reference: Reference) -> None:
    frames = frames_of(reference, document(entry(), inventory={"edition": "2005"}))
    assert frames["inventories"].column("edition") == ["2005"]
    assert frames["releases"].column("edition") == ["2005"]


def test_an_unknown_class_still_says_its_category(reference: Reference) -> None:
    entries = frames_of(reference, document({"class": "1c.9", "key": "NO"}))["entries"]
    assert (entries.column("class"), entries.column("category"), entries.column("group")) == ([None], ["1c"], [1])


def problems(reference: Reference, data: Any) -> list[str]:
    return [problem for problem in frames_of(reference, data)["codes"].column("problem") if problem]


def test_a_release_without_a_vector_is_told_of(reference: Reference) -> None:
    row = entry()
    del row["releases"][0]["vector"]
    assert ["the release names no vector: it can be air, water, land, product or residue"] == problems(
        reference, document(row)
    )


def test_an_entry_without_a_source_is_told_of(reference: Reference) -> None:
    assert ["the entry names no class, category or group"] == problems(reference, document({"key": "NO"}))


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"category": "1c", "group": 1}, []),
        ({"category": "1b"}, ["class 1c.2 belongs to category 1c, and the entry says 1b: correct one of them"]),
        ({"group": 4}, ["class 1c.2 belongs to group 1, and the entry says 4: correct one of them"]),
        ({"group": []}, []),
    ],
)
def test_a_class_beside_another_category_or_group_is_told_of(
    reference: Reference, members: dict[str, Any], expected: list[str]
) -> None:
    assert expected == problems(reference, document(entry(**members)))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"class": "1c.2"}, False),
        ({"class": "1c.2", "key": "NO"}, True),
        ({"class": "1c.2", "activity": {"value": 5, "unit": "t/a"}}, True),
        ({"class": "1c.2", "releases": [{}]}, True),
    ],
)
def test_an_entry_is_filled_when_it_says_anything(reference: Reference, row: dict[str, Any], expected: bool) -> None:
    assert [expected] == frames_of(reference, document(row))["entries"].column("filled")


def test_an_inventory_without_a_year_is_asked_for_nothing(reference: Reference) -> None:
    data = document(entry())
    del data["inventories"][0]["year"]
    frames = frames_of(reference, data)
    assert 0 == frames["expected_groups"].size + frames["expected_releases"].size


def test_an_unknown_code_is_a_row_of_codes_with_the_nearest(reference: Reference) -> None:
    codes = frames_of(reference, document(entry(release={"vector": "airr"})))["codes"]
    assert codes.column("nearest") == [None, "air"]
    assert codes.column("vector") == [None, "airr"]


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("3.5", "is a number stored as text"),
        ("3,5", "has a decimal comma: write 3.5"),
        ("1,234", "can be read as 1.234 or as 1234"),
        ("0,123", "has a decimal comma"),
        ("1.234,5", "has thousands signs"),
        ("1 234", "has thousands signs"),
        ("12.5*", "has a footnote sign"),
        ("12.5 a", "has a footnote sign"),
        ("35 %", "is a percentage as text"),
        ("550 t", "carries its unit"),
        ("3000 ug TEQ/t", "carries its unit"),
        ("#REF!", "is an error value"),
        ("#DIV/0!", "is an error value"),
        ("=A1*B1", "is a formula without a stored value"),
        ("NE", "is a notation key in the place of a number"),
        ("-", "is no number"),
        ("about ten", "is text where a number belongs"),
        (float("nan"), "is not a number"),
        (float("inf"), "is not a number"),
        (10**400, "is larger than any amount"),
    ],
)
def test_a_value_that_is_not_plainly_a_number_is_told_why(reference: Reference, value: Any, problem: str) -> None:
    assert number_problem(value).startswith(problem)
    numbers = frames_of(reference, document(entry(release={"factor": {"value": value, "unit": "ug TEQ/t"}})))["numbers"]
    assert numbers.column("column")[-1] == "factor"


def test_a_doubtful_number_is_missing_and_not_zero(reference: Reference) -> None:
    releases = frames_of(reference, document(entry(release={"release": {"value": "NE", "unit": "g TEQ/a"}})))[
        "releases"
    ]
    assert (releases.column("release"), releases.column("release.value")) == ([None], [None])


@pytest.mark.parametrize(
    "broken",
    [
        None,
        [],
        "text",
        3,
        {"inventories": 3},
        {"inventories": [None, 3, "x"]},
        {"inventories": [{"entries": [None, {"releases": [None, 5]}], "totals": [None]}]},
        {"inventories": [{"year": [], "entries": [{"class": {}, "activity": 5, "releases": {}}]}]},
        {"party": 5, "scope": "6b", "recalculations": [None, {"effect": 3}], "inventories": [{"scope": [1, None]}]},
    ],
)
def test_documents_of_the_wrong_shape_make_frames_all_the_same(reference: Reference, broken: Any) -> None:
    frames = frames_of(reference, broken)
    for name in ("quantities", "codes", "numbers", "expected_groups", "expected_categories", "expected_classes",
                 "expected_releases", "defaults", "superseded", "classes", "chemicals"):  # fmt: skip
        assert frames[name].size >= 0


def test_an_unscoped_inventory_is_asked_for_everything(reference: Reference) -> None:
    frames = frames_of(reference, document())
    assert tuple(frames[name].size for name in ("expected_groups", "expected_categories", "expected_classes")) == (
        10,
        68,
        239,
    )


@pytest.mark.parametrize(
    ("scope", "expected"),
    [(["6"], (1, 2, 10)), (["6b"], (1, 1, 5)), (["6b.1", "6b.3"], (1, 1, 2)), (["6b.1", "1c"], (2, 2, 5))],
)
def test_a_scope_limits_what_is_asked(reference: Reference, scope: list[str], expected: tuple[int, ...]) -> None:
    frames = frames_of(reference, document(scope=scope))
    assert expected == tuple(
        frames[name].size for name in ("expected_groups", "expected_categories", "expected_classes")
    )


def test_a_scope_of_vectors_limits_the_releases_that_are_asked(reference: Reference) -> None:
    frames = frames_of(reference, document(entry(), scope_vectors=["air", "residues"]))
    assert {"air", "residue"} == set(frames["expected_releases"].column("vector"))


def test_releases_are_asked_at_each_site(reference: Reference) -> None:
    frames = frames_of(reference, document(entry(site="North"), entry(site="South")))
    assert {"North", "South"} == set(frames["expected_releases"].column("site"))


def test_an_undeclared_or_old_edition_is_asked_for_nothing(reference: Reference) -> None:
    for edition in (None, "2001"):
        data = document(entry())
        data.pop("edition")
        frames = frames_of(reference, data | ({"edition": edition} if edition else {}))
        assert frames["expected_classes"].size + frames["expected_groups"].size + frames["defaults"].size == 0


def test_one_party_and_year_in_two_documents_is_one_inventory(reference: Reference) -> None:
    frames = frames_of(reference, document(entry()), document({"class": "1a.1", "key": "NO"}))
    assert (frames["inventories"].size, frames["entries"].size) == (1, 2)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(3.6, 0.05), (1200.0, 0.5), (0.0, 0.0), (1.5e-07, 0.5e-8), (2e-07, 0.5e-7), (1e22, 0.5), (None, None)],
)
def test_half_the_last_digit_is_that_of_the_shortest_decimal_form(value: float | None, expected: float | None) -> None:
    assert (None if expected is None else pytest.approx(expected)) == half_digit(value, value)


@given(st.floats(min_value=1e-12, max_value=1e12), st.sampled_from([1.0, 1e-6, 365.0]))
def test_half_the_last_digit_never_exceeds_half_the_value_or_half_a_unit(value: float, scale: float) -> None:
    half = half_digit(value, value * scale)
    assert half is not None
    assert 0 < half <= max(0.5 * value, 0.5) * scale * 1.000001
