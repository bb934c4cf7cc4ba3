"""Whatever text is given as a rule, it compiles or is told what is wrong at a place that exists."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from invlint.errors import RuleFileError
from invlint.lang import compile_rules
from invlint.reference import load_reference

SHIPPED = [path.read_text("utf-8") for path in sorted((Path(__file__).parents[2] / "rules").rglob("*.rule"))]
SOUP = """
    rule severity error basis for each r in releases by party over year let where expect some row no one matching class
    with activity sum of count rows list is missing reported key NO within to digits between and or not fails a-test
    message at together impact observed "text" "{r.factor}" "{" r.factor r.release r. . ( ) { } , = != < > <= >= + - *
    / ^ 5 5% 3.5 1c.2 toolkit newest( min( abs( rescaled_unit( exponent_of_ten( factor default 1e999 convertible( : |
    # @ “ π
"""
WORDS = [*SOUP.split(), "5 ug TEQ/t", "5 g TEQ/a", "5 ug TQE/t", "\n", "\n  "]
BEFORE = "rule TST001 a-test\n  severity error\n  for each r in releases by party over year\n"


def _compile_or_complain(text: str) -> None:
    try:
        compile_rules([("test", "test.rule", text)], load_reference())
    except RuleFileError as error:
        lines = text.split("\n")
        for fault in error.faults:
            assert fault.message
            assert 1 <= fault.line <= len(lines)
            assert 1 <= fault.column <= len(lines[fault.line - 1]) + 1


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    _compile_or_complain(text)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=15).map(" ".join))
def test_any_formula(words: str) -> None:
    _compile_or_complain(f'{BEFORE}  expect {words}\n  message "wrong"\n')


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=15).map(" ".join))
def test_any_sections(words: str) -> None:
    _compile_or_complain(BEFORE + words)


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from(SHIPPED), st.integers(min_value=0), st.integers(0, 12), st.sampled_from(["", *WORDS]))
def test_a_shipped_rule_with_a_part_replaced(text: str, start: int, length: int, instead: str) -> None:
    start %= len(text)
    _compile_or_complain(text[:start] + instead + text[start + length :])


@pytest.mark.parametrize("text", SHIPPED)
def test_a_shipped_rule_that_breaks_off_is_told_so(text: str) -> None:
    for end in range(0, len(text), max(1, len(text) // 12)):
        _compile_or_complain(text[:end])
