"""What the declared edition asks of each inventory inside its scope, from whole groups down to single releases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from invlint.tables.frame import Frame
from invlint.tables.reference_frames import add_factors

if TYPE_CHECKING:
    from invlint.reference import Reference
    from invlint.reference.load import FactorRow

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
        if edition is not None
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


def releases_frame(inventories: Frame, entries: Frame, reference: Reference) -> Frame:
    """Each class in scope, at each of its reported sites, with every chemical, vector and residue kind it has."""
    sites = _sites(entries)
    substance = ("group", "category", "class", "site", "chemical", "vector", "residue_kind")
    asked = _Asked(inventories, substance)
    rows: list[FactorRow] = []
    parties, years = inventories.column("party"), inventories.column("year")
    for row, edition, scope, vectors in _scopes(inventories):
        wanted = set(_classes(scope, edition, reference))
        for factor in reference.factors_of(edition):
            class_id, chemical, vector, kind = factor[:4]
            if class_id not in wanted or (vectors is not None and vector not in vectors):
                continue
            category = reference.category_of(class_id)
            group = reference.group_of(category)
            for site in sites.get((parties[row], years[row], class_id), (None,)):
                asked.ask(row, group, category, class_id, site, chemical, vector, kind)
                rows.append(factor)
    frame = asked.frame("expected_releases")
    add_factors(frame.columns, rows)
    return frame


def _sites(entries: Frame) -> dict[tuple[Any, ...], dict[str | None, None]]:
    """(party, year, class) to its reported sites, in order."""
    sites: dict[tuple[Any, ...], dict[str | None, None]] = {}
    for *key, site in zip(*(entries.column(name) for name in ("party", "year", "class", "site")), strict=True):
        sites.setdefault(tuple(key), {})[site] = None
    return sites


def _classes(scope: frozenset[str] | None, edition: str, reference: Reference) -> list[str]:
    found = []
    for class_id in reference.classes_of(edition):
        category = reference.category_of(class_id)
        if _covers(scope, class_id, category, str(reference.group_of(category))):
            found.append(class_id)
    return found


def _categories(scope: frozenset[str] | None, edition: str, reference: Reference) -> list[str]:
    if scope is None:
        return list(reference.categories_of(edition))
    by_class = {reference.category_of(class_id) for class_id in _classes(scope, edition, reference)}
    return [
        category
        for category in reference.categories_of(edition)
        if category in by_class or _covers(scope, category, str(reference.group_of(category)))
    ]
