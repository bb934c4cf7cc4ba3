"""No rule is asleep: each judges some sound material without a word, and speaks of something that was spoiled."""

from __future__ import annotations

import io
import json
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter
from sound_shapes import RESUBMISSIONS, SAMPLE, SHAPES, ten_parties

from invlint.policy import judge_readings
from invlint.reference import load_reference
from invlint.rules import load_rules, select_rules
from invlint.rules.load import BUILT_IN
from invlint.sources import read_file
from invlint.tables import UPKEEP

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks" / "seeding"))
from plantings import PLANTS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from invlint.model.report import Report

    Document = dict[str, Any]
    Given = Document | str | bytes
    Check = Callable[..., Report]

RULES = load_rules(load_reference())
NAMES = {
    rule.name
    for rule in RULES.plan.rules
    if rule.pack == BUILT_IN and not any(block.table in UPKEEP for block in rule.blocks)
}
"""The built-in rules on inventories; those on waivers and the baseline speak in the tests of a gate, those of plugins
in the examples and tests beside them."""


@pytest.fixture
def check(write: Callable[[str, str], Path], tmp_path: Path) -> Check:
    """The report on documents, on workbooks, or on texts that are neither."""

    def put(name: str, one: Given) -> Path:
        if isinstance(one, bytes):
            path = tmp_path / f"{name}.xlsx"
            path.write_bytes(one)
            return path
        return write(f"{name}.json", one if isinstance(one, str) else json.dumps(one))

    def run(*given: Given, earlier: Document | None = None) -> Report:
        now, before = (
            [read_file(put(f"{name}{number}", one)) for number, one in enumerate(many)]
            for name, many in (("now", given), ("before", [earlier] if earlier else []))
        )
        selected = select_rules(RULES.plan, [], [])
        return judge_readings(now, RULES, selected, earlier=before, reference=load_reference()).report

    return run


def toolkit_workbook(spoiled: str = "") -> bytes:
    """A sheet of the Toolkit's form whose releases are formulas, and one thing in it that was spoiled."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet("Group 1")
    sheet.write_row(0, 0, ["Party", "KEN", None, None, "Reference year", 2019])
    sheet.write_row(1, 0, ["Class", "Emission factor to air (ug TEQ/t)", "Activity (t/a)", "Release to air (g TEQ/a)"])
    for row in range(2, 6):
        sheet.write_row(row, 0, [f"1a.{row - 1}", 1000, 2000])
        sheet.write_formula(row, 3, f"=B{row + 1}*C{row + 1}/1000000", None, 20 if spoiled == "stored" else 2)
    if spoiled == "overwritten":
        sheet.write_number(5, 3, 2)
    if spoiled == "source":
        sheet.write_string(5, 0, "the plant at the harbour")
    book.close()
    return file.getvalue()


def test_every_rule_judges_sound_material_and_is_silent(check: Check) -> None:
    reports = [check(json.loads(SAMPLE.read_text("utf-8"))), check(*ten_parties()), check(toolkit_workbook())]
    reports += [check(shape()) for shape in SHAPES.values()]
    for new, old in (shape() for shape in RESUBMISSIONS.values()):
        reports.append(check(new, earlier=old))
    silent = {one.rule for report in reports for one in report.outcomes if one.outcome == "passed"}
    assert NAMES - silent == set()


def odd_year() -> list[Document | str]:
    """Of five years one in which the largest source rose by two thirds."""
    document = SHAPES["five_years"]()
    inventory = document["inventories"][2]
    entry = next(one for one in inventory["entries"] if one.get("class") == "1c.1")
    for figure in (entry["activity"], *(one["release"] for one in entry["releases"] if "release" in one)):
        figure["value"] *= 1.7
    return [document]


def odd_party() -> list[Document | str]:
    """One Party of ten with a factor far above those of the others."""
    documents = ten_parties()
    entry = documents[0]["inventories"][0]["entries"][0]
    for figure in (entry["releases"][0]["factor"], entry["releases"][0]["release"]):
        figure["value"] *= 20_000 / 1700
    return [*documents]


SPOILED: dict[str, Callable[[], Sequence[Given]]] = {
    "unreadable-file": lambda: [""],
    "off-trend": odd_year,
    "factor-outlier-among-peers": odd_party,
    "overwritten-formula": lambda: [toolkit_workbook("overwritten")],
    "stale-result": lambda: [toolkit_workbook("stored")],
    "unread-figures": lambda: [toolkit_workbook("source")],
}
"""What cannot be planted in one document of two years; the other kinds are planted in the seeding benchmark."""


@pytest.mark.parametrize("rule", SPOILED)
def test_a_rule_speaks_of_what_one_inventory_cannot_hold(rule: str, check: Check) -> None:
    assert rule in {finding.rule for finding in check(*SPOILED[rule]()).findings}


def test_every_rule_has_a_fault_that_it_must_find() -> None:
    """That each planted fault is found where it is, is tested with the seeding benchmark."""
    planted = set()
    for plant in PLANTS.values():
        document = json.loads(SAMPLE.read_text("utf-8"))
        planted.add(plant(document, {**document, "inventories": []}, random.Random(1)).rule)  # noqa: S311
    assert NAMES - planted - SPOILED.keys() == set()
