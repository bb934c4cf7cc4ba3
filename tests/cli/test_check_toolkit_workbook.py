"""`invlint check` on a workbook of the Toolkit's form: all rules run, and findings point at cells."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from invlint.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

HEAD: list[list[Any]] = [
    ["Class", "Emission factor (µg TEQ/t)", None, "Activity (t/a)", "Annual release (g TEQ/a)", None],
    [None, "Air", "Bottom ash", None, "Air", "Bottom ash"],
]


def _rules_at(folder: Path, *rows: list[Any], capsys: pytest.CaptureFixture[str]) -> set[tuple[str, str]]:
    """The findings on a sheet of these rows, as (rule, first cell)."""
    made = Workbook()
    cover = made.worksheets[0]
    for row in (["Party", "Kenya"], ["Reference year", 2019], ["Toolkit edition", 2013], ["TEQ scheme", "WHO-2005"],
                ["Scope", "1a"]):  # fmt: skip
        cover.append(row)
    sheet = made.create_sheet("Group 1")
    for row in (*HEAD, *rows):
        sheet.append(row)
    made.save(folder / "ken.xlsx")
    main(["check", str(folder / "ken.xlsx"), "-o", "json", "--ignore", "TRN,COM,CMP"])
    report = json.loads(capsys.readouterr().out)
    return {(one["rule"]["name"], one["locations"][0]["cell"]) for one in report["findings"]}


SOUND = ["1a.1", 3500, 75, 1000, 3.5, 0.075]


@pytest.mark.parametrize(
    ("rows", "finding"),
    [
        ([["1a.1", 3500, 75, 1000, 3500, 0.075]], ("power-of-ten-slip", "Group 1!E3")),
        ([["1a.1", 3500, 75, 1000, 3.1, 0.075]], ("release-not-product", "Group 1!E3")),
        ([["1a.1", -3500, 75, 1000, 3.5, 0.075]], ("negative-value", "Group 1!B3")),
        ([["1a.9", 3500, 75, 1000, 3.5, 0.075]], ("unknown-code", "Group 1!A3")),
        ([SOUND, SOUND], ("duplicate-entry", "Group 1!E3")),
        ([SOUND, ["Total 1a", None, None, None, 4.5, None]], ("total-mismatch", "Group 1!E4")),
        ([["1a.1", 3500, "75", 1000, 3.5, 0.075]], ("ambiguous-number", "Group 1!C3")),
        ([["1a.1", 3500, 75, "1,000", 3.5, 0.075]], ("ambiguous-number", "Group 1!D3")),
        ([SOUND, ["Harbour", 3500, 75, 1000, 3.5, 0.075]], ("unread-figures", "Group 1!B4")),
    ],
)
def test_a_fault_is_found_at_its_cell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: list[list[Any]], finding: tuple[str, str]
) -> None:
    assert finding in _rules_at(tmp_path, *rows, capsys=capsys)


def test_a_sound_sheet_has_no_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = _rules_at(tmp_path, SOUND, ["Total 1a", None, None, None, 3.5, 0.075], capsys=capsys)
    assert found == set()
