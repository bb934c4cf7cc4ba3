"""Plans as plain data over small frames: what each kind of node gives."""

from __future__ import annotations

from typing import Any

import pytest

from invlint.engine.interpreter import Interpreter
from invlint.tables.frame import Frame

FRAMES = {
    "ours": Frame(
        "ours",
        4,
        {"key": ["a", "b", None, "c"], "site": [None, "x", None, None], "number": [1.0, 2.0, None, 4.0]},
        [()] * 4,
    ),
    "theirs": Frame(
        "theirs",
        6,
        {
            "key": ["a", "b", "b", None, "c", "c"],
            "site": [None, "x", "y", None, None, None],
            "number": [10.0, 20.0, 30.0, 40.0, None, 50.0],
            "kept": [True, True, False, True, None, True],
        },
        [()] * 6,
    ),
    "empty": Frame("empty", 0, {"key": [], "number": []}, []),
}
OURS = (("rows", "ours"), ("column", 0, "key"), ("column", 0, "site"), ("column", 0, "number"))
THEIRS = (
    ("rows", "theirs"),
    ("column", 4, "key"),
    ("column", 4, "site"),
    ("column", 4, "number"),
    ("column", 4, "kept"),
)
BOTH = (*OURS, *THEIRS)


def _run(*nodes: Any, start: tuple[Any, ...] = BOTH) -> list[Any]:
    """The column of the last node."""
    plan = (*start, *nodes)
    return Interpreter(plan, FRAMES, lambda table, rule: [table, rule]).column(len(plan) - 1)


def test_a_column_is_that_of_the_table() -> None:
    assert _run(start=OURS) == [1.0, 2.0, None, 4.0]


def test_a_literal_stands_in_every_row() -> None:
    assert _run(("literal", 0, 5.0)) == [5.0] * 4


def test_an_operation_works_row_by_row() -> None:
    assert _run(("op", "add", 3, 3)) == [2.0, 4.0, None, 8.0]


def test_an_operation_on_no_rows_gives_no_rows() -> None:
    assert _run(("rows", "empty"), ("column", 9, "number"), ("op", "and", 10, 10)) == []


def test_what_is_decided_by_the_left_side_is_not_computed_further() -> None:
    never = ("fails", 0, "never asked")
    plan = (*OURS, ("literal", 0, False), never, ("op", "and", 4, 5), ("literal", 0, True), ("op", "or", 7, 5))

    def fails(_table: str, _rule: str) -> list[bool]:
        raise AssertionError

    interpreter = Interpreter(plan, FRAMES, fails)
    assert (interpreter.column(6), interpreter.column(8)) == ([False] * 4, [True] * 4)


@pytest.mark.parametrize(
    ("ours", "theirs", "kept", "values"),
    [
        ((1,), (5,), None, [10.0, None, 40.0, None]),
        ((1, 2), (5, 6), None, [10.0, 20.0, 40.0, None]),
        ((1,), (5,), 8, [10.0, 20.0, 40.0, None]),
    ],
    ids=["only one", "missing matches missing", "of those that pass a filter, without doubt"],
)
def test_a_look_up_gives_the_value_of_the_one_row(ours: Any, theirs: Any, kept: Any, values: list[Any]) -> None:
    assert _run(("index", 4, theirs, kept), ("lookup", 0, ours, 9, 7)) == values


@pytest.mark.parametrize(
    ("what", "value", "kept", "values"),
    [
        ("some", None, None, [True, True, True, True]),
        ("some", None, 8, [True, True, True, True]),
        ("count", None, None, [1, 2, 1, 2]),
        ("count", None, 8, [1, 1, 1, None]),
        ("count", 7, None, [1, 2, 1, 1]),
        ("sum", 7, None, [10.0, 50.0, 40.0, 50.0]),
        ("sum", 7, 8, [10.0, 20.0, 40.0, None]),
    ],
)
def test_matching_rows_are_reduced_to_one_value(what: str, value: Any, kept: Any, values: list[Any]) -> None:
    assert _run(("index", 4, (5,), kept), ("reduce", what, 0, (1,), 9, value)) == values


def test_without_keys_every_row_matches() -> None:
    assert _run(("index", 4, (), None), ("reduce", "count", 0, (), 9, None)) == [6, 6, 6, 6]


def test_no_row_of_an_empty_table_matches() -> None:
    nodes = (("rows", "empty"), ("column", 9, "key"), ("index", 9, (10,), None), ("reduce", "some", 0, (1,), 11, None))
    assert _run(*nodes) == [False] * 4


