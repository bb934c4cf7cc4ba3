"""The types of a column in an engine, places (the number of a row) among them, and which a column or a node has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from invlint.plugins import offered
from invlint.tables import TABLES
from invlint.tables.kinds import is_quantity
from invlint.tables.within import globs_of

if TYPE_CHECKING:
    from invlint.model.plan import Node

TEXT, NUMBER, WHOLE, FLAG, PLACE = "text", "number", "whole", "flag", "place"

_SAMPLES = 64
_OF_ENGINE: dict[str, Any] = {TEXT: nw.String, NUMBER: nw.Float64, WHOLE: nw.Int64, FLAG: nw.Boolean}
_OF_PYTHON = {str: TEXT, float: NUMBER, int: WHOLE, bool: FLAG}
_OF_PART = {"dim": WHOLE, "value": NUMBER, "half": NUMBER, "unit": TEXT}
_OF_KIND = {"number": NUMBER, "yes or no": FLAG}
_OF_GIVEN = {"plain": NUMBER, "text": TEXT, "yes or no": FLAG}
_OF_OPERATION = {
    **dict.fromkeys(("add", "subtract", "multiply", "divide", "power", "share_of", "exponent_of_ten"), NUMBER),
    **dict.fromkeys(("log10", "fold", "robust_z"), NUMBER),
    **dict.fromkeys(("add_dims", "subtract_dims"), WHOLE),
    **dict.fromkeys(("and", "or", "not", "is_missing", "is_reported", "same", "differ", "near"), FLAG),
    **dict.fromkeys(("equal", "unequal", "less", "at_most", "greater", "at_least"), FLAG),
    "rescaled_unit": TEXT,
    **{f"{function.name}()": _OF_GIVEN[function.gives] for _, function in offered("functions")},
}
_OF_REDUCTION = {
    **dict.fromkeys(("sum", "median", "mad"), NUMBER),
    "some": FLAG,
    "count": WHOLE,
    "list": TEXT,
    "firmest": TEXT,
}
_OF_WINDOW = dict.fromkeys(("steps", "trend", "scatter"), NUMBER)
_OF_OPERANDS = {
    "op": _OF_OPERATION,
    "reduce": _OF_REDUCTION,
    "reduce_pairs": _OF_REDUCTION,
    "window": _OF_WINDOW,
}


def missing(kind: str) -> nw.Expr:
    """A missing value of a type."""
    return nw.lit(None, dtype=_OF_ENGINE[kind])


def constant(values: list[Any]) -> bool:
    """Whether all values are one and the same, as in a column that nobody filled in."""
    first = values[0] if values else None
    some = values[:: len(values) // _SAMPLES + 1]
    return all(value is first for value in some) and values.count(first) == len(values)


def typed(declared: str, values: list[Any]) -> tuple[str, list[Any]]:
    """(type, values) of a column as an engine takes it.

    Numbers that are all whole stay whole, so that they come home as they were; whole ones among others do not.
    """
    if declared != NUMBER:
        return declared, values
    found = set(map(type, values[:1] if constant(values) else values)) - {type(None)}
    if found == {int}:
        return WHOLE, values
    if int in found:
        return NUMBER, [None if value is None else float(value) for value in values]
    return NUMBER, values


def type_of_column(table: str, name: str) -> str:
    """The declared type of a column."""
    if globs_of(name) is not None:
        return FLAG
    base, _, part = name.rpartition(".")
    if base:
        return _OF_PART[part]
    declared = TABLES[table].columns.get(name) if table in TABLES else None
    return _OF_KIND.get(declared.kind.name, TEXT) if declared is not None else TEXT


def in_base_units(table: str, name: str) -> bool:
    """Whether a column has amounts in base units, which no conversion leaves whole."""
    declared = TABLES[table].columns.get(name.removesuffix(".half")) if table in TABLES else None
    return declared is not None and is_quantity(declared.kind)


def type_of_node(nodes: tuple[Node, ...], number: int) -> str:
    """The type that a node must have whatever its values are."""
    operation, *operands = nodes[number]
    if operation == "column":
        return type_of_column(nodes[operands[0]][1], operands[1])
    if operation == "literal":
        return _OF_PYTHON.get(type(operands[1]), TEXT)
    if operation == "fails":
        return FLAG
    known = _OF_OPERANDS[operation].get(operands[0]) if operation in _OF_OPERANDS else None
    if known is not None:
        return known
    last = operands[-1]
    return type_of_node(nodes, last) if last is not None else NUMBER


def type_of_reduction(what: str, kind: str) -> str:
    """The type of a reduction over values of a type."""
    return _OF_REDUCTION.get(what, kind)
