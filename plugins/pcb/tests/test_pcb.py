"""What the examples in the rules cannot show of dioxin-like and total PCB."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from invlint.model.finding import SEVERITIES
from invlint_pcb.congeners import DIOXIN_LIKE, TEF

SHARED = Path(__file__).parents[4] / "shared" / "reference" / "tef.csv"

PUBLISHED = """
PCB 77   0.0001   0.0001   0.0003
PCB 81   0.0001   0.0003   0.006
PCB 126  0.1      0.1      0.05
PCB 169  0.01     0.03     0.005
PCB 105  0.0001   0.00003  0.00003
PCB 114  0.0005   0.00003  0.00003
PCB 118  0.0001   0.00003  0.00003
PCB 123  0.0001   0.00003  0.00003
PCB 156  0.0005   0.00003  0.00003
PCB 157  0.0005   0.00003  0.00003
PCB 167  0.00001  0.00003  0.00003
PCB 189  0.0001   0.00003  0.00003
"""
TABLE = {
    f"{kind} {number}": tuple(map(Decimal, factors))
    for kind, number, *factors in map(str.split, PUBLISHED.strip().splitlines())
}
"""The factors of WHO 1998, WHO 2005 and WHO 2022, typed apart from the plugin; the I-TEF of 1988 have none."""


def test_the_factors_are_the_published_ones():
    assert {name: tuple(Decimal(repr(factor)) for factor in factors) for name, (_, *factors) in TEF.items()} == TABLE


@pytest.mark.skipif(not SHARED.exists(), reason="the source table is not beside this checkout")
def test_the_factors_are_those_of_the_source_table():
    with SHARED.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if row[0] in TEF]
    assert len(rows) == len(TEF)
    for name, cas, i_tef, *factors in rows:
        assert (i_tef, cas, *map(float, factors)) == ("NA", *TEF[name])


def test_no_scheme_of_1988_weighs_pcb():
    assert not any("I-TEQ" in one.factors for one in DIOXIN_LIKE.congeners)


def test_the_largest_factor_is_the_threshold_of_the_rule():
    rule = Path(__file__).parents[1] / "src" / "invlint_pcb" / "rules" / "dl-pcb-above-total.rule"
    assert max(factor for factors in TABLE.values() for factor in factors) == Decimal("0.1")
    assert "parameter largest = 0.1 " in rule.read_text("utf-8")


def release(chemical, value, unit, **members):
    return {"chemical": chemical, "vector": "air", "release": {"value": value, "unit": unit}, **members}


def found(report, rule):
    return [finding for finding in report.findings if finding.rule == rule]


@pytest.mark.parametrize("spelled", ["PCB-126", "pcb126", "CB 126", "57465-28-8"])
def test_a_congener_is_known_by_other_spellings(check_inventory, small_inventory, spelled):
    congeners = {"unit": "g/a", spelled: 0.1}
    entry = {"class": "2k.1", "releases": [release("dl-PCB", 0.01, "g TEQ/a", congeners=congeners)]}
    report = check_inventory(small_inventory(entry, teq_scheme="WHO-2005"))
    assert not found(report, "pcb-congener-unclear")
    assert not found(report, "schema-violation")


def test_one_congener_under_two_spellings_is_told_at_its_place(check_inventory, small_inventory):
    congeners = {"unit": "g/a", "PCB 126": 0.1, "PCB-126": 0.1}
    entry = {"class": "2k.1", "releases": [release("dl-PCB", 0.01, "g TEQ/a", congeners=congeners)]}
    (finding,) = found(check_inventory(small_inventory(entry)), "pcb-congener-unclear")
    assert finding.locations[0].pointer == "/inventories/0/entries/0/releases/0/congeners/PCB-126"


def test_congeners_of_dioxins_and_of_pcb_stand_side_by_side(check_inventory, small_inventory):
    """Each chemical's congeners are weighed for its own release, and nothing is added across."""
    releases = [
        release("PCDD/PCDF", 0.01, "g TEQ/a", congeners={"unit": "g/a", "2,3,7,8-TCDD": 0.01}),
        release("dl-PCB", 0.01, "g TEQ/a", congeners={"unit": "g/a", "PCB 126": 0.1}),
    ]
    report = check_inventory(small_inventory({"class": "2k.1", "releases": releases}, teq_scheme="WHO-2005"))
    rules = {finding.rule for finding in report.findings}
    assert not {"congener-unclear", "pcb-congener-unclear", "dl-pcb-not-of-its-congeners"} & rules
    assert not any("crashed" in outcome.outcome for outcome in report.outcomes)


def test_pcb_as_teq_and_dioxin_like_pcb_as_mass_are_told_by_the_core(check_inventory, small_inventory):
    releases = [release("PCB", 0.01, "g TEQ/a"), release("dl-PCB", 0.01, "g/a")]
    report = check_inventory(small_inventory({"class": "2k.1", "releases": releases}))
    assert len(found(report, "teq-mass-mixed")) == 2
    assert all(SEVERITIES.index(one.severity) >= SEVERITIES.index("error") for one in found(report, "teq-mass-mixed"))
