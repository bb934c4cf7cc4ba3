"""The kinds of values in columns: text, codes, numbers with their possible dimensions, yes or no."""

from __future__ import annotations

from typing import NamedTuple

from invlint.units.dimension import (
    CREMATION,
    ENERGY,
    ITEM,
    MASS,
    NONE,
    PER_YEAR,
    TEQ,
    VEHICLE,
    VOLUME,
    Dimension,
    describe_dimension,
)

Dimensions = frozenset[Dimension]


class Kind(NamedTuple):
    """What a value is: `text`, `code` (of a list), `number` (of one of some dimensions) or `yes or no`.

    `dimensions` is None for what is no number. `codes` names the code list.
    """

    name: str
    dimensions: Dimensions | None = None
    codes: str | None = None

    def describe(self) -> str:
        """The kind in words, as error messages say it."""
        if self.name == "code":
            return f"a {(self.codes or 'code').replace('_', ' ')} code"
        if self.dimensions is None:
            return self.name
        if self.dimensions == PLAIN:
            return "a plain number"
        for known, words in _FAMILIES.items():
            if self.dimensions == known:
                return words
        if len(self.dimensions) > 4:
            return "a quantity"
        return " or ".join(describe_dimension(dimension) for dimension in sorted(self.dimensions))


_AMOUNTS = (MASS, ENERGY, VOLUME, VEHICLE, CREMATION, ITEM)
PLAIN: Dimensions = frozenset({NONE})
ACTIVITY: Dimensions = frozenset(amount + PER_YEAR for amount in _AMOUNTS)
RELEASE: Dimensions = frozenset({TEQ + PER_YEAR, MASS + PER_YEAR})
FACTOR: Dimensions = frozenset(released - amount for released in (TEQ, MASS) for amount in _AMOUNTS)
ANY: Dimensions = ACTIVITY | RELEASE | FACTOR

_FAMILIES = {
    ACTIVITY: "an activity (mass, energy, volume or a count per time)",
    RELEASE: "a release (TEQ or mass per time)",
    FACTOR: "an emission factor (TEQ or mass per unit of activity)",
}

TEXT = Kind("text")
YES_NO = Kind("yes or no")
NUMBER = Kind("number", PLAIN)
YEAR = Kind("number", PLAIN)


def code(of: str) -> Kind:
    """The kind of a column that holds codes of one list."""
    return Kind("code", codes=of)


def quantity(dimensions: Dimensions) -> Kind:
    """The kind of a column whose numbers carry a unit."""
    return Kind("number", dimensions)


KINDS: dict[str, Kind] = {
    "text": TEXT,
    "yes or no": YES_NO,
    "number": NUMBER,
    "year": YEAR,
    "activity": quantity(ACTIVITY),
    "factor": quantity(FACTOR),
    "release": quantity(RELEASE),
} | {codes: code(codes) for codes in ("chemical", "class", "category", "vector", "key", "teq_scheme", "evidence")}
"""The kinds by the words that plugins use for them."""


def is_quantity(kind: Kind) -> bool:
    """Whether values of the kind carry a unit."""
    return kind.dimensions is not None and kind.dimensions != PLAIN
