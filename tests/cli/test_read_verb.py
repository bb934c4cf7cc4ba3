"""`invlint read` as its users meet it: what was understood, with the cells, and what was not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

ROOT = Path(__file__).parents[2]
OUTPUTS = Path(__file__).parent / "outputs"


def run(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "invlint", "read", *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "100"},
    )


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A Toolkit workbook with a fault of each kind."""
    made = Workbook()
    cover = made.worksheets[0]
    cover.title = "Cover"
    for said in (["Party", "Kenya"], ["Reference year", 2019], ["Toolkit edition", 2013], ["Population", 50_000_000]):
        cover.append(said)
    sheet = made.create_sheet("Incineration")
    rows: list[list[Any]] = [
        ["Source group 1: waste incineration"],
        ["Class", "Emission factor (µg TEQ/t)", None, "Activity (t/a)", "Release (g TEQ/a)", None, "Stack height"],
        [None, "Air", "Fly ash", None, "Air", "Fly ash", None],
        ["1a Municipal solid waste incineration"],
        ["1a.1", 3500, "NA", "1200", "=B5*D5/1000000", None, None],
        ["Class 2", 350, 500, 2000, 0.7, "NE", 40],
        ["1a.3", 30, 200, "NO", None, None, None],
        ["Harbour plant", 30, 200, 15, 0.00045, 0.003, None],
        ["Total", None, None, None, 4.9, None, None],
    ]
    for row in rows:
        sheet.append(row)
    path = tmp_path / "ken.xlsx"
    made.save(path)
    return path


def test_the_whole_output_is_as_it_was_read_and_approved(workbook: Path) -> None:
    """To approve a change: write the new output over the file after reading it."""
    done = run("ken.xlsx", folder=workbook.parent)
    assert (done.returncode, done.stderr) == (0, "")
    assert (OUTPUTS / "read.txt").read_text("utf-8") == done.stdout


def test_a_flat_file_is_shown_with_its_lines() -> None:
    done = run("samples/faulty.csv")
    assert done.returncode == 0
    assert "[line 2]" in done.stdout


def test_as_data_each_value_has_its_place(workbook: Path) -> None:
    data = json.loads(run("ken.xlsx", "-o", "json", folder=workbook.parent).stdout)
    [document] = data["documents"]
    assert document["places"]["/inventories/0/entries/0/activity/value"] == "Incineration!D5"
    assert document["data"]["party"] == "KEN"
    assert [one["place"] for one in document["not_understood"]] == [
        "Incineration!D5",
        "Incineration!B8",
        "Incineration!G6",
    ]
    columns = data["tables"][0]["columns"]
    assert {"cell": "Incineration!C3", "head": "Fly ash", "meaning": "factor to residue (fly ash), µg TEQ/t"} in columns


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"nothing")
    done = run("a.xlsx", folder=tmp_path)
    assert done.returncode == 3
    assert "not read: the file is named .xlsx but is no workbook" in done.stdout


def test_a_file_that_is_not_there_is_a_wrong_command() -> None:
    done = run("nowhere.xlsx")
    assert done.returncode == 2
    assert "there is no file “nowhere.xlsx”" in done.stderr


def test_one_sheet_can_be_named(workbook: Path) -> None:
    assert run("ken.xlsx", "--sheet", "Incineration", folder=workbook.parent).returncode == 0
    assert "there is no sheet “Other”" in run("ken.xlsx", "--sheet", "Other", folder=workbook.parent).stdout
