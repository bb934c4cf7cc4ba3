"""`invlint summary` as its users meet it: whole outputs and exit statuses."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from invlint.cli.main import main
from invlint.cli.summary_tables import number
from invlint.reference.code_lists import VECTORS

if TYPE_CHECKING:
    from collections.abc import Callable

    Write = Callable[[str, str | bytes], Path]
    Output = pytest.CaptureFixture[str]

OUTPUTS = Path(__file__).parent / "outputs"
SAMPLES = Path(__file__).parents[2] / "samples"

KENYA = """{"format": "invlint/inventory-1", "party": "KEN", "edition": "2013", "teq_scheme": "WHO-2005",
 "inventories": [
  {"year": 2012, "population": 43200000, "entries": [
    {"class": "1a.1", "releases": [
      {"vector": "air", "release": {"value": 40.5, "unit": "g TEQ/a"}},
      {"vector": "residue", "release": {"value": 6, "unit": "g TEQ/a"}},
      {"vector": "residue", "residue_kind": "fly ash", "release": {"value": 4, "unit": "g TEQ/a"}}]},
    {"class": "1c.2", "activity": {"value": 1200, "unit": "t/a"}, "releases": [
      {"vector": "air", "factor": {"value": 3000, "unit": "ug TEQ/t", "origin": "toolkit"}},
      {"vector": "residue", "key": "C", "reason": "one plant"}]},
    {"category": "1b", "key": "NE", "reason": "no register yet"},
    {"class": "2d.4", "releases": [{"vector": "air", "release": {"value": 0.5, "unit": "g TEQ/a"}}]},
    {"class": "3a.1", "releases": [{"vector": "air", "release": {"value": 0.7, "unit": "mg/a"}}]},
    {"class": "4a.1", "releases": [{"vector": "air", "release": {"value": 0.00001234, "unit": "g TEQ/a"}}]},
    {"class": "6b.1", "key": "NO"}],
   "totals": [{"group": 1, "vector": "air", "value": 44.1, "unit": "g TEQ/a"},
              {"group": 1, "vector": "residue", "value": 5.9999, "unit": "g TEQ/a"},
              {"annex_c": "II.a", "value": 50.1, "unit": "g TEQ/a"},
              {"group": 7, "key": "NE"},
              {"value": 48, "unit": "g TEQ/a"}]},
  {"year": 2017, "population": 48900000, "entries": [
    {"class": "1a.1", "releases": [{"vector": "air", "release": {"value": 30, "unit": "g TEQ/a"}}]},
    {"class": "6b.1", "releases": [{"vector": "land", "release": {"value": 2, "unit": "g TEQ/a"}}]}]}]}
"""


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")


@pytest.mark.parametrize(
    ("name", "arguments", "width"),
    [
        ("summary.txt", [], "80"),
        ("summary-narrow.txt", ["--year", "2017"], "40"),
        ("summary.csv", ["--output", "csv"], "80"),
    ],
)
def test_the_whole_output_is_as_it_was_read_and_approved(
    name: str, arguments: list[str], width: str, write: Write, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To approve a change: write the new output over the file after reading it."""
    write("ken.json", KENYA)
    monkeypatch.setenv("COLUMNS", width)
    assert main(["summary", "ken.json", *arguments]) == 0
    assert (OUTPUTS / name).read_text("utf-8") == capsys.readouterr().out


