"""Load the reference tables that ship with invlint, with the user's own factors where they keep an own edition.

Every value keeps the `evidence` of the file: `seen` (read in the source), `compiled` (put together without sight
of the printed table) or `doubtful`. NA (vector not expected) and ND (no factor available) stay codes: a factor
under a code has no value.
"""

from __future__ import annotations

import csv
import re
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from invlint.errors import UsageError
from invlint.model.report import UsedReference
from invlint.reference.class_ids import ClassIds
from invlint.reference.editions import CURRENT_EDITION, EDITIONS, OTHER_CODES_IN_2005
from invlint.reference.offered import digest_of, offered_chemicals, offered_files
from invlint.reference.own import OwnEdition, OwnFactor, damaged, own_edition

if TYPE_CHECKING:
    from collections.abc import Sequence

_DATA = Path(__file__).parent / "data"

EVIDENCE = ("seen", "compiled", "doubtful")
"""From the firmest to the weakest."""

Row = dict[str, str]
FactorRow = tuple[str, str, str, str | None, float | None, str | None, str | None, str, str | None, str | None]
"""class, chemical, vector, residue kind, value, unit, code (NA, ND), evidence, source, note."""


class AnnexCLine(NamedTuple):
    """A line of Annex C: its name as `II.a`, its title, the classes taken out of it, and what it depends on."""

    name: str
    title: str
    excluded: frozenset[str]
    condition: str | None


