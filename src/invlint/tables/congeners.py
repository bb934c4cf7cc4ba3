"""The rows of the tables of congeners that a plugin declares with `invlint.plugins.congeners`.

Masses are worked out in g a year. What was not detected has no mass, and is never taken for zero: a TEQ is that of the
congeners that were detected. Where a name cannot be read or stands twice, the release has no TEQ at all.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple

from invlint.plugins import WorkedOut
from invlint.plugins.congeners import MEMBER, SCHEMES, UNIT
from invlint.sources.document import escape
from invlint.tables.added import at_place
from invlint.tables.amounts import number_or_none
from invlint.tables.kinds import FACTOR
from invlint.units import UnknownUnitError, parse_unit
from invlint.units.dimension import MASS, PER_YEAR, exponents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from invlint.plugins.congeners import Congener, CongenerSet
    from invlint.tables.added import Frames
    from invlint.tables.frame import Frame

Row = dict[str, Any]

MASS_UNIT, TEQ_UNIT = "g/a", "g TEQ/a"
_GRAMS = 1e6
"""Grams in the base unit of mass, a tonne."""

_LIMIT = re.compile(r"[<≤]\s*([0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?)")
_NOT_DETECTED = frozenset({"nd", "notdetected", "bdl", "lod", "loq"})


class Given(NamedTuple):
    """The congeners that one release gives: its row, where they stand (`release`, `entry`), and the member itself."""

    row: int
    level: str
    congeners: dict[str, Any]


class _Names(NamedTuple):
    """The congeners and the totals of homologues by the letters of every spelling."""

    congeners: dict[str, Congener]
    homologues: dict[str, str]


def _by_letters(known: CongenerSet) -> _Names:
    return _Names(
        {_letters(spelling): one for one in known.congeners for spelling in (one.name, *one.others)},
        {_letters(spelling): name for name, others in known.homologues.items() for spelling in (name, *others)},
    )


def given_congeners(known: CongenerSet, frames: Frames, documents: Sequence[Any]) -> Iterator[Given]:
    """The congeners of each release of the chemical; those of an entry are its one release's of the chemical."""
    releases = frames["releases"]
    of_entry: dict[tuple[Any, ...], list[int]] = {}
    for row, (place, chemical) in enumerate(zip(releases.places, releases.column("chemical"), strict=True)):
        if chemical == known.chemical:
            of_entry.setdefault(place[:3], []).append(row)
            part = at_place(documents, place)
            if _gives(part):
                yield Given(row, "release", part[MEMBER])
    for place, rows in of_entry.items():
        entry = at_place(documents, place)
        if len(rows) == 1 and _gives(entry):
            yield Given(rows[0], "entry", entry[MEMBER])


def _gives(part: Any) -> bool:
    return isinstance(part, dict) and isinstance(part.get(MEMBER), dict)


def congener_rows(known: CongenerSet, frames: Frames, documents: Sequence[Any]) -> Iterator[Row]:
    """A row for each name under the congeners of each release."""
    releases = frames["releases"]
    activities = list(zip(releases.column("activity"), releases.column("activity.dim"), strict=True))
    by_letters = _by_letters(known)
    first: dict[tuple[int, str | None], str] = {}
    for row, level, congeners in given_congeners(known, frames, documents):
        names = [name for name, value in congeners.items() if name != UNIT and value not in (None, "")]
        if not names:
            continue
        scale, problem = _grams_of_unit(congeners.get(UNIT), *activities[row])
        if problem is not None:
            yield {"row": row, "at": f"{level}/{MEMBER}/{UNIT}", "spelled": UNIT, "problem": problem}
        for name in names:
            read = _read(known, by_letters, name, congeners[name], scale)
            meant = read.get("congener") or read.get("homologues")
            twin = first.get((row, meant)) if meant is not None else None
            first.setdefault((row, meant), name)
            yield {"row": row, "at": f"{level}/{MEMBER}/{escape(name)}", "spelled": name, "twin": twin, **read}


