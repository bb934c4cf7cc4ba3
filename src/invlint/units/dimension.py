"""Dimensions as whole numbers, so that any engine can compare and combine them.

Each base dimension has its own place of four bits, signed: mass is 1, TEQ is 16, energy 256 and so on. The
dimension of a product is the sum of the two numbers, that of a quotient their difference, and two quantities
can be compared exactly when the numbers are equal. Exponents from -7 to 7 keep their places apart.
"""

from __future__ import annotations

from functools import lru_cache

Dimension = int

_BITS = 4
BASES = ("mass", "TEQ", "energy", "volume", "time", "vehicle", "cremation", "item", "person", "distance")

NONE: Dimension = 0
MASS, TEQ, ENERGY, VOLUME, TIME, VEHICLE, CREMATION, ITEM, PERSON, DISTANCE = (
    1 << (_BITS * place) for place in range(len(BASES))
)

PER_YEAR: Dimension = -TIME
"""What a rate has in its dimension; amounts of a reference year are rates."""

BASE_UNITS = {
    "mass": "t",
    "TEQ": "g TEQ",
    "energy": "TJ",
    "volume": "m3",
    "time": "a",
    "vehicle": "vehicle",
    "cremation": "cremation",
    "item": "Mitem",
    "person": "person",
    "distance": "km",
}
"""The unit in which amounts of each base dimension are kept."""


def exponents(dimension: Dimension) -> dict[str, int]:
    """The exponent of each base that takes part, in the order of BASES."""
    found = {}
    rest = dimension
    for base in BASES:
        digit = ((rest + 8) & 15) - 8
        rest = (rest - digit) >> _BITS
        if digit:
            found[base] = digit
    return found


@lru_cache(maxsize=1024)
def describe_dimension(dimension: Dimension) -> str:
    """The dimension in words: `TEQ per mass`, `mass per time`, `a plain number`."""
    parts = exponents(dimension)
    above = [_word(base, exponent) for base, exponent in parts.items() if exponent > 0]
    below = [_word(base, -exponent) for base, exponent in parts.items() if exponent < 0]
    if not parts:
        return "a plain number"
    words = " x ".join(above) or "number"
    return f"{words} per {' and '.join(below)}" if below else words


def _word(base: str, exponent: int) -> str:
    return base if exponent == 1 else f"{base}^{exponent}"


def base_unit(dimension: Dimension) -> str:
    """The unit in which amounts of a dimension are kept, as people write it: `g TEQ/t`."""
    parts = exponents(dimension)
    above = [BASE_UNITS[base] for base, exponent in parts.items() for _ in range(exponent)]
    below = [BASE_UNITS[base] for base, exponent in parts.items() for _ in range(-exponent)]
    return " x ".join(above or ["1"]) + "".join(f"/{unit}" for unit in below)
