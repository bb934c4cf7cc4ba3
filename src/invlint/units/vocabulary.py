"""The unit words of release inventories: what each measures, and how much of the base unit it is.

Scales are exact fractions (numerator, denominator) of the base units of `dimension.BASE_UNITS`: t, g TEQ, TJ, m3, a.
Sources: SI brochure (9th edition) for prefixes, litre and tonne; toe = 41.868 GJ and tce = 29.3076 GJ (IEA);
a day's rate is a year's x 365; lb = 453.59237 g (international pound, 1959).
"""

from __future__ import annotations

from invlint.errors import UsageError
from invlint.plugins import offered
from invlint.units.dimension import (
    CREMATION,
    DISTANCE,
    ENERGY,
    ITEM,
    MASS,
    NONE,
    PERSON,
    TIME,
    VEHICLE,
    VOLUME,
    Dimension,
)

Scale = tuple[int, int]
Word = tuple[Dimension, Scale]

PREFIXES: dict[str, int] = {
    "f": -15,
    "p": -12,
    "n": -9,
    "u": -6,
    "m": -3,
    "": 0,
    "k": 3,
    "M": 6,
    "G": 9,
    "T": 12,
    "P": 15,
}


def _scaled(power_of_ten: int, scale: Scale = (1, 1)) -> Scale:
    above, below = scale
    return (above * 10**power_of_ten, below) if power_of_ten >= 0 else (above, below * 10**-power_of_ten)


def _vocabulary() -> dict[str, Word]:
    words: dict[str, Word] = {}
    for prefix, exponent in PREFIXES.items():
        words[prefix + "g"] = (MASS, _scaled(exponent - 6))
        words[prefix + "J"] = (ENERGY, _scaled(exponent - 12))
        words[prefix + "Wh"] = (ENERGY, _scaled(exponent - 12, (3600, 1)))
        words[prefix + "L"] = words[prefix + "l"] = (VOLUME, _scaled(exponent - 3))
        if exponent in (0, 3, 6, 9):
            words[prefix + "t"] = (MASS, _scaled(exponent))
            words[prefix + "toe"] = (ENERGY, _scaled(exponent, (41868, 1_000_000)))
            words[prefix + "tce"] = (ENERGY, _scaled(exponent, (293076, 10_000_000)))
    words.update(dict.fromkeys(("mcg",), words["ug"]))
    words.update(dict.fromkeys(_TONNES, words["t"]))
    words.update(dict.fromkeys(("kilotonne", "kilotonnes"), words["kt"]))
    words.update(dict.fromkeys(("gram", "grams", "gramme", "grammes"), words["g"]))
    words.update(dict.fromkeys(("kilogram", "kilograms"), words["kg"]))
    words.update(dict.fromkeys(("milligram", "milligrams"), words["mg"]))
    words.update(dict.fromkeys(("microgram", "micrograms"), words["ug"]))
    words.update(dict.fromkeys(("nanogram", "nanograms"), words["ng"]))
    words.update(dict.fromkeys(("picogram", "picograms"), words["pg"]))
    words.update(dict.fromkeys(("lb", "lbs", "pound", "pounds"), (MASS, (45359237, 10**5 * 10**6))))
    words.update(dict.fromkeys(("litre", "litres", "liter", "liters"), words["L"]))
    words["hL"] = words["hl"] = (VOLUME, (1, 10))
    for name, exponent in (("m3", 0), ("dm3", -3), ("cm3", -6), ("hm3", 6), ("km3", 9)):
        words[name] = words["N" + name] = (VOLUME, _scaled(exponent))
    words.update(dict.fromkeys(_COUNTED["vehicle"], (VEHICLE, (1, 1))))
    words.update(dict.fromkeys(_COUNTED["cremation"], (CREMATION, (1, 1))))
    words.update(dict.fromkeys(_COUNTED["item"], (ITEM, (1, 10**6))))
    words.update(dict.fromkeys(_COUNTED["million items"], (ITEM, (1, 1))))
    words.update(dict.fromkeys(_COUNTED["person"], (PERSON, (1, 1))))
    words.update(dict.fromkeys(("km", "kilometre", "kilometres"), (DISTANCE, (1, 1))))
    words.update(dict.fromkeys(("a", "yr", "y", "year", "years", "annum"), (TIME, (1, 1))))
    words.update(dict.fromkeys(("month", "months", "mo"), (TIME, (1, 12))))
    words.update(dict.fromkeys(("week", "weeks", "wk"), (TIME, (7, 365))))
    words.update(dict.fromkeys(("d", "day", "days"), (TIME, (1, 365))))
    words.update(dict.fromkeys(("h", "hr", "hour", "hours"), (TIME, (1, 365 * 24))))
    words.update(dict.fromkeys(("thousand",), (NONE, (1000, 1))))
    words.update(dict.fromkeys(("million", "mio"), (NONE, (10**6, 1))))
    words.update(dict.fromkeys(("billion",), (NONE, (10**9, 1))))
    return words


