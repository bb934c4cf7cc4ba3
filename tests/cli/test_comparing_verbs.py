"""`invlint compare` and `invlint diff` as their users meet them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from invlint.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
OUTPUTS = Path(__file__).parent / "outputs"

OLD = {
    "format": "invlint/inventory-1",
    "party": "KEN",
    "edition": "2013",
    "teq_scheme": "WHO-2005",
    "scope": ["1c"],
    "scope_vectors": ["air"],
    "inventories": [
        {
            "year": 2012,
            "entries": [
                {"class": "1c.1", "key": "NO"},
                {
                    "class": "1c.2",
                    "activity": {"value": 1200, "unit": "t/a", "source": "survey", "confidence": "low"},
                    "releases": [
                        {
                            "vector": "air",
                            "factor": {"value": 3100, "unit": "ug TEQ/t", "origin": "toolkit", "confidence": "low"},
                            "release": {"value": 3.72, "unit": "g TEQ/a"},
                        }
                    ],
                },
                {"class": "1c.3", "key": "NE"},
                {"class": "1c.4", "key": "NO"},
            ],
        }
    ],
}
"""With a factor that is not the default, and a key without its reason."""


def mended() -> dict[str, Any]:
    """The default in its place, and the release with it, as a recalculation says."""
    new: dict[str, Any] = json.loads(json.dumps(OLD))
    (release,) = new["inventories"][0]["entries"][1]["releases"]
    release["factor"]["value"] = 3000
    release["release"]["value"] = 3.6
    new["recalculations"] = [{"year": 2012, "class": "1c.2", "reason": "the default was mistyped"}]
    return new


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")


def put(write: Callable[[str, str], Path], name: str, data: Any) -> str:
    write(name, json.dumps(data, indent=1))
    return name


def report_on(name: str, *options: str) -> str:
    """The name of the saved report on a file."""
    saved = f"{Path(name).stem}-report.json"
    main(["check", name, "-o", f"json={saved}", *options])
    return saved


def test_the_whole_diff_is_as_it_was_read_and_approved(
    write: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """To approve a change: write the new output over the file after reading it."""
    put(write, "old.json", OLD)
    put(write, "new.json", mended())
    assert main(["diff", "old.json", "new.json"]) == 0
    assert (OUTPUTS / "diff.txt").read_text("utf-8") == capsys.readouterr().out
    assert main(["diff", "old.json", "new.json", "-o", "markdown"]) == 0
    assert (OUTPUTS / "diff.md").read_text("utf-8") == capsys.readouterr().out


def test_the_whole_comparison_is_as_it_was_read_and_approved(capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(ROOT / "samples/sound.json", "sound.json")
    shutil.copy(ROOT / "samples/faulty.json", "faulty.json")
    reports = report_on("faulty.json"), report_on("sound.json", "--ignore", "missing-group,CON")
    capsys.readouterr()
    assert main(["compare", *reports]) == 3
    assert (OUTPUTS / "compare.txt").read_text("utf-8") == capsys.readouterr().out


def test_the_data_of_a_diff_have_the_recalculations_and_every_finding(
    write: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["diff", put(write, "old.json", OLD), put(write, "new.json", mended()), "-o", "json"])
    data = json.loads(capsys.readouterr().out)
    assert data["format"] == "invlint/comparison-1"
    assert data["totals"] == {name: len(found) for name, found in data["findings"].items()}
    (changed,) = data["recalculations"]["changed"]
    assert changed == {
        "party": "KEN",
        "year": 2012,
        "class": "1c.2",
        "chemical": "PCDD/PCDF",
        "vector": "air",
        "unit": "g TEQ/a",
        "old": {"value": pytest.approx(3.72), "computed": False, "lower_bound": False, "keys": []},
        "new": {"value": pytest.approx(3.6), "computed": False, "lower_bound": False, "keys": []},
        "difference": pytest.approx(-0.12),
        "percent": pytest.approx(-100 * 0.12 / 3.72),
        "reason": "the default was mistyped",
    }
    assert [one["rule"]["name"] for one in data["findings"]["resolved"]] == ["not-the-default"]
    assert [one["rule"]["name"] for one in data["findings"]["persisting"]] == ["key-without-reason"]


@pytest.mark.parametrize(("swapped", "status"), [(False, 0), (True, 1)])
def test_a_new_error_makes_the_status_1(swapped: bool, status: int, write: Callable[[str, str], Path]) -> None:
    names = [put(write, "old.json", OLD), put(write, "new.json", mended())]
    reports = [report_on(name) for name in names]
    assert main(["compare", *reversed(reports)] if swapped else ["compare", *reports]) == status


def test_fail_on_of_a_comparison_is_that_of_the_new_report_unless_it_is_given(
    write: Callable[[str, str], Path],
) -> None:
    worse = json.loads(json.dumps(OLD))
    del worse["teq_scheme"]
    reports = report_on(put(write, "old.json", OLD)), report_on(put(write, "new.json", worse))
    assert main(["compare", *reports]) == 0
    assert main(["compare", *reports, "--fail-on", "info"]) == 1


def test_a_fault_of_a_file_is_known_again_under_another_name(
    write: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    odd = {**OLD, "colour": "green"}
    put(write, "2022/ken.json", odd)
    put(write, "2026/ken.json", odd)
    for pair in (["2022/ken.json", "2026/ken.json"], ["2022", "2026"]):
        main(["diff", *pair, "-o", "json"])
        data = json.loads(capsys.readouterr().out)
        kept = {one["rule"]["name"]: one for one in data["findings"]["persisting"]}
        assert kept["schema-violation"]["locations"][0]["path"] == "2026/ken.json"
        assert data["findings"]["unverifiable"] == []
    put(write, "2026/ken.json", OLD)
    main(["diff", "2022", "2026", "-o", "json"])
    (gone,) = json.loads(capsys.readouterr().out)["findings"]["resolved"]
    assert gone["locations"][0]["path"] == "2022/ken.json"


def test_the_formats_of_the_submissions_may_differ(capsys: pytest.CaptureFixture[str]) -> None:
    samples = [str(ROOT / "samples" / name) for name in ("sound.csv", "sound.xlsx")]
    assert main(["diff", *samples]) == 0
    shown = capsys.readouterr().out
    assert "270 releases put alike" in shown
    assert "no finding before and none now" in shown


def test_a_submission_that_cannot_be_read_makes_the_status_3(
    write: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    put(write, "old.json", OLD)
    write("new.json", "{")
    assert main(["diff", "old.json", "new.json"]) == 3
    shown = capsys.readouterr().out
    assert "only in the old submission: KEN 2012" in shown
    assert "the new check is incomplete: 1 of 1 files could not be read" in shown


def test_waivers_hold_on_both_sides_of_a_diff(
    write: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    put(write, "2022/ken.json", OLD)
    put(write, "2026/ken.json", OLD)
    waiver = {"rule": "not-the-default", "party": "KEN", "class": "1c.2", "vector": "air", "seen": "3100 ug TEQ/t"}
    waiver["reason"] = "The plants were measured in 2011, report 4711."
    members = "".join(f'{name} = "{value}"\n' for name, value in waiver.items())
    write("2022/waivers.toml", f"[[waiver]]\n{members}year = 2012\n")
    assert main(["diff", "2022", "2026", "-o", "json"]) == 1
    (changed,) = json.loads(capsys.readouterr().out)["findings"]["changed"]
    assert changed["old"]["waived"]["reason"].startswith("The plants were measured")
    assert changed["new"]["waived"] is None
