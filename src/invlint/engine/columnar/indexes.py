"""Rows found by their keys: how many match, how many may, and the only one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from invlint.engine.columnar.backends import ROW
from invlint.engine.columnar.contexts import SURE, VALUE

if TYPE_CHECKING:
    from collections.abc import Hashable

    from invlint.engine.columnar.backends import Table
    from invlint.engine.columnar.contexts import Context
    from invlint.engine.columnar.keys import Scheme
    from invlint.engine.columnar.lowering import Lowering


class Matched(NamedTuple):
    """Columns of a context: how many rows surely match (missing: none), how many may, and the only one that matches."""

    sure: str
    possible: str
    only: str


class Indexes:
    """The indexes of a run, grouped by key once each."""

    def __init__(self, lowering: Lowering) -> None:
        self._lowering = lowering
        self._grouped: dict[int, tuple[list[str], Table]] = {}

    def scheme(self, index: int) -> Scheme:
        """How the keys of an index become numbers."""
        _, rows, keys, _ = self._lowering.nodes[index]
        return self._lowering.keys.scheme(self._lowering.whole(rows), keys)

    def candidates(self, index: int, value: int | None = None) -> tuple[list[str], Table]:
        """(key columns, rows that pass the filter or may) of an index: with `_sure`, and `_value` if one is named."""
        _, rows, keys, kept = self._lowering.nodes[index]
        whole = self._lowering.whole(rows)
        names = self._lowering.keys.columns(whole, keys, self.scheme(index))
        wanted = [nw.lit(True).alias(SURE)]
        if kept is not None:
            wanted = [self._lowering.expr(whole, kept).cast(nw.Boolean).alias(SURE)]
        if value is not None:
            wanted.append(self._lowering.expr(whole, value).alias(VALUE))
        table = whole.table.select(ROW, *names, *wanted)
        if kept is not None:
            table = table.filter(nw.col(SURE).fill_null(True)).with_columns(nw.col(SURE).fill_null(False))
        return names, table

    def matched(self, context: Context, keys: tuple[int, ...], index: int) -> Matched:
        """What an index has for the key of each row of a context."""
        marks: dict[str, Hashable] = {what: (what, keys, index) for what in Matched._fields}
        if marks["sure"] not in context.names:
            theirs, grouped = self._groups(index)
            ours = self._lowering.keys.columns(context, keys, self.scheme(index))
            self._lowering.match(context, ours, grouped, theirs, marks)
        return Matched(*(context.names[mark] for mark in marks.values()))

    def _groups(self, index: int) -> tuple[list[str], Table]:
        known = self._grouped.get(index)
        if known is None:
            names, candidates = self.candidates(index)
            counted = candidates.select(
                *names,
                nw.col(SURE).cast(nw.Int64).alias("sure"),
                (~nw.col(SURE)).cast(nw.Int64).alias("possible"),
                nw.when(nw.col(SURE)).then(nw.col(ROW)).alias("only"),
            )
            grouped = counted.group_by(names).agg(nw.col("sure").sum(), nw.col("possible").sum(), nw.col("only").min())
            alone = (nw.col("sure") == 1) & (nw.col("possible") == 0)
            grouped = grouped.with_columns(nw.when(alone).then(nw.col("only")).alias("only"))
            known = self._grouped[index] = (names, self._lowering.backend.keep(grouped))
        return known
