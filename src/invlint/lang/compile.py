"""Rules to one plan: names and codes are unique, yields go round no circle, every rule makes sense."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invlint.errors import RuleFault, RuleFileError
from invlint.lang import tree
from invlint.lang.faults import MeaningError
from invlint.lang.lower_expression import ExpressionLowerer
from invlint.lang.lower_rule import lower_rule, seen_by
from invlint.lang.parse import parse_rules
from invlint.lang.sense import Effort, check_sense
from invlint.lang.values import Graph
from invlint.model.plan import Plan
from invlint.reference.code_lists import code_lists

if TYPE_CHECKING:
    from invlint.lang.seen import Seen
    from invlint.model.plan import RulePlan
    from invlint.reference import Reference

_NOTHING = Plan((), ())


class ClashError(Exception):
    """A rule has the name or code of one that was compiled before; compiled together they tell in which file."""


def compile_rules(sources: list[tuple[str, str, str]], reference: Reference, begun: Plan = _NOTHING) -> Plan:
    """The plan of the rules in some files, each given as (pack, path, text).

    `begun` is the plan of rules that come before these; no file of theirs is parsed again.
    Raises RuleFileError with every fault of every file, and ClashError for a name that `begun` has.
    """
    return _compile(sources, reference, set(), begun)[0]


def compile_to_show(
    sources: list[tuple[str, str, str]], reference: Reference, shown: set[str]
) -> tuple[Plan, dict[str, tuple[Seen, ...]]]:
    """The plan of the rules, and for each block of the rules `shown` what it speaks of."""
    return _compile(sources, reference, shown)


def _compile(
    sources: list[tuple[str, str, str]], reference: Reference, shown: set[str], begun: Plan = _NOTHING
) -> tuple[Plan, dict[str, tuple[Seen, ...]]]:
    faults: list[RuleFault] = []
    parsed: list[tuple[str, str, str, tree.Rule]] = []
    for pack, path, text in sources:
        try:
            parsed.extend((pack, path, text, rule) for rule in parse_rules(text, path))
        except RuleFileError as error:
            faults.extend(error.faults)
    if faults:
        raise RuleFileError(faults)
    taken = {word for rule in begun.rules for word in (rule.name, rule.code)}
    if any(word in taken for *_, rule in parsed for word in (rule.name, rule.code)):
        raise ClashError
    faults.extend(_clashes(parsed))
    rules: list[RulePlan | tree.Rule] = [*begun.rules, *(rule for *_, rule in parsed)]
    tables = {rule.name: {block.table for block in rule.blocks} for rule in rules}
    graph = Graph(begun.nodes)
    plans = list(begun.rules)
    seen: dict[str, tuple[Seen, ...]] = {}
    effort = Effort()
    for pack, path, text, rule in _in_order_of_speaking(parsed, faults):
        lowerer = ExpressionLowerer(graph, code_lists(reference), tables)
        try:
            plan = lower_rule(rule, lowerer, pack)
            for block, block_plan in zip(rule.blocks, plan.blocks, strict=True):
                check_sense(graph.nodes, block, block_plan, effort)
            plans.append(plan)
            if rule.name in shown:
                seen[rule.name] = seen_by(rule, lowerer)
        except MeaningError as error:
            faults.append(_fault(str(error), path, text, error.span, error.hint))
    if faults:
        raise RuleFileError(faults)
    return Plan(tuple(graph.nodes), tuple(plans)), seen


def _fault(message: str, path: str, text: str, span: tree.Span, hint: str = "") -> RuleFault:
    return RuleFault(message, path=path, text=text, line=span.line, column=span.column, width=span.width, hint=hint)


Parsed = list[tuple[str, str, str, tree.Rule]]


def _clashes(parsed: Parsed) -> list[RuleFault]:
    """Two rules of one name or one code."""
    faults = []
    seen: dict[str, str] = {}
    for _, path, text, rule in parsed:
        for word in (rule.name, rule.code):
            if word in seen:
                message = f"“{word}” stands for another rule already, in {seen[word]}"
                faults.append(_fault(message, path, text, rule.span, "give this rule another name and code"))
            seen.setdefault(word, path)
    return faults


def _in_order_of_speaking(parsed: Parsed, faults: list[RuleFault]) -> Parsed:
    """Rules in the order given; a rule that speaks before another must not wait for it in turn."""
    mentioned = {rule.name: _mentioned(rule) for *_, rule in parsed}
    for _, path, text, rule in parsed:
        if rule.name in _waits_for(rule.name, mentioned):
            message = f"{rule.name} waits for a rule that waits for it"
            faults.append(_fault(message, path, text, rule.span, "let one of them speak first"))
    return parsed


def _waits_for(rule: str, mentioned: dict[str, set[str]]) -> set[str]:
    """Every rule whose result must be known before this one can be judged."""
    found: set[str] = set()
    open_rules = [rule]
    while open_rules:
        for name in mentioned[open_rules.pop()] - found:
            if name in mentioned:
                found.add(name)
                open_rules.append(name)
    return found


def _mentioned(rule: tree.Rule) -> set[str]:
    names = {name for name, _ in rule.yields}
    stack: list[object] = [rule.blocks]
    while stack:
        item = stack.pop()
        if isinstance(item, tuple):
            stack.extend(item)
        elif isinstance(item, tree.Fails):
            names.add(item.rule)
        elif hasattr(item, "__dataclass_fields__"):
            stack.extend(getattr(item, name) for name in item.__dataclass_fields__)
    return names
