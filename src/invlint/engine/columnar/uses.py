"""Which nodes of a plan are used more than once, and which by more than one block."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from invlint.model.plan import Node, Plan


class Uses:
    """Counts over the conditions of the rules of a plan; what only messages show is not worth keeping."""

    def __init__(self, plan: Plan) -> None:
        self._times: Counter[int] = Counter()
        self._blocks: Counter[int] = Counter()
        for rule in plan.rules:
            for block in rule.blocks:
                conditions = (*block.where, *block.expect)
                self._times.update(conditions)
                self._blocks.update(_reached(plan.nodes, conditions))
        for node in self._blocks:
            self._times.update(operands(plan.nodes[node]))

    def again(self, node: int) -> bool:
        """Whether more than one node or condition needs the node."""
        return self._times[node] > 1

    def elsewhere(self, node: int) -> bool:
        """Whether more than one block needs the node."""
        return self._blocks[node] > 1


def _reached(nodes: tuple[Node, ...], start: tuple[int, ...]) -> set[int]:
    reached: set[int] = set()
    waiting = list(start)
    while waiting:
        node = waiting.pop()
        if node not in reached:
            reached.add(node)
            waiting.extend(operands(nodes[node]))
    return reached


def operands(node: Node) -> Iterator[int]:
    """The nodes that a node is made of."""
    operation, *rest = node
    if operation in ("column", "literal", "fails"):
        yield rest[0]
    elif operation != "rows":
        named = rest[1:] if operation in ("op", "reduce", "reduce_pairs", "window") else rest
        yield from _numbers(named)


def _numbers(parts: Any) -> Iterator[int]:
    for part in parts:
        if isinstance(part, tuple):
            yield from part
        elif part is not None:
            yield part
