"""Ranges of numbers, and what arithmetic does to them. A range may be too wide, never too narrow."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_EPS = 1e-9
"""Numbers that differ by no more than this share of the larger are equal."""
_ROOM = 2 * _EPS


def tolerance(a: float, b: float) -> float:
    """By how much two numbers may differ and be equal."""
    return _EPS * max(abs(a), abs(b))


class Range(NamedTuple):
    """The numbers from low to high; an open end is not one of them."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    @property
    def is_empty(self) -> bool:
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    @property
    def is_point(self) -> bool:
        return self.low == self.high

    def both(self, other: Range) -> Range:
        """The numbers that are in both."""
        low, low_open = max((self.low, self.low_open), (other.low, other.low_open))
        high, high_closed = min((self.high, not self.high_open), (other.high, not other.high_open))
        return Range(low, high, low_open, not high_closed)

    def below(self, *, or_equal: bool) -> Range:
        """The numbers below some number of this range, or equal to it up to noise."""
        if or_equal:
            return Range(-math.inf, self.high + _ROOM * abs(self.high))
        return Range(-math.inf, self.high, high_open=not math.isinf(self.high))

    def above(self, *, or_equal: bool) -> Range:
        """The numbers above some number of this range, or equal to it up to noise."""
        if or_equal:
            return Range(self.low - _ROOM * abs(self.low), math.inf)
        return Range(self.low, math.inf, low_open=not math.isinf(self.low))

    def widened(self, by: float) -> Range:
        """The numbers no further than `by` from some number of this range, up to noise."""
        room = _ROOM * (abs(self.low) + abs(by)), _ROOM * (abs(self.high) + abs(by))
        return _range(self.low - by - room[0], self.high + by + room[1])


ANYTHING = Range(-math.inf, math.inf)
NOT_NEGATIVE = Range(0.0, math.inf)


def exactly(number: float) -> Range:
    """One number alone."""
    return Range(number, number)


def _range(low: float, high: float) -> Range:
    """A range of computed ends, which are open to nothing: rounding may reach them."""
    return Range(-math.inf if math.isnan(low) else low, math.inf if math.isnan(high) else high)


def _around(corners: list[float]) -> Range:
    return ANYTHING if any(map(math.isnan, corners)) else Range(min(corners), max(corners))


def _multiply(a: Range, b: Range) -> Range:
    return _around([x * y if x and y else 0.0 for x in a[:2] for y in b[:2]])


def _divide(a: Range, b: Range) -> Range:
    if b.low <= 0 <= b.high:
        return ANYTHING
    return _around([x / y for x in a[:2] for y in b[:2]])


def _power(a: Range, b: Range) -> Range:
    if not (a.is_point and b.is_point):
        return ANYTHING
    try:
        result = a.low**b.low
    except (OverflowError, ZeroDivisionError):
        return ANYTHING
    return exactly(result) if isinstance(result, float) else ANYTHING


def _abs(a: Range) -> Range:
    nearest = 0.0 if a.low <= 0 <= a.high else min(abs(a.low), abs(a.high))
    return Range(nearest, max(abs(a.low), abs(a.high)))


OPERATIONS: dict[str, Callable[..., Range]] = {
    "add": lambda a, b: _range(a.low + b.low, a.high + b.high),
    "subtract": lambda a, b: _range(a.low - b.high, a.high - b.low),
    "multiply": _multiply,
    "divide": _divide,
    "power": _power,
    "negate": lambda a: Range(-a.high, -a.low),
    "abs": _abs,
    "min": lambda a, b: Range(min(a.low, b.low), min(a.high, b.high)),
    "max": lambda a, b: Range(max(a.low, b.low), max(a.high, b.high)),
    "share_of": lambda a, share: _multiply(_abs(a), share),
    "if_same": lambda _left, _right, value: value,
}
"""The operations of the plan on numbers; of any other the result can be anything."""
