"""Expressions in their one form: single blanks, and no parentheses but those that keep the meaning."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from typing import Any, NamedTuple

from lark import Token, Transformer, v_args

from invlint.lang.parse import quantity_pattern

Pieces = tuple[str | int, ...]
"""Text, and between it numbers: there a line can be broken, best where the number is least."""


class Binds(IntEnum):
    """What holds its parts together more tightly than what: the order of the grammar."""

    OR = 1
    AND = 2
    NOT = 3
    COMPARISON = 4
    SUM = 5
    PRODUCT = 6
    POWER = 7
    UNARY = 8
    ATOM = 9


class End(IntEnum):
    """How an expression ends: a look-up that is still open takes in what follows it."""

    CLOSED = 0
    TABLE = 1
    MATCHING = 2
    WITH = 3


class Printed(NamedTuple):
    """An expression in print, and what the parts around it must know of it."""

    head: Pieces
    binds: Binds = Binds.ATOM
    tail: Pieces = ()
    """The look-up at its end, where that is still open."""
    end: End = End.CLOSED

    @property
    def pieces(self) -> Pieces:
        return self.head + self.tail

    @property
    def text(self) -> str:
        """The expression on one line."""
        return "".join(" " if isinstance(piece, int) else piece for piece in self.pieces)

    def enclosed(self) -> Printed:
        """The expression in parentheses."""
        return Printed(("(", *self.pieces, ")"))

    def part(self, least: Binds, end: End = End.WITH, deeper: int = 1) -> Printed:
        """The expression within another: in parentheses if it binds looser than `least`.

        A look-up at its end stands in parentheses if it is more open than `end`.
        """
        head, tail = _deeper(self.head, deeper), _deeper(self.tail, deeper)
        if self.binds < least:
            return Printed((*head, *tail)).enclosed()
        if self.end > end:
            return Printed((*head, "(", *tail, ")"), self.binds)
        return Printed(head, self.binds, tail, self.end)

    def after(self, lead: Pieces, binds: Binds) -> Printed:
        """The expression as the last part of another."""
        return Printed((*lead, *self.head), binds, self.tail, self.end)

    def unlike(self, keyword: str) -> Printed:
        """The expression, in parentheses if its first name would be taken for a keyword."""
        return self.enclosed() if re.match(rf"{keyword}\b", self.text) else self


def _deeper(pieces: Pieces, levels: int) -> Pieces:
    return tuple(piece + levels if isinstance(piece, int) else piece for piece in pieces)


def listed(parts: tuple[Printed, ...], least: Binds) -> Pieces:
    """Expressions with commas between them."""
    *others, last = parts
    before = (piece for part in others for piece in (*part.part(least, End.TABLE).pieces, ", "))
    return (*before, *last.part(least).pieces)


def listed_conditions(parts: tuple[tuple[str, Printed | None], ...]) -> Pieces:
    """Texts that hold under a condition, or under none, with commas between them."""
    pieces: list[str | int] = []
    for number, (text, condition) in enumerate(parts, 1):
        end = End.WITH if number == len(parts) else End.TABLE
        pieces.append(f", {text}" if pieces else text)
        if condition:
            pieces += (" when ", *condition.part(Binds.OR, end).pieces)
    return tuple(pieces)


_OPERATORS = {
    "or": (Binds.OR, Binds.NOT),
    "and": (Binds.AND, Binds.NOT),
    "+": (Binds.SUM, Binds.PRODUCT),
    "-": (Binds.SUM, Binds.PRODUCT),
    "*": (Binds.PRODUCT, Binds.POWER),
    "/": (Binds.PRODUCT, Binds.POWER),
    "^": (Binds.POWER, Binds.UNARY),
}
"""How each operator binds, and how its sides must.

