"""Judge the rows of a rule's blocks with the plain interpreter."""

from __future__ import annotations

from itertools import compress, count
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from invlint.engine.interpreter import Interpreter
from invlint.engine.operations import DECISIVE, OPERATIONS

if TYPE_CHECKING:
    from invlint.model.plan import BlockPlan, Plan, RulePlan
    from invlint.tables import Frames


class Judged(NamedTuple):
    """What became of a block's rows: how many were judged, unknown or outside `where`, and which fail.

    `untestable` counts for each of the block's needs the rows in which it is the first that is not met.
    """

    evaluated: int
    unknown: int
    outside: int
    failing: list[int]
    untestable: tuple[int, ...] = ()


class Judge(Protocol):
    """What runs a plan over frames: the interpreter here, or a columnar engine with the same results."""

    def judge(self, rule: RulePlan, number: int) -> Judged:
        """What became of the rows of one block of a rule."""
        ...

    def values(self, node: int, rows: list[int]) -> list[Any]:
        """The values of a node in some rows of its table."""
        ...


class _Verdict(NamedTuple):
    """For each row of a block: True passes, False fails, None unknown; `applies` alike for `where`.

    `lacks` is the number of the first need that a row does not meet; empty where nothing is needed, or no row applies.
    """

    applies: list[bool | None]
    holds: list[bool | None]
    lacks: list[int | None]


class PlainJudge:
    """The reference: every node a list, every verdict kept; rules that others wait for are judged when asked for."""

    def __init__(self, plan: Plan, frames: Frames) -> None:
        self._frames = frames
        self._rules = {rule.name: rule for rule in plan.rules}
        self._interpreter = Interpreter(plan.nodes, frames, self._fails)
        self._verdicts: dict[tuple[str, int], _Verdict] = {}

    def judge(self, rule: RulePlan, number: int) -> Judged:
        applies, holds, lacks = self._verdict(rule, number)
        judged = list(compress(holds, applies))  # of the rows that apply for certain
        failing = [row for row, hold in zip(compress(count(), applies), judged, strict=False) if hold is False]
        evaluated = len(judged) - judged.count(None)
        outside = applies.count(False)
        needs = len(rule.blocks[number].needs)
        untestable = tuple(list(compress(lacks, applies)).count(need) for need in range(needs))
        unknown = len(applies) - evaluated - outside - sum(untestable)
        return Judged(evaluated, unknown, outside, failing, untestable)

    def values(self, node: int, rows: list[int]) -> list[Any]:
        column = self._interpreter.column(node)
        return [column[row] for row in rows]

    def _fails(self, table: str, rule: str) -> list[bool]:
        """Which rows of a table fail a rule."""
        failing = [False] * self._frames[table].size
        for number, block in enumerate(self._rules[rule].blocks):
            if block.table == table:
                for row in self.judge(self._rules[rule], number).failing:
                    failing[row] = True
        return failing

    def _verdict(self, rule: RulePlan, number: int) -> _Verdict:
        known = self._verdicts.get((rule.name, number))
        if known is None:
            known = self._verdicts[rule.name, number] = self._judge(rule.blocks[number])
        return known

    def _judge(self, block: BlockPlan) -> _Verdict:
        size = self._frames[block.table].size
        applies = self._all(block.where, [True] * size)
        if applies.count(False) == size:
            return _Verdict(applies, [None] * size, [])
        if not block.needs:
            return _Verdict(applies, self._all(block.expect, applies), [])
        lacks = self._lacks(block, size)
        testable = [applied if lack is None else False for applied, lack in zip(applies, lacks, strict=True)]
        holds = self._all(block.expect, testable)
        return _Verdict(
            applies, [None if lack is not None else hold for hold, lack in zip(holds, lacks, strict=True)], lacks
        )

    def _lacks(self, block: BlockPlan, size: int) -> list[int | None]:
        """For each row the number of the first need that is not met: a missing value meets none."""
        lacks: list[int | None] = [None] * size
        for number, (node, _) in reversed(list(enumerate(block.needs))):
            met = self._interpreter.column(node)
            lacks = [lack if value is True else number for lack, value in zip(lacks, met, strict=True)]
        return lacks

    def _all(self, nodes: tuple[int, ...], matters: list[bool | None]) -> list[bool | None]:
        """The conditions joined by `and`, right in the rows that matter; once none is left the rest is not computed."""
        joined: list[bool | None] | None = None
        for node in nodes:
            column = self._settled(node, matters if joined is None else joined)
            joined = column if joined is None else OPERATIONS["and"](joined, column)
            if joined.count(False) == len(joined):
                break
        return joined if joined is not None else [True] * len(matters)

    def _settled(self, node: int, matters: list[bool | None]) -> list[bool | None]:
        """A condition, right in the rows that matter; what could not change it there is not computed."""
        operation, *operands = self._interpreter.nodes[node]
        decisive = DECISIVE.get(operands[0]) if operation == "op" else None
        if decisive is None:
            return self._interpreter.column(node)
        left = self._settled(operands[1], matters)
        if all(value is decisive for value, row in zip(left, matters, strict=True) if row is not False):
            return left
        return OPERATIONS[operands[0]](left, self._settled(operands[2], matters))
