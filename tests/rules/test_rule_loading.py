"""Loading, caching and selecting rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from invlint.errors import RuleFileError, UsageError
from invlint.rules import cache, load_rules, select_rules
from invlint.rules.load import rule_sources

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from invlint.reference import Reference

RULE = """rule USR101 own-rule

  A rule of one's own.

  severity warning
  basis "none"

  for each r in releases
  expect r.factor > 0
  message "{r.factor}"
  help "nothing"
"""


def test_a_kept_plan_is_the_plan_that_was_compiled(reference: Reference) -> None:
    compiled = load_rules(reference)
    again = load_rules(reference)
    assert compiled == again


@pytest.mark.parametrize("damage", ["", "garbage", "0" * 64 + "\n[[],[]]", "\x00\xff"])
def test_a_damaged_cache_file_is_ignored(
    reference: Reference, damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INVLINT_CACHE_DIR", str(tmp_path))
    first = load_rules(reference)
    (kept,) = tmp_path.glob("plan-*.json")
    kept.write_text(damage, "utf-8")
    assert first == load_rules(reference)


def test_a_cache_file_that_is_no_plan_is_ignored(
    reference: Reference, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even with a digest that fits."""
    import hashlib

    monkeypatch.setenv("INVLINT_CACHE_DIR", str(tmp_path))
    first = load_rules(reference)
    (kept,) = tmp_path.glob("plan-*.json")
    for body in ("[1,2]", "[[],[[1]]]", "{"):
        kept.write_text(f"{hashlib.sha256(body.encode()).hexdigest()}\n{body}", "utf-8")
        assert first == load_rules(reference)


def test_a_folder_that_cannot_be_written_costs_time_and_nothing_else(
    reference: Reference, write: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INVLINT_CACHE_DIR", str(write("file", "in the way") / "below"))
    assert load_rules(reference).plan.rules


def test_without_a_setting_the_cache_is_in_the_users_cache_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INVLINT_CACHE_DIR")
    assert cache._folder().name == "invlint"


def test_own_rules_stand_beside_the_built_in(reference: Reference, write: Callable[[str, str], Path]) -> None:
    rules = load_rules(reference, [write("own-rule.rule", RULE)])
    assert "own-rule" in {rule.name for rule in rules.plan.rules}
    built_in = len(load_rules(reference).plan.rules)
    assert [pack.rules for pack in rules.packs] == [built_in, 1]


def test_an_own_rule_with_the_name_of_a_built_in_one_is_refused(
    reference: Reference, write: Callable[[str, str], Path]
) -> None:
    path = write("x.rule", RULE.replace("own-rule", "missing-class"))
    with pytest.raises(RuleFileError, match="stands for another rule already"):
        load_rules(reference, [path])


def test_a_folder_without_rule_files_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no rule file"):
        rule_sources([tmp_path])


def test_a_rule_file_that_is_no_text_is_an_error(write: Callable[[str, bytes], Path]) -> None:
    with pytest.raises(UsageError, match="cannot be read as UTF-8"):
        rule_sources([write("x.rule", b"\xff\xfe\x00")])


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        (["missing-class"], [], {"missing-class"}),
        (["COM103"], [], {"missing-class"}),
        (["UNT"], [], {"unknown-unit", "unit-mismatch", "teq-mass-mixed", "unit-changed"}),
        (["UNT"], ["unknown-unit"], {"unit-mismatch", "teq-mass-mixed", "unit-changed"}),
    ],
)
def test_rules_are_selected_by_name_code_and_prefix(
    reference: Reference, select: list[str], ignore: list[str], expected: set[str]
) -> None:
    assert expected == select_rules(load_rules(reference).plan, select, ignore)


@pytest.mark.parametrize(("word", "hint"), [("missing-clas", "missing-class"), ("zzzz", "--help"), ("unt", "")])
def test_an_unknown_rule_name_is_an_error(reference: Reference, word: str, hint: str) -> None:
    with pytest.raises(UsageError, match=f"no rule is called “{word}”.*{hint}"):
        select_rules(load_rules(reference).plan, [word], [])
