"""The core knows no chemical: names live in the reference, whose columns say what each is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from invlint.reference import load_reference

ROOT = Path(__file__).parents[2]
FAMILIES = ("dioxin", "furan", "biphenyl", "naphthalene", "benzene", "butadiene", "TCDD", "TCDF")
"""Parts of the names that people use for them."""

CODE = sorted((ROOT / "src" / "invlint").rglob("*.py"))
RULES = sorted((ROOT / "rules").rglob("*.rule"))


def _names() -> re.Pattern[str]:
    reference = load_reference()
    codes = {part for name in (*reference.chemicals, *reference.chemical_spellings) for part in name.split("/")}
    codes -= {"F", "Fs"}
    words = "|".join(map(re.escape, sorted(codes)))
    return re.compile(rf"(?<![A-Za-z])({words})(?![A-Za-z])|{'|'.join(FAMILIES)}", re.IGNORECASE)


NAMES = _names()


def _without_examples(rule: str) -> str:
    """The rule up to its examples: their tables may name chemicals, they are data."""
    return rule.partition("\n  example ")[0]


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_code_names_a_chemical(path: Path) -> None:
    assert [match[0] for match in NAMES.finditer(path.read_text("utf-8"))] == []


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_no_rule_names_a_chemical_outside_of_its_examples(path: Path) -> None:
    assert [match[0] for match in NAMES.finditer(_without_examples(path.read_text("utf-8")))] == []


def test_every_name_of_the_reference_is_looked_for() -> None:
    """The test above must be able to fail."""
    for name in load_reference().chemicals:
        assert NAMES.search(f'chemical != "{name}"'), name
    assert NAMES.search("Dioxins and furans")
    assert not NAMES.search("a pop of the stack, in print")
