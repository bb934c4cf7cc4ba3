"""Two editions of one published table: what was recalculated without a word, and what only changed its unit.

The tables are not part of the repository: INVLINT_REAL names their folder, else it is `shared/real` beside it.
"""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from invlint.engine.check import check_readings
from invlint.reference import load_reference
from invlint.rules import load_rules
from invlint.sources import read_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from invlint.model.finding import Finding

    Hold = Callable[[dict[str, Any], dict[str, Any]], list[Finding]]

REPOSITORY = Path(__file__).parents[2]
REAL = Path(os.environ.get("INVLINT_REAL") or REPOSITORY.parent / "shared" / "real")
RULE = "undeclared-recalculation"
DIOXINS, PCB = "PCDD/PCDF", "PCB"

pytestmark = pytest.mark.skipif(not (REAL / "czech").is_dir(), reason="the published tables are not at hand")

Total = dict[str, Any]


@pytest.fixture
def against(tmp_path: Path) -> Hold:
    """What the rule says of a submission that is held against an earlier one."""

    def hold(now: dict[str, Any], before: dict[str, Any]) -> list[Finding]:
        readings = []
        for name, document in (("now.json", now), ("before.json", before)):
            (tmp_path / name).write_text(json.dumps(document), "utf-8")
            readings.append(read_file(tmp_path / name))
        plan = load_rules(load_reference()).plan
        checked = check_readings(readings[:1], plan, load_reference(), {RULE}, lambda: None, earlier=readings[1:])
        assert checked.outcomes[0].outcome in ("passed", "failed")
        return checked.findings

    return hold


def submission(party: str, totals: dict[int, list[Total]], **members: Any) -> dict[str, Any]:
    """An inventory document that has totals alone."""
    inventories = [{"year": year, "totals": lines} for year, lines in totals.items()]
    return {"format": "invlint/inventory-1", "party": party, "edition": "none", "inventories": inventories} | members


def czech(name: str) -> dict[int, list[Total]]:
    """National totals of dioxins and PCB by year, to air; a point or nothing stands for no value."""
    with (REAL / "czech" / name).open(encoding="utf-8", newline="") as file:
        head, _, *rows = csv.reader(file)
    columns = ((DIOXINS, head.index("PCDD/F"), "g TEQ/a"), (PCB, head.index("PCB"), "kg/a"))
    return {
        int(row[0].rstrip("*")): [
            {"chemical": chemical, "vector": "air", "value": float(row[place]), "unit": unit}
            for chemical, place, unit in columns
            if row[place] not in ("", ".")
        ]
        for row in rows
    }


def norway(name: str, unit: str) -> list[Total]:
    """Dioxins to air in 2005, in all and by industry; the industries stand in the place of NFR codes."""
    with (REAL / "norway" / name).open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    lines = (
        (industry, dioxins.replace(" ", "").replace("\xa0", "").replace(",", ".")) for industry, _, dioxins in rows
    )
    return [
        ({} if industry == "I alt" else {"nfr": industry})
        | {"chemical": DIOXINS, "vector": "air", "value": float(figure), "unit": unit}
        for industry, figure in lines
        if figure not in ("", "-")
    ]


def change(finding: Finding) -> float:
    """The size that a message tells, in percent."""
    return float(finding.message.partition(" now, ")[2].partition(" %")[0])


def source(finding: Finding) -> str:
    """What the total of a message is about."""
    return finding.message.partition("the total of ")[2].partition(" to air")[0]


CZECH_THEN, CZECH_NOW = "tab_I4_yearbook2005_en.csv", "tab_I5_yearbook2007_cz.csv"
NORWAY_THEN = ("ssb_2005_published2007_tonn_gram.csv", "g TEQ/a")
NORWAY_NOW = ("ssb_2005_published2008_kg_mg.csv", "mg TEQ/a")


def test_a_year_that_a_later_yearbook_tells_otherwise_is_found_with_its_size(against: Hold) -> None:
    findings = against(submission("CZE", czech(CZECH_NOW)), submission("CZE", czech(CZECH_THEN)))
    assert [(found.key["year"], found.key["chemical"], found.severity, change(found)) for found in findings] == [
        (2001, DIOXINS, "info", pytest.approx(-7.24, abs=0.005)),
        (2001, PCB, "warning", pytest.approx(-19.88, abs=0.005)),
    ]
    assert [found.impact and round(found.impact.value, 1) for found in findings] == [-13.8, -19.1]
    assert "190.6 g TEQ/a in the previous submission and 176.8 g TEQ/a now" in findings[0].message


def test_the_later_yearbook_could_have_said_so(against: Hold) -> None:
    record = {"year": 2001, "reason": "recalculated by the method of 2002"}
    declared = submission("CZE", czech(CZECH_NOW), recalculations=[record])
    assert against(declared, submission("CZE", czech(CZECH_THEN))) == []


def test_on_the_baseline_year_a_silent_recalculation_is_an_error(against: Hold) -> None:
    now = submission("CZE", czech(CZECH_NOW))
    for inventory in now["inventories"]:
        inventory["baseline"] = inventory["year"] == 2001
    findings = against(now, submission("CZE", czech(CZECH_THEN)))
    assert [found.severity for found in findings] == ["error", "error"]


def test_milligrams_for_grams_are_no_recalculation(against: Hold) -> None:
    then = norway(*NORWAY_THEN)
    same = [line | {"value": line["value"] * 1000, "unit": "mg TEQ/a"} for line in then]
    assert against(submission("NOR", {2005: same}), submission("NOR", {2005: then})) == []


def test_what_changed_beyond_rounding_is_found_under_the_new_unit(against: Hold) -> None:
    then, now = norway(*NORWAY_THEN), norway(*NORWAY_NOW)
    grams = {line.get("nfr"): line["value"] / 1000 for line in now}
    expected = {}
    for line in then:
        industry, figure = line.get("nfr"), line["value"]
        rounding = 0.05 if figure % 1 else 0.5  # printed to a tenth; a number keeps its shortest form, 1 for 1,0
        if figure and industry in grams and abs(grams[industry] - figure) > rounding + 1e-9:
            expected[f"NFR {industry}" if industry else "all sources"] = 100 * (grams[industry] / figure - 1)
    findings = against(submission("NOR", {2005: now}), submission("NOR", {2005: then}))
    told = {source(found): change(found) for found in findings}
    assert told == pytest.approx(expected, rel=1e-3)
    assert told["all sources"] == -0.4815
    assert told["NFR Energisektorene i alt"] == -7.8
    assert "NFR Treforedling" not in told
    assert all(found.severity == ("warning" if abs(change(found)) > 10 else "info") for found in findings)
