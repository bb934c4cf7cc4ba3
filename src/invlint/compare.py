"""Report x report: what changed. A finding is known again by its id, which rests on rule and key alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invlint.model.comparison import Blinded, Changed, Comparison, Unverifiable
from invlint.model.finding import SEVERITIES
from invlint.policy.status import FOUND, GOOD, INCOMPLETE, incomplete_because

if TYPE_CHECKING:
    from collections.abc import Iterator

    from invlint.model.finding import Finding
    from invlint.model.report import Outcome, Report

_JUDGED = ("passed", "failed")
_BLIND = ("could_not_run", "crashed")


def compare(old: Report, new: Report, names: tuple[str, str]) -> Comparison:
    """What changed from the old report to the new one; `names` are theirs.

    A finding that is gone is resolved only where the new check could have found it: else it is unverifiable.
    """
    before = {finding.id: finding for finding in old.findings}
    after = {finding.id: finding for finding in new.findings}
    both = [Changed(before[known], after[known]) for known in after if known in before]
    gone = [(finding, _why_unverifiable(finding, old, new)) for known, finding in before.items() if known not in after]
    return Comparison(
        *names,
        added=tuple(finding for known, finding in after.items() if known not in before),
        resolved=tuple(finding for finding, why in gone if why is None),
        persisting=tuple(pair.new for pair in both if not _differs(pair)),
        changed=tuple(pair for pair in both if _differs(pair)),
        unverifiable=tuple(Unverifiable(finding, why) for finding, why in gone if why is not None),
        blinded=tuple(_blinded(old, new)),
        unlike=tuple(_unlike(old, new)),
    )


def _differs(pair: Changed) -> bool:
    old, new = pair
    return (old.severity, old.observed, old.counts) != (new.severity, new.observed, new.counts)


def _why_unverifiable(finding: Finding, old: Report, new: Report) -> str | None:
    """Why the new check cannot say that a finding which is gone is resolved; None where it can."""
    return _not_read(finding, new) or _not_judged(finding.rule, old, new)


def _not_read(finding: Finding, new: Report) -> str | None:
    """Whether what the finding is about is not in the new report at all."""
    party, year = finding.key["party"], finding.key["year"]
    if party is None:
        paths = {location.path for location in finding.locations}
        there = paths & {given.path for given in new.inputs}
        return None if there or not paths else f"{', '.join(sorted(paths))} is not in the new report"
    holding = [given for given in new.inputs if party in given.parties]
    if not holding:
        return f"{party} is not in the new report"
    if year is not None and not any(year in given.years for given in holding):
        return f"{party} {year} is not in the new report"
    return None


def _not_judged(rule: str, old: Report, new: Report) -> str | None:
    """Whether the rule could not judge in the new check, or not as many rows."""
    now = _outcome(rule, new)
    if now is None:
        return "the rule took no part in the new check"
    if _is_blind(now):
        return _told(now)
    then = _outcome(rule, old)
    more = (now.unknown + now.not_testable) - (then.unknown + then.not_testable if then is not None else 0)
    if more > 0:
        rows = "in one row more" if more == 1 else f"in {more} rows more"
        return f"{rows} than before the rule could not judge, because something is missing: this may be of them"
    return None


def _is_blind(outcome: Outcome) -> bool:
    """Whether a rule had nothing to judge by. One that is about nothing in the inventory was not kept from judging."""
    return outcome.outcome in _BLIND or (outcome.outcome == "not_applicable" and outcome.reason is not None)


def _told(outcome: Outcome) -> str:
    words = outcome.outcome.replace("_", " ")
    return f"{words}: {outcome.reason}" if outcome.reason else words


def _outcome(rule: str, report: Report) -> Outcome | None:
    return next((outcome for outcome in report.outcomes if outcome.rule == rule), None)


def _blinded(old: Report, new: Report) -> Iterator[Blinded]:
    """The rules that judged before and could not run, crashed or took no part now."""
    for then in old.outcomes:
        if then.outcome not in _JUDGED:
            continue
        now = _outcome(then.rule, new)
        if now is None:
            yield Blinded(then.rule, then.code, "it took no part in the new check")
        elif _is_blind(now):
            yield Blinded(then.rule, then.code, _told(now))


def _unlike(old: Report, new: Report) -> Iterator[str]:
    """What differs between the checks but the inventories."""
    if old.tool_version != new.tool_version:
        yield f"invlint {old.tool_version} made the old report, {new.tool_version} the new one"
    if old.profile != new.profile:
        yield f"the profile was {old.profile or 'none'} and is {new.profile or 'none'}"
    for name in ("baseline", "waivers"):
        then, now = (getattr(report.configuration, name) for report in (old, new))
        if then != now:
            yield f"{name}: {then or 'none'} before, {now or 'none'} now"
    if {pack.name: pack.sha256 for pack in old.packs} != {pack.name: pack.sha256 for pack in new.packs}:
        yield "the rules are not the same"
    if old.reference != new.reference:
        yield "the default factors are not the same"
    scopes = [sorted({part for given in report.inputs for part in given.scopes}) for report in (old, new)]
    if scopes[0] != scopes[1]:
        then, now = (", ".join(parts) or "all sources" for parts in scopes)
        yield f"the declared scope was {then} and is {now}"


def comparison_status(comparison: Comparison, new: Report) -> int:
    """The exit status: 3 where the new check is incomplete or sees less than the old one did, 1 for what is new or
    worse at or above the severity that fails the new check, else 0.
    """
    if incomplete_because(new) or comparison.unverifiable or comparison.blinded:
        return INCOMPLETE
    worse = [*comparison.added, *(pair.new for pair in comparison.changed if pair.is_worse)]
    limit = SEVERITIES.index(new.fail_on)
    fails = any(finding.counts and SEVERITIES.index(finding.severity) >= limit for finding in worse)
    return FOUND if fails else GOOD
