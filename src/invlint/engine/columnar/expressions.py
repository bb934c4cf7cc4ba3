"""The operations of `invlint.engine.operations` as expressions: the same results, missing values among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from invlint.engine.operations import HALF

if TYPE_CHECKING:
    from collections.abc import Callable

_EPS = 1e-9


def equal(a: nw.Expr, b: nw.Expr) -> nw.Expr:
    """Equality of numbers up to the noise of unit conversions: of the larger, so of the one or of the other."""
    apart = (a - b).abs()
    return (apart <= a.abs() * _EPS) | (apart <= b.abs() * _EPS)


def _number(a: nw.Expr) -> nw.Expr:
    return a.cast(nw.Float64)


def finite(a: nw.Expr) -> nw.Expr:
    """The number; one too large to be kept is missing."""
    return nw.when(a.is_finite()).then(a)


def _less(a: nw.Expr, b: nw.Expr) -> nw.Expr:
    above = b - a
    return (above > a.abs() * _EPS) & (above > b.abs() * _EPS)


def _at_most(a: nw.Expr, b: nw.Expr) -> nw.Expr:
    above = a - b
    return (above <= a.abs() * _EPS) | (above <= b.abs() * _EPS)


def _near(a: nw.Expr, b: nw.Expr, slack: nw.Expr) -> nw.Expr:
    apart = (a - b).abs()
    return (apart <= slack + a.abs() * _EPS) | (apart <= slack + b.abs() * _EPS)


def _divide(a: nw.Expr, b: nw.Expr) -> nw.Expr:
    return finite(_number(a) / nw.when(b != 0).then(_number(b)))


def _min(a: nw.Expr, b: nw.Expr) -> nw.Expr:
    return nw.when(b < a).then(b).otherwise(nw.when(b >= a).then(a))


def _max(a: nw.Expr, b: nw.Expr) -> nw.Expr:
    return nw.when(b > a).then(b).otherwise(nw.when(b <= a).then(a))


def _if_same(a: nw.Expr, b: nw.Expr, value: nw.Expr) -> nw.Expr:
    return nw.when(a == b).then(value)


def _exponent_of_ten(a: nw.Expr) -> nw.Expr:
    return (nw.when(a > 0).then(_number(a)).log(10) + HALF).floor()


EXPRESSIONS: dict[str, Callable[..., nw.Expr]] = {
    "and": lambda a, b: a & b,
    "or": lambda a, b: a | b,
    "not": lambda a: ~a,
    "is_missing": lambda a: a.is_null(),
    "is_reported": lambda a: ~a.is_null(),
    "same": lambda a, b: a == b,
    "differ": lambda a, b: a != b,
    "equal": equal,
    "unequal": lambda a, b: ~equal(a, b),
    "less": _less,
    "at_most": _at_most,
    "greater": lambda a, b: _less(b, a),
    "at_least": lambda a, b: _at_most(b, a),
    "near": _near,
    "share_of": lambda a, share: finite(_number(a).abs() * share),
    "add": lambda a, b: finite(_number(a) + b),
    "subtract": lambda a, b: finite(_number(a) - b),
    "multiply": lambda a, b: finite(_number(a) * b),
    "divide": _divide,
    "power": lambda a, b: finite(_number(a) ** _number(b)),
    "negate": lambda a: a * -1,
    "abs": lambda a: a.abs(),
    "min": _min,
    "max": _max,
    "add_dims": lambda a, b: a + b,
    "subtract_dims": lambda a, b: a - b,
    "if_same": _if_same,
    "exponent_of_ten": _exponent_of_ten,
}
"""An operation without one is computed by the interpreter's own function (see `lowering`)."""

REPEATING = frozenset({
    "equal", "unequal", "less", "at_most", "greater", "at_least", "near", "share_of", "add", "subtract", "multiply",
    "divide", "power", "min", "max",
})  # fmt: skip
"""Those that name an operand more than once, so that an operand is better worked out before."""

PASSING = frozenset({"not", "is_missing", "is_reported", "same", "differ"})
"""Those that cost no more than to look up what they gave before."""
