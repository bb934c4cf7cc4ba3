"""A flat table to documents: what rows become, and what is doubted when they cannot be taken whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from invlint.sources.csv_source import read_csv
from invlint.sources.document import Spot
from invlint.sources.flat import read_under_first_row
from invlint.sources.table_head import Grid

if TYPE_CHECKING:
    from invlint.sources import Document


def _document(*rows: str) -> Document:
    [document] = read_csv("\n".join(rows) + "\n")
    return document


def _inventory(*rows: str) -> dict[str, Any]:
    inventory: dict[str, Any]
    [inventory] = _document(*rows).data["inventories"]
    return inventory


def _doubts(document: Document) -> list[tuple[int | None, int | None, str]]:
    """Line, column and problem of each doubt."""
    spots = document.locator.locate([doubt.pointer for doubt in document.doubts])
    return [(spots[doubt.pointer].line, spots[doubt.pointer].column, doubt.problem) for doubt in document.doubts]


def test_each_party_has_its_own_document() -> None:
    documents = read_csv("party,year,class\nKEN,2012,1a.1\nNOR,2012,1a.1\nKEN,2012,1a.2\n")
    assert [(document.data["party"], len(document.data["inventories"][0]["entries"])) for document in documents] == [
        ("KEN", 2),
        ("NOR", 1),
    ]
    spots = [document.locator.locate(["/inventories/0/entries/0/class"]) for document in documents]
    assert [spot.line for found in spots for spot in found.values()] == [2, 3]


def test_each_year_has_its_own_inventory() -> None:
    document = _document("party,year,class", "KEN,2012,1a.1", "KEN,2007,1a.1", "KEN,2012,1a.2")
    assert [(each["year"], len(each["entries"])) for each in document.data["inventories"]] == [(2012, 2), (2007, 1)]


def test_a_row_without_a_party_makes_a_document_without_one() -> None:
    assert "party" not in _document("year,class", "2012,1a.1").data


def test_rows_of_one_class_and_site_are_releases_of_one_entry() -> None:
    entries = _inventory(
        "party,year,class,site,vector,activity,activity_unit",
        "KEN,2012,1a.1,North,air,5,t/a",
        "KEN,2012,1a.1,North,residue,5,t/a",
        "KEN,2012,1a.1,South,air,6,t/a",
    )["entries"]
    assert [(entry["site"], [release["vector"] for release in entry["releases"]]) for entry in entries] == [
        ("North", ["air", "residue"]),
        ("South", ["air"]),
    ]


def test_an_activity_that_differs_belongs_to_the_release_of_its_row() -> None:
    [entry] = _inventory("party,year,class,vector,activity", "KEN,2012,1a.1,air,5", "KEN,2012,1a.1,residue,9")[
        "entries"
    ]
    assert entry["activity"] == {"value": 5}
    assert [release.get("activity") for release in entry["releases"]] == [None, {"value": 9}]


def test_a_row_with_a_release_and_no_class_is_a_total() -> None:
    inventory = _inventory("party,year,group,class,vector,release,release_unit", "KEN,2012,1,,air,3.6,g TEQ/a")
    assert inventory["totals"] == [{"group": 1, "vector": "air", "value": 3.6, "unit": "g TEQ/a"}]


def test_a_row_with_a_key_and_an_nfr_code_is_a_total() -> None:
    inventory = _inventory("party,year,nfr,chemical,vector,key", "KEN,2012,2C3,HCB,air,NA")
    assert inventory["totals"] == [{"nfr": "2C3", "chemical": "HCB", "vector": "air", "key": "NA"}]


def test_a_row_with_a_key_and_no_class_is_a_whole_category() -> None:
    inventory = _inventory("party,year,category,class,key,reason", "KEN,2012,1b,,NE,no register")
    assert inventory["entries"] == [{"category": "1b", "key": "NE", "reason": "no register"}]


def test_a_row_of_a_party_and_year_alone_makes_an_inventory() -> None:
    assert _inventory("party,year,population,class", "KEN,2012,43200000,") == {"year": 2012, "population": 43200000}


def test_a_remark_beside_a_class_without_a_release_belongs_to_the_entry() -> None:
    [entry] = _inventory("party,year,class,activity,notes", "KEN,2012,1a.1,5,from a survey")["entries"]
    assert entry["notes"] == "from a survey"


def test_a_remark_beside_a_release_belongs_to_the_release() -> None:
    [entry] = _inventory("party,year,class,vector,notes", "KEN,2012,1a.1,air,from a survey")["entries"]
    assert entry["releases"] == [{"vector": "air", "notes": "from a survey"}]
    assert "notes" not in entry


def test_what_a_later_row_says_of_an_entry_is_kept_and_found_there() -> None:
    document = _document("party,year,class,vector,share", "KEN,2012,1a.1,air,", "KEN,2012,1a.1,residue,0.4")
    pointer = "/inventories/0/entries/0/share"
    assert document.data["inventories"][0]["entries"][0]["share"] == 0.4
    assert document.locator.locate([pointer])[pointer][:2] == (3, 23)


@pytest.mark.parametrize(
    ("head", "first", "second"),
    [("vector,share", "air,0.4", "residue,0.5"), ("activity,site", "5,", "6,"), ("activity,vector", "5,air", "6,")],
)
def test_two_rows_that_say_different_things_of_one_entry_are_doubted(head: str, first: str, second: str) -> None:
    document = _document(f"party,year,class,{head}", f"KEN,2012,1a.1,{first}", f"KEN,2012,1a.1,{second}")
    [(line, _, problem)] = _doubts(document)
    assert line == 3
    assert "make them agree" in problem


def test_an_edition_that_differs_by_year_belongs_to_the_year() -> None:
    document = _document("party,year,edition,class", "KEN,2007,2005,1a.1", "KEN,2012,2013,1a.1")
    assert document.data["edition"] == "2005"
    assert [inventory.get("edition") for inventory in document.data["inventories"]] == [None, "2013"]
    assert document.locator.locate(["/inventories/1/edition"])["/inventories/1/edition"][:2] == (3, 10)
    assert document.doubts == ()


@pytest.mark.parametrize(
    ("column", "first", "second"),
    [
        ("edition", "2013", "2005"),
        ("teq_scheme", "I-TEQ", "WHO-2005"),
        ("scope", "6b.1;6b.3", "6b.1"),
        ("population", "1", "2"),
    ],
)
def test_what_differs_within_one_party_and_year_is_doubted(column: str, first: str, second: str) -> None:
    document = _document(f"party,year,{column},class", f"KEN,2012,{first},1a.1", f"KEN,2012,{second},1a.2")
    [(line, at, problem)] = _doubts(document)
    assert (line, at) == (3, 10)
    assert f"{column} is “{second}”" in problem
    assert column not in document.data or document.data[column] in (first, first.split(";"))


def test_what_differs_within_a_later_year_is_doubted() -> None:
    document = _document("party,year,edition,class", "KEN,2007,2005,1a.1", "KEN,2012,2013,1a.1", "KEN,2012,2005,1a.2")
    assert [line for line, _, _ in _doubts(document)] == [4]


def test_a_day_of_submission_that_differs_is_doubted() -> None:
    document = _document("party,year,submitted,class", "KEN,2007,2024-01-01,1a.1", "KEN,2012,2024-02-02,1a.1")
    assert document.data["submitted"] == "2024-01-01"
    assert [(line, column) for line, column, _ in _doubts(document)] == [(3, 10)]


def test_an_unknown_column_is_doubted_at_the_head_with_the_nearest_name() -> None:
    document = _document("party,year,class,vektor", "KEN,2012,1a.1,air")
    [(line, column, problem)] = _doubts(document)
    assert (line, column) == (1, 18)
    assert "did you mean “vector”?" in problem


def test_a_column_like_no_other_is_doubted_without_a_guess() -> None:
    [(_, _, problem)] = _doubts(_document("party,year,class,zzzz", "KEN,2012,1a.1,air"))
    assert "give it the name of a column" in problem


def test_a_column_given_twice_is_doubted_and_the_first_is_read() -> None:
    document = _document("party,year,class,site,site", "KEN,2012,1a.1,North,South")
    assert document.data["inventories"][0]["entries"][0]["site"] == "North"
    assert [(line, column) for line, column, _ in _doubts(document)] == [(1, 23)]


def test_a_value_under_no_name_is_doubted() -> None:
    document = _document("party,year,,class", "KEN,2012,stray,1a.1", "KEN,2012,,1a.2,behind")
    assert [(line, column, problem.split("”")[0][1:]) for line, column, problem in _doubts(document)] == [
        (2, 10, "stray"),
        (3, 16, "behind"),
    ]


def test_a_row_that_is_nothing_is_doubted() -> None:
    [(line, _, problem)] = _doubts(
        _document("party,year,class,vector,activity", "KEN,2012,1a.1,air,5", "KEN,2012,,air,5")
    )
    assert line == 3
    assert "complete it" in problem


def test_every_doubt_has_a_place_of_its_own() -> None:
    document = _document("party,year,class,,x1,y2", "KEN,2012,1a.1,a,,", "KEN,2013,1a.2,b,,")
    assert sorted((line, column) for line, column, _ in _doubts(document)) == [(1, 19), (1, 22), (2, 15), (3, 15)]


def test_a_head_that_stands_again_further_down_is_passed_over() -> None:
    inventory = _inventory("party,year,class", "KEN,2012,1a.1", "Party,Year,Class", "KEN,2012,1a.2")
    assert [entry["class"] for entry in inventory["entries"]] == ["1a.1", "1a.2"]


def test_heads_are_known_however_people_type_them() -> None:
    [entry] = _inventory(" PARTY ,Year,Class,Activity Unit,activity-year", "KEN,2012,1a.1,t/a,2011")["entries"]
    assert entry["activity"] == {"unit": "t/a", "year": 2011}


def test_source_and_confidence_fill_those_of_activity_and_factor() -> None:
    document = _document(
        "party,year,class,vector,activity,factor,source,factor_source", "KEN,2012,1a.1,air,5,7,survey,Toolkit"
    )
    [entry] = document.data["inventories"][0]["entries"]
    assert (entry["activity"]["source"], entry["releases"][0]["factor"]["source"]) == ("survey", "Toolkit")
    pointer = "/inventories/0/entries/0/activity/source"
    assert document.locator.locate([pointer])[pointer][:2] == (2, 23)


def test_a_table_with_effects_holds_recalculations() -> None:
    document = _document("party,year,class,reason,effect,effect_unit", "KEN,2007,1c.2,toolkit-edition,-0.4,g TEQ/a")
    assert document.data["recalculations"] == [
        {"year": 2007, "class": "1c.2", "reason": "toolkit-edition", "effect": {"value": -0.4, "unit": "g TEQ/a"}}
    ]
    assert document.locator.locate(["/recalculations/0/effect"])["/recalculations/0/effect"][:2] == (2, 31)


def test_a_table_that_names_no_column_of_an_inventory_is_read_to_doubts() -> None:
    [document] = read_under_first_row(Grid([["x1"], ["a"]], lambda row, place: Spot(row + 1, place + 1), all_text=True))
    assert [(line, column) for line, column, _ in _doubts(document)] == [(1, 1)]


@pytest.mark.parametrize("column", ["activity", "factor", "site", "origin"])
def test_a_row_of_a_class_without_its_class_is_no_total_but_a_doubt(column: str) -> None:
    document = _document(f"party,year,class,vector,{column},release", "KEN,2012,,air,5,3")
    [doubt] = document.doubts
    assert "name the class" in doubt.problem
    assert "totals" not in document.data["inventories"][0]


@pytest.mark.parametrize(
    ("category", "group", "class_id", "doubted"),
    [
        ("1c", "1", "1c.2", False),
        ("1.C", "", "1c2", False),
        ("1a", "", "1c.2", True),
        ("", "2", "1c.2", True),
        ("", "1", "10a", True),
        ("", "10", "10a", False),
        ("2c", "", "2c.steel.1", False),
    ],
)
def test_a_category_or_group_that_does_not_contain_the_class_is_a_doubt(
    category: str, group: str, class_id: str, doubted: bool
) -> None:
    document = _document("party,year,group,category,class,key", f"KEN,2012,{group},{category},{class_id},NO")
    assert doubted is bool(document.doubts)
