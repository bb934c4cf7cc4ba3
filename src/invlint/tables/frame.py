"""A frame: equally long columns of plain Python values, and the place of each row."""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from invlint.tables.within import globs_of

RowPlace = tuple[Any, ...]
"""(document, inventory, entry, release) as far as the level of the table reaches, or (document, pointer)."""


class Taken(NamedTuple):
    """Values that stand in another frame: those of one of its columns, in some of its rows."""

    frame: Frame
    column: str
    rows: list[int]


Take = Callable[[str], tuple[Taken, ...] | None]
"""Column name to where its values stand, one part after the other; None for a frame's own."""


class Frame:
    """The rows of one table.

    A quantity column `q` has companions: `q` in base units, `q.dim` (its dimension), `q.value` and `q.unit` as
    written, and `q.half`, half the last reported digit in base units. A missing value is None everywhere.
    Columns that few rules ask for need not be there: `make` makes one when it is asked for, or gives None; `take` says
    of one whose values are taken from other frames where they stand, one part after the other. Nor need the `places`
    of rows that seldom fail: what makes them does as well.
    """

    def __init__(
        self,
        name: str,
        size: int,
        columns: dict[str, list[Any]],
        places: list[RowPlace] | Callable[[], list[RowPlace]],
        make: Callable[[str], list[Any] | None] | None = None,
        take: Take | None = None,
    ) -> None:
        self.name = name
        self.size = size
        self.columns = columns
        self._places = places
        self._make = make
        self.path_of: Callable[[str, RowPlace], str | None] | None = None
        self._take = take

    @property
    def places(self) -> list[RowPlace]:
        """The place of each row."""
        if callable(self._places):
            self._places = self._places()
        return self._places

    def column(self, name: str) -> list[Any]:
        """The values of a column; one that no document had is missing throughout."""
        found = self.columns.get(name)
        if found is None:
            found = self.columns[name] = self._made(name)
        return found

    def taken(self, name: str) -> tuple[Taken, ...]:
        """Where the values of a column stand, one part after the other; nothing where they are the frame's own."""
        if self._take is None or globs_of(name) is not None:
            return ()
        return self._take(name) or ()

    def some(self, name: str, rows: list[int]) -> list[Any]:
        """The values of a column in some rows; half digits are not worked out for the others."""
        parts = self.taken(name) if name not in self.columns else ()
        if len(parts) == 1:
            frame, column, of = parts[0]
            return frame.some(column, [of[row] for row in rows])
        base, _, part = name.rpartition(".")
        if part == "half" and name not in self.columns:
            return list(map(half_digit, self.some(f"{base}.value", rows), self.some(base, rows)))
        values = self.column(name)
        return [values[row] for row in rows]

    def only(self, name: str, rows: list[int]) -> Frame:
        """Some of the rows, as a frame of another name."""
        return Frame(
            name,
            len(rows),
            {},
            lambda: [self.places[row] for row in rows],
            take=lambda column: (Taken(self, column, rows),),
        )

    def _made(self, name: str) -> list[Any]:
        globs = globs_of(name)
        if globs is not None:
            return [self._stands_in(place, globs) for place in self.places]
        parts = self.taken(name)
        if parts:
            return [value for frame, column, rows in parts for value in frame.some(column, rows)]
        found = self._make(name) if self._make is not None else None
        return self._derived(name) if found is None else found

    def derive(self, makers: dict[str, Callable[[Frame], list[Any]]]) -> None:
        """Have some more columns worked out when they are asked for."""
        before = self._make

        def make(name: str) -> list[Any] | None:
            if name in makers:
                return makers[name](self) if self.size else None
            return before(name) if before is not None else None

        self._make = make

    def _derived(self, name: str) -> list[Any]:
        base, _, part = name.rpartition(".")
        if part == "half":
            written = self.column(f"{base}.value")
            kept = self.column(base)
            return [half_digit(value, amount) for value, amount in zip(written, kept, strict=True)]
        return [None] * self.size

    def _stands_in(self, place: RowPlace, globs: tuple[str, ...]) -> bool:
        """Whether a row stands in a file that one of the globs fits."""
        path = self.path_of(self.name, place) if self.path_of is not None else None
        return path is not None and any(fnmatchcase(path, glob) for glob in globs)


def half_digit(value: float | None, amount: float | None) -> float | None:
    """Half the last digit of the shortest decimal form of `value`, in the base units of `amount`.

    3.6 has half a tenth, 1200 half of one; a zero has no digits to round and gives 0.
    """
    if value is None or amount is None:
        return None
    if value == 0:
        return 0.0
    written = repr(float(value))
    if "e" in written:
        mantissa, _, exponent = written.partition("e")
        last = min(0, int(exponent) - len(mantissa.partition(".")[2]))
    else:
        last = 0 if written.endswith(".0") else written.index(".") + 1 - len(written)
    return float(abs(amount / value * 0.5 * 10.0**last))
