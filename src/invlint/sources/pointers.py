"""A set of JSON pointers as a tree, so that a reader walks its text once for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invlint.sources.document import unescape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Wanted:
    """The pointers that end here, and those that go on below, by member name or place."""

    def __init__(self) -> None:
        self.pointers: list[str] = []
        self.below: dict[str, Wanted] = {}

    def all_below(self) -> Iterator[str]:
        """Every pointer that goes on below this node."""
        for inner in self.below.values():
            yield from inner.pointers
            yield from inner.all_below()


def ask(pointers: Iterable[str]) -> Wanted:
    """The tree of the pointers asked for."""
    root = Wanted()
    for pointer in pointers:
        node = root
        for part in pointer.split("/")[1:]:
            node = node.below.setdefault(unescape(part), Wanted())
        node.pointers.append(pointer)
    return root
