"""Loading, caching and selecting rules."""

from __future__ import annotations

import hashlib
import marshal
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from invlint.errors import RuleFileError, UsageError
from invlint.kept import kept_folder
from invlint.lang import compile_rules, parse_rules
from invlint.rules import cache, kept_set, load_rules, select_rules
from invlint.rules.load import installed_sources, rule_sources

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from invlint.lang.tree import Rule
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
    assert repr(compiled) == repr(again)  # 1, 1.0 and True are equal and must not be taken for each other


OTHER = """rule USR102 other-rule

  A rule that looks at built-in rules, at other rows and at its neighbour.

  severity warning
  basis "none"
  yields to release-not-product, own-rule

  for each r in releases
  let beside = sum of release in releases matching party, year, chemical
  let number = count of rows in releases matching party, year
  where r.release is reported and not (r fails power-of-ten-slip)
  expect some row in entries matching party, year, class with activity > 0 and reports = 0
      or beside = 0 or number > 1.0
  message "{r.release}"
  help "nothing"
"""


@pytest.mark.parametrize("own", [[RULE], [RULE, OTHER], [OTHER.replace(", own-rule", "")]])
def test_rules_compiled_onto_others_are_those_compiled_with_them(reference: Reference, own: list[str]) -> None:
    installed = installed_sources()
    added = [("own", f"{number}.rule", text) for number, text in enumerate(own)]
    whole = compile_rules([*installed, *added], reference)
    assert repr(whole) == repr(compile_rules(added, reference, compile_rules(installed, reference)))


