"""Set findings aside by waivers and a baseline, and judge whether these are still what they should be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from invlint.engine import check_upkeep
from invlint.model.finding import KEY_MEMBERS, Finding, Location
from invlint.sources.document import Reading, Spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from invlint.model.plan import Plan
    from invlint.model.report import Input, Outcome
    from invlint.policy.baseline import Baseline
    from invlint.policy.waivers import Use, Waiver

Row = dict[str, Any]


class Aside(NamedTuple):
    """What sets findings aside in a run: the waivers, whether they are honoured, and the baseline, if there is one.

    `today` is the day on which waivers must still hold.
    """

    waivers: tuple[Waiver, ...]
    honoured: bool
    baseline: Baseline | None
    today: date


class Settled(NamedTuple):
    """The findings with what sets them aside, those about waivers and baseline, and the outcomes of all rules.

    `spent` are waivers that no finding fits or whose last day is over, `mended` the ids that the baseline has in vain.
    """

    findings: list[Finding]
    about: list[Finding]
    outcomes: list[Outcome]
    spent: tuple[Waiver, ...] = ()
    mended: frozenset[str] = frozenset()


class _Looked(NamedTuple):
    """What a run looked at: the rules that could judge, its files, and their Parties and years."""

    rules: frozenset[str]
    files: frozenset[str]
    parties: frozenset[str]
    years: frozenset[int]

    def at(self, rule: str, key: Mapping[str, Any]) -> bool:
        """Whether a finding of a rule with such a key would have been found; one about no Party names its file."""
        party, year = key.get("party"), key.get("year")
        if "path" in key:
            return rule in self.rules and key["path"] in self.files
        known = (party is None or party in self.parties) and (year is None or _whole(year) in self.years)
        return rule in self.rules and known


def settle(
    findings: Iterable[Finding], outcomes: list[Outcome], inputs: Iterable[Input], aside: Aside, plan: Plan,
    selected: set[str],
) -> Settled:  # fmt: skip
    """Set findings aside, and add those about waivers and baseline; their rules' outcomes take the place of others."""
    from invlint.policy.baseline import apply_baseline
    from invlint.policy.waivers import apply_waivers

    found, uses = apply_waivers(findings, aside.waivers, honoured=aside.honoured, today=aside.today)
    if aside.baseline is not None:
        found = apply_baseline(found, aside.baseline)
    looked = _looked(outcomes, inputs)
    known = {finding.id for finding in found}
    places: list[Reading] = []
    baseline = [
        {"rule": entry.rule, "id": entry.id, "found": entry.id in known if looked.at(entry.rule, entry.key) else None,
         "place": _place(entry.location, places), **_key(entry.key)}
        for entry in (aside.baseline.entries if aside.baseline is not None else ())
    ]  # fmt: skip
    waivers = [_row(use, looked, places) for use in uses]
    about, judged = check_upkeep({"waivers": waivers, "baseline": baseline}, places, plan, selected)
    by_rule = {outcome.rule: outcome for outcome in judged}
    mended = frozenset(row["id"] for row in baseline if row["found"] is False)
    spent = tuple(
        use.waiver
        for use, row in zip(uses, waivers, strict=True)
        if use.expired or (not use.problem and row["covers"] == 0)
    )
    return Settled(found, about, [by_rule.get(one.rule, one) for one in outcomes], spent, mended)


def _looked(outcomes: Iterable[Outcome], inputs: Iterable[Input]) -> _Looked:
    given = list(inputs)
    return _Looked(
        frozenset(one.rule for one in outcomes if one.outcome not in ("could_not_run", "crashed")),
        frozenset(one.path for one in given),
        frozenset(party for one in given for party in one.parties),
        frozenset(year for one in given for year in one.years),
    )


def _row(use: Use, looked: _Looked, places: list[Reading]) -> Row:
    """A waiver as a row of its table."""
    waiver = use.waiver
    counted = len(use.covers) if use.covers or looked.at(waiver.rule, waiver.key) else None
    place = _place(waiver.location, places)
    about = {
        "rule": waiver.rule,
        "problem": use.problem,
        "stale": use.expired or use.reopened,
        "covers": counted,
        "place": place,
    }
    return {**about, **_key(waiver.key)}


def _key(key: Mapping[str, Any]) -> Row:
    """The members of a key with the types of a finding's."""
    return {
        name: _whole(key[name]) if name in ("year", "group") else str(key[name]) for name in KEY_MEMBERS if name in key
    }


def _whole(value: Any) -> int | None:
    return int(value) if str(value).strip().isdigit() else None


def _place(location: Location | None, places: list[Reading]) -> tuple[int]:
    """The number of a place, which is kept."""
    at = location or Location("primary", "")
    places.append(Reading(at.path, None, spot=Spot(at.line, at.column, at.cell)))
    return (len(places) - 1,)
