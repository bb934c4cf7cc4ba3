"""The three rules of the design whose form others rely on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from invlint.lang import compile_rules
from invlint.testing import run_examples

if TYPE_CHECKING:
    from invlint.reference import Reference

FAC104 = """
rule FAC104 factor-far-from-default
  severity  warning, error when r.factor > 100 * default.factor or r.factor < default.factor / 100
  basis     "UNEP Toolkit 2013, ch. 1: comparison and validation of national factors"
  parameter fold = 10

  for each r in releases
  let default = one row in defaults matching edition, class, chemical, vector, residue_kind
  where r.origin != toolkit and not (r.origin = measured and r.factor_source is reported)
  expect r.factor between default.factor / fold and default.factor * fold
  message "{r.factor} is {r.factor / default.factor} times the Toolkit default, {default.factor}"
  help    "Check unit and class first. A measured factor needs origin measured and a citation."

  example passes
    releases:
    | class | vector | factor         | origin   |
    | 1a.1  | air    | 9000 ug TEQ/t  | national |
  example fails
    releases:
    | 1a.1  | air    | 90000 ug TEQ/t | national |
"""
COM103 = """
rule COM103 missing-class
  severity  warning
  for each c in expected_classes
  where some row in entries matching party, year, category with class is reported
  where no row in entries matching party, year, category with class is missing
  expect some row in entries matching party, year, class
  message "{c.class} {c.class_name}: neither a value nor a notation key"
"""
CON101 = """
rule CON101 prior-year-not-recalculated
  severity  error
  for each r in releases by party, class, site, chemical, vector, residue_kind over year
  let current = newest(r.factor)
  where r.year < newest(r.year) and r.origin in {toolkit, national} and newest(r.origin) = r.origin
  where no row in technology_changes matching party, class, site with year > r.year
  expect r.factor = current to reported digits
  message "{r.year} still stands on {r.factor}; {newest(r.year)} uses {current}: recalculating changes {r.year} by {(current - r.factor) * r.activity}"
"""  # noqa: E501


@pytest.mark.parametrize(
    ("text", "code", "name", "severity", "tables"),
    [
        (FAC104, "FAC104", "factor-far-from-default", "warning", ("defaults", "releases")),
        (COM103, "COM103", "missing-class", "warning", ("entries", "expected_classes")),
        (CON101, "CON101", "prior-year-not-recalculated", "error", ("releases", "technology_changes")),
    ],
)
def test_each_compiles_and_says_which_tables_it_reads(
    text: str, code: str, name: str, severity: str, tables: tuple[str, ...], reference: Reference
) -> None:
    rule = compile_rules([("design", "design.rule", text)], reference).rules[0]
    assert (code, name, severity, tables) == (rule.code, rule.name, rule.severity, rule.tables)


def test_all_three_compile_in_one_file(reference: Reference) -> None:
    plan = compile_rules([("design", "design.rule", FAC104 + COM103 + CON101)], reference)
    assert [rule.code for rule in plan.rules] == ["FAC104", "COM103", "CON101"]


def test_the_examples_of_the_first_do_what_they_say(reference: Reference) -> None:
    results = run_examples([("design", "design.rule", FAC104)], reference)
    assert [(result.title, result.problem) for result in results] == [("passes", None), ("fails", None)]
