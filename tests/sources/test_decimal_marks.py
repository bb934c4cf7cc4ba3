"""Numbers with a decimal comma or point: read by the evidence of their file, or not at all."""

from __future__ import annotations

import pytest

from invlint.sources.decimal_marks import decimal_mark, plain_number


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["3000", "NA", "0,5"], ","),
        (["3000", "0.5"], "."),
        (["1.500", "0,500"], ","),
        (["1.500,25"], ","),
        (["1,500.25"], "."),
        (["1,500,000"], "."),
        (["1234,500"], ","),
        (["1,500", "2.500", "300"], None),
        (["0,5", "0.5"], None),
        (["ND", ""], None),
    ],
)
def test_the_mark_of_a_file_is_what_its_numbers_can_only_mean(texts: list[str], mark: str | None) -> None:
    assert mark == decimal_mark(texts)


@pytest.mark.parametrize(
    ("text", "mark", "number"),
    [
        ("3000", None, "3000"),
        (" 35 000,5 ", None, "35000.5"),
        ("35 000", None, "35000"),
        ("1'000'000", None, "1000000"),
        ("0,0030", None, "0.0030"),
        ("1,500", ".", "1500"),
        ("1,500", ",", "1.500"),
        ("1.500", ".", "1.500"),
        ("1.500", ",", "1500"),
        ("0.5", ",", "0.5"),
        ("1.500,25", ".", "1500.25"),
        ("1e-7", None, "1e-7"),
        ("2,5E3", None, "2.5E3"),
    ],
)
def test_a_number_keeps_its_digits(text: str, mark: str | None, number: str) -> None:
    assert number == plain_number(text, mark)


@pytest.mark.parametrize("text", ["1,500", "1.500", "12.345", "100,000"])
def test_a_number_that_can_be_two_is_not_read_without_evidence(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        plain_number(text, None)


@pytest.mark.parametrize(
    "text",
    ["", ".", ",", ".e5", "e5", "-3", "<3", "3-5", "~3", "3*", "1,50,000", "1.50.000", "12 34", "1e999", "nan", "inf",
     "٣", "³", "0x10", "1_000", "3\x00", "9" * 41, "1" + ",000" * 30],
)  # fmt: skip
def test_anything_else_is_no_number(text: str) -> None:
    assert plain_number(text, ".") is None
