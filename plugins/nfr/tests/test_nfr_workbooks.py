"""Annex I workbooks: each line a total under its code, each year an inventory, each figure with its cell."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from invlint.cli.main import main
from invlint.engine.places import exists
from invlint.reference import shipped_reference
from invlint.rules.load import rule_files
from invlint.sources import read_file
from invlint.testing import run_examples
from invlint_nfr.codes import is_counted
from invlint_nfr.recognise import is_annex_one

if TYPE_CHECKING:
    from invlint.sources import Document

RULES = Path(__file__).parents[1] / "src" / "invlint_nfr" / "rules"
REAL = next(
    (above / "shared" / "real" for above in Path(__file__).resolve().parents if (above / "shared" / "real").is_dir()),
    Path("nowhere"),
)
UK = REAL / "uk_nfr" / "UK_Annex1_Submission_2024_1990to2022.xlsx"

LINES = (
    ("A_PublicPower", "1A1a", 1.5, 0.25, "NA"),
    ("J_Waste", "5C2", 2.5, "NE", 3.0),
    ("", "NATIONAL TOTAL", 4.0, 0.25, 3.0),
    ("", "1A3bi(fu)", 7.0, "NE", "NE"),
    ("N_Natural", "11A", 9.0, "NO", "NO"),
)


def workbook(years: dict[str, Any], lines: Any = LINES, country: Any = "GB") -> bytes:
    """An Annex I workbook with a sheet for each year; a year of None leaves the cell blank."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, year in years.items():
        sheet = book.create_sheet(name)
        sheet["A1"] = "ANNEX 1: National sector emissions"
        for row, (label, value) in enumerate(
            (("COUNTRY:", country), ("DATE:", "22.01.2024"), ("YEAR:", year), ("Version:", "v1.0")), start=4
        ):
            sheet.cell(row, 1, label)
            sheet.cell(row, 2, value)
            sheet.cell(row, 3, "(as told)")
        heads = (("PCDD/ PCDF\n(dioxins/ furans)", "g I-TEQ"), ("HCB", "kg"), ("PCBs", "kg"))
        for column, (head, unit) in enumerate(heads, start=5):
            sheet.cell(12, column, head)
            sheet.cell(13, column, unit)
        sheet.cell(12, 4, "NOx\n(as NO2)")
        for column, head in enumerate(("NFR Aggregation", "NFR Code", "Long name", "kt"), start=1):
            sheet.cell(13, column, head)
        for row, (group, code, *figures) in enumerate(lines, start=14):
            sheet.cell(row, 1, group)
            sheet.cell(row, 2, code)
            for column, figure in enumerate(figures, start=5):
                sheet.cell(row, column, figure)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(tmp_path: Path, data: bytes) -> tuple[Document, tuple[str, ...]]:
    path = tmp_path / "annex.xlsx"
    path.write_bytes(data)
    reading = read_file(path)
    assert reading.problem is None, reading.problem
    (document,) = reading.documents
    return document, reading.notes


def test_each_line_becomes_a_total_under_its_code(tmp_path: Path) -> None:
    document, notes = read(tmp_path, workbook({"1990": 1990, "1991": 1991.0}))
    assert {name: document.data[name] for name in document.data if name != "inventories"} == {
        "format": "invlint/inventory-1",
        "party": "GBR",
        "edition": "none",
        "teq_scheme": "I-TEQ",
        "submitted": "2024-01-22",
    }
    first, second = document.data["inventories"]
    assert (first["year"], second["year"]) == (1990, 1991)
    assert first["totals"][:3] == [
        {"nfr": "1A1a", "chemical": "PCDD/PCDF", "vector": "air", "value": 1.5, "unit": "g I-TEQ"},
        {"nfr": "1A1a", "chemical": "HCB", "vector": "air", "value": 0.25, "unit": "kg"},
        {"nfr": "1A1a", "chemical": "PCB", "vector": "air", "key": "NA"},
    ]
    assert {"chemical": "PCDD/PCDF", "vector": "air", "value": 4.0, "unit": "g I-TEQ"} in first["totals"]
    assert document.doubts == ()
    assert notes == ("emissions by NFR code, to air: rules that rest on classes of the Toolkit do not apply to them",)


def test_every_figure_has_its_cell(tmp_path: Path) -> None:
    document, _ = read(tmp_path, workbook({"1990": 1990}))
    pointers = ["/inventories/0/totals/1/value", "/inventories/0/year", "/party"]
    assert all(exists(document.data, pointer) for pointer in pointers)
    cells = {pointer: spot.cell for pointer, spot in document.locator.locate(pointers).items()}
    assert cells == dict(zip(pointers, ("1990!F14", "1990!B6", "1990!B4"), strict=True))


def test_a_sheet_without_a_year_is_named_and_not_read(tmp_path: Path) -> None:
    document, notes = read(tmp_path, workbook({"Template": None, "1990": "1990"}))
    assert [inventory["year"] for inventory in document.data["inventories"]] == [1990]
    assert "the sheet “Template” was not read: it has no year" in notes


