"""What every reader gives: documents of the contract's shape, doubts about them, and a locator."""

# Annotations are not deferred here: each of a NamedTuple would be compiled from its text at every start.

from typing import Any, NamedTuple, Protocol


class Spot(NamedTuple):
    """Where a value stands: line and column in text (from 1), or a cell of a workbook."""

    line: int | None = None
    column: int | None = None
    cell: str | None = None
    pointer: str | None = None


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
    `problem` a sentence that says what to do.
    """

    pointer: str
    member: str
    problem: str


class Document(NamedTuple):
    """One Party's submission as read: plain data of the contract's shape.

    A number that could not be taken as one stands in `data` as the text that was met.
    """

    data: Any
    locator: Locator
    doubts: tuple[Doubt, ...] = ()


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
