"""Sound inventories of every shape give no finding at warning or above: a false alarm costs trust."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from sound_shapes import SHAPES

from invlint.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize("shape", SHAPES)
def test_a_sound_inventory_is_silent(
    shape: str, write: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(f"{shape}.json", json.dumps(SHAPES[shape](), ensure_ascii=False))
    status = main(["check", str(path), "-o", "json"])
    report = json.loads(capsys.readouterr().out)
    assert [_said(found) for found in report["findings"] if found["severity"] != "info"] == []
    assert status == 0


def test_a_sound_resubmission_is_silent(write: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str]) -> None:
    """The same inventory handed in again, with a further year, is compared without a word."""
    new = SHAPES["five_years"]()
    old = {**new, "inventories": new["inventories"][:-1], "submitted": "2020-08-31"}
    paths = [write(f"{name}.json", json.dumps(data)) for name, data in (("old", old), ("new", new))]
    status = main(["check", str(paths[1]), "--previous", str(paths[0]), "-o", "json"])
    report = json.loads(capsys.readouterr().out)
    assert [_said(found) for found in report["findings"] if found["severity"] != "info"] == []
    assert status == 0


def _said(found: dict[str, Any]) -> str:
    return f"{found['rule']['name']}: {found['message']}"