class Reference:
    """The tables of a folder as read, and the look-ups that the other rooms need.

    `own` is the user's own edition, whose factors stand in the place of those of the folder.
    """

    def __init__(self, folder: Path, own: OwnEdition | None = None) -> None:
        self.folder = folder
        self.own = own
        self.groups = {int(row["group"]): row["name"] for row in _rows(folder / "groups.csv")}
        self.categories = {row["category"]: row for row in _rows(folder / "categories.csv")}
        self.classes = {row["class"]: row for row in _rows(folder / "classes.csv")}
        chemicals = {row["chemical"]: row for row in _rows(folder / "chemicals.csv")}
        self.chemicals = chemicals | offered_chemicals(chemicals)
        self.countries = {row["alpha_3"]: row for row in _rows(folder / "countries.csv")}
        self._shipped_factors = tuple(self._factors_of(folder / "factors.csv"))
        self.factors = tuple(self._with_own(self._shipped_factors, CURRENT_EDITION))

    @cached_property
    def used(self) -> UsedReference:
        """What a report says of the factors."""
        if self.own is not None:
            return UsedReference("own", self.own.sha256, self.own.source)
        return UsedReference("shipped", digest_of(self.folder / "factors.csv", "factors"))

    def _factors_of(self, shipped: Path) -> list[FactorRow]:
        """The shipped factors and those of plugins. Raises UsageError for a plugin's factor of a cell that is there."""
        factors = {row[:4]: row for row in _factors(shipped)}
        for path in offered_files("factors"):
            for row in _factors(path):
                if row[:4] in factors or row[0] not in self.classes or row[1] not in self.chemicals:
                    cell = " ".join(part for part in row[:4] if part)
                    what = "is there already" if row[:4] in factors else "has a class or chemical that is not known"
                    raise UsageError(f"a plugin brings a factor of {cell}, and that {what} ({path.name})")
                factors[row[:4]] = row
        return list(factors.values())

    @cached_property
    def superseded(self) -> tuple[Row, ...]:
        """Default factors of an edition that the current one replaced."""
        files = [self.folder / "superseded_factors.csv", *offered_files("superseded_factors")]
        rows = tuple(row for file in files for row in _rows(file))
        own = self._own_of("2005")
        if not own:
            return rows
        from invlint.reference.overlay import with_own_superseded

        return with_own_superseded(rows, own, self.factors)

    def _own_of(self, edition: str) -> list[OwnFactor]:
        return [factor for factor in self.own.factors if factor.edition == edition] if self.own else []

    def _with_own(self, rows: Sequence[FactorRow], edition: str) -> Sequence[FactorRow]:
        own = self._own_of(edition)
        if not own:
            return rows
        from invlint.reference.overlay import with_own_factors

        known = self.rows_of(edition)
        strange = next((one for one in own if one.class_id not in known or one.chemical not in self.chemicals), None)
        if strange is not None:
            raise damaged(f"this version of invlint knows no {strange.class_id} or {strange.chemical} in {edition}")
        return with_own_factors(rows, own)

    @cached_property
    def annex_c(self) -> tuple[Row, ...]:
        """The crosswalk from categories to the lines of Annex C and to NFR codes."""
        return tuple(_rows(self.folder / "annex_c.csv"))

    @cached_property
    def annex_c_lines(self) -> dict[str, AnnexCLine]:
        """Category to the line of Annex C that it comes under; categories under none are left out."""
        return {
            row["category"]: AnnexCLine(
                f"{row['annex_c_part']}.{row['annex_c_item']}",
                row["annex_c_name"],
                frozenset(row["classes_excluded"].split(";")) - {""},
                row["condition"] or None,
            )
            for row in self.annex_c
            if row["annex_c_part"] != "none"
        }

    def annex_c_line(self, text: str) -> AnnexCLine | None:
        """The line of Annex C that the text names: `II.d(i)`, `II d (i)` and `Part II (d)(i)` alike."""
        return self._annex_c_by_letters.get(_letters_of_line(text))

    @cached_property
    def _annex_c_by_letters(self) -> dict[str, AnnexCLine]:
        return {_letters_of_line(line.name): line for line in self.annex_c_lines.values()}

    @cached_property
    def double_counting(self) -> tuple[Row, ...]:
        """Pairs of categories in which one activity is easily counted twice."""
        return tuple(_rows(self.folder / "double_counting.csv"))

    @cached_property
    def phased_out(self) -> dict[str, str]:
        """Class to the technology that the experts of the Convention name as phased out."""
        return {row["class"]: row["technology"] for row in _rows(self.folder / "phased_out.csv")}

    @cached_property
    def default_chemical(self) -> str:
        """The chemical that a release without one is about."""
        return next(name for name, row in self.chemicals.items() if row["default"] == "yes")

    @cached_property
    def chemical_spellings(self) -> dict[str, str]:
        """Other names under which chemicals go, to the name they have here."""
        return {row["spelling"]: row["chemical"] for row in _rows(self.folder / "chemical_spellings.csv")}

    @cached_property
    def chemical_words(self) -> dict[str, list[str]]:
        """Chemical to the words by which heads of tables call it, in small letters without signs."""
        found: dict[str, list[str]] = {}
        for row in _rows(self.folder / "chemical_words.csv"):
            found.setdefault(row["chemical"], []).append(row["words"])
        return found

    @cached_property
    def class_ids(self) -> ClassIds:
        return ClassIds((*self.classes, *self.categories))

    def category_of(self, class_id: str) -> str:
        return self.classes[class_id]["category"]

    def group_of(self, category: str) -> int:
        return int(self.categories[category]["group"])

    @cached_property
    def annex_c_part(self) -> dict[str, str]:
        """Category to the part of Annex C that names it (II wins over III); conditional lines count."""
        parts: dict[str, str] = {}
        for row in self.annex_c:
            if row["annex_c_part"] == "none":
                continue
            if parts.get(row["category"]) != "II":
                parts[row["category"]] = row["annex_c_part"]
        return parts

    @cached_property
    def new_classes(self) -> frozenset[str]:
        """Classes that the edition before the current one did not have."""
        return frozenset(row[0] for row in self._shipped_factors if row[9] and "class new in 2013" in row[9])

    def classes_of(self, edition: str) -> tuple[str, ...]:
        """The class ids of an edition; empty where its class list is not known."""
        if edition == CURRENT_EDITION:
            return tuple(self.classes)
        if edition == "2005":
            return tuple(class_id for class_id in self.rows_of(edition) if class_id not in self.new_classes)
        return ()

    def categories_of(self, edition: str) -> tuple[str, ...]:
        """The category ids of an edition; empty where they are not known."""
        if edition == CURRENT_EDITION:
            return tuple(self.categories)
        if edition == "2005":
            return tuple(category for category in self.categories if category not in OTHER_CODES_IN_2005)
        return ()

    def defaults_of(self, edition: str) -> tuple[FactorRow, ...]:
        """The default factors of an edition, with an undivided residue where only its kinds are given."""
        known = self._defaults_by_edition.get(edition)
        if known is None:
            known = tuple(with_undivided_residue(self.factors_of(edition)))
            self._defaults_by_edition[edition] = known
        return known

    @cached_property
    def _defaults_by_edition(self) -> dict[str, tuple[FactorRow, ...]]:
        return {}

    def rows_of(self, edition: str) -> dict[str, Row]:
        """The class rows whose meaning holds in an edition, those included that it did not yet have."""
        if edition == CURRENT_EDITION:
            return self.classes
        if edition != "2005":
            return {}
        return {key: row for key, row in self.classes.items() if row["category"] not in OTHER_CODES_IN_2005}

    def factors_of(self, edition: str) -> list[FactorRow]:
        """The factors of an edition as its table gives them; empty where no table is at hand."""
        if edition == CURRENT_EDITION:
            return list(self.factors)
        if edition != "2005":
            return []
        older = {
            (row["class"], row["chemical"], row["vector"]): row for row in self.superseded if row["edition"] == edition
        }
        known = self.rows_of(edition)
        return list(self._with_own([_as_of_2005(row, older) for row in self.factors if row[0] in known], edition))


