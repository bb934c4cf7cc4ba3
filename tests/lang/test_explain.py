"""A rule's plan for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from invlint.lang import compile_rules
from invlint.lang.explain import explain_plan, spell

if TYPE_CHECKING:
    from invlint.reference import Reference

RULE = """rule TST001 a-test
  severity warning, error when r.factor > r.factor * far
  parameter far = 2
  for each r in releases by party over year
  let default = one row in defaults matching edition, class, chemical, vector, residue_kind
  {where}
  expect {expect}
  rests on default.evidence
  impact r.release
  at r.factor when r.year > 2000, r.release
  message "{{r.class}}"
"""
SHORT = """rule TST001 a-test
  severity warning
  for each r in releases by party over year
  {where}
  expect {expect}
  message "wrong"
"""
OTHER = """rule TST002 another
  severity warning
  for each r in releases
  expect r.factor > 7 ug TEQ/t
  message "wrong"
"""


def _explained(reference: Reference, expect: str, where: str = "", rule: str = SHORT) -> tuple[list[str], list[str]]:
    plan = compile_rules([("test", "t.rule", OTHER + rule.format(expect=expect, where=where))], reference)
    lines, blocks = explain_plan(plan, plan.rules[1])
    return [line.text() for line in lines], [f"{use.word}: {spell(use.operands)}" for _, uses in blocks for use in uses]


def test_a_line_is_a_node_with_its_children_by_number(reference: Reference) -> None:
    lines, uses = _explained(reference, "r.year > 2000", "where r.origin = toolkit", RULE)
    keys = ["edition", "class", "chemical", "vector", "residue_kind"]
    theirs, ours = (", ".join(f"column {table}.{key}" for key in keys) for table in ("defaults", "releases"))
    assert [
        f"1 index(rows defaults, by ({theirs}))",
        "2 same(column releases.origin, literal toolkit)",
        "3 greater(column releases.year, literal 2000)",
        "4 multiply(column releases.factor, literal 2)",
        "5 greater(column releases.factor, 4)",
        "6 if_same(column releases.factor.dim, column releases.factor.dim, 5)",
        f"7 lookup(by ({ours}), 1, column defaults.evidence)",
    ] == lines
    assert [
        "where: 2",
        "expect: 3",
        "error when: 6",
        "rests on: 7",
        "impact: column releases.release",
        "at factor when: 3",
        "message: column releases.class",
    ] == uses


def test_only_nodes_that_the_rule_reaches_are_shown(reference: Reference) -> None:
    assert not [line for line in _explained(reference, "r.year > 2000")[0] if "7e-06" in line]


@pytest.mark.parametrize(
    ("expect", "ends"),
    [
        (
            "some row in entries matching class with activity > 3 t/a",
            [
                "index(rows entries, by (column entries.class), 2)",
                "some(by (column releases.class), 3)",
            ],
        ),
        (
            "no row in entries matching class with year > r.year",
            [
                "index(rows entries, by (column entries.class))",
                "pairs(by (column releases.class), 1)",
                "inner(2, column entries.year)",
                "outer(2, column releases.year)",
                "greater(3, 4)",
                "some(2, 5)",
                "not(6)",
            ],
        ),
        (
            "sum of activity in entries matching class > 3 t/a",
            [
                "sum(by (column releases.class), 1, column entries.activity)",
                "common(by (column releases.class), 1, column entries.activity.dim)",
            ],
        ),
        ("count of rows in entries with year > r.year > 3", ["count(2, 5)"]),
        (
            "newest(r.year) > 3",
            ["newest(by (column releases.party), column releases.year, column releases.year)"],
        ),
        ("r fails another", ["fails(rows releases, rule another)"]),
        ("convertible(r.factor, 1 ug TEQ/t)", ["same(column releases.factor.dim, unit TEQ per mass)"]),
        ("convertible(r.factor, 1)", ["same(column releases.factor.dim, no unit)"]),
    ],
)
def test_every_kind_of_node_can_be_read(expect: str, ends: list[str], reference: Reference) -> None:
    lines = [line.partition(" ")[2] for line in _explained(reference, expect)[0]]
    assert [] == [end for end in ends if end not in lines]
