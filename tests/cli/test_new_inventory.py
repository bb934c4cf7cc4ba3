"""`invlint new inventory`: an empty form that, filled in by hand, checks clean and is what it was filled in with."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from invlint.cli.main import main
from invlint.reference import shipped_reference
from invlint.writers.differences import lost_facts

sys.path.insert(0, str(Path(__file__).parents[1] / "workbooks"))

from filling import Form

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The form, filled in with the sound sample."""
    path = tmp_path_factory.mktemp("form") / "bvt.xlsx"
    assert main(["new", "inventory", "--party", "BVT", "--year", "2019", "--year", "2024", "-o", str(path)]) == 0
    form = Form(path)
    form.fill(sample())
    form.save(path)
    return path


def sample() -> dict[str, Any]:
    document: dict[str, Any] = json.loads((SAMPLES / "sound.json").read_text("utf-8"))
    return document


def test_the_form_filled_in_with_the_sound_sample_checks_clean(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["check", str(filled), "-o", "json"])
    report = json.loads(capsys.readouterr().out)
    assert [finding["message"] for finding in report["findings"]] == []
    assert status == 0


def test_the_filled_form_is_the_sample(filled: Path, tmp_path: Path) -> None:
    """All the same, but for order, and for releases that a formula gives more digits of than the sample has."""
    target = tmp_path / "again.json"
    main(["convert", str(filled), str(target)])
    again, before = json.loads(target.read_text("utf-8")), sample()
    for release in releases_in(again):
        release["release"]["value"] = float(f"{release['release']['value']:.6g}")
    totals, totals_before = totals_in(again), totals_in(before)
    reference = shipped_reference()
    assert lost_facts([before], [again], reference) == []
    assert lost_facts([again], [before], reference) == []
    assert {place: totals[place] for place in totals_before} == pytest.approx(totals_before, rel=1e-5)
    further = {place: total for place, total in totals.items() if place not in totals_before}
    assert {(year, chemical) for year, _, _, chemical, *_ in further} == {
        (year, chemical) for year in (2019, 2024) for chemical in ("PCB", "dl-PCB", "HCB")
    }
    for (year, _, _, chemical, vector, unit), total in further.items():
        amounts = [
            release["release"]["value"]
            for inventory in again["inventories"]
            if inventory["year"] == year
            for release in releases_in({"inventories": [inventory]})
            if (release["chemical"], release["vector"], release["release"]["unit"]) == (chemical, vector, unit)
        ]
        assert total == pytest.approx(sum(amounts), rel=1e-5)


def releases_in(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The releases that have a figure."""
    for inventory in document["inventories"]:
        for entry in inventory["entries"]:
            yield from (release for release in entry.get("releases", ()) if "release" in release)


def totals_in(document: dict[str, Any]) -> dict[tuple[Any, ...], float]:
    """The totals, taken out of the document, by what they are about."""
    return {
        (inventory["year"], *(total.get(name) for name in ("group", "annex_c", "chemical", "vector", "unit"))): total[
            "value"
        ]
        for inventory in document["inventories"]
        for total in inventory.pop("totals")
    }
