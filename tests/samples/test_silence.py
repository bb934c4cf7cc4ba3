"""Sound inventories of every shape give no finding at warning or above: a false alarm costs trust."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from sound_shapes import RESUBMISSIONS, SHAPES, ten_parties

from invlint.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Check = Callable[..., dict[str, Any]]


@pytest.fixture
def check(write: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str]) -> Check:
    """The report on documents, held against an earlier submission where there is one."""

    def run(*documents: dict[str, Any], earlier: dict[str, Any] | None = None) -> dict[str, Any]:
        paths = [write(f"{number}.json", json.dumps(data)) for number, data in enumerate(documents)]
        before = ["--previous", str(write("earlier.json", json.dumps(earlier)))] if earlier else []
        status = main(["check", *map(str, paths), *before, "-o", "json"])
        report: dict[str, Any] = json.loads(capsys.readouterr().out)
        assert status == 0
        return report

    return run


@pytest.mark.parametrize("shape", SHAPES)
def test_a_sound_inventory_is_silent(shape: str, check: Check) -> None:
    assert _grave(check(SHAPES[shape]())) == []


@pytest.mark.parametrize("shape", RESUBMISSIONS)
def test_a_sound_resubmission_is_silent(shape: str, check: Check) -> None:
    """An inventory handed in again is compared with what stood there before without a word."""
    new, old = RESUBMISSIONS[shape]()
    assert _grave(check(new, earlier=old)) == []


def test_factors_that_scatter_as_usual_are_silent(check: Check) -> None:
    assert _grave(check(*ten_parties())) == []


def _grave(report: dict[str, Any]) -> list[str]:
    return [f"{found['rule']['name']}: {found['message']}" for found in report["findings"]
            if found["severity"] != "info"]  # fmt: skip
