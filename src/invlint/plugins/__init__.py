"""Plugins add chemicals, rules, tables, readers, reports, units and functions (hook specifications on pluggy)."""

from typing import TYPE_CHECKING, Any

from invlint.plugins.active import Plugin, active, offered, switch_off, switched_off
from invlint.plugins.offers import (
    AddedColumn,
    Check,
    Chemical,
    Column,
    Function,
    Member,
    Offers,
    Reader,
    ReferenceTable,
    ReportFormat,
    Table,
    UnitWord,
    code,
)

if TYPE_CHECKING:
    import pluggy

    hookimpl: pluggy.HookimplMarker

__all__ = [
    "AddedColumn",
    "Check",
    "Chemical",
    "Column",
    "Function",
    "Member",
    "Offers",
    "Plugin",
    "Reader",
    "ReferenceTable",
    "ReportFormat",
    "Table",
    "UnitWord",
    "active",
    "code",
    "hookimpl",
    "offered",
    "switch_off",
    "switched_off",
]


def __getattr__(name: str) -> Any:
    """`hookimpl` marks the hooks of a plugin; pluggy is loaded for it alone."""
    if name != "hookimpl":
        raise AttributeError(name)
    import pluggy

    return pluggy.HookimplMarker("invlint")
