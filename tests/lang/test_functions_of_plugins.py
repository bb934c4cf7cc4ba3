"""The functions that plugins add: they take values of the kinds they declare, and give one of the kind they declare."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from invlint.errors import RuleFileError
from invlint.lang import compile_rules, lower_expression
from invlint.lang.functions import FUNCTIONS, Function

if TYPE_CHECKING:
    from invlint.model.plan import Plan
    from invlint.reference import Reference

ADDED = (
    Function("root", ("plain",), "plain", "the square root"),
    Function("joined", ("text", "text"), "text", "one text behind the other"),
    Function("odd", ("plain",), "yes or no", "whether a number is odd"),
    Function("opposite", ("yes or no",), "yes or no", "what is not so"),
)


@pytest.fixture(autouse=True)
def _added(monkeypatch: pytest.MonkeyPatch) -> None:
    for function in ADDED:
        monkeypatch.setitem(FUNCTIONS, function.name, function)
    monkeypatch.setattr(lower_expression, "OFFERED", frozenset(function.name for function in ADDED))


def _plan(condition: str, reference: Reference) -> Plan:
    rule = f'rule TST001 a-test\n  severity error\n  for each r in releases\n  expect {condition}\n  message "wrong"\n'
    return compile_rules([("test", "test.rule", rule)], reference)


@pytest.mark.parametrize(
    ("condition", "operations"),
    [
        ("root(r.year) + 1 < 50", {"root()"}),
        ("root(root(r.year)) < 50", {"root()"}),
        ('joined(r.class, "x") = "1c.2x"', {"joined()"}),
        ("odd(r.year)", {"odd()"}),
        ("opposite(r.year > 2000) or not opposite(odd(r.year))", {"opposite()", "odd()"}),
    ],
)
def test_a_function_stands_where_a_value_of_its_kind_can(
    condition: str, operations: set[str], reference: Reference
) -> None:
    called = {str(node[1]) for node in _plan(condition, reference).nodes if node[0] == "op"}
    assert operations == {operation for operation in called if operation.endswith("()")}


@pytest.mark.parametrize(
    ("condition", "problem"),
    [
        ("root(r.class) < 50", "root takes a plain number here, and this is "),
        ("root(r.release) < 50", "root takes a plain number here, and this is "),
        ('joined(r.class, 3) = "1c.2"', "joined takes text here, and this is a plain number"),
        ("opposite(r.class)", "opposite takes a condition here, and this is "),
        ("root(r.year, 2) < 50", "root takes 1 value, not 2"),
        ('joined(r.class) = "1c.2"', "joined takes 2 values, not 1"),
        ("rot(r.year) < 50", "did you mean “root”?"),
        ("root(r.year) < 5 t", "cannot hold a plain number against "),
        ("root(r.year)", "a condition is wanted here"),
        ('odd(r.year) = "yes"', "cannot be compared with"),
        ('joined(r.class, "x") < 5', "cannot hold text against a plain number"),
    ],
)
def test_what_a_function_cannot_take_or_give_is_told(condition: str, problem: str, reference: Reference) -> None:
    with pytest.raises(RuleFileError) as met:
        _plan(condition, reference)
    assert problem in str(met.value)
