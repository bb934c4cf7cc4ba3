"""Whatever stands in a file of waivers, it is read or its fault is told: nobody's file stops a run over many."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from invlint.model.finding import Location
from invlint.policy.waiver_sources import ARRAY, MEMBERS, find_waivers, written_in
from invlint.policy.waiver_text import without_waivers
from invlint.reference import load_reference
from invlint.rules import load_rules
from invlint.sources import Reading
from invlint.sources.toml_source import read_toml

if TYPE_CHECKING:
    import pytest

PLAN = load_rules(load_reference()).plan

PLAIN = st.text(st.characters(exclude_categories=["Cs", "Cc"])) | st.integers(-(2**63), 2**63 - 1) | st.booleans()
VALUES = PLAIN | st.lists(PLAIN | st.lists(PLAIN)) | st.just("2027-12-31")
WAIVERS = st.lists(st.dictionaries(st.sampled_from([*MEMBERS, "zzz"]), VALUES), min_size=1, max_size=4)


def toml(waivers: list[dict[str, Any]]) -> str:
    return "\n".join(
        "\n".join([f"# {number}", f"[[{ARRAY}]]", *(f"{name} = {_value(value)}" for name, value in one.items()), ""])
        for number, one in enumerate(waivers)
    )


def _value(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


@given(WAIVERS)
def test_any_waiver_is_fit_or_says_why_it_is_not(
    tmp_path_factory: pytest.TempPathFactory, waivers: list[dict[str, Any]]
) -> None:
    path = tmp_path_factory.mktemp("waivers") / "waivers.toml"
    path.write_text(toml(waivers), "utf-8")
    found = find_waivers([Reading((path.parent / "ken.json").as_posix(), None)], PLAN)
    assert len(found) == len(waivers)
    for one, members in zip(found, waivers, strict=True):
        fit = one.rule in {rule.name for rule in PLAN.rules} and one.key and one.reason
        assert bool(fit) or one.problem is not None
        assert "zzz" not in members or one.problem is not None


@given(st.binary() | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_file_is_read_or_its_fault_is_told(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("waivers") / "waivers.toml"
    path.write_bytes(content)
    for written in written_in(path):
        assert written.problem is not None
        assert isinstance(written.location, Location)


@given(WAIVERS, st.sets(st.integers(0, 3)))
def test_what_is_taken_out_leaves_the_others_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, waivers: list[dict[str, Any]], out: set[int]
) -> None:
    path = tmp_path_factory.mktemp("waivers") / "waivers.toml"
    path.write_text(toml(waivers), "utf-8")
    numbers = {number for number in out if number < len(waivers)}
    left = without_waivers(read_toml(path), numbers)
    kept = [one for number, one in enumerate(waivers) if number not in numbers]
    path.write_text(left, "utf-8")
    assert read_toml(path).data.get(ARRAY, []) == kept
    assert all((f"# {number}\n" in left) is (number not in numbers) for number in range(len(waivers)))
