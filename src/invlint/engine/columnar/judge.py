"""Judge the rows of a rule's blocks by whole columns, on ever fewer rows as conditions rule them out."""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any

import narwhals as nw

from invlint.engine.columnar.lowering import Lowering
from invlint.engine.columnar.uses import Uses
from invlint.engine.judge import Judged
from invlint.engine.operations import DECISIVE

if TYPE_CHECKING:
    from invlint.engine.columnar.backends import Backend
    from invlint.engine.columnar.contexts import Context
    from invlint.model.plan import BlockPlan, Plan, RulePlan
    from invlint.tables import Frames

_WORTH_LEAVING = 2
"""Settled rows leave where they are at least one in so many."""


class ColumnarJudge:
    """Judges with an engine behind Narwhals; the results are those of `PlainJudge`."""

    def __init__(self, plan: Plan, frames: Frames, backend: Backend) -> None:
        self._frames = frames
        self._rules = {rule.name: rule for rule in plan.rules}
        self._uses = Uses(plan)
        self._lowering = Lowering(plan.nodes, self._uses, frames, backend, self._fails)
        self._judged: dict[tuple[str, int], Judged] = {}
        self._told: tuple[int, list[int], Context] | None = None

    def judge(self, rule: RulePlan, number: int) -> Judged:
        known = self._judged.get((rule.name, number))
        if known is None:
            known = self._judged[rule.name, number] = self._judge(rule.blocks[number])
            self._lowering.forget_pairs()
        return known

    def values(self, node: int, rows: list[int]) -> list[Any]:
        operation, *operands = self._lowering.nodes[node]
        if operation == "literal":
            return [operands[1]] * len(rows)
        home = self._lowering.home(node)
        if operation == "column":
            return self._lowering.some_at_home(home, operands[1], rows)
        if self._told is None or self._told[0] != home or self._told[1] is not rows:
            self._told = home, rows, self._lowering.picked(home, rows)
        return self._lowering.values(self._told[2], node)

    def _fails(self, table: str, rule: str) -> list[int]:
        """The rows of a table that fail a rule."""
        blocks = enumerate(self._rules[rule].blocks)
        failing = (self.judge(self._rules[rule], number).failing for number, block in blocks if block.table == table)
        return [row for rows in failing for row in rows]

    def _judge(self, block: BlockPlan) -> Judged:
        size = self._frames[block.table].size
        untested = (0,) * len(block.needs)
        if not size:
            return Judged(0, 0, 0, [], untested)
        where = _Sieve(self._lowering, self._lowering.whole(block.rows), "and")
        for node in self._parts("and", block.where):
            where.sift((node,))
        outside = where.gone + where.no
        applying = where.those(True)
        if not applying.size:
            return Judged(0, size - outside, outside, [], untested)
        testable, untestable = self._tested(applying, block)
        expect = _Sieve(self._lowering, testable, "or")
        for nodes in self._alternatives(block.expect):
            expect.sift(nodes)
        evaluated = expect.gone + expect.yes + expect.no
        failing = self._lowering.rows(expect.those(False)) if expect.no else []
        return Judged(evaluated, size - outside - evaluated - sum(untestable), outside, failing, untestable)

    def _tested(self, applying: Context, block: BlockPlan) -> tuple[Context, tuple[int, ...]]:
        """The rows that have what the block needs, and for each need how many are the first to lack it."""
        untestable = []
        for node, _ in block.needs:
            need = _Sieve(self._lowering, applying, "and")
            need.sift((node,))
            untestable.append(applying.size - need.yes)
            applying = need.those(True)
        return applying, tuple(untestable)

    def _alternatives(self, expect: tuple[int, ...]) -> list[tuple[int, ...]]:
        """What is expected, as conditions of which one must hold, each of nodes that must hold together."""
        return [(node,) for node in self._parts("or", expect)] if len(expect) == 1 else [expect]

    def _parts(self, joint: str, nodes: tuple[int, ...]) -> list[int]:
        """Conditions taken apart, save those that another block needs whole."""
        parts = []
        for node in nodes:
            operation, *operands = self._lowering.nodes[node]
            if operation == "op" and operands[0] == joint and not self._uses.elsewhere(node):
                parts.extend(self._parts(joint, tuple(operands[1:])))
            else:
                parts.append(node)
        return parts


class _Sieve:
    """Rows judged by one condition after the other, joined by `and` or `or`; rows that are settled leave when many are.

    `gone` rows have left: they are False under `and`, True under `or`. Of those that stay, `yes` are True, `no` False.
    """

    def __init__(self, lowering: Lowering, context: Context, joint: str) -> None:
        self._lowering = lowering
        self._context = context
        self._joint = joint
        self._joined: str | None = None
        self.gone = 0
        self.yes = context.size
        self.no = 0

    def sift(self, nodes: tuple[int, ...]) -> None:
        """Judge by one more condition: that all of some nodes hold."""
        if not self._context.size:
            return
        self._joined = self._joined_with(nodes)
        self._count()
        settled = self.no if self._joint == "and" else self.yes
        if settled and settled * _WORTH_LEAVING >= self._context.size:
            self._context = self._without(DECISIVE[self._joint], self._context.size - settled)
            self.gone += settled
            self.yes, self.no = (self.yes, 0) if self._joint == "and" else (0, self.no)
        if self._joint == "and" and self.yes == self._context.size:
            self._joined = None

    def _joined_with(self, nodes: tuple[int, ...]) -> str:
        """The column of the conditions so far, if rows are left that they have not decided alike, with some more."""
        if self._joined is None and len(nodes) == 1:
            return self._lowering.named(self._context, nodes[0])
        every = [self._lowering.expr(self._context, node) for node in nodes]
        whole = reduce(and_, every[1:], every[0])
        if self._joined is not None:
            before = nw.col(self._joined)
            whole = before & whole if self._joint == "and" else before | whole
        return self._lowering.attach(self._context, object(), whole)

    def those(self, value: bool) -> Context:
        """The rows for which the conditions together are True, or False."""
        number = self.yes if value else self.no
        if self._joined is None or number == self._context.size:
            return self._context
        return self._lowering.part(self._context, self._joined, (value,), number)

    def _without(self, value: bool, size: int) -> Context:
        assert self._joined is not None  # noqa: S101
        return self._lowering.part(self._context, self._joined, (not value, None), size, self._joined)

    def _count(self) -> None:
        assert self._joined is not None  # noqa: S101
        self.yes, unknown = self._lowering.backend.tally(self._context.table, self._joined)
        self.no = self._context.size - self.yes - unknown