def test_a_figure_without_a_code_is_a_finding_at_its_cell(tmp_path: Path) -> None:
    document, _ = read(tmp_path, workbook({"1990": 1990}, (*LINES, ("", None, 44.5, None, None))))
    (doubt,) = document.doubts
    assert "“44.5” stands in a line without an NFR code" in doubt.problem
    assert document.locator.locate([doubt.pointer])[doubt.pointer].cell == "1990!E19"


def test_a_country_that_is_none_is_left_to_the_rule_on_codes(tmp_path: Path) -> None:
    assert read(tmp_path, workbook({"1990": 1990}, country="BEB"))[0].data["party"] == "BEB"


def test_text_in_the_place_of_a_figure_is_kept(tmp_path: Path) -> None:
    document, _ = read(tmp_path, workbook({"1990": 1990}, (("", "1A1a", "1,5 g", None, None),)))
    (total,) = document.data["inventories"][0]["totals"]
    assert total == {"nfr": "1A1a", "chemical": "PCDD/PCDF", "vector": "air", "value": "1,5 g", "unit": "g I-TEQ"}


def test_a_workbook_without_a_year_in_any_sheet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "annex.xlsx"
    path.write_bytes(workbook({"Template": None}))
    assert "no sheet has the head of Annex I" in (read_file(path).problem or "")


def test_other_workbooks_are_left_to_other_readers() -> None:
    sound = (Path(__file__).parents[3] / "samples" / "sound.xlsx").read_bytes()
    assert not is_annex_one(sound)
    assert not is_annex_one(b"PK\x03\x04 cut short")
    assert is_annex_one(workbook({"1990": 1990}))


@pytest.mark.parametrize(
    ("code", "counted"),
    [("1A1a", True), ("6A", True), ("1A3bi(fu)", False), ("11B", False), ("1A3di(i)", False), ("1A3di(ii)", True),
     ("COMPLIANCE TOTAL (CLRTAP)", False), ("ADJUSTMENTS", False)],
)  # fmt: skip
def test_which_lines_add_up_to_the_national_total(code: str, counted: bool) -> None:
    assert is_counted(code) is counted


def test_the_examples_of_the_rules_do_what_they_say() -> None:
    sources = [("nfr", file.name, file.read_text("utf-8")) for file in rule_files(RULES)]
    results = run_examples(sources, shipped_reference())
    assert len(results) >= 2 * len(sources)
    assert [result.problem for result in results if result.problem] == []


def test_a_sound_workbook_has_no_finding_and_a_wrong_total_has_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "annex.xlsx"
    path.write_bytes(workbook({"1990": 1990}))
    assert main(["check", str(path), "-o", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["findings"] == []
    outcomes = {one["rule"]: one for one in report["outcomes"]}
    assert outcomes["nfr-total-mismatch"]["outcome"] == "passed"
    assert outcomes["missing-class"]["reason"] == "no class list and default factors are at hand for edition none"
    wrong = [line if line[1] != "NATIONAL TOTAL" else ("", line[1], 5.0, *line[3:]) for line in LINES]
    path.write_bytes(workbook({"1990": 1990}, wrong))
    assert main(["check", str(path), "-o", "json"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert finding["rule"]["name"] == "nfr-total-mismatch"
    assert finding["locations"][0]["cell"] == "1990!E16"


@pytest.mark.skipif(not UK.exists(), reason="the published workbooks are not here")
def test_the_submission_of_the_united_kingdom(capsys: pytest.CaptureFixture[str]) -> None:
    reading = read_file(UK)
    inventories = reading.documents[0].data["inventories"]
    assert [inventory["year"] for inventory in inventories] == list(range(1990, 2023))
    for inventory in inventories:
        dioxins = [total for total in inventory["totals"] if total["chemical"] == "PCDD/PCDF"]
        (national,) = (total["value"] for total in dioxins if "nfr" not in total)
        parts = sum(total.get("value", 0) for total in dioxins if "nfr" in total and is_counted(total["nfr"]))
        assert national == pytest.approx(parts, rel=1e-9)
    main(["check", str(UK), "-o", "json"])
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert {finding["rule"]["name"] for finding in findings} <= {"nfr-step-change", "nfr-off-trend", "nfr-key-flipped"}
    said = {(finding["severity"], finding["key"]["year"], finding["message"].partition(" to air: ")[0])
            for finding in findings}  # fmt: skip
    assert {("error", 2004, "NFR 1A2f"), ("error", 2005, "NFR 1A2f"), ("error", 1999, "NFR 2C3")} <= said


@pytest.mark.skipif(not REAL.exists(), reason="the published workbooks are not here")
@pytest.mark.parametrize(
    ("name", "years"), [("BEB_2021.xlsx", range(1990, 2020)), ("BEF_2021.xlsx", range(1990, 2020))]
)
def test_the_submissions_of_belgian_regions(name: str, years: range) -> None:
    document = read_file(REAL / "belgium_nfr" / name).documents[0]
    assert [inventory["year"] for inventory in document.data["inventories"]] == list(range(1990, 2020))
    for inventory in document.data["inventories"]:
        dioxins = [total for total in inventory["totals"] if total["chemical"] == "PCDD/PCDF"]
        (national,) = (total["value"] for total in dioxins if "nfr" not in total)
        parts = sum(total.get("value", 0) for total in dioxins if "nfr" in total and is_counted(total["nfr"]))
        assert national == pytest.approx(parts, rel=1e-6)
