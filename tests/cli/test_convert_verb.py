"""`invlint convert` as its users meet it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from invlint.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = Path(__file__).parents[2] / "samples"
SMALL = {
    "format": "invlint/inventory-1",
    "party": "KEN",
    "notes": "about the whole",
    "inventories": [
        {
            "year": 2012,
            "notes": "about the year",
            "entries": [{"class": "1c.1", "key": "NO"}, {"class": "1c.2", "activity": {"value": 1200, "unit": "t/a"}}],
        }
    ],
    "recalculations": [{"year": 2007, "class": "1c.2", "reason": "toolkit-edition"}],
}


@pytest.mark.parametrize("name", ["ken.json", "ken.yaml", "ken.yml", "ken.xlsx --layout toolkit"])
def test_a_format_with_a_place_for_all_takes_all_along(
    name: str, write: Callable[[str, str | bytes], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    source = write("small.json", json.dumps(SMALL))
    target, *options = name.split()
    target = str(source.parent / target)
    assert main(["convert", str(source), target, *options]) == 0
    assert capsys.readouterr() == (f"wrote {target}\n", "")
    assert main(["convert", target, str(source.parent / "again.json")]) == 0
    again = json.loads((source.parent / "again.json").read_text("utf-8"))
    assert again == SMALL


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("ken.xlsx", ["KEN, notes: about the whole", "KEN, 2012, notes: about the year"]),
        (
            "ken.csv",
            [
                "KEN, notes: about the whole",
                "KEN, 2012, notes: about the year",
                "KEN, recalculation of year 2007, class 1c.2, year: 2007",
                "KEN, recalculation of year 2007, class 1c.2, class: 1c.2",
                "KEN, recalculation of year 2007, class 1c.2, reason: toolkit-edition",
            ],
        ),
    ],
)
def test_what_a_flat_table_has_no_place_for_is_listed(
    name: str, left: list[str], write: Callable[[str, str | bytes], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    source = write("small.json", json.dumps(SMALL))
    target = source.parent / name
    assert main(["convert", str(source), str(target)]) == 1
    listed = capsys.readouterr().err.splitlines()
    assert listed[0] == f"{target} has no place for:"
    assert [line.strip() for line in listed[1:]] == left


def test_what_was_not_understood_is_listed_with_its_cell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["party", "year", "class", "key", "colour"], ["KEN", 2012, "1c.1", "NO", "red"]):
        book.active.append(row)
    book.save(tmp_path / "odd.xlsx")
    assert main(["convert", str(tmp_path / "odd.xlsx"), str(tmp_path / "odd.json")]) == 1
    listed = capsys.readouterr().err.splitlines()
    assert listed[0] == f"not understood in {tmp_path / 'odd.xlsx'}:"
    assert listed[1].startswith("  Sheet!E1: “colour” is no column of an inventory, and was not read")


def test_a_long_list_is_cut(write: Callable[[str, str | bytes], Path], capsys: pytest.CaptureFixture[str]) -> None:
    many = [{"year": year, "class": "1c.2"} for year in range(1990, 2020)]
    source = write("small.json", json.dumps(SMALL | {"recalculations": many}))
    assert main(["convert", str(source), str(source.parent / "ken.tsv")]) == 1
    listed = capsys.readouterr().err.splitlines()
    assert len(listed) == 22
    assert listed[-1] == "  and 42 more"


def test_many_parties_go_into_one_flat_table_but_not_into_one_form(
    write: Callable[[str, str | bytes], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    documents = [{**SMALL, "party": party, "recalculations": []} for party in ("KEN", "UGA")]
    for document in documents:
        del document["notes"]
        document["inventories"] = [{"year": 2012, "entries": [{"class": "1c.1", "key": "NO"}]}]
    source = write("two.json", json.dumps(documents))
    assert main(["convert", str(source), str(source.parent / "two.csv")]) == 0
    assert main(["convert", str(source.parent / "two.csv"), str(source.parent / "again.json")]) == 0
    assert [one["party"] for one in json.loads((source.parent / "again.json").read_text("utf-8"))] == ["KEN", "UGA"]
    assert main(["convert", str(source), str(source.parent / "two.xlsx"), "--layout", "toolkit"]) == 2
    assert "holds one Party, and there are 2: use --layout flat, or one file for each" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["small.json", "small.pdf"], "invlint does not write .pdf: let “small.pdf” end in .json, .yaml"),
        (["small.json", "small"], "invlint does not write files without an ending"),
        (["small.json", "small.json"], "“small.json” is there already, and is left as it is: choose another name"),
        (["nowhere.json", "new.json"], "“nowhere.json” cannot be converted: the file cannot be opened"),
        (["broken.json", "new.json"], "“broken.json” cannot be converted: not valid JSON"),
        (["small.json", "no/folder/new.json"], "“no/folder/new.json” cannot be written"),
    ],
)
def test_what_cannot_be_converted_is_told(
    arguments: list[str],
    said: str,
    write: Callable[[str, str | bytes], Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(write("small.json", json.dumps(SMALL)).parent)
    write("broken.json", '{"party": ')
    assert main(["convert", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert not Path("new.json").exists()


def test_an_old_file_is_written_over_only_on_demand(write: Callable[[str, str | bytes], Path]) -> None:
    source = write("small.json", json.dumps(SMALL))
    target = write("ken.yaml", "old")
    assert main(["convert", str(source), str(target)]) == 2
    assert target.read_text("utf-8") == "old"
    assert main(["convert", str(source), str(target), "--overwrite"]) == 0


def test_parts_of_the_wrong_shape_do_not_stop_a_conversion(
    write: Callable[[str, str | bytes], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = {
        "party": "KEN",
        "inventories": [
            {"year": "x", "entries": [5, {"class": ["a"], "releases": [3], "activity": 4}], "totals": 7},
            3,
        ],
    }
    source = write("wrong.json", json.dumps(wrong))
    for name in ("a.json", "a.yaml", "a.csv", "a.xlsx", "b.xlsx --layout toolkit"):
        target, *options = name.split()
        assert main(["convert", str(source), str(source.parent / target), *options]) in (0, 1)
    assert "has no place for" in capsys.readouterr().err