_TONNES = ("tonne", "tonnes", "ton", "tons", "ADt", "adt", "ECU")
_COUNTED = {
    "vehicle": ("vehicle", "vehicles", "car", "cars"),
    "cremation": ("cremation", "cremations", "body", "bodies", "corpse", "corpses"),
    "item": ("item", "items", "cigarette", "cigarettes", "cigar", "cigars", "piece", "pieces"),
    "million items": ("Mitem", "Mitems"),
    "person": ("person", "persons", "capita", "cap", "inhabitant", "inhabitants"),
}


def _with_plugins(words: dict[str, Word]) -> dict[str, Word]:
    """The words with those of plugins, each so many of a word that is known. Raises UsageError for one that is not."""
    for plugin, offer in offered("unit_words", words, "the unit"):
        known, amount = words.get(offer.unit), _scale(offer.number)
        if known is None or amount is None:
            raise UsageError(
                f"the plugin “{plugin}” says that a {offer.word} is {offer.number} {offer.unit}: a number such as 34.5 "
                "and the word of one unit, such as kg, are wanted"
            )
        dimension, (above, below) = known
        words[offer.word] = dimension, (above * amount[0], below * amount[1])
    return words


def _scale(number: str) -> Scale | None:
    """A number above zero, written as 34.5 or 1/3, as an exact fraction."""
    from fractions import Fraction

    try:
        exact = Fraction(number)
    except (ValueError, ZeroDivisionError):
        return None
    return (exact.numerator, exact.denominator) if exact > 0 else None


WORDS: dict[str, Word] = _with_plugins(_vocabulary())

TEQ_SCHEMES: dict[str, str | None] = {
    "TEQ": None,
    "ITEQ": "I-TEQ",
    "TEQI": "I-TEQ",
    "NATOTEQ": "I-TEQ",
    "WHOTEQ": "WHO",
    "TEQWHO": "WHO",
    "WHO98TEQ": "WHO-1998",
    "WHO1998TEQ": "WHO-1998",
    "WHOTEQ98": "WHO-1998",
    "WHOTEQ1998": "WHO-1998",
    "WHO05TEQ": "WHO-2005",
    "WHO2005TEQ": "WHO-2005",
    "WHOTEQ05": "WHO-2005",
    "WHOTEQ2005": "WHO-2005",
    "WHO22TEQ": "WHO-2022",
    "WHO2022TEQ": "WHO-2022",
    "WHOTEQ2022": "WHO-2022",
}
"""TEQ words without their hyphens, in capitals, and the scheme each names (None: not said)."""

SILENT_WORDS = frozenset(
    [
        "metric",
        "d.m.",
        "dm",
        "d.m",
        "dw",
        "d.w.",
        "dry",
        "matter",
        "basis",
        "weight",
        "wet",
        "waste",
        "of",
        "fuel",
        "product",
        "pulp",
        "sludge",
        "ash",
        "material",
        "sewage",
        "wastewater",
        "sinter",
        "coke",
        "steel",
        "metal",
        "cement",
        "lime",
        "brick",
        "glass",
        "asphalt",
        "textile",
        "leather",
        "paper",
        "compost",
        "burned",
        "burnt",
        "produced",
        "fresh",
        "air-dried",
        "sm",
    ]
)
"""Words that say what the amount is of; they change neither dimension nor scale."""
