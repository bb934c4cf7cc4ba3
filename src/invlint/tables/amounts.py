"""Numbers with units as reported, to base units; each distinct unit text is parsed once."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from invlint.units import UnknownUnitError, parse_unit
from invlint.units.dimension import MASS, PER_YEAR, TEQ, describe_dimension

if TYPE_CHECKING:
    from invlint.tables.frame import Frame

Amount = tuple[float | None, int | None, float | None, str | None]
"""In base units, dimension, the number as written, the unit as written."""

NOTHING: Amount = (None, None, None, None)

_LARGEST = 10**300
"""From here on a whole number is no figure, and might be too large for a float."""


class AmountReader:
    """Reads the amounts of one run. `rates` are amounts of the reference year, with or without `/a`."""

    def __init__(self) -> None:
        self.factors: dict[str, tuple[float, int] | None] = {}
        self.rates: dict[str, tuple[float, int] | None] = {}

    def factor(self, value: Any, unit: Any) -> Amount:
        """An amount whose unit says all."""
        return self._amount(value, unit, self.factors, rate=False)

    def rate(self, value: Any, unit: Any) -> Amount:
        """An activity or release: without a time in its unit it is of the reference year."""
        return self._amount(value, unit, self.rates, rate=True)

    def _amount(self, value: Any, unit: Any, known: dict[str, tuple[float, int] | None], *, rate: bool) -> Amount:
        number = value if type(value) is float and value - value == 0 else number_or_none(value)
        if type(unit) is not str:
            return (None, None, number, None)
        try:
            meaning = known[unit]
        except KeyError:
            meaning = known[unit] = _meaning(unit, rate=rate)
        if number is None or meaning is None:
            return (None, meaning[1] if meaning else None, number, unit)
        return (number * meaning[0], meaning[1], number, unit)


def _meaning(unit: str, *, rate: bool) -> tuple[float, int] | None:
    try:
        parsed = parse_unit(unit)
    except UnknownUnitError:
        return None
    if rate and not parsed.has_time:
        return parsed.scale, parsed.dimension + PER_YEAR
    return parsed.scale, parsed.dimension


def number_or_none(value: Any) -> float | None:
    """The value where it is a finite number; text, true and false, NaN and infinity are none."""
    kind = type(value)
    if kind is float:
        return value if value - value == 0 else None
    if kind is int and -_LARGEST < value < _LARGEST:
        return float(value)
    return None


def add_amounts(columns: dict[str, list[Any]], name: str, amounts: list[Amount]) -> None:
    """The column of a quantity and its companions."""
    parts = zip(*amounts, strict=True) if amounts else ((),) * len(NOTHING)
    for suffix, values in zip(("", ".dim", ".value", ".unit"), parts, strict=True):
        columns[name + suffix] = list(values)


def copy_amounts(frame: Frame, name: str) -> list[Amount]:
    """The amounts of a quantity column, to be put into another frame."""
    parts = (frame.column(name + suffix) for suffix in ("", ".dim", ".value", ".unit"))
    return list(zip(*parts, strict=True))


@lru_cache(maxsize=256)
def activity_kind(dimension: int | None) -> str | None:
    """What an activity of this dimension counts in a year: mass, energy, vehicle ...; None where it is none."""
    if dimension is None:
        return None
    return describe_dimension(dimension - PER_YEAR)


@lru_cache(maxsize=256)
def kind_behind(factor_dimension: int | None, measure: str) -> str | None:
    """What a factor of this dimension rests on, for a chemical stated as TEQ or as mass."""
    if factor_dimension is None:
        return None
    return describe_dimension((TEQ if measure == "TEQ" else MASS) - factor_dimension)
