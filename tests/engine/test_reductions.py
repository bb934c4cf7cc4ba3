"""Many values to one."""

from __future__ import annotations

from typing import Any

import pytest

from invlint.engine.reductions import reduce_values


@pytest.mark.parametrize(
    ("what", "values", "result"),
    [
        ("some", [], False),
        ("some", [0], True),
        ("count", [], 0),
        ("count", [3, None, 0], 2),
        ("sum", [], None),
        ("sum", [None, None], None),
        ("sum", [1.0, None, 2.5], 3.5),
        ("sum", [0.1] * 10, 1.0),
        ("sum", [1e308, 1e308], None),
        ("list", [], None),
        ("list", [None], None),
        ("list", ["b", "a", None, "b"], "b, a"),
        ("list", [2012.0, 0.5, 2012], "2012, 0.5"),
        ("largest", [], None),
        ("largest", [None, 2.0, 3.0], 3.0),
        ("smallest", [], None),
        ("smallest", [None, 2.0, 3.0], 2.0),
        ("median", [], None),
        ("median", [1.0, None, 9.0, 2.0], 2.0),
        ("median", [1.0, 2.0], 1.5),
        ("mad", [], None),
        ("mad", [None, 1.0, 2.0, 9.0], 1.0),
        ("common", [], None),
        ("common", [16, None, 16], 16),
        ("common", [16, 1], None),
        ("firmest", [], None),
        ("firmest", ["doubtful", "compiled", None], "compiled"),
        ("firmest", ["doubtful", "seen", "compiled"], "seen"),
    ],
)
def test_missing_values_are_left_out(what: str, values: list[Any], result: Any) -> None:
    assert reduce_values(what, values, unknown=False) == result


@pytest.mark.parametrize("what", ["count", "sum", "list", "largest", "smallest", "common", "firmest"])
def test_a_result_is_missing_where_it_is_not_known_which_rows_match(what: str) -> None:
    assert reduce_values(what, [1.0], unknown=True) is None


@pytest.mark.parametrize(("values", "result"), [([], None), ([0], True)])
def test_some_row_is_certain_once_one_certainly_matches(values: list[Any], result: Any) -> None:
    assert reduce_values("some", values, unknown=True) is result
