"""YAML: values by the core schema of 1.2, every value at its line and column, and no text ends the process."""

from __future__ import annotations

import json
import string
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invlint.errors import ReadingError
from invlint.sources.yaml_source import read_yaml


def _value(text: str) -> Any:
    return read_yaml(f"value: {text}\n")[0].data["value"]


def _at(text: str, pointer: str, document: int = 0) -> tuple[int | None, int | None]:
    spot = read_yaml(text)[document].locator.locate([pointer])[pointer]
    return spot.line, spot.column


def _refused(text: str) -> ReadingError:
    with pytest.raises(ReadingError) as caught:
        read_yaml(text)
    return caught.value


@pytest.mark.parametrize("text", ["NO", "no", "Yes", "on", "2013-01-01", "1_000", "0x1F", "12:30:00", ".inf", "<<"])
def test_what_only_older_yaml_takes_for_something_else_stays_text(text: str) -> None:
    assert text == _value(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", 12), ("-3", -3), ("1.10", 1.1), ("1e3", 1000.0), ("null", None), ("~", None), ("", None)],
)
def test_a_plain_scalar_is_what_the_core_schema_says(text: str, value: Any) -> None:
    assert (value, type(value)) == (_value(text), type(_value(text)))


@pytest.mark.parametrize(("text", "value"), [("true", True), ("False", False), ("NO", "NO"), ('"true"', "true")])
def test_only_true_and_false_answer_yes_or_no(text: str, value: Any) -> None:
    assert value == read_yaml(f"baseline: {text}\n")[0].data["baseline"]


@pytest.mark.parametrize("text", ["2013", "12", "1.10", "true", "1e3"])
def test_under_a_member_of_text_a_plain_scalar_is_text(text: str) -> None:
    """Nobody puts quotation marks round an edition or the number of a site."""
    assert text == read_yaml(f"edition: {text}\n")[0].data["edition"]
    assert [text] == read_yaml(f"scope: [{text}]\n")[0].data["scope"]


@pytest.mark.parametrize("text", ['"12"', "'12'", "!!str 12", "|-\n  12", "! 12"])
def test_a_number_that_is_quoted_or_tagged_as_text_is_text(text: str) -> None:
    assert _value(text) == "12"


def test_quoted_text_that_is_tagged_as_a_number_is_a_number() -> None:
    assert _value('!!int "12"') == 12


def test_a_number_of_hundreds_of_digits_stays_the_text_that_was_met() -> None:
    assert _value("9" * 5000) == "9" * 5000


def test_a_nested_value_is_found_at_its_line_and_column() -> None:
    text = "a: 1\nb:\n  - 0\n  - c:  7\n"
    assert _at(text, "/b/1/c") == (4, 9)
    assert _at(text, "/b/1") == (4, 5)


def test_windows_line_ends_count_once() -> None:
    assert _at("a: 1\r\nb: 2\r\nc: 3\r\n", "/c") == (3, 4)


@pytest.mark.parametrize(("name", "pointer"), [("a/b", "/a~1b"), ("m~n", "/m~0n"), ('"\\u00e9"', "/é"), ("12", "/12")])
def test_any_name_can_be_pointed_at(name: str, pointer: str) -> None:
    assert (2, len(name) + 3) == _at(f"first: 0\n{name}: 5\n", pointer)


def test_an_absent_member_is_found_at_its_nearest_parent() -> None:
    text = "x: 1\na:\n  b: 1\n"
    assert _at(text, "/a/z/y") == (3, 3)
    assert _at(text, "/a/b/c") == (3, 6)
    assert _at(text, "/z") == (1, 1)


def test_each_document_of_a_list_or_a_stream_finds_its_own_values() -> None:
    assert _at("- party: KEN\n- party: NOR\n", "/party", document=1) == (2, 10)
    assert _at("party: KEN\n---\nparty: NOR\n", "/party", document=1) == (3, 8)


def test_the_spot_of_a_document_in_a_list_points_from_the_top_of_the_file() -> None:
    document = read_yaml("- {a: 1}\n- {a: 2}\n")[1]
    assert document.locator.locate(["/a"])["/a"].pointer == "/1/a"


def test_a_member_given_twice_is_doubted_and_the_last_one_is_found() -> None:
    text = "a:\n  b: 1\n  b: 2\n"
    [document] = read_yaml(text)
    assert [(doubt.pointer, doubt.member) for doubt in document.doubts] == [("/a", "b")]
    assert document.data == {"a": {"b": "2"}}
    assert _at(text, "/a/b") == (3, 6)


