"""Wrong rules and what is said about each: message, line, column, mark and hint, as in wrong_rules.txt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from invlint.errors import RuleFileError
from invlint.lang import compile_rules

if TYPE_CHECKING:
    from invlint.reference import Reference

WRONG = (Path(__file__).parent / "wrong_rules.txt").read_text("utf-8")


def _cases() -> list[object]:
    """(rule, fault as shown) of each `## title`; a line of two hyphens stands between them."""
    cases = []
    for part in WRONG.split("## ")[1:]:
        title, _, rest = part.partition("\n")
        rule, _, shown = rest.partition("\n--\n")
        cases.append(pytest.param(rule + "\n", shown.rstrip("\n"), id=title))
    return cases


@pytest.mark.parametrize(("rule", "shown"), _cases())
def test_a_wrong_rule_is_told_what_is_wrong_where_and_what_to_do(rule: str, shown: str, reference: Reference) -> None:
    with pytest.raises(RuleFileError) as met:
        compile_rules([("test", "wrong.rule", rule)], reference)
    assert shown == str(met.value)
