"""Beside each inventory, what its Party released in an earlier reference year or in its earlier submission."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from invlint.reference.editions import OTHER_CODES_IN_2005
from invlint.tables.amounts import NOTHING, Amount, add_amounts, copy_amounts
from invlint.tables.frame import Frame

if TYPE_CHECKING:
    from collections.abc import Iterable

_INVENTORY = ("party", "year", "edition", "teq_scheme")
_SOURCE = ("group", "category", "class", "site", "chemical", "vector")
_SCOPE = ("scope_set", "scope_vectors_set")
HERE, EARLIER_SUBMISSION = "this submission", "the previous submission"

Source = tuple[Any, ...]


class _Said(NamedTuple):
    """What a submission says of a source in one of its years; `amount` has the residue kinds added up."""

    year: int
    edition: str | None
    submission: str
    amount: Amount


def released_before_frame(inventories: Frame, releases: Frame, earlier_releases: Frame) -> Frame:
    """For each inventory the sources that were last reported with a release above zero, and how much that was.

    Earlier years count in this submission, and the same year too in the earlier one; of two that tell of one year
    this submission counts. Left out is what lies outside the scope, and what its code means in another edition alone.
    """
    newest = _newest_years(inventories)
    told = _told(releases, HERE, newest)
    until = {party: year + 1 for party, year in newest.items()}
    for party, sources in _told(earlier_releases, EARLIER_SUBMISSION, until).items():
        for source, said in sources.items():
            told.setdefault(party, {}).setdefault(source, []).extend(said)
    rows = [
        (row, source, last)
        for row, (party, year, edition, scope, vectors) in enumerate(
            zip(*(inventories.column(name) for name in ("party", "year", "edition", *_SCOPE)), strict=True)
        )
        if year is not None
        for source, said in told.get(party, {}).items()
        if _is_asked(source, scope, vectors)
        and (last := _last(said, year)) is not None
        and _means_the_same(source, last.edition, edition)
    ]
    columns: dict[str, list[Any]] = {
        name: [values[row] for row, _, _ in rows] for name in _INVENTORY for values in (inventories.column(name),)
    }
    columns |= {name: [source[at] for _, source, _ in rows] for at, name in enumerate(_SOURCE)}
    columns["last_year"] = [last.year for *_, last in rows]
    columns["reported_in"] = [last.submission for *_, last in rows]
    add_amounts(columns, "release", [last.amount for *_, last in rows])
    return Frame("released_before", len(rows), columns, [inventories.places[row] for row, _, _ in rows])


def _newest_years(inventories: Frame) -> dict[Any, int]:
    """Party to its newest reference year."""
    newest: dict[Any, int] = {}
    for party, year in zip(inventories.column("party"), inventories.column("year"), strict=True):
        if year is not None:
            newest[party] = max(year, newest.get(party, year))
    return newest


def _told(releases: Frame, submission: str, until: dict[Any, int]) -> dict[Any, dict[Source, list[_Said]]]:
    """Party to source to what is said of it, year by year; left out is what is said of the year `until` or later."""
    earlier = [
        row
        for row, (party, year) in enumerate(zip(releases.column("party"), releases.column("year"), strict=True))
        if year is not None and party in until and year < until[party]
    ]
    if not earlier:
        return {}
    amounts: dict[tuple[Any, Source, int, str | None], list[Amount]] = {}
    columns = [releases.column(name) for name in ("party", "year", "edition", *_SOURCE)]
    written = copy_amounts(releases, "release")
    for row in earlier:
        party, year, edition, *source = [values[row] for values in columns]
        if source[2] is not None:
            amounts.setdefault((party, tuple(source), year, edition), []).append(written[row])
    told: dict[Any, dict[Source, list[_Said]]] = {}
    for (party, known, year, edition), parts in amounts.items():
        told.setdefault(party, {}).setdefault(known, []).append(_Said(year, edition, submission, _sum(parts)))
    return told


def _is_asked(source: Source, scope: frozenset[str] | None, vectors: frozenset[str] | None) -> bool:
    """Whether a source lies in the scope of an inventory; without one all do."""
    group, category, class_id, *_, vector = source
    return (scope is None or bool(scope & {str(group), category, class_id})) and (vectors is None or vector in vectors)


def _means_the_same(source: Source, *editions: str | None) -> bool:
    """Whether the code of the source is about one category in both editions."""
    return source[1] not in OTHER_CODES_IN_2005 or len({edition == "2005" for edition in editions}) == 1


def _last(said: Iterable[_Said], year: int) -> _Said | None:
    """The newest of what is said before an inventory of the year, where that is a release above zero."""
    before = [one for one in said if one.year < year or (one.year == year and one.submission != HERE)]
    last = max(before, key=lambda one: (one.year, one.submission == HERE), default=None)
    return last if last is not None and last.amount[0] is not None and last.amount[0] > 0 else None


def _sum(parts: list[Amount]) -> Amount:
    """The amounts added up; one alone stays as written."""
    there = [amount for amount in parts if amount[0] is not None]
    if len(there) < 2:
        return there[0] if there else NOTHING
    if len({dimension for _, dimension, _, _ in there}) > 1:
        return NOTHING
    return sum(amount[0] or 0.0 for amount in there), there[0][1], None, None
