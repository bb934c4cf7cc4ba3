"""The catalogue is whole: every fault that the experts of the Convention and the Toolkit name has its rule and code."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from invlint.cli.main import main
from invlint.model.finding import SEVERITIES
from invlint.reference import load_reference
from invlint.rules import load_rules

if TYPE_CHECKING:
    import pytest

CATALOGUE = {
    "STR": ("schema-violation", "unknown-code", "duplicate-entry", "ambiguous-number", "negative-value",
            "edition-not-declared"),
    "COM": ("missing-group", "missing-category", "missing-class", "missing-vector", "missing-chemical",
            "source-disappeared", "missing-year"),
    "KEY": ("key-without-reason", "key-contradicted", "zero-for-no-data", "key-flipped"),
    "UNT": ("unknown-unit", "unit-mismatch", "teq-mass-mixed", "unit-changed"),
    "ARI": ("release-not-product", "power-of-ten-slip", "total-mismatch", "shares-not-100"),
    "FAC": ("not-the-default", "superseded-factor", "factor-of-another-class", "factor-far-from-default",
            "factor-on-na-vector", "factor-outlier-among-peers", "dirty-class-cleaner"),
    "CON": ("prior-year-not-recalculated", "source-not-backcast", "undeclared-recalculation",
            "recalculation-does-not-reconcile", "step-change", "off-trend", "stale-copy"),
    "CMP": ("article-15-mismatch", "per-capita-implausible", "double-counting", "technology-phased-out",
            "indicator-only"),
    "TRN": ("factor-without-source", "activity-without-source", "teq-scheme-undeclared", "no-data-quality-rating"),
    "DXN": ("congener-unclear", "congener-counted-twice", "congener-missing", "teq-above-mass",
            "teq-not-of-its-congeners", "teq-of-another-scheme", "scheme-mixed-in-series",
            "homologues-below-congeners", "congeners-of-several-releases"),
    "PCB": ("pcb-congener-unclear", "dl-pcb-not-of-its-congeners", "dl-pcb-above-total", "dl-pcb-in-dioxin-teq",
            "commercial-pcb-not-in-product", "dl-pcb-by-i-teq"),
    "HCB": ("hcb-missing-beside-dioxins", "pecbz-missing-beside-dioxins"),
    "PCN": ("pcn-not-reported", "hcbd-not-reported"),
}  # fmt: skip
"""Each section of the catalogue with its faults in their order; those of chemicals come from their plugins."""

BEYOND = {
    "STR100": "unreadable-file",
    "STR107": "reference-year-unclear",
    "GAT101": "unfit-waiver",
    "GAT102": "stale-waiver",
    "GAT103": "unused-waiver",
    "GAT104": "stale-baseline-entry",
    "STR108": "overwritten-formula",
    "STR109": "stale-result",
    "STR110": "unread-figures",
    "NFR101": "nfr-total-mismatch",
    "NFR102": "nfr-step-change",
    "NFR103": "nfr-off-trend",
    "NFR104": "nfr-key-flipped",
}
"""Rules that the catalogue does not name, because silence would be wrong; some are of a gate, some of NFR lines."""


def test_every_fault_of_the_catalogue_has_its_rule_and_its_code(capsys: pytest.CaptureFixture[str]) -> None:
    expected = {f"{prefix}{100 + place}": name for prefix, names in CATALOGUE.items()
                for place, name in enumerate(names, start=1)}  # fmt: skip
    assert main(["rules", "--output", "json"]) == 0
    listed = {rule["code"]: rule["name"] for rule in json.loads(capsys.readouterr().out)["rules"]}
    assert listed == expected | BEYOND


def test_every_rule_can_be_found_by_the_severity_it_names() -> None:
    plan = load_rules(load_reference()).plan
    tiers = {severity for rule in plan.rules for block in rule.blocks for severity, _ in block.tiers}
    assert tiers | {rule.severity for rule in plan.rules} <= set(SEVERITIES)
