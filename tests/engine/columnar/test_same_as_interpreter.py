"""On random tables and plans the engines give what the interpreter gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engines import duckdb_backend, polars_backend
from hypothesis import HealthCheck, given, settings
from plans import FLAG, LITERALS, NUMBER, OPERANDS, TEXT, WHOLE, Draft, block_plan, frames, plans, rule_plan

from invlint.engine.columnar.judge import ColumnarJudge
from invlint.engine.judge import PlainJudge
from invlint.model.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from invlint.engine.columnar.backends import Backend
    from invlint.tables.build import Frames

_ALIKE = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
MANY = settings(_ALIKE, max_examples=60)
FEW = settings(_ALIKE, max_examples=5)
VERY_FEW = settings(_ALIKE, max_examples=1)


def _compare(plan: Plan, tables: Frames, backend: Backend) -> None:
    """The verdicts of each block, and the values of every node over its rows in the rows that fail."""
    plain, columnar = PlainJudge(plan, tables), ColumnarJudge(plan, tables, backend)
    for rule in plan.rules:
        for number, block in enumerate(rule.blocks):
            judged = plain.judge(rule, number)
            assert columnar.judge(rule, number) == judged
            for node in _over(plan, block.rows):
                expected, found = plain.values(node, judged.failing), columnar.values(node, judged.failing)
                assert found == expected, plan.nodes[node]


def _over(plan: Plan, rows: int) -> list[int]:
    """The nodes that have a value for each row."""
    at = {"reduce": 2, "window": 2, "column": 1, "literal": 1, "lookup": 1, "fails": 1}
    found: list[int] = []
    for number, node in enumerate(plan.nodes):
        of = node[at[node[0]]] if node[0] in at else None
        if node[0] == "reduce_pairs":
            of = plan.nodes[node[2]][1]
        if of == rows or (node[0] == "op" and node[2] in found):
            found.append(number)
    return found


def _every_operation() -> Plan:
    """Each operation on columns, on what other operations gave, with a literal, and on nothing but literals."""
    draft = Draft(lambda _: None)
    rows = draft.table("releases")
    first = {kind: numbers[0] for kind, numbers in draft.of[rows].items()}
    last = {kind: numbers[-1] for kind, numbers in draft.of[rows].items()}
    fixed = {kind: draft.add(("literal", rows, values[-1]), kind, rows) for kind, values in LITERALS.items()}
    bare = dict(fixed)
    made = bare | {NUMBER: draft.add(("op", "multiply", bare[NUMBER], bare[NUMBER]), NUMBER, rows)}
    fixed[NUMBER] = draft.add(("op", "divide", last[NUMBER], fixed[NUMBER]), NUMBER, rows)
    for name, (wanted, result) in OPERANDS.items():
        for kinds in _kinds(wanted):
            for chosen in ((first, last, fixed), (last, fixed, first), (fixed, last, first), (bare, made, made)):
                operands = (of[kind] for of, kind in zip(chosen, kinds, strict=False))
                draft.add(("op", name, *operands), kinds[-1] if result == "last" else result, rows)
    failing = draft.add(("literal", rows, False), FLAG, rows)
    passing = draft.add(("op", "same", first[TEXT], first[TEXT]), FLAG, rows)
    blocks = (block_plan("releases", rows, (), (failing,)), block_plan("releases", rows, (passing,), (failing,)))
    return Plan(tuple(draft.nodes), (rule_plan("rule", *blocks),))


def _kinds(wanted: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The kinds that operands may have together."""
    return list(
        dict.fromkeys(
            tuple(kind if word in ("any", "alike") else word for word in wanted) for kind in (TEXT, NUMBER, WHOLE, FLAG)
        )
    )


EVERY_OPERATION = _every_operation()


@given(tables=frames(12))
@FEW
def test_each_operation_gives_the_same_on_polars(tables: Frames) -> None:
    _compare(EVERY_OPERATION, tables, polars_backend())


@given(tables=frames(12))
@VERY_FEW
def test_each_operation_gives_the_same_on_duckdb(tables: Frames) -> None:
    _compare(EVERY_OPERATION, tables, duckdb_backend())


@given(plan=plans(), tables=frames())
@MANY
def test_plans_give_the_same_on_polars(plan: Plan, tables: Frames) -> None:
    _compare(plan, tables, polars_backend())


@given(plan=plans(), tables=frames())
@FEW
def test_plans_give_the_same_on_duckdb(plan: Plan, tables: Frames) -> None:
    _compare(plan, tables, duckdb_backend())


@given(plan=plans(), tables=frames())
@FEW
@pytest.mark.parametrize("backend", [polars_backend, duckdb_backend])
def test_pairs_of_a_few_rows_at_a_time_give_the_same(
    backend: Callable[[], Backend], plan: Plan, tables: Frames
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("invlint.engine.columnar.lowering._MOST", 2)
        _compare(plan, tables, backend())


@given(plan=plans(), tables=frames())
@FEW
def test_keys_too_many_for_one_number_give_the_same(plan: Plan, tables: Frames) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("invlint.engine.columnar.keys._LARGEST", 8)
        _compare(plan, tables, polars_backend())
