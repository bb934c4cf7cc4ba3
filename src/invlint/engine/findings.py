"""Results to findings: one for each rule and key, with its places, its impact and what it shares a cause with."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from invlint.engine.places import targets
from invlint.model.finding import KEY_MEMBERS, SEVERITIES, Finding, Impact, Location
from invlint.reference.load import EVIDENCE
from invlint.tables import EARLIER, TABLES
from invlint.units.dimension import PER_YEAR, TEQ

if TYPE_CHECKING:
    from invlint.engine.places import Places, Target
    from invlint.engine.run import Failure, RuleResult
    from invlint.tables import Frames

Homes = dict[tuple[Any, Any], tuple[Any, ...]]
"""(party, year) to the place of the inventory."""

_FILE_MEMBERS = ("path", "member", "column", "text")
_SELDOM = ("nfr", "rule", "id")


class _Gathered:
    """The failures of one rule and key, and their chosen places."""

    def __init__(self, failure: Failure, key: dict[str, Any], identity: str) -> None:
        self.failure = failure
        self.key = key
        self.identity = identity
        self.messages: dict[str, None] = {}
        self.places: dict[tuple[Target | int, str], None] = {}


def make_findings(results: list[RuleResult], frames: Frames, places: Places) -> list[Finding]:
    """The findings of all results, in the order of rules and rows."""
    totals = _Totals(frames)
    homes = _homes(frames)
    gathered = [(result, _gather(result, places, homes)) for result in results]
    places.look_up()
    return [_finding(result, one, places, totals) for result, many in gathered for one in many]


def finding_id(rule: str, failure: Failure) -> str:
    """The id of a finding (contract): the rule and its key, never a position.

    A total of an NFR code has that too, and what sets findings aside the rule and the id that it is about.
    """
    key = [failure["key"].get(member) for member in (*KEY_MEMBERS, *_FILE_MEMBERS)]
    key += [failure["key"][member] for member in _SELDOM if failure["key"].get(member) is not None]
    return f"{rule}:{_digest(repr([rule, *key]))}"


def _gather(result: RuleResult, places: Places, homes: Homes) -> list[_Gathered]:
    """Failures of one key become one; the gravest severity and every message and place are kept."""
    by_key: dict[str, _Gathered] = {}
    for failure in result.failures:
        key = {member: failure["key"].get(member) for member in KEY_MEMBERS}
        identity = finding_id(result.rule.name, failure)
        one = by_key.setdefault(identity, _Gathered(failure, key, identity))
        if SEVERITIES.index(failure["severity"]) > SEVERITIES.index(one.failure["severity"]):
            one.failure = failure
        one.messages[failure["message"]] = None
        for number, place in enumerate(_places(failure, places, homes)):
            one.places.setdefault((place, "primary" if number == 0 else "related"))
    return list(by_key.values())


def _homes(frames: Frames) -> Homes:
    """Where each Party's reference year stands in what is submitted now; under no year, its first document."""
    inventories = frames["inventories"]
    homes: Homes = {}
    for party, year, place in zip(
        inventories.column("party"), inventories.column("year"), inventories.places, strict=True
    ):
        homes[party, year] = place
        homes.setdefault((party, None), place[:1])
    return homes


def _places(failure: Failure, places: Places, homes: Homes) -> list[Target | int]:
    """The places of a failure; what is said of an earlier submission is to be mended in the new one: that is first."""
    table, place, key = failure["table"], failure["place"], failure["key"]
    if TABLES[table].level == "file":
        return [place[0]]
    found = [places.choose(options) for options in targets(table, place, failure["at"])]
    if table.startswith(EARLIER):
        home = homes.get((key["party"], key["year"])) or homes[key["party"], None]
        return [*(places.choose(options) for options in targets("inventories", home, [])), *found]
    return [*found]


def _finding(result: RuleResult, one: _Gathered, places: Places, totals: _Totals) -> Finding:
    failure = one.failure
    rule = result.rule
    locations = [
        places.file(place) if isinstance(place, int) else places.location(place, role) for place, role in one.places
    ]
    return Finding(
        id=one.identity,
        code=rule.code,
        rule=rule.name,
        severity=failure["severity"],
        key=one.key,
        message="; ".join(one.messages),
        help=failure["help"],
        cause=f"{rule.name}:{_digest(repr(failure['together']))}" if failure["together"] is not None else None,
        evidence=_weakest(failure["evidence"]) if failure["rests"] else None,
        observed=failure["observed"],
        expected=failure["expected"],
        impact=totals.impact(failure["impact"], one.key),
        locations=tuple(_unique(locations)),
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _weakest(evidence: list[str | None]) -> str | None:
    known = [one for one in evidence if one is not None]
    return max(known, key=EVIDENCE.index, default=None)


def _unique(locations: list[Location]) -> list[Location]:
    """Locations that differ, the first of each place kept."""
    seen: dict[tuple[Any, ...], Location] = {}
    for location in locations:
        seen.setdefault((location.path, location.line, location.column, location.cell, location.pointer), location)
    return list(seen.values())


class _Totals:
    """The total of each inventory and chemical, to set impacts in proportion."""

    def __init__(self, frames: Frames) -> None:
        self._frames = frames
        self._sums: dict[tuple[Any, ...], float] | None = None

    def impact(self, effect: tuple[float, int] | None, key: dict[str, Any]) -> Impact | None:
        """The effect in g TEQ or kg a year, and as a share of the inventory's total of that chemical."""
        if effect is None:
            return None
        amount, dimension = effect
        is_teq = dimension == TEQ + PER_YEAR
        total = self._sum(key, dimension)
        share = amount / total if total else None
        return Impact(amount if is_teq else amount * 1000, "g TEQ/a" if is_teq else "kg/a", share)

    def _sum(self, key: dict[str, Any], dimension: int) -> float | None:
        if self._sums is None:
            self._sums = {}
            releases = self._frames["releases"]
            names = ("party", "year", "chemical", "release.dim", "release")
            for *about, amount in zip(*(releases.column(name) for name in names), strict=True):
                if amount is not None:
                    self._sums[tuple(about)] = self._sums.get(tuple(about), 0.0) + amount
        return self._sums.get((key["party"], key["year"], key["chemical"], dimension))
