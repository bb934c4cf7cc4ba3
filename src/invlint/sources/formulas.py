"""Compute the formulas of a workbook that are plain: sums, products and quotients of cells and numbers.

So are those that stay empty until there is something to compute: `IF(COUNT(A1,B1)=2,A1*B1,"")`. Others are left
alone: a reader that calculates like a spreadsheet would be one.
"""

from __future__ import annotations

import operator
import re
from math import isfinite, isnan, nan, prod
from typing import TYPE_CHECKING, Any

from invlint.sources.cells import is_blank
from invlint.sources.workbook_cells import Formula, column_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from invlint.sources.sheet import Sheet

_LONGEST = 1000
_DEEPEST = 40
_MOST_CELLS = 2_000_000
"""How many cells the formulas of one workbook may ask for together."""

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>\d+(?:\.\d*)?(?:[eE][-+]?\d{1,3})?|\.\d+)(?![A-Za-z0-9_.!(])
    | (?P<sheet>'(?:[^']|'')+'|[A-Za-z_][A-Za-z0-9_.]*)!
    | (?P<word>(?i:SUM|PRODUCT|COUNT|ISBLANK|IF))\s*\(
    | \$?(?P<column>[A-Za-z]{1,3})(?P<fixed>\$?)(?P<row>[0-9]{1,7})(?![A-Za-z0-9_.!(])
    | (?P<empty>"")
    | (?P<compare><>|<=|>=|=|<|>)
    | (?P<op>[-+*/(),;:%])
    )""",
    re.VERBOSE,
)
_FIXED_COLUMN = re.compile(r"\s*\$")
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}

Amount = float | None
"""A number, or None where a cell that is asked for is blank: what rests on a blank is blank, and not zero."""


class NotPlainError(Exception):
    """The formula is no plain sum or product, or what it asks for is no number."""


class BlankError(Exception):
    """A cell that the formula rests on is blank, so that there is no amount to state."""


class Calculator:
    """Computes the plain formulas of one workbook. `sheets` are by their names in small letters."""

    def __init__(self, sheets: Mapping[str, Sheet]) -> None:
        self._sheets = sheets
        self._known: dict[tuple[str, int, int], Amount] = {}
        self._asked = 0
        self._depth = 0

    def value(self, sheet: Sheet, row: int, place: int) -> float:
        """What the formula at a place of a grid comes to, from the values that its cells hold.

        Raises NotPlainError, and BlankError where what it rests on is blank.
        """
        formula = sheet.formula(row, place)
        if formula is None or len(formula.text) > _LONGEST or self._depth > _DEEPEST:
            raise NotPlainError
        self._depth += 1
        try:
            result = _Reading(formula, sheet.name, self).result()
        except (OverflowError, ZeroDivisionError):
            raise NotPlainError from None
        finally:
            self._depth -= 1
        if result is None:
            raise BlankError
        if not isfinite(result):
            raise NotPlainError
        return result

    def cell(self, sheet_name: str, row: int, column: int) -> Any:
        """The value of a cell, counted from 0 on its sheet; a formula without a stored value is computed."""
        sheet = self._sheets.get(sheet_name.casefold())
        self._asked += 1
        if sheet is None or self._asked > _MOST_CELLS:
            raise NotPlainError
        row, place = row - sheet.top, column - sheet.left
        found = sheet.value(row, place)
        if not (isinstance(found, str) and found.startswith("=") and sheet.formula(row, place)):
            return found
        key = sheet.name, row, place
        if key not in self._known:
            try:
                self._known[key] = self.value(sheet, row, place)
            except BlankError:
                self._known[key] = None
        return self._known[key]


class _Reading:
    """One formula, read from left to right and computed on the way."""

    def __init__(self, formula: Formula, sheet: str, calculator: Calculator) -> None:
        self._formula = formula
        self._sheet = sheet
        self._calculator = calculator
        self._tokens = list(_tokens(formula.text))
        self._at = 0
        self._depth = 0

    def result(self) -> Amount:
        """What the formula comes to."""
        result = self._sum()
        if self._at < len(self._tokens):
            raise NotPlainError
        return result

    def _next(self) -> re.Match[str] | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _takes(self, *operators: str) -> str | None:
        token = self._next()
        if token is not None and token["op"] in operators:
            self._at += 1
            return token["op"]
        return None

    def _must_take(self, *operators: str) -> str:
        taken = self._takes(*operators)
        if taken is None:
            raise NotPlainError
        return taken

    def _sum(self) -> Amount:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NotPlainError
        result = self._product()
        while sign := self._takes("+", "-"):
            term = self._product()
            result = None if result is None or term is None else result + term if sign == "+" else result - term
        self._depth -= 1
        return result

    def _product(self) -> Amount:
        result = self._signed()
        while sign := self._takes("*", "/"):
            factor = self._signed()
            result = None if result is None or factor is None else result * factor if sign == "*" else result / factor
        return result

    def _signed(self) -> Amount:
        sign = 1.0
        while taken := self._takes("+", "-"):
            sign = -sign if taken == "-" else sign
        value = self._operand()
        while self._takes("%"):
            value = None if value is None else value / 100
        return None if value is None else sign * value

    def _operand(self) -> Amount:
        token = self._next()
        if token is None:
            raise NotPlainError
        if token["number"] or token["empty"]:
            self._at += 1
            return float(token["number"]) if token["number"] else None
        if token["word"]:
            self._at += 1
            return self._call(token["word"].upper())
        if self._takes("("):
            value = self._sum()
            self._must_take(")")
            return value
        return _amount(self._calculator.cell(*self._reference()))

    def _call(self, word: str) -> Amount:
        if word == "IF":
            return self._if()
        if word == "ISBLANK":
            raise NotPlainError
        values = self._arguments()
        if word == "COUNT":
            return float(len(values))
        if not values:
            return None
        return sum(values) if word == "SUM" else prod(values)

    def _if(self) -> Amount:
        holds = self._condition()
        self._must_take(",", ";")
        first = self._sum()
        self._must_take(",", ";")
        second = self._sum()
        self._must_take(")")
        return first if holds else second

    def _condition(self) -> bool:
        token = self._next()
        if token is not None and token["word"] and token["word"].upper() == "ISBLANK":
            self._at += 1
            value = self._sum()
            self._must_take(")")
            return value is None
        left = self._sum()
        token = self._next()
        if token is None or not token["compare"]:
            raise NotPlainError
        self._at += 1
        right = self._sum()
        if left is None or right is None:
            if token["compare"] not in ("=", "<>"):
                raise NotPlainError
        elif isnan(left + right):
            raise NotPlainError
        return _COMPARE[token["compare"]](left, right)

    def _arguments(self) -> list[float]:
        """The numbers that the arguments up to the bracket give."""
        values: list[float] = []
        while True:
            values.extend(self._argument())
            if self._must_take(")", ",", ";") == ")":
                return values

    def _argument(self) -> list[float]:
        """The numbers that an argument gives; text and blanks in cells are passed over, as a spreadsheet does."""
        start = self._at
        token = self._next()
        if token is not None and (token["column"] or token["sheet"]):
            sheet, top, left = self._reference()
            bottom, right = self._reference()[1:] if self._takes(":") else (top, left)
            after = self._next()
            if after is not None and after["op"] in (")", ",", ";"):
                return list(self._range(sheet, top, left, bottom, right))
        self._at = start
        value = self._sum()
        return [] if value is None else [value]

    def _range(self, sheet: str, top: int, left: int, bottom: int, right: int) -> Iterator[float]:
        if (bottom - top + 1) * (right - left + 1) > _MOST_CELLS:
            raise NotPlainError
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                value = self._calculator.cell(sheet, row, column)
                if isinstance(value, (int, float)) and not isinstance(value, bool):
                    yield value
                elif isinstance(value, str) and value.startswith(("=", "#")):
                    raise NotPlainError

    def _reference(self) -> tuple[str, int, int]:
        """Sheet, row and column of the cell named next, moved as far as the formula was."""
        token = self._next()
        sheet = self._sheet
        if token is not None and token["sheet"]:
            sheet = token["sheet"].strip("'").replace("''", "'")
            self._at += 1
            token = self._next()
        if token is None or not token["column"]:
            raise NotPlainError
        self._at += 1
        row, column = int(token["row"]) - 1, column_number(token["column"])
        row += 0 if token["fixed"] else self._formula.down
        column += 0 if _FIXED_COLUMN.match(token[0]) else self._formula.right
        return sheet, row, column


def _tokens(text: str) -> Iterator[re.Match[str]]:
    at = 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise NotPlainError
        yield match
        at = match.end()


def _amount(value: Any) -> Amount:
    """What a cell gives to a formula: text is not a number, and no result that rests on it is one."""
    if is_blank(value):
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return nan
    return value
