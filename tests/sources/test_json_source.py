"""JSON: every value is found at its line and column, and no text ends the process."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invlint.errors import ReadingError
from invlint.sources.document import escape
from invlint.sources.json_source import read_json


def _at(text: str, pointer: str, document: int = 0) -> tuple[int | None, int | None]:
    spot = read_json(text)[document].locator.locate([pointer])[pointer]
    return spot.line, spot.column


def _refused(text: str) -> ReadingError:
    with pytest.raises(ReadingError) as caught:
        read_json(text)
    return caught.value


def test_a_nested_value_is_found_at_its_line_and_column() -> None:
    text = '{"a": 1,\n "b": [0, {"c" : 7}]}'
    assert _at(text, "/b/1") == (2, 11)
    assert _at(text, "/b/1/c") == (2, 18)


def test_the_document_itself_is_found_behind_leading_space() -> None:
    assert _at("\n\n  {}", "") == (3, 3)


@pytest.mark.parametrize(("ends", "line"), [("\n", 3), ("\r\n", 3), ("\r", 3)])
def test_every_kind_of_line_end_counts_once(ends: str, line: int) -> None:
    assert (line, 6) == _at(ends.join(["{", '"a": 1,', '"b": 2}']), "/b")


@pytest.mark.parametrize("name", ["a/b", "m~n", "~1", "", "é\u2028", "\U0001f600", 'quote"', "back\\slash", "0"])
@pytest.mark.parametrize("ascii_alone", [True, False])
def test_any_name_can_be_pointed_at(name: str, ascii_alone: bool) -> None:
    text = json.dumps({"first": {"0": 1}, name: [5]}, ensure_ascii=ascii_alone)
    _, column = _at(text, f"/{escape(name)}/0")
    assert column is not None
    assert text[column - 1 :].startswith("5]")


def test_an_absent_member_is_found_at_its_nearest_parent() -> None:
    assert _at('{"a": {"b": 1}}', "/a/x/y") == (1, 7)
    assert _at('{"a": {"b": 1}}', "/a/b/c") == (1, 13)
    assert _at('{"a": {"b": 1}}', "/z") == (1, 1)


def test_a_place_behind_the_end_of_a_list_is_found_at_the_list() -> None:
    assert _at('{"a": [1, 2]}', "/a/2") == (1, 7)


def test_each_document_of_a_list_finds_its_own_values() -> None:
    text = '[{"party": "KEN"},\n {"party": "NOR"}]'
    assert [document.data["party"] for document in read_json(text)] == ["KEN", "NOR"]
    assert _at(text, "/party", document=0) == (1, 12)
    assert _at(text, "/party", document=1) == (2, 12)
    assert _at(text, "/edition", document=1) == (2, 2)


def test_the_spot_of_a_document_in_a_list_points_from_the_top_of_the_file() -> None:
    document = read_json('[{"a": 1}, {"a": 2}]')[1]
    assert document.locator.locate(["/a"])["/a"].pointer == "/1/a"


def test_a_member_given_twice_is_doubted_and_the_last_one_is_found() -> None:
    text = '{"a": {"b": 1, "b": 2}, "c": 1}'
    [document] = read_json(text)
    assert [(doubt.pointer, doubt.member) for doubt in document.doubts] == [("/a", "")]
    assert document.data == {"a": {"b": 2}, "c": 1}
    assert _at(text, "/a/b") == (1, 21)


def test_a_repeat_is_doubted_in_its_own_document_alone() -> None:
    assert [len(document.doubts) for document in read_json('[{"a": 1, "a": 2}, {"a": 1}]')] == [1, 0]


@pytest.mark.parametrize("text", ['{"a": [1,', '{"a": ', "[", '{"a"'])
def test_a_file_cut_off_is_said_to_end_too_early(text: str) -> None:
    assert "ends too early" in _refused(text).problem


def test_a_mistake_is_reported_where_it_stands() -> None:
    error = _refused('{"a": 1,\n "b": x}')
    assert (error.line, error.column) == (2, 7)


def test_a_mistake_in_a_file_of_carriage_returns_is_reported_on_its_line() -> None:
    error = _refused('{"a": 1,\r "b": x}')
    assert (error.line, error.column) == (2, 7)


@pytest.mark.parametrize("text", ["", " ", "\n\t\r\n"])
def test_a_file_of_space_is_empty(text: str) -> None:
    assert _refused(text).problem == "the file is empty"


def test_an_empty_list_holds_no_inventory() -> None:
    assert "empty list" in _refused(" [ ] ").problem


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "[" * 100_000 + "]" * 100_000, '{"a":' * 100_000 + "1" + "}" * 100_000, "[" * 200 + "]" * 200],
)
def test_deep_nesting_is_refused(text: str) -> None:
    assert "nested too deeply" in _refused(text).problem


def test_nesting_as_deep_as_an_inventory_ever_is_can_be_read() -> None:
    text = "[" * 50 + "1" + "]" * 50
    assert _at(text, "/0" * 49) == (1, 51)


def test_a_number_of_thousands_of_digits_stays_the_text_that_was_met() -> None:
    digits = "9" * 5000
    text = f'{{"a": {digits}, "b": 12, "c": 1}}'
    [document] = read_json(text)
    assert {"a": digits, "b": 12, "c": 1} == document.data
    assert _at(text, "/b") == (1, 5014)


def test_a_mistake_behind_a_number_of_thousands_of_digits_is_reported() -> None:
    assert "not valid JSON" in _refused("[" + "9" * 5000 + ", x]").problem


def test_what_is_not_a_number_is_read_and_found() -> None:
    text = '{"a": NaN, "b": -Infinity, "c": 1e999, "d": 4}'
    data = read_json(text)[0].data
    assert math.isnan(data["a"])
    assert (-math.inf, math.inf) == (data["b"], data["c"])
    assert _at(text, "/d") == (1, 45)


_json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=15,
)


def _pointers(value: Any, above: str = "") -> list[tuple[str, Any]]:
    found = [(above, value)]
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in parts:
        found += _pointers(inner, f"{above}/{escape(str(name))}")
    return found


def _offset(text: str, line: int, column: int) -> int:
    ends = [at + 1 for at, character in enumerate(text) if character == "\n"]
    return [0, *ends][line - 1] + column - 1


@settings(deadline=None)
@given(data=st.data(), value=_json_values, indent=st.sampled_from([None, 0, 1]), ascii_alone=st.booleans())
def test_decoding_at_the_spot_gives_the_value_of_the_pointer(
    data: st.DataObject, value: Any, indent: int | None, ascii_alone: bool
) -> None:
    text = json.dumps({"top": value}, indent=indent, ensure_ascii=ascii_alone)
    known = dict(_pointers({"top": value}))
    wanted = data.draw(st.lists(st.sampled_from(sorted(known)), min_size=1, unique=True))
    spots = read_json(text)[0].locator.locate(wanted)
    for pointer in wanted:
        line, column = spots[pointer].line, spots[pointer].column
        assert line is not None
        assert column is not None
        found, _ = json.JSONDecoder().raw_decode(text, _offset(text, line, column))
        assert json.dumps(known[pointer]) == json.dumps(found)
