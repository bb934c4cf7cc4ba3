"""Run rules: what each judged, what failed, and what to say about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from invlint.engine.judge import Judge, PlainJudge
from invlint.engine.show import nodes_of, show_template
from invlint.model.finding import KEY_MEMBERS, SEVERITIES
from invlint.tables import TABLES
from invlint.units.dimension import MASS, PER_YEAR, TEQ

if TYPE_CHECKING:
    from collections.abc import Callable

    from invlint.model.plan import BlockPlan, Plan, RulePlan
    from invlint.tables import Frames

Failure = dict[str, Any]

MANY_ROWS = 25_000
"""Release rows from which whole columns are faster, their engine's import included.

Measured over inventories of 1,540 rows each, all rules, a fresh process each (2 cores, 2026-11), interpreter against
whole columns: 15,400 rows 0.39 s against 0.64, 24,640 rows 0.61 against 0.64, 30,800 rows 0.79 against 0.67, 40,040
rows 1.02 against 0.79.
"""


class RuleResult:
    """What a rule did: rows judged, failed, unknown, outside `where`; and its failures as plain data.

    `untestable` counts rows by why they cannot be tested.
    """

    def __init__(self, rule: RulePlan) -> None:
        self.rule = rule
        self.evaluated = self.failed = self.unknown = self.outside = 0
        self.untestable: dict[str, int] = {}
        self.failures: list[Failure] = []
        self.crash: str | None = None


def run_plan(
    plan: Plan, frames: Frames, selected: set[str] | None = None, advance: Callable[[], None] = lambda: None
) -> list[RuleResult]:
    """The results of the selected rules (all of them by default). A rule that crashes says so and stops no other."""
    judge = _judge(plan, frames)
    results = []
    for rule in plan.rules:
        if selected is None or rule.name in selected:
            results.append(run_rule(rule, judge, frames))
            advance()
    return results


def _judge(plan: Plan, frames: Frames) -> Judge:
    """The judge that is the faster one for so many rows; their results are the same."""
    if frames["releases"].size < MANY_ROWS:
        return PlainJudge(plan, frames)
    from invlint.engine.columnar.judge import ColumnarJudge
    from invlint.engine.columnar.polars_backend import PolarsBackend

    return ColumnarJudge(plan, frames, PolarsBackend())


def run_rule(rule: RulePlan, judge: Judge, frames: Frames) -> RuleResult:
    """The result of one rule."""
    result = RuleResult(rule)
    try:
        for number, block in enumerate(rule.blocks):
            judged = judge.judge(rule, number)
            result.evaluated += judged.evaluated
            result.unknown += judged.unknown
            result.outside += judged.outside
            result.failed += len(judged.failing)
            for (_, need), count in zip(block.needs, judged.untestable, strict=True):
                if count:
                    result.untestable[need] = result.untestable.get(need, 0) + count
            if judged.failing:
                result.failures.extend(_failures(rule, block, judged.failing, judge, frames))
    except Exception as error:
        result.crash = f"{type(error).__name__}: {error}"
        result.failures.clear()
    return result


def _failures(rule: RulePlan, block: BlockPlan, rows: list[int], judge: Judge, frames: Frames) -> list[Failure]:
    """The failing rows as plain data, with all that depends on the row worked out."""
    columns = {node: judge.values(node, rows) for node in sorted(_nodes_of(block))}
    frame = frames[block.table]
    key = [(name, frame.some(name, rows)) for name in _key_columns(block.table)]
    together = [frame.some(name, rows) for name in block.together] if block.together is not None else None
    return [
        {
            "table": block.table,
            "row": row,
            "key": {name: values[at] for name, values in key},
            "place": frame.places[row],
            "severity": _severity(block.severity or rule.severity, block, at, columns),
            "evidence": [columns[node][at] for node in block.evidence],
            "rests": bool(block.evidence),
            "at": _points(block, at, columns),
            "message": show_template(block.message, at, columns),
            "help": show_template(block.help, at, columns),
            "observed": show_template(block.observed, at, columns) if block.observed is not None else None,
            "expected": show_template(block.expected, at, columns) if block.expected is not None else None,
            "impact": _impact(block, at, columns),
            "together": [values[at] for values in together] if together is not None else None,
        }
        for at, row in enumerate(rows)
    ]


_MORE_OF_A_KEY = ("nfr", "path", "member", "column", "text", "rule", "id")

Columns = dict[int, list[Any]]
"""Node to its values in the failing rows."""


def _nodes_of(block: BlockPlan) -> set[int]:
    """Every node whose value is told of a failing row."""
    nodes = {node for template in (block.message, block.help, block.observed, block.expected) if template
             for node in nodes_of(template)}  # fmt: skip
    nodes.update(block.evidence)
    nodes.update(node for _, node in block.tiers)
    nodes.update(node for _, node in block.at if node is not None)
    nodes.update(node for node in (block.impact or ())[:2] if node is not None)
    return nodes


def _key_columns(table: str) -> tuple[str, ...]:
    declared = TABLES[table].columns
    return tuple(name for name in (*KEY_MEMBERS, *_MORE_OF_A_KEY) if name in declared)


def _severity(base: str, block: BlockPlan, at: int, columns: Columns) -> str:
    """The gravest severity whose condition holds; the base where none does."""
    held = [severity for severity, node in block.tiers if columns[node][at] is True]
    return max(held, key=SEVERITIES.index, default=base)


def _points(block: BlockPlan, at: int, columns: Columns) -> list[str]:
    """The columns to point at, the primary one first: the first without a condition or whose condition holds."""
    names = [name for name, _ in block.at]
    primary = next((name for name, node in block.at if node is None or columns[node][at] is True), None)
    return list(dict.fromkeys([primary, *names])) if primary is not None else names


def _impact(block: BlockPlan, at: int, columns: Columns) -> tuple[float, int] | None:
    """(amount in base units, dimension) of the effect, where it can be computed and is a release."""
    if block.impact is None:
        return None
    value, dim, fixed = block.impact
    amount = columns[value][at]
    dimension = fixed if dim is None else columns[dim][at]
    if amount is None or dimension not in (TEQ + PER_YEAR, MASS + PER_YEAR):
        return None
    return amount, dimension
