"""The change from each reference year of a Party to the next."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from invlint.summary.figures import Change, Trend

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from invlint.summary.figures import ChemicalSummary, Sum, YearSummary


def trends_of(years: Sequence[YearSummary]) -> Iterator[Trend]:
    """The trends of one Party, whose years are given in their order: each chemical that both years of a pair have."""
    for before, after in pairwise(years):
        earlier = {one.chemical: one for one in before.chemicals}
        for later in after.chemicals:
            if later.chemical in earlier:
                yield _trend(before, after, earlier[later.chemical], later)


def _trend(before: YearSummary, after: YearSummary, old: ChemicalSummary, new: ChemicalSummary) -> Trend:
    older = {line.id: line.total for line in old.groups}
    newer = {line.id: line.total for line in new.groups}
    names = {line.id: line.name for line in (*new.groups, *old.groups)}
    changes = [
        _change(group, name, older[group], newer[group])
        for group, name in names.items()
        if group is not None and (older[group].value is not None or newer[group].value is not None)
    ]
    total = _change(None, "total", old.total.total, new.total.total)
    return Trend(
        after.party, new.chemical, new.unit, before.year, after.year, (*changes, total), tuple(_notes(before, after))
    )


def _change(group: str | None, name: str, before: Sum, after: Sum) -> Change:
    if before.value is None or after.value is None:
        return Change(group, name, before, after, None, None)
    difference = after.value - before.value
    percent = difference / abs(before.value) * 100 if before.value else None
    return Change(group, name, before, after, difference, percent)


def _notes(before: YearSummary, after: YearSummary) -> Iterator[str]:
    """What of the two inventories differs that a trend should not show."""
    if before.edition != after.edition:
        yield f"{before.year} is by Toolkit edition {before.edition}, {after.year} by {after.edition}"
    if before.teq_scheme != after.teq_scheme:
        yield f"{before.year} is in {before.teq_scheme or _NONE}, {after.year} in {after.teq_scheme or _NONE}"
    if before.scope != after.scope:
        yield f"{before.year} and {after.year} declare different scopes"


_NONE = "no declared TEQ scheme"
