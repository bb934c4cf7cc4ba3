"""The plan of a set of rules: plain data that any evaluator can run.

Nodes form a graph in which a child always stands before its parents; each is a tuple of an operation and its
operands, numbers of other nodes among them. Equal nodes are one node, so a shared expression is computed once.

    ("rows", table)                                  the rows of a table
    ("column", rows, name)                           one of its columns
    ("literal", rows or pairs, value)                the same value in every row
    ("op", name, operand, ...)                       row by row (see `invlint.engine.operations`)
    ("index", rows, (key, ...), filter)              rows that pass a filter, found by their keys
    ("lookup", rows, (key, ...), index, value)       the value of the one row with the same keys
    ("reduce", what, rows, (key, ...), index, value) some, count, sum, ... over the rows with the same keys
    ("pairs", rows, (key, ...), index)               each row with each of its matching rows
    ("outer", pairs, node), ("inner", pairs, node)   a column of either side, pair by pair
    ("reduce_pairs", what, pairs, filter, value)     the same as reduce, over pairs that pass a filter
    ("window", what, rows, (key, ...), order, value) previous, newest, trend, ... along the order
    ("fails", rows, rule)                            whether the row fails another rule
"""

# Annotations are not deferred here: each of a NamedTuple would be compiled from its text at every start.

from typing import Any, NamedTuple

Node = tuple[Any, ...]


class Placeholder(NamedTuple):
    """A value in a message: node, dimension (node or fixed), number and unit as written (nodes), what it is."""

    value: int
    kind: str
    dim: int | None = None
    fixed_dim: int | None = None
    number: int | None = None
    unit: int | None = None


class BlockPlan(NamedTuple):
    """One `for each` of a rule. `where` and `expect` are nodes; templates are tuples of text and placeholders.

    `needs` are nodes, each with the reason in words: a row where one does not hold cannot be tested.
    `severity` is the block's own where it is another one than that of its rule.
    """

    table: str
    rows: int
    where: tuple[int, ...]
    expect: tuple[int, ...]
    message: tuple[Any, ...]
    help: tuple[Any, ...]
    observed: tuple[Any, ...] | None
    expected: tuple[Any, ...] | None
    at: tuple[tuple[str, int | None], ...]
    tiers: tuple[tuple[str, int], ...]
    evidence: tuple[int, ...]
    impact: tuple[int, int | None, int | None] | None
    together: tuple[str, ...] | None
    needs: tuple[tuple[int, str], ...] = ()
    severity: str | None = None


class RulePlan(NamedTuple):
    """A rule ready to run. `tables` are those it reads, `yields` the rules that speak before it."""

    code: str
    name: str
    severity: str
    basis: str
    prose: str
    pack: str
    yields: tuple[str, ...]
    tables: tuple[str, ...]
    blocks: tuple[BlockPlan, ...]


class Plan(NamedTuple):
    """The rules of a run and the graph of nodes that they share."""

    nodes: tuple[Node, ...]
    rules: tuple[RulePlan, ...]
