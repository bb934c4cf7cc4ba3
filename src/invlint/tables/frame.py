"""A frame: equally long columns of plain Python values, and the place of each row."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from invlint.tables.within import globs_of

if TYPE_CHECKING:
    from collections.abc import Callable

RowPlace = tuple[Any, ...]
"""(document, inventory, entry, release) as far as the level of the table reaches, or (document, pointer)."""


class Frame:
    """The rows of one table.

    A quantity column `q` has companions: `q` in base units, `q.dim` (its dimension), `q.value` and `q.unit` as
    written, and `q.half`, half the last reported digit in base units. A missing value is None everywhere.
    Columns that few rules ask for need not be there: `make` makes one when it is asked for, or gives None.
    """

    def __init__(
        self,
        name: str,
        size: int,
        columns: dict[str, list[Any]],
        places: list[RowPlace],
        make: Callable[[str], list[Any] | None] | None = None,
    ) -> None:
        self.name = name
        self.size = size
        self.columns = columns
        self.places = places
        self._make = make
        self.path_of: Callable[[str, RowPlace], str | None] | None = None

    def column(self, name: str) -> list[Any]:
        """The values of a column; one that no document had is missing throughout."""
        found = self.columns.get(name)
        if found is None:
            found = self._within(name)
            if found is None and self._make is not None:
                found = self._make(name)
            if found is None:
                found = self._derived(name)
            self.columns[name] = found
        return found

    def only(self, name: str, rows: list[int]) -> Frame:
        """Some of the rows, as a frame of another name."""

        def make(column: str) -> list[Any]:
            values = self.column(column)
            return [values[row] for row in rows]

        return Frame(name, len(rows), {}, [self.places[row] for row in rows], make)

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

    def _within(self, name: str) -> list[Any] | None:
        """Which rows stand in files that some globs fit; None for a column that says something else."""
        globs = globs_of(name)
        return [self._stands_in(place, globs) for place in self.places] if globs is not None else None

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
