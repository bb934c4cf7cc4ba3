"""A column that every table has without declaring it: whether a row stands in a file that some globs fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_WITHIN = "within "
_SIGNS = (("%", "%25"), (" ", "%20"), (".", "%2E"))
"""Signs that cannot stand in the name of a column, and what stands for them."""


def within_column(globs: tuple[str, ...]) -> str:
    """The name of the column that says whether a row stands in a file that one of the globs fits."""
    return _WITHIN + " ".join(_spelt(glob, _SIGNS) for glob in globs)


def globs_of(column: str) -> tuple[str, ...] | None:
    """The globs of such a column; None for any other."""
    if not column.startswith(_WITHIN):
        return None
    signs = [(code, sign) for sign, code in reversed(_SIGNS)]
    return tuple(_spelt(glob, signs) for glob in column.removeprefix(_WITHIN).split(" "))


def _spelt(text: str, signs: Iterable[tuple[str, str]]) -> str:
    for sign, other in signs:
        text = text.replace(sign, other)
    return text
