"""A finding whose truth rests on a default can be no graver than what is known of that default."""

from __future__ import annotations

from invlint.model.finding import SEVERITIES, Finding

CAPS = {"compiled": "warning", "doubtful": "info"}
"""The gravest severity that a value of this evidence can carry; a value that was seen carries any."""


def cap_by_evidence(finding: Finding) -> Finding:
    """The finding with its severity lowered to what its evidence can carry."""
    cap = CAPS.get(finding.evidence or "")
    if cap is None or SEVERITIES.index(finding.severity) <= SEVERITIES.index(cap):
        return finding
    return finding._replace(severity=cap)