def _grams_of_unit(unit: Any, activity: float | None, of: int | None) -> tuple[float | None, str | None]:
    """(grams a year that one of the unit is, what is wrong with the unit); neither where the activity is missing."""
    if not isinstance(unit, str):
        return None, "the congeners have no unit: give one for all of them, such as g/a"
    try:
        meaning = parse_unit(unit)
    except UnknownUnitError:
        return None, f"the unit “{unit}” of the congeners is not known: give a mass a year, such as g/a"
    dimension = meaning.dimension
    if dimension in (MASS, MASS + PER_YEAR):
        return meaning.scale * _GRAMS, None
    if activity is not None and of is not None and dimension + of == MASS + PER_YEAR:
        return meaning.scale * activity * _GRAMS, None
    if activity is None and dimension in FACTOR and "TEQ" not in exponents(dimension):
        return None, None
    return None, f"the unit “{unit}” of the congeners is neither a mass a year nor a mass for each unit of the activity"


def _read(known: CongenerSet, names: _Names, name: str, value: Any, scale: float | None) -> Row:
    """What one name and value mean."""
    letters = _letters(name)
    congener = names.congeners.get(letters)
    if congener is None and letters not in names.homologues:
        return {"problem": _unknown(known, name)}
    named: Row = {"homologues": names.homologues.get(letters)}
    if congener is not None:
        named = {"congener": congener.name, "homologues": congener.homologues}
        named |= {f"{SCHEMES[scheme]}_tef": factor for scheme, factor in congener.factors.items()}
    return named | _mass(name, value, scale, congener)


def _mass(name: str, value: Any, scale: float | None, congener: Congener | None) -> Row:
    number = number_or_none(value)
    if number is not None and number < 0:
        return {"problem": f"{name} is below zero: {value}"}
    if number is None:
        text = str(value).strip()
        limit = _LIMIT.fullmatch(text)
        if limit is None and _letters(text) not in _NOT_DETECTED:
            return {"problem": f"{name} is “{text}”: give a number, ND where it was not detected, or its limit as <0.3"}
        known = limit is not None and scale is not None
        return {"detected": False, "limit": _grams(float(limit[1]) * scale) if known else None}  # type: ignore[index, operator]
    if scale is None:
        return {"detected": True}
    grams = number * scale
    factors = congener.factors if congener is not None else {}
    teqs = {f"{SCHEMES[scheme]}_teq": WorkedOut(grams * tef, TEQ_UNIT) for scheme, tef in factors.items()}
    return {"detected": True, "amount": _grams(grams), **teqs}


def _grams(value: float) -> WorkedOut:
    return WorkedOut(value, MASS_UNIT)


