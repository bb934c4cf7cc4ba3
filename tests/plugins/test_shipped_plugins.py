"""The plugins that come with invlint: they take part, count once, and the core does without them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from invlint.plugins import active
from invlint.plugins.installed import installed_plugins

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = Path(__file__).parents[2] / "samples"
SHIPPED = ("dioxins", "hcb-pecbz", "nfr", "pcb", "pcn-hcbd")
WITHOUT = [word for name in SHIPPED for word in ("--no-plugin", name)]


@pytest.fixture
def report(tmp_path: Path) -> Callable[..., tuple[int, Any]]:
    """The exit status and the JSON report of a check in a process of its own."""

    def run(*words: str) -> tuple[int, Any]:
        done = subprocess.run(
            [sys.executable, "-m", "invlint", "check", *words, "-o", "json"],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "INVLINT_CACHE_DIR": str(tmp_path)},
        )
        return done.returncode, json.loads(done.stdout)

    return run


def test_each_takes_part_once_and_without_trouble() -> None:
    assert [plugin.name for plugin in active()] == list(SHIPPED)
    assert [plugin.troubles for plugin in active()] == [()] * len(SHIPPED)


def test_one_that_is_installed_with_invlint_and_alone_counts_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    metadata = tmp_path / "invlint_dioxins-0.1.0.dist-info"
    metadata.mkdir()
    (metadata / "entry_points.txt").write_text("[invlint]\ndioxins = invlint_dioxins.plugin\n", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert [plugin.name for plugin in installed_plugins()] == list(SHIPPED)


@pytest.mark.parametrize("name", ["sound.json", "sound.csv", "faulty.json"])
def test_without_them_the_core_judges_the_samples_as_before(report: Callable[..., tuple[int, Any]], name: str) -> None:
    status, whole = report(str(SAMPLES / name))
    status_without, without = report(str(SAMPLES / name), *WITHOUT)
    assert status == status_without
    assert without["plugins"] == []
    core = {outcome["rule"] for outcome in without["outcomes"]}
    assert [outcome for outcome in whole["outcomes"] if outcome["rule"] in core] == without["outcomes"]
    assert [found for found in whole["findings"] if found["rule"]["name"] in core] == without["findings"]


def test_without_them_every_chemical_stays_known(report: Callable[..., tuple[int, Any]], tmp_path: Path) -> None:
    units = {"PCDD/PCDF": "g TEQ/a", "dl-PCB": "g TEQ/a"}
    releases = [
        {"chemical": chemical, "vector": "air", "release": {"value": 1, "unit": units.get(chemical, "kg/a")}}
        for chemical in ("PCDD/PCDF", "PCB", "dl-PCB", "HCB", "PeCBz", "PCN", "HCBD")
    ]
    document = {"format": "invlint/inventory-1", "party": "BVT", "edition": "2013",
                "inventories": [{"year": 2020, "entries": [{"class": "1a.1", "releases": releases}]}]}  # fmt: skip
    path = tmp_path / "ken.json"
    path.write_text(json.dumps(document), "utf-8")
    _, without = report(str(path), *WITHOUT)
    rules = {found["rule"]["name"] for found in without["findings"]}
    assert not {"unknown-code", "teq-mass-mixed", "schema-violation"} & rules


def test_without_its_plugin_a_member_is_no_member(report: Callable[..., tuple[int, Any]]) -> None:
    status, without = report(str(SAMPLES / "congeners.json"), *WITHOUT)
    assert status == 1
    assert "schema-violation" in {found["rule"]["name"] for found in without["findings"]}
