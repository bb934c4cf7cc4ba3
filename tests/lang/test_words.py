"""The declarations that the reference of the language is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from invlint.lang import compile_rules
from invlint.lang.sections import ORDER
from invlint.lang.words import CONDITIONS, LOOK_UPS, SECTIONS, VALUES

if TYPE_CHECKING:
    from invlint.reference import Reference

RULE = """rule TST001 a-test
  severity error
  for each r in releases
  expect {0}
  message "wrong"

rule TST002 superseded-factor
  severity error
  for each r in releases
  expect r.year > 0
  message "wrong"
"""


def test_every_section_is_explained_in_its_order() -> None:
    assert list(ORDER) == list(SECTIONS)


@pytest.mark.parametrize("example", [form.example for form in (*CONDITIONS, *VALUES, *LOOK_UPS)])
def test_every_example_of_the_reference_is_a_formula_of_the_language(example: str, reference: Reference) -> None:
    assert compile_rules([("test", "t.rule", RULE.format(example))], reference).rules
