"""Sources to the lines of Parts II and III of Annex C, and why the crosswalk leaves some open."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from invlint.reference.editions import CURRENT_EDITION, EDITIONS, OTHER_CODES_IN_2005

if TYPE_CHECKING:
    from invlint.reference import Reference

_OLDER = EDITIONS[: EDITIONS.index(CURRENT_EDITION)]


class Under(NamedTuple):
    """A line of Annex C, None for none of Parts II and III; `why` says why that is open, None where it is not."""

    line: str | None
    why: str | None = None


_NO_CATEGORY = Under(None, "the category is not known")


class Crosswalk:
    """The crosswalk of a reference."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._whole = lru_cache(maxsize=None)(self._of_source)

    def of_release(
        self, class_id: str | None, category: str | None, edition: str | None, line: str | None, *, unsure: bool
    ) -> Under:
        """Where a release stands whose derived columns say `line` and `unsure`."""
        open_ = self._open(class_id, category, edition)
        return open_ if open_ is not None else Under(line, _CONDITION if unsure else None)

    def of_source(
        self, class_id: str | None, category: str | None, group: int | None, edition: str | None
    ) -> tuple[Under, ...]:
        """Every place where a class, a whole category or a whole group may stand."""
        return self._whole(class_id, category, group, edition)

    def _of_source(
        self, class_id: str | None, category: str | None, group: int | None, edition: str | None
    ) -> tuple[Under, ...]:
        if category is not None or group is None:
            return (self._of(class_id, category, edition),)
        members = [one for one in self._reference.categories if self._reference.group_of(one) == group]
        return tuple(dict.fromkeys(self._of(None, one, edition) for one in members))

    def _of(self, class_id: str | None, category: str | None, edition: str | None) -> Under:
        open_ = self._open(class_id, category, edition)
        line = self._reference.annex_c_lines.get(category or "")
        return open_ if open_ is not None else Under(line.name if line is not None else None)

    def _open(self, class_id: str | None, category: str | None, edition: str | None) -> Under | None:
        """The place of a source that the crosswalk leaves open; None where it does not."""
        if category not in self._reference.categories:
            return _NO_CATEGORY
        if edition in _OLDER and category in OTHER_CODES_IN_2005:
            return Under(None, f"{category} meant another category in edition {edition} than in the crosswalk")
        line = self._reference.annex_c_lines.get(category)
        if line is None:
            return None
        if class_id in line.excluded:
            return Under(line.name, f"{class_id} is taken out of {line.name}, and no other line is named for it")
        if line.condition is not None:
            return Under(line.name, f"{category} is under {line.name} for {line.condition} alone")
        return None


_CONDITION = "the crosswalk leaves it open"
