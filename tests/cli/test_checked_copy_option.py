"""`invlint check -o xlsx=FILE` as its users meet it."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import openpyxl
import pytest

from invlint.cli.main import main

SAMPLES = Path(__file__).parents[2] / "samples"


def test_the_faulty_sample_is_handed_back_with_its_faults_at_their_cells(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "checked.xlsx"
    assert main(["check", str(SAMPLES / "faulty.xlsx"), "-o", f"xlsx={copy}"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == f"wrote {copy}: 14 cells marked, 0 findings about no cell\n"
    sheet = openpyxl.load_workbook(copy)["Inventory"]
    with (SAMPLES / "faults.csv").open(encoding="utf-8", newline="") as file:
        faults = list(csv.DictReader(file))
    for fault in faults:
        comment = sheet[fault["cell"].partition("!")[2]].comment
        assert comment is not None, fault
        assert fault["rule"] in comment.text
    commented = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}
    assert commented == {fault["cell"].partition("!")[2] for fault in faults}


def test_the_copy_can_be_had_beside_other_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "checked.xlsx"
    main(["check", str(SAMPLES / "faulty.xlsx"), "-o", "terminal", "-o", f"xlsx={copy}"])
    assert "15 failed" in capsys.readouterr().out
    assert copy.exists()


def test_a_sound_workbook_gets_a_sheet_that_says_so(tmp_path: Path) -> None:
    copy = tmp_path / "checked.xlsx"
    assert main(["check", str(SAMPLES / "sound.xlsx"), "-o", f"xlsx={copy}"]) == 0
    assert str(openpyxl.load_workbook(copy)["Findings"]["A2"].value).startswith("nothing is wrong")


@pytest.mark.parametrize(
    ("paths", "copy", "said"),
    [
        (["sound.xlsx"], "xlsx", "a copy of the workbook needs a file to go to: -o xlsx=FILE.checked.xlsx"),
        (["sound.json"], "xlsx=new.xlsx", "is no XLSX workbook, and findings can be written into these alone"),
        (["sound.xlsx", "sound.csv"], "xlsx=new.xlsx", "of one workbook, and 2 files are given: check it alone"),
        (["sound.xlsx"], "xlsx=new.ods", "must end in .xlsx too"),
        (["sound.xlsx"], "xlsx=no/folder/new.xlsx", "the copy cannot be written to “no/folder/new.xlsx”"),
        (["sound.xlsx"], "xlsx=sound.xlsx", "is the workbook itself, which is left as it is: name another file"),
    ],
)
def test_what_no_copy_can_be_made_of_is_told(
    paths: list[str],
    copy: str,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    for path in paths:
        shutil.copy(SAMPLES / path, tmp_path)
    before = {path: (tmp_path / path).read_bytes() for path in paths}
    assert main(["check", *paths, "-o", copy]) == 2
    assert said in capsys.readouterr().err
    assert {path: (tmp_path / path).read_bytes() for path in paths} == before


def test_of_a_workbook_that_cannot_be_read_there_is_no_copy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 and no more")
    assert main(["check", str(tmp_path / "broken.xlsx"), "-o", f"xlsx={tmp_path / 'copy.xlsx'}"]) == 3
    assert "no copy of" in capsys.readouterr().err
    assert not (tmp_path / "copy.xlsx").exists()
