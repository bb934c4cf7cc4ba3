"""Waivers: findings that somebody has explained, each bound to the value that was seen."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from invlint.model.finding import KEY_MEMBERS, Finding, Location, Waived
from invlint.units import UnknownUnitError, parse_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LEAST_LETTERS = 8
_EMPTY_WORDS = """
a accepted agreed all already and approved are as be because been below by checked comment confirmed correct data
discussed does done error exception expected explained explanation false figure finding fine fixed for from here ignore
ignored in invlint is issue it its known later message mistake n na needed no noise none not nothing of ok okay on only
per positive problem reason reported right rule see silence skip so source tbc tbd that the there this to todo true unit
value verified waive waived waiver warning was will wip with wontfix wrong year yes
"""
_SAY_NOTHING = frozenset(_EMPTY_WORDS.split())
"""A reason that has no other words than these, and those of its rule's name, gives none."""

_QUANTITY = re.compile(r"^\s*([-+]?[\d.]+(?:[eE][-+]?\d+)?)\s*(.*?)\s*$")


class Waiver(NamedTuple):
    """A waiver as it is written.

    `key` holds the members of a finding's key that it names; it covers the findings of its rule that agree in them and
    lie `within` a folder or a file. `seen` are the values that it explains, `until` is its last day, as written.
    `problem` says why it cannot be honoured.
    """

    rule: str
    key: Mapping[str, Any]
    reason: str
    location: Location
    within: str
    by: str | None = None
    until: str | None = None
    seen: tuple[str, ...] = ()
    problem: str | None = None


class Use(NamedTuple):
    """What became of a waiver: the findings it is about, those it explains, and what is wrong with it now.

    `expired` says that its last day is over, `reopened` that a value has become another one.
    """

    waiver: Waiver
    covers: tuple[str, ...] = ()
    explains: tuple[str, ...] = ()
    problem: str | None = None
    expired: str | None = None
    reopened: str | None = None


def apply_waivers(
    findings: Iterable[Finding], waivers: Iterable[Waiver], *, honoured: bool, today: date
) -> tuple[list[Finding], list[Use]]:
    """The findings with what explains them, and the use of each waiver; the first that fits a finding explains it."""
    by_rule: dict[str, list[Finding]] = {}
    found = list(findings)
    for finding in found:
        by_rule.setdefault(finding.rule, []).append(finding)
    uses = [_use(waiver, by_rule.get(waiver.rule, []), today) for waiver in waivers]
    explained = {id_: use.waiver for use in reversed(uses) for id_ in use.explains}
    return [_explained(finding, explained.get(finding.id), honoured=honoured) for finding in found], uses


def _explained(finding: Finding, waiver: Waiver | None, *, honoured: bool) -> Finding:
    if waiver is None:
        return finding
    return finding._replace(waived=Waived(waiver.reason, waiver.by, waiver.until, honoured))


def _use(waiver: Waiver, findings: list[Finding], today: date) -> Use:
    if waiver.problem is not None:
        return Use(waiver, problem=waiver.problem)
    about = [finding for finding in findings if covers(waiver, finding)]
    covered = tuple(finding.id for finding in about)
    values = list(dict.fromkeys(finding.observed for finding in about if finding.observed is not None))
    if values and not waiver.seen:
        return Use(waiver, covered, problem=f"say which value the waiver explains: seen = {_quoted(values)}")
    expired = _expired(waiver.until, today) if about else None
    if expired is not None:
        return Use(waiver, covered, expired=expired)
    others = [value for value in values if not _is_seen(value, waiver.seen)]
    explains = tuple(finding.id for finding in about if finding.observed is None or finding.observed not in others)
    return Use(waiver, covered, explains, reopened=_reopened(waiver, others) if others else None)


def covers(waiver: Waiver, finding: Finding) -> bool:
    """Whether a finding is one of those that a waiver is about, whatever its value is."""
    if waiver.rule != finding.rule or not finding.locations or not _is_within(finding.locations[0].path, waiver.within):
        return False
    return all(_same(value, finding.key.get(member)) for member, value in waiver.key.items())


def _is_within(path: str, place: str) -> bool:
    return path == place or (path.rpartition("/")[0] or ".") == place


def _same(written: Any, value: Any) -> bool:
    return value is not None and str(written).strip().casefold() == str(value).casefold()


def _expired(until: str | None, today: date) -> str | None:
    """Why the waiver's last day is over; a date that nobody can read is one."""
    if until is None:
        return None
    try:
        last = date.fromisoformat(until)
    except ValueError:
        return f"“{until}” is no date such as 2027-12-31, so the waiver counts as expired"
    return f"the waiver ended on {until}" if last < today else None


def _reopened(waiver: Waiver, others: list[str]) -> str:
    values = "the value is" if len(others) == 1 else "the values are"
    return f"{values} {_quoted(others)} now, and the waiver explains {_quoted(list(waiver.seen))}"


def _quoted(values: list[str]) -> str:
    return ", ".join(f"“{value}”" for value in values)


def _is_seen(value: str, seen: tuple[str, ...]) -> bool:
    return any(_same_value(value, one) for one in seen)


def _same_value(value: str, seen: str) -> bool:
    """Whether two texts give the same value: by their words, or as quantities in other units or digits."""
    if value.split() == seen.split():
        return True
    amounts = _amount(value), _amount(seen)
    if None in amounts:
        return False
    (a, dimension), (b, other) = amounts  # type: ignore[misc]
    return bool(dimension == other and abs(a - b) <= 1e-9 * max(abs(a), abs(b)))


def _amount(text: str) -> tuple[float, int] | None:
    """(amount in base units, dimension) of a number with its unit."""
    match = _QUANTITY.match(text)
    if match is None:
        return None
    try:
        unit = parse_unit(match[2]) if match[2] else None
        number = float(match[1])
    except (UnknownUnitError, ValueError):
        return None
    return (number * unit.scale, unit.dimension) if unit is not None else (number, 0)


def reason_problem(reason: str, rule: str) -> str | None:
    """Why a text gives no reason; None where it gives one."""
    if not reason.strip():
        return "the waiver has no reason: say why the figure is right, or why it cannot be corrected"
    words = re.findall(r"\w+", reason.casefold())
    telling = [word for word in words if word not in _SAY_NOTHING and word not in rule.split("-")]
    letters = sum(map(len, words))
    if telling and (letters >= _LEAST_LETTERS or not reason.isascii()):
        return None
    return f"“{reason.strip()}” is no reason: say what was looked at, and why the figure is right"


def key_of(finding: Finding) -> dict[str, Any]:
    """The members by which a waiver names a finding: a class says its category and group, a category its group."""
    key = {member: finding.key[member] for member in KEY_MEMBERS if finding.key.get(member) is not None}
    implied = ("group", "category") if "class" in key else ("group",) if "category" in key else ()
    return {member: value for member, value in key.items() if member not in implied}
