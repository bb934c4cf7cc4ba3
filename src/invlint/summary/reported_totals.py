"""Totals as reported beside the sums computed from releases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invlint.reference.code_lists import VECTORS
from invlint.summary.figures import ReportedTotal, Sum
from invlint.units import describe_dimension

if TYPE_CHECKING:
    from collections.abc import Sequence

    from invlint.summary.figures import Line
    from invlint.tables import Frame
    from invlint.units import Dimension

AGREES, DIFFERS, ABOVE, OPEN = "agrees", "differs", "above", "open"
_EPS = 1e-9
"""What conversions of units and the order of adding make of a sum, relative to it."""


class Lines:
    """The lines that totals of a chemical can be about, by what they are of."""

    def __init__(
        self, groups: Sequence[Line], categories: Sequence[Line], annex_c: Sequence[Line], total: Line
    ) -> None:
        self._by_id: dict[str, dict[str | None, Line]] = {
            "group": {line.id: line for line in groups},
            "category": {line.id: line for line in categories},
            "annex_c": {_folded(line.id): line for line in annex_c if line.why is None},
            "total": {None: total},
        }
        self._open = [line for line in annex_c if line.why is not None]

    def sum_of(self, of: str, id_: str | None, vector: str | None) -> Sum | None:
        """The sum of a line and vector, empty where nothing is said of it; None where there are no such lines."""
        lines = self._by_id.get(of)
        if lines is None:
            return None
        line = lines.get(_folded(id_) if of == "annex_c" else id_)
        return _cell(line, vector) if line is not None else Sum()

    def has_open(self, id_: str | None, vector: str | None) -> bool:
        """Whether anything that the crosswalk leaves open may belong to a line of Annex C."""
        cells = (_cell(line, vector) for line in self._open if line.id is None or _folded(line.id) == _folded(id_))
        return any(cell.value is not None or cell.is_lower_bound for cell in cells)


def reported_totals(
    totals: Frame, rows: Sequence[int], lines: Lines, scale: float, wanted: Dimension
) -> tuple[ReportedTotal, ...]:
    """The reported totals in some rows of the frame; `scale` takes base units to the unit of the summary."""
    column = {name: totals.column(name) for name in _COLUMNS}
    found = []
    for row in rows:
        of, id_ = _about(*(column[name][row] for name in ("group", "category", "annex_c", "nfr")))
        vector = column["vector"][row]
        value, dimension, half = (column[name][row] for name in ("value", "value.dim", "value.half"))
        computed = lines.sum_of(of, id_, vector)
        if value is not None and dimension == wanted:
            shown = value * scale
            verdict, why = _verdict(shown, half * scale, computed)
            if of == "annex_c" and verdict != AGREES and lines.has_open(id_, vector):
                verdict, why = OPEN, "the crosswalk leaves open what belongs to this line"
        else:
            shown, verdict = None, OPEN
            why = _no_value(column["value.value"][row], column["value.unit"][row], dimension, wanted)
        found.append(ReportedTotal(of, id_, vector, shown, column["key"][row], computed, verdict, why))
    return tuple(found)


_COLUMNS = (
    "group", "category", "annex_c", "nfr", "vector", "key", "value", "value.dim", "value.half", "value.value",
    "value.unit",
)  # fmt: skip


def _about(group: int | None, category: str | None, annex_c: str | None, nfr: str | None) -> tuple[str, str | None]:
    """What a total is of, the narrowest first."""
    if nfr is not None:
        return "nfr", nfr
    if annex_c is not None:
        return "annex_c", annex_c
    if category is not None:
        return "category", category
    return ("group", str(group)) if group is not None else ("total", None)


def _folded(id_: str | None) -> str | None:
    return "".join(id_.split()).casefold() if id_ is not None else None


def _cell(line: Line, vector: str | None) -> Sum:
    return line.total if vector is None else line.vectors[VECTORS.index(vector)]


def _verdict(value: float, half: float, computed: Sum | None) -> tuple[str, str | None]:
    """Equal within half the last digit as reported; above a lower bound nothing can be said."""
    if computed is None:
        return OPEN, "totals by NFR code are not computed"
    if computed.value is None:
        return OPEN, "there are no releases to compare it with"
    if abs(value - computed.value) <= half + _EPS * max(abs(value), abs(computed.value)):
        return AGREES, None
    return (ABOVE, None) if computed.is_lower_bound and value > computed.value else (DIFFERS, None)


def _no_value(number: float | None, unit: str | None, dimension: Dimension | None, wanted: Dimension) -> str:
    if number is None:
        return "it has no figure"
    if unit is None:
        return "it has no unit, or what it is of is not known"
    if dimension is None:
        return f"its unit “{unit}” is not known"
    return f"its unit “{unit}” is {describe_dimension(dimension)}, and {describe_dimension(wanted)} is wanted"
