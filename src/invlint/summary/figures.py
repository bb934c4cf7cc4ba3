"""What a summary is made of: sums that know what they lack, lines of tables, changes, key categories.

Amounts are in the unit that the summary of the chemical names: g TEQ/a or kg/a.
"""

from __future__ import annotations

from typing import NamedTuple


class Sum(NamedTuple):
    """The sum of some releases; `value` is None where there is nothing to add.

    `figures` is how many releases it adds, `computed` how many of these are activity x factor. `gaps` are sources not
    estimated, included elsewhere, confidential or without a figure; `unsummed` are rows that could not be added. `keys`
    are the notation keys met.
    """

    value: float | None = None
    figures: int = 0
    computed: int = 0
    gaps: int = 0
    unsummed: int = 0
    keys: tuple[str, ...] = ()

    @property
    def is_lower_bound(self) -> bool:
        """Whether something that belongs to the sum is not in it."""
        return bool(self.gaps or self.unsummed)

    @property
    def says_amount(self) -> bool:
        """Whether there is a figure in it or one lacks; what does not occur says nothing of amounts."""
        return self.value is not None or self.is_lower_bound


class Line(NamedTuple):
    """A line of a table: a source by its id, the sum of each vector in the order of the code list, and of all.

    `why` says why the crosswalk leaves the line open; None where it does not.
    """

    id: str | None
    name: str
    vectors: tuple[Sum, ...]
    total: Sum
    why: str | None = None


class KeyCategory(NamedTuple):
    """A key category with its share of the total and the cumulative share, 0 to 1."""

    category: str | None
    name: str
    total: Sum
    share: float
    cumulative: float


class ReportedTotal(NamedTuple):
    """A total as reported beside the sum computed here.

    `of` is group, category, annex_c, nfr or total, and `id` which of them. `vector` is None for all of them together.
    `verdict` is agrees, differs, above (a sum that is a lower bound) or open (not comparable, `why` says so).
    """

    of: str
    id: str | None
    vector: str | None
    value: float | None
    key: str | None
    computed: Sum | None
    verdict: str
    why: str | None = None


class Unsummed(NamedTuple):
    """A row that could not be added, where it stands, and why."""

    party: str | None
    year: int | None
    chemical: str | None
    what: str
    path: str
    place: str
    problem: str


class ChemicalSummary(NamedTuple):
    """The releases of one chemical in one reference year of a Party.

    `per_person` is in `person_unit` per person and year. `not_ranked` are sources without any figure that could be key
    categories all the same. `gaps` counts the gaps of the total by notation key, None where there is no key.
    `notes` are sentences on what was left out or taken as it stands.
    """

    chemical: str
    name: str
    unit: str
    groups: tuple[Line, ...]
    categories: tuple[Line, ...]
    annex_c: tuple[Line, ...]
    total: Line
    per_person: float | None
    person_unit: str
    key_categories: tuple[KeyCategory, ...]
    not_ranked: tuple[str, ...]
    reported: tuple[ReportedTotal, ...]
    gaps: tuple[tuple[str | None, int], ...]
    notes: tuple[str, ...]


class YearSummary(NamedTuple):
    """One reference year of a Party. `scope` lists the sources and vectors that it covers alone, if it says so."""

    party: str
    year: int
    edition: str | None
    teq_scheme: str | None
    population: float | None
    scope: tuple[str, ...]
    chemicals: tuple[ChemicalSummary, ...]


class Change(NamedTuple):
    """The change of a source group, or of the total where `group` is None, from one reference year to the next.

    `difference` and `percent` are None where a year has no figure; `percent` also where the earlier one is zero.
    """

    group: str | None
    name: str
    before: Sum
    after: Sum
    difference: float | None
    percent: float | None


class Trend(NamedTuple):
    """The changes of one chemical between two reference years of a Party; `notes` say what hampers the comparison."""

    party: str
    chemical: str
    unit: str
    before: int
    after: int
    changes: tuple[Change, ...]
    notes: tuple[str, ...]


class Doubt(NamedTuple):
    """A place of a file that is not of the form of an inventory, so that what stands there may not be in any sum."""

    path: str
    place: str
    problem: str


class Summary(NamedTuple):
    """The summary of all inventories read.

    `unread` are files that could not be, each with the reason; `notes` say how a file was read; `passed_over` are files
    of folders that are of no kind that invlint reads.
    """

    years: tuple[YearSummary, ...]
    trends: tuple[Trend, ...]
    unsummed: tuple[Unsummed, ...]
    doubts: tuple[Doubt, ...]
    unread: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str], ...] = ()
    passed_over: tuple[str, ...] = ()
