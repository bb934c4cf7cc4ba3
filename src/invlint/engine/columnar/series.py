"""Windows along an order. A row that is alone in its series speaks for itself; the others are looked at by steps."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from invlint.engine.columnar.backends import ROW
from invlint.engine.columnar.contexts import OF, VALUE
from invlint.engine.columnar.steps import NEWEST, OLDEST, ORDER, PREVIOUS, Steps, agreed, make_steps
from invlint.engine.columnar.types import missing, typed
from invlint.engine.series import SERIES

if TYPE_CHECKING:
    from collections.abc import Callable

    from invlint.engine.columnar.backends import Table
    from invlint.engine.columnar.contexts import Context
    from invlint.engine.columnar.lowering import Lowering

_AT_A_STEP = (PREVIOUS, NEWEST, OLDEST)
"""Windows that give the value of another step."""

_OF_ONE: dict[str, Callable[[nw.Expr], nw.Expr]] = {
    "newest": lambda value: value,
    "oldest": lambda value: value,
    "common": lambda value: value,
    "steps": lambda value: nw.when(value.is_null()).then(0.0).otherwise(1.0),
}
"""What a series of one row gives; one without gives nothing."""

_ROWS = "_rows"


class _Longer(NamedTuple):
    """The series of more than one row: their `steps`, and which of the rows in them each row of the table is.

    `at` is the column that says so; it is missing in a row alone in its series, and in one without a place in the
    order. There is none where the rows are all rows of the table.
    """

    steps: Steps
    at: str | None


class SeriesOfRows:
    """The windows of a run; those over the same keys and order share their steps."""

    def __init__(self, lowering: Lowering) -> None:
        self._lowering = lowering
        self._orders: dict[int, bool] = {}
        self._longer: dict[tuple[tuple[int, ...], int], _Longer | None] = {}
        self._agreed: dict[tuple[tuple[int, ...], int, int], Table] = {}

    def along(self, context: Context, node: int, what: str, keys: tuple[int, ...], order: int, value: int) -> nw.Expr:
        """The window of a value in each row of a context."""
        lowering = self._lowering
        whole = context.whole or context
        of_one = _OF_ONE.get(what)
        longer = self._of(whole, keys, order) if of_one is not None or self._goes_on(whole, order) else None
        told = missing(lowering.type_of(node))
        if longer is not None:
            told = self._told(context, longer, node, what, keys, order, value)
            if longer.at is None:
                return told
        if of_one is None:
            return told
        alone = ~lowering.expr(context, order).is_null()
        if longer is not None:
            alone = alone & nw.col(context.names["longer", keys, order]).is_null()
        return nw.when(alone).then(of_one(lowering.expr(context, value))).otherwise(told)

    def _goes_on(self, whole: Context, order: int) -> bool:
        """Whether there are two places in an order at all."""
        known = self._orders.get(order)
        if known is None:
            at = nw.col(self._lowering.named(whole, order))
            told = self._lowering.backend.home(whole.table.select((at.min() < at.max()).alias(VALUE)), [VALUE])[0]
            known = self._orders[order] = bool(told[0])
        return known

    def _of(self, whole: Context, keys: tuple[int, ...], order: int) -> _Longer | None:
        if (keys, order) not in self._longer:
            self._longer[keys, order] = self._made(whole, keys, order)
        return self._longer[keys, order]

    def _made(self, whole: Context, keys: tuple[int, ...], order: int) -> _Longer | None:
        """The series of more than one row, where there are any."""
        lowering, backend = self._lowering, self._lowering.backend
        names = lowering.keys.columns(whole, keys, lowering.keys.scheme(whole, keys))
        placed = ~nw.col(lowering.named(whole, order)).is_null()
        counted = whole.table.filter(placed).select(*names, ROW).group_by(names).agg(nw.col(ROW).count().alias(_ROWS))
        counted = backend.keep(counted.filter(nw.col(_ROWS) > 1))
        size = int(backend.home(counted.select(nw.col(_ROWS).sum()), [_ROWS])[0][0] or 0)
        if not size:
            return None
        if size == whole.size:
            return _Longer(make_steps(lowering, whole, keys, order), None)
        beside = nw.col(lowering.match(whole, names, counted, names, {_ROWS: (_ROWS, keys, order)})[_ROWS])
        rows = lowering.part(whole, placed & ~beside.is_null(), size)
        there = rows.table.select(OF, nw.col(ROW).alias(VALUE))
        at = lowering.match(whole, [ROW], there, [OF], {VALUE: ("longer", keys, order)})[VALUE]
        return _Longer(make_steps(lowering, rows, keys, order), at)

    def _told(
        self,
        context: Context,
        longer: _Longer,
        node: int,
        what: str,
        keys: tuple[int, ...],
        order: int,
        value: int,
    ) -> nw.Expr:
        """The window in the rows of a context that are not alone in their series."""
        lowering = self._lowering
        whole, rows = context.whole or context, longer.steps.rows
        told = self._window(longer.steps, node, what, keys, order, value)
        if context is rows:
            return nw.col(told)
        at = longer.at or OF
        if context is not whole and longer.at is not None:
            mark = ("longer", keys, order)
            at = context.names.get(mark) or lowering.gather(context, OF, whole, at, mark)
        return nw.col(lowering.gather(context, at, rows, told, ("told", node)))

    def _window(
        self, steps: Steps, node: int, what: str, keys: tuple[int, ...], order: int, value: int
    ) -> str:
        """The column of the rows in longer series with the window."""
        lowering, rows = self._lowering, steps.rows
        if ("window", node) in rows.names:
            return rows.names["window", node]
        table = self._agreed.get((keys, order, value))
        if table is None:
            table = self._agreed[keys, order, value] = agreed(lowering, steps, value)
        if what in _AT_A_STEP:
            at = rows.names.get((what, keys, order))
            at = at or lowering.gather_from(rows, steps.at, steps.table, what, (what, keys, order))
        else:
            at = steps.at
            places, of, values = lowering.backend.home(table, [ORDER, OLDEST, VALUE], [ROW])
            found = typed(lowering.type_of(node), _along(what, places, of, values))
            table = lowering.backend.put(table, what, found).select(ROW, nw.col(what).alias(VALUE))
        return lowering.gather_from(rows, at, table, VALUE, ("window", node))


def _along(what: str, places: list[Any], of: list[int], values: list[Any]) -> list[Any]:
    """The window of each step; `of` tells the steps of one series from those of the next."""
    steps = list(zip(places, values, strict=True))
    told: list[Any] = []
    for _, numbers in groupby(range(len(steps)), of.__getitem__):
        told.extend(SERIES[what]([steps[number] for number in numbers]))
    return told
