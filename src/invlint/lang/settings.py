"""Rules with other severities and thresholds than their own, for all rows or for some: what a configuration sets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from invlint.errors import UsageError
from invlint.lang import tree
from invlint.lang.faults import MeaningError, unknown
from invlint.lang.lower_expression import ExpressionLowerer
from invlint.lang.lower_rule import lower_rule
from invlint.lang.parse import parse_condition, parse_rules
from invlint.lang.scope import RowRef, Scope, column_of
from invlint.lang.sense import Effort, check_sense
from invlint.lang.thresholds import with_thresholds
from invlint.lang.values import Graph
from invlint.model.finding import KEY_MEMBERS
from invlint.model.plan import BlockPlan, Plan, RulePlan
from invlint.reference.code_lists import code_lists
from invlint.tables.declared import TABLES
from invlint.tables.within import within_column

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from invlint.model.settings import RuleSetting
    from invlint.reference import Reference

Sources = list[tuple[str, str, str]]

_TEXTS = ("site", "residue_kind", "annex_c")
_COMPARISONS = (tree.Compare, tree.Between, tree.InSet, tree.IsMissing)


class _Case(NamedTuple):
    """The settings that hold together where a condition is fulfilled, in files that globs fit."""

    where: str
    paths: tuple[str, ...]
    settings: tuple[RuleSetting, ...]

    @property
    def severity(self) -> str | None:
        """The severity that was set last."""
        return next((one.value for one in reversed(self.settings) if one.parameter is None), None)

    @property
    def parameters(self) -> dict[str, RuleSetting]:
        return {one.parameter: one for one in self.settings if one.parameter is not None}


def set_rules(plan: Plan, sources: Sources, reference: Reference, settings: Sequence[RuleSetting]) -> Plan:
    """The plan with other severities and thresholds in some rules, which alone are compiled anew.

    Each setting names a rule of the plan. A row is judged by the last case that fits it, over what is set for all rows.
    Raises UsageError for a threshold or a condition that makes no sense, with where it is set.
    """
    graph = Graph(plan.nodes)
    changed: dict[str, RulePlan] = {}
    tables = {rule.name: {block.table for block in rule.blocks} for rule in plan.rules}
    for rule in plan.rules:
        own = [setting for setting in settings if setting.rule == rule.name]
        if own:
            compiler = _Compiler(graph, reference, rule, sources, tables)
            changed[rule.name] = compiler.with_settings(_Case("", (), tuple(_general(own))), _cases(own))
    return Plan(tuple(graph.nodes), tuple(changed.get(rule.name, rule) for rule in plan.rules))


def _general(settings: Sequence[RuleSetting]) -> Iterator[RuleSetting]:
    return (one for one in settings if not (one.where or one.paths))


def _cases(settings: Sequence[RuleSetting]) -> list[_Case]:
    """The cases for some rows, the last that was set first."""
    cases: dict[tuple[str, tuple[str, ...]], list[RuleSetting]] = {}
    for one in settings:
        if one.where or one.paths:
            cases.setdefault((one.where, one.paths), []).append(one)
    return [_Case(*about, tuple(own)) for about, own in reversed(cases.items())]


class _Compiler:
    """Compiles one rule with other settings into the graph of a plan."""

    def __init__(
        self, graph: Graph, reference: Reference, rule: RulePlan, sources: Sources, tables: dict[str, set[str]]
    ) -> None:
        self._graph = graph
        self._reference = reference
        self._rule = rule
        self._sources = sources
        self._tables = tables

    def with_settings(self, general: _Case, cases: list[_Case]) -> RulePlan:
        """The rule with what is set for all rows, and for each case blocks of its own for the rows that it is for."""
        base = self._set(self._with_thresholds(general.parameters), general.severity)
        open_rows: list[tuple[int, ...]] = [()] * len(base.blocks)
        blocks: list[BlockPlan] = []
        for case in cases:
            other = self._set(self._with_thresholds(general.parameters | case.parameters), general.severity)
            conditions = [self._condition(case, block.table) for block in base.blocks]
            if all(condition is None for condition in conditions) and not all(one.of_many for one in case.settings):
                raise UsageError(f"{case.settings[0].origin}: {_fits_nothing(case.where, base)}")
            for number, (block, condition) in enumerate(zip(other.blocks, conditions, strict=True)):
                if condition is not None:
                    where = (condition, *open_rows[number], *block.where)
                    blocks.append(_severe(block._replace(where=where), case.severity))
                    open_rows[number] += (self._otherwise(condition),)
        rest = (block._replace(where=(*left, *block.where)) for block, left in zip(base.blocks, open_rows, strict=True))
        return base._replace(blocks=(*rest, *blocks))

    def _set(self, rule: RulePlan, severity: str | None) -> RulePlan:
        return rule._replace(blocks=tuple(_severe(block, severity) for block in rule.blocks))

    def _with_thresholds(self, parameters: dict[str, RuleSetting]) -> RulePlan:
        if not parameters:
            return self._rule
        pack, rule = _written(self._rule.name, self._sources)
        values = {name: one.value for name, one in parameters.items()}
        origin = next(reversed(parameters.values())).origin
        try:
            lowered = lower_rule(with_thresholds(rule, values), self._lowerer(), pack)
            for block, block_plan in zip(rule.blocks, lowered.blocks, strict=True):
                check_sense(self._graph.nodes, block, block_plan, Effort())
        except MeaningError as error:
            told = ", ".join(f"{parameter} = {value}" for parameter, value in values.items())
            raise UsageError(f"{origin}: the rule {rule.name} makes no sense with {told}: {error}") from None
        except UsageError as error:
            raise UsageError(f"{origin}: {error}") from None
        return lowered

    def _lowerer(self) -> ExpressionLowerer:
        return ExpressionLowerer(self._graph, code_lists(self._reference), self._tables)

    def _condition(self, case: _Case, table: str) -> int | None:
        """The condition of a case on the rows of a table; None where the table lacks a member that it names."""
        rows = self._graph.emit("rows", table)
        within = self._graph.emit("column", rows, within_column(case.paths)) if case.paths else None
        if not case.where:
            return within
        origin = case.settings[0].origin
        try:
            expr = parse_condition(case.where)
            members = _members(expr)
            if not members <= TABLES[table].columns.keys():
                return None
            scope = Scope(rows, table, inner=RowRef(table, column_of(self._graph, rows)))
            condition = self._lowerer().condition(expr, scope)
        except MeaningError as error:
            hint = f" ({error.hint})" if error.hint else ""
            raise UsageError(f"{origin}: the condition “{case.where}” makes no sense: {error}{hint}") from None
        except UsageError as error:
            raise UsageError(f"{origin}: {error}") from None
        return condition if within is None else self._graph.op("and", within, condition)

    def _otherwise(self, condition: int) -> int:
        """That a condition does not hold, or cannot be known to hold."""
        return self._graph.op("or", self._graph.op("is_missing", condition), self._graph.op("not", condition))


def _fits_nothing(where: str, rule: RulePlan) -> str:
    columns = {column for block in rule.blocks for column in TABLES[block.table].columns}
    has = ", ".join(name for name in KEY_MEMBERS if name in columns)
    return f"“{where}” fits no finding of {rule.name}, which are told apart by {has}"


def _severe(block: BlockPlan, severity: str | None) -> BlockPlan:
    return block if severity is None else block._replace(severity=severity, tiers=())


def _written(name: str, sources: Sources) -> tuple[str, tree.Rule]:
    """The pack and the text of a rule."""
    header = re.compile(rf"^\s*rule\s+\S+\s+{re.escape(name)}\s*$", re.MULTILINE)
    return next(
        (pack, rule)
        for pack, path, text in sources
        if header.search(text)
        for rule in parse_rules(text, path)
        if rule.name == name
    )


def _members(expr: tree.Expr) -> set[str]:
    """The members of a key that a condition names. Raises MeaningError for anything else that is compared."""
    if isinstance(expr, tree.Binary) and expr.operator in ("and", "or"):
        return _members(expr.left) | _members(expr.right)
    if isinstance(expr, tree.Unary) and expr.operator == "not":
        return _members(expr.operand)
    compared = expr.left if isinstance(expr, tree.Compare) else getattr(expr, "value", None)
    if not isinstance(expr, _COMPARISONS) or not isinstance(compared, tree.Word):
        raise MeaningError("it compares members of a finding's key, as in category = 6a and year < 1995", expr.span)
    if compared.name not in KEY_MEMBERS:
        raise unknown("member of a finding's key", compared.name, KEY_MEMBERS, compared.span)
    if compared.name in _TEXTS and isinstance(expr, tree.Compare) and isinstance(expr.right, tree.Word):
        message = f'a text stands between quotation marks: {compared.name} = "{expr.right.name}"'
        raise MeaningError(message, expr.right.span)
    return {compared.name}
