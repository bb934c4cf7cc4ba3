"""The one form of every expression."""

from __future__ import annotations

import pytest

from invlint.lang import format_rules

BEFORE = "rule TST001 a-test\n\n  severity error\n\n  for each r in releases\n"
AFTER = '\n  message "wrong"\n'


def _section(section: str) -> str:
    """A section of a block, formatted."""
    between = "" if section.startswith("expect") else "\n  expect x"
    text = f"{BEFORE}  {section}{between}{AFTER}"
    formatted = format_rules(text, "test.rule")
    return formatted.removeprefix(BEFORE).removesuffix(f"{between}{AFTER}").strip()


def _formula(formula: str) -> str:
    return _section(f"expect {formula}").removeprefix("expect ")


@pytest.mark.parametrize(
    "literal", ["5", "0.50", "1e-3", "1.5E+2", "5 %", "12.5%", "5 ug TEQ/t", "3 t / a", '"5  t"', "1c.2", "007"]
)
def test_a_value_stays_as_it_was_written(literal: str) -> None:
    assert f"x = {literal}" == _formula(f"x = {literal}")


@pytest.mark.parametrize(
    ("written", "formatted"),
    [
        ("x   =1", "x = 1"),
        ("r . factor*2>3", "r.factor * 2 > 3"),
        ("min( r.factor ,2 )>3", "min(r.factor, 2) > 3"),
        ("- x = -  1", "-x = -1"),
        ("x=5   %", "x = 5 %"),
        ("x = 5   ug TEQ/t", "x = 5 ug TEQ/t"),
        ("x in{NE,IE ,C}", "x in {NE, IE, C}"),
        ("x not  in {NE}", "x not in {NE}"),
        ("x between 1\nand 2", "x between 1 and 2"),
        ("x = y within 5 % to\n reported digits", "x = y within 5 % to reported digits"),
        ("x = y to  reported digits", "x = y to reported digits"),
        ("x is  missing and y is reported or z is key  NE", "(x is missing and y is reported) or z is key NE"),
        ("no  row in entries", "no row in entries"),
        ("r  fails other-rule", "r fails other-rule"),
        ("count of  rows in entries>2", "count of rows in entries > 2"),
        (
            "some row in entries matching class,year=5 with key is missing",
            "some row in entries matching class, year = 5 with key is missing",
        ),
    ],
)
def test_blanks_are_single(written: str, formatted: str) -> None:
    assert formatted == _formula(written)


@pytest.mark.parametrize(
    ("written", "formatted"),
    [
        ("((x)) = (1)", "x = 1"),
        ("(a + b) + (c) = 1", "a + b + c = 1"),
        ("a + (b + c) = 1", "a + (b + c) = 1"),
        ("a - (b - c) = 1", "a - (b - c) = 1"),
        ("(a * b) + (c / d) = 1", "a * b + c / d = 1"),
        ("(a + b) * c = 1", "(a + b) * c = 1"),
        ("a / (b * c) = 1", "a / (b * c) = 1"),
        ("a * (b ^ c) = 1", "a * b ^ c = 1"),
        ("(a ^ b) ^ c = 1", "(a ^ b) ^ c = 1"),
        ("a ^ (b ^ c) = 1", "a ^ (b ^ c) = 1"),
        ("(-a) ^ (-b) = 1", "-a ^ -b = 1"),
        ("-(a ^ b) = 1", "-(a ^ b) = 1"),
        ("-(-(a)) = 1", "--a = 1"),
        ("(a = 1) and (b = 2)", "a = 1 and b = 2"),
        ("(a = 1) = b", "(a = 1) = b"),
        ("(a and b) and (c and d)", "a and b and (c and d)"),
        ("(a or b) or c", "a or b or c"),
        ("(a or b) and c", "(a or b) and c"),
        ("min((a), (b + c)) > (d)", "min(a, b + c) > d"),
        ("(a) in {(b), (c + d)}", "a in {b, c + d}"),
        ("not (not (a))", "not not a"),
        ("not (r fails other-rule)", "not r fails other-rule"),
        ("not (some row in entries)", "not some row in entries"),
        ("(not a) and b", "not a and b"),
    ],
)
def test_needless_parentheses_go_and_needed_ones_stay(written: str, formatted: str) -> None:
    assert formatted == _formula(written)


