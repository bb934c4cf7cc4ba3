"""The rows of the table `shape`: each violation at its place, in a sentence that says what to do."""

from __future__ import annotations

from typing import Any

import pytest

from invlint.schema import shape_rows
from invlint.sources import Document, Doubt, Reading
from invlint.sources.json_source import read_json

_FRAME = {"format": "invlint/inventory-1", "party": "KEN"}


def _rows(*documents: Any) -> list[dict[str, Any]]:
    locator = read_json("{}")[0].locator
    return shape_rows([Reading("a.json", None, tuple(Document(data, locator) for data in documents))])


def _violation(**members: Any) -> tuple[str, str, str]:
    """Pointer, member and problem of the one violation in a document with these members."""
    [row] = _rows({**_FRAME, **members})
    return row["place"][1], row["member"], row["problem"]


def test_a_document_that_keeps_the_schema_is_one_row_without_a_problem() -> None:
    assert _rows(_FRAME) == [{"path": "a.json", "place": (0, "")}]


def test_documents_are_numbered_through_all_files() -> None:
    [good] = read_json('{"format": "invlint/inventory-1", "party": "KEN"}')
    readings = [Reading("a", None, (good, good)), Reading("b", None, (), "problem"), Reading("c", None, (good,))]
    assert [(row["path"], row["place"][0]) for row in shape_rows(readings)] == [("a", 0), ("a", 1), ("c", 2)]


def test_a_doubt_of_the_reader_is_a_row() -> None:
    [good] = read_json('{"format": "invlint/inventory-1", "party": "KEN"}')
    doubtful = good._replace(doubts=(Doubt("/#0", "vektor", "no such column"),))
    assert shape_rows([Reading("a", None, (doubtful,))]) == [
        {"path": "a", "member": "vektor", "problem": "no such column", "place": (0, "/#0")}
    ]


def test_an_unknown_member_is_found_with_the_nearest_name() -> None:
    pointer, member, problem = _violation(inventories=[{"yaer": 2012}])
    assert (pointer, member) == ("/inventories/0/yaer", "yaer")
    assert "did you mean “year”?" in problem


def test_an_unknown_member_like_no_other_is_answered_with_those_there_are() -> None:
    pointer, _, problem = _violation(**{"x/y": 1})
    assert pointer == "/x~1y"
    assert "the members here are format, party, edition" in problem


def test_each_unknown_member_is_a_row() -> None:
    assert [row["place"][1] for row in _rows({**_FRAME, "x1": 1, "x2": 2})] == ["/x1", "/x2"]


@pytest.mark.parametrize("name", ["format", "party"])
def test_a_missing_member_is_found_where_it_should_be(name: str) -> None:
    [row] = _rows({key: value for key, value in _FRAME.items() if key != name})
    assert ((0, f"/{name}"), name) == (row["place"], row["member"])
    assert f"“{name}” is missing" in row["problem"]


@pytest.mark.parametrize(
    ("members", "pointer", "problem"),
    [
        ({"format": "x"}, "/format", '“format” must be “invlint/inventory-1”, not "x"'),
        ({"party": 5}, "/party", '“party” must be text, not 5: write it as "5"'),
        (
            {"party": None},
            "/party",
            "“party” must be text, not empty (null): leave the member out where there is no value",
        ),
        ({"inventories": {}}, "/inventories", "“inventories” must be a list, not an object"),
        ({"inventories": [7]}, "/inventories/0", "this item must be an object with members, not 7"),
        ({"inventories": [{"year": 2012.5}]}, "/inventories/0/year", "“year” must be a whole number, not 2012.5"),
        ({"inventories": [{"year": True}]}, "/inventories/0/year", "“year” must be a whole number, not true"),
        (
            {"inventories": [{"baseline": "yes"}]},
            "/inventories/0/baseline",
            '“baseline” must be true or false, not "yes"',
        ),
        ({"scope": [5]}, "/scope/0", 'this item must be text, not 5: write it as "5"'),
    ],
)
def test_a_value_of_the_wrong_kind_is_named_with_what_it_must_be(
    members: dict[str, Any], pointer: str, problem: str
) -> None:
    found, _, said = _violation(**members)
    assert (pointer, problem) == (found, said)


@pytest.mark.parametrize("data", [None, [], "text", 5])
def test_a_document_that_is_no_object_is_told_what_one_is(data: Any) -> None:
    [row] = _rows(data)
    assert "the document must be an object with members such as format and party" in row["problem"]


def test_text_where_a_number_belongs_is_left_to_its_own_rule() -> None:
    share = {**_FRAME, "inventories": [{"year": "2012", "entries": [{"share": "0,4"}]}]}
    assert _rows(share) == [{"path": "a.json", "place": (0, "")}]


def test_a_whole_number_written_with_a_point_is_whole() -> None:
    assert _rows({**_FRAME, "inventories": [{"year": 2012.0}]}) == [{"path": "a.json", "place": (0, "")}]


def test_a_long_value_is_shown_cut() -> None:
    _, _, problem = _violation(format="x" * 1000)
    assert problem.endswith("xxx...")
    assert len(problem) < 120


def test_a_document_with_thousands_of_violations_shows_the_first_and_says_that_there_are_more() -> None:
    rows = _rows({**_FRAME, "inventories": [5] * 3000})
    assert len(rows) == 1001
    assert "more than 1000 things" in rows[-1]["problem"]


def test_values_nested_as_deep_as_readers_allow_are_explained() -> None:
    nested: Any = 1
    for _ in range(90):
        nested = [nested]
    assert "must be text, not a list" in _violation(party=nested)[2]
