"""Words for what is doubtful about a cell. Loaded only when there is something to say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from invlint.reference.code_lists import KEYS
from invlint.units import UnknownUnitError, parse_unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from invlint.reference.code_lists import CodeLists

_ERROR_VALUES = re.compile(r"^#[A-Z0-9/!?]+[!?]?$")
_COMMA_NUMBER = re.compile(r"^[-+]?\d+,\d+$")
_GROUPED = re.compile(r"^[-+]?\d{1,3}(?:[ ,.'’\u00a0\u202f]\d{3})+(?:[.,]\d+)?$")
_FOOTNOTE = re.compile(r"^([-+]?\d+(?:\.\d+)?)\s*(?:\*+|\(?[a-z]\)?|[¹²³])$")
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}(?:T[\d:.]+)?$")
_PLAIN = re.compile(r"^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$")


def number_problem(value: Any) -> str:
    """Why a value is not plainly a number, and what to do."""
    if isinstance(value, float):
        return "is not a number (NaN or infinite): give the figure, or take the member out"
    if isinstance(value, int):
        return "is larger than any amount on Earth: check it"
    text = str(value).strip()
    return _text_problem(text)


def _text_problem(text: str) -> str:
    if _COMMA_NUMBER.match(text):
        return _comma(text)
    return next((words for fits, words in _KINDS_OF_TEXT if fits(text)), _NO_NUMBER)


def _has_unit(text: str) -> bool:
    """Whether a number is followed by a unit; one letter may as well be a footnote."""
    match = re.match(r"^[-+]?\d[\d.,]*\s*([A-Za-zµμ].*)$", text)
    if match is None or match[1] in ("a", "d", "h"):
        return False
    try:
        parse_unit(match[1])
    except UnknownUnitError:
        return False
    return True


def _comma(text: str) -> str:
    whole, _, decimals = text.partition(",")
    point = f"{whole}.{decimals}"
    if len(decimals) == 3 and whole.lstrip("+-0"):
        return f"can be read as {point} or as {whole}{decimals}: write it with a point, or without the sign"
    return f"has a decimal comma: write {point}"


def code_problem(column: str, text: str, edition: str | None, nearest: str | None, lists: CodeLists) -> str:
    """Why a text is no code of a column, and what it may have meant."""
    words = {"party": "country", "key": "notation key", "teq_scheme": "TEQ scheme"}.get(
        column, column.replace("_", " ")
    )
    where = f" of Toolkit edition {edition}" if column in ("class", "category") and edition else ""
    if column == "party":
        where = " code (ISO 3166 alpha-3)"
    said = f"“{text}” is no {words}{where}"
    if nearest:
        return f"{said}: did you mean {nearest}?"
    known = lists.known[column]
    if column == "class":
        beside = [class_id for class_id in known if class_id.startswith(f"{text.strip().lower()[:2]}.")]
        return f"{said}: it can be {', '.join(beside)}" if beside else f"{said}: check it against the code list"
    return f"{said}: it can be {', '.join(known)}" if len(known) <= 12 else f"{said}: check it against the code list"


_NO_NUMBER = "is text where a number belongs: give the number alone"
_KINDS_OF_TEXT: tuple[tuple[Callable[[str], object], str], ...] = (
    (
        lambda text: text.startswith("="),
        "is a formula without a stored value: open the workbook, let it calculate, and save it again",
    ),
    (_ERROR_VALUES.match, "is an error value of the spreadsheet: mend the formula behind it"),
    (
        lambda text: text.upper() in KEYS,
        "is a notation key in the place of a number: put it under `key` and leave the number out",
    ),
    (
        lambda text: text in ("-", "–", "—", "..", "n/a", "na", "N/A"),
        "is no number: leave it out, or give a notation key",
    ),
    (
        _DATE.match,
        "is a date: the spreadsheet took the number for one; type the number again in a cell of plain format",
    ),
    (_PLAIN.match, "is a number stored as text: store it as a number"),
    (_GROUPED.match, "has thousands signs: write the figures alone, with a point before the decimals"),
    (
        lambda text: text.endswith("%") and _PLAIN.match(text[:-1].strip()),
        "is a percentage as text: write it as a number",
    ),
    (_has_unit, "carries its unit: put the unit in its own cell"),
    (_FOOTNOTE.match, "has a footnote sign behind the number: put the sign under `notes`"),
)
"""What text in the place of a number may be, the first that fits, and what to do about it."""
