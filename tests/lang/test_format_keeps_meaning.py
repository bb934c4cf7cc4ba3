"""A formatted rule means what it meant, says what it said, and is formatted."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from test_contract_examples import COM103, CON101, FAC104
from written_rules import NOTE, rule_texts

from invlint.lang import format_rules, parse_rules
from invlint.lang.tree import Span

BUILT_IN = sorted((Path(__file__).parents[2] / "rules").rglob("*.rule"))


def _meaning(text: str) -> Any:
    return _without_places(parse_rules(text, "test.rule"))


def _without_places(part: Any) -> Any:
    if isinstance(part, Span):
        return None
    if is_dataclass(part):
        return type(part), [_without_places(getattr(part, field.name)) for field in fields(part)]
    return [_without_places(item) for item in part] if isinstance(part, tuple) else part


def _check(text: str) -> None:
    formatted = format_rules(text, "test.rule")
    assert _meaning(text) == _meaning(formatted)
    assert formatted == format_rules(formatted, "test.rule")


def test_two_meanings_are_told_apart() -> None:
    assert _meaning(COM103) != _meaning(COM103.replace("with class is missing", "with class is reported"))


@pytest.mark.parametrize("text", [FAC104, COM103, CON101, FAC104 + COM103 + CON101], ids=["1", "2", "3", "all"])
def test_the_rules_of_the_design_keep_their_meaning(text: str) -> None:
    _check(text)


@pytest.mark.parametrize("path", BUILT_IN, ids=lambda path: path.stem)
def test_a_built_in_rule_is_formatted_and_keeps_its_meaning(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text == format_rules(text, str(path))
    _check(text)


@pytest.mark.parametrize("path", BUILT_IN, ids=lambda path: path.stem)
def test_where_the_author_broke_the_lines_does_not_matter(path: Path) -> None:
    text = path.read_text("utf-8")
    assert format_rules(text, str(path)) == format_rules(text.replace("\n      ", " "), str(path))


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(rule_texts)
def test_any_rule_keeps_its_meaning(text: str) -> None:
    _check(text)


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(rule_texts)
def test_no_comment_is_lost(text: str) -> None:
    assert text.count(NOTE) == format_rules(text, "test.rule").count(NOTE)
