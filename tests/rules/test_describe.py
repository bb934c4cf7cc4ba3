"""What the text of a rule says, as data."""

from __future__ import annotations

import pytest

from invlint.rules.describe import describe, summary, written_rules

RULE = """rule TST001 a-test
{prose}
  severity {severity}
  for each r in releases
  expect r.factor > 0
  message "wrong"
"""


@pytest.mark.parametrize(
    ("severity", "tiers"),
    [
        ("error", []),
        ("warning, error when r.year > 5", ["r.year > 5"]),
        ("info,\n    error when\n      r.year > 5  # late\n      and r.year < 9", ["r.year > 5 and r.year < 9"]),
        ('info, warning when r.site = "#1", error when r.year > 5', ['r.site = "#1"', "r.year > 5"]),
    ],
)
def test_the_conditions_of_severities_are_told_as_they_are_written(severity: str, tiers: list[str]) -> None:
    (written,) = written_rules([("own", "t.rule", RULE.format(prose="", severity=severity))])
    assert tiers == [tier["when"] for tier in describe(written, "own")["tiers"]]


@pytest.mark.parametrize(
    ("prose", "first"),
    [
        ("\n  One is 1.5 t. Two.\n", "One is 1.5 t."),
        ("\n  A sentence over\n  two lines! More.\n", "A sentence over two lines!"),
        ("\n  no full stop\n", "no full stop"),
        ("", ""),
    ],
)
def test_the_summary_is_the_first_sentence_of_the_prose(prose: str, first: str) -> None:
    (written,) = written_rules([("own", "t.rule", RULE.format(prose=prose, severity="error"))])
    assert first == summary(written, "own")["summary"]
