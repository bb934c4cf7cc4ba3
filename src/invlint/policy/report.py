"""Readings to a report: judged by the rules, weighed by a configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from invlint import __version__
from invlint.engine import check_readings
from invlint.model.finding import SEVERITIES, Finding
from invlint.model.report import Report, RuleText, UsedConfiguration, UsedPlugin
from invlint.plugins import active
from invlint.policy.config import DEFAULT_CONFIGURATION, Configuration, weigh
from invlint.policy.upkeep import Settled, settle
from invlint.reference import load_reference

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from invlint.policy.upkeep import Aside
    from invlint.reference import Reference
    from invlint.rules import RuleSet
    from invlint.sources import Reading
    from invlint.tables.own_factors import PeerFactor


class Judged(NamedTuple):
    """The report of a run, and what became of each waiver and entry of the baseline."""

    report: Report
    settled: Settled


def judge_readings(
    readings: list[Reading],
    rules: RuleSet,
    selected: set[str],
    advance: Callable[[], None] = lambda: None,
    earlier: Sequence[Reading] = (),
    peers: Sequence[PeerFactor] = (),
    configuration: Configuration = DEFAULT_CONFIGURATION,
    reference: Reference | None = None,
    aside: Aside | None = None,
) -> Judged:
    """What the selected rules say of the readings, gravest first within each Party and year.

    `earlier` are the earlier submissions that the readings are held against, `peers` the factors of other Parties.
    `reference` is the user's own edition or the shipped one where it is not given.
    `aside` is what sets findings aside, where anything does.
    """
    reference = reference or load_reference()
    checked = check_readings(readings, rules.plan, reference, selected, advance, earlier, peers)
    judged = weigh(configuration, checked.findings)
    settled = Settled(judged, [], checked.outcomes)
    if aside is not None:
        settled = settle(judged, checked.outcomes, checked.inputs, aside, rules.plan, selected)
    findings = sorted([*settled.findings, *settled.about], key=_order)  # within these, in the order of rules and rows
    report = Report(
        __version__,
        rules.packs,
        tuple(checked.inputs),
        tuple(settled.outcomes),
        tuple(findings),
        earlier=tuple(checked.earlier),
        remedies=tuple(checked.remedies),
        profile=configuration.profile,
        reference=reference.used,
        rules=tuple(
            RuleText(rule.name, rule.code, rule.severity, rule.pack, rule.prose, rule.basis)
            for rule in rules.plan.rules
            if rule.name in selected
        ),
        fail_on=configuration.fail_on.value,
        plugins=tuple(
            UsedPlugin(one.name, one.version, tuple(f"{hook}: {problem}" for hook, problem in one.troubles))
            for one in active()
        ),
        configuration=UsedConfiguration(
            configuration.file,
            aside.baseline.path if aside is not None and aside.baseline is not None else None,
            configuration.waivers.value,
        ),
    )
    return Judged(report, settled)


def _order(finding: Finding) -> tuple[object, ...]:
    """By Party and year, gravest first, then by the effect on the year's total, then by rule."""
    key = finding.key
    impact = finding.impact
    share = abs(impact.share) if impact is not None and impact.share is not None else 0.0
    return key["party"] or "", key["year"] or 0, -SEVERITIES.index(finding.severity), -share, finding.code
