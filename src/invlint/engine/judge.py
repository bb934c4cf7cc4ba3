"""Judge the rows of a rule's blocks with the plain interpreter."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from invlint.engine.interpreter import Interpreter
from invlint.engine.operations import DECISIVE, OPERATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

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


class PlainJudge:
    """The reference: judges a column at a time, on ever fewer rows as conditions settle them.

    Rules that others wait for are judged when asked for.
    """

    def __init__(self, plan: Plan, frames: Frames) -> None:
        self._frames = frames
        self._rules = {rule.name: rule for rule in plan.rules}
        self._interpreter = Interpreter(plan.nodes, frames, self._fails)
        self._judged: dict[tuple[str, int], Judged] = {}
        self._told: tuple[int, list[int], Interpreter] | None = None

    def judge(self, rule: RulePlan, number: int) -> Judged:
        known = self._judged.get((rule.name, number))
        if known is None:
            known = self._judged[rule.name, number] = self._judge(rule.blocks[number])
        return known

    def values(self, node: int, rows: list[int]) -> list[Any]:
        home = self._interpreter.home(node)
        if self._told is None or self._told[0] != home or self._told[1] is not rows:
            self._told = home, rows, self._interpreter.part(home, rows)
        return self._told[2].column(node)

    def _fails(self, table: str, rule: str) -> list[bool]:
        """Which rows of a table fail a rule."""
        failing = [False] * self._frames[table].size
        for number, block in enumerate(self._rules[rule].blocks):
            if block.table == table:
                for row in self.judge(self._rules[rule], number).failing:
                    failing[row] = True
        return failing

    def _judge(self, block: BlockPlan) -> Judged:
        size = self._frames[block.table].size
        rows = _Sieve(self._interpreter, block.rows, size)
        outside = 0
        for node in (part for where in block.where for part in self._parts(where)):
            if outside == size:
                break
            rows.sift(node)
            outside += rows.drop((False,))
        if outside == size:
            return Judged(0, 0, outside, [], (0,) * len(block.needs))
        unknown = rows.drop((None,))
        untestable = []
        for node, _ in block.needs:
            rows.sift(node)
            untestable.append(rows.drop((None, False)))
        for node in block.expect:
            rows.sift(node)
        return Judged(*rows.judged(unknown), outside, rows.failing(), tuple(untestable))

    def _parts(self, node: int) -> Iterator[int]:
        """The conditions that a condition joins by `and`."""
        operation, *operands = self._interpreter.nodes[node]
        if operation == "op" and operands[0] == "and":
            for operand in operands[1:]:
                yield from self._parts(operand)
        else:
            yield node


_FEW = 2
"""Rows are looked at apart from the others where they are no more than one in so many."""


class _Sieve:
    """The rows of a table that conditions have left, and what those that were asked last gave: joined by `and`.

    `joined` is None as long as they hold in every row that is left.
    """

    def __init__(self, interpreter: Interpreter, rows: int, size: int) -> None:
        self._context = interpreter
        self._rows = rows
        self._size = size
        self._at: list[int] | None = None
        self._left = size
        self._joined: list[bool | None] | None = None

    def sift(self, node: int) -> None:
        """Ask for one condition more."""
        if not self._left:
            return
        if self._at is not None and self._left * _FEW <= self._size:
            self._context = self._context.part(self._rows, self._at)
            self._size, self._at = self._left, None
        column = _settled(self._context, self._rows, node, self._size)
        if self._at is not None:
            column = [column[at] for at in self._at]
        if self._joined is not None:
            self._joined = OPERATIONS["and"](self._joined, column)
        elif column.count(True) < self._left:
            self._joined = column

    def drop(self, values: tuple[bool | None, ...]) -> int:
        """Let the rows go for which the conditions gave one of these; how many they are."""
        joined = self._joined
        if joined is None:
            return 0
        dropped = sum(map(joined.count, values))
        if not dropped:
            return 0
        self._left -= dropped
        at = self._at if self._at is not None else range(len(joined))
        self._at = list(compress(at, joined)) if self._left else []
        self._joined = None
        if len(self._at) < self._left:
            stay = [value not in values for value in joined]
            self._at, self._joined = list(compress(at, stay)), list(compress(joined, stay))
        return dropped

    def judged(self, unknown: int) -> tuple[int, int]:
        """How many rows are judged, and how many unknown, those counted before among them."""
        missing = self._joined.count(None) if self._joined is not None else 0
        return self._left - missing, unknown + missing

    def failing(self) -> list[int]:
        """The rows of the table that fail."""
        if self._joined is None or False not in self._joined:
            return []
        at = [place for place, value in enumerate(self._joined) if value is False]
        return self._context.rows(at if self._at is None else [self._at[place] for place in at])


def _settled(context: Interpreter, rows: int, node: int, size: int) -> list[bool | None]:
    """A condition; the right side of `and` and `or` is computed for the rows that the left one does not settle."""
    operation, *operands = context.nodes[node]
    decided = DECISIVE.get(operands[0]) if operation == "op" else None
    if decided is None or context.knows(node):
        return context.column(node)
    name, left, right = operands
    first = _settled(context, rows, left, size)
    still_open = size - first.count(decided)
    if not still_open:
        return first
    if still_open * _FEW > size:
        return OPERATIONS[name](first, _settled(context, rows, right, size))
    open_rows = [at for at, value in enumerate(first) if value is not decided]
    second = _settled(context.part(rows, open_rows), rows, right, len(open_rows))
    result = list(first)
    for at, value in zip(open_rows, OPERATIONS[name]([first[at] for at in open_rows], second), strict=True):
        result[at] = value
    return result
