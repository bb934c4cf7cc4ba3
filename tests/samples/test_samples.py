"""The samples: sound ones stay silent, the faulty one shows its fifteen faults, the world is judged as what it is."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from invlint.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = Path(__file__).parents[2] / "samples"
FORMATS = ("json", "yaml", "csv", "xlsx")


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, Any]]:
    """Check files and give the exit status and the JSON report."""

    def run(*paths: Path | str) -> tuple[int, Any]:
        status = main(["check", *map(str, paths), "-o", "json"])
        return status, json.loads(capsys.readouterr().out)

    return run


def faults() -> list[dict[str, str]]:
    with (SAMPLES / "faults.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("form", FORMATS)
def test_the_sound_sample_is_silent_in_every_format(check: Callable[..., tuple[int, Any]], form: str) -> None:
    status, report = check(SAMPLES / f"sound.{form}")
    assert status == 0
    assert report["findings"] == []


@pytest.mark.parametrize("form", FORMATS)
def test_no_row_of_the_sound_sample_is_left_unjudged(check: Callable[..., tuple[int, Any]], form: str) -> None:
    """A rule may be about nothing in the sample, or about other Parties that one inventory alone does not have."""
    _, report = check(SAMPLES / f"sound.{form}")
    words = {outcome["rule"]: outcome["outcome"] for outcome in report["outcomes"]}
    assert {"passed", "not_applicable", "could_not_run"} >= set(words.values())
    assert {rule for rule, word in words.items() if word == "could_not_run"} == {
        "factor-outlier-among-peers",
        "off-trend",
    }
    assert {0} == {outcome["unknown"] for outcome in report["outcomes"]}


def test_the_faulty_sample_names_the_same_findings_in_every_format(check: Callable[..., tuple[int, Any]]) -> None:
    ids = [[found["id"] for found in check(SAMPLES / f"faulty.{form}")[1]["findings"]] for form in FORMATS]
    assert ids[1:] == ids[:-1]


def test_the_faulty_workbook_shows_fifteen_faults_each_at_its_cell(check: Callable[..., tuple[int, Any]]) -> None:
    status, report = check(SAMPLES / "faulty.xlsx")
    expected = {(fault["rule"], fault["cell"]) for fault in faults()}
    assert status == 1
    assert len({rule for rule, _ in expected}) == 15
    assert expected == {(found["rule"]["name"], found["locations"][0]["cell"]) for found in report["findings"]}


def test_the_faulty_json_shows_each_fault_at_its_pointer_and_line(check: Callable[..., tuple[int, Any]]) -> None:
    _, report = check(SAMPLES / "faulty.json")
    places = [found["locations"][0] for found in report["findings"]]
    assert {(fault["rule"], fault["pointer"]) for fault in faults()} == {
        (found["rule"]["name"], place["pointer"]) for found, place in zip(report["findings"], places, strict=True)
    }
    assert all(place["line"] and place["column"] for place in places)


def test_the_world_of_open_burning_is_sound(check: Callable[..., tuple[int, Any]]) -> None:
    """The study is of dioxins alone, names no TEQ scheme and rates no figure: information, and no fault."""
    status, report = check(SAMPLES / "world-open-burning-2010.csv")
    assert status == 0
    assert len(report["inputs"][0]["parties"]) == 222
    assert {(found["rule"]["name"], found["severity"]) for found in report["findings"]} == {
        ("missing-chemical", "info"),
        ("teq-scheme-undeclared", "info"),
        ("no-data-quality-rating", "info"),
    }


def test_in_the_world_products_totals_and_completeness_were_judged(check: Callable[..., tuple[int, Any]]) -> None:
    _, report = check(SAMPLES / "world-open-burning-2010.csv")
    judged = {outcome["rule"]: outcome["evaluated"] for outcome in report["outcomes"]}
    assert tuple(
        judged[rule] for rule in ("total-mismatch", "missing-class", "missing-group", "release-not-product")
    ) == (222, 444, 222, 444)


def test_a_total_that_lacks_a_fifth_is_one_finding_with_the_imbalance_in_words(
    check: Callable[..., tuple[int, Any]], write: Callable[[str, str], Path]
) -> None:
    lines = (SAMPLES / "world-open-burning-2010.csv").read_text("utf-8").splitlines()
    place = next(
        number for number, line in enumerate(lines) if line.startswith("KEN,") and ",,PCDD/PCDF,air,,," in line
    )
    *head, total, unit = lines[place].split(",")
    lines[place] = ",".join([*head, repr(float(total) * 0.8), unit])
    status, report = check(write("world.csv", "\n".join(lines)))
    (found,) = (found for found in report["findings"] if found["severity"] != "info")
    assert status == 1
    assert ("total-mismatch", "KEN", place + 1) == (
        found["rule"]["name"],
        found["key"]["party"],
        found["locations"][0]["line"],
    )
    assert "is not the sum of its parts" in found["message"]
    assert "the difference is -" in found["message"]
