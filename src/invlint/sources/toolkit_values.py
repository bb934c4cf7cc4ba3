"""What a cell of a Toolkit sheet holds in the place of a number: a number, a notation key, or text that is neither."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from invlint.reference.code_lists import KEYS
from invlint.sources.cells import as_text, is_blank
from invlint.sources.decimal_marks import plain_number
from invlint.sources.toolkit_head import unit_in
from invlint.units import UnknownUnitError, parse_unit

_FACTOR_CODES = frozenset({"NA", "ND", "N.A.", "N.D.", "N/A", "-", "–", "—"})
"""What a table of factors says of a vector without a factor; these are no notation keys."""

_WITH_UNIT = re.compile(r"(?P<number>[-+]?[0-9][0-9.,'’ \u00a0\u202f]*(?:[eE][-+]?[0-9]+)?)\s*(?P<unit>[^\s0-9].*)")
_LITERALS = re.compile(r'"([^"]*)"|\\(.)')
_LONGEST = 60


class Read(NamedTuple):
    """What a cell holds. `value` is a number, or the text that was met; `problem` says what is odd about it."""

    value: Any = None
    unit: str | None = None
    key: str | None = None
    problem: str | None = None

    @property
    def is_blank(self) -> bool:
        return self.value is None and self.key is None


def read_cell(cell: Any, *, mark: str | None, number_format: str | None, is_factor: bool) -> Read:
    """The number, key or text in a cell. `mark` is the decimal mark that the workbook gives evidence of."""
    if is_blank(cell):
        return Read()
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _number(cell, number_format)
    text = as_text(cell)
    if is_factor and text.upper() in _FACTOR_CODES:
        return Read()
    if not is_factor and text in KEYS:
        return Read(key=text)
    return _text(text, mark) if isinstance(cell, str) else Read(text)


def _number(number: float, number_format: str | None) -> Read:
    if number_format is None:
        return Read(number)
    words = "".join(quoted or escaped for quoted, escaped in _LITERALS.findall(number_format.partition(";")[0])).strip()
    if "%" in _LITERALS.sub("", number_format):
        return Read(number, problem=f"is shown as a percentage ({number * 100:g} %), and was read as {number:g}: "
                                    "give the amount itself")  # fmt: skip
    unit = unit_in(words) if words else None
    return Read(number, unit=unit)


def _text(text: str, mark: str | None) -> Read:
    """A number stored as text is read where it can mean only one thing, and is said to be one all the same."""
    if len(text) > _LONGEST:
        return Read(text)
    number = number_in(text, mark)
    if number is not None:
        comma = " with a decimal comma" if number.partition(".")[2] and text.rpartition(",")[2] in number else ""
        return Read(_as_number(number), problem=f"is text{comma}, and was read as {number}: store it as a number")
    match = _WITH_UNIT.fullmatch(text)
    if match is not None and _is_unit(match["unit"]):
        number = number_in(match["number"], mark)
        if number is not None:
            unit = match["unit"]
            problem = f"carries its unit, and was read as {number} {unit}: put the unit in its own cell"
            return Read(_as_number(number), unit, problem=problem)
    return Read(text)


def number_in(text: str, mark: str | None) -> str | None:
    """The plain number that a text can only mean; None where it is no number, or can be read in two ways."""
    body = text.strip()
    sign = "-" if body[:1] in ("-", "−") else ""
    try:
        number = plain_number(body[1:].strip() if body[:1] in ("-", "−", "+") else body, mark)
    except ValueError:
        return None
    return None if number is None else sign + number


def _as_number(number: str) -> int | float:
    return int(number) if re.fullmatch(r"-?[0-9]+", number) else float(number)


def _is_unit(text: str) -> bool:
    """Whether a text behind a number is a unit; one letter may as well be a footnote."""
    if len(text) == 1 and text not in ("t", "g"):
        return False
    try:
        parse_unit(text)
    except UnknownUnitError:
        return False
    return True
