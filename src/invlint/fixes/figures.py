"""Figures that follow from others: a release from activity and factor, a total from its parts.

A figure is put right only where the rule about it fails, and safely only where both inputs are cited. What could be a
slip of the unit is left to a person, because nobody can tell which of the figures is wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from invlint.fixes.edit import Edit
from invlint.units import UnknownUnitError, parse_unit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from invlint.tables import Frame, Frames

PRODUCT, TOTAL = "release-not-product", "total-mismatch"
"""The rules whose failures are mended."""

_DIGITS = 6


def figure_edits(frames: Frames, failing: Callable[[str], Sequence[tuple[str, int]]]) -> list[tuple[int, Edit]]:
    """(number of the document in the run, edit) of each figure that follows from others.

    `failing` gives the (table, row) of each failure of a rule. Totals are mended where no product is wrong any more.
    """
    products = [row for table, row in failing(PRODUCT) if table == "releases"]
    if products:
        return [edit for row in products if (edit := _product(frames["releases"], row)) is not None]
    totals = [row for table, row in failing(TOTAL) if table == "totals"]
    return [edit for row in totals if (edit := _total(frames, row)) is not None]


def _product(releases: Frame, row: int) -> tuple[int, Edit] | None:
    activity, factor = releases.column("activity")[row], releases.column("factor")[row]
    if activity is None or factor is None:
        return None
    unit = releases.column("release.unit")[row]
    document, inventory, entry, release = releases.places[row]
    pointer = f"/inventories/{inventory}/entries/{entry}/releases/{release}/release/value"
    why = "the release is activity x factor"
    before = releases.column("release.value")[row]
    return _edit(document, pointer, before, activity * factor, unit, why, safe=_is_cited(releases, row))


def _is_cited(releases: Frame, row: int) -> bool:
    """Whether both the activity and the factor say where they come from; the Toolkit is a source."""
    factor = releases.column("origin")[row] == "toolkit" or releases.column("factor_source")[row] is not None
    return factor and releases.column("activity_source")[row] is not None


def _total(frames: Frames, row: int) -> tuple[int, Edit] | None:
    """The total of releases; one of totals, or over parts that are not all reported, is left alone."""
    totals, releases = frames["totals"], frames["releases"]
    parts = [at for at in range(releases.size) if _is_part(totals, row, releases, at)]
    amounts = [releases.column("release")[at] for at in parts]
    if not parts or any(amount is None and releases.column("key")[at] not in ("NO", "NA")
                        for amount, at in zip(amounts, parts, strict=True)):  # fmt: skip
        return None
    document, inventory, total = totals.places[row]
    pointer = f"/inventories/{inventory}/totals/{total}/value"
    amount = sum(one for one in amounts if one is not None)
    cited = all(_is_cited(releases, at) for at in parts if releases.column("release")[at] is not None)
    unit, before = totals.column("value.unit")[row], totals.column("value.value")[row]
    return _edit(document, pointer, before, amount, unit, "the total is the sum of its parts", safe=cited)


def _is_part(totals: Frame, row: int, releases: Frame, at: int) -> bool:
    same = ("party", "year", "chemical")
    if totals.column("annex_c")[row] is not None or totals.column("nfr")[row] is not None:
        return False
    if any(totals.column(name)[row] != releases.column(name)[at] for name in same):
        return False
    asked = {name: totals.column(name)[row] for name in ("group", "category", "vector")}
    return all(code is None or releases.column(name)[at] == code for name, code in asked.items())


def _edit(
    document: int, pointer: str, before: Any, amount: float, unit: str | None, why: str, *, safe: bool
) -> tuple[int, Edit] | None:
    """The edit that puts an amount in base units there in the unit as written."""
    try:
        parsed = parse_unit(unit or "")
    except UnknownUnitError:
        return None
    if before is None:
        return None
    after = float(f"{amount / parsed.scale:.{_DIGITS}g}")
    return (document, Edit(0, pointer, before, after, why, safe)) if after != before else None
