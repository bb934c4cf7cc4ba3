"""Where rows stand in their files, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from invlint.sources import Reading

Target = tuple[int, str]
"""(document, JSON pointer)."""


def target_of(place: tuple[Any, ...]) -> Target:
    """Where a release or an entry stands."""
    document, inventory, entry, *release = place
    above = f"/inventories/{inventory}/entries/{entry}"
    return document, f"{above}/releases/{release[0]}" if release else above


def places_of(targets: Iterable[Target], readings: Sequence[Reading]) -> dict[Target, tuple[str, str]]:
    """The file of each target, and the cell of a workbook or line and column of a text; a document is read once."""
    documents = [(reading.path, document) for reading in readings for document in reading.documents]
    wanted: dict[int, list[str]] = {}
    for number, pointer in dict.fromkeys(targets):
        wanted.setdefault(number, []).append(pointer)
    found: dict[Target, tuple[str, str]] = {}
    for number, pointers in wanted.items():
        path, document = documents[number]
        spots = document.locator.locate(sorted(pointers))
        for pointer in pointers:
            spot = spots.get(pointer)
            line = [str(part) for part in (spot.line, spot.column) if part is not None] if spot is not None else []
            found[number, pointer] = path, (spot.cell if spot is not None and spot.cell else ":".join(line))
    return found
