"""Readings to a report: judged by the rules, weighed by a profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invlint import __version__
from invlint.engine import check_readings
from invlint.model.finding import SEVERITIES, Finding
from invlint.model.report import Report, UsedPlugin
from invlint.plugins import active
from invlint.policy.profile import DEFAULT_PROFILE, Profile, apply_profile
from invlint.reference import load_reference

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from invlint.reference import Reference
    from invlint.rules import RuleSet
    from invlint.sources import Reading
    from invlint.tables.own_factors import PeerFactor


def make_report(
    readings: list[Reading],
    rules: RuleSet,
    selected: set[str],
    advance: Callable[[], None] = lambda: None,
    earlier: Sequence[Reading] = (),
    peers: Sequence[PeerFactor] = (),
    profile: Profile = DEFAULT_PROFILE,
    reference: Reference | None = None,
) -> Report:
    """What the selected rules say of the readings, gravest first within each Party and year.

    `earlier` are the earlier submissions that the readings are held against, `peers` the factors of other Parties.
    `reference` is the user's own edition or the shipped one where it is not given.
    """
    reference = reference or load_reference()
    checked = check_readings(readings, rules.plan, reference, selected, advance, earlier, peers)
    findings = sorted(
        apply_profile(profile, checked.findings), key=_order
    )  # within these, in the order of rules and rows
    return Report(
        __version__,
        rules.packs,
        tuple(checked.inputs),
        tuple(checked.outcomes),
        tuple(findings),
        earlier=tuple(checked.earlier),
        remedies=tuple(checked.remedies),
        profile=profile.name or None,
        reference=reference.used,
        plugins=tuple(
            UsedPlugin(one.name, one.version, tuple(f"{hook}: {problem}" for hook, problem in one.troubles))
            for one in active()
        ),
    )


def _order(finding: Finding) -> tuple[object, ...]:
    """By Party and year, gravest first, then by the effect on the year's total, then by rule."""
    key = finding.key
    impact = finding.impact
    share = abs(impact.share) if impact is not None and impact.share is not None else 0.0
    return key["party"] or "", key["year"] or 0, -SEVERITIES.index(finding.severity), -share, finding.code