def test_a_repeat_is_doubted_in_its_own_document_alone() -> None:
    assert [len(document.doubts) for document in read_yaml("- {a: 1, a: 2}\n- {a: 1}\n")] == [1, 0]


def test_an_alias_means_what_its_anchor_names() -> None:
    text = "a: &x {b: 1}\nc: *x\n"
    assert read_yaml(text)[0].data == {"a": {"b": "1"}, "c": {"b": "1"}}
    assert _at(text, "/c/b") == (1, 11)


def test_an_alias_of_nothing_is_refused_where_it_stands() -> None:
    error = _refused("a: 1\nb: *x\n")
    assert "*x stands for nothing" in error.problem
    assert (error.line, error.column) == (2, 4)


def test_an_anchor_holds_for_its_own_document_alone() -> None:
    assert "*x stands for nothing" in _refused("a: &x 1\n---\nb: *x\n").problem


def test_a_mistake_is_reported_where_it_stands() -> None:
    error = _refused("a: 1\nb: [1, 2\n")
    assert "not valid YAML" in error.problem
    assert error.line == 3


@pytest.mark.parametrize("text", ["", "  \n", "# nothing\n"])
def test_a_file_that_says_nothing_is_empty(text: str) -> None:
    assert _refused(text).problem == "the file is empty"


def test_an_empty_list_holds_no_inventory() -> None:
    assert "empty list" in _refused("[]\n").problem


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_is_refused(opening: str) -> None:
    assert "nested too deeply" in _refused(opening * 100_000).problem


def _bomb() -> str:
    lines = ["a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("text", [_bomb(), _bomb() + "? *i\n: 1\n", "- " + _bomb().replace("\n", "\n  ")])
def test_aliases_that_unfold_to_billions_of_values_are_refused(text: str) -> None:
    assert "unfolds to more values" in _refused(text).problem


def test_many_documents_that_share_one_large_part_are_refused_together() -> None:
    part = ", ".join(["1"] * 1000)
    assert "unfolds to more values" in _refused(f"- &a [{part}]\n" + "- [*a, *a, *a, *a, *a]\n" * 100).problem


@pytest.mark.parametrize("text", ["&a [*a]", "&a {b: *a}", "a: &x\n  b: [*x]\n"])
def test_a_part_that_holds_itself_is_refused(text: str) -> None:
    assert "refers to itself" in _refused(text).problem


def test_a_name_that_is_itself_a_part_is_shown_as_a_question_mark() -> None:
    text = "? &a [*a]\n: 1\nb: 2\n"
    assert read_yaml(text)[0].data == {"?": "1", "b": "2"}
    assert _at(text, "/b") == (3, 4)


_names = st.text(string.ascii_letters + string.digits + " /~é", max_size=6)
_scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(string.printable[:95] + "\nµé€", max_size=8)
)
_members = st.sampled_from(["value", "year", "baseline"]) | _names
_values = st.recursive(
    _scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_members, inner, max_size=4), max_leaves=15
)


@settings(deadline=None)
@given(value=_values, indent=st.sampled_from([None, 1]))
def test_json_is_yaml_and_reads_to_the_same_values(value: Any, indent: int | None) -> None:
    text = json.dumps({"top": value}, indent=indent)
    assert [{"top": _as_read(value, "top")}] == [document.data for document in read_yaml(text)]


def _as_read(value: Any, member: str) -> Any:
    """What YAML makes of JSON: under a member of text, numbers and true and false are the text that stands there."""
    if isinstance(value, dict):
        return {name: _as_read(inside, name) for name, inside in value.items()}
    if isinstance(value, list):
        return [_as_read(inside, str(place)) for place, inside in enumerate(value)]
    typed = ("baseline",) if isinstance(value, bool) else ("value", "year", "population", "group", "share")
    return json.dumps(value) if isinstance(value, (bool, int, float)) and member not in typed else value


@settings(deadline=None)
@given(
    values=st.lists(st.integers() | _names.map(lambda name: f"x{name}".strip()), min_size=1, max_size=6), data=st.data()
)
def test_the_text_of_a_scalar_stands_at_its_spot(values: list[Any], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(values) - 1))
    lines = [f"{' ' * 2}- {value}" for value in values]
    text = "a:\n" + "\n".join(lines) + "\n"
    pointer = f"/a/{place}"
    spot = read_yaml(text)[0].locator.locate([pointer])[pointer]
    assert (place + 2, 5) == (spot.line, spot.column)
