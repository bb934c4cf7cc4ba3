"""The columns of the calculation form: the Toolkit's own, then those that say where its figures come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from invlint.reference.code_lists import VECTORS

if TYPE_CHECKING:
    from collections.abc import Iterable

FACTORS, ACTIVITY, RELEASES = "Emission factor", "Activity", "Annual release"
SOURCE, NO_FIGURE, NOTES = "Source", "Where there is no figure", "Notes"
FACTORS_FROM, ACTIVITY_FROM, CHANGE = "Emission factor: where from", "Activity: where from", "Technology change"


class Column(NamedTuple):
    """A column: its name, the head over it and the one over its neighbours too, and its width in characters."""

    name: str
    head: str
    over: str
    width: int


class Cell(NamedTuple):
    """Where a release goes to: a vector, and the kind of residue where it is divided."""

    vector: str
    residue_kind: str | None = None

    @property
    def factor(self) -> str:
        """The name of its column of factors."""
        return f"factor:{self.vector}:{self.residue_kind or ''}"

    @property
    def release(self) -> str:
        """The name of its column of releases."""
        return f"release:{self.vector}:{self.residue_kind or ''}"

    @property
    def head(self) -> str:
        return self.vector.capitalize() if self.residue_kind is None else f"Residue: {self.residue_kind}"


def cells_of(residue_kinds: Iterable[str]) -> tuple[Cell, ...]:
    """The five vectors, and behind the undivided residue its kinds."""
    return (*map(Cell, VECTORS), *(Cell("residue", kind) for kind in residue_kinds))


def form_columns(cells: Iterable[Cell]) -> tuple[Column, ...]:
    """The columns of a sheet of the form, in the order of the Toolkit's: class, factors, activity, releases."""
    return (
        Column("class", "Class", SOURCE, 16),
        Column("name", "Source category and class", SOURCE, 56),
        Column("site", "Site", SOURCE, 14),
        *(Column(cell.factor, cell.head, FACTORS, 10) for cell in cells),
        Column("factor_unit", "Factor unit", FACTORS, 16),
        Column("activity", "Annual activity", ACTIVITY, 15),
        Column("activity_unit", "Activity unit", ACTIVITY, 13),
        Column("conversion", "Conversion", ACTIVITY, 12),
        *(Column(cell.release, cell.head, RELEASES, 11) for cell in cells),
        Column("release_unit", "Release unit", RELEASES, 12),
        Column("key", "Notation key", NO_FIGURE, 9),
        Column("reason", "Reason", NO_FIGURE, 34),
        Column("included_in", "Included in", NO_FIGURE, 12),
        Column("activity_source", "Activity source", ACTIVITY_FROM, 34),
        Column("activity_year", "Activity year", ACTIVITY_FROM, 9),
        Column("activity_confidence", "Activity confidence", ACTIVITY_FROM, 12),
        Column("share", "Share of the category", ACTIVITY_FROM, 12),
        Column("origin", "Factor origin", FACTORS_FROM, 11),
        Column("factor_source", "Factor source", FACTORS_FROM, 34),
        Column("factor_confidence", "Factor confidence", FACTORS_FROM, 12),
        Column("evidence", "Evidence of the defaults", FACTORS_FROM, 46),
        Column("technology_change_year", "Year of the change", CHANGE, 10),
        Column("technology_change_reason", "What changed", CHANGE, 24),
        Column("notes", "Notes", NOTES, 30),
        Column("release_notes", "Notes on the releases", NOTES, 30),
    )


TOTAL_COLUMNS = (
    Column("name", "Total of", "Total", 60),
    Column("group", "Source group", "Total", 9),
    Column("category", "Category", "Total", 10),
    Column("annex_c", "Annex C", "Total", 10),
    Column("nfr", "NFR", "Total", 10),
    Column("chemical", "Chemical", "Total", 12),
    *(Column(Cell(vector).release, vector.capitalize(), RELEASES, 12) for vector in VECTORS),
    Column("release", "All vectors", RELEASES, 12),
    Column("release_unit", "Release unit", RELEASES, 12),
)
"""The columns of the sheet of totals, as in the table of Article 15 reporting."""

RECALCULATION_COLUMNS = (
    Column("year", "Year", "", 8),
    Column("group", "Group", "", 8),
    Column("category", "Category", "", 10),
    Column("class", "Class", "", 14),
    Column("chemical", "Chemical", "", 12),
    Column("vector", "Vector", "", 10),
    Column("reason", "Reason", "", 44),
    Column("effect", "Effect", "", 12),
    Column("effect_unit", "Effect unit", "", 12),
    Column("notes", "Notes", "", 40),
)
