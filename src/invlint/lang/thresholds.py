"""A rule with other thresholds than its own."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from invlint.errors import UsageError
from invlint.lang import tree
from invlint.lang.parse import parse_value
from invlint.units import UnknownUnitError, parse_unit
from invlint.units.dimension import NONE, describe_dimension

if TYPE_CHECKING:
    from collections.abc import Mapping


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
