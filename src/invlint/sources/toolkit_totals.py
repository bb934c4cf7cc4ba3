"""What the unnamed totals of a Toolkit sheet sum up: a category, the group of the sheet, or the whole inventory."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from invlint.sources.toolkit_rows import ANY_TOTAL, GRAND_TOTAL, PART_TOTAL

if TYPE_CHECKING:
    from collections.abc import Callable

Extent = dict[str, str | int]
"""`category` or `group` with its id; empty for the whole inventory."""


class _Total(NamedTuple):
    word: str
    categories: frozenset[str]
    take: Callable[[Extent], None]


class SheetTotals:
    """Gathers the unnamed totals of one sheet: what they sum up is clear only when all of it is read.

    `group` is the group that the name or title of the sheet says it is about.
    """

    def __init__(self, group: str | None) -> None:
        self._group = group
        self._since: set[str] = set()
        self._all: set[str] = set()
        self._totals: list[_Total] = []

    def add_class(self, category: str) -> None:
        """A class of this category is reported."""
        self._since.add(category)
        self._all.add(category)

    def close(self, category: str) -> None:
        """A total that names its category stands there."""
        self._since.discard(category)

    def add(self, word: str, take: Callable[[Extent], None]) -> None:
        """An unnamed total stands there; `take` is called with what it sums up."""
        self._totals.append(_Total(word, frozenset(self._since), take))
        self._since.clear()

    def resolve(self) -> None:
        """Take all totals, each with what it sums up."""
        words = {total.word for total in self._totals}
        for total in self._totals:
            total.take(self._extent(total, is_divided={PART_TOTAL, ANY_TOTAL} <= words))

    def _extent(self, total: _Total, *, is_divided: bool) -> Extent:
        groups = _groups(total.categories or self._all)
        if total.word == GRAND_TOTAL:
            return {}
        if len(total.categories) == 1 and self._is_of_category(total.word, is_divided=is_divided):
            return {"category": next(iter(total.categories))}
        if len(groups) == 1 and (total.categories or len(_groups(self._all)) == 1):
            return {"group": int(groups.pop())}
        if not self._all and self._group is not None:
            return {"group": int(self._group)}
        return {}

    def _is_of_category(self, word: str, *, is_divided: bool) -> bool:
        if word == PART_TOTAL:
            return True
        return not is_divided and (len(self._all) > 1 or self._group is None)


def _groups(categories: frozenset[str] | set[str]) -> set[str]:
    return {match[0] for match in (re.match(r"\d{1,2}", category) for category in categories) if match}
