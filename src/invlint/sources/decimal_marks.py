"""Numbers as people write them, with the decimal mark that the file itself gives evidence of.

`0,5` can only have a decimal comma and `1,500,000` only a decimal point; `1,500` can be either, and is read by the
others of its file. Where these give no evidence, or both kinds of it, such a number is not read at all.
"""

from __future__ import annotations

import re
from math import isfinite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

POINT, COMMA = ".", ","

_LONGEST = 40
_EXPONENT = r"(?:[eE][-+]?[0-9]{1,3})?"
_BY_POINT = re.compile(rf"(?:[0-9]*|[1-9][0-9]{{0,2}}(?:,[0-9]{{3}})+)(?:\.[0-9]*)?{_EXPONENT}")
_BY_COMMA = re.compile(rf"(?:[0-9]*|[1-9][0-9]{{0,2}}(?:\.[0-9]{{3}})+)(?:,[0-9]*)?{_EXPONENT}")
_SPACED = re.compile(r"[1-9][0-9]{0,2}(?:[ \u00a0\u2009\u202f'’][0-9]{3})+(?=[.,]|$)")


def decimal_mark(texts: Iterable[str]) -> str | None:
    """The mark that the numbers among the texts give evidence of; None where they give none, or of both."""
    sure = {marks for marks in map(_possible, texts) if len(marks) == 1}
    return next(iter(sure.pop())) if len(sure) == 1 else None


def plain_number(text: str, mark: str | None) -> str | None:
    """The number with a decimal point and without groups, digit for digit as written; None where it is no number.

    `mark` is the file's decimal mark, which is asked only for a number that can be read in two ways. Raises
    ValueError for such a number where the mark is not known.
    """
    possible = _possible(text)
    if not possible:
        return _checked(_ungrouped(text)) if _is_whole(text) else None
    if len(possible) == 1:
        (mark,) = possible
    elif mark is None:
        raise ValueError(text)
    body = _ungrouped(text)
    return _checked(body.replace(",", "") if mark == POINT else body.replace(".", "").replace(",", "."))


def _possible(text: str) -> frozenset[str]:
    """The decimal marks that a number with commas or points can have; empty for a whole number, or for none."""
    body = _ungrouped(text)
    if len(body) > _LONGEST or not re.search("[.,]", body) or not re.match("[.,]?[0-9]", body):
        return frozenset()
    forms = ((POINT, _BY_POINT), (COMMA, _BY_COMMA))
    return frozenset(mark for mark, form in forms if form.fullmatch(body))


def _is_whole(text: str) -> bool:
    body = _ungrouped(text)
    return len(body) <= _LONGEST and re.fullmatch(rf"[0-9]+{_EXPONENT}", body) is not None


def _ungrouped(text: str) -> str:
    """The text without the blanks between groups of three digits."""
    text = text.strip()
    grouped = _SPACED.match(text)
    if grouped is None:
        return text
    return re.sub(r"[^0-9]", "", grouped[0]) + text[grouped.end() :]


def _checked(number: str) -> str | None:
    return number if isfinite(float(number)) else None
