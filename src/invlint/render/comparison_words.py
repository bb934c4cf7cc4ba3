"""What a comparison says in words, alike for the terminal and for Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invlint.render.words import state_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from invlint.model.comparison import Amount, Changed, Comparison, Recalculation, Recalculations


def verdict(comparison: Comparison) -> str:
    """How many findings are new, changed, gone and still there."""
    parts = (
        (len(comparison.added), "new"),
        (len(comparison.changed), "changed"),
        (len(comparison.unverifiable), "not verifiable any more"),
        (len(comparison.resolved), "resolved"),
        (len(comparison.persisting), "persisting"),
    )
    return ", ".join(f"{number} {word}" for number, word in parts if number) or "no finding before and none now"


def change(pair: Changed) -> str:
    """What differs between the two findings of a pair."""
    old, new = pair
    parts = []
    if old.severity != new.severity:
        parts.append(f"{old.severity} before, {new.severity} now")
    if old.observed != new.observed:
        parts.append(f"{old.observed or 'nothing'} before, {new.observed or 'nothing'} now")
    if old.counts != new.counts:
        parts.append(state_in_words(new) or f"before it was {state_in_words(old) or 'open'}, and now it counts")
    return "; ".join(parts)


HEAD = ("Party", "year", "chemical", "unit", "class", "vector", "old", "new", "difference", "%", "declared reason")
"""The columns of the recalculation table."""
NUMBERS = ("old", "new", "difference", "%")
"""Those that hold numbers."""


def cells(one: Recalculation) -> tuple[str, ...]:
    """A row of the recalculation table."""
    difference = "" if one.difference is None else f"{one.difference:+.4g}"
    percent = "" if one.percent is None else f"{one.percent:+.1f}"
    reason = one.reason or "none"
    source = (one.party, str(one.year), one.chemical, one.unit, one.class_id, one.vector)
    return (*source, amount(one.old), amount(one.new), difference, percent, reason)


def amount(said: Amount) -> str:
    """A sum with its marks: `*` activity x factor is in it, `≥` something lacks; its keys where it has no figure."""
    if said.value is None:
        return ", ".join(said.keys) or ("?" if said.lower_bound else "–")
    return f"{'≥ ' if said.lower_bound else ''}{said.value:.4g}{'*' if said.computed else ''}"


def below(made: Recalculations) -> Iterator[str]:
    """What is said below the recalculation table."""
    sides = [side for one in made.changed for side in (one.old, one.new)]
    if any(side.computed for side in sides):
        yield "* activity x factor where no release is reported"
    if any(side.value is not None and side.lower_bound for side in sides):
        yield "≥ a lower bound: a part of it has no figure"
    if any(amount(side) == "?" for side in sides):
        yield "? reported, but without a figure that can be added"
    yield from made.notes
    yield f"{made.alike} release{'' if made.alike == 1 else 's'} put alike"
    if made.added:
        yield f"only in the new submission: {_listed(made.added)}"
    if made.dropped:
        yield f"only in the old submission: {_listed(made.dropped)}"


def _listed(inventories: tuple[tuple[str, int], ...]) -> str:
    return ", ".join(f"{party} {year}" for party, year in inventories)