def _as_of_2005(row: FactorRow, older: dict[tuple[str, str, str], Row]) -> FactorRow:
    """A 2013 cell as it is taken to have been in 2005: the superseded value, or the same value as doubtful."""
    class_id, chemical, vector, kind, value, unit, code, _, source, note = row
    before = older.get((class_id, chemical, vector)) if kind is None else None
    if before is None:
        return (class_id, chemical, vector, kind, value, unit, code, "doubtful", source, note)
    number = float(before["value"])
    return (class_id, chemical, vector, kind, number, before["unit"], None, before["evidence"], None, None)


def with_undivided_residue(factors: tuple[FactorRow, ...] | list[FactorRow]) -> list[FactorRow]:
    """The factors and, where a residue is given by kinds alone, its undivided sum.

    A kind under NA adds nothing; a kind under ND leaves the sum without a value (ND). The sum is as weak as its
    weakest part.
    """
    kinds: dict[tuple[str, str], list[FactorRow]] = {}
    whole: set[tuple[str, str]] = set()
    for row in factors:
        if row[2] == "residue":
            if row[3] is None:
                whole.add((row[0], row[1]))
            else:
                kinds.setdefault((row[0], row[1]), []).append(row)
    sums = [_undivided(parts) for key, parts in kinds.items() if key not in whole]
    return [*factors, *sums]


def _undivided(parts: list[FactorRow]) -> FactorRow:
    class_id, chemical = parts[0][:2]
    values = [row for row in parts if row[4] is not None]
    evidence = max((row[7] for row in parts), key=EVIDENCE.index)
    note = "the sum of " + ", ".join(str(row[3]) for row in parts)
    unit = values[0][5] if values else None
    amounts = [_in_unit(row, unit) for row in values]
    if any(row[6] == "ND" for row in parts) or None in amounts:
        return (class_id, chemical, "residue", None, None, None, "ND", evidence, None, note)
    if not values:
        return (class_id, chemical, "residue", None, None, None, "NA", evidence, None, note)
    total = sum(amount for amount in amounts if amount is not None)
    if len(values) == 1:
        evidence = values[0][7]
    return (class_id, chemical, "residue", None, total, unit, None, evidence, None, note)


def _in_unit(row: FactorRow, unit: str | None) -> float | None:
    """The value of a factor in another unit, or None where it cannot be converted."""
    if row[5] == unit or row[4] is None or row[5] is None or unit is None:
        return row[4]
    from invlint.reference.amounts import in_unit

    return in_unit(row[4], row[5], unit)


@lru_cache(maxsize=1)
def shipped_reference() -> Reference:
    """The reference that ships with invlint, read once, whatever the user keeps."""
    return Reference(_DATA)


def _letters_of_line(text: str) -> str:
    return re.sub(r"annex\s*c\b|\bpart\b|[^a-z]+", "", text.lower())


def load_reference() -> Reference:
    """The reference with the user's own edition where they keep one.

    Raises OwnReferenceError when the own edition is not whole.
    """
    own = own_edition()
    return shipped_reference() if own is None else _with_own_edition(own)


@lru_cache(maxsize=1)
def _with_own_edition(own: OwnEdition) -> Reference:
    return Reference(_DATA, own)


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        head = next(reader)
        return [dict(zip(head, row, strict=True)) for row in reader]


def _factors(path: Path) -> list[FactorRow]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        return [
            (
                class_id,
                chemical,
                vector,
                kind or None,
                float(value) if value else None,
                unit or None,
                code or None,
                evidence,
                source or None,
                note or None,
            )
            for class_id, chemical, vector, kind, value, code, unit, _edition, evidence, source, note in reader
        ]


__all__ = [
    "EDITIONS",
    "EVIDENCE",
    "FactorRow",
    "Reference",
    "load_reference",
    "shipped_reference",
    "with_undivided_residue",
]
