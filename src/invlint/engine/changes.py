"""The single changes that could mend an entry: a unit's prefix, a decimal point, the default, the product again."""

from __future__ import annotations

import copy
import math
from typing import TYPE_CHECKING, Any, NamedTuple

from invlint.engine.show import show_number
from invlint.units import UnknownUnitError, parse_unit
from invlint.units.parse import rescaled

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_TENS = 9
_DECIMALS = (-2, -1, 1, 2)
"""By how many places a decimal point slips when a figure is typed."""
_NEAR = 0.1
"""A slip of a unit is exact but for rounding: the tolerance of power-of-ten-slip."""

Default = tuple[float, str]
"""Value and unit of a default factor."""


class Change(NamedTuple):
    """One change of an entry: in words, where below it, and the entry as it then is. Smaller `size` is likelier."""

    words: str
    pointer: str
    size: int
    entry: dict[str, Any]


def changes(entry: dict[str, Any], failing: list[int], defaults: dict[int, Default]) -> Iterator[Change]:
    """The changes to try, by the figures of the releases at fault; `defaults` are those of the releases by number."""
    releases = entry.get("releases", [])
    powers: set[int] = set()
    failing = [number for number in failing if isinstance(releases[number], dict)]
    for number in failing:
        release = releases[number]
        powers |= _powers(release, entry, defaults.get(number))
    if "activity" in entry:
        yield from _scaled(entry, (), "activity", powers)
    for number in failing:
        at = ("releases", number)
        if "activity" in releases[number]:
            yield from _scaled(entry, at, "activity", powers)
        yield from _scaled(entry, at, "factor", powers)
        yield from _scaled(entry, at, "release", powers)
        yield from _replaced(entry, number, defaults.get(number))


def _powers(release: dict[str, Any], entry: dict[str, Any], default: Default | None) -> set[int]:
    """The powers of ten by which figures that should agree differ, in both directions."""
    factor, reported = _amount(release.get("factor")), _amount(release.get("release"))
    activity = _amount(release.get("activity", entry.get("activity")))
    ratios = []
    if factor and reported and activity:
        ratios.append(reported / (factor * activity))
    if factor and default is not None:
        ratios.append(default[0] * _scale(default[1]) / factor)
    found = {_power(ratio) for ratio in ratios if ratio > 0} - {None, 0}
    return {sign * power for power in found if power is not None for sign in (1, -1)}


def _power(ratio: float) -> int | None:
    power = round(math.log10(ratio))
    return power if abs(power) <= _MOST_TENS and abs(ratio / 10**power - 1) <= _NEAR else None


def _amount(part: Any) -> float | None:
    if not isinstance(part, dict) or type(part.get("value")) not in (int, float) or part["value"] <= 0:
        return None
    scale = _scale(part.get("unit"))
    return part["value"] * scale if scale else None


def _scale(unit: Any) -> float:
    try:
        return parse_unit(unit).scale if isinstance(unit, str) else 0.0
    except UnknownUnitError:
        return 0.0


def _scaled(entry: dict[str, Any], at: tuple[Any, ...], name: str, powers: set[int]) -> Iterator[Change]:
    """The unit with another prefix, or the decimal point moved."""
    part = _part(entry, at).get(name)
    if not isinstance(part, dict) or _amount(part) is None:
        return
    for power in sorted(powers, key=lambda one: (abs(one), one)):
        unit = rescaled(part["unit"], power)
        if unit is not None:
            words = f"change the unit of the {name} from {part['unit']} to {unit}"
            yield _changed(entry, (*at, name, "unit"), unit, words, 0)
        elif power in _DECIMALS:
            value = part["value"] * 10**power
            words = f"change the {name} from {show_number(part['value'])} to {show_number(float(f'{value:.12g}'))}"
            yield _changed(entry, (*at, name, "value"), float(f"{value:.12g}"), words, 1)


def _replaced(entry: dict[str, Any], number: int, default: Default | None) -> Iterator[Change]:
    """The factor as the default, and the release as activity times factor."""
    release = entry["releases"][number]
    factor = release.get("factor")
    if default is not None and isinstance(factor, dict):
        words = f"put the Toolkit default {show_number(default[0])} {default[1]} for the factor"
        whole = {**factor, "value": default[0], "unit": default[1]}
        yield _changed(entry, ("releases", number, "factor"), whole, words, 2)
    amounts = [_amount(release.get("activity", entry.get("activity"))), _amount(factor)]
    held = release.get("release")
    if None not in amounts and isinstance(held, dict) and _scale(held.get("unit")):
        product = float(f"{math.prod(one for one in amounts if one) / _scale(held['unit']):.9g}")
        words = f"change the release to activity x factor, {show_number(product)} {held['unit']}"
        yield _changed(entry, ("releases", number, "release", "value"), product, words, 3)


def _part(entry: dict[str, Any], at: tuple[Any, ...]) -> dict[str, Any]:
    part: Any = entry
    for step in at:
        part = part[step]
    return part if isinstance(part, dict) else {}


def _changed(entry: dict[str, Any], at: tuple[Any, ...], value: Any, words: str, size: int) -> Change:
    changed = copy.deepcopy(entry)
    part: Any = changed
    for step in at[:-1]:
        part = part[step]
    part[at[-1]] = value
    return Change(words, "".join(f"/{step}" for step in at), size, changed)
