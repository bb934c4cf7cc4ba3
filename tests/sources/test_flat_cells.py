"""Cells of a flat table: what is plainly a number is one, all else stays the text that was met."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from invlint.sources.cells import as_text, is_blank, typed


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("+4", 4),
        ("0.5", 0.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("1e3", 1000.0),
        (" 7 ", 7),
        ("1.10", 1.1),
    ],
)
def test_plain_text_of_a_text_format_is_a_number(text: str, value: float) -> None:
    found = typed("activity", text, all_text=True)
    assert (value, type(value)) == (found, type(found))


@pytest.mark.parametrize(
    "text",
    [
        "1,5",
        "1 200",
        "1.200,5",
        "5%",
        "<5",
        "NO",
        "nan",
        "inf",
        "0x1F",
        "1_000",
        "١٢",
        "１２",
        "12 *",
        "9" * 400,
        "--1",
    ],
)
def test_text_that_is_not_plainly_a_number_stays_text(text: str) -> None:
    assert text == typed("activity", text, all_text=True)


def test_a_number_as_text_stays_text_where_the_format_has_numbers() -> None:
    assert typed("activity", "12", all_text=False) == "12"


@pytest.mark.parametrize(
    ("cell", "value"), [("2012", 2012), ("2012.0", 2012), (2012.0, 2012), (2012.5, 2012.5), ("x", "x")]
)
def test_a_whole_number_is_whole_where_it_can_be(cell: Any, value: Any) -> None:
    found = typed("year", cell, all_text=True)
    assert (value, type(value)) == (found, type(found))


@pytest.mark.parametrize(
    ("cell", "value"), [("Yes", True), ("oui", True), (True, True), (1.0, True), ("no", False), (0, False)]
)
def test_a_column_of_yes_and_no_knows_the_words_for_them(cell: Any, value: object) -> None:
    assert value is typed("baseline", cell, all_text=True)


def test_any_other_word_stays_in_a_column_of_yes_and_no() -> None:
    assert typed("baseline", "maybe", all_text=True) == "maybe"


def test_a_list_is_divided_by_semicolons_and_commas() -> None:
    assert typed("scope", " 6b.1; 6b.3 ,7;", all_text=True) == ["6b.1", "6b.3", "7"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (2013.0, "2013"),
        (0.5, "0.5"),
        (1e300, "1e+300"),
        (False, "false"),
        (" 1c.2 ", "1c.2"),
        (datetime.date(2024, 8, 31), "2024-08-31"),
        (datetime.datetime(2024, 8, 31), "2024-08-31"),
        (datetime.datetime(2024, 8, 31, 5), "2024-08-31T05:00:00"),
        (datetime.time(5, 6), "05:06:00"),
    ],
)
def test_a_cell_as_text_is_what_people_see(cell: Any, text: str) -> None:
    assert text == as_text(cell)


@pytest.mark.parametrize(
    ("cell", "blank"), [(None, True), ("", True), (" \u00a0\n", True), (0, False), (False, False), ("-", False)]
)
def test_a_cell_is_blank_when_it_holds_nothing_but_space(cell: Any, blank: object) -> None:
    assert blank is is_blank(cell)
