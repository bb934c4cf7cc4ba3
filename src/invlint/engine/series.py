"""Values along a series: what previous, newest, trend and the others give in each step, by the agreed value of each.

The trend is that of Theil and Sen: the median of the slopes between all pairs of steps, through the median of what is
left. It follows the many and not the few, and needs no assumption on how the values scatter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from invlint.engine.operations import equal
from invlint.middle import median

if TYPE_CHECKING:
    from collections.abc import Callable

Steps = list[tuple[float, Any]]
"""(place along the series, agreed value), in order."""


def agreed(values: list[Any]) -> Any:
    """The value of the rows of one step; where they disagree there is none."""
    return values[0] if len(values) == 1 or all(_alike(value, values[0]) for value in values) else None


def _alike(one: Any, other: Any) -> bool:
    return bool(equal(one, other)) if isinstance(one, float) and isinstance(other, float) else one == other


def _previous(steps: Steps) -> list[Any]:
    return [None, *(value for _, value in steps[:-1])]


def _newest(steps: Steps) -> list[Any]:
    return [steps[-1][1]] * len(steps)


def _oldest(steps: Steps) -> list[Any]:
    return [steps[0][1]] * len(steps)


def _common(steps: Steps) -> list[Any]:
    there = [value for _, value in steps if value is not None]
    return [agreed(there) if there else None] * len(steps)


def _count(steps: Steps) -> list[Any]:
    return [float(sum(value is not None for _, value in steps))] * len(steps)


def _trend(steps: Steps) -> list[Any]:
    there = [(at, value) for at, value in steps if value is not None]
    if len(there) < 2:
        return [None] * len(steps)
    slope = median((b - a) / (y - x) for number, (x, a) in enumerate(there) for y, b in there[number + 1 :])
    begin = median(value - slope * at for at, value in there)
    return [begin + slope * at for at, _ in steps]


def _scatter(steps: Steps) -> list[Any]:
    left = [abs(value - trend) for (_, value), trend in zip(steps, _trend(steps), strict=True)
            if value is not None and trend is not None]  # fmt: skip
    return [median(left) if left else None] * len(steps)


SERIES: dict[str, Callable[[Steps], list[Any]]] = {
    "previous": _previous,
    "newest": _newest,
    "oldest": _oldest,
    "common": _common,
    "steps": _count,
    "trend": _trend,
    "scatter": _scatter,
}
