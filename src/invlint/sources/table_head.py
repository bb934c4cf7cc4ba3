"""The grid of a sheet or text table, and the row in it that names the columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from invlint.sources import columns as flat_columns
from invlint.sources.cells import as_text, is_blank

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from invlint.sources.document import Spot

HEAD_ROWS = 30
"""How far down a head row is looked for."""

_TELLING = frozenset({"class", "category", "group", "release", "effect"})


@dataclass(frozen=True)
class Grid:
    """The cells of a sheet or text table, and where each stands.

    `rows[r][c]` is a value or blank; `spot(r, c)` gives its place; `all_text` is true where the format knows text
    alone.
    """

    rows: list[list[Any]]
    spot: Callable[[int, int], Spot]
    all_text: bool


@dataclass(frozen=True)
class Head:
    """The head row: its number and the number of the column under each name."""

    row: int
    names: dict[str, int]
    doubts: tuple[tuple[int, str, str], ...]

    @property
    def is_recalculations(self) -> bool:
        return "effect" in self.names and "release" not in self.names

    @property
    def first(self) -> int:
        return min(self.names.values(), default=0)


def find_head(grid: Grid) -> Head | None:
    """The row that names the columns, looked for in the first rows; None if there is none."""
    best: tuple[int, int] | None = None
    for number, row in enumerate(grid.rows[:HEAD_ROWS]):
        names = {flat_columns.plain_name(cell) for cell in row if isinstance(cell, str)}
        known = names & (flat_columns.INVENTORY_COLUMNS | flat_columns.RECALCULATION_COLUMNS)
        if (len(known) >= 3 or (len(known) == 2 and known & _TELLING)) and (best is None or len(known) > best[0]):
            best = (len(known), number)
    return head_at(grid, best[1]) if best else None


def head_at(grid: Grid, number: int) -> Head:
    """The head that a row is, with what is doubtful about its names."""
    names: dict[str, int] = {}
    doubts = []
    heads = {flat_columns.plain_name(cell) for cell in grid.rows[number] if not is_blank(cell)}
    recalculations = "effect" in heads and "release" not in heads
    known = flat_columns.RECALCULATION_COLUMNS if recalculations else flat_columns.INVENTORY_COLUMNS
    for place, cell in enumerate(grid.rows[number]):
        if is_blank(cell):
            continue
        name = flat_columns.plain_name(cell)
        if name not in known:
            doubts.append((place, as_text(cell), _unknown_column(name, as_text(cell), known)))
        elif name in names:
            doubts.append((place, name, f"the column “{name}” stands twice; the second was not read: keep one"))
        else:
            names[name] = place
    return Head(number, names, tuple(doubts))


def _unknown_column(name: str, shown: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    meant = flat_columns.OTHER_WORDS.get(name)
    near = [meant] if meant else get_close_matches(name, known, n=1, cutoff=0.7)
    mend = f"did you mean “{near[0]}”?" if near else "give it the name of a column, or put remarks under `notes`"
    return f"“{shown}” is no column of an inventory, and was not read: {mend}"
