"""What each operation gives row by row, missing values among them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invlint.engine.operations import OPERATIONS

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


def _apply(name: str, *values: Any) -> Any:
    (result,) = OPERATIONS[name](*([value] for value in values))
    return result


@pytest.mark.parametrize(
    ("one", "other", "both", "either"),
    [
        (True, True, True, True),
        (True, False, False, True),
        (True, None, None, True),
        (False, True, False, True),
        (False, False, False, False),
        (False, None, False, None),
        (None, True, None, True),
        (None, False, False, None),
        (None, None, None, None),
    ],
)
def test_and_and_or_know_a_third_value(one: Any, other: Any, both: Any, either: Any) -> None:
    assert (_apply("and", one, other), _apply("or", one, other)) == (both, either)


@pytest.mark.parametrize(("value", "opposite"), [(True, False), (False, True), (None, None)])
def test_not_leaves_missing_as_it_is(value: Any, opposite: Any) -> None:
    assert _apply("not", value) is opposite


@pytest.mark.parametrize(("value", "missing"), [(None, True), (0.0, False), ("", False), (False, False)])
def test_missing_and_reported_are_never_missing(value: Any, missing: bool) -> None:
    assert (_apply("is_missing", value), _apply("is_reported", value)) == (missing, not missing)


@pytest.mark.parametrize(
    ("one", "other", "order"),
    [
        (1.0, 1.0, 0),
        (1.0, 2.0, -1),
        (2.0, 1.0, 1),
        (1.0, 1.0 + 5e-10, 0),
        (1.0, 1.0 + 5e-9, -1),
        (1e-20, 1.1e-20, -1),
        (0.1 + 0.2, 0.3, 0),
        (0.0, 1e-300, -1),
        (-1.0, 1.0, -1),
        (-1.0, -1.0 - 5e-10, 0),
    ],
)
def test_numbers_are_equal_up_to_the_noise_of_conversions(one: float, other: float, order: int) -> None:
    names = ("equal", "unequal", "less", "at_most", "greater", "at_least")
    expected = [order == 0, order != 0, order < 0, order <= 0, order > 0, order >= 0]
    assert expected == [_apply(name, one, other) for name in names]


@given(NUMBERS, NUMBERS)
def test_of_less_equal_and_greater_exactly_one_holds(one: float, other: float) -> None:
    assert [_apply(name, one, other) for name in ("less", "equal", "greater")].count(True) == 1


@pytest.mark.parametrize(
    ("one", "other", "slack", "near"),
    [
        (1.0, 1.1, 0.1, True),
        (1.0, 1.2, 0.1, False),
        (1.0, 1.0 + 5e-10, 0.0, True),
        (1.0, 1.1, None, None),
        (None, 1.1, 0.1, None),
        (1.0, None, 0.1, None),
    ],
)
def test_near_is_equal_within_a_slack(one: Any, other: Any, slack: Any, near: Any) -> None:
    assert _apply("near", one, other, slack) is near


@pytest.mark.parametrize(
    ("name", "one", "other", "result"),
    [
        ("same", "a", "a", True),
        ("same", "a", "b", False),
        ("differ", "a", "b", True),
        ("differ", "a", "a", False),
        ("add", 2.0, 3.0, 5.0),
        ("subtract", 2.0, 3.0, -1.0),
        ("multiply", 2.0, 3.0, 6.0),
        ("divide", 3.0, 2.0, 1.5),
        ("divide", 3.0, 0.0, None),
        ("divide", 0.0, 0.0, None),
        ("power", 10.0, 3.0, 1000.0),
        ("power", 10.0, -1.0, 0.1),
        ("power", 0.0, -1.0, None),
        ("power", -4.0, 0.5, None),
        ("power", 10.0, 400.0, None),
        ("add", 1e308, 1e308, None),
        ("subtract", -1e308, 1e308, None),
        ("multiply", 1e200, 1e200, None),
        ("divide", 1e200, 1e-200, None),
        ("share_of", -8.0, 0.25, 2.0),
        ("share_of", 1e308, 100.0, None),
        ("min", 2.0, 3.0, 2.0),
        ("max", 2.0, 3.0, 3.0),
        ("fold", 2.0, 8.0, 4.0),
        ("fold", 8.0, 2.0, 4.0),
        ("fold", 0.0, 2.0, None),
        ("fold", 1e-300, 1e300, None),
        ("add_dims", 16, -1, 15),
        ("subtract_dims", 16, 1, 15),
        ("rescaled_unit", "g TEQ/a", -3.0, "mg TEQ/a"),
        ("rescaled_unit", "furlong", -3.0, None),
        ("rescaled_unit", "g TEQ/a", 1e300, None),
    ],
)
def test_an_operation_on_two_values(name: str, one: Any, other: Any, result: Any) -> None:
    assert _apply(name, one, other) == result


TWO = sorted(set(OPERATIONS) - {"and", "or", "not", "is_missing", "is_reported", "near", "if_same", "robust_z"})
ONE = {"negate", "abs", "exponent_of_ten", "log10"}


@pytest.mark.parametrize("name", [name for name in TWO if name not in ONE])
def test_an_operation_with_a_missing_value_is_missing(name: str) -> None:
    value = "g" if name == "rescaled_unit" else 1.0
    assert OPERATIONS[name]([value, None, None], [None, 1.0, None]) == [None, None, None]


@pytest.mark.parametrize(
    ("name", "value", "result"),
    [
        ("negate", 2.0, -2.0),
        ("negate", None, None),
        ("abs", -2.0, 2.0),
        ("abs", None, None),
        ("exponent_of_ten", 1000.0, 3.0),
        ("exponent_of_ten", 0.0009, -3.0),
        ("exponent_of_ten", 316.0, 2.0),
        ("exponent_of_ten", 317.0, 3.0),
        ("exponent_of_ten", 0.0, None),
        ("exponent_of_ten", -5.0, None),
        ("exponent_of_ten", None, None),
        ("log10", 1000.0, 3.0),
        ("log10", 0.0, None),
        ("log10", -5.0, None),
        ("log10", None, None),
    ],
)
def test_an_operation_on_one_value(name: str, value: Any, result: Any) -> None:
    assert _apply(name, value) == result


@pytest.mark.parametrize(
    ("one", "other", "result"), [(16, 16, 5.0), (0, 0, 5.0), (16, 1, None), (None, None, None), (16, None, None)]
)
def test_a_value_is_kept_where_two_dimensions_are_the_same(one: Any, other: Any, result: Any) -> None:
    assert _apply("if_same", one, other, 5.0) == result
