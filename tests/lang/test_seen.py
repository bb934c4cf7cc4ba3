"""What a rule speaks of: the names that an example shows the values of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from invlint.lang.compile import compile_to_show

if TYPE_CHECKING:
    from invlint.reference import Reference

RULE = """rule TST001 a-test
  severity error
  parameter far = 2
  for each r in releases
  let default = one row in defaults matching edition, class, chemical, vector, residue_kind
  let product = r.activity * r.factor
  let low = r.factor < default.factor
  where r.site is reported and r.year > far
  expect {expect}
  message "{{r.year}}"
"""


@pytest.mark.parametrize(
    ("expect", "told"),
    [
        ("r.factor > 0", ["r.factor"]),
        ("r.origin = toolkit", ["r.origin"]),
        ("r.factor > far * default.factor or low", ["r.factor", "default.factor", "low"]),
        ("r.release = product within 5 %", ["r.release", "product"]),
        ("some row in entries matching class, year = r.year + 1", ["r.class"]),
        ("some row in entries matching class with site = r.site", ["r.class", "r.site"]),
        ("sum of release * 2 in releases matching class with release < product > 0", ["r.class", "product"]),
        ("count of rows in releases matching class with vector = air > 0", ["r.class"]),
    ],
)
def test_the_columns_and_names_of_expect_and_message_are_shown(
    expect: str, told: list[str], reference: Reference
) -> None:
    (seen,) = compile_to_show([("test", "t.rule", RULE.format(expect=expect))], reference, {"a-test"})[1]["a-test"]
    assert {*told, "r.year"} == set(seen.told)
    assert {"r.site"} - set(told) == set(seen.where)


def test_only_the_rules_asked_for_are_shown(reference: Reference) -> None:
    assert {} == compile_to_show([("test", "t.rule", RULE.format(expect="r.factor > 0"))], reference, set())[1]
