"""Factors held against each other across the units they are written in."""

from __future__ import annotations

from math import isclose

from invlint.units import parse_unit


def same_amount(value: float | None, unit: str | None, other: float | None, other_unit: str | None) -> bool:
    """Whether two values with units are one amount; two absent values are. The units must be known ones."""
    if value is None or other is None or unit is None or other_unit is None:
        return value is None and other is None
    one, two = parse_unit(unit), parse_unit(other_unit)
    return one.dimension == two.dimension and isclose(value * one.scale, other * two.scale, rel_tol=1e-9)


def in_unit(value: float, unit: str, wanted: str) -> float | None:
    """The value in another unit, or None where it cannot be converted. The units must be known ones."""
    if unit == wanted:
        return value
    one, two = parse_unit(unit), parse_unit(wanted)
    return value * one.scale / two.scale if one.dimension == two.dimension else None
