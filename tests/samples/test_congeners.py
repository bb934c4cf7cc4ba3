"""The TEQ of the sample of congeners, held against a table that was worked out apart, in decimal arithmetic.

`congener_teqs.csv` has a line for each congener of each release: its mass in g a year, and that mass times the factor
of each scheme; below them their sum.
"""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest

from invlint.cli.main import main
from invlint.reference import load_reference
from invlint.sources import read_file
from invlint.tables import build_frames

SAMPLE = Path(__file__).parents[2] / "samples" / "congeners.json"
SCHEMES = ("i", "who_1998", "who_2005", "who_2022")

with (Path(__file__).parent / "congener_teqs.csv").open(encoding="utf-8", newline="") as file:
    LINES = list(csv.DictReader(file))

Key = tuple[str, str, str]


def _key(line: dict[str, str]) -> Key:
    return line["year"], line["site"], line["chemical"]


TABLE: dict[Key, dict[str, Decimal]] = {
    _key(line): {scheme: Decimal(line[scheme]) for scheme in SCHEMES if line[scheme]}
    for line in LINES
    if line["congener"] == "sum"
}


@pytest.mark.parametrize("key", TABLE)
def test_the_table_adds_up(key: Key) -> None:
    parts = [line for line in LINES if _key(line) == key and line["congener"] != "sum"]
    for scheme, whole in TABLE[key].items():
        assert sum(Decimal(line[scheme]) for line in parts) == whole


def test_every_release_has_the_teq_of_the_table_by_each_scheme() -> None:
    frames = build_frames([read_file(SAMPLE)], [], load_reference())
    found: dict[Key, dict[str, float]] = {}
    for table in ("dioxin_profiles", "pcb_profiles"):
        frame = frames[table]
        keys = zip(*(frame.column(name) for name in ("year", "site", "chemical")), strict=True)
        for row, (year, site, chemical) in enumerate(keys):
            teqs = {scheme: frame.column(f"{scheme}_teq")[row] for scheme in SCHEMES}
            found[str(year), site, chemical] = {scheme: teq for scheme, teq in teqs.items() if teq is not None}
    assert found == {
        key: {scheme: pytest.approx(float(teq), rel=1e-12) for scheme, teq in teqs.items()}
        for key, teqs in TABLE.items()
    }


@pytest.fixture
def messages(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """Rule to message of the sample's findings."""
    assert main(["check", str(SAMPLE), "-o", "json"]) == 1
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert len(findings) == 4
    return {found["rule"]["name"]: found["message"] for found in findings}


def _digits(teq: Decimal) -> str:
    """Four significant digits, as reports show them."""
    return f"{float(f'{teq:.4g}'):g} g TEQ/a"


@pytest.mark.parametrize(
    ("rule", "site"), [("teq-of-another-scheme", "North plant"), ("teq-not-of-its-congeners", "Harbour plant")]
)
def test_a_finding_shows_the_teq_of_each_scheme(messages: dict[str, str], rule: str, site: str) -> None:
    i, who_1998, who_2005, who_2022 = map(_digits, TABLE["2024", site, "PCDD/PCDF"].values())
    assert f"{i} by I-TEQ, {who_1998} by WHO-1998, {who_2005} by WHO-2005, {who_2022} by WHO-2022" in messages[rule]


def test_a_finding_names_the_scheme_that_fits_and_how_well(messages: dict[str, str]) -> None:
    teq = TABLE["2024", "North plant", "PCDD/PCDF"]["who_1998"]
    off = abs(Decimal("0.05495") - teq) / teq * 100
    said = messages["teq-of-another-scheme"]
    assert f"agrees with WHO-1998 to {float(f'{off:.4g}'):f} %, not with the declared WHO-2005" in said


def test_a_change_of_scheme_inside_a_series_has_its_effect(
    messages: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    teq = TABLE["2019", "North plant", "PCDD/PCDF"]["who_1998"]
    assert f"2019 by WHO-1998 is {_digits(teq)}, not 0.06036 g TEQ/a" in messages["scheme-mixed-in-series"]
    main(["check", str(SAMPLE), "-o", "json", "--select", "scheme-mixed-in-series"])
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert found["impact"]["value"] == pytest.approx(float(teq - Decimal("0.06036")), rel=1e-9)
