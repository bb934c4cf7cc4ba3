"""Recognise class and category ids in their old and loose spellings."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

_NOISE = r"\bclass\b|\bcl\b|\bcategory\b|\bcat\b|[^a-z0-9]+"


class ClassIds:
    """The known ids, findable by `1c.2`, `1C2`, `1.c.2` or `1c class 2`."""

    def __init__(self, known: tuple[str, ...]) -> None:
        self._known = frozenset(known)

    @cached_property
    def _by_letters(self) -> dict[str, str]:
        """Ids by their letters and figures alone; only texts that are no id as they stand need it."""
        by_letters: dict[str, list[str]] = {}
        for class_id in self._known:
            by_letters.setdefault(_letters(class_id), []).append(class_id)
        return {letters: ids[0] for letters, ids in by_letters.items() if len(ids) == 1}

    def recognise(self, text: str) -> str | None:
        """The id that the text means, or None."""
        return text if text in self._known else self._by_letters.get(_letters(text))

    def nearest(self, text: str) -> str | None:
        """The id spelt most like the text, or None when nothing is near."""
        from difflib import get_close_matches

        near = get_close_matches(_letters(text), self._by_letters, n=1, cutoff=0.6)
        return self._by_letters[near[0]] if near else None


@lru_cache(maxsize=4096)
def _letters(text: str) -> str:
    return re.sub(_NOISE, "", text.lower())
