"""Rules that could never fail, or never pass, are refused before any data is read; no other rule is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invlint.engine.interpreter import Interpreter
from invlint.errors import RuleFileError
from invlint.lang import compile_rules
from invlint.lang.sense import Effort
from invlint.reference import load_reference
from invlint.tables.frame import Frame

if TYPE_CHECKING:
    from collections.abc import Callable

    from invlint.errors import RuleFault

NEVER, ALWAYS = "this can never hold: every row would fail", "this always holds: no row could fail"
ITSELF = "both sides are the same value"
FIXED = "both sides are fixed, and no row can change that: compare with a column"
GAP, COVER = "no number lies in all of these ranges", "the ranges leave no number for which it fails"
AGAINST, CASES = "the conditions contradict each other", "no case is left in which it fails"
MISSING = "a value is either missing or reported, and what is compared is reported"
ASKED = "the same condition is asked for and denied"
CODES = "one value cannot be two codes or texts"


def _text(*sections: str) -> str:
    body = "".join(f"  {section}\n" for section in sections)
    return f'rule TST001 a-test\n  severity error\n  parameter small = 3\n  for each r in releases\n{body}  message "{{small}}"\n'  # noqa: E501


def _faults(*sections: str) -> list[RuleFault]:
    try:
        compile_rules([("test", "test.rule", _text(*sections))], load_reference())
    except RuleFileError as error:
        return error.faults
    return []


REFUSED = [
    ("1 = 1", ALWAYS, FIXED),
    ("1 = 2", NEVER, FIXED),
    ("1 + 1 = 4 / 2", ALWAYS, FIXED),
    ("2 ^ 10 > 1000", ALWAYS, FIXED),
    ("small > 5", NEVER, FIXED),
    ("-small < abs(0 - small)", ALWAYS, FIXED),
    ("min(1, 2) = max(0, 1)", ALWAYS, FIXED),
    ("r.year > 5 and r.year < 3", NEVER, GAP),
    ("r.year > small and r.year < small", NEVER, AGAINST),
    ("r.year > 5 or r.year < 6", ALWAYS, COVER),
    ("r.year between 10 and 5", NEVER, GAP),
    ("not (r.year between 10 and 5)", ALWAYS, COVER),
    ("r.year < 0 or r.year >= 0", ALWAYS, CASES),
    ("r.year <= 5 or r.year > 5", ALWAYS, CASES),
    ("r.year < 5 and 5 < r.year", NEVER, AGAINST),
    ("r.year = 5 or r.year != 5", ALWAYS, CASES),
    ("r.year = 5 and r.year = 6", NEVER, GAP),
    ("r.year = 5 and r.year not in {5, 6}", NEVER, ASKED),
    ("r.year = 5 and 5 != r.year", NEVER, AGAINST),
    ("r.factor > 5 ug TEQ/t and r.factor < 3 ng TEQ/t", NEVER, GAP),
    ("r.factor > 5 ug TEQ/t and r.factor < 9 ug TEQ/TJ", NEVER, "one value cannot have two units that do not convert"),
    ("r.factor > 5 ug TEQ/t or r.factor < 9 ug TEQ/TJ", ALWAYS, "one value cannot have two units that do not convert"),
    ("r.year + 1 > 10 and r.year < 5", NEVER, GAP),
    ("r.year > 10 and 20 - r.year > 10", NEVER, GAP),
    ("r.year > 10 and r.year * 2 < 10", NEVER, GAP),
    ("r.year > 10 and 100 / r.year > 20", NEVER, GAP),
    ("-r.year > 10 and r.year > 0", NEVER, GAP),
    ("abs(r.year) < 0", NEVER, GAP),
    ("r.year < 1 and max(r.year, 5) > 6", NEVER, GAP),
    ("r.year < -5 and abs(r.year) < 4", NEVER, GAP),
    ("r.year > 5 and r.group < 5 and r.group > r.year", NEVER, GAP),
    ("r.year = 5 within 1 % and r.year > 6", NEVER, GAP),
    ("r.year = r.group within 1 % and r.group between 100 and 110 and r.year < 98", NEVER, GAP),
    ("r.year = r.year", ALWAYS, ITSELF),
    ("r.year != r.year", NEVER, ITSELF),
    ("r.year < r.year", NEVER, ITSELF),
    ("r.class = r.class", ALWAYS, ITSELF),
    ("r.factor = r.factor within 5 %", ALWAYS, ITSELF),
    ("r.factor = r.factor to reported digits", ALWAYS, ITSELF),
    ("r.year is missing and r.year is reported", NEVER, MISSING),
    ("r.year is missing or r.year is reported", ALWAYS, MISSING),
    ("r.year is missing and r.year > 5", NEVER, MISSING),
    ("r.year is missing and r.year + 1 > 5", NEVER, MISSING),
    ("r.factor is missing and r.factor > 5 ug TEQ/t", NEVER, MISSING),
    ("5 is missing", NEVER, MISSING),
    ("5 is reported", ALWAYS, MISSING),
    ("(r.year is missing) is missing", NEVER, MISSING),
    ("r.origin = toolkit and r.origin = national", NEVER, CODES),
    ("r.origin = toolkit and r.origin not in {toolkit, national}", NEVER, ASKED),
    ("r.origin = toolkit or r.origin != toolkit", ALWAYS, CASES),
    ("r.origin != toolkit or r.origin != national", ALWAYS, CASES),
    ('"a" = "a"', ALWAYS, FIXED),
    ('"a" != "a"', NEVER, FIXED),
    ('"a" = "b"', NEVER, FIXED),
    ('"a" != "b"', ALWAYS, FIXED),
    ("some row in entries and no row in entries", NEVER, ASKED),
    ("some row in entries matching class or no row in entries matching class", ALWAYS, CASES),
    ("some row in entries matching class with year > 5 and year < 3", NEVER, GAP),
    ("some row in entries matching class with year > r.year and year < r.year", NEVER, AGAINST),
    ("no row in entries matching class with year is missing and year > 2000", ALWAYS, MISSING),
    ("count of rows in entries matching class < 0", NEVER, GAP),
    ("count of rows in entries matching class with year > r.year >= 0", ALWAYS, COVER),
    ("(r.year > 1 or r.year < 2) and (r.class is reported or r.class is missing)", ALWAYS, ""),
]


@pytest.mark.parametrize(("formula", "message", "hint"), REFUSED)
def test_a_senseless_expectation_is_refused(formula: str, message: str, hint: str) -> None:
    assert [(message, hint, 5, 10)] == [
        (fault.message, fault.hint, fault.line, fault.column) for fault in _faults(f"expect {formula}")
    ]


@pytest.mark.parametrize(
    "formula",
    [
        "r.year = 5",
        "r.year >= 5 and r.year <= 5",
        "r.year <= 5 and r.year > 5 - 1",
        "r.year > 5 or r.year < 5",
        "r.year between 5 and 5",
        "r.year between r.group and r.group / 2",
        "r.year > 5 and r.group < 3",
        "r.factor between r.release / r.activity * 10 and r.release / r.activity / 10",
        "r.year != 5 and r.year != 6",
        "r.year * r.group < 0",
        "r.year / r.group > 10 and r.group >= 0",
        "r.year - r.year = 0",
        "r.year ^ 2 < 0",
        "10 ^ 200 * r.year > 5",
        "(0 - 8) ^ 0.5 = r.year",
        "0 ^ (0 - 1) = r.year",
        "10 ^ 400 = r.year",
        "r.factor = r.factor within 0 - 5 %",
        "r.year = 5 within 10 % and r.year != 5",
        "r.year = r.group within 5 % and r.year < r.group",
        "r.release = 0 to reported digits",
        "abs(r.year) <= 0",
        "r.year is missing or r.year > 5",
        "r.year is reported and r.year > 5",
        "r.year + 1 is missing",
        "(r.year > 5) is missing",
        "(r.year > 5 or r.class is missing) is missing",
        "r.origin in {toolkit, national}",
        "r.origin != toolkit and r.origin != national",
        "r.class = 1c.2 or r.class = 1c.1",
        "r.site = r.reason",
        '"a" != "b" and r.year > 5',
        "r.origin = toolkit and r.class = 1c.2",
        "some row in entries matching class",
        "some row in entries with activity is reported",
        "some row in entries matching class with year < r.year",
        "some row in releases matching class with year < 2000",
        "count of rows in entries matching class > 0",
        "sum of activity in entries matching class > 0",
        "r.year in {" + ", ".join(map(str, range(300))) + "}",
        "r.year in {" + ", ".join(map(str, range(10_000))) + "}",
        "r.year not in {" + ", ".join(map(str, range(10_000))) + "}",
        " and ".join(f"(r.year = {n} or r.group = {n} or r.class is missing)" for n in range(30)),
    ],
    ids=lambda formula: formula[:60],
)
def test_an_expectation_that_can_fail_and_hold_is_accepted(formula: str) -> None:
    assert [] == [fault.show() for fault in _faults(f"expect {formula}")]


@pytest.mark.parametrize(
    ("sections", "message", "line"),
    [
        (["where r.year > 5 and r.year < 3", "expect r.year > 0"], "this can never hold: no row would be judged", 5),
        (
            ["where r.year > 5", "where r.year < 3", "expect r.group > 0"],
            "this can never hold beside the conditions before it: no row would be judged",
            6,
        ),
        (
            ["where r.year > 5", "expect r.year < 3"],
            "this can never hold beside the conditions before it: every row would fail",
            6,
        ),
        (
            ["expect r.year > 5", "expect r.year < 3"],
            "this can never hold beside the conditions before it: every row would fail",
            6,
        ),
        (["where r.year > 5", "expect r.year > 3"], "this always holds where the rule applies: no row could fail", 6),
        (
            ["where r.year > 5", "expect r.year > 3", "expect r.year is reported"],
            "this always holds where the rule applies: no row could fail",
            6,
        ),
        (["where r.class is reported", "expect r.year = r.year"], ALWAYS, 6),
        (
            ["let low = r.year < 3", "where low", "expect not low"],
            "this can never hold beside the conditions before it: every row would fail",
            7,
        ),
    ],
)
def test_conditions_are_held_against_each_other(sections: list[str], message: str, line: int) -> None:
    assert [(message, line)] == [(fault.message, fault.line) for fault in _faults(*sections)]


@pytest.mark.parametrize(
    "sections",
    [
        ["where r.year > 3", "expect r.year > 5"],
        ["where r.year > 3", "expect r.year > 3", "expect r.year > 5"],
        ["where r.year is missing or r.year > 5", "expect r.year > 6 or r.class is reported"],
        ["where r.origin = toolkit", "expect r.factor is reported"],
    ],
)
def test_conditions_that_leave_room_are_accepted(sections: list[str]) -> None:
    assert _faults(*sections) == []


def test_the_fault_is_shown_with_caret_and_words() -> None:
    (fault,) = _faults("where r.factor > 0", "expect r.factor is reported")
    assert fault.show() == (
        "test.rule:6:10: this always holds where the rule applies: no row could fail\n"
        "  6 |   expect r.factor is reported\n"
        "    |          ^^^^^^^^^^^^^^^^^^^^\n"
        "    = a value is either missing or reported, and what is compared is reported"
    )


def test_each_for_each_is_checked() -> None:
    sections = ["expect r.year > 5", 'message "x"', "for each e in entries", "expect e.year = e.year"]
    assert [(ALWAYS, 8)] == [(fault.message, fault.line) for fault in _faults(*sections)]


def test_whether_a_row_fails_another_rule_is_never_missing() -> None:
    other = _text("expect r.year > small").replace("TST001 a-test", "TST002 another-test")
    text = _text("expect (r fails another-test) is reported")
    with pytest.raises(RuleFileError, match=ALWAYS):
        compile_rules([("test", "test.rule", text + other)], load_reference())


NUMBERS = st.sampled_from(["0", "1", "2", "3", "(0 - 2)", "0.5", "small"])
VALUES = st.recursive(
    st.sampled_from(["r.year", "r.group"]) | NUMBERS,
    lambda inner: st.one_of(
        st.builds(lambda a, o, b: f"({a} {o} {b})", inner, st.sampled_from("+-*/^"), inner),
        st.builds(lambda f, a: f"{f}({a})", st.just("abs"), inner),
        st.builds(lambda f, a, b: f"{f}({a}, {b})", st.sampled_from(["min", "max"]), inner, inner),
        st.builds(lambda a: f"(-{a})", inner),
    ),
    max_leaves=4,
)
SIGNS = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
CODES_OF = st.sampled_from(["toolkit", "national"])
ATOMS = st.one_of(
    st.builds(lambda a, o, b: f"{a} {o} {b}", VALUES, SIGNS, VALUES),
    st.builds(lambda a, o, b, s: f"{a} {o} {b} within {s}", VALUES, st.sampled_from(["=", "!="]), VALUES, NUMBERS),
    st.builds(lambda a, b, c: f"{a} between {b} and {c}", VALUES, VALUES, VALUES),
    st.builds(lambda a, b, c: f"{a} in {{{b}, {c}}}", VALUES, NUMBERS, NUMBERS),
    st.builds(lambda a, o: f"{a} is {o}", VALUES, st.sampled_from(["missing", "reported"])),
    st.builds(lambda o, b: f"r.origin {o} {b}", st.sampled_from(["=", "!="]), CODES_OF),
    st.builds(lambda o: f"r.origin is {o}", st.sampled_from(["missing", "reported"])),
    st.builds(lambda o, c: f"({o} row in entries matching group with {c})", st.sampled_from(["some", "no"]),
              st.sampled_from(["year > 1", "year < 1 and year > 2", "year > r.year", "year is missing"])),
)  # fmt: skip
CONDITIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds(lambda a, o, b: f"({a} {o} {b})", inner, st.sampled_from(["and", "or"]), inner),
        st.builds(lambda a: f"not ({a})", inner),
        st.builds(lambda a: f"(({a}) is missing)", inner),
    ),
    max_leaves=5,
)
NUMBER_CELLS = st.sampled_from([None, 0.0, 1.0, 2.0, 3.0, -2.0, 0.5, 1e-9, 1e300, 1.0000000005])
ROWS = st.lists(
    st.tuples(NUMBER_CELLS, NUMBER_CELLS, st.sampled_from([None, "toolkit", "national", "plant"])), min_size=1
)


class _Tables(dict[str, Frame]):
    def __missing__(self, name: str) -> Frame:
        return Frame(name, 0, {}, [])


def _results(where: str, expect: str, rows: list[tuple[Any, ...]], others: list[tuple[Any, ...]]) -> set[Any]:
    """What expectations come to in the rows that `where` lets in: conditions of severities are not refused."""
    text = _text("expect r.year > small").replace(
        "severity error", f"severity info, error when {where},\n error when {expect}"
    )
    plan = compile_rules([("test", "test.rule", text)], load_reference())
    columns = ("year", "group", "origin")
    frames = _Tables(
        releases=Frame("releases", len(rows), {name: [row[at] for row in rows] for at, name in enumerate(columns)}, []),
        entries=Frame("entries", len(others), {n: [row[at] for row in others] for at, n in enumerate(columns)}, []),
    )
    column: Callable[[int], list[Any]] = Interpreter(plan.nodes, frames, lambda _table, _rule: []).column
    (_, applies), (_, holds) = plan.rules[0].blocks[0].tiers
    return {held for applied, held in zip(column(applies), column(holds), strict=True) if applied is True}


@given(CONDITIONS, CONDITIONS, ROWS, ROWS)
@settings(max_examples=150, deadline=None)
def test_a_refused_rule_really_never_fails_or_never_passes(
    where: str, expect: str, rows: list[tuple[Any, ...]], others: list[tuple[Any, ...]]
) -> None:
    faults = _faults(f"where {where}", f"expect {expect}")
    if not faults:
        return
    met = _results(where, expect, rows, others)
    message = faults[0].message
    never = {
        "no row would be judged": {True, False, None},
        "every row would fail": {True},
        "no row could fail": {False},
    }
    assert [] == [value for value in met if value in never[message.rpartition(": ")[2]]]


def test_rules_that_would_take_forever_to_hold_against_each_other_are_taken_for_sensible() -> None:
    """By steps counted over all rules, of which the built-in ones together take one in a hundred."""
    wheres = " and ".join(f"(r.year > {n} or r.group < {n} or r.class is missing)" for n in range(12))
    expects = "".join(f"  expect r.year != {n} or r.group > {n}\n" for n in range(80))
    rules = [
        f"rule TST{n:03} a-test-{n}\n  severity error\n  for each r in releases\n  where {wheres}\n{expects}"
        '  message "x"\n'
        for n in range(12)
    ]
    effort = Effort()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("invlint.lang.compile.Effort", lambda: effort)
        assert len(compile_rules([("test", "test.rule", "".join(rules))], load_reference()).rules) == 12
    assert -20_000 <= effort.left <= 0