def test_own_rules_do_not_compile_the_installed_ones_again(
    reference: Reference, write: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    load_rules(reference)
    parsed: list[str] = []

    def parse(text: str, path: str) -> tuple[Rule, ...]:
        parsed.append(path)
        return parse_rules(text, path)

    monkeypatch.setattr("invlint.lang.compile.parse_rules", parse)
    path = write("own.rule", RULE.replace("A rule of", "This rule of"))
    load_rules(reference, [path])
    assert parsed == [path.as_posix()]


@pytest.fixture
def shipped_plans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reference: Reference) -> Path:
    """Compiled rules as the wheel has them, and an empty cache of the user's."""
    sources = installed_sources()
    cache.ship_plan(sources, compile_rules(sources, reference), tmp_path / "plans")
    for module in (cache, kept_set):
        monkeypatch.setattr(module, "shipped", lambda folder: tmp_path / folder)
    monkeypatch.setenv("INVLINT_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "plans"


def test_shipped_plans_spare_the_first_run_all_compiling(
    shipped_plans: Path, reference: Reference, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = compile_rules(installed_sources(), reference)
    monkeypatch.setattr("invlint.lang.compile_rules", lambda *_: pytest.fail("compiled"))
    assert repr(load_rules(reference).plan) == repr(expected)
    assert not list((shipped_plans.parent / "cache").glob("plan-*"))


@pytest.fixture
def kept_rules(shipped_plans: Path, reference: Reference) -> Path:
    """The rules of an installation as a first run has kept them."""
    load_rules(reference)
    (kept,) = (shipped_plans.parent / "cache").glob("rules-*.marshal")
    return kept


def test_a_second_run_reads_no_rule_file(
    kept_rules: Path, reference: Reference, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kept_rules.exists()
    first = compile_rules(installed_sources(), reference)
    monkeypatch.setattr("invlint.rules.load.installed_sources", lambda: pytest.fail("read"))
    assert repr(load_rules(reference).plan) == repr(first)
    assert load_rules(reference).packs[0].name == "invlint"


def test_rules_that_changed_are_read_again(
    kept_rules: Path, shipped_plans: Path, reference: Reference, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a file has kept its size, and where another compiler made the shipped plan."""
    (plan,) = shipped_plans.iterdir()
    read: list[int] = []

    def sources() -> list[tuple[str, str, str]]:
        read.append(1)
        return installed_sources()

    monkeypatch.setattr("invlint.rules.load.installed_sources", sources)
    os.utime(plan, ns=(1, 1))
    load_rules(reference)
    assert read == [1]
    assert len(list(kept_rules.parent.glob("rules-*.marshal"))) == 2


@pytest.mark.parametrize("damage", [b"", b"garbage", b"0" * 64 + b"\n(", b"\xff"])
def test_damaged_kept_rules_are_ignored(kept_rules: Path, reference: Reference, damage: bytes) -> None:
    first = load_rules(reference)
    kept_rules.write_bytes(damage)
    assert load_rules(reference) == first


def test_kept_rules_that_are_none_are_ignored(kept_rules: Path, reference: Reference) -> None:
    """Even with a digest that fits."""
    first = load_rules(reference)
    for body in (b"", b"(", marshal.dumps(7), marshal.dumps(((), ((1,),), ())), marshal.dumps(((), (), (7,)))):
        kept_rules.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        assert load_rules(reference) == first


def test_a_checkout_keeps_no_rules_whole(reference: Reference, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A compiler under work makes other plans of the same rule files."""
    monkeypatch.setenv("INVLINT_CACHE_DIR", str(tmp_path))
    load_rules(reference)
    assert not list(tmp_path.glob("rules-*"))


@pytest.mark.parametrize("damage", [b"", b"garbage", b"\xff\xfe\x00", b"0" * 64 + b"\n[[],[]]"])
def test_damaged_shipped_plans_are_ignored(shipped_plans: Path, reference: Reference, damage: bytes) -> None:
    (file,) = shipped_plans.iterdir()
    file.write_bytes(damage)
    assert load_rules(reference).plan == compile_rules(installed_sources(), reference)


def test_plans_of_other_rules_or_of_another_compiler_are_not_looked_at(
    shipped_plans: Path, reference: Reference, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = installed_sources()
    pack, path, text = sources[0]
    changed = [(pack, path, text + "# changed\n"), *sources[1:]]
    plan = cache.cached_plan(sources)
    assert plan is not None
    assert cache.cached_plan(changed) is None
    cache.keep_plan(changed, plan)
    assert cache.cached_plan(changed) == plan
    monkeypatch.setattr(cache, "_compiler", lambda: "another")
    assert cache.cached_plan(changed) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.floats(0, 1, exclude_max=True), st.integers(1, 255), st.booleans())
def test_no_damage_changes_a_plan(shipped_plans: Path, where: float, flip: int, cut: bool) -> None:
    (file,) = shipped_plans.iterdir()
    sound = file.read_bytes()
    at = int(where * len(sound))
    file.write_bytes(sound[:at] if cut else sound[:at] + bytes([sound[at] ^ flip]) + sound[at + 1 :])
    try:
        assert cache.cached_plan(installed_sources()) is None
    finally:
        file.write_bytes(sound)


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
    monkeypatch.setenv("INVLINT_CACHE_DIR", str(tmp_path))
    first = load_rules(reference)
    (kept,) = tmp_path.glob("plan-*.json")
    for body in ("[1,2]", "[[],[[1]]]", "{", "7", "[" * 100_000):
        kept.write_text(f"{hashlib.sha256(body.encode()).hexdigest()}\n{body}", "utf-8")
        assert first == load_rules(reference)


def test_a_folder_that_cannot_be_written_costs_time_and_nothing_else(
    reference: Reference, write: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INVLINT_CACHE_DIR", str(write("file", "in the way") / "below"))
    assert load_rules(reference).plan.rules


def test_without_a_setting_the_cache_is_in_the_users_cache_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INVLINT_CACHE_DIR")
    assert kept_folder().name == "invlint"


def test_own_rules_stand_beside_the_installed(reference: Reference, write: Callable[[str, str], Path]) -> None:
    rules = load_rules(reference, [write("own-rule.rule", RULE)])
    assert "own-rule" in {rule.name for rule in rules.plan.rules}
    installed = [pack.rules for pack in load_rules(reference).packs]
    assert [pack.rules for pack in rules.packs] == [*installed, 1]


def test_an_own_rule_with_the_name_of_a_built_in_one_is_refused(
    reference: Reference, write: Callable[[str, str], Path]
) -> None:
    path = write("x.rule", RULE.replace("own-rule", "missing-class"))
    with pytest.raises(RuleFileError, match=r"stands for another rule already, in .*missing-class\.rule"):
        load_rules(reference, [path])


def test_a_folder_without_rule_files_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no rule file"):
        rule_sources([tmp_path])


def test_a_rule_file_that_is_no_text_is_an_error(write: Callable[[str, bytes], Path]) -> None:
    with pytest.raises(UsageError, match="cannot be read as UTF-8"):
        rule_sources([write("x.rule", b"\xff\xfe\x00")])


def test_a_rule_file_of_many_megabytes_is_not_read(write: Callable[[str, bytes], Path]) -> None:
    with pytest.raises(UsageError, match="larger than 4 MB"):
        rule_sources([write("x.rule", b"#" * 10_000_000)])


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
