"""What a table of the user changes in the reference, cell by cell, and what of it cannot be taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from invlint.reference.editions import CURRENT_EDITION
from invlint.reference.overlay import divided_otherwise, says_the_same
from invlint.units import UnknownUnitError, nearest_unit, parse_unit
from invlint.units.dimension import MASS, TEQ, VOLUME, Dimension, describe_dimension

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from invlint.reference.load import FactorRow, Reference
    from invlint.reference.own import Cell, OwnFactor

_MOST_VALUES = 4


class FactorLine(NamedTuple):
    """A factor with its place in the user's table."""

    where: str
    factor: OwnFactor


class Refused(NamedTuple):
    """A line or cell that is not taken: its place, and what is wrong with it."""

    where: str
    problem: str


class CellChange(NamedTuple):
    """A cell of the table beside the shipped one, which is None where the shipped reference has no such cell."""

    where: str
    new: OwnFactor
    old: FactorRow | None


class Changes(NamedTuple):
    """All that a table does: cells with another value, cells that were not there, equal cells, and what is refused.

    `left_out` are shipped residues, with their edition, that the table divides into other kinds.
    """

    changed: tuple[CellChange, ...]
    added: tuple[CellChange, ...]
    equal: tuple[CellChange, ...]
    left_out: tuple[tuple[str, FactorRow], ...]
    refused: tuple[Refused, ...]

    @property
    def taken(self) -> tuple[OwnFactor, ...]:
        """The factors that become the own edition: equal ones too, because they are now seen."""
        return tuple(one.new for one in (*self.changed, *self.added, *self.equal))


def changes_of(lines: Sequence[FactorLine], shipped: Reference) -> Changes:
    """Hold the lines of a table against the shipped reference."""
    refused: list[Refused] = []
    editions = sorted({line.factor.edition for line in lines})
    rows = {edition: shipped.factors_of(edition) for edition in editions}
    known = {(edition, *row[:4]): row for edition in editions for row in rows[edition]}
    changed: list[CellChange] = []
    added: list[CellChange] = []
    equal: list[CellChange] = []
    for line in _once(_convertible(lines, known, shipped, refused), shipped, refused):
        old = known.get(line.factor.cell)
        change = CellChange(line.where, line.factor, old)
        if old is None:
            added.append(change)
        else:
            (equal if says_the_same(line.factor, old) else changed).append(change)
    taken = [one.new for one in (*changed, *added, *equal)]
    left_out = [
        (edition, row)
        for edition in editions
        for row in divided_otherwise(rows[edition], [one for one in taken if one.edition == edition])
    ]
    return Changes(tuple(changed), tuple(added), tuple(equal), tuple(left_out), tuple(refused))


def cell_text(cell: Cell, reference: Reference) -> str:
    """A cell in words: `1c.2 residue (fly ash)`, `1c.2 CHEMICAL air, 2005`; what is usual is left out."""
    edition, class_id, chemical, vector, kind = cell
    of = "" if chemical == reference.default_chemical else f" {chemical}"
    when = "" if edition == CURRENT_EDITION else f", {edition}"
    return f"{class_id}{of} {vector}{f' ({kind})' if kind else ''}{when}"


def _convertible(
    lines: Iterable[FactorLine], known: dict[Cell, FactorRow], shipped: Reference, refused: list[Refused]
) -> list[FactorLine]:
    """The lines whose unit is known and measures what the cell does."""
    taken = []
    for line in lines:
        problem = _unit_problem(line.factor, known.get(line.factor.cell), shipped)
        if problem is None:
            taken.append(line)
        else:
            refused.append(Refused(line.where, f"{cell_text(line.factor.cell, shipped)}: {problem}"))
    return taken


def _unit_problem(factor: OwnFactor, old: FactorRow | None, shipped: Reference) -> str | None:
    if factor.unit is None:
        return None
    try:
        dimension = parse_unit(factor.unit).dimension
    except UnknownUnitError as error:
        near = nearest_unit(factor.unit)
        return f"{error}" + (f": did you mean {near}?" if near else "")
    if old is not None and old[5] is not None:
        if parse_unit(old[5]).dimension != dimension:
            return f"“{factor.unit}” cannot be converted to {old[5]}, in which the shipped reference has this factor"
        return None
    possible = _possible(factor, shipped)
    if dimension in possible:
        return None
    if not possible:
        return f"the Toolkit has no unit of activity for {factor.class_id}, and so no factor"
    measured = " or ".join(describe_dimension(one) for one in possible)
    return f"“{factor.unit}” is {describe_dimension(dimension)}, and a factor of this cell is {measured}"


def _possible(factor: OwnFactor, shipped: Reference) -> list[Dimension]:
    """What a factor can measure: release per activity, and that of a residue or water per amount of it."""
    activity = shipped.classes[factor.class_id]["activity_unit"]
    if not activity:
        return []
    measure = TEQ if shipped.chemicals[factor.chemical]["quantity"] == "TEQ" else MASS
    below = [parse_unit(activity).dimension]
    below += {"residue": [MASS], "water": [VOLUME]}.get(factor.vector, [])
    return list(dict.fromkeys(measure - one for one in below))


def _once(lines: list[FactorLine], shipped: Reference, refused: list[Refused]) -> list[FactorLine]:
    """Each cell once. One that stands there with different values is refused: none of them is to be chosen."""
    by_cell: dict[Cell, list[FactorLine]] = {}
    for line in lines:
        by_cell.setdefault(line.factor.cell, []).append(line)
    taken = []
    for same in by_cell.values():
        first = same[0]
        if all(_alike(first.factor, other.factor) for other in same[1:]):
            taken.append(first)
            continue
        said = ", ".join(f"{_amount(line.factor)} ({line.where})" for line in same[:_MOST_VALUES])
        more = f" and {len(same) - _MOST_VALUES} more" if len(same) > _MOST_VALUES else ""
        problem = f"{cell_text(first.factor.cell, shipped)} stands there more than once: {said}{more}: keep one"
        refused.append(Refused(first.where, problem))
    return taken


def _alike(one: OwnFactor, other: OwnFactor) -> bool:
    row = (*other.cell[1:], other.number, other.unit, other.code, "seen", None, None)
    return says_the_same(one, row)


def _amount(factor: OwnFactor) -> str:
    return factor.code or f"{factor.value} {factor.unit}"
