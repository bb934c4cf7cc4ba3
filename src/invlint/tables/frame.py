"""A frame: equally long columns of plain Python values, and the place of each row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

RowPlace = tuple[Any, ...]
"""(document, inventory, entry, release) as far as the level of the table reaches, or (document, pointer)."""


class Frame:
    """The rows of one table.

    A quantity column `q` has companions: `q` in base units, `q.dim` (its dimension), `q.value` and `q.unit` as
    written, and `q.half`, half the last reported digit in base units. A missing value is None everywhere. `makers`
    work out further columns when they are first asked for.
    """

    def __init__(
        self,
        name: str,
        size: int,
        columns: dict[str, list[Any]],
        places: list[RowPlace],
        makers: dict[str, Callable[[Frame], list[Any]]] | None = None,
    ) -> None:
        self.name = name
        self.size = size
        self.columns = columns
        self.places = places
        self.makers = makers or {}

    def column(self, name: str) -> list[Any]:
        """The values of a column; one that no document had is missing throughout."""
        found = self.columns.get(name)
        if found is None:
            found = self._derived(name)
            self.columns[name] = found
        return found

    def only(self, name: str, rows: list[int]) -> Frame:
        """Some of the rows, as a frame of another name."""
        columns = {column: [values[row] for row in rows] for column, values in self.columns.items()}
        return Frame(name, len(rows), columns, [self.places[row] for row in rows], self.makers)

    def _derived(self, name: str) -> list[Any]:
        if name in self.makers and self.size:
            return self.makers[name](self)
        base, _, part = name.rpartition(".")
        if part == "half":
            written = self.column(f"{base}.value")
            kept = self.column(base)
            return [half_digit(value, amount) for value, amount in zip(written, kept, strict=True)]
        return [None] * self.size


def half_digit(value: float | None, amount: float | None) -> float | None:
    """Half the last digit of the shortest decimal form of `value`, in the base units of `amount`.

    3.6 has half a tenth, 1200 half of one; a zero has no digits to round and gives 0.
    """
    if value is None or amount is None:
        return None
    if value == 0:
        return 0.0
    mantissa, _, exponent = repr(float(value)).partition("e")
    decimals = len(mantissa.partition(".")[2]) if not mantissa.endswith(".0") else 0
    last = min(0, int(exponent or 0) - decimals)
    return float(abs(amount / value * 0.5 * 10.0**last))
