"""A rule's plan for people: the nodes that the rule reaches, one a line, with their children by number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from invlint.units.dimension import NONE, describe_dimension

if TYPE_CHECKING:
    from collections.abc import Iterator

    from invlint.model.plan import BlockPlan, Node, Plan, RulePlan

Operand = Any
"""The number of another line, text for what is shown where it stands, or a list of operands."""


class Line(NamedTuple):
    """A node: its number, what it does, and with what."""

    number: int
    operation: str
    operands: list[Operand]

    def text(self) -> str:
        return f"{self.number} {self.operation}({spell(self.operands)})"


class Use(NamedTuple):
    """What a block does with some of the nodes."""

    word: str
    operands: list[Operand]


def spell(operands: list[Operand]) -> str:
    """Operands as text; a list within is what rows are matched by."""
    return ", ".join(f"by ({spell(part)})" if isinstance(part, list) else str(part) for part in operands)


def explain_plan(plan: Plan, rule: RulePlan) -> tuple[list[Line], list[tuple[str, list[Use]]]]:
    """The lines of a rule's plan, numbered from 1, and for each block its table and what it uses them for."""
    used = [_uses(block) for block in rule.blocks]
    open_nodes = [node for uses in used for _, nodes in uses for node in nodes]
    reached: set[int] = set()
    while open_nodes:
        number = open_nodes.pop()
        if number not in reached:
            reached.add(number)
            open_nodes.extend(_flat(_operands(plan.nodes[number])))
    shown = [number for number in sorted(reached) if plan.nodes[number][0] not in _INLINE]
    lines = {number: place for place, number in enumerate(shown, start=1)}

    def told(part: Any) -> Operand:
        if isinstance(part, list):
            return [told(one) for one in part]
        if isinstance(part, int):
            return lines[part] if part in lines else _INLINE[plan.nodes[part][0]](plan.nodes, plan.nodes[part])
        return part

    found = [Line(lines[number], _name(plan.nodes[number]), told(_operands(plan.nodes[number]))) for number in shown]
    blocks = [
        (block.table, [Use(word, told(nodes)) for word, nodes in uses])
        for block, uses in zip(rule.blocks, used, strict=True)
    ]
    return found, blocks


def _uses(block: BlockPlan) -> list[tuple[str, list[int]]]:
    """Each purpose with its nodes; what serves none is left out."""
    templates = {name: getattr(block, name) or () for name in ("observed", "expected", "message", "help")}
    uses = [
        ("where", list(block.where)),
        ("needs", [node for node, _ in block.needs]),
        ("expect", list(block.expect)),
        *((f"{severity} when", [node]) for severity, node in block.tiers),
        ("rests on", list(block.evidence)),
        ("impact", [block.impact[0]] if block.impact else []),
        *((f"at {column} when", [node]) for column, node in block.at if node is not None),
        *(
            (name, [part.value for part in template if not isinstance(part, str)])
            for name, template in templates.items()
        ),
    ]
    return [(word, list(dict.fromkeys(nodes))) for word, nodes in uses if nodes]


def _name(node: Node) -> str:
    return str(node[1]) if node[0] in ("op", "reduce", "reduce_pairs", "window") else str(node[0])


def _operands(node: Node) -> list[Any]:
    """What a node needs: numbers of nodes, lists of them, and words."""
    kind = node[0]
    if kind == "op":
        return list(node[2:])
    if kind in ("lookup", "pairs", "reduce", "window"):
        keys, *rest = node[3:] if kind in ("reduce", "window") else node[2:]
        return [list(keys), *(part for part in rest if part is not None)]
    if kind == "index":
        rows, keys, kept = node[1:]
        return [rows, list(keys), *([kept] if kept is not None else [])]
    if kind == "reduce_pairs":
        return [part for part in node[2:] if part is not None]
    if kind == "fails":
        return [node[1], f"rule {node[2]}"]
    return list(node[1:]) if kind in ("outer", "inner") else []


def _flat(operands: list[Any]) -> Iterator[int]:
    for part in operands:
        if isinstance(part, list):
            yield from part
        elif isinstance(part, int):
            yield part


def _literal(_nodes: tuple[Node, ...], node: Node) -> str:
    value = node[2]
    if isinstance(value, int):
        return f"unit {describe_dimension(value)}" if value != NONE else "no unit"
    return f"literal {value:.12g}" if isinstance(value, float) else f"literal {value}"


_INLINE: dict[str, Any] = {
    "rows": lambda _nodes, node: f"rows {node[1]}",
    "column": lambda nodes, node: f"column {nodes[node[1]][1]}.{node[2]}",
    "literal": _literal,
}
"""Nodes that are shown where they are needed instead of on a line of their own."""
