"""What each reported row adds to a sum: a figure, a computed figure, nothing, a gap, or what cannot be added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from invlint.summary.crosswalk import Crosswalk, Under
from invlint.units import describe_dimension
from invlint.units.dimension import MASS, PER_YEAR, TEQ

if TYPE_CHECKING:
    from collections.abc import Iterator

    from invlint.reference import Reference
    from invlint.tables import Frame, Frames
    from invlint.units import Dimension

REPORTED, COMPUTED, NOTHING, GAP, UNSUMMED = "reported", "computed", "nothing", "gap", "unsummed"
FIGURES = (REPORTED, COMPUTED)
"""The states in which an item has an amount."""

_ADDS_NOTHING = ("NO", "NA")
_LARGEST = 1e30
"""Beyond any amount on Earth in any unit; sums of such numbers would not stay finite."""


class Item(NamedTuple):
    """What one row adds. `chemical` or `vector` is None where the row is about all of them or does not say.

    `amount` is in base units. `under` are the lines of Annex C that the row may belong to. `place` is that of the row
    in its document, `problem` why it cannot be added.
    """

    state: str
    party: str | None
    year: int | None
    group: int | None
    category: str | None
    class_id: str | None
    site: str | None
    chemical: str | None
    vector: str | None
    residue_kind: str | None
    amount: float | None
    key: str | None
    under: tuple[Under, ...]
    place: tuple[Any, ...]
    problem: str | None = None


def release_items(frames: Frames, reference: Reference) -> Iterator[Item]:
    """An item for each release."""
    releases = frames["releases"]
    crosswalk = Crosswalk(reference)
    unreadable = _unreadable(frames["numbers"])
    wanted = {
        chemical: (TEQ if row["quantity"] == "TEQ" else MASS) + PER_YEAR
        for chemical, row in reference.chemicals.items()
    }
    amounts = [_amounts(releases, name) for name in ("release", "activity", "factor")]
    names = ("edition", "annex_c_line", "annex_c_unsure", "party", "year", "group", "category", "class", "site",
             "chemical", "vector", "residue_kind", "key")  # fmt: skip
    columns = (releases.column(name) for name in names)
    for edition, line, unsure, *source, key, release, activity, factor, place in zip(
        *columns, *amounts, releases.places, strict=True
    ):
        chemical, vector = source[6], source[7]
        dimension = wanted.get(chemical)
        state, amount, problem = _judge(key, release, activity, factor, dimension, _problem_at(unreadable, place))
        if state in FIGURES and (vector is None or dimension is None):
            problem = "the vector is not known" if dimension is not None else "the chemical is not known"
            state, amount = UNSUMMED, None
        under = crosswalk.of_release(source[4], source[3], edition, line, unsure=bool(unsure))
        yield Item._make((state, *source, amount, key, (under,), place, problem))


def entry_items(entries: Frame, reference: Reference) -> Iterator[Item]:
    """An item for each entry without releases: a class, category or group under a key, or without any figure."""
    crosswalk = Crosswalk(reference)
    names = ("reports", "edition", "party", "year", "group", "category", "class", "site", "key")
    columns = (entries.column(name) for name in names)
    for reports, edition, *source, key, place in zip(*columns, entries.places, strict=True):
        if not reports:
            state = NOTHING if key in _ADDS_NOTHING else GAP
            under = crosswalk.of_source(source[4], source[3], source[2], edition)
            yield Item._make((state, *source, None, None, None, None, key, under, place, None))


class _Amount(NamedTuple):
    """An amount as a frame has it: in base units, dimension, as written."""

    base: float | None
    dimension: Dimension | None
    number: float | None
    unit: str | None


def _amounts(frame: Frame, name: str) -> list[_Amount]:
    parts = (frame.column(name + suffix) for suffix in ("", ".dim", ".value", ".unit"))
    return [_Amount(*row) for row in zip(*parts, strict=True)]


def _judge(
    key: str | None,
    release: _Amount,
    activity: _Amount,
    factor: _Amount,
    wanted: Dimension | None,
    unreadable: str | None,
) -> tuple[str, float | None, str | None]:
    """(state, amount, problem) of a release. A figure counts even where a key stands beside it."""
    if release.number is not None:
        problem = _wrong(release, wanted, "release")
        return (UNSUMMED, None, problem) if problem else (REPORTED, release.base, None)
    if key is not None:
        return (NOTHING if key in _ADDS_NOTHING else GAP), None, None
    if unreadable is not None:
        return UNSUMMED, None, unreadable
    if activity.number is None or factor.number is None:
        return GAP, None, None
    problem = _wrong(activity, None, "activity") or _wrong(factor, None, "factor")
    if problem is None and activity.base is not None and factor.base is not None:
        product = _Amount(activity.base * factor.base, _sum(activity, factor), 1.0, f"{activity.unit} x {factor.unit}")
        problem = _wrong(product, wanted, "product of activity and factor")
        if problem is None:
            return COMPUTED, product.base, None
    return UNSUMMED, None, problem


def _sum(activity: _Amount, factor: _Amount) -> Dimension | None:
    both = activity.dimension is not None and factor.dimension is not None
    return (activity.dimension or 0) + (factor.dimension or 0) if both else None


def _wrong(amount: _Amount, wanted: Dimension | None, what: str) -> str | None:
    """Why an amount is not what is wanted of it; None where it is."""
    if amount.unit is None:
        return f"the {what} has no unit"
    if amount.base is None:
        return f"the unit “{amount.unit}” of the {what} is not known"
    if not abs(amount.base) < _LARGEST:
        return f"the {what} is larger than any amount on Earth"
    if wanted is not None and amount.dimension is not None and amount.dimension != wanted:
        is_, should = describe_dimension(amount.dimension), describe_dimension(wanted)
        return f"the {what} ({amount.unit}) is {is_}, and {should} is wanted"
    return None


def _unreadable(numbers: Frame) -> dict[tuple[int, str], str]:
    """(document, pointer) of numbers that are not plainly numbers, with what they are."""
    found: dict[tuple[int, str], str] = {}
    columns = (numbers.column(name) for name in ("column", "text", "problem"))
    for column, text, problem, place in zip(*columns, numbers.places, strict=True):
        if column is not None and isinstance(place[-1], str):
            found[place[0], place[-1]] = f"the {column} “{text}” {problem}"
    return found


def _problem_at(unreadable: dict[tuple[int, str], str], place: tuple[Any, ...]) -> str | None:
    """What is wrong with the numbers of a release, if anything."""
    if not unreadable:
        return None
    document, inventory, entry, release = place
    above = f"/inventories/{inventory}/entries/{entry}"
    own = f"{above}/releases/{release}"
    at = (f"{own}/release/value", f"{own}/activity/value", f"{above}/activity/value", f"{own}/factor/value")
    return next((unreadable[document, pointer] for pointer in at if (document, pointer) in unreadable), None)
