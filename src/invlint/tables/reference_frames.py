"""The reference as frames, in the same base units as what is reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from invlint.reference.editions import CURRENT_EDITION
from invlint.tables.amounts import AmountReader, activity_kind, add_amounts, kind_behind
from invlint.tables.frame import Frame

if TYPE_CHECKING:
    from invlint.reference import Reference
    from invlint.reference.load import FactorRow


def add_factors(columns: dict[str, list[Any]], rows: list[FactorRow], reference: Reference) -> None:
    """The columns of default factors: value with unit, what it rests on, code, evidence, note."""
    reader = AmountReader()
    measures = {chemical: row["quantity"] for chemical, row in reference.chemicals.items()}
    add_amounts(columns, "factor", [reader.factor(row[4], row[5]) for row in rows])
    columns["activity_kind"] = [
        kind_behind(dimension, measures[row[1]]) for dimension, row in zip(columns["factor.dim"], rows, strict=True)
    ]
    columns["code"] = [row[6] for row in rows]
    columns["evidence"] = [row[7] for row in rows]
    columns["note"] = [row[9] for row in rows]


def defaults_frame(editions: list[str], reference: Reference) -> Frame:
    """The default factors of the editions given."""
    rows: list[FactorRow] = []
    of: list[str] = []
    for edition in editions:
        factors = reference.defaults_of(edition)
        rows.extend(factors)
        of.extend([edition] * len(factors))
    names = ("class", "chemical", "vector", "residue_kind")
    columns: dict[str, list[Any]] = {"edition": of}
    columns |= {name: [row[place] for row in rows] for place, name in enumerate(names)}
    groups = {category: reference.group_of(category) for category in reference.categories}
    columns["category"] = [reference.classes[row[0]]["category"] for row in rows]
    columns["group"] = [groups[category] for category in columns["category"]]
    add_factors(columns, rows, reference)
    return Frame("defaults", len(rows), columns, [()] * len(rows))


def superseded_frame(reference: Reference) -> Frame:
    """The values that the current edition replaced."""
    rows = reference.superseded
    reader = AmountReader()
    columns: dict[str, list[Any]] = {
        name: [row[name] for row in rows] for name in ("edition", "class", "chemical", "vector", "evidence")
    }
    columns["replaced_by"] = [CURRENT_EDITION] * len(rows)
    columns["residue_kind"] = [None] * len(rows)
    add_amounts(columns, "factor", [reader.factor(float(row["value"]), row["unit"]) for row in rows])
    return Frame("superseded", len(rows), columns, [()] * len(rows))


def classes_frame(editions: list[str], reference: Reference) -> Frame:
    """The classes of the editions given, each with one unit of its own activity in a year."""
    reader = AmountReader()
    rows = [(edition, row) for edition in editions for row in reference.rows_of(edition).values()]
    columns: dict[str, list[Any]] = {
        "edition": [edition for edition, _ in rows],
        "class": [row["class"] for _, row in rows],
        "category": [row["category"] for _, row in rows],
        "group": [reference.group_of(row["category"]) for _, row in rows],
        "name": [row["name"] for _, row in rows],
        "activity_unit": [row["activity_unit"] or None for _, row in rows],
        "activity_basis": [row["activity_basis"] for _, row in rows],
    }
    columns["phased_out"] = [reference.phased_out.get(row["class"]) for _, row in rows]
    add_amounts(columns, "activity", [reader.rate(1.0, row["activity_unit"] or None) for _, row in rows])
    columns["activity_kind"] = [activity_kind(dimension) for dimension in columns["activity.dim"]]
    return Frame("classes", len(rows), columns, [()] * len(rows))


def chemicals_frame(reference: Reference) -> Frame:
    """The chemicals of Annex C."""
    rows = list(reference.chemicals.values())
    columns: dict[str, list[Any]] = {name: [row[name] for row in rows] for name in ("chemical", "name", "quantity")}
    columns["is_default"] = [row["default"] == "yes" for row in rows]
    columns["indicator"] = [row["indicator"] == "yes" for row in rows]
    columns["in_force"] = [int(row["in_force"][:4]) if row["in_force"] else None for row in rows]
    return Frame("chemicals", len(rows), columns, [()] * len(rows))
