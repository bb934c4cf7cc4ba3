"""Two submissions side by side: the releases that they put differently for the same reference year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from invlint.model.comparison import Amount, Recalculation, Recalculations
from invlint.schema import shape_rows
from invlint.summary.items import entry_items, release_items
from invlint.summary.overlaps import without_overlaps
from invlint.summary.sums import sum_of
from invlint.tables import build_frames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from invlint.reference import Reference
    from invlint.sources import Reading
    from invlint.summary.items import Item
    from invlint.tables import Frame, Frames

_UNITS = {"TEQ": ("g TEQ/a", 1.0), "mass": ("kg/a", 1e3)}
"""By the quantity that a chemical is stated as: the unit of the table, and how many of it a base unit is."""
_SAME = 1e-9
"""Figures that differ by less, as parts of themselves, are the same: it is the rounding of a conversion."""
_NAMES = ("group", "category", "class", "chemical", "vector")

_Inventory = tuple[str, int]
_Source = tuple[int | None, str | None, str, str, str]
"""(group, category, class, chemical, vector)."""
_Key = tuple[_Inventory, _Source]


def recalculations(old: list[Reading], new: list[Reading], reference: Reference) -> Recalculations:
    """The releases of the years that both submissions have which are not the same in both.

    A release is that of a class, chemical and vector; its sites and kinds of residue are added up. Where a submission
    says nothing of it, the key of the class stands for it.
    """
    frames = [build_frames(readings, shape_rows(readings), reference) for readings in (old, new)]
    held = [_inventories(one["inventories"]) for one in frames]
    both = held[0] & held[1]
    said = [_releases(one, both, reference) for one in frames]
    keys = [_keys(one["entries"], both, reference) for one in frames]
    declared = _declared(frames[1]["recalculations"])
    changed = []
    alike = 0
    for key in sorted({*said[0], *said[1]}, key=_order(reference)):
        before, now = (_amount(key, said[at], keys[at], reference) for at in (0, 1))
        if _is_same(before, now):
            alike += 1
        else:
            changed.append(_recalculation(key, before, now, declared(key), reference))
    notes = tuple(_notes(frames[0]["inventories"], frames[1]["inventories"], both))
    return Recalculations(tuple(changed), alike, _sorted(held[1] - held[0]), _sorted(held[0] - held[1]), notes)


def _inventories(frame: Frame) -> set[_Inventory]:
    columns = (frame.column(name) for name in ("party", "year"))
    return {(party, year) for party, year in zip(*columns, strict=True) if party is not None and year is not None}


def _sorted(inventories: Iterable[_Inventory]) -> tuple[_Inventory, ...]:
    return tuple(sorted(inventories))


def _notes(old: Frame, new: Frame, both: set[_Inventory]) -> Iterator[str]:
    """What of the two inventories of a year differs that figures should not hide."""
    for name, words in (("edition", "Toolkit edition"), ("teq_scheme", "TEQ scheme")):
        then, now = (_first_of(frame, name) for frame in (old, new))
        for party, year in sorted(both):
            before, after = then.get((party, year)), now.get((party, year))
            if before != after:
                yield f"{party} {year}: {words} {before or 'not declared'} before, {after or 'not declared'} now"


def _first_of(frame: Frame, name: str) -> dict[tuple[Any, Any], str | None]:
    """Inventory to its value in a column; where several files have the inventory, the first one's."""
    found: dict[tuple[Any, Any], str | None] = {}
    columns = (frame.column(column) for column in ("party", "year", name))
    for party, year, value in zip(*columns, strict=True):
        found.setdefault((party, year), value)
    return found


def _releases(frames: Frames, both: set[_Inventory], reference: Reference) -> dict[_Key, list[Item]]:
    """What is said of each release in the years of both."""
    of_inventory: dict[Any, list[Item]] = {}
    for item in release_items(frames, reference):
        if (item.party, item.year) in both:
            of_inventory.setdefault((item.party, item.year), []).append(item)
    found: dict[_Key, list[Item]] = {}
    for inventory, items in of_inventory.items():
        for item in without_overlaps(items).items:
            if item.class_id is not None and item.chemical in reference.chemicals and item.vector is not None:
                source = (item.group, item.category, item.class_id, item.chemical, item.vector)
                found.setdefault((inventory, source), []).append(item)
    return found


def _keys(entries: Frame, both: set[_Inventory], reference: Reference) -> dict[tuple[_Inventory, str], list[Item]]:
    """The entries of classes under a key, by inventory and class."""
    found: dict[tuple[_Inventory, str], list[Item]] = {}
    for item in entry_items(entries, reference):
        if item.party is not None and item.year is not None and item.class_id is not None:
            inventory = (item.party, item.year)
            if inventory in both:
                found.setdefault((inventory, item.class_id), []).append(item)
    return found


def _amount(
    key: _Key, said: dict[_Key, list[Item]], keys: dict[tuple[_Inventory, str], list[Item]], reference: Reference
) -> Amount:
    inventory, (*_, class_id, chemical, _) = key
    made = sum_of(said.get(key) or keys.get((inventory, class_id), []), _unit(chemical, reference)[1])
    return Amount(made.value, bool(made.computed), made.is_lower_bound, made.keys)


def _unit(chemical: str, reference: Reference) -> tuple[str, float]:
    return _UNITS[reference.chemicals[chemical]["quantity"]]


def _is_same(old: Amount, new: Amount) -> bool:
    if old.value is None or new.value is None:
        return old.value is new.value and old.keys == new.keys
    return abs(new.value - old.value) <= _SAME * abs(old.value)


def _recalculation(key: _Key, old: Amount, new: Amount, reason: str | None, reference: Reference) -> Recalculation:
    (party, year), (*_, class_id, chemical, vector) = key
    difference = new.value - old.value if old.value is not None and new.value is not None else None
    percent = difference / abs(old.value) * 100 if difference is not None and old.value else None
    unit = _unit(chemical, reference)[0]
    return Recalculation(party, year, class_id, chemical, vector, unit, old, new, difference, percent, reason)


def _declared(frame: Frame) -> Callable[[_Key], str | None]:
    """What finds the reasons that a submission declares for a release; a record may be about more than it."""
    of_inventory: dict[tuple[Any, Any], list[tuple[tuple[Any, ...], str]]] = {}
    columns = (frame.column(name) for name in ("party", "year", "reason", *_NAMES))
    for party, year, reason, *about in zip(*columns, strict=True):
        if reason is not None:
            of_inventory.setdefault((party, year), []).append((tuple(about), reason))

    def reason_of(key: _Key) -> str | None:
        inventory, source = key
        fitting = [
            reason
            for about, reason in of_inventory.get(inventory, [])
            if all(wanted in (None, is_) for wanted, is_ in zip(about, source, strict=True))
        ]
        return "; ".join(dict.fromkeys(fitting)) or None

    return reason_of


def _order(reference: Reference) -> Callable[[_Key], tuple[Any, ...]]:
    """By Party and year, then as the reference lists chemicals and classes."""
    classes = {class_id: place for place, class_id in enumerate(reference.classes)}
    chemicals = {chemical: place for place, chemical in enumerate(reference.chemicals)}

    def order(key: _Key) -> tuple[Any, ...]:
        inventory, (*_, class_id, chemical, vector) = key
        return inventory, chemicals[chemical], classes.get(class_id, len(classes)), class_id, vector

    return order
