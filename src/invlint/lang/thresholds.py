"""Rules with other thresholds than their own: the parameters of a profile or a configuration."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from invlint.errors import UsageError
from invlint.lang import tree
from invlint.lang.faults import MeaningError
from invlint.lang.lower_expression import ExpressionLowerer
from invlint.lang.lower_rule import lower_rule
from invlint.lang.parse import parse_rules, parse_value
from invlint.lang.sense import Effort, check_sense
from invlint.lang.values import Graph
from invlint.model.plan import Plan
from invlint.reference.code_lists import code_lists
from invlint.units import UnknownUnitError, parse_unit
from invlint.units.dimension import NONE, describe_dimension

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from invlint.model.plan import RulePlan
    from invlint.reference import Reference


def compile_again(
    plan: Plan, sources: list[tuple[str, str, str]], reference: Reference, thresholds: Mapping[str, Mapping[str, str]]
) -> Plan:
    """The plan with other thresholds in some rules, which alone are compiled anew.

    Raises UsageError for a rule that there is not, and for a threshold that makes no sense.
    """
    graph = Graph(plan.nodes)
    tables = {rule.name: {block.table for block in rule.blocks} for rule in plan.rules}
    changed: dict[str, RulePlan] = {}
    for name, values in thresholds.items():
        pack, rule = _written(name, sources, tables)
        try:
            lowered = lower_rule(
                with_thresholds(rule, values), ExpressionLowerer(graph, code_lists(reference), tables), pack
            )
            for block, block_plan in zip(rule.blocks, lowered.blocks, strict=True):
                check_sense(graph.nodes, block, block_plan, Effort())
        except MeaningError as error:
            told = ", ".join(f"{parameter} = {value}" for parameter, value in values.items())
            raise UsageError(f"the rule {name} makes no sense with {told}: {error}") from None
        changed[name] = lowered
    return Plan(tuple(graph.nodes), tuple(changed.get(rule.name, rule) for rule in plan.rules))


def _written(name: str, sources: list[tuple[str, str, str]], known: Iterable[str]) -> tuple[str, tree.Rule]:
    """The pack and the text of a rule. Raises UsageError with the nearest name where there is none."""
    header = re.compile(rf"^\s*rule\s+\S+\s+{re.escape(name)}\s*$", re.MULTILINE)
    written = [
        (pack, rule)
        for pack, path, text in sources
        if header.search(text)
        for rule in parse_rules(text, path)
        if rule.name == name
    ]
    if written:
        return written[0]
    near = get_close_matches(name, list(known), n=1)
    mend = f"did you mean “{near[0]}”?" if near else "`invlint rules` lists them"
    raise UsageError(f"no rule is called “{name}”: {mend}")


def with_thresholds(rule: tree.Rule, values: Mapping[str, str]) -> tree.Rule:
    """The rule with other values for some of its parameters, each written as in a rule: `5`, `5 %`, `5 ug TEQ/t`.

    Raises UsageError for a parameter that the rule does not have, and for a value of another kind.
    """
    known = {parameter.name: parameter for parameter in rule.parameters}
    for name in values:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            has = f"it has {', '.join(known)}" if known else "it has none"
            mend = f"did you mean “{near[0]}”?" if near else has
            raise UsageError(f"the rule {rule.name} has no parameter “{name}”: {mend}")
    return replace(
        rule,
        parameters=tuple(
            replace(parameter, value=_value(rule, parameter, values[parameter.name]))
            if parameter.name in values
            else parameter
            for parameter in rule.parameters
        ),
    )


def _value(rule: tree.Rule, parameter: tree.Parameter, text: str) -> tree.Expr:
    value = parse_value(text)
    own = parameter.value
    about = f"the parameter {parameter.name} of {rule.name}"
    if not isinstance(value, tree.Number) or not isinstance(own, tree.Number):
        raise UsageError(f"{about} cannot be “{text}”: it is a number, such as 5, 5 % or 5 ug TEQ/t")
    wanted, found = _dimension(own.unit), _dimension(value.unit)
    if wanted != found:
        words = f"it is {describe_dimension(wanted)}, and this is {describe_dimension(found)}"
        raise UsageError(f"{about} cannot be “{text}”: {words}")
    return replace(value, span=own.span)


def _dimension(unit: str | None) -> int:
    try:
        return parse_unit(unit).dimension if unit is not None else NONE
    except UnknownUnitError as error:
        raise UsageError(str(error)) from None
