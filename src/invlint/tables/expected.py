"""What the declared edition asks of each inventory inside its scope, from whole groups down to single releases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from invlint.reference.editions import EDITIONS
from invlint.reference.load import EVIDENCE
from invlint.tables.frame import Frame, RowPlace
from invlint.tables.reported import destination

if TYPE_CHECKING:
    from collections.abc import Callable

    from invlint.reference import Reference

_INVENTORY = ("party", "year", "edition", "teq_scheme")


class _Asked:
    """Rows that are asked of inventories, collected column by column."""

    def __init__(self, inventories: Frame, extra: tuple[str, ...]) -> None:
        self.inventories = inventories
        self.of: list[int] = []
        self.extra: dict[str, list[Any]] = {name: [] for name in extra}

    def ask(self, inventory: int, *values: Any) -> None:
        self.of.append(inventory)
        for column, value in zip(self.extra.values(), values, strict=True):
            column.append(value)

    def frame(self, name: str) -> Frame:
        columns = {
            column: [values[at] for at in self.of]
            for column in _INVENTORY
            for values in (self.inventories.column(column),)
        }
        places = self.inventories.places
        return Frame(name, len(self.of), columns | self.extra, [places[at] for at in self.of])


def _scopes(inventories: Frame) -> list[tuple[int, str, frozenset[str] | None, frozenset[str] | None]]:
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


def _covers(scope: frozenset[str] | None, *ids: str) -> bool:
    """Whether a scope names the source or what contains it."""
    return scope is None or any(one in scope for one in ids)


def groups_frame(inventories: Frame, reference: Reference) -> Frame:
    """The groups asked for: those with a category or class in scope."""
    asked = _Asked(inventories, ("group", "group_name"))
    for row, edition, scope, _ in _scopes(inventories):
        if not reference.categories_of(edition):
            continue
        touched = {reference.group_of(category) for category in _categories(scope, edition, reference)}
        for group, name in reference.groups.items():
            if group in touched:
                asked.ask(row, group, name)
    return asked.frame("expected_groups")


def categories_frame(inventories: Frame, reference: Reference) -> Frame:
    """The categories asked for: those in scope, or with a class in scope."""
    asked = _Asked(inventories, ("group", "category", "category_name", "annex_c_part"))
    for row, edition, scope, _ in _scopes(inventories):
        for category in _categories(scope, edition, reference):
            name = reference.categories[category]["name"]
            part = reference.annex_c_part.get(category)
            asked.ask(row, reference.group_of(category), category, name, part)
    return asked.frame("expected_categories")


def classes_frame(inventories: Frame, reference: Reference) -> Frame:
    """The classes asked for."""
    asked = _Asked(inventories, ("group", "category", "class", "category_name", "class_name"))
    for row, edition, scope, _ in _scopes(inventories):
        for class_id in _classes(scope, edition, reference):
            category = reference.category_of(class_id)
            names = reference.categories[category]["name"], reference.classes[class_id]["name"]
            asked.ask(row, reference.group_of(category), category, class_id, *names)
    return asked.frame("expected_classes")


def releases_frame(inventories: Frame, entries: Frame, defaults: Frame, reference: Reference) -> Frame:
    """Each reported class in scope, at each of its sites, with every chemical, vector and residue kind it has.

    `defaults` are the default factors of all editions that the inventories declare.
    """
    return _asked_lines("expected_releases", inventories, entries, defaults, reference, lambda lines: lines)


def chemicals_frame(inventories: Frame, entries: Frame, defaults: Frame, reference: Reference) -> Frame:
    """Each chemical for which a reported class, at each of its sites, has a default factor above zero.

    The evidence is the firmest of those factors: one of them alone asks for the chemical.
    """
    chemicals, factors, evidence = (defaults.column(name) for name in ("chemical", "factor", "evidence"))

    def firmest(lines: list[int]) -> list[int]:
        found: dict[str, int] = {}
        for line in sorted((line for line in lines if factors[line]), key=lambda one: EVIDENCE.index(evidence[one])):
            found.setdefault(chemicals[line], line)
        return sorted(found.values())

    return _asked_lines("expected_chemicals", inventories, entries, defaults, reference, firmest)


def _asked_lines(name: str, inventories: Frame, entries: Frame, defaults: Frame, reference: Reference,
                 choose: Callable[[list[int]], list[int]]) -> Frame:  # fmt: skip
    """For each reported class in scope, at each of its sites, the chosen lines of its own in the factor table."""
    lines_of = _lines_by_class(defaults, reference)
    vector_of = defaults.column("vector")
    reported_sites = _sites(entries)
    chosen: dict[tuple[str, str, frozenset[str] | None], list[int]] = {}
    lines: list[int] = []
    sites: list[str | None] = []
    of: list[int] = []
    places: list[RowPlace] = []
    parties, years = inventories.column("party"), inventories.column("year")
    for row, edition, scope, vectors in _scopes(inventories):
        for class_id, of_class in lines_of[edition].items():
            reported = reported_sites.get((parties[row], years[row], class_id))
            if reported is None or not (scope is None or _covers(scope, class_id, *_above(class_id, reference))):
                continue
            asked = chosen.get((edition, class_id, vectors))
            if asked is None:
                inside = of_class if vectors is None else [line for line in of_class if vector_of[line] in vectors]
                asked = chosen[edition, class_id, vectors] = choose(inside)
            for site, place in reported.items():
                lines.extend(asked)
                sites.extend([site] * len(asked))
                of.extend([row] * len(asked))
                places.extend([place] * len(asked))

    def make(column: str) -> list[Any]:
        if column == "destination":
            kinds = defaults.column("residue_kind")
            values = [destination(vector, kind) for vector, kind in zip(vector_of, kinds, strict=True)]
            return [values[line] for line in lines]
        frame, rows = (inventories, of) if column in _INVENTORY else (defaults, lines)
        values = frame.column(column)
        return [values[row] for row in rows]

    return Frame(name, len(of), {"site": sites}, places, make)


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


def _sites(entries: Frame) -> dict[tuple[Any, ...], dict[str | None, RowPlace]]:
    """(party, year, class) to its reported sites, each with the place of its first entry."""
    sites: dict[tuple[Any, ...], dict[str | None, RowPlace]] = {}
    columns = (entries.column(name) for name in ("party", "year", "class", "site"))
    for *key, site, place in zip(*columns, entries.places, strict=True):
        sites.setdefault(tuple(key), {}).setdefault(site, place)
    return sites


def _classes(scope: frozenset[str] | None, edition: str, reference: Reference) -> list[str]:
    return [
        class_id for class_id in reference.classes_of(edition) if _covers(scope, class_id, *_above(class_id, reference))
    ]


def _categories(scope: frozenset[str] | None, edition: str, reference: Reference) -> list[str]:
    if scope is None:
        return list(reference.categories_of(edition))
    by_class = {reference.category_of(class_id) for class_id in _classes(scope, edition, reference)}
    return [
        category
        for category in reference.categories_of(edition)
        if category in by_class or _covers(scope, category, str(reference.group_of(category)))
    ]
