"""Plain sums and products are computed as a spreadsheet does; whatever else a formula says, it does no harm."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invlint.sources.document import Spot
from invlint.sources.formulas import BlankError, Calculator, NotPlainError
from invlint.sources.sheet import Sheet
from invlint.sources.table_head import Grid
from invlint.sources.workbook_cells import Formula, SheetFacts, column_letters


def _sheet(rows: list[list[Any]], formulas: dict[tuple[int, int], Formula], name: str = "S") -> Sheet:
    return Sheet(name, Grid(rows, lambda _row, _place: Spot(), all_text=False), facts=SheetFacts(formulas=formulas))


def _value(text: str, *cells: Any) -> float:
    """What a formula comes to beside a first row of cells A1, B1 ..."""
    sheet = _sheet([list(cells), [f"={text}"]], {(1, 0): Formula(text)})
    return Calculator({"s": sheet}).value(sheet, 1, 0)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("A1*B1", 6.0),
        ("A1*B1/1000000", 6e-6),
        ("$A$1 * B$1", 6.0),
        ("A1+B1-C1", 1.0),
        ("-A1", -2.0),
        ("(A1+B1)*C1", 20.0),
        ("2*(3+4)", 14.0),
        ("50%*A1", 1.0),
        ("SUM(A1:C1)", 9.0),
        ("sum(A1,C1)", 6.0),
        ("SUM(A1:C1)*2", 18.0),
        ("PRODUCT(A1:C1)", 24.0),
        ("S!A1*'S'!B1", 6.0),
        ("1.5E-3*A1", 0.003),
        ('IF(COUNT(A1,B1)=2,A1*B1,"")', 6.0),
        ("IF(A1>B1,1,2)", 2.0),
        ("IF(A1<>B1,1,2)", 1.0),
        ('IF(A1="",0,A1)', 2.0),
        ("IF(ISBLANK(A1),0,B1)", 3.0),
        ("COUNT(A1:Z1)", 3.0),
    ],
)
def test_a_plain_formula_is_computed(text: str, value: float) -> None:
    assert _value(text, 2, 3, 4) == pytest.approx(value)


@pytest.mark.parametrize("text", ["A1*B1", "A1+B1", "SUM(B1:B1)", 'IF(B1="","",A1*B1)', "IF(COUNT(A1,B1)=2,A1*B1,B1)"])
def test_what_rests_on_a_blank_is_blank(text: str) -> None:
    with pytest.raises(BlankError):
        _value(text, 2, None)


@pytest.mark.parametrize(
    "text",
    [
        "VLOOKUP(A1,B1:C1,2)", "A1*", "A1 B1", "SUM(", "SUM(A1:", "[1]Other!A1", "Missing!A1", "A1&B1", "A1/0",
        "1E300*1E300", "A:A", "SUM(A:A)", "", "((A1)", "A1)", "B1*2", "IF(A1,1,2)", "IF(A1>,1,2)", "ISBLANK(A1)", '"x"',
        "SUM(A1:XFD1048576)", "B1=1",
    ],
)  # fmt: skip
def test_other_formulas_are_left_alone(text: str) -> None:
    with pytest.raises(NotPlainError):
        _value(text, 2, "NE")


def test_text_and_blanks_are_passed_over_by_sums_as_a_spreadsheet_does() -> None:
    assert _value("SUM(A1:D1)", 1, "2", None, 3) == 4


def test_a_shared_formula_moves_with_its_cell() -> None:
    sheet = _sheet([[2, 3, None], [5, 7, None]], {(1, 2): Formula("A1*$B$1", down=1)})
    assert Calculator({"s": sheet}).value(sheet, 1, 2) == 15


def test_a_formula_may_rest_on_formulas_without_a_value() -> None:
    sheet = _sheet([[2, "=A1*2", "=B1*2"]], {(0, 1): Formula("A1*2"), (0, 2): Formula("B1*2")})
    assert Calculator({"s": sheet}).value(sheet, 0, 2) == 8


def test_formulas_in_a_circle_and_chains_without_end_are_left_alone() -> None:
    circle = _sheet([["=B1", "=A1"]], {(0, 0): Formula("B1"), (0, 1): Formula("A1")})
    chain = _sheet(
        [[f"={column_letters(place + 1)}1" for place in range(500)] + [1]],
        {(0, place): Formula(f"{column_letters(place + 1)}1") for place in range(500)},
    )
    for sheet in (circle, chain):
        with pytest.raises(NotPlainError):
            Calculator({"s": sheet}).value(sheet, 0, 0)


def test_deep_and_long_formulas_are_left_alone() -> None:
    for text in ("(" * 400 + "1" + ")" * 400, "-" * 600 + "1" + "+1" * 400, "1+" * 5000 + "1"):
        with pytest.raises(NotPlainError):
            _value(text)


def test_many_large_sums_end() -> None:
    formulas = {(0, place): Formula("SUM(A2:ZZ1500)") for place in range(50)}
    sheet = _sheet([["="] * 50], formulas)
    calculator = Calculator({"s": sheet})
    outcomes: list[float | str] = []
    for place in range(50):
        try:
            outcomes.append(calculator.value(sheet, 0, place))
        except (NotPlainError, BlankError) as error:
            outcomes.append(type(error).__name__)
    assert outcomes[-1] == "NotPlainError"


_numbers = st.integers(min_value=1, max_value=10**6)


@given(st.lists(st.tuples(st.sampled_from("+-*/"), _numbers), min_size=1, max_size=12))
def test_arithmetic_is_that_of_the_machine(terms: list[tuple[str, int]]) -> None:
    text = "1" + "".join(f"{sign}{number}" for sign, number in terms)
    assert _value(text) == pytest.approx(eval(text))  # noqa: S307


@given(st.text(alphabet="ABSUM()*+-/,;:%$!\"=<>0123456789. 'IF", max_size=60))
def test_no_formula_does_harm(text: str) -> None:
    with suppress(NotPlainError, BlankError):
        assert isinstance(_value(text, 2, 3), (int, float))
