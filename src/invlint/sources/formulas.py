"""Compute the formulas of a workbook that are plain: sums, products and quotients of cells and numbers.

Others are left alone: a reader that calculates like a spreadsheet would be one.
"""

from __future__ import annotations

import re
from math import isfinite
from typing import TYPE_CHECKING, Any

from invlint.sources.cells import is_blank
from invlint.sources.workbook_cells import Formula, column_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from invlint.sources.sheet import Sheet

_LONGEST = 1000
_DEEPEST = 40
_MOST_CELLS = 2_000_000
"""How many cells the formulas of one workbook may ask for together."""

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>\d+(?:\.\d*)?(?:[eE][-+]?\d{1,3})?|\.\d+)(?![A-Za-z0-9_.!(])
    | (?P<sheet>'(?:[^']|'')+'|[A-Za-z_][A-Za-z0-9_.]*)!
    | (?P<word>(?i:SUM|PRODUCT))\s*\(
    | \$?(?P<column>[A-Za-z]{1,3})(?P<fixed>\$?)(?P<row>[0-9]{1,7})(?![A-Za-z0-9_.!(])
    | (?P<op>[-+*/(),;:%])
    )""",
    re.VERBOSE,
)
_FIXED_COLUMN = re.compile(r"\s*\$")


class NotPlainError(Exception):
    """The formula is no plain sum or product, or what it asks for is no number."""


class BlankError(Exception):
    """One of the cells that a product asks for is blank, so that there is no amount to state."""


class Calculator:
    """Computes the plain formulas of one workbook. `sheets` are by their names in small letters."""

    def __init__(self, sheets: Mapping[str, Sheet]) -> None:
        self._sheets = sheets
        self._known: dict[tuple[str, int, int], float] = {}
        self._asked = 0
        self._depth = 0

    def value(self, sheet: Sheet, row: int, place: int) -> float:
        """What the formula at a place of a grid comes to, from the values that its cells hold.

        Raises NotPlainError, and BlankError where a factor is blank.
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
            self._known[key] = self.value(sheet, row, place)
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

    def result(self) -> float:
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

    def _sum(self) -> float:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NotPlainError
        result = self._product()
        while operator := self._takes("+", "-"):
            term = self._product()
            result = result + term if operator == "+" else result - term
        self._depth -= 1
        return result

    def _product(self) -> float:
        result = self._signed()
        while operator := self._takes("*", "/"):
            factor = self._signed()
            result = result * factor if operator == "*" else result / factor
        return result

    def _signed(self) -> float:
        sign = 1.0
        while operator := self._takes("+", "-"):
            sign = -sign if operator == "-" else sign
        value = self._operand()
        while self._takes("%"):
            value /= 100
        return sign * value

    def _operand(self) -> float:
        token = self._next()
        if token is None:
            raise NotPlainError
        if token["number"]:
            self._at += 1
            return float(token["number"])
        if token["word"]:
            self._at += 1
            return self._call(token["word"].upper())
        if self._takes("("):
            value = self._sum()
            if not self._takes(")"):
                raise NotPlainError
            return value
        return _number(self._calculator.cell(*self._reference()))

    def _call(self, word: str) -> float:
        values: list[float] = []
        while True:
            values.extend(self._argument())
            if self._takes(")"):
                break
            if not self._takes(",", ";"):
                raise NotPlainError
        if word == "SUM":
            return sum(values)
        if not values:
            raise BlankError
        result = 1.0
        for value in values:
            result *= value
        return result

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
        return [self._sum()]

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


def _number(value: Any) -> float:
    if is_blank(value):
        raise BlankError
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise NotPlainError
    return value
