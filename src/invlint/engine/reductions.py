"""Many values to one: what sum, count, list and the others give over the rows that match."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from invlint.middle import median

if TYPE_CHECKING:
    from collections.abc import Callable

_FIRMNESS = ("seen", "compiled", "doubtful")


def _sum(values: list[Any]) -> float | None:
    try:
        return math.fsum(values) if values else None
    except OverflowError:
        return None


def _common(values: list[Any]) -> Any:
    first = values[0] if values else None
    return first if all(value == first for value in values) else None


def _list(values: list[Any]) -> str | None:
    texts = dict.fromkeys(_plain(value) for value in values)
    return ", ".join(texts) if texts else None


def _plain(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _firmest(values: list[Any]) -> str | None:
    return min(values, key=_FIRMNESS.index) if values else None


def _median(values: list[float]) -> float | None:
    return median(values) if values else None


def _mad(values: list[float]) -> float | None:
    """The median of the distances from the median, as it is: not scaled to a standard deviation."""
    if not values:
        return None
    middle = median(values)
    return median(abs(value - middle) for value in values)


REDUCTIONS: dict[str, Callable[[list[Any]], Any]] = {
    "sum": _sum,
    "count": len,
    "list": _list,
    "largest": lambda values: max(values, default=None),
    "smallest": lambda values: min(values, default=None),
    "common": _common,
    "firmest": _firmest,
    "median": _median,
    "mad": _mad,
}


def reduce_values(what: str, values: list[Any], *, unknown: bool) -> Any:
    """The result over matching rows; missing values are left out.

    `unknown` says that it is not known of some row whether it matches: then `some` is missing unless another row
    certainly matches, and every other result is missing.
    """
    if what == "some":
        return True if values else (None if unknown else False)
    if unknown:
        return None
    return REDUCTIONS[what]([value for value in values if value is not None])
