"""Key categories by the level assessment of the 2006 IPCC Guidelines, vol. 1, ch. 4 (equation 4.1)."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from invlint.summary.figures import KeyCategory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from invlint.summary.figures import Line

KEY_SHARE = 0.95
"""The share of the total that key categories make up together: 2006 IPCC Guidelines, vol. 1, section 4.3.1."""
_EPS = 1e-9


def key_categories(categories: Sequence[Line]) -> tuple[KeyCategory, ...]:
    """The largest categories that together make up 95 % of the total, by the size of their sums."""
    sized = [(abs(line.total.value), line) for line in categories if line.total.value]
    whole = fsum(size for size, _ in sized)
    found: list[KeyCategory] = []
    cumulative = 0.0
    for size, line in sorted(sized, key=lambda one: (-one[0], one[1].id or "")):
        if cumulative >= KEY_SHARE - _EPS:
            break
        cumulative += size / whole
        found.append(KeyCategory(line.id, line.name, line.total, size / whole, min(cumulative, 1.0)))
    return tuple(found)


def not_ranked(categories: Sequence[Line]) -> tuple[str, ...]:
    """The sources with gaps and without any figure: how large they are is not known."""
    return tuple(line.id or line.name for line in categories if line.total.value is None and line.total.is_lower_bound)
