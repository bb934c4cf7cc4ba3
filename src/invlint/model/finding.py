"""A finding: one fault of one key, with its places."""

# Annotations are not deferred here: each of a NamedTuple would be compiled from its text at every start.

from typing import Any, NamedTuple

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


class Location(NamedTuple):
    """A place a person can go to. `line` and `column` count from 1; `cell` is `Sheet!D17`."""

    role: str
    path: str
    line: int | None = None
    column: int | None = None
    cell: str | None = None
    pointer: str | None = None


class Impact(NamedTuple):
    """The effect of a fault. `share` is the part of the inventory's total of that chemical, 0 to 1 or more."""

    value: float
    unit: str
    share: float | None


class Waived(NamedTuple):
    """How a finding is explained: why, by whom, and until which day (ISO date, inclusive; None: for good).

    `honoured` says that the explanation is accepted and the finding does not count. One that a submitter gives for
    findings of its own is told and not honoured where the check is somebody else's.
    """

    reason: str
    by: str | None = None
    until: str | None = None
    honoured: bool = True


class Finding(NamedTuple):
    """One fault of one key (contract: see `invlint.render.report_json`).

    `waived` is how it is explained, `baselined` says that the baseline has it. Neither hides a finding.
    """

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
    waived: Waived | None = None
    baselined: bool = False

    @property
    def counts(self) -> bool:
        """Whether it counts in totals and for the exit status: it is neither waived nor in the baseline."""
        return not self.baselined and not (self.waived is not None and self.waived.honoured)


class Remedy(NamedTuple):
    """The smallest change found that resolves several findings at once: of what, what to change, where, and their ids.

    `about` is the Party, the year and the class.
    """

    about: str
    change: str
    location: Location
    resolves: tuple[str, ...]
