"""What changed between two reports, and between two submissions."""

# Annotations are not deferred here: each of a NamedTuple would be compiled from its text at every start.

from typing import NamedTuple

from invlint.model.finding import SEVERITIES, Finding


class Changed(NamedTuple):
    """A finding that both reports have, and that is graver or milder, was seen with another value, or is set aside in
    one of them alone.
    """

    old: Finding
    new: Finding

    @property
    def is_worse(self) -> bool:
        """Whether it counts now and did not, or is graver."""
        graver = SEVERITIES.index(self.new.severity) > SEVERITIES.index(self.old.severity)
        return self.new.counts and (graver or not self.old.counts)


class Unverifiable(NamedTuple):
    """A finding of the old report of which the new one cannot say whether it is resolved, and why."""

    finding: Finding
    why: str


class Blinded(NamedTuple):
    """A rule that judged in the old report and cannot in the new one, and why."""

    rule: str
    code: str
    why: str


class Amount(NamedTuple):
    """What a submission says of a release: its sum in the unit of the recalculation, None where it has no figure.

    `computed` says that activity x factor is in it, `lower_bound` that something lacks, `keys` are the notation keys.
    """

    value: float | None
    computed: bool = False
    lower_bound: bool = False
    keys: tuple[str, ...] = ()


class Recalculation(NamedTuple):
    """A release that two submissions put differently for the same year; sites and kinds of residue are added up.

    `difference` and `percent` are None where one side has no figure, `percent` also where the old one is zero.
    `reason` is what the new submission declares, None where it declares nothing.
    """

    party: str
    year: int
    class_id: str
    chemical: str
    vector: str
    unit: str
    old: Amount
    new: Amount
    difference: float | None
    percent: float | None
    reason: str | None


class Recalculations(NamedTuple):
    """The recalculated releases of the years that both submissions have, and how many both put alike.

    `added` and `dropped` are the (Party, year) that only the new or only the old submission has. `notes` say what else
    of the years differs, so that the figures may not be comparable.
    """

    changed: tuple[Recalculation, ...]
    alike: int
    added: tuple[tuple[str, int], ...]
    dropped: tuple[tuple[str, int], ...]
    notes: tuple[str, ...] = ()


class Comparison(NamedTuple):
    """What changed from an old report to a new one.

    `unlike` says what else differs between the two checks, so that findings may come and go without a change of the
    inventory. `recalculations` are there where the inventories themselves were compared.
    """

    old: str
    new: str
    added: tuple[Finding, ...]
    resolved: tuple[Finding, ...]
    persisting: tuple[Finding, ...]
    changed: tuple[Changed, ...]
    unverifiable: tuple[Unverifiable, ...]
    blinded: tuple[Blinded, ...]
    unlike: tuple[str, ...] = ()
    recalculations: Recalculations | None = None
