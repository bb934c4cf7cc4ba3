"""The user's own factors in the place of the shipped ones, cell by cell; every other cell stays as shipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invlint.reference.amounts import same_amount
from invlint.reference.code_lists import BOTH_ASHES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from invlint.reference.load import FactorRow, Row
    from invlint.reference.own import OwnFactor


def with_own_factors(rows: Iterable[FactorRow], own: Iterable[OwnFactor]) -> list[FactorRow]:
    """The factors of an edition with the own ones of that edition; those of cells that were not there come last."""
    rows = list(rows)
    by_cell = {factor.cell[1:]: factor for factor in own}
    gone = {row[:4] for row in divided_otherwise(rows, by_cell.values())}
    merged = [_replaced(row, by_cell.pop(row[:4], None)) for row in rows if row[:4] not in gone]
    return [*merged, *(_row(factor, None) for factor in by_cell.values())]


def divided_otherwise(rows: Iterable[FactorRow], own: Iterable[OwnFactor]) -> list[FactorRow]:
    """The shipped residues that own ones of other kinds contain or divide: both together would be counted twice.

    An own residue without a kind stands beside the kinds, of which it is the sum.
    """
    kinds: dict[tuple[str, str], set[str | None]] = {}
    for factor in own:
        if factor.vector == "residue":
            kinds.setdefault((factor.class_id, factor.chemical), set()).add(factor.residue_kind)
    return [row for row in rows if row[2] == "residue" and _overlaps(row[3], kinds.get(row[:2], set()))]


def _overlaps(kind: str | None, own: set[str | None]) -> bool:
    others = own - {None}
    return kind not in own and (kind is None or kind == BOTH_ASHES or BOTH_ASHES in others) and bool(others)


def with_own_superseded(rows: Iterable[Row], own: Iterable[OwnFactor], current: Sequence[FactorRow]) -> tuple[Row, ...]:
    """The superseded factors with the own ones of the older edition: those that differ from the current factor."""
    now = {row[:4]: row for row in current}
    older = {factor.cell[1:]: factor for factor in own if factor.residue_kind is None}
    kept = [row for row in rows if (row["class"], row["chemical"], row["vector"], None) not in older]
    return (*kept, *(_superseded(factor) for cell, factor in older.items() if _differs(factor, now.get(cell))))


def says_the_same(factor: OwnFactor, row: FactorRow) -> bool:
    """Whether an own factor and a shipped one are one amount, or one code."""
    return factor.code == row[6] and same_amount(factor.number, factor.unit, row[4], row[5])


def _differs(factor: OwnFactor, now: FactorRow | None) -> bool:
    return factor.number is not None and now is not None and now[4] is not None and not says_the_same(factor, now)


def _superseded(factor: OwnFactor) -> Row:
    return {
        "class": factor.class_id,
        "chemical": factor.chemical,
        "vector": factor.vector,
        "value": factor.value or "",
        "unit": factor.unit or "",
        "edition": factor.edition,
        "evidence": "seen",
    }


def _replaced(row: FactorRow, factor: OwnFactor | None) -> FactorRow:
    """The own factor in the place of a shipped one, whose note holds only where the two say the same."""
    if factor is None:
        return row
    return _row(factor, row[9] if says_the_same(factor, row) else None)


def _row(factor: OwnFactor, note: str | None) -> FactorRow:
    return (*factor.cell[1:], factor.number, factor.unit, factor.code, "seen", factor.source, note)
