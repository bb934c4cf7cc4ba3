"""The examples of every rule are its tests."""

from __future__ import annotations

import pytest

from invlint.lang import parse_rules
from invlint.reference import load_reference
from invlint.rules.load import rule_sources
from invlint.testing import ExampleResult, run_examples

SOURCES = rule_sources()
RESULTS = run_examples(SOURCES, load_reference())
RULES = [(path, rule) for _, path, text in SOURCES for rule in parse_rules(text, path)]


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: f"{result.rule}:{result.line}")
def test_an_example_does_what_it_says(result: ExampleResult) -> None:
    assert result.problem is None, f"{result.path}:{result.line} {result.title}: {result.problem}"


@pytest.mark.parametrize(("path", "rule"), RULES, ids=[rule.name for _, rule in RULES])
def test_a_rule_is_complete(path: str, rule: object) -> None:
    """Each has prose, a basis, advice, sourced thresholds, and shows both that it fires and that it stays silent."""
    assert rule.prose  # type: ignore[attr-defined]
    assert rule.basis  # type: ignore[attr-defined]
    assert {"passes", "fails"} == {example.outcome for example in rule.examples}  # type: ignore[attr-defined]
    assert all(parameter.source for parameter in rule.parameters)  # type: ignore[attr-defined]
    assert any(block.help for block in rule.blocks)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("path", "rule"), RULES, ids=[rule.name for _, rule in RULES])
def test_a_rule_stands_in_the_file_of_its_name(path: str, rule: object) -> None:
    assert path.endswith(f"/{rule.name}.rule")  # type: ignore[attr-defined]


def test_every_block_of_every_rule_fires_in_some_example() -> None:
    """A block that no example makes fail would be a rule without a test."""
    blocks = {rule.name: len(rule.blocks) for _, rule in RULES}
    fails: dict[str, int] = {}
    for result in RESULTS:
        fails[result.rule] = fails.get(result.rule, 0) + result.title.startswith("fails")
    assert {name: number for name, number in blocks.items() if fails[name] < number} == {}
