"""Judge every row by every rule: what failed, what could not be judged, and what to say about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from invlint.engine.interpreter import Interpreter
from invlint.engine.operations import DECISIVE, OPERATIONS
from invlint.engine.show import show_template
from invlint.model.finding import SEVERITIES
from invlint.units.dimension import MASS, PER_YEAR, TEQ

if TYPE_CHECKING:
    from collections.abc import Callable

    from invlint.model.plan import BlockPlan, Plan, RulePlan
    from invlint.tables import Frames

Failure = dict[str, Any]


class RuleResult:
    """What a rule did: rows judged, failed, unknown, outside `where`; and its failures as plain data."""

    def __init__(self, rule: RulePlan) -> None:
        self.rule = rule
        self.evaluated = self.failed = self.unknown = self.outside = 0
        self.failures: list[Failure] = []
        self.crash: str | None = None


class _Verdict(NamedTuple):
    """For each row of a block: True passes, False fails, None unknown; `applies` alike for `where`."""

    applies: list[bool | None]
    holds: list[bool | None]


def run_plan(
    plan: Plan, frames: Frames, selected: set[str] | None = None, advance: Callable[[], None] = lambda: None
) -> list[RuleResult]:
    """The results of the selected rules (all of them by default). A rule that crashes says so and stops no other."""
    run = _Run(plan, frames)
    results = []
    for rule in plan.rules:
        if selected is None or rule.name in selected:
            results.append(run.result(rule))
            advance()
    return results


class _Run:
    """One evaluation of a plan; rules that others wait for are judged first, when they are asked for."""

    def __init__(self, plan: Plan, frames: Frames) -> None:
        self.frames = frames
        self.rules = {rule.name: rule for rule in plan.rules}
        self.interpreter = Interpreter(plan.nodes, frames, self.fails)
        self._verdicts: dict[tuple[str, int], _Verdict] = {}

    def fails(self, table: str, rule: str) -> list[bool]:
        """Which rows of a table fail a rule."""
        failing = [False] * self.frames[table].size
        for number, block in enumerate(self.rules[rule].blocks):
            if block.table == table:
                verdict = self._verdict(self.rules[rule], number, block)
                for row, (applies, holds) in enumerate(zip(verdict.applies, verdict.holds, strict=True)):
                    if applies is True and holds is False:
                        failing[row] = True
        return failing

    def _verdict(self, rule: RulePlan, number: int, block: BlockPlan) -> _Verdict:
        known = self._verdicts.get((rule.name, number))
        if known is None:
            known = self._verdicts[rule.name, number] = self._judge(block)
        return known

    def _judge(self, block: BlockPlan) -> _Verdict:
        size = self.frames[block.table].size
        applies = self._all(block.where, [True] * size)
        if applies.count(False) == size:
            return _Verdict(applies, [None] * size)
        return _Verdict(applies, self._all(block.expect, applies))

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
        operation, *operands = self.interpreter.nodes[node]
        decisive = DECISIVE.get(operands[0]) if operation == "op" else None
        if decisive is None:
            return self.interpreter.column(node)
        left = self._settled(operands[1], matters)
        if all(value is decisive for value, row in zip(left, matters, strict=True) if row is not False):
            return left
        return OPERATIONS[operands[0]](left, self._settled(operands[2], matters))

    def result(self, rule: RulePlan) -> RuleResult:
        result = RuleResult(rule)
        try:
            for number, block in enumerate(rule.blocks):
                self._count(result, block, self._verdict(rule, number, block))
        except Exception as error:
            result.crash = f"{type(error).__name__}: {error}"
            result.failures.clear()
        return result

    def _count(self, result: RuleResult, block: BlockPlan, verdict: _Verdict) -> None:
        outcomes = list(zip(verdict.applies, verdict.holds, strict=True))
        failing = [row for row, outcome in enumerate(outcomes) if outcome == (True, False)]
        judged = len(failing) + outcomes.count((True, True))
        outside = verdict.applies.count(False)
        result.evaluated += judged
        result.outside += outside
        result.unknown += len(outcomes) - judged - outside
        result.failed += len(failing)
        if failing:
            result.failures.extend(self._failures(result.rule, block, failing))

    def _failures(self, rule: RulePlan, block: BlockPlan, rows: list[int]) -> list[Failure]:
        """The failing rows as plain data, with all that depends on the row worked out."""
        column = self.interpreter.column
        frame = self.frames[block.table]
        tiers = [(severity, column(node)) for severity, node in block.tiers]
        evidence = [column(node) for node in block.evidence]
        points = [(name, column(node) if node is not None else None) for name, node in block.at]
        return [
            {
                "table": block.table,
                "row": row,
                "key": {name: frame.column(name)[row] for name in _key_columns(block.table)},
                "place": frame.places[row],
                "severity": _severity(rule.severity, tiers, row),
                "evidence": [values[row] for values in evidence],
                "rests": bool(block.evidence),
                "at": _points(points, row),
                "message": show_template(block.message, row, column),
                "help": show_template(block.help, row, column),
                "observed": show_template(block.observed, row, column) if block.observed is not None else None,
                "expected": show_template(block.expected, row, column) if block.expected is not None else None,
                "impact": self._impact(block, row),
                "together": [frame.column(name)[row] for name in block.together]
                if block.together is not None
                else None,
            }
            for row in rows
        ]

    def _impact(self, block: BlockPlan, row: int) -> tuple[float, int] | None:
        """(amount in base units, dimension) of the effect, where it can be computed and is a release."""
        if block.impact is None:
            return None
        value, dim, fixed = block.impact
        amount = self.interpreter.column(value)[row]
        dimension = fixed if dim is None else self.interpreter.column(dim)[row]
        if amount is None or dimension not in (TEQ + PER_YEAR, MASS + PER_YEAR):
            return None
        return amount, dimension


def _key_columns(table: str) -> tuple[str, ...]:
    from invlint.model.finding import KEY_MEMBERS
    from invlint.tables import TABLES

    declared = TABLES[table].columns
    return tuple(name for name in (*KEY_MEMBERS, "path", "member", "column", "text") if name in declared)


def _severity(base: str, tiers: list[tuple[str, list[Any]]], row: int) -> str:
    """The gravest severity whose condition holds; the base where none does."""
    held = [severity for severity, values in tiers if values[row] is True]
    return max(held, key=SEVERITIES.index, default=base)


def _points(points: list[tuple[str, list[Any] | None]], row: int) -> list[str]:
    """The columns to point at, the primary one first: the first without a condition or whose condition holds."""
    names = [name for name, _ in points]
    primary = next((name for name, values in points if values is None or values[row] is True), None)
    return list(dict.fromkeys([primary, *names])) if primary is not None else names
