"""A finding: one fault of one key, with its places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

SEVERITIES = ("info", "warning", "error", "blocker")
"""From the mildest to the gravest."""

KEY_MEMBERS = (
    "party",
    "year",
    "group",
    "category",
    "class",
    "site",
    "chemical",
    "vector",
    "residue_kind",
    "annex_c",
)
"""What a finding can be about, in the order of the report (contract)."""


@dataclass(frozen=True, slots=True)
class Place:
    """A symbolic place: a file, a document in it and a JSON pointer. Made concrete only for findings."""

    path: str
    document: int | None = None
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class Location:
    """A place a person can go to. `line` and `column` count from 1; `cell` is `Sheet!D17`."""

    role: str
    path: str
    line: int | None = None
    column: int | None = None
    cell: str | None = None
    pointer: str | None = None


@dataclass(frozen=True, slots=True)
class Impact:
    """The effect of a fault. `share` is the part of the inventory's total of that chemical, 0 to 1 or more."""

    value: float
    unit: str
    share: float | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of one key (contract: see `invlint.render.report_json`)."""

    id: str
    code: str
    rule: str
    severity: str
    key: dict[str, Any]
    message: str
    help: str
    cause: str | None = None
    evidence: str | None = None
    observed: str | None = None
    expected: str | None = None
    impact: Impact | None = None
    locations: tuple[Location, ...] = ()
