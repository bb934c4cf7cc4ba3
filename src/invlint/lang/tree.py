"""The syntax tree of a rule file: frozen, each node with its place in the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Span:
    """A place in the text: line and column from 1, and a width in characters."""

    line: int
    column: int
    width: int = 1


@dataclass(frozen=True, slots=True)
class Expr:
    """An expression."""

    span: Span


@dataclass(frozen=True, slots=True)
class Number(Expr):
    """A plain number, or one with a unit; 5 % is 0.05."""

    value: float
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Text(Expr):
    """Text between quotation marks, or a class id."""

    value: str


@dataclass(frozen=True, slots=True)
class Word(Expr):
    """A bare name: a let, a parameter, a column inside `with`, or a code."""

    name: str


@dataclass(frozen=True, slots=True)
class Attribute(Expr):
    """A column of a row: `r.factor`."""

    row: str
    column: str


@dataclass(frozen=True, slots=True)
class Call(Expr):
    """A function of values."""

    function: str
    arguments: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Unary(Expr):
    """`not` or minus."""

    operator: str
    operand: Expr


@dataclass(frozen=True, slots=True)
class Binary(Expr):
    """Arithmetic, `and`, `or`; `at` is the place of the operator."""

    operator: str
    left: Expr
    right: Expr
    at: Span


@dataclass(frozen=True, slots=True)
class Compare(Expr):
    """A comparison; `within` is a relative tolerance, `to_digits` that of the left side's reported digits."""

    operator: str
    left: Expr
    right: Expr
    at: Span
    within: Expr | None = None
    to_digits: bool = False


@dataclass(frozen=True, slots=True)
class Between(Expr):
    """A value between two others, both included."""

    value: Expr
    low: Expr
    high: Expr


@dataclass(frozen=True, slots=True)
class InSet(Expr):
    """A value among others."""

    value: Expr
    items: tuple[Expr, ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class IsMissing(Expr):
    """`is missing`, or `is reported` when negated."""

    value: Expr
    negated: bool


@dataclass(frozen=True, slots=True)
class Key:
    """A column by which rows match: the same column of the row at hand, or a value."""

    span: Span
    column: str
    value: Expr | None


@dataclass(frozen=True, slots=True)
class Match:
    """Rows of a table that match the row at hand."""

    span: Span
    table: str
    keys: tuple[Key, ...]
    condition: Expr | None
    years: str | None = None
    """`before` or `after`: only rows of years before or after that of the row at hand."""


@dataclass(frozen=True, slots=True)
class Exists(Expr):
    """`some row in ...`, or `no row in ...` when negated."""

    match: Match
    negated: bool


@dataclass(frozen=True, slots=True)
class Aggregate(Expr):
    """`sum of factor in ...`; `value` is None for `count of rows`."""

    what: str
    value: Expr | None
    match: Match


@dataclass(frozen=True, slots=True)
class Fails(Expr):
    """Whether the row at hand fails another rule."""

    row: str
    rule: str


@dataclass(frozen=True, slots=True)
class Template:
    """Text with expressions in braces."""

    span: Span
    parts: tuple[str | Expr, ...]


@dataclass(frozen=True, slots=True)
class Tier:
    """A severity under a condition."""

    severity: str
    condition: Expr


@dataclass(frozen=True, slots=True)
class Parameter:
    """A threshold with its default and the source of it."""

    span: Span
    name: str
    value: Expr
    source: str


@dataclass(frozen=True, slots=True)
class Let:
    """A name for a value, or for the one row that matches."""

    span: Span
    name: str
    value: Expr | Match


@dataclass(frozen=True, slots=True)
class Place:
    """The cell that a finding points at."""

    span: Span
    row: str
    column: str
    condition: Expr | None


@dataclass(frozen=True, slots=True)
class Need:
    """What must be there before a row can be tested, as a condition, and why in words."""

    condition: Expr
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """One `for each` with what follows it."""

    span: Span
    row: str
    table: str
    table_span: Span
    by: tuple[tuple[str, Span], ...] = ()
    over: tuple[str, Span] | None = None
    lets: tuple[Let, ...] = ()
    where: tuple[Expr, ...] = ()
    needs: tuple[Need, ...] = ()
    expect: tuple[Expr, ...] = ()
    rests: tuple[Expr, ...] = ()
    impact: Expr | None = None
    at: tuple[Place, ...] = ()
    together: tuple[tuple[str, Span], ...] | None = None
    observed: Template | None = None
    expected: Template | None = None
    message: Template | None = None
    help: Template | None = None


@dataclass(frozen=True, slots=True)
class ExampleTable:
    """A small table of an example: column heads (empty: those of the table before) and rows of cells."""

    span: Span
    table: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """Tables on which the rule passes or fails."""

    span: Span
    outcome: str
    title: str
    tables: tuple[ExampleTable, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as written."""

    span: Span
    code: str
    name: str
    prose: str
    severity: str
    tiers: tuple[Tier, ...]
    basis: str
    parameters: tuple[Parameter, ...]
    yields: tuple[tuple[str, Span], ...]
    blocks: tuple[Block, ...]
    examples: tuple[Example, ...]


Sections = list[tuple[str, Span, Any]]
