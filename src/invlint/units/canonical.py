"""The one spelling of a unit: `t/a` for `tonnes per year`, `ug TEQ/t` for `μg TEQ / t`."""

from __future__ import annotations

from functools import lru_cache

from invlint.units.parse import UnknownUnitError, parse_unit, unit_words
from invlint.units.vocabulary import SILENT_WORDS, WORDS

_USUAL = (
    *("t", "kt", "kg", "g", "mg", "ug", "ng", "pg", "lb"),
    *("TJ", "GJ", "MJ", "kWh", "MWh", "GWh", "m3", "L", "km"),
    *("a", "month", "week", "d", "h", "vehicle", "cremation", "item", "person", "thousand", "million", "billion"),
)
"""The spellings to take where several words mean the same."""

_TELLING = frozenset(
    (
        *("ton", "tons", "ADt", "adt", "ECU", "car", "cars", "body", "bodies", "corpse", "corpses"),
        *(
            "cigarette",
            "cigarettes",
            "cigar",
            "cigars",
            "piece",
            "pieces",
            "capita",
            "cap",
            "inhabitant",
            "inhabitants",
        ),
    )
)
"""Words that say more than the unit does, or may have meant another one: they stay, as do the cubic metres of gas."""


@lru_cache(maxsize=1)
def _spellings() -> dict[tuple[int, tuple[int, int]], str]:
    return {WORDS[word]: word for word in reversed(_USUAL)}


@lru_cache(maxsize=1024)
def canonical_unit(text: str) -> str:
    """The text in its one spelling; as it is where it is no unit, or where that would say something else."""
    try:
        meant = parse_unit(text)
        spelled = _spelled(unit_words(text))
        again = parse_unit(spelled)
    except UnknownUnitError:
        return text
    return spelled if again._replace(text=text) == meant else text


def _spelled(words: list[tuple[str, str, int]]) -> str:
    parts: list[str] = []
    for kind, word, exponent in words:
        if kind == "op":
            parts.append(word if word in "/()" else " ")
            continue
        if parts and parts[-1] not in ("/", "(", " "):
            parts.append(" ")
        parts.append(_word(kind, word) + (str(exponent) if exponent != 1 else ""))
    return "".join(parts).strip()


def _word(kind: str, word: str) -> str:
    if kind == "number" or word.casefold() in SILENT_WORDS or word in _TELLING or word.startswith("N"):
        return word
    known = WORDS.get(word)
    return _spellings().get(known, word) if known is not None else word
