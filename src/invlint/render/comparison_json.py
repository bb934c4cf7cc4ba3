"""A comparison as JSON (`invlint/comparison-1`)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from invlint.render.report_json import finding_data

if TYPE_CHECKING:
    from invlint.model.comparison import Amount, Comparison, Recalculation, Recalculations
    from invlint.render.formats import View

FORMAT = "invlint/comparison-1"


def render_comparison_json(comparison: Comparison, view: View) -> str:
    """The comparison as one JSON document."""
    return json.dumps(comparison_data(comparison, view), ensure_ascii=False, indent=1) + "\n"


def comparison_data(comparison: Comparison, view: View) -> dict[str, Any]:
    """The comparison as plain data."""
    return {
        "format": FORMAT,
        "old": comparison.old,
        "new": comparison.new,
        "incomplete": list(view.incomplete),
        "unlike": list(comparison.unlike),
        "totals": {
            "new": len(comparison.added),
            "resolved": len(comparison.resolved),
            "persisting": len(comparison.persisting),
            "changed": len(comparison.changed),
            "unverifiable": len(comparison.unverifiable),
        },
        "findings": {
            "new": [finding_data(finding) for finding in comparison.added],
            "resolved": [finding_data(finding) for finding in comparison.resolved],
            "persisting": [finding_data(finding) for finding in comparison.persisting],
            "changed": [
                {"old": finding_data(pair.old), "new": finding_data(pair.new), "worse": pair.is_worse}
                for pair in comparison.changed
            ],
            "unverifiable": [{"finding": finding_data(one.finding), "why": one.why} for one in comparison.unverifiable],
        },
        "blinded_rules": [{"rule": one.rule, "code": one.code, "why": one.why} for one in comparison.blinded],
        "recalculations": _recalculations(comparison.recalculations) if comparison.recalculations else None,
    }


def _recalculations(made: Recalculations) -> dict[str, Any]:
    return {
        "changed": [_recalculation(one) for one in made.changed],
        "alike": made.alike,
        "added": [{"party": party, "year": year} for party, year in made.added],
        "dropped": [{"party": party, "year": year} for party, year in made.dropped],
        "notes": list(made.notes),
    }


def _recalculation(one: Recalculation) -> dict[str, Any]:
    return {
        "party": one.party,
        "year": one.year,
        "class": one.class_id,
        "chemical": one.chemical,
        "vector": one.vector,
        "unit": one.unit,
        "old": _amount(one.old),
        "new": _amount(one.new),
        "difference": one.difference,
        "percent": one.percent,
        "reason": one.reason,
    }


def _amount(amount: Amount) -> dict[str, Any]:
    return {
        "value": amount.value,
        "computed": amount.computed,
        "lower_bound": amount.lower_bound,
        "keys": list(amount.keys),
    }
