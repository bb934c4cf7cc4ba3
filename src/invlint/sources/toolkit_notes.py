"""What a reading did that its reader should know of, gathered so that a hundred cells make one sentence."""

from __future__ import annotations

_SHOWN = 5


class Notes:
    """Sentences about a reading, each about many places; `{}` stands for the places."""

    def __init__(self) -> None:
        self._places: dict[str, list[str]] = {}

    def add(self, sentence: str, place: str = "") -> None:
        """Note a sentence about one more place."""
        places = self._places.setdefault(sentence, [])
        if place:
            places.append(place)

    def sentences(self) -> tuple[str, ...]:
        """All that was noted, in the order in which it was first met."""
        return tuple(sentence.replace("{}", _shown(places)) for sentence, places in self._places.items())


def _shown(places: list[str]) -> str:
    distinct = list(dict.fromkeys(places))
    more = f" and {len(distinct) - _SHOWN} more" if len(distinct) > _SHOWN else ""
    return ", ".join(distinct[:_SHOWN]) + more
