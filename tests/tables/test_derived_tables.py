"""Columns and tables that are worked out from what is reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from invlint.sources.document import Document, Reading
from invlint.tables import Frames, build_frames
from invlint.tables.own_factors import PeerFactor
from invlint.units import parse_unit

if TYPE_CHECKING:
    from invlint.reference import Reference


def _frames(reference: Reference, *documents: dict[str, Any], peers: tuple[PeerFactor, ...] = ()) -> Frames:
    readings = [Reading(f"{number}.json", None, (Document(data, None),)) for number, data in enumerate(documents)]  # type: ignore[arg-type]
    return build_frames(readings, [], reference, peers=peers)


def _document(party: str, years: dict[int, list[dict[str, Any]]]) -> dict[str, Any]:
    inventories = [{"year": year, "entries": entries} for year, entries in years.items()]
    return {"format": "invlint/inventory-1", "party": party, "edition": "2013", "inventories": inventories}


def _entry(class_id: str, factor: float | None = None, origin: str = "national", **members: Any) -> dict[str, Any]:
    release: dict[str, Any] = {"vector": "air"}
    if factor is not None:
        release["factor"] = {"value": factor, "unit": "ug TEQ/t", "origin": origin}
    return {"class": class_id, "activity": {"value": 10, "unit": "t/a"}, "releases": [release | members]}


def test_a_release_comes_under_its_line_of_annex_c(reference: Reference) -> None:
    frames = _frames(reference, _document("KEN", {2020: [_entry(one) for one in ("1a.1", "4a.1", "2d.4", "8c.1")]}))
    assert frames["releases"].column("annex_c_line") == ["II.a", "II.b", None, None]
    assert frames["releases"].column("annex_c_unsure") == [False, True, True, False]


def test_what_a_key_stands_for_comes_under_its_line_of_annex_c(reference: Reference) -> None:
    entries = [{"class": "2d.4", "key": "NE"}, {"category": "2d", "key": "NE"}, {"group": 2, "key": "NE"}]
    frames = _frames(reference, _document("KEN", {2020: entries}))
    assert frames["entries"].column("annex_c_line") == [None, "II.d(i)", None]
    assert frames["entries"].column("annex_c_unsure") == [True, False, None]


def test_a_code_that_meant_another_category_leaves_the_line_of_annex_c_open(reference: Reference) -> None:
    document = _document("KEN", {2020: [_entry("7b.1"), _entry("7a.boilers.1")]}) | {"edition": "2005"}
    releases = _frames(reference, document)["releases"]
    assert releases.column("annex_c_line") == [None, "II.c"]
    assert releases.column("annex_c_unsure") == [True, False]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("II.d(i)", "II.d(i)"),
        ("II d (i)", "II.d(i)"),
        ("Annex C, Part II (a)", "II.a"),
        ("III.d", "III.d"),
        ("II", None),
    ],
)
def test_a_total_names_a_line_of_annex_c_in_many_spellings(reference: Reference, text: str, line: str | None) -> None:
    document = _document("KEN", {2020: []})
    document["inventories"][0]["totals"] = [{"annex_c": text, "value": 1, "unit": "g TEQ/a"}]
    totals = _frames(reference, document)["totals"]
    assert totals.column("annex_c_line") == [line]
    assert totals.column("annex_c_title") == [
        next(
            (
                row["annex_c_name"]
                for row in reference.annex_c
                if f"{row['annex_c_part']}.{row['annex_c_item']}" == line
            ),
            None,
        )
    ]


def test_every_line_of_annex_c_is_told_from_the_others_by_its_letters(reference: Reference) -> None:
    lines = set(reference.annex_c_lines.values())
    assert {reference.annex_c_line(line.name) for line in lines} == lines


def test_the_block_of_a_class_is_its_id_up_to_the_last_dot(reference: Reference) -> None:
    frames = _frames(reference, _document("KEN", {2020: [_entry("1c.1"), _entry("2c.steel.1")]}))
    assert frames["entries"].column("block") == frames["releases"].column("block") == ["1c", "2c.steel"]
    assert _frames(reference, _document("KEN", {2020: [{"category": "1c", "key": "NO"}]}))["entries"].column(
        "block"
    ) == [None]


def test_factors_of_releases_and_peers_are_told_apart_by_what_they_are(reference: Reference) -> None:
    per_energy = _entry("1c.1", 5)
    per_energy["releases"][0]["factor"]["unit"] = "ug TEQ/TJ"
    frames = _frames(reference, _document("KEN", {2020: [_entry("1c.1", 5), per_energy, _entry("1c.2")]}))
    assert frames["releases"].column("factor_kind") == ["TEQ per mass", "TEQ per energy", None]
    assert frames["peers"].column("factor_kind") == ["TEQ per mass", "TEQ per energy"]


def test_the_indicator_is_the_chemical_that_the_reference_marks(reference: Reference) -> None:
    marked = next(name for name, row in reference.chemicals.items() if row["indicator"] == "yes")
    other = next(name for name, row in reference.chemicals.items() if row["indicator"] == "no")
    entries = [_entry("1a.1", chemical=marked), _entry("1a.2", chemical=other)]
    assert _frames(reference, _document("KEN", {2020: entries}))["releases"].column("indicator") == [True, False]


def test_a_figure_is_repeated_where_it_is_the_same_to_the_digit(reference: Reference) -> None:
    def year(activity: float, release: float, unit: str = "g TEQ/a") -> list[dict[str, Any]]:
        own = {"vector": "air", "release": {"value": release, "unit": unit}}
        return [{"class": "1a.1", "activity": {"value": activity, "unit": "t/a"}, "releases": [own]}]

    years = {2000: year(1, 5), 2005: year(2, 5), 2010: year(3, 5, "mg TEQ/a"), 2015: year(3, 6), 2020: year(0, 0)}
    frames = _frames(reference, _document("KEN", years | {2024: year(0, 0)}))
    assert frames["releases"].column("repeated") == [None, True, False, True, False, False]


def test_a_release_is_a_share_of_what_its_inventory_reports_of_the_chemical(reference: Reference) -> None:
    def released(class_id: str, value: float, unit: str, chemical: str = reference.default_chemical) -> dict[str, Any]:
        return _entry(class_id, chemical=chemical, release={"value": value, "unit": unit})

    other = next(name for name, row in reference.chemicals.items() if row["quantity"] == "mass")
    years = {
        2010: [released("1a.1", 1, "g TEQ/a"), released("1a.2", 3000, "mg TEQ/a"), released("1a.3", 5, "kg/a", other)],
        2020: [released("1a.1", 1, "g TEQ/a"), released("1a.2", 3, "g/a"), _entry("1a.3", chemical=other)],
        2024: [released("1a.1", 0, "g TEQ/a")],
    }
    shares = _frames(reference, _document("KEN", years))["releases"].column("share_of_total")
    assert shares == [pytest.approx(0.25), pytest.approx(0.75), 1.0, None, None, None, None]


@pytest.mark.parametrize(
    ("text", "class_id", "category"),
    [("1a.1", "1a.1", None), ("1a1", "1a.1", None), ("6b", None, "6b"), ("x", None, None)],
)
def test_what_is_included_elsewhere_names_a_class_or_category(
    reference: Reference, text: str, class_id: str | None, category: str | None
) -> None:
    frames = _frames(reference, _document("KEN", {2020: [{"class": "1c.1", "key": "IE", "included_in": text}]}))
    entries = frames["entries"]
    assert (entries.column("included_class"), entries.column("included_category")) == ([class_id], [category])


def test_groups_are_reported_by_entries_and_totals(reference: Reference) -> None:
    document = _document("KEN", {2020: [_entry("1a.1"), {"group": 2, "key": "NO"}, {"group": 10, "key": "NO"}]})
    document["inventories"][0]["totals"] = [{"group": 3, "value": 1, "unit": "g TEQ/a"}]
    assert _frames(reference, document)["inventories"].column("groups_reported") == [3.0]


def test_own_factors_stand_beside_the_default(reference: Reference) -> None:
    entries = [_entry("1c.1", 5), _entry("1c.2", 3000, "toolkit"), _entry("1c.3"), _entry("2c.steel.1", 7, "measured")]
    own = _frames(reference, _document("KEN", {2020: entries}))["own_factors"]
    assert own.column("class") == ["1c.1", "2c.steel.1"]
    assert own.column("block") == ["1c", "2c.steel"]
    assert own.column("default.value")[0] == 40000.0


def test_peers_are_one_factor_a_party_without_those_on_the_default(reference: Reference) -> None:
    kenya = _document(
        "KEN", {2010: [_entry("1c.1", 1)], 2020: [_entry("1c.1", 2, site="a"), _entry("1c.1", 4, site="b")]}
    )
    uganda = _document("UGA", {2020: [_entry("1c.1", 40000)]})
    scale, dimension = (parse_unit("ug TEQ/t").scale, parse_unit("ug TEQ/t").dimension)
    others = tuple(
        PeerFactor(party, "1c.1", reference.default_chemical, "air", None, 9 * scale, dimension)
        for party in ("KEN", "UGA", "TZA")
    )
    peers = _frames(reference, kenya, uganda, peers=others)["peers"]
    assert peers.column("party") == ["KEN", "TZA"]
    assert peers.column("factor") == [pytest.approx(3 * scale), 9 * scale]


def test_an_active_entry_stands_beside_the_categories_it_is_counted_in(reference: Reference) -> None:
    entries = [_entry("1a.1"), _entry("6b.1"), {"class": "2l.1", "key": "NO"}]
    beside = _frames(reference, _document("KEN", {2020: entries}))["counted_elsewhere"]
    assert list(zip(beside.column("class"), beside.column("other_category"), strict=True)) == [("1a.1", "6b")]


def test_a_chemical_is_expected_where_the_edition_has_a_factor_for_it(reference: Reference) -> None:
    expected = _frames(reference, _document("KEN", {2020: [_entry("1a.1"), {"class": "1c.1", "key": "NO"}]}))[
        "expected_chemicals"
    ]
    asked = set(zip(expected.column("class"), expected.column("chemical"), strict=True))
    factors = {(row[0], row[1]) for row in reference.factors if row[4] and row[0] in ("1a.1", "1c.1")}
    assert asked == factors


def test_tables_of_an_earlier_submission_hold_the_parties_of_now(reference: Reference) -> None:
    def reading(party: str) -> Reading:
        return Reading("old.json", None, (Document(_document(party, {2020: [_entry("1a.1", 5)]}), None),))  # type: ignore[arg-type]

    frames = build_frames([reading("KEN")], [], reference, [reading("UGA"), reading("KEN")])
    assert frames["last_submission.releases"].column("party") == ["KEN"]
    assert frames["last_submission.releases"].column("annex_c_line") == ["II.a"]
    assert frames["last_submission.inventories"].places == [(2, 0)]


def test_the_numbers_of_an_earlier_submission_know_their_places(reference: Reference) -> None:
    now, before = (
        Reading(f"{value}.json", None, (Document(_document("KEN", {2020: [_entry("1a.1", value)]}), None),))  # type: ignore[arg-type]
        for value in (5, 6)
    )
    numbers = build_frames([now], [], reference, [before])["last_submission.quantities"]
    assert list(zip(numbers.column("what"), numbers.column("number"), numbers.places, strict=True)) == [
        ("activity", 10, (1, 0, 0, "entries.activity")),
        ("factor", 6, (1, 0, 0, 0, "releases.factor")),
    ]


def test_a_recalculation_covers_what_it_leaves_unsaid(reference: Reference) -> None:
    records = [{"year": 2007}, {"year": 2007, "class": "1c.2", "chemical": "HCB", "vector": "air"}, {"category": "2b"},
               {"group": 3}]  # fmt: skip
    declared = _frames(reference, _document("KEN", {}) | {"recalculations": records})["recalculations"]
    names = ("group", "category", "class", "chemical", "vector")
    assert list(zip(*(declared.column(name) for name in names), strict=True)) == [
        (None, None, None, None, None),
        (1, "1c", "1c.2", "HCB", "air"),
        (2, "2b", None, None, None),
        (3, None, None, None, None),
    ]


def _released(amount: float | None, **members: Any) -> dict[str, Any]:
    release = {"release": {"value": amount, "unit": "g TEQ/a"}} if amount is not None else {"key": "NO"}
    entry = _entry("1a.1", **release, **{name: value for name, value in members.items() if name != "site"})
    return entry | ({"site": members["site"]} if "site" in members else {})


def _before(frames: Frames) -> list[tuple[Any, ...]]:
    columns = ("party", "year", "site", "last_year", "reported_in", "release.value")
    return list(zip(*(frames["released_before"].column(name) for name in columns), strict=True))


def test_what_was_released_before_stands_beside_every_later_year(reference: Reference) -> None:
    years = {2000: [_released(5)], 2005: [_released(3, site="x")], 2010: [], 2015: [_released(None)], 2020: []}
    assert _before(_frames(reference, _document("KEN", years))) == [
        ("KEN", 2005, None, 2000, "this submission", 5),
        ("KEN", 2010, None, 2000, "this submission", 5),
        ("KEN", 2010, "x", 2005, "this submission", 3),
        ("KEN", 2015, None, 2000, "this submission", 5),
        ("KEN", 2015, "x", 2005, "this submission", 3),
        ("KEN", 2020, "x", 2005, "this submission", 3),
    ]


def test_kinds_of_residue_are_one_source_and_no_release_is_none(reference: Reference) -> None:
    kinds = [{"vector": "residue", "residue_kind": kind} for kind in ("fly ash", "bottom ash")]
    years = {2000: [_released(2, **kinds[0]), _released(3, **kinds[1]), _released(0)], 2005: []}
    released = _frames(reference, _document("KEN", years))["released_before"]
    assert (released.column("vector"), released.column("release")) == (["residue"], [5])


def test_of_the_earlier_submission_the_same_year_counts_too(reference: Reference) -> None:
    def reading(years: dict[int, list[dict[str, Any]]]) -> Reading:
        return Reading("one.json", None, (Document(_document("KEN", years), None),))  # type: ignore[arg-type]

    before = reading({2000: [_released(9)], 2005: [_released(7)]})
    frames = build_frames([reading({2000: [_released(4)], 2005: [], 2010: []})], [], reference, [before])
    assert _before(frames) == [
        ("KEN", 2000, None, 2000, "the previous submission", 9),
        ("KEN", 2005, None, 2005, "the previous submission", 7),
        ("KEN", 2010, None, 2005, "the previous submission", 7),
    ]


@pytest.mark.parametrize(
    ("scope", "vectors"),
    [
        ({"scope_vectors": ["air"]}, ["air"]),
        ({"scope": ["1a"]}, ["air", "residue"]),
        ({"scope": ["1"]}, ["air", "residue"]),
        ({"scope": ["1a.2"]}, []),
    ],
)
def test_what_lies_outside_the_scope_is_not_looked_for(
    reference: Reference, scope: dict[str, Any], vectors: list[str]
) -> None:
    years = {2000: [_released(5), _released(6, vector="residue")], 2005: []}
    frames = _frames(reference, _document("KEN", years) | scope)
    assert frames["released_before"].column("vector") == vectors


@pytest.mark.parametrize(("edition", "found"), [("2013", 1), ("2005", 0)])
def test_a_code_that_means_another_category_is_another_source(reference: Reference, edition: str, found: int) -> None:
    years = {2000: [_released(5) | {"class": "7c.1"}], 2005: []}
    document = _document("KEN", years)
    document["inventories"][0]["edition"] = edition
    assert _frames(reference, document)["released_before"].size == found


def test_a_total_says_what_it_is_about(reference: Reference) -> None:
    about = [{}, {"vector": "air"}, {"group": 1, "vector": "air"}, {"category": "1c"}, {"annex_c": "II.a"},
             {"nfr": "5C1a", "vector": "air"}]  # fmt: skip
    document = _document("KEN", {2020: []})
    document["inventories"][0]["totals"] = [{"value": 1, "unit": "g TEQ/a"} | one for one in about]
    assert _frames(reference, document)["totals"].column("about") == [
        "all sources", "all sources to air", "group 1 to air", "category 1c", "Annex C line II.a", "NFR 5C1a to air",
    ]  # fmt: skip
