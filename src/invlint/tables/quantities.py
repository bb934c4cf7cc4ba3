"""Every reported number with a unit as one long table."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from invlint.tables.amounts import Amount, activity_kind, add_amounts, copy_amounts
from invlint.tables.frame import Frame, RowPlace
from invlint.units import nearest_unit
from invlint.units.dimension import NONE, exponents

if TYPE_CHECKING:
    from typing import Any

    from invlint.reference import Reference

_ABOUT = (
    "party", "year", "edition", "teq_scheme", "group", "category", "class", "site", "chemical", "vector",
    "residue_kind", "annex_c",
)  # fmt: skip
_REPORTED = (
    ("entries", "activity", "activity"),
    ("releases", "factor", "factor"),
    ("releases", "release", "release"),
    ("totals", "value", "total"),
    ("recalculations", "effect", "effect"),
)


def quantities_frame(made: dict[str, Frame], reference: Reference) -> Frame:
    """Every reported number with a unit; a release's own activity counts as an activity."""
    table = _Table()
    for name, column, what in _REPORTED:
        frame = made[name]
        table.take(frame, column, what, copy_amounts(frame, column), None)
    releases, entries = made["releases"], made["entries"]
    shared = dict(zip(entries.places, copy_amounts(entries, "activity"), strict=True))
    activities = copy_amounts(releases, "activity")
    own = [
        row
        for row, (place, amount) in enumerate(zip(releases.places, activities, strict=True))
        if amount is not shared.get(place[:3]) and amount != shared.get(place[:3])
    ]
    table.take(releases, "activity", "activity", activities, own)
    return table.frame(reference)


class _Table:
    """The long table while it is filled."""

    def __init__(self) -> None:
        self.columns: dict[str, list[Any]] = {name: [] for name in (*_ABOUT, "what")}
        self.amounts: list[Amount] = []
        self.places: list[RowPlace] = []

    def take(self, frame: Frame, column: str, what: str, amounts: list[Amount], rows: list[int] | None) -> None:
        """Take a quantity column; `rows` are those wanted, None for all. Rows without number and unit are left."""
        kept = [
            row
            for row in (rows if rows is not None else range(frame.size))
            if amounts[row][2] is not None or amounts[row][3] is not None
        ]
        for name in _ABOUT:
            values = frame.column(name)
            self.columns[name].extend([values[row] for row in kept])
        self.columns["what"].extend([what] * len(kept))
        self.amounts.extend([amounts[row] for row in kept])
        mark = f"{frame.name}.{column}"
        self.places.extend([(*frame.places[row], mark) for row in kept])

    def frame(self, reference: Reference) -> Frame:
        """The finished frame."""
        columns = self.columns
        add_amounts(columns, "amount", self.amounts)
        columns["number"] = columns["amount.value"]
        columns["unit"] = columns["amount.unit"]
        dimensions, whats = columns["amount.dim"], columns["what"]
        columns["nearest_unit"] = [
            nearest_unit(unit) if unit is not None and dimension is None else None
            for unit, dimension in zip(columns["unit"], dimensions, strict=True)
        ]
        columns["activity_kind"] = [
            activity_kind(dimension) if what == "activity" else None
            for dimension, what in zip(dimensions, whats, strict=True)
        ]
        columns["measure"] = [_measure(dimension, what) for dimension, what in zip(dimensions, whats, strict=True)]
        stated = {chemical: row["quantity"] for chemical, row in reference.chemicals.items()}
        columns["stated_as"] = [stated.get(chemical) for chemical in columns["chemical"]]
        return Frame("quantities", len(self.amounts), columns, self.places)


@lru_cache(maxsize=256)
def _measure(dimension: int | None, what: str) -> str | None:
    """TEQ or mass for a factor, release or total; None where the unit says neither."""
    if dimension is None or what == "activity":
        return None
    parts = exponents(dimension)
    if parts.get("TEQ", 0) > 0:
        return "TEQ"
    if "TEQ" in parts:
        return None
    if what == "factor":
        return "mass" if dimension == NONE or parts.get("mass", 0) > 0 else None
    return "mass" if parts.get("mass", 0) > 0 else None
