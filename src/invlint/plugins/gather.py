"""Ask installed plugins for what they offer, hook by hook; one that fails is named, and the others go on."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import pluggy

from invlint.plugins import hookspecs
from invlint.plugins.installed import GROUP
from invlint.plugins.offers import (
    FUNCTION_KINDS,
    LEVELS,
    AddedColumn,
    Check,
    Chemical,
    Function,
    Member,
    Offers,
    Reader,
    ReferenceTable,
    ReportFormat,
    Table,
    UnitWord,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from invlint.plugins.installed import Installed

GIVES: dict[str, tuple[str, type]] = {
    "invlint_chemicals": ("chemicals", Chemical),
    "invlint_reference_tables": ("reference_tables", ReferenceTable),
    "invlint_rules": ("rules", str),
    "invlint_tables": ("tables", Table),
    "invlint_columns": ("columns", AddedColumn),
    "invlint_checks": ("checks", Check),
    "invlint_members": ("members", Member),
    "invlint_readers": ("readers", Reader),
    "invlint_reports": ("reports", ReportFormat),
    "invlint_unit_words": ("unit_words", UnitWord),
    "invlint_functions": ("functions", Function),
}
"""Hook to the part of the offers that it fills, and what it gives."""

_CODE = ("make", "judge", "read", "recognises", "renderer", "compute")


class Gathered(NamedTuple):
    """What a plugin offers, and what went wrong when it was asked: (hook, or `load`; problem)."""

    offers: Offers
    troubles: tuple[tuple[str, str], ...]


def gather(plugin: Installed) -> Gathered:
    """The offers of a plugin; what it could not give is left out, and said."""
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(hookspecs)
    try:
        manager.register(import_module(plugin.module), plugin.name)
    except Exception as error:
        return Gathered(Offers(), (("load", _said(error)),))
    troubles = _unknown_hooks(plugin.module)
    parts: dict[str, tuple[Any, ...]] = {}
    for hook, (part, kind) in GIVES.items():
        for implementation in getattr(manager.hook, hook).get_hookimpls():
            try:
                parts[part] = tuple(_offer(given, kind) for given in _listed(implementation.function))
            except Exception as error:
                troubles.append((hook, _said(error)))
    return Gathered(Offers(**parts), tuple(troubles))


def _listed(hook: Callable[[], Iterable[Any]]) -> Iterable[Any]:
    given = hook()
    if isinstance(given, (str, bytes)) or hasattr(given, "_fields") or not hasattr(given, "__iter__"):
        raise TypeError(f"the hook gives {type(given).__name__}, and a list of things is wanted")
    return given


def _offer(given: Any, kind: type) -> Any:
    """What was given, of the right kind and with its code by name. Raises TypeError and ValueError."""
    if kind is str:
        return str(given)
    if not isinstance(given, kind):
        raise TypeError(f"the hook gives a {type(given).__name__} where a {kind.__name__} is wanted")
    if isinstance(given, Member) and given.level not in LEVELS:
        raise ValueError(f"{given.name}: there is no level “{given.level}”; it can be {', '.join(LEVELS)}")
    if isinstance(given, Function) and not {*given.takes, given.gives} <= set(FUNCTION_KINDS):
        raise ValueError(f"{given.name}: a function can take and give {', '.join(FUNCTION_KINDS)}, nothing else")
    fields = given._asdict()  # type: ignore[attr-defined]
    named = {field: _named(fields[field]) for field in _CODE if callable(fields.get(field))}
    return given._replace(**named) if named else given  # type: ignore[attr-defined]


def _named(function: Callable[..., Any]) -> str:
    """The name by which a function is loaded again."""
    name = f"{function.__module__}:{function.__qualname__}"
    if getattr(sys.modules.get(function.__module__), function.__qualname__, None) is not function:
        raise ValueError(f"{name} is no function at the top of a module, and cannot be loaded by its name")
    return name


def _unknown_hooks(module: str) -> list[tuple[str, str]]:
    """Functions that are marked as hooks, and are none."""
    found = []
    for name, member in vars(sys.modules[module]).items():
        if getattr(member, f"{GROUP}_impl", None) is not None and name not in GIVES:
            near = get_close_matches(name, GIVES, n=1)
            found.append((name, f"there is no such hook{f': did you mean {near[0]}?' if near else ''}"))
    return found


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