The grammar would read `a or b and c`; people read it in two ways, so the `and` keeps its parentheses.
"""


@v_args(inline=True)
class ExpressionPrinter(Transformer[Token, Any]):
    """From Lark's tree, which knows every number and text as it was written, to print."""

    # values
    def number(self, number: str) -> Printed:
        return Printed((str(number),))

    def quantity(self, quantity: str) -> Printed:
        return Printed((" ".join(quantity.split()),))

    percent = quantity
    text = number
    class_id = number
    word = number

    def attribute(self, row: str, column: str) -> Printed:
        return Printed((f"{row}.{column}",))

    def call(self, function: str, *arguments: Printed) -> Printed:
        return Printed((f"{function}(", *listed(arguments, Binds.OR), ")"))

    def group(self, inner: Printed) -> Printed:
        return inner

    # operators
    def negate(self, operand: Printed) -> Printed:
        return operand.part(Binds.UNARY).after(("-",), Binds.UNARY)

    def not_(self, operand: Printed) -> Printed:
        least = Binds.NOT if operand.binds == Binds.NOT else Binds.ATOM
        return operand.part(least).after(("not ",), Binds.NOT)

    def binary(self, left: Printed, operator: str, right: Printed) -> Printed:
        binds, least = _OPERATORS[operator]
        logical = binds <= Binds.AND
        chained = left.binds == binds != Binds.POWER
        end = End.MATCHING if logical else End.TABLE
        first = left.part(binds, end, deeper=0) if chained else left.part(least, end)
        second = right.part(least)
        if _run_together(first.text, operator, second.text):
            first = first.enclosed()
        return second.after((*first.pieces, 0 if logical else " ", f"{operator} "), binds)

    # comparisons
    def compare(self, left: Printed, operator: str, right: Printed, *tolerances: Printed | str) -> Printed:
        within = [(" within ", tolerance) for tolerance in tolerances if isinstance(tolerance, Printed)]
        digits = (" to reported digits",) * (len(tolerances) - len(within))
        return _comparison(("", left), (f" {operator} ", right), *within, ending=digits)

    def within(self, tolerance: Printed) -> Printed:
        return tolerance

    def between(self, value: Printed, low: Printed, high: Printed) -> Printed:
        return _comparison(("", value), (" between ", low), (" and ", high))

    def in_set(self, value: Printed, *items: Printed) -> Printed:
        return _comparison(("", value), ending=(" in {", *listed(items, Binds.SUM), "}"))

    def not_in_set(self, value: Printed, *items: Printed) -> Printed:
        return _comparison(("", value), ending=(" not in {", *listed(items, Binds.SUM), "}"))

    def is_missing(self, value: Printed) -> Printed:
        return _comparison(("", value), ending=(" is missing",))

    def is_reported(self, value: Printed) -> Printed:
        return _comparison(("", value), ending=(" is reported",))

    def is_key(self, value: Printed, key: str) -> Printed:
        return _comparison(("", value), ending=(f" is key {key}",))

    def fails(self, row: str, rule: str) -> Printed:
        return Printed((f"{row} fails {rule}",), Binds.NOT)

    # look-ups
    def some_row(self, match: Printed) -> Printed:
        return Printed((), Binds.NOT, ("some row in ", *match.pieces), match.end)

    def no_row(self, match: Printed) -> Printed:
        return Printed((), Binds.NOT, ("no row in ", *match.pieces), match.end)

    def aggregate(self, what: str, value: Printed, match: Printed) -> Printed:
        counted = value.part(Binds.SUM, End.CLOSED).unlike("rows").pieces
        return Printed((), Binds.ATOM, (f"{what} of ", *counted, " in ", *match.pieces), match.end)

    def aggregate_rows(self, what: str, match: Printed) -> Printed:
        return Printed((), Binds.ATOM, (f"{what} of rows in ", *match.pieces), match.end)

    def match(self, table: str, *rest: list[Printed] | Printed | str) -> Printed:
        pieces: Pieces = (str(table),)
        end = End.TABLE
        for part in rest:
            if isinstance(part, str):
                pieces += (f" {' '.join(part.split())}",)
            elif isinstance(part, Printed):
                pieces += (0, "with ", *part.part(Binds.OR).pieces)
                end = End.WITH
            else:
                pieces += (0, "matching ", *listed(tuple(part), Binds.ATOM))
                end = End.MATCHING
        return Printed(pieces, end=end)

    def matching(self, *keys: Printed) -> list[Printed]:
        return list(keys)

    def key(self, column: str, value: Printed | None = None) -> Printed:
        return Printed((str(column), *((" = ", *value.part(Binds.SUM, End.CLOSED).pieces) if value else ())))

    def with_(self, condition: Printed) -> Printed:
        return condition


def _comparison(*sides: tuple[str, Printed], ending: Pieces = ()) -> Printed:
    """Values, each after the words that lead to it, and what stands after the last of them."""
    *before, (words, last) = sides
    lead: Pieces = tuple(piece for lead, side in before for piece in (lead, *side.part(Binds.SUM, End.TABLE).pieces))
    if ending:
        return Printed((*lead, words, *last.part(Binds.SUM, End.TABLE).pieces, *ending), Binds.COMPARISON)
    return last.part(Binds.SUM).after((*lead, words), Binds.COMPARISON)


def _run_together(left: str, operator: str, right: str) -> bool:
    """Whether a number's unit would take in what follows: `(5 t) / a` divides by `a`, `5 t / a` is tonnes a year."""
    found = _quantities().finditer(f"{left} {operator} {right}")
    return any(quantity.start() < len(left) < quantity.end() for quantity in found)


@lru_cache(maxsize=1)
def _quantities() -> re.Pattern[str]:
    return re.compile(quantity_pattern())