@pytest.mark.parametrize(
    ("written", "formatted"),
    [
        ("a or b and c", "a or (b and c)"),
        ("a and b or c and d", "(a and b) or (c and d)"),
        ("not a = b", "not (a = b)"),
        ("not -a", "not (-a)"),
    ],
)
def test_what_people_read_in_two_ways_has_parentheses(written: str, formatted: str) -> None:
    assert formatted == _formula(written)


@pytest.mark.parametrize(
    ("written", "formatted"),
    [
        ("(some row in t with a) or b", "(some row in t with a) or b"),
        ("a or (some row in t with b)", "a or some row in t with b"),
        ("a or (some row in t with b) or c", "a or (some row in t with b) or c"),
        ("(some row in t matching a) and b", "some row in t matching a and b"),
        ("(not (some row in t with a)) and b", "not (some row in t with a) and b"),
        ("(count of rows in t) > 1", "count of rows in t > 1"),
        ("(count of rows in t matching a) > 1", "(count of rows in t matching a) > 1"),
        ("1 > (count of rows in t matching a)", "1 > count of rows in t matching a"),
        ("(a + (count of rows in t matching a)) > 1", "a + (count of rows in t matching a) > 1"),
        ("a + (count of rows in t with b) - 1 > 2", "a + (count of rows in t with b) - 1 > 2"),
        ("a * (b + (count of rows in t with b)) - 1 > 2", "a * (b + count of rows in t with b) - 1 > 2"),
        ("-(sum of a in t with b) > 2", "-(sum of a in t with b) > 2"),
        ("a = (sum of b in t with c) within 5 %", "a = (sum of b in t with c) within 5 %"),
        ("a = (sum of b in t with c) to reported digits", "a = (sum of b in t with c) to reported digits"),
        ("a between (count of rows in t with c) and 3", "a between (count of rows in t with c) and 3"),
        ("a between 1 and (count of rows in t with c)", "a between 1 and count of rows in t with c"),
        ("(count of rows in t with c) in {a}", "(count of rows in t with c) in {a}"),
        ("(count of rows in t with c) is missing", "(count of rows in t with c) is missing"),
        ("min((sum of a in t matching b), c) > 1", "min((sum of a in t matching b), c) > 1"),
        ("min(c, (sum of a in t matching b)) > 1", "min(c, sum of a in t matching b) > 1"),
        ("(sum of (count of rows in u) in t) > 1", "sum of (count of rows in u) in t > 1"),
        (
            "some row in t matching a = (count of rows in u) with b",
            "some row in t matching a = (count of rows in u) with b",
        ),
        ("some row in t with (some row in u with a)", "some row in t with some row in u with a"),
    ],
)
def test_a_look_up_does_not_take_in_what_follows_it(written: str, formatted: str) -> None:
    assert formatted == _formula(written)


@pytest.mark.parametrize(
    "formula",
    [
        "(5 t) / a > 1",
        "(x * 5 t) / a > 1",
        "5 t / r.factor > 1",
        "5 t / min(a, b) > 1",
        "5 t + a > 1",
        "5 / a > 1",
        "sum of (rows) in t > 1",
        "sum of (rows.factor + 1) in t > 1",
        "sum of rows_read in t > 1",
    ],
)
def test_parentheses_stay_where_words_would_be_read_as_others(formula: str) -> None:
    assert formula == _formula(formula)


def test_a_number_over_a_name_on_two_lines_is_no_unit_on_one() -> None:
    assert "(5 t) / a > 1" == _formula("5 t\n / a > 1")


@pytest.mark.parametrize("section", ["let x = (one)", "let x = (one.factor * 2)", "let x = one row in t with a = 1"])
def test_a_row_called_one_is_not_a_look_up(section: str) -> None:
    assert section == _section(section)
