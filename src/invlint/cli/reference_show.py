"""`invlint reference show`: what is known of a class, a category or a group."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from invlint.cli.terminal import put_data, put_rich

if TYPE_CHECKING:
    import argparse

    from rich.console import Console

    from invlint.model.report import UsedReference
    from invlint.reference.facts import ClassFacts
    from invlint.reference.load import FactorRow, Row

FORMAT = "invlint/reference-1"


def run_show(options: argparse.Namespace) -> int:
    """Show the classes; return the exit status."""
    from invlint.reference import load_reference, shipped_reference
    from invlint.reference.facts import facts_about

    reference = shipped_reference() if options.reference == "shipped" else load_reference()
    found = facts_about(options.what, reference, options.edition)
    if options.output == "json":
        put_data(
            {
                "format": FORMAT,
                "edition": options.edition,
                "reference": reference.used._asdict(),
                "classes": [_class(facts) for facts in found],
            }
        )
    else:
        put_rich(lambda console: _draw(console, found, options.edition, reference.used))
    return 0


def _class(facts: ClassFacts) -> dict[str, Any]:
    line = facts.annex_c
    return {
        "class": facts.class_id,
        "name": facts.name,
        "category": {"id": facts.category, "name": facts.category_name},
        "group": {"id": facts.group, "name": facts.group_name},
        "activity_unit": facts.activity_unit,
        "activity_basis": facts.activity_basis,
        "annex_c": line
        and {
            "line": line.name,
            "title": line.title,
            "condition": line.condition,
            "excluded": facts.annex_c_excluded,
        },
        "factors": [factor_data(row) for row in facts.factors],
        "superseded": [
            {
                "chemical": row["chemical"],
                "vector": row["vector"],
                "value": _number(float(row["value"])),
                "unit": row["unit"],
                "edition": row["edition"],
                "evidence": row["evidence"],
            }
            for row in facts.superseded
        ],
    }


def factor_data(row: FactorRow) -> dict[str, Any]:
    """A factor as plain data."""
    _, chemical, vector, kind, value, unit, code, evidence, source, note = row
    return {
        "chemical": chemical,
        "vector": vector,
        "residue_kind": kind,
        "value": _number(value),
        "code": code,
        "unit": unit,
        "evidence": evidence,
        "source": source,
        "note": note,
    }


def _number(value: float | None) -> float | int | None:
    """A whole number without a decimal point, as the tables have it."""
    return int(value) if value is not None and value.is_integer() and value < 1e15 else value


def amount_text(row: FactorRow) -> str:
    """A factor in words: `3000 ug TEQ/t`, `NA`."""
    return row[6] or f"{_number(row[4])} {row[5]}"


def _draw(console: Console, found: list[ClassFacts], edition: str, used: UsedReference) -> None:
    from rich.text import Text

    from invlint.render.safe_text import printable

    console.print(Text(f"Group {found[0].group}: {found[0].group_name}", style="dim"))
    for number, (_, classes) in enumerate(groupby(found, lambda one: one.category)):
        if number:
            console.print()
        _draw_category(console, list(classes), edition)
    if used.edition == "own":
        own = f"with your own edition, from {used.source}; --reference shipped leaves it aside"
        console.print(Text(printable(own), style="dim"))


def _draw_category(console: Console, classes: list[ClassFacts], edition: str) -> None:
    from rich.padding import Padding
    from rich.text import Text

    first = classes[0]
    console.print(Text(f"Category {first.category}: {first.category_name}", style="dim"))
    line = first.annex_c
    told = f"Annex C, line {line.name}: {line.title}" if line else "on no line of Annex C"
    console.print(Text(told, style="dim"))
    if line and line.condition:
        console.print(Text(f"on that line alone: {line.condition}", style="dim"))
    for facts in classes:
        console.print(Text(f"\n{facts.class_id}", style="bold") + Text(f" {facts.name}"))
        unit = f"{facts.activity_unit} of {facts.activity_basis}" if facts.activity_unit else "none"
        console.print(Padding(Text(f"unit of the activity: {unit}"), (0, 0, 0, 2)))
        if facts.annex_c_excluded:
            console.print(Padding(Text("the line of Annex C leaves this class out"), (0, 0, 0, 2)))
        _draw_factors(console, facts, edition)


def _draw_factors(console: Console, facts: ClassFacts, edition: str) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from invlint.cli.example_tables import draw_table
    from invlint.render.safe_text import printable

    if not facts.factors:
        return
    remarks: dict[str, int] = {}
    rows = []
    for row in facts.factors:
        remark = "; ".join(part for part in (row[8], row[9]) if part)
        number = str(remarks.setdefault(remark, len(remarks) + 1)) if remark else ""
        rows.append((row[1], _destination(row), amount_text(row), row[7], number))
    draw_table(console, f"factors of edition {edition}", ("chemical", "to", "factor", "evidence", "note"), rows)
    for remark, at in remarks.items():
        console.print(Padding(Text(printable(f"{at}  {remark}"), style="dim"), (0, 0, 0, 4)))
    if edition == "2013":
        for old in facts.superseded:
            console.print(Padding(Text(_before(old)), (0, 0, 0, 4)))


def _destination(row: FactorRow) -> str:
    return f"{row[2]} ({row[3]})" if row[3] else row[2]


def _before(old: Row) -> str:
    return (
        f"superseded: {old['chemical']} to {old['vector']} {old['value']} {old['unit']} "
        f"in edition {old['edition']} ({old['evidence']})"
    )
