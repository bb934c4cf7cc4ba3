"""Active entries beside the categories in which the same activity could be counted once more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from invlint.tables.amounts import add_amounts, copy_amounts
from invlint.tables.frame import Frame

if TYPE_CHECKING:
    from invlint.reference import Reference

_COPIED = ("party", "year", "edition", "teq_scheme", "group", "category", "class", "site")


def counted_elsewhere_frame(entries: Frame, reference: Reference) -> Frame:
    """A row for each entry with an activity and each category that its own is a known pair with.

    The entry is the one that stands first in the pair, so that a pair of entries is met once.
    """
    beside: dict[str, list[str]] = {}
    for row in reference.double_counting:
        beside.setdefault(row["category"], []).append(row["other_category"])
    activities = copy_amounts(entries, "activity")
    pairs = [
        (row, other)
        for row, category in enumerate(entries.column("category"))
        if activities[row][0]
        for other in beside.get(category, ())
    ]
    columns: dict[str, list[Any]] = {
        name: [values[row] for row, _ in pairs] for name in _COPIED for values in (entries.column(name),)
    }
    columns["other_category"] = [other for _, other in pairs]
    columns["other_category_name"] = [reference.categories[other]["name"] for _, other in pairs]
    add_amounts(columns, "activity", [activities[row] for row, _ in pairs])
    return Frame("counted_elsewhere", len(pairs), columns, [entries.places[row] for row, _ in pairs])
