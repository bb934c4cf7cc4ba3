"""What every reader gives: documents of the contract's shape, doubts about them, and a locator."""

# Annotations are not deferred here: each of a NamedTuple would be compiled from its text at every start.

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

SHAPE, NUMBER, OVERWRITTEN, STALE, UNREAD = "shape", "number", "overwritten", "stale", "unread"
"""What a doubt is about: the document's shape, or a cell of a workbook.

Of a cell: a number that is not plainly one, a number in the place of a formula, a stored value that its formula does
not give, or figures that were not understood.
"""


class Spot(NamedTuple):
    """Where a value stands: line and column in text (from 1), or a cell of a workbook."""

    line: int | None = None
    column: int | None = None
    cell: str | None = None
    pointer: str | None = None

    def shown(self) -> str:
        """The place in words: a cell, `line 4`, or the pointer."""
        if self.cell is not None:
            return self.cell
        return f"line {self.line}" if self.line is not None else self.pointer or "?"


class Locator(Protocol):
    """Finds the places of values after the fact."""

    def locate(self, pointers: list[str]) -> dict[str, Spot]:
        """The spot of each JSON pointer; where a member is absent, that of its nearest parent."""
        ...


class KnownPlaces(dict[str, Spot]):
    """A locator from the spots themselves, by pointer."""

    def locate(self, pointers: list[str]) -> dict[str, Spot]:
        """The spot of each JSON pointer; where it has none, that of its nearest parent."""
        return {pointer: self._nearest(pointer) for pointer in pointers}

    def _nearest(self, pointer: str) -> Spot:
        while pointer and pointer not in self:
            pointer = pointer.rpartition("/")[0]
        return self.get(pointer, Spot())


class Doubt(NamedTuple):
    """Something a reader met that is not of the document's shape.

    An unknown column, a row that is no inventory row, a member given twice. `member` is the name it is about,
    `problem` a sentence that says what to do. Of a cell of a workbook `kind` says more, `text` is what it shows, and
    `about` says which row of the inventory it belongs to.
    """

    pointer: str
    member: str
    problem: str
    kind: str = SHAPE
    text: str | None = None
    about: Mapping[str, Any] = MappingProxyType({})


class Document(NamedTuple):
    """One Party's submission as read: plain data of the contract's shape.

    A number that could not be taken as one stands in `data` as the text that was met. `is_form` says that it comes from
    a Toolkit workbook, whose every cell was judged.
    """

    data: Any
    locator: Locator
    doubts: tuple[Doubt, ...] = ()
    is_form: bool = False


class Reading(NamedTuple):
    """What came of reading one file. `problem` is set, and `documents` empty, when it could not be read."""

    path: str
    sha256: str | None
    documents: tuple[Document, ...] = ()
    problem: str | None = None
    spot: Spot = Spot()
    notes: tuple[str, ...] = ()


def escape(member: str) -> str:
    """A member name as a part of a JSON pointer (RFC 6901)."""
    return member.replace("~", "~0").replace("/", "~1")


def unescape(part: str) -> str:
    """The member name that a part of a JSON pointer means."""
    return part.replace("~1", "/").replace("~0", "~")
