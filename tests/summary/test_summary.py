"""What inventories add up to: figures, computed figures, gaps, what is left out, and what is held beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from invlint.errors import UsageError
from invlint.sources.document import Document, Reading
from invlint.summary import ChemicalSummary, Line, Sum, Summary, Wanted, summarise

if TYPE_CHECKING:
    from invlint.reference import Reference


class _Nowhere:
    """A locator for documents that stand in no file."""

    def locate(self, pointers: list[str]) -> dict[str, Any]:
        return {}


def _document(*entries: dict[str, Any], year: int = 2020, **members: Any) -> dict[str, Any]:
    return {
        "format": "invlint/inventory-1",
        "party": "KEN",
        "edition": members.pop("edition", "2013"),
        "inventories": [{"year": year, "entries": list(entries), **members}],
    }


def _summary(reference: Reference, *documents: dict[str, Any], **wanted: Any) -> Summary:
    readings = [Reading(f"{at}.json", None, (Document(data, _Nowhere()),)) for at, data in enumerate(documents)]
    return summarise(readings, reference, Wanted(**wanted))


def _one(reference: Reference, *documents: dict[str, Any]) -> ChemicalSummary:
    """The one chemical of the one year in the documents."""
    ((chemical,),) = (year.chemicals for year in _summary(reference, *documents).years)
    return chemical


def _release(value: float | None = None, unit: str = "g TEQ/a", vector: str = "air", **members: Any) -> dict[str, Any]:
    figure = {} if value is None else {"release": {"value": value, "unit": unit}}
    return {"vector": vector, **figure, **members}


def _entry(class_id: str, *releases: dict[str, Any], **members: Any) -> dict[str, Any]:
    return {"class": class_id, "releases": list(releases), **members}


def _line(lines: tuple[Line, ...], id_: str | None, why: str | None = None) -> Line:
    (found,) = (line for line in lines if line.id == id_ and (line.why is not None) == (why is not None))
    return found


def test_releases_are_added_by_group_and_vector(reference: Reference) -> None:
    found = _one(
        reference,
        _document(
            _entry("1a.1", _release(1.5), _release(200, "mg TEQ/a", "residue")),
            _entry("1c.2", _release(2)),
            _entry("6b.1", _release(0.25, vector="land")),
        ),
    )
    first = _line(found.groups, "1")
    assert [cell.value for cell in first.vectors] == [3.5, None, None, None, 0.2]
    assert first.total == Sum(3.7, 3)
    assert found.total.total.value == pytest.approx(3.95)
    assert not found.total.total.is_lower_bound
    assert [line.id for line in found.groups] == [str(group) for group in reference.groups]


@pytest.mark.parametrize("quantity", ["TEQ", "mass"])
def test_the_reference_says_in_which_unit_a_chemical_is_stated(reference: Reference, quantity: str) -> None:
    chemical = next(name for name, row in reference.chemicals.items() if row["quantity"] == quantity)
    amount, unit, value, person = {"TEQ": (3, "g TEQ/a", 3.0, 1.5), "mass": (3000, "g/a", 3.0, 1500.0)}[quantity]
    found = _one(reference, _document(_entry("1a.1", _release(amount, unit, chemical=chemical)), population=2_000_000))
    assert (found.unit, found.total.total.value) == ({"TEQ": "g TEQ/a", "mass": "kg/a"}[quantity], pytest.approx(value))
    assert (found.per_person, found.person_unit) == (pytest.approx(person), {"TEQ": "ug TEQ", "mass": "ug"}[quantity])


@pytest.mark.parametrize("population", [None, 0, -5, "many"])
def test_without_a_population_there_is_nothing_per_person(reference: Reference, population: Any) -> None:
    assert _one(reference, _document(_entry("1a.1", _release(1)), population=population)).per_person is None


def test_a_release_that_is_not_reported_is_computed_and_counted(reference: Reference) -> None:
    factor = {"value": 3000, "unit": "ug TEQ/t"}
    activity = {"value": 1200, "unit": "t/a"}
    entry = _entry("1c.2", _release(factor=factor), _release(1, vector="residue", factor=factor), activity=activity)
    found = _one(reference, _document(entry)).total
    assert found.vectors[0] == Sum(pytest.approx(3.6), 1, computed=1)
    assert found.total == Sum(pytest.approx(4.6), 2, computed=1)


@pytest.mark.parametrize(("key", "gaps"), [("NO", 0), ("NA", 0), ("NE", 1), ("IE", 1), ("C", 1)])
@pytest.mark.parametrize("of_release", [True, False])
def test_keys_add_nothing_or_make_the_sum_a_lower_bound(
    reference: Reference, key: str, gaps: int, of_release: bool
) -> None:
    keyed = _entry("1a.2", _release(key=key)) if of_release else {"class": "1a.2", "key": key}
    found = _one(reference, _document(_entry("1a.1", _release(1)), keyed))
    assert found.total.total == Sum(1.0, 1, gaps=gaps, keys=(key,))
    assert found.gaps == (((key, 1),) if gaps else ())
    water = found.total.vectors[1]
    assert (water.value, water.gaps) == (None, 0 if of_release else gaps)


def test_a_release_with_neither_figure_nor_key_is_a_gap(reference: Reference) -> None:
    found = _one(reference, _document(_entry("1a.1", _release(1)), _entry("1a.2", _release()), {"class": "1a.3"}))
    assert found.total.total == Sum(1.0, 1, gaps=2)
    assert found.gaps == ((None, 2),)


def test_a_whole_group_under_a_key_is_a_gap_of_each_of_its_lines_and_one_of_the_total(reference: Reference) -> None:
    found = _one(reference, _document(_entry("1a.1", _release(1)), {"group": 2, "key": "NE"}))
    assert _line(found.groups, "2").total == Sum(gaps=1, keys=("NE",))
    assert _line(found.annex_c, "II.d(ii)").total.gaps == 1
    assert found.total.total.gaps == 1
    assert found.not_ranked == ("group 2, category not said",)


@pytest.mark.parametrize(
    ("release", "problem"),
    [
        (_release(1, "g/a"), "is mass per time, and TEQ per time is wanted"),
        (_release(1, "smoots"), "the unit “smoots” of the release is not known"),
        ({"vector": "air", "release": {"value": 1}}, "the release has no unit"),
        (_release("1,2"), "the release “1,2” has a decimal comma"),  # type: ignore[arg-type]
        (_release(1e300), "larger than any amount on Earth"),
        (_release(1, chemical="soot"), "the chemical is not known"),
        (_release(1, vector="ether"), "the vector is not known"),
        (_release(factor={"value": 1, "unit": "ug TEQ/TJ"}), "product of activity and factor"),
        (_release(factor={"value": 1, "unit": "ug TEQ/furlong"}), "of the factor is not known"),
        (_release(factor={"value": "4*", "unit": "ug TEQ/t"}), "the factor “4*” has a footnote sign"),
    ],
)
def test_what_cannot_be_added_is_counted_and_named(reference: Reference, release: dict[str, Any], problem: str) -> None:
    wrong = _entry("1a.2", release, activity={"value": 1, "unit": "t/a"})
    summary = _summary(reference, _document(_entry("1a.1", _release(1)), wrong))
    (row,) = summary.unsummed
    assert problem in row.problem
    assert (row.party, row.year, row.path) == ("KEN", 2020, "0.json")
    assert row.what.startswith("1a.2")
    (chemical,) = summary.years[0].chemicals
    assert chemical.total.total == Sum(1.0, 1, unsummed=1)
    assert chemical.total.total.is_lower_bound


def test_a_row_of_no_known_year_is_named_whatever_it_has(reference: Reference) -> None:
    summary = _summary(reference, _document(_entry("1a.1", _release(1)), year="soon"))  # type: ignore[arg-type]
    assert not summary.years
    assert [row.problem for row in summary.unsummed] == ["the Party or the reference year is not known"]


def test_a_class_in_no_list_stands_in_a_line_of_its_own_and_in_the_total(reference: Reference) -> None:
    found = _one(reference, _document(_entry("zz.1", _release(2)), _entry("1a.1", _release(1))))
    assert _line(found.groups, None).total.value == 2
    assert found.total.total.value == 3
    assert _line(found.annex_c, None, "open").why == "the category is not known"


@pytest.mark.parametrize(
    ("kinds", "value", "named"),
    [
        ({None: 5, "fly ash": 4, "bottom ash": 1}, 5, "1a.1 fly ash, 1a.1 bottom ash"),
        ({"bottom and fly ash": 5, "fly ash": 4}, 5, "1a.1 fly ash"),
        ({"fly ash": 4, "bottom ash": 1}, 5, ""),
        ({"bottom and fly ash": 5, "slag": 4}, 9, ""),
    ],
)
def test_a_residue_and_its_kinds_are_not_added_twice(
    reference: Reference, kinds: dict[str | None, float], value: float, named: str
) -> None:
    releases = [
        _release(amount, vector="residue", **({"residue_kind": kind} if kind else {})) for kind, amount in kinds.items()
    ]
    other = _release(7, vector="residue", residue_kind="fly ash")
    found = _one(reference, _document(_entry("1a.1", *releases, site="North"), _entry("1a.1", other, site="South")))
    assert found.total.total.value == value + 7
    assert [note.partition(": ")[2] for note in found.notes] == ([named.replace("1a.1", "1a.1 North")] if named else [])


def test_kinds_count_where_the_undivided_residue_has_no_figure(reference: Reference) -> None:
    parts = _release(4, vector="residue", residue_kind="fly ash")
    found = _one(reference, _document(_entry("1a.1", _release(vector="residue", key="NE"), parts)))
    assert found.total.total == Sum(4.0, 1, gaps=1, keys=("NE",))


def test_a_gap_of_a_kind_is_none_where_the_undivided_residue_has_a_figure(reference: Reference) -> None:
    kind = _release(vector="residue", key="NE", residue_kind="fly ash")
    found = _one(reference, _document(_entry("1a.1", _release(5, vector="residue"), kind)))
    assert found.total.total == Sum(5.0, 1)


def test_one_inventory_in_two_files_is_added_once_and_said(reference: Reference) -> None:
    document = _document(_entry("1a.1", _release(1)), {"class": "1a.2", "key": "NE"})
    found = _one(reference, document, document)
    assert found.total.total == Sum(1.0, 1, gaps=1, keys=("NE",))
    assert found.notes == ("not added again, because an earlier file has the same release: 1a.1 air",)


def test_what_looks_wrong_but_can_be_added_is_added_and_said(reference: Reference) -> None:
    entries = [_entry("1a.1", _release(1)), _entry("1a.1", _release(2)), _entry("1a.2", _release(-1))]
    found = _one(reference, _document(*entries, _entry("1a.3", _release(4, key="NE"))))
    assert found.total.total.value == 6
    assert found.notes == (
        "reported more than once in a file, and all added: 1a.1 air",
        "a figure beside a notation key was added: 1a.3",
        "negative figures were added as they stand: 1a.2",
    )


def test_lines_of_annex_c_and_what_the_crosswalk_leaves_open(reference: Reference) -> None:
    classes = {"1a.1": 1, "1b.1": 2, "3a.1": 4, "8c.1": 8, "4a.1": 16, "2d.4": 32}
    found = _one(reference, _document(*(_entry(one, _release(amount)) for one, amount in classes.items())))
    sure = [(line.id, line.total.value) for line in found.annex_c if line.why is None]
    assert sure == [("II.a", 3), ("III.d", 4), (None, 8)]
    left_open = [(line.id, line.why, line.total.value) for line in found.annex_c if line.why is not None]
    assert left_open == [
        ("II.b", "4a is under II.b for kilns firing hazardous waste alone", 16),
        ("II.d(i)", "2d.4 is taken out of II.d(i), and no other line is named for it", 32),
    ]


def test_codes_that_meant_another_category_in_the_edition_are_open(reference: Reference) -> None:
    found = _one(reference, _document(_entry("7c.1", _release(1)), edition="2005"))
    (line,) = found.annex_c
    assert line.why == "7c meant another category in edition 2005 than in the crosswalk"


def test_key_categories_make_up_95_per_cent(reference: Reference) -> None:
    classes = {"1a.1": 60, "1a.2": 10, "2a.1": 20, "3a.1": 5, "4a.1": 4, "5a.1": 1}
    found = _one(reference, _document(*(_entry(one, _release(amount)) for one, amount in classes.items())))
    assert [(one.category, one.share, one.cumulative) for one in found.key_categories] == [
        ("1a", pytest.approx(0.7), pytest.approx(0.7)),
        ("2a", pytest.approx(0.2), pytest.approx(0.9)),
        ("3a", pytest.approx(0.05), pytest.approx(0.95)),
    ]


def test_there_are_no_key_categories_of_nothing(reference: Reference) -> None:
    assert _one(reference, _document(_entry("1a.1", _release(0)))).key_categories == ()


def test_a_trend_by_group_and_for_the_total(reference: Reference) -> None:
    years = [
        _document(_entry("1a.1", _release(4)), _entry("3a.1", _release(0)), year=2010, teq_scheme="I-TEQ"),
        _document(_entry("1a.1", _release(5)), _entry("3a.1", _release(2)), {"class": "1a.2", "key": "NE"}, year=2020),
        _document(_entry("2a.1", _release(7)), year=2024),
    ]
    first, second = _summary(reference, *reversed(years)).trends
    assert (first.before, first.after, second.before, second.after) == (2010, 2020, 2020, 2024)
    told = [(change.group, change.difference, change.percent) for change in first.changes]
    assert told == [("1", 1, 25), ("3", 2, None), (None, 3, 75)]
    assert first.changes[0].after.is_lower_bound
    assert first.notes == ("2010 is in I-TEQ, 2020 in no declared TEQ scheme",)
    assert [(change.group, change.difference) for change in second.changes] == [
        ("1", None), ("2", None), ("3", None), (None, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("total", "verdict"),
    [
        ({"value": 3.7, "unit": "g TEQ/a"}, "agrees"),
        ({"value": 3.6, "unit": "g TEQ/a"}, "differs"),
        ({"value": 3710, "unit": "mg TEQ/a", "group": 1}, "agrees"),
        ({"value": 3.5, "unit": "g TEQ/a", "group": 1, "vector": "air"}, "differs"),
        ({"value": 1, "unit": "g TEQ/a", "category": "1a"}, "agrees"),
        ({"value": 3.71, "unit": "g TEQ/a", "annex_c": "ii.A"}, "agrees"),
        ({"value": 3, "unit": "g TEQ/a", "annex_c": "II.b"}, "open"),
        ({"value": 3, "unit": "g TEQ/a", "annex_c": "IX.z"}, "open"),
        ({"value": 3, "unit": "g TEQ/a", "nfr": "5C1a"}, "open"),
        ({"value": 3, "unit": "g/a"}, "open"),
        ({"value": 3, "unit": "smoots"}, "open"),
        ({"value": 3}, "open"),
        ({"key": "NE", "group": 2}, "open"),
        ({"value": 3, "unit": "g TEQ/a", "group": 3}, "open"),
        ({"value": 3, "unit": "g TEQ/a", "group": 77}, "open"),
    ],
)
def test_a_reported_total_stands_beside_the_sum(reference: Reference, total: dict[str, Any], verdict: str) -> None:
    entries = [_entry("1a.1", _release(1)), _entry("1c.2", _release(2.71))]
    (found,) = _one(reference, _document(*entries, totals=[total])).reported
    assert found.verdict == verdict
    assert (found.why is not None) == (verdict == "open")


def test_a_total_above_a_lower_bound_does_not_differ_and_one_below_does(reference: Reference) -> None:
    totals = [{"value": value, "unit": "g TEQ/a"} for value in (5, 0.5)]
    entries = [_entry("1a.1", _release(1)), {"class": "1a.2", "key": "NE"}]
    found = _one(reference, _document(*entries, totals=totals)).reported
    assert [one.verdict for one in found] == ["above", "differs"]


def test_a_total_of_an_open_line_is_not_compared(reference: Reference) -> None:
    entries = [_entry("2d.1", _release(1)), _entry("2d.4", _release(2))]
    totals = [{"value": value, "unit": "g TEQ/a", "annex_c": "II.d(i)"} for value in (1, 3)]
    found = _one(reference, _document(*entries, totals=totals)).reported
    assert [one.verdict for one in found] == ["agrees", "open"]


def test_filters_take_what_people_type(reference: Reference) -> None:
    mass = next(name for name, row in reference.chemicals.items() if row["quantity"] == "mass")
    documents = [
        _document(_entry("1a.1", _release(1), _release(1, "kg/a", chemical=mass)), year=year) for year in (2010, 2020)
    ]
    summary = _summary(reference, *documents, chemicals=(mass.lower(),), parties=("ken",), years=(2020,))
    assert [(year.year, [one.chemical for one in year.chemicals]) for year in summary.years] == [(2020, [mass])]
    assert summary.trends == ()


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({"chemicals": ("soot",)}, "there is no chemical “soot”: it can be"),
        ({"parties": ("UGA",)}, "no file that could be read has an inventory of “UGA”: there is KEN"),
        ({"years": (1999,)}, "no file that could be read has an inventory of 1999: there is 2020"),
    ],
)
def test_a_filter_that_nothing_fits_is_a_wrong_command(
    reference: Reference, wanted: dict[str, Any], words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        _summary(reference, _document(_entry("1a.1", _release(1))), **wanted)


@pytest.mark.parametrize(
    "data",
    [
        [],
        "text",
        {"inventories": 5},
        {"party": "KEN", "inventories": [{"year": 2020, "entries": [7, {"releases": [None, {}]}], "totals": [[], {}]}]},
        {"party": "KEN", "inventories": [{"year": 2020, "entries": [{"class": "1a.1", "releases": [{"release": 5}]}]}]},
    ],
)
def test_documents_of_no_shape_are_named_and_stop_nothing(reference: Reference, data: Any) -> None:
    summary = _summary(reference, data, _document(_entry("1a.1", _release(1)), year=2021))
    assert summary.doubts
    assert summary.years[-1].chemicals[0].total.total.value == 1