@pytest.mark.parametrize("width", [40, 60, 80, 110])
def test_no_line_is_wider_than_the_terminal_and_no_number_is_cut(
    width: int, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    assert main(["summary", str(SAMPLES / "sound.json"), "--chemical", "HCB"]) == 0
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= width
    assert {"≥1.230e-4", "≥0.002891", "~-3.415"} <= set(out.split())


def test_the_four_forms_of_one_inventory_have_one_summary(capsys: Output) -> None:
    told = []
    for form in ("json", "yaml", "csv", "xlsx"):
        assert main(["summary", str(SAMPLES / f"sound.{form}")]) == 0
        told.append(capsys.readouterr().out)
    assert len(set(told)) == 1


def test_the_sums_of_the_sound_sample_are_its_reported_totals(capsys: Output) -> None:
    data = _data(capsys, str(SAMPLES / "sound.json"))
    totals = [total for year in data["inventories"] for one in year["chemicals"] for total in one["reported_totals"]]
    assert totals
    assert {total["verdict"] for total in totals} == {"agrees"}


def _data(capsys: Output, *arguments: str, status: int = 0) -> dict[str, Any]:
    assert main(["summary", *arguments, "--output", "json"]) == status
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_the_json_has_every_figure_in_full(write: Write, capsys: Output) -> None:
    write("ken.json", KENYA)
    data = _data(capsys, "ken.json")
    assert list(data) == [
        "format", "inventories", "trends", "unsummed", "doubts", "unread", "notes", "passed_over",
    ]  # fmt: skip
    assert data["format"] == "invlint/summary-1"
    first = data["inventories"][0]
    assert (first["party"], first["year"], first["population"], first["scope"]) == ("KEN", 2012, 43200000, [])
    (chemical,) = first["chemicals"]
    assert chemical["groups"][0]["vectors"]["air"] == {
        "value": pytest.approx(44.1),
        "lower_bound": True,
        "figures": 2,
        "computed": 1,
        "gaps": 1,
        "unsummed": 0,
        "keys": ["NE"],
    }
    assert list(chemical["groups"][0]["vectors"]) == list(VECTORS)
    assert list(chemical["groups"][1]["vectors"]) == ["air"]
    assert chemical["total"]["total"]["value"] == pytest.approx(50.60001234)
    assert chemical["per_person"] == {
        "value": pytest.approx(50.60001234e6 / 43.2e6),
        "unit": "ug TEQ per person and year",
    }
    assert chemical["gaps"] == [{"key": "NE", "number": 1}, {"key": "C", "number": 1}]
    assert [one["category"] for one in chemical["key_categories"]] == ["1a", "1c"]
    assert data["trends"][0]["changes"][-1]["difference"] == pytest.approx(32 - 50.60001234)
    assert data["unsummed"] == [
        {
            "party": "KEN",
            "year": 2012,
            "chemical": "PCDD/PCDF",
            "what": "3a.1 air",
            "path": "ken.json",
            "place": "13:36",
            "problem": "the release (mg/a) is mass per time, and TEQ per time is wanted",
        }
    ]


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_summarised(write: Write, capsys: Output) -> None:
    write("ken.json", KENYA)
    write("broken.json", "{")
    write("old.xlsx", b"\xd0\xcf\x11\xe0")
    assert main(["summary", "ken.json", "broken.json", "old.xlsx"]) == 3
    out = capsys.readouterr().out
    assert "KEN 2012" in out
    assert "- broken.json: " in out
    assert "- old.xlsx: " in out
    assert out.splitlines()[-1] == "the summary is incomplete: 2 files could not be read"
    assert [one["path"] for one in _data(capsys, "broken.json", "ken.json", status=3)["unread"]] == ["broken.json"]


def test_an_empty_folder_and_an_inventory_of_nothing_are_no_success(
    write: Write, capsys: Output, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    write("other/notes.docx", "x")
    assert main(["summary", "empty"]) == 3
    assert capsys.readouterr().out == "the summary is incomplete: nothing to add up\n"
    assert main(["summary", "other"]) == 3
    assert "other/notes.docx" in capsys.readouterr().out
    write("bare.json", '{"format": "invlint/inventory-1", "party": "KEN", "inventories": [{"year": 2012}]}')
    assert main(["summary", "bare.json"]) == 3
    assert "no releases and no totals to show" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "name the files or folders to add up"),
        (["nowhere.json"], "there is no file or folder “nowhere.json”"),
        (["ken.json", "--chemical", "soot"], "there is no chemical “soot”"),
        (["ken.json", "--party", "UGA"], "has an inventory of “UGA”: there is KEN"),
        (["ken.json", "--year", "1999"], "has an inventory of 1999: there is 2012, 2017"),
    ],
)
def test_a_command_that_makes_no_sense_is_said_in_a_line(
    arguments: list[str], words: str, write: Write, capsys: Output
) -> None:
    write("ken.json", KENYA)
    assert main(["summary", *arguments]) == 2
    assert words in capsys.readouterr().err


def test_rows_of_a_table_that_are_not_read_are_named(write: Write, capsys: Output) -> None:
    write(
        "ken.csv",
        "party,year,class,vector,activity,activity_unit,release,release_unit\n"
        "KEN,2012,1a.1,air,,,1,g TEQ/a\n"
        "KEN,2012,,air,5,t/a,9,g TEQ/a\n",
    )
    assert main(["summary", "ken.csv"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "ken.csv:3" in out
    assert "was not read: name the class" in out


def test_what_a_file_holds_steers_neither_terminal_nor_spreadsheet(write: Write, capsys: Output) -> None:
    data = {
        "format": "invlint/inventory-1",
        "party": "=HYPERLINK(1)\x1b[2J",
        "inventories": [
            {
                "year": 2012,
                "entries": [
                    {"class": "1a.1", "site": "\x1b]0;x\x07", "releases": [{"vector": "air"} | _grams("\x1b")]}
                ],
                "totals": [{"annex_c": "@SUM(1)", "value": 1, "unit": "g TEQ/a"}],
            }
        ],
    }
    write("evil.json", json.dumps(data))
    assert main(["summary", "evil.json"]) == 0
    assert "\x1b" not in capsys.readouterr().out
    assert main(["summary", "evil.json", "--output", "csv"]) == 0
    cells = [cell for row in csv.reader(io.StringIO(capsys.readouterr().out)) for cell in row]
    assert "'=HYPERLINK(1)\x1b[2J" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "@"))]


def _grams(unit: str) -> dict[str, Any]:
    return {"release": {"value": 1, "unit": unit}}


def test_colour_can_be_forced_and_refused(write: Write, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    write("ken.json", KENYA)
    monkeypatch.setenv("FORCE_COLOR", "1")
    main(["summary", "ken.json"])
    assert "\x1b[" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    main(["summary", "ken.json"])
    assert "\x1b[" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (None, "-"),
        (3.6, "3.600"),
        (0.012344, "0.01234"),
        (0.00012345, "1.234e-4"),
        (-12.3456, "-12.35"),
        (9999.6, "10000"),
        (123456, "123456"),
        (1234567, "1.235e6"),
        (1e-12, "1.000e-12"),
    ],
)
def test_numbers_have_four_digits(value: float | None, text: str) -> None:
    assert number(value) == text


def test_changes_have_their_sign() -> None:
    assert [number(value, sign=True) for value in (2.5, -2.5, 0)] == ["+2.500", "-2.500", "0"]
