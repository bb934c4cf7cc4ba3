"""`invlint new inventory`: an empty form that, filled in by hand, checks clean and is what it was filled in with."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from invlint.cli.main import main
from invlint.reference import shipped_reference
from invlint.sources import Reading, read_file
from invlint.writers.differences import lost_facts

sys.path.insert(0, str(Path(__file__).parents[1] / "workbooks"))

from filling import FIRST, Form, columns_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet.worksheet import Worksheet

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


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_spreadsheet_computes_what_invlint_computes(
    filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """After a spreadsheet has saved the form its formulas have stored values, and the inventory is the same."""
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(filled)], check=True, capture_output=True, timeout=300)
    saved = tmp_path / filled.name
    assert main(["check", str(saved), "-o", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []
    computed, stored = read_file(filled), read_file(saved)
    assert stored.notes == ()
    assert facts(stored) == pytest.approx(facts(computed), rel=1e-9)


def facts(reading: Reading) -> dict[tuple[Any, ...], float]:
    """The releases of a reading, by where they stand."""
    return {
        (inventory["year"], entry["class"], entry.get("site"), *(release.get(name) for name in _PLACE)): value
        for inventory in reading.documents[0].data["inventories"]
        for entry in inventory["entries"]
        for release in entry.get("releases", ())
        if (value := release.get("release", {}).get("value")) is not None
    }


_PLACE = ("chemical", "vector", "residue_kind")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--party", "Kenya", "--year", "2024"], "“Kenya” is no Party: did you mean KEN? give its three-letter code"),
        (["--party", "KEN", "--year", "24"], "24 is no reference year: give one such as 2024"),
        (["--party", "KEN", "--year", "2024", "-o", "ken.csv"], "“ken.csv” is to be a workbook"),
        (["--party", "KEN", "--year", "2024", "-o", "no/folder/ken.xlsx"], "“no/folder/ken.xlsx” cannot be written"),
    ],
)
def test_what_cannot_be_written_is_told(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "inventory", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_a_workbook_that_is_there_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new", "inventory", "--party", "KEN", "--year", "2024"]) == 0
    before = (tmp_path / "ken-2024.xlsx").read_bytes()
    assert main(["new", "inventory", "--party", "KEN", "--year", "2024"]) == 2
    assert (tmp_path / "ken-2024.xlsx").read_bytes() == before


@pytest.mark.parametrize("edition", ["2013", "2005"])
def test_an_empty_form_reports_nothing_and_is_told_so(
    edition: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "ken.xlsx"
    arguments = ["--party", "KEN", "--year", "2024", "--edition", edition, "-o", str(path)]
    assert main(["new", "inventory", *arguments]) == 0
    reading = read_file(path)
    assert reading.notes == ()
    (document,) = reading.documents
    assert document.doubts == ()
    assert document.data == {
        "format": "invlint/inventory-1", "party": "KEN", "edition": edition, "inventories": [{"year": 2024}],
    }  # fmt: skip
    main(["check", str(path), "-o", "json"])
    said = capsys.readouterr().out
    missing = [
        one["key"]["group"]
        for one in json.loads(said[said.index("{") :])["findings"]
        if one["rule"]["name"] == "missing-group"
    ]
    assert missing == list(range(1, 11))


def test_the_form_prints_every_default_with_its_evidence(tmp_path: Path) -> None:
    path = tmp_path / "ken.xlsx"
    main(["new", "inventory", "--party", "KEN", "--year", "2024", "-o", str(path)])
    book = openpyxl.load_workbook(path)
    printed = {default for name in book.sheetnames[2:-2] for default in printed_defaults(book[name])}
    assert printed == {
        (class_id, chemical, vector, kind, code or value, unit, evidence)
        for class_id, chemical, vector, kind, value, unit, code, evidence, *_ in shipped_reference().factors
    }


def printed_defaults(sheet: Worksheet) -> Iterator[tuple[Any, ...]]:
    """Class, chemical, vector, kind of residue, factor or code, unit and evidence of each default on a sheet."""
    columns = columns_of(sheet)
    factors = {
        key[1]: place for key, place in columns.items() if isinstance(key, tuple) and key[0] == "Emission factor"
    }
    del factors["Factor unit"]
    for row in range(FIRST, sheet.max_row + 1):
        told = str(sheet.cell(row, columns["Evidence of the defaults"]).value).split("; ")
        evidence = {name: part.split(": ")[0] for part in told for name in part.partition(": ")[2].split(", ")}
        for head, place in factors.items():
            value = sheet.cell(row, place).value
            if value is not None:
                vector, _, kind = head.partition(": ")
                unit = sheet.cell(row, columns["Factor unit"]).value if isinstance(value, (int, float)) else None
                about = sheet.cell(row, 1).value, sheet["B3"].value, vector.lower(), kind or None
                yield (*about, value, unit, evidence[kind or vector.lower()])


def test_text_never_becomes_a_formula(tmp_path: Path) -> None:
    """A remark that begins like a formula stays the text that it is."""
    document = {"party": "KEN", "inventories": [{"year": 2024, "entries": [
        {"class": "1c.2", "site": "=1+1", "key": "NE", "reason": "=HYPERLINK(1)"}]}]}  # fmt: skip
    (tmp_path / "a.json").write_text(json.dumps(document), "utf-8")
    assert main(["convert", str(tmp_path / "a.json"), str(tmp_path / "a.xlsx"), "--layout", "toolkit"]) == 0
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["Group 1"]
    row = next(row for row in range(FIRST, sheet.max_row + 1) if sheet.cell(row, 1).value == "1c.2")
    assert {cell.data_type for cell in sheet[row] if cell.value in ("=1+1", "=HYPERLINK(1)")} == {"s"}


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
