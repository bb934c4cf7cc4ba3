"""What plugins add to the reference: chemicals, and rows of its tables."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from invlint.errors import UsageError
from invlint.plugins import offered

if TYPE_CHECKING:
    from collections.abc import Container

    from invlint.plugins import Chemical
    from invlint.reference.load import Row

TABLES = ("factors", "superseded_factors")
"""The tables of the reference that plugins can add rows to."""


def offered_chemicals(shipped: Container[str]) -> dict[str, Row]:
    """Name to row of each chemical that a plugin brings. Raises UsageError for a name that is taken."""
    return {chemical.name: _row(chemical) for _, chemical in offered("chemicals", shipped, "the chemical")}


def _row(chemical: Chemical) -> Row:
    return {
        "chemical": chemical.name,
        "name": chemical.title,
        "quantity": chemical.quantity,
        "annex_c_since": str(chemical.annex_c_since or ""),
        "in_force": chemical.in_force or "",
        "decision": chemical.decision,
        "evidence": chemical.evidence,
        "default": "no",
        "indicator": "no",
    }


def offered_files(table: str) -> list[Path]:
    """The files with more rows of a table. Raises UsageError for a table that plugins cannot add to."""
    found = []
    for plugin, more in offered("reference_tables"):
        if more.table not in TABLES:
            known = " or ".join(TABLES)
            raise UsageError(f"the plugin “{plugin}” brings rows of the table “{more.table}”: it can be {known}")
        if more.table == table:
            found.append(Path(more.path))
    return found


def digest_of(shipped: Path, table: str) -> str:
    """The SHA-256 of a table's file, with those of plugins after it."""
    digest = hashlib.sha256(shipped.read_bytes())
    for path in offered_files(table):
        digest.update(path.read_bytes())
    return digest.hexdigest()
