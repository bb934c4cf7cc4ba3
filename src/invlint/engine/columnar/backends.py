"""What an engine behind Narwhals must do beside Narwhals' own expressions.

A table here is a Narwhals frame with a column `_row` that counts its rows from 0. The rows themselves may stand in any
order inside an engine: what comes home is sorted by what is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import narwhals as nw

    Table = nw.LazyFrame[Any]
    """Eager and lazy frames share all that is used of them here; the lazy one is the narrower type."""

    Part = tuple[Table, str, Table, str]
    """Values that stand elsewhere: a table and the column in it that says in which rows, there a table and a column."""

ROW = "_row"
FIRST, OLDEST, NEWEST, PREVIOUS = "_first", "oldest", "newest", "previous"
Values = tuple[str, list[Any]]
"""A column at home: its type (see `types`) and its values."""


class Backend(Protocol):
    """One engine."""

    def table(self, columns: Mapping[str, Values], size: int) -> Table:
        """A table of the columns, numbered."""
        ...

    def put(self, table: Table, name: str, values: Values) -> Table:
        """The table with one more column, whose values stand in the order of `_row`."""
        ...

    def gather(self, table: Table, at: str, source: Table, names: Mapping[str, str]) -> Table:
        """The table with columns of a source (name there to name here) at the rows that column `at` says."""
        ...

    def match(self, table: Table, keys: Sequence[str], other: Table, theirs: Sequence[str]) -> Table:
        """The table with the other columns of one that has each key once; missing keys match nothing."""
        ...

    def stacked(self, table: Table, name: str, parts: Sequence[Part]) -> Table:
        """The table with one more column, put together from columns of other tables, one part after the other."""
        ...

    def present(self, table: Table, name: str, keys: Sequence[str], other: Table, theirs: Sequence[str]) -> Table:
        """The table with a flag of that name: whether another has the key of a row, which a missing one never is."""
        ...

    def beside(self, outer: Table, keys: Sequence[str], inner: Table, theirs: Sequence[str]) -> Table:
        """The rows of two tables with the same keys side by side, numbered along the rows of the inner one."""
        ...

    def tally(self, table: Table, flag: str) -> tuple[int, int]:
        """In how many rows a flag is True, and in how many it is missing."""
        ...

    def those(self, table: Table, flag: str, values: Sequence[bool | None], names: Mapping[str, str]) -> Table:
        """Columns (name there to name here) of the rows in which a flag has one of some values."""
        ...

    def lists(self, table: Table, keys: Sequence[str], value: str, order: str) -> tuple[Table, list[list[Any]]]:
        """The different keys of a table, numbered, and for each its values along an order, save the missing ones."""
        ...

    def steps(self, table: Table, at: str, key: Sequence[str], marks: Sequence[str]) -> tuple[Table, Table]:
        """The table with one more column, which says in which step each row is, and the steps: a row for each.

        Rows with the same marks make a step, steps with the same key a series; steps are numbered along their marks, in
        which those of a series follow one another. Each has its `_first` row, and the step that is `oldest`, `newest`
        and `previous` in its series.
        """
        ...

    def numbered(self, table: Table, order: Sequence[str]) -> Table:
        """A frame without `_row` numbered along an order."""
        ...

    def keep(self, table: Table) -> Table:
        """The same table, worked out, so that what stands on it does not work it out again."""
        ...

    def home(self, table: Table, names: Sequence[str], order: Sequence[str] = ()) -> list[list[Any]]:
        """Columns of a table as Python values, sorted where an order is given."""
        ...