def test_whether_some_row_matches_is_missing_where_only_doubtful_ones_do() -> None:
    nodes = (("op", "same", 8, 8), ("op", "is_missing", 8), ("op", "not", 10), ("op", "and", 11, 9))
    assert _run(*nodes, ("index", 4, (5, 7), 12), ("reduce", "some", 0, (1, 3), 13, None)) == [False] * 4
    doubtful = (("literal", 4, None), ("index", 4, (5,), 9), ("reduce", "some", 0, (1,), 10, None))
    assert _run(*doubtful) == [None] * 4


PAIRS = (("index", 4, (5,), 8), ("pairs", 0, (1,), 9))


def test_pairs_put_each_row_beside_its_matching_rows() -> None:
    assert _run(*PAIRS, ("outer", 10, 1)) == ["a", "b", None, "c", "c"]
    assert _run(*PAIRS, ("inner", 10, 7)) == [10.0, 20.0, 40.0, 50.0, None]


@pytest.mark.parametrize(
    ("what", "value", "values"),
    [
        ("some", None, [True, True, None, True]),
        ("count", None, [1, 1, None, None]),
        ("sum", 12, [10.0, 20.0, None, None]),
    ],
)
def test_pairs_that_pass_a_filter_are_reduced_to_one_value(what: str, value: Any, values: list[Any]) -> None:
    nodes = (("outer", 10, 3), ("inner", 10, 7), ("op", "less", 11, 12))
    assert _run(*PAIRS, *nodes, ("reduce_pairs", what, 10, 13, value)) == values


def test_pairs_that_fail_a_filter_do_not_count() -> None:
    nodes = (("literal", 10, 15.0), ("inner", 10, 7), ("op", "less", 12, 11))
    assert _run(*PAIRS, *nodes, ("reduce_pairs", "count", 10, 13, None)) == [1, 0, 0, None]


def test_pairs_without_a_filter_are_all_reduced() -> None:
    nodes = (("index", 4, (5,), None), ("pairs", 0, (1,), 9), ("inner", 10, 7))
    assert _run(*nodes, ("reduce_pairs", "sum", 10, None, 11)) == [10.0, 50.0, 40.0, 50.0]


def test_a_row_without_matching_rows_stands_in_no_pair() -> None:
    nodes = (("index", 4, (5, 7), None), ("pairs", 0, (1, 3), 9), ("reduce_pairs", "count", 10, None, None))
    assert _run(*nodes) == [0, 0, 0, 0]


def test_rows_can_be_reduced_for_each_pair() -> None:
    nodes = (*PAIRS, ("outer", 10, 1), ("index", 4, (5,), None), ("reduce", "count", 10, (11,), 12, None))
    assert _run(*nodes) == [1, 2, 1, 2, 2]


SERIES = Frame(
    "series",
    7,
    {
        "key": ["a", "a", "a", "b", "b", None, None],
        "year": [2012, 2004, 2008, 2012, 2012, 2004, None],
        "value": [3.0, 1.0, None, 5.0, 5.0 + 1e-12, 7.0, 9.0],
        "other": ["z", "x", "y", "u", "v", "w", "t"],
    },
    [()] * 7,
)


@pytest.mark.parametrize(
    ("what", "column", "values"),
    [
        ("newest", "value", [3.0, 3.0, 3.0, 5.0, 5.0, 7.0, None]),
        ("oldest", "value", [1.0, 1.0, 1.0, 5.0, 5.0, 7.0, None]),
        ("previous", "value", [None, None, 1.0, None, None, None, None]),
        ("previous", "other", ["y", None, "x", None, None, None, None]),
        ("newest", "other", ["z", "z", "z", None, None, "w", None]),
    ],
)
def test_a_window_runs_along_the_years_of_one_key(what: str, column: str, values: list[Any]) -> None:
    nodes = (("rows", "series"), ("column", 0, "key"), ("column", 0, "year"), ("column", 0, column))
    plan = (*nodes, ("window", what, 0, (1,), 2, 3))
    interpreter = Interpreter(plan, {"series": SERIES}, lambda table, rule: [table, rule])
    assert interpreter.column(4) == values


def test_rows_that_fail_another_rule_are_asked_for_by_table_and_rule() -> None:
    assert _run(("fails", 0, "other-rule")) == ["ours", "other-rule"]


def test_a_node_is_computed_once() -> None:
    asked: list[str] = []

    def fails(_table: str, rule: str) -> list[bool]:
        asked.append(rule)
        return [True] * 4

    interpreter = Interpreter((*OURS, ("fails", 0, "rule"), ("op", "and", 4, 4)), FRAMES, fails)
    interpreter.column(5)
    interpreter.column(4)
    assert asked == ["rule"]