def _letters(name: str) -> str:
    """A name without signs and spaces, so that however its positions are written it is the same."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _unknown(known: CongenerSet, name: str) -> str:
    names = [*(congener.name for congener in known.congeners), *known.homologues]
    near = get_close_matches(name, names, n=1, cutoff=0.7)
    mend = f"did you mean {near[0]}?" if near else f"they are called {names[0]}, {names[1]} and so on"
    return f"“{name}” is no congener of {known.chemical}: {mend}"


def entry_rows(known: CongenerSet, frames: Frames, documents: Sequence[Any]) -> Iterator[Row]:
    """A row for each entry that gives congeners itself, with the number of its releases of the chemical."""
    releases = frames["releases"]
    counts: dict[tuple[Any, ...], int] = {}
    for place, chemical in zip(releases.places, releases.column("chemical"), strict=True):
        counts[place[:3]] = counts.get(place[:3], 0) + (chemical == known.chemical)
    for row, place in enumerate(frames["entries"].places):
        if _gives(at_place(documents, place)):
            yield {"row": row, "releases": float(counts.get(place, 0))}


def _releases_of(congeners: Frame, releases: Frame) -> dict[int, list[int]]:
    """Row of each release to the rows of its congeners."""
    row_of = {place: row for row, place in enumerate(releases.places)}
    found: dict[int, list[int]] = {}
    for row, place in enumerate(congeners.places):
        found.setdefault(row_of[place[:-1]], []).append(row)
    return found


def homologue_rows(known: CongenerSet, frames: Frames) -> Iterator[Row]:
    """A row for each total of homologues, beside the mass of its congeners."""
    congeners = frames[f"{known.tables}_congeners"]
    names, totals, amounts = (congeners.column(name) for name in ("congener", "homologues", "amount"))
    for release, rows in _releases_of(congeners, frames["releases"]).items():
        for row in rows:
            if totals[row] is None or names[row] is not None or amounts[row] is None:
                continue
            parts = [
                part for part in rows
                if totals[part] == totals[row] and names[part] is not None and amounts[part] is not None
            ]  # fmt: skip
            yield {
                "row": release,
                "at": congeners.places[row][-1],
                "homologues": totals[row],
                "amount": _grams(amounts[row] * _GRAMS),
                "parts": _grams(sum(amounts[part] for part in parts) * _GRAMS) if parts else None,
                "parts_list": ", ".join(names[part] for part in parts) or None,
            }


class _Profile(NamedTuple):
    """What the congeners of a release add up to, in g; the TEQs are empty where something cannot be read."""

    given: dict[str, int]
    lacks: tuple[str, ...]
    not_detected: int
    mass: float | None
    teqs: dict[str, float]
    most: dict[str, float]


def _profile(known: CongenerSet, congeners: Frame, rows: list[int]) -> _Profile:
    names, detected = congeners.column("congener"), congeners.column("detected")
    amounts, limits = congeners.column("amount"), congeners.column("limit")
    given = {names[row]: row for row in rows if names[row] is not None}
    lacks = tuple(one.name for one in known.congeners if one.name not in given)
    unclear = any(congeners.column("problem")[row] or congeners.column("twin")[row] for row in rows)
    found = {name: row for name, row in given.items() if detected[row]}
    if unclear or not given or any(amounts[row] is None for row in found.values()):
        return _Profile(given, lacks, len(given) - len(found), None, {}, {})
    held = [one for one in known.congeners if one.name in given]
    schemes = [scheme for scheme in SCHEMES if all(scheme in one.factors for one in known.congeners)]
    teqs = {
        scheme: sum(amounts[found[one.name]] * _GRAMS * one.factors[scheme] for one in held if one.name in found)
        for scheme in schemes
    }
    below = [one for one in held if one.name not in found]
    bounded = not lacks and all(limits[given[one.name]] is not None for one in below)
    most = {
        scheme: teq + sum(limits[given[one.name]] * _GRAMS * one.factors[scheme] for one in below)
        for scheme, teq in teqs.items()
        if bounded
    }
    mass = sum(amounts[row] for row in found.values()) * _GRAMS
    return _Profile(given, lacks, len(below), mass, teqs, most)


def profile_rows(known: CongenerSet, frames: Frames) -> Iterator[Row]:
    """A row for each release that gives congeners, with the TEQ that they make by each scheme."""
    congeners, releases = frames[f"{known.tables}_congeners"], frames["releases"]
    columns = (releases.column(name) for name in ("teq_scheme", "release.value", "release.unit", "release"))
    reported = list(zip(*columns, strict=True))
    for release, rows in _releases_of(congeners, releases).items():
        one = _profile(known, congeners, rows)
        declared, value, unit, amount = reported[release]
        exact = bool(one.teqs) and not one.lacks and not one.not_detected
        teq, most = one.teqs.get(declared), one.most.get(declared)
        fits = _nearest(one.teqs, amount) if exact and amount is not None else None
        yield {
            "row": release,
            "congeners": float(len(one.given)),
            "lacks": ", ".join(one.lacks) or None,
            "not_detected": float(one.not_detected),
            "exact": exact,
            "mass": _grams(one.mass) if one.mass is not None else None,
            **{f"{SCHEMES[scheme]}_teq": _teq(grams) for scheme, grams in one.teqs.items()},
            "teq": _teq(teq) if teq is not None else None,
            "most": _teq(most) if most is not None else None,
            "release": (value, unit) if value is not None and unit is not None else None,
            "off": _off(amount, teq),
            "fits": fits,
            "fits_off": _off(amount, one.teqs[fits]) if fits is not None else None,
        }


def teq_rows(known: CongenerSet, frames: Frames) -> Iterator[Row]:
    """A row for each release that gives congeners, and each scheme."""
    congeners = frames[f"{known.tables}_congeners"]
    for release, rows in _releases_of(congeners, frames["releases"]).items():
        for scheme, grams in _profile(known, congeners, rows).teqs.items():
            yield {"row": release, "scheme": scheme, "teq": _teq(grams)}


def _teq(grams: float) -> WorkedOut:
    return WorkedOut(grams, TEQ_UNIT)


def _off(amount: float | None, teq: float | None) -> float | None:
    return abs(amount - teq) / teq if amount is not None and teq else None


def _nearest(teqs: dict[str, float], amount: float) -> str | None:
    """The scheme whose TEQ lies nearest to the amount; of equals the newest."""
    offs = {scheme: off for scheme, teq in teqs.items() if (off := _off(amount, teq)) is not None}
    return min(reversed(offs), key=offs.__getitem__) if offs else None
