"""What each operation means, row by row. None is missing and makes the result missing unless said otherwise.

`and`, `or` and `not` follow Kleene: false and missing is false, true or missing is true. Numbers are equal when they
differ by no more than 1e-9 of the larger, so that a conversion of units never makes a difference of its own.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from invlint.errors import PluginError
from invlint.plugins import code, offered
from invlint.units.parse import rescaled

if TYPE_CHECKING:
    from collections.abc import Callable

    from invlint.plugins import Function

Column = list[Any]
_EPS = 1e-9
_CLEAR = 1 - 2 * _EPS
"""A number that is not negative and below this part of another is less than that for certain."""
HALF = 0.5 + 1e-12
"""From which on an exponent goes up: halves do, though the logarithms of no two engines agree to the last bit."""


def equal(a: float, b: float) -> bool:
    """Equality of numbers up to the noise of unit conversions."""
    return a == b or abs(a - b) <= _EPS * max(abs(a), abs(b))


def _pairwise(function: Callable[[Any, Any], Any]) -> Callable[[Column, Column], Column]:
    def over(left: Column, right: Column) -> Column:
        return [None if a is None or b is None else function(a, b) for a, b in zip(left, right, strict=True)]

    return over


def _each(function: Callable[[Any], Any]) -> Callable[[Column], Column]:
    return lambda column: [None if a is None else function(a) for a in column]


def _and(left: Column, right: Column) -> Column:
    if left.count(True) == len(left):
        return right
    return [(b and a) if a is None else a and b for a, b in zip(left, right, strict=True)]


def _or(left: Column, right: Column) -> Column:
    return [(b or a) if a is None else a or b for a, b in zip(left, right, strict=True)]


def _equal(left: Column, right: Column) -> Column:
    return [
        None if a is None or b is None else a == b or (not (0 <= a < b * _CLEAR or 0 <= b < a * _CLEAR) and equal(a, b))
        for a, b in zip(left, right, strict=True)
    ]


def _less(left: Column, right: Column) -> Column:
    return [
        None if a is None or b is None else a < b and (0 <= a < b * _CLEAR or not equal(a, b))
        for a, b in zip(left, right, strict=True)
    ]


def _at_most(left: Column, right: Column) -> Column:
    return [
        None if a is None or b is None else a <= b or (not 0 <= b < a * _CLEAR and equal(a, b))
        for a, b in zip(left, right, strict=True)
    ]


def _finite(value: float) -> float | None:
    """The number; one too large to be kept is missing."""
    return value if math.isfinite(value) else None


def _multiply(left: Column, right: Column) -> Column:
    return [
        None if a is None or b is None or (product := a * b) - product != 0 else product
        for a, b in zip(left, right, strict=True)
    ]


def _same(left: Column, right: Column) -> Column:
    return [None if a is None or b is None else a == b for a, b in zip(left, right, strict=True)]


def _differ(left: Column, right: Column) -> Column:
    return [None if a is None or b is None else a != b for a, b in zip(left, right, strict=True)]


def _add(left: Column, right: Column) -> Column:
    return [None if a is None or b is None else _finite(a + b) for a, b in zip(left, right, strict=True)]


def _not(column: Column) -> Column:
    return [None if a is None else not a for a in column]


def _divide(a: float, b: float) -> float | None:
    return _finite(a / b) if b else None


def _power(a: float, b: float) -> float | None:
    try:
        result = a**b
        return _finite(result) if isinstance(result, (int, float)) else None
    except (OverflowError, ZeroDivisionError):
        return None


def _near(left: Column, right: Column, slack: Column) -> Column:
    return [
        None if a is None or b is None or s is None else abs(a - b) <= s + _EPS * max(abs(a), abs(b))
        for a, b, s in zip(left, right, slack, strict=True)
    ]


def _if_same(left: Column, right: Column, values: Column) -> Column:
    return [v if a == b and a is not None else None for a, b, v in zip(left, right, values, strict=True)]


def _exponent_of_ten(value: float) -> float | None:
    return float(math.floor(math.log10(value) + HALF)) if value > 0 else None


def _log10(value: float) -> float | None:
    return math.log10(value) if value > 0 else None


def _fold(a: float, b: float) -> float | None:
    return _finite(max(a, b) / min(a, b)) if a > 0 and b > 0 else None


_MAD_OF_NORMAL = 1.4826
"""What scales the median absolute deviation to the standard deviation of normal values: 1 / 0.6745."""


def _robust_z(values: Column, centres: Column, spreads: Column) -> Column:
    return [
        None if a is None or c is None or s is None or not s else _finite((a - c) / (_MAD_OF_NORMAL * s))
        for a, c, s in zip(values, centres, spreads, strict=True)
    ]


def _rescaled_unit(unit: str, power: float) -> str | None:
    return rescaled(unit, int(power))


def _offered(plugin: str, function: Function) -> Callable[..., Column]:
    """A function of a plugin, on rows in which nothing is missing; its code is loaded when it is called."""

    def compute(*columns: Column) -> Column:
        try:
            compute_row = code(function.compute)
            return [None if None in row else compute_row(*row) for row in zip(*columns, strict=True)]
        except Exception as error:
            raise PluginError(plugin, f"{function.name} failed ({type(error).__name__}: {error})") from error

    return compute


OPERATIONS: dict[str, Callable[..., Column]] = {
    "and": _and,
    "or": _or,
    "not": _not,
    "is_missing": lambda column: [a is None for a in column],
    "is_reported": lambda column: [a is not None for a in column],
    "same": _same,
    "differ": _differ,
    "equal": _equal,
    "unequal": lambda left, right: _not(_equal(left, right)),
    "less": _less,
    "at_most": _at_most,
    "greater": lambda left, right: _less(right, left),
    "at_least": lambda left, right: _at_most(right, left),
    "near": _near,
    "share_of": _pairwise(lambda a, share: _finite(abs(a) * share)),
    "add": _add,
    "subtract": _pairwise(lambda a, b: _finite(a - b)),
    "multiply": _multiply,
    "divide": _pairwise(_divide),
    "power": _pairwise(_power),
    "negate": _each(lambda a: -a),
    "abs": _each(abs),
    "min": _pairwise(min),
    "max": _pairwise(max),
    "add_dims": _add,
    "subtract_dims": _pairwise(lambda a, b: a - b),
    "if_same": _if_same,
    "exponent_of_ten": _each(_exponent_of_ten),
    "log10": _each(_log10),
    "fold": _pairwise(_fold),
    "robust_z": _robust_z,
    "rescaled_unit": _pairwise(_rescaled_unit),
}

OPERATIONS |= {f"{function.name}()": _offered(plugin, function) for plugin, function in offered("functions")}

DECISIVE = {"and": False, "or": True}
"""The left value that settles the result alone, so that the right side need not be computed."""
