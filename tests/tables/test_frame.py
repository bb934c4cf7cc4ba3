"""Columns of a frame: its own, made when asked for, or taken from where their values stand."""

from __future__ import annotations

from invlint.tables.frame import Frame, Taken

HERE = Frame("here", 3, {"letter": ["a", "b", "c"], "release": [1.0, None, 30.0], "release.value": [1.0, None, 30.0]},
             [(0,), (1,), (2,)])  # fmt: skip
THERE = Frame("there", 2, {"letter": ["x", None]}, [(), ()])
BOTH = Frame(
    "both", 4, {"own": [1, 2, 3, 4]}, [()] * 4,
    make=lambda name: ["made"] * 4 if name == "made" else None,
    take=lambda name: (Taken(HERE, "letter", [2, 0, 2]), Taken(THERE, "letter", [1])) if name == "letter" else None,
)  # fmt: skip


def test_values_are_taken_one_part_after_the_other() -> None:
    assert BOTH.column("letter") == ["c", "a", "c", None]


def test_what_is_not_taken_is_its_own_or_made() -> None:
    assert [BOTH.column(name) for name in ("own", "made", "unheard")] == [[1, 2, 3, 4], ["made"] * 4, [None] * 4]
    assert BOTH.taken("own") == ()


def test_some_rows_of_a_taken_column_do_not_copy_it() -> None:
    only = HERE.only("only", [2, 1])
    assert only.some("letter", [1, 0, 1]) == ["b", "c", "b"]
    assert only.columns == {}


def test_only_some_rows_keep_their_places_and_their_digits() -> None:
    only = HERE.only("only", [2, 0])
    assert only.places == [(2,), (0,)]
    assert only.column("release.half") == [0.5, 0.5]
