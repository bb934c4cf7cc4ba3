"""One change for several findings: the likeliest slip is found; where no single change helps nothing is proposed."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from invlint.engine import check_readings
from invlint.reference import load_reference
from invlint.rules import load_rules, select_rules
from invlint.sources.read import read_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from invlint.engine.check import Checked

SOUND = json.loads((Path(__file__).parents[2] / "samples" / "sound.json").read_text("utf-8"))


@pytest.fixture
def checked(write: Callable[[str, str], Path]) -> Callable[..., Checked]:
    """Check the sound sample after a change of one class's entry of the newest year."""

    def run(class_id: str, change: Callable[[dict[str, Any]], None]) -> Checked:
        document = copy.deepcopy(SOUND)
        entries = document["inventories"][-1]["entries"]
        change(next(entry for entry in entries if entry.get("class") == class_id and "activity" in entry))
        rules = load_rules(load_reference())
        selected = select_rules(rules.plan, [], [])
        return check_readings(
            [read_file(write("a.json", json.dumps(document)))], rules.plan, load_reference(), selected
        )

    return run


def _slip(part: str, number: int | None, unit: str, **others: Any) -> Callable[[dict[str, Any]], None]:
    def change(entry: dict[str, Any]) -> None:
        held = entry if number is None else entry["releases"][number]
        held[part].update(unit=unit, **others)

    return change


def test_an_activity_in_the_wrong_unit_is_one_change_for_all_its_releases(checked: Callable[..., Checked]) -> None:
    found = checked("1a.3", _slip("activity", None, "kt/a"))
    (remedy,) = found.remedies
    assert remedy.change == "change the unit of the activity from kt/a to t/a"
    assert (remedy.about, remedy.location.pointer is not None) == ("BVT 2024 1a.3", True)
    assert remedy.location.pointer.endswith("/activity/unit")
    assert len(remedy.resolves) >= 3
    assert set(remedy.resolves) <= {one.id for one in found.findings}
    assert {"power-of-ten-slip", "step-change", "unit-changed"} <= {one.partition(":")[0] for one in remedy.resolves}


def test_a_decimal_point_that_slipped_is_moved_back(checked: Callable[..., Checked]) -> None:
    def change(entry: dict[str, Any]) -> None:
        entry["activity"]["value"] *= 10

    (remedy,) = checked("1a.3", change).remedies
    assert remedy.change == "change the activity from 1345000 to 134500"


def test_a_sound_inventory_needs_no_remedy(checked: Callable[..., Checked]) -> None:
    assert checked("1a.3", lambda _entry: None).remedies == []


def test_two_slips_in_one_entry_have_no_single_remedy(checked: Callable[..., Checked]) -> None:
    def change(entry: dict[str, Any]) -> None:
        entry["releases"][0]["release"]["value"] *= 3
        entry["releases"][1]["release"]["value"] *= 7

    assert checked("1a.3", change).remedies == []


@pytest.mark.parametrize("strange", [None, [], "x", {"releases": [None, 5]}, {"activity": [], "releases": {}}])
def test_what_is_no_entry_stops_nothing(write: Callable[[str, str], Path], strange: Any) -> None:
    document = copy.deepcopy(SOUND)
    entries = document["inventories"][-1]["entries"]
    slipped = next(entry for entry in entries if entry.get("class") == "1a.3")
    slipped["activity"]["unit"] = "kt/a"
    slipped["releases"] += (
        strange["releases"] if isinstance(strange, dict) and isinstance(strange["releases"], list) else []
    )
    entries.append(strange)
    document["inventories"].append(strange)
    path = write("a.json", json.dumps(document))
    rules = load_rules(load_reference())
    found = check_readings([read_file(path)], rules.plan, load_reference(), select_rules(rules.plan, [], []))
    assert "change the unit of the activity from kt/a to t/a" in [remedy.change for remedy in found.remedies]
