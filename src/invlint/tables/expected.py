"""What the declared edition asks of each inventory inside its scope, from whole groups down to single releases."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from invlint.reference.editions import EDITIONS
from invlint.reference.load import EVIDENCE
from invlint.tables.frame import Frame, Taken
from invlint.tables.reported import destination

if TYPE_CHECKING:
    from collections.abc import Callable

    from invlint.reference import Reference
    from invlint.tables.frame import RowPlace

Scope = frozenset[str] | None
"""The sources that an inventory covers; None is everything."""

_INVENTORY = ("party", "year", "edition", "teq_scheme")


def _scopes(inventories: Frame) -> list[tuple[int, str, Scope, frozenset[str] | None]]:
    """(row, edition, sources in scope, vectors in scope); None is everything."""
    return [
        (row, edition, scope, vectors)
        for row, (edition, scope, vectors) in enumerate(
            zip(
                inventories.column("edition"),
                inventories.column("scope_set"),
                inventories.column("scope_vectors_set"),
                strict=True,
            )
        )
        if edition is not None and inventories.column("year")[row] is not None
    ]


def _covers(scope: Scope, *ids: str) -> bool:
    """Whether a scope names the source or what contains it."""
    return scope is None or any(one in scope for one in ids)


def groups_frame(inventories: Frame, reference: Reference) -> Frame:
    """The groups asked for: those with a category or class in scope."""

    @cache
    def rows(edition: str, scope: Scope) -> list[tuple[Any, ...]]:
        if not reference.categories_of(edition):
            return []
        touched = {reference.group_of(category) for category in _categories(scope, edition, reference)}
        return [(group, name) for group, name in reference.groups.items() if group in touched]

    return _asked("expected_groups", inventories, ("group", "group_name"), rows)


def categories_frame(inventories: Frame, reference: Reference) -> Frame:
    """The categories asked for: those in scope, or with a class in scope."""

    @cache
    def rows(edition: str, scope: Scope) -> list[tuple[Any, ...]]:
        names, parts = reference.categories, reference.annex_c_part
        return [
            (reference.group_of(category), category, names[category]["name"], parts.get(category))
            for category in _categories(scope, edition, reference)
        ]

    columns = ("group", "category", "category_name", "annex_c_part")
    return _asked("expected_categories", inventories, columns, rows)


def classes_frame(inventories: Frame, reference: Reference) -> Frame:
    """The classes asked for."""

    @cache
    def rows(edition: str, scope: Scope) -> list[tuple[Any, ...]]:
        asked = []
        for class_id in _classes(scope, edition, reference):
            category = reference.category_of(class_id)
            names = reference.categories[category]["name"], reference.classes[class_id]["name"]
            asked.append((reference.group_of(category), category, class_id, *names))
        return asked

    columns = ("group", "category", "class", "category_name", "class_name")
    return _asked("expected_classes", inventories, columns, rows)


def _asked(
    name: str,
    inventories: Frame,
    columns: tuple[str, ...],
    rows: Callable[[str, Scope], list[tuple[Any, ...]]],
) -> Frame:
    """What is asked of each inventory, which is the same for all of one edition and scope."""
    of: list[int] = []
    asked: list[tuple[Any, ...]] = []
    for row, edition, scope, _ in _scopes(inventories):
        found = rows(edition, scope)
        of.extend([row] * len(found))
        asked.extend(found)
    values = map(list, zip(*asked, strict=True)) if asked else ([] for _ in columns)

    def take(column: str) -> tuple[Taken, ...] | None:
        return (Taken(inventories, column, of),) if column in _INVENTORY else None

    def places() -> list[RowPlace]:
        return [inventories.places[row] for row in of]

    return Frame(name, len(of), dict(zip(columns, values, strict=True)), places, take=take)


class Asked:
    """What the lines of the factor table are asked by: the inventories, their entries, and what is known of both.

    `defaults` are the default factors of all editions that the inventories declare.
    """

    def __init__(self, inventories: Frame, entries: Frame, defaults: Frame, reference: Reference) -> None:
        self.inventories = inventories
        self.entries = entries
        self.defaults = defaults
        self.reference = reference
        self.lines_of = _lines_by_class(defaults, reference)
        self.first_entries = _first_entries(entries)


def releases_frame(asked: Asked) -> Frame:
    """Each reported class in scope, at each of its sites, with every chemical, vector and residue kind it has."""
    return _asked_lines("expected_releases", asked, lambda lines: lines)


def chemicals_frame(asked: Asked) -> Frame:
    """Each chemical for which a reported class, at each of its sites, has a default factor above zero.

    The evidence is the firmest of those factors: one of them alone asks for the chemical.
    """
    chemicals, factors, evidence = (asked.defaults.column(name) for name in ("chemical", "factor", "evidence"))

    def firmest(lines: list[int]) -> list[int]:
        found: dict[str, int] = {}
        for line in sorted((line for line in lines if factors[line]), key=lambda one: EVIDENCE.index(evidence[one])):
            found.setdefault(chemicals[line], line)
        return sorted(found.values())

    return _asked_lines("expected_chemicals", asked, firmest)


def _asked_lines(name: str, asked: Asked, choose: Callable[[list[int]], list[int]]) -> Frame:
    """For each reported class in scope, at each of its sites, the chosen lines of its own in the factor table."""
    inventories, entries, defaults, reference = asked.inventories, asked.entries, asked.defaults, asked.reference
    vector_of = defaults.column("vector")
    chosen: dict[tuple[str, str, frozenset[str] | None], list[int]] = {}
    lines: list[int] = []
    of_entry: list[int] = []
    of: list[int] = []
    parties, years = inventories.column("party"), inventories.column("year")
    for row, edition, scope, vectors in _scopes(inventories):
        for class_id, of_class in asked.lines_of[edition].items():
            reported = asked.first_entries.get((parties[row], years[row], class_id))
            if reported is None or (scope is not None and not _covers(scope, class_id, *_above(class_id, reference))):
                continue
            taken = chosen.get((edition, class_id, vectors))
            if taken is None:
                inside = of_class if vectors is None else [line for line in of_class if vector_of[line] in vectors]
                taken = chosen[edition, class_id, vectors] = choose(inside)
            for entry in reported:
                lines.extend(taken)
                of_entry.extend([entry] * len(taken))
                of.extend([row] * len(taken))

    def make(column: str) -> list[Any] | None:
        if column != "destination":
            return None
        kinds = defaults.column("residue_kind")
        values = [destination(vector, kind) for vector, kind in zip(vector_of, kinds, strict=True)]
        return [values[line] for line in lines]

    sources = dict.fromkeys(_INVENTORY, (inventories, of)) | {"site": (entries, of_entry)}

    def take(column: str) -> tuple[Taken, ...] | None:
        frame, rows = sources.get(column, (defaults, lines))
        return (Taken(frame, column, rows),) if column != "destination" else None

    def places() -> list[RowPlace]:
        return [entries.places[entry] for entry in of_entry]

    return Frame(name, len(of), {}, places, make, take)


def _lines_by_class(defaults: Frame, reference: Reference) -> dict[str, dict[str, list[int]]]:
    """Edition to class to the rows of its own factors; sums over kinds of residue come after these and are left."""
    editions, classes = defaults.column("edition"), defaults.column("class")
    left = {edition: len(reference.factors_of(edition)) for edition in set(editions)}
    lines: dict[str, dict[str, list[int]]] = {edition: {} for edition in EDITIONS}
    for line, (edition, class_id) in enumerate(zip(editions, classes, strict=True)):
        if left[edition]:
            left[edition] -= 1
            lines[edition].setdefault(class_id, []).append(line)
    return lines


def _above(class_id: str, reference: Reference) -> tuple[str, str]:
    """The category and the group of a class, as ids."""
    category = reference.category_of(class_id)
    return category, str(reference.group_of(category))


def _first_entries(entries: Frame) -> dict[tuple[Any, ...], list[int]]:
    """(party, year, class) to the first entry of each of its reported sites."""
    first: dict[tuple[Any, ...], int] = {}
    columns = (entries.column(name) for name in ("party", "year", "class", "site"))
    for entry, key in enumerate(zip(*columns, strict=True)):
        first.setdefault(key, entry)
    of_class: dict[tuple[Any, ...], list[int]] = {}
    for key, entry in first.items():
        of_class.setdefault(key[:-1], []).append(entry)
    return of_class


def _classes(scope: Scope, edition: str, reference: Reference) -> list[str]:
    return [
        class_id for class_id in reference.classes_of(edition) if _covers(scope, class_id, *_above(class_id, reference))
    ]


def _categories(scope: Scope, edition: str, reference: Reference) -> list[str]:
    if scope is None:
        return list(reference.categories_of(edition))
    by_class = {reference.category_of(class_id) for class_id in _classes(scope, edition, reference)}
    return [
        category
        for category in reference.categories_of(edition)
        if category in by_class or _covers(scope, category, str(reference.group_of(category)))
    ]
