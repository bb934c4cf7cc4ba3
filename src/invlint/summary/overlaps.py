"""Releases that would be added twice: the kinds of an undivided residue, and rows that an earlier file has."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from invlint.summary.items import FIGURES, NOTHING, UNSUMMED

if TYPE_CHECKING:
    from invlint.summary.items import Item

_Key = tuple[object, ...]


class Kept(NamedTuple):
    """The items to add, and those left out: kinds of a wider residue, and rows of a later file."""

    items: list[Item]
    kinds: list[Item]
    copies: list[Item]


def without_overlaps(items: list[Item]) -> Kept:
    """Leave out what would be added twice. Rows repeated within one file stay: they may be plants without a name."""
    first, copies = _of_first_file(items)
    by_residue: dict[_Key, list[Item]] = {}
    for item in first:
        by_residue.setdefault(_place(item), []).append(item)
    parts = {part.place for same in by_residue.values() if len(same) > 1 for part in _parts(same)}
    return Kept(
        [item for item in first if item.place not in parts],
        [item for item in first if item.place in parts and item.state in (*FIGURES, UNSUMMED)],
        copies,
    )


def _of_first_file(items: list[Item]) -> tuple[list[Item], list[Item]]:
    first: dict[_Key, int] = {}
    kept: list[Item] = []
    copies: list[Item] = []
    for item in items:
        key = (*_place(item), item.group, item.category, item.residue_kind)
        earlier = item.state != UNSUMMED and first.setdefault(key, item.place[0]) != item.place[0]
        (copies if earlier else kept).append(item)
    return kept, copies


def _place(item: Item) -> _Key:
    return item.party, item.year, item.class_id, item.site, item.chemical, item.vector


def _parts(same: list[Item]) -> list[Item]:
    """Of the residues of one class those that are parts of a wider one that has a figure."""
    wide = {item.residue_kind for item in same if item.state in FIGURES}
    return [item for item in same if item.state != NOTHING and any(_within(item.residue_kind, kind) for kind in wide)]


def _within(kind: str | None, wide: str | None) -> bool:
    """Whether one kind of residue is part of another: of the undivided one, or of `bottom and fly ash`."""
    if kind is None or kind == wide:
        return False
    return wide is None or ("and" in wide.split() and set(kind.split()) <= set(wide.split()))
