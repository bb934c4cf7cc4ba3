"""What the reference says of a class, or of every class of a category or group."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from invlint.errors import UsageError
from invlint.reference.editions import CURRENT_EDITION, OTHER_CODES_IN_2005

if TYPE_CHECKING:
    from invlint.reference.load import AnnexCLine, FactorRow, Reference, Row

_SHOWN = 60


class ClassFacts(NamedTuple):
    """A class with its names, the unit of its activity, its line of Annex C, and its factors.

    `activity_unit` is None where the class has no factors (contaminated sites). `annex_c` is None where the category is
    on no line; `annex_c_excluded` says that the line leaves this class out. `superseded` are the factors of editions
    before the current one.
    """

    class_id: str
    name: str
    category: str
    category_name: str
    group: int
    group_name: str
    activity_unit: str | None
    activity_basis: str
    annex_c: AnnexCLine | None
    annex_c_excluded: bool
    factors: tuple[FactorRow, ...]
    superseded: tuple[Row, ...]


def facts_about(text: str, reference: Reference, edition: str) -> list[ClassFacts]:
    """The facts of the class, or of the classes of the category or group, that the text means in an edition.

    Raises UsageError where it means none, or none that the edition has.
    """
    wanted = _meant(text, reference)
    classes = [class_id for class_id in wanted if class_id in reference.classes_of(edition)]
    if not classes:
        raise UsageError(_not_in_edition(text, wanted[0], reference, edition))
    factors: dict[str, list[FactorRow]] = {}
    for row in reference.factors_of(edition):
        factors.setdefault(row[0], []).append(row)
    return [_facts(class_id, reference, factors.get(class_id, [])) for class_id in classes]


def _meant(text: str, reference: Reference) -> list[str]:
    """The classes of what a text means."""
    plain = re.sub(r"^\s*(?:source\s+)?group\b", "", text, flags=re.IGNORECASE).strip()
    if plain.isascii() and plain.isdecimal() and len(plain) < 3 and int(plain) in reference.groups:
        group = int(plain)
        return [one for one in reference.classes if reference.group_of(reference.category_of(one)) == group]
    found = reference.class_ids.recognise(text[:_SHOWN])
    if found in reference.classes:
        return [found]
    if found is not None:
        return [one for one in reference.classes if reference.category_of(one) == found]
    near = reference.class_ids.nearest(text[:_SHOWN])
    mend = f": did you mean “{near}”?" if near else ""
    raise UsageError(
        f"“{text[:_SHOWN]}” is no class, category or group of the Toolkit{mend} "
        "(a class is written 1c.2, a category 1c, a group 1)"
    )


def _not_in_edition(text: str, class_id: str, reference: Reference, edition: str) -> str:
    if reference.category_of(class_id) in OTHER_CODES_IN_2005:
        return f"in edition {edition} the code “{text}” stood for other sources, whose classes are not known"
    return f"edition {edition} does not have “{text}”: it is new in {CURRENT_EDITION}"


def _facts(class_id: str, reference: Reference, factors: list[FactorRow]) -> ClassFacts:
    row = reference.classes[class_id]
    category = row["category"]
    group = reference.group_of(category)
    line = reference.annex_c_lines.get(category)
    return ClassFacts(
        class_id,
        row["name"],
        category,
        reference.categories[category]["name"],
        group,
        reference.groups[group],
        row["activity_unit"] or None,
        row["activity_basis"],
        line,
        line is not None and class_id in line.excluded,
        tuple(factors),
        tuple(old for old in reference.superseded if old["class"] == class_id),
    )
