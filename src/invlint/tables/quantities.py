"""Every reported number with a unit as one long table."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from invlint.tables.amounts import activity_kind
from invlint.tables.frame import Frame, Taken
from invlint.units import nearest_unit
from invlint.units.dimension import NONE, exponents

if TYPE_CHECKING:
    from collections.abc import Callable

    from invlint.reference import Reference
    from invlint.tables.frame import RowPlace

_ABOUT = (
    "party", "year", "edition", "teq_scheme", "group", "category", "class", "site", "chemical", "vector",
    "residue_kind", "annex_c", "nfr",
)  # fmt: skip
_REPORTED = (
    ("entries", "activity", "activity"),
    ("releases", "factor", "factor"),
    ("releases", "release", "release"),
    ("totals", "value", "total"),
    ("recalculations", "effect", "effect"),
)


def quantities_frame(made: dict[str, Frame], reference: Reference, submission: str = "") -> Frame:
    """Every reported number with a unit; a release's own activity counts as an activity.

    `submission` stands before the names of the frames that are gathered: those of now, or of the earlier submission.
    """
    entries, releases = made[f"{submission}entries"], made[f"{submission}releases"]
    reported = [(made[submission + name], column, what) for name, column, what in _REPORTED]
    parts = [_Part(frame, column, what, _stated(frame, column)) for frame, column, what in reported]
    parts.append(_Part(releases, "activity", "activity", _own_activities(releases, entries)))
    columns = {"what": [part.what for part in parts for _ in part.rows]}

    def places() -> list[RowPlace]:
        return [(*part.frame.places[row], cell) for part in parts for cell in (part.cell,) for row in part.rows]

    def make(name: str) -> list[Any] | None:
        return _COMPUTED[name](frame, reference) if name in _COMPUTED else None

    def take(name: str) -> tuple[Taken, ...] | None:
        if name in _ABOUT:
            return tuple(Taken(part.frame, name, part.rows) for part in parts)
        base, _, suffix = _WRITTEN.get(name, name).partition(".")
        if base != "amount" or suffix not in ("", "dim", "value", "unit"):
            return None
        return tuple(
            Taken(part.frame, f"{part.column}.{suffix}" if suffix else part.column, part.rows) for part in parts
        )

    frame = Frame(f"{submission}quantities", len(columns["what"]), columns, places, make, take)
    return frame


class _Part(NamedTuple):
    """The rows of a reported table that have a number or a unit in one of its columns."""

    frame: Frame
    column: str
    what: str
    rows: list[int]

    @property
    def cell(self) -> str:
        """Where a number of the column stands, as `table.column`; documents are alike in every submission."""
        return f"{self.frame.name.rpartition('.')[2]}.{self.column}"


def _stated(frame: Frame, column: str) -> list[int]:
    written = zip(frame.column(f"{column}.value"), frame.column(f"{column}.unit"), strict=True)
    return [row for row, (value, unit) in enumerate(written) if value is not None or unit is not None]


def _own_activities(releases: Frame, entries: Frame) -> list[int]:
    """The releases whose activity is not that of the entry they stand in."""
    shared = dict(zip(entries.places, _written_activities(entries), strict=True))
    written = _written_activities(releases)
    return [row for row in _stated(releases, "activity") if written[row] != shared.get(releases.places[row][:3])]


def _written_activities(frame: Frame) -> list[tuple[Any, Any]]:
    return list(zip(frame.column("activity.value"), frame.column("activity.unit"), strict=True))


_WRITTEN = {"number": "amount.value", "unit": "amount.unit"}


def _nearest_units(frame: Frame, _reference: Reference) -> list[str | None]:
    return [
        nearest_unit(unit) if unit is not None and dimension is None else None
        for unit, dimension in zip(frame.column("unit"), frame.column("amount.dim"), strict=True)
    ]


def _activity_kinds(frame: Frame, _reference: Reference) -> list[str | None]:
    return [
        activity_kind(dimension) if what == "activity" else None
        for dimension, what in zip(frame.column("amount.dim"), frame.column("what"), strict=True)
    ]


def _measures(frame: Frame, _reference: Reference) -> list[str | None]:
    return list(map(_measure, frame.column("amount.dim"), frame.column("what")))


def _stated_as(frame: Frame, reference: Reference) -> list[str | None]:
    stated = {chemical: row["quantity"] for chemical, row in reference.chemicals.items()}
    return list(map(stated.get, frame.column("chemical")))


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


_COMPUTED: dict[str, Callable[[Frame, Reference], list[Any]]] = {
    "nearest_unit": _nearest_units,
    "activity_kind": _activity_kinds,
    "measure": _measures,
    "stated_as": _stated_as,
}
