"""Rows found by their keys: whether there are any, and the only one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from invlint.engine.columnar.backends import ROW
from invlint.engine.columnar.contexts import SURE, VALUE

if TYPE_CHECKING:
    from collections.abc import Hashable

    from invlint.engine.columnar.backends import Table
    from invlint.engine.columnar.contexts import Context
    from invlint.engine.columnar.keys import Scheme
    from invlint.engine.columnar.lowering import Lowering

_ROWS = "_rows"


class Indexes:
    """The indexes of a run: a row is sure where it passes the filter, and doubtful where that is not known."""

    def __init__(self, lowering: Lowering) -> None:
        self._lowering = lowering
        self._doubtful: dict[int, bool] = {}
        self._alone: dict[int, Table] = {}

    def empty(self, index: int) -> bool:
        """Whether the table of an index has no rows at all, so that no key need be looked for."""
        return not self._lowering.whole(self._lowering.nodes[index][1]).size

    def scheme(self, index: int) -> Scheme:
        """How the keys of an index become numbers."""
        _, rows, keys, _ = self._lowering.nodes[index]
        return self._lowering.keys.scheme(self._lowering.whole(rows), keys)

    def keys(self, index: int) -> list[str]:
        """The key columns of an index in the rows it is over."""
        _, rows, keys, _ = self._lowering.nodes[index]
        return self._lowering.keys.columns(self._lowering.whole(rows), keys, self.scheme(index))

    def doubtful(self, index: int) -> bool:
        """Whether there are doubtful rows."""
        known = self._doubtful.get(index)
        if known is None:
            known = self._doubtful[index] = self._any_missing(index)
        return known

    def rows(self, index: int, value: int | None = None, *, sure: bool = True) -> Table:
        """The sure rows of an index, or the doubtful ones, with their keys; and with `_value` if one is named."""
        _, rows, _, kept = self._lowering.nodes[index]
        whole = self._lowering.whole(rows)
        names = {name: name for name in (ROW, *self.keys(index))}
        if value is not None:
            names[self._lowering.named(whole, value)] = VALUE
        if kept is None:
            return whole.table.select(*(nw.col(there).alias(here) for there, here in names.items()))
        flag = self._lowering.named(whole, kept)
        return self._lowering.backend.those(whole.table, flag, (True if sure else None,), names)

    def candidates(self, index: int) -> Table:
        """The rows of an index, sure and doubtful ones, with their keys and `_sure`."""
        _, rows, _, kept = self._lowering.nodes[index]
        if kept is None or not self.doubtful(index):
            return self.rows(index).with_columns(nw.lit(True).alias(SURE))
        whole = self._lowering.whole(rows)
        flag = nw.col(self._lowering.named(whole, kept)).alias(SURE)
        table = whole.table.select(ROW, *self.keys(index), flag).filter(nw.col(SURE).fill_null(True))
        return table.with_columns(nw.col(SURE).fill_null(False))

    def some(self, context: Context, keys: tuple[int, ...], index: int) -> nw.Expr:
        """Whether an index has the key of each row of a context; missing where it is not known."""
        if self.empty(index):
            return nw.lit(False)
        there = nw.col(self._present(context, keys, index, sure=True))
        if not self.doubtful(index):
            return there
        return nw.when(there).then(nw.lit(True)).otherwise(nw.when(self.certain(context, keys, index)).then(False))

    def certain(self, context: Context, keys: tuple[int, ...], index: int) -> nw.Expr:
        """Whether no doubtful row has the key of each row of a context."""
        return ~nw.col(self._present(context, keys, index, sure=False))

    def only(self, context: Context, keys: tuple[int, ...], index: int) -> str:
        """The column that says for each row of a context which row alone has its key, and surely."""
        mark: Hashable = ("only", keys, index)
        if mark not in context.names:
            table = self._alone.get(index)
            if table is None:
                table = self._alone[index] = self._lowering.backend.keep(self._rows_alone(index))
            ours = self._lowering.keys.columns(context, keys, self.scheme(index))
            self._lowering.match(context, ours, table, self.keys(index), {ROW: mark})
        return context.names[mark]

    def _present(self, context: Context, keys: tuple[int, ...], index: int, *, sure: bool) -> str:
        mark: Hashable = ("present", keys, index, sure)
        if mark not in context.names:
            ours = self._lowering.keys.columns(context, keys, self.scheme(index))
            self._lowering.present(context, ours, self.rows(index, sure=sure), self.keys(index), mark)
        return context.names[mark]

    def _any_missing(self, index: int) -> bool:
        _, rows, _, kept = self._lowering.nodes[index]
        if kept is None:
            return False
        whole = self._lowering.whole(rows)
        flag = self._lowering.named(whole, kept)
        return self._lowering.backend.tally(whole.table, flag)[1] > 0

    def _rows_alone(self, index: int) -> Table:
        """The sure rows that share their key with no other, and no doubtful one either."""
        names = self.keys(index)
        grouped = self.candidates(index).group_by(names)
        found = grouped.agg(nw.col(ROW).count().alias(_ROWS), nw.col(ROW).min(), nw.col(SURE).min())
        return found.filter((nw.col(_ROWS) == 1) & nw.col(SURE)).select(ROW, *names)
