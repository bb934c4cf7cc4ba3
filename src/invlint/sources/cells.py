"""Cells of a flat table to values. A number that is not plainly one stays the text that was met."""

from __future__ import annotations

import datetime
import re
from typing import Any

from invlint.sources.columns import KINDS, LIST, NUMBER, WHOLE, YES_NO

_PLAIN_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_YES = frozenset({"true", "yes", "1", "y", "oui", "si", "sí"})
_NO = frozenset({"false", "no", "0", "n", "non"})


def is_blank(cell: object) -> bool:
    """Whether a cell holds nothing but space."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def typed(column: str, cell: Any, *, all_text: bool) -> Any:
    """The value of a cell by the kind of its column.

    `all_text` says that the format has no numbers of its own (CSV), so that plain number text is a number.
    Elsewhere a number stored as text stays text.
    """
    kind = KINDS[column]
    if kind in (NUMBER, WHOLE):
        return _number(cell, whole=kind == WHOLE, all_text=all_text)
    if kind == YES_NO:
        return _yes_or_no(cell)
    text = as_text(cell)
    if kind == LIST:
        return [part.strip() for part in re.split(r"[;,]", text) if part.strip()]
    return text


def as_text(cell: Any) -> str:
    """A cell as the text that a person sees: 2013 and not 2013.0, a date in ISO form."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    return str(cell).strip()


def _number(cell: Any, *, whole: bool, all_text: bool) -> Any:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return int(cell) if whole and float(cell).is_integer() else cell
    text = as_text(cell)
    if not all_text or not _PLAIN_NUMBER.fullmatch(text) or len(text) > 300:
        return text
    if re.fullmatch(r"[-+]?[0-9]+", text):
        return int(text)
    number = float(text)
    return int(number) if whole and number.is_integer() else number


def _yes_or_no(cell: Any) -> Any:
    text = as_text(cell)
    if text.lower() in _YES:
        return True
    return False if text.lower() in _NO else text
