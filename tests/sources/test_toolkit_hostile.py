"""Whatever stands in a Toolkit workbook, its reading is documents or a reason, soon and in little memory."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from invlint.errors import ReadingError
from invlint.schema import shape_rows
from invlint.sources import Reading, read_file
from invlint.sources.workbook_source import read_workbook

REAL = Path("/work/shared/real")
FOLDERS = ("workbooks", "awkward_files", "germany_lps", "uk_nfr", "belgium_nfr")
FILES = sorted(file for folder in FOLDERS for file in (REAL / folder).glob("*"))

_words = st.sampled_from([
    "Class", "Category", "Air", "Water", "Residue", "Fly ash", "Emission factor (µg TEQ/t)",
    "Release (g TEQ/a)", "Unit", "Activity (t/a)", "Source", "Total", "Subtotal", "1a", "1a.1", "Class 2",
    "2", "NO", "NE", "ND", "1,5", "1.500", "-", "3.5 a", "12 t/a", "=A1*B1", "=SUM(A1:C3)", "=IF(A1>0,1,B2)",
    "#REF!", "Year 2012", "HCB", "PCDD/PCDF", "Notes",
])  # fmt: skip
_cells = st.one_of(
    st.none(), _words, st.integers(-5, 3000), st.floats(allow_nan=False, allow_infinity=False), st.booleans()
)
_rows = st.lists(st.lists(_cells, max_size=9), max_size=14)


def _saved(rows: list[list[Any]], merged: list[str]) -> bytes:
    made = Workbook()
    sheet = made.worksheets[0]
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(_rows, st.lists(st.sampled_from(["A1:C1", "B1:F1", "A2:A5", "B3:B4"]), max_size=2, unique=True))
def test_any_sheet_gives_documents_or_a_reason(rows: list[list[Any]], merged: list[str]) -> None:
    try:
        documents, _ = read_workbook(_saved(rows, merged), zipped=True)
    except ReadingError:
        return
    assert documents
    shape_rows([Reading("a.xlsx", None, tuple(documents))])
    for document in documents:
        pointers = [doubt.pointer for doubt in document.doubts]
        assert all(spot.cell for spot in document.locator.locate(pointers).values())


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(_rows)
def test_every_figure_of_a_class_is_read_or_a_finding(rows: list[list[Any]]) -> None:
    """Below a plain head no number under a factor, activity or release is lost without a word."""
    head = [["Class", "Release to air (g TEQ/a)", "Release to water (g TEQ/a)"]]
    body = [[row[0] if isinstance(row[0], str) else None, *row[1:3]] for row in rows if row]
    body = [[None if isinstance(cell, str) and cell[0] in "=#" else cell for cell in row] for row in body]
    body = [row for row in body if not any(isinstance(cell, str) and cell not in ("1a", "1a.1") for cell in row)]
    try:
        documents, notes = read_workbook(_saved([*head, ["1a.4", 1, 2], *body], []), zipped=True)
    except ReadingError:
        return
    numbers = [
        cell for row in body for cell in row[1:] if isinstance(cell, (int, float)) and not isinstance(cell, bool)
    ]
    read = [
        amount
        for inventory in documents[0].data["inventories"]
        for part in (
            *(one.get("release", {}) for entry in inventory["entries"] for one in entry.get("releases", [])),
            *inventory.get("totals", []),
        )
        if isinstance(amount := part.get("value"), (int, float))
    ]
    assert documents[0].doubts or notes or sorted(read) == sorted([1, 2, *numbers])


def _package(**parts: str) -> bytes:
    made = Workbook()
    file, changed = io.BytesIO(), io.BytesIO()
    made.save(file)
    with zipfile.ZipFile(file) as package, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as other:
        for name in package.namelist():
            other.writestr(name, parts.get(name.rpartition("/")[2].partition(".")[0], package.read(name)))
    return changed.getvalue()


def test_entities_that_unfold_are_refused() -> None:
    bomb = "".join(f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 12))
    sheet = f'<!DOCTYPE a [<!ENTITY e0 "aaaaaaaaaa">{bomb}]><worksheet><sheetData>&e11;</sheetData></worksheet>'
    begun = time.monotonic()
    with pytest.raises(ReadingError):
        read_workbook(_package(sheet1=sheet), zipped=True)
    assert time.monotonic() - begun < 20


def test_merged_cells_over_the_whole_sheet_are_no_burden() -> None:
    cells = "".join(f'<c r="{column}1" t="inlineStr"><is><t>Air</t></is></c>' for column in "ABC")
    merged = '<mergeCell ref="A1:XFD1048576"/>' * 2000
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rows = f'<sheetData><row r="1">{cells}</row></sheetData>'
    sheet = f'<worksheet xmlns="{name}">{rows}<mergeCells>{merged}</mergeCells></worksheet>'
    begun = time.monotonic()
    with pytest.raises(ReadingError):
        read_workbook(_package(sheet1=sheet), zipped=True)
    assert time.monotonic() - begun < 20


def test_a_long_sheet_is_read_in_time() -> None:
    made = Workbook(write_only=True)
    sheet = made.create_sheet("Group 1")
    sheet.append(["Class", "Emission factor (µg TEQ/t)", "Activity (t/a)", "Release (g TEQ/a)"])
    sheet.append([None, "Air", None, "Air"])
    for number in range(20_000):
        sheet.append([f"1a.{number % 4 + 1}", 3500, number, f"=B{number + 3}*C{number + 3}/1000000"])
    file = io.BytesIO()
    made.save(file)
    begun = time.monotonic()
    documents, _ = read_workbook(file.getvalue(), zipped=True)
    assert sum(len(entry["releases"]) for entry in documents[0].data["inventories"][0]["entries"]) == 20_000
    assert time.monotonic() - begun < 60


@pytest.mark.skipif(not FILES, reason="the real files are not here")
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_real_file_is_read_or_refused_with_a_reason(file: Path) -> None:
    reading = read_file(file)
    assert reading.documents or reading.problem


@pytest.mark.skipif(
    not FILES or not Path("/proc/self/status").exists(), reason="the real files, or what tells the memory, are not here"
)
def test_no_real_file_takes_more_than_a_gigabyte() -> None:
    code = (
        "import sys; from pathlib import Path; from invlint.sources import read_file\n"
        "for name in sys.argv[1:]: read_file(Path(name))\n"
        "print(Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0])"
    )
    begun = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code, *map(str, FILES)], check=True, capture_output=True, text=True)
    assert time.monotonic() - begun < 30 * len(FILES)
    assert int(done.stdout) < 1_000_000
