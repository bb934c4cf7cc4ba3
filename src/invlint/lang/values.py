"""What an expression lowers to: the node of its value, its kind, and its dimension."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from invlint.lang.faults import MeaningError
from invlint.tables.kinds import FACTOR, PLAIN, Dimensions, Kind
from invlint.units.dimension import NONE, Dimension, exponents

if TYPE_CHECKING:
    from collections.abc import Callable

    from invlint.lang.tree import Span
    from invlint.model.plan import Node


_HIGHEST = 7
"""The exponents that a dimension keeps apart."""


@dataclass(frozen=True, slots=True)
class Value:
    """A lowered expression.

    The dimension is fixed where the text alone says it, else it is a node of its own, row by row. `part` gives the
    node of a companion column (`.value`, `.unit`, `.half`) where the expression is a column as reported.
    `word` is a bare word that may turn out to be a code.
    """

    kind: Kind
    node: int
    fixed_dim: Dimension | None = None
    dim: int | None = None
    part: Callable[[str], int] | None = None
    word: str | None = None

    @property
    def dimensions(self) -> Dimensions:
        return self.kind.dimensions or frozenset()

    @property
    def is_number(self) -> bool:
        return self.kind.dimensions is not None


class Graph:
    """The nodes of a plan; equal nodes are one. It can go on from the nodes of another plan."""

    def __init__(self, nodes: tuple[Node, ...] = ()) -> None:
        self.nodes: list[Node] = list(nodes)
        self._numbers: dict[tuple[Node, type], int] = {(node, type(node[-1])): at for at, node in enumerate(nodes)}

    def emit(self, *node: object) -> int:
        """The number of a node, new or known. A dimension of 0 and the number 0.0 are two nodes."""
        known = node, type(node[-1])
        found = self._numbers.get(known)
        if found is None:
            found = self._numbers[known] = len(self.nodes)
            self.nodes.append(node)
        return found

    def op(self, name: str, *operands: int) -> int:
        return self.emit("op", name, *operands)


def plain(node: int) -> Value:
    """A number without a unit."""
    return Value(Kind("number", PLAIN), node, fixed_dim=NONE)


def dim_node(graph: Graph, value: Value, rows: int) -> int:
    """The dimension of a value as a node."""
    if value.fixed_dim is None and value.dim is not None:
        return value.dim
    return graph.emit("literal", rows, value.fixed_dim)


def guarded(graph: Graph, left: Value, right: Value, node: int, rows: int) -> int:
    """The node, missing in rows where the two dimensions differ; the node itself where they cannot."""
    if left.fixed_dim is not None and left.fixed_dim == right.fixed_dim:
        return node
    return graph.op("if_same", dim_node(graph, left, rows), dim_node(graph, right, rows), node)


def need_number(value: Value, operator: str, at: Span) -> None:
    if not value.is_number:
        raise MeaningError(f"`{operator}` works on numbers, and this is {describe(value)}", at)


def need_numbers(left: Value, right: Value, operator: str, at: Span) -> None:
    for value in (left, right):
        if not value.is_number:
            raise MeaningError(f"`{operator}` works on numbers, and one side is {describe(value)}", at)


def need_one_dimension(left: Value, right: Value, operator: str, at: Span) -> Dimensions:
    """The dimensions that both sides can have. Raises MeaningError under the operator when there is none."""
    need_numbers(left, right, operator, at)
    common = left.dimensions & right.dimensions
    if not common or {left.dimensions, right.dimensions} == {PLAIN, FACTOR}:
        message = f"`{operator}` cannot hold {describe(left)} against {describe(right)}"
        bare = PLAIN in (left.dimensions, right.dimensions)
        hint = "give the number its unit" if bare else "bring both sides to one dimension, or check the unit"
        raise MeaningError(message, at, hint)
    return common


def describe(value: Value) -> str:
    """What a value is, in words."""
    if value.word is not None:
        return f"the text “{value.word}”"
    if value.kind.name == "yes or no":
        return "a condition"
    words = value.kind.describe()
    return "an" + words[1:] if re.match(r"a [aeiou]", words) else words


def _highest(dimensions: Dimensions) -> int:
    """The highest exponent of a base dimension."""
    return max((abs(power) for one in dimensions for power in exponents(one).values()), default=0)


def multiplied(graph: Graph, left: Value, right: Value, sign: int, node: int, rows: int, at: Span) -> Value:
    """A product (sign 1) or quotient (sign -1): dimensions add or subtract.

    Raises MeaningError where quantities were multiplied so often that no unit can say what they are.
    """
    if _highest(left.dimensions) + _highest(right.dimensions) > _HIGHEST:
        raise MeaningError("a product of so many quantities has no meaning", at)
    dimensions = frozenset(a + sign * b for a in left.dimensions for b in right.dimensions)
    kind = Kind("number", dimensions)
    if left.fixed_dim is not None and right.fixed_dim is not None:
        return Value(kind, node, fixed_dim=left.fixed_dim + sign * right.fixed_dim)
    if right.fixed_dim == NONE and left.dim is not None:
        return Value(kind, node, dim=left.dim)
    name = "add_dims" if sign > 0 else "subtract_dims"
    return Value(kind, node, dim=graph.op(name, dim_node(graph, left, rows), dim_node(graph, right, rows)))


def narrowed(value: Value, dimensions: Dimensions, node: int) -> Value:
    """A value computed from others of one dimension."""
    fixed = next(iter(dimensions)) if len(dimensions) == 1 else value.fixed_dim
    return replace(value, kind=Kind("number", dimensions), node=node, fixed_dim=fixed, part=None)
