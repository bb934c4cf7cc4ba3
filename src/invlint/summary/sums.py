"""Items to the lines of a table."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, Any

from invlint.reference.code_lists import KEYS, VECTORS
from invlint.summary.figures import Line, Sum
from invlint.summary.items import COMPUTED, GAP, UNSUMMED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from invlint.reference import Reference
    from invlint.summary.crosswalk import Under
    from invlint.summary.items import Item

NO_LINE = "under no line of Parts II and III"
UNKNOWN = "source not known"


def sum_of(items: Iterable[Item], scale: float) -> Sum:
    """The sum of the items; `scale` takes base units to the unit of the summary."""
    amounts: list[float] = []
    computed = gaps = unsummed = 0
    keys = set()
    for item in items:
        keys.add(item.key)
        if item.amount is not None:
            amounts.append(item.amount)
            computed += item.state == COMPUTED
        gaps += item.state == GAP
        unsummed += item.state == UNSUMMED
    met = tuple(key for key in KEYS if key in keys)
    return Sum(fsum(amounts) * scale if amounts else None, len(amounts), computed, gaps, unsummed, met)


def line_of(id_: str | None, name: str, items: Sequence[Item], scale: float, why: str | None = None) -> Line:
    """A line: a row that does not say its vector, or is about all of them, is of each vector."""
    vectors = (sum_of((item for item in items if item.vector in (vector, None)), scale) for vector in VECTORS)
    return Line(id_, name, tuple(vectors), sum_of(items, scale), why)


def group_lines(items: Sequence[Item], reference: Reference, scale: float) -> tuple[Line, ...]:
    """A line for each source group, and one for releases of which the group is not known."""
    by_group = _by(items, lambda item: (item.group,))
    lines = [line_of(str(group), name, by_group.get(group, []), scale) for group, name in reference.groups.items()]
    if None in by_group:
        lines.append(line_of(None, UNKNOWN, by_group[None], scale))
    return tuple(lines)


def category_lines(items: Sequence[Item], reference: Reference, scale: float) -> tuple[Line, ...]:
    """A line for each category with a figure or a gap, whole groups under a key among them."""
    by_category = _by(items, lambda item: ((item.category, item.group if item.category is None else None),))
    order = {category: place for place, category in enumerate(reference.categories)}
    lines = []
    for category, group in sorted(by_category, key=lambda at: (order.get(at[0], len(order)), str(at[0]), at[1] or 99)):
        name = reference.categories[category]["name"] if category in order else UNKNOWN
        if category is None and group is not None:
            name = f"group {group}, category not said"
        lines.append(line_of(category, name, by_category[category, group], scale))
    return tuple(line for line in lines if line.total.says_amount)


def annex_c_lines(items: Sequence[Item], reference: Reference, scale: float) -> tuple[Line, ...]:
    """A line for each line of Annex C that anything is said of, one for what is under none, then what is open."""
    by_place: dict[Under, list[Item]] = _by(items, lambda item: item.under)
    titles = {line.name: line.title for line in reference.annex_c_lines.values()}
    order = {name: place for place, name in enumerate(titles)}
    lines = []
    for place in sorted(
        by_place, key=lambda at: (at.why is not None, order.get(at.line or "", len(order)), at.why or "")
    ):
        name = titles.get(place.line or "", NO_LINE if place.why is None else "")
        lines.append(line_of(place.line, name, by_place[place], scale, place.why))
    return tuple(line for line in lines if line.why is None or line.total.says_amount)


def _by(items: Iterable[Item], keys: Callable[[Item], Iterable[Any]]) -> dict[Any, list[Item]]:
    found: dict[Any, list[Item]] = {}
    for item in items:
        for key in keys(item):
            found.setdefault(key, []).append(item)
    return found
