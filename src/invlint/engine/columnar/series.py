"""Windows along an order. A row that is alone in its series speaks for itself; the others are looked at by steps."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from invlint.engine.columnar.backends import ROW
from invlint.engine.columnar.contexts import OF, VALUE
from invlint.engine.columnar.steps import FIRST, NEWEST, OLDEST, PREVIOUS, Steps, agreed, make_steps
from invlint.engine.columnar.types import WHOLE, missing, typed
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

_PLACE, _ROWS, _SERIES, _STEP = "_place", "_rows", "_series", "_step"


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
        counted = backend.keep(counted.filter(nw.col(_ROWS) > 1).select(*names, _ROWS))
        size = int(backend.home(counted.select(nw.col(_ROWS).sum()), [_ROWS])[0][0] or 0)
        if not size:
            return None
        if size == whole.size:
            return _Longer(make_steps(lowering, whole, keys, order), None)
        beside = nw.col(lowering.present(whole, names, counted, names, ("beside", keys, order)))
        rows = lowering.part(whole, placed & beside, size)
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
        lowering, steps = self._lowering, longer.steps
        whole, rows = context.whole or context, steps.rows
        at = longer.at or OF
        if context is not whole and longer.at is not None:
            mark = ("longer", keys, order)
            at = context.names.get(mark) or lowering.gather(context, OF, whole, at, mark)
        if context.short and what not in _AT_A_STEP and ("window", node) not in rows.names:
            step = lowering.gather(context, at, rows, steps.at, ("step", node))
            table = self._near(context, steps, step, self._values(steps, keys, order, value))
            told = self._at_home(steps, table, node, what, order)
            return nw.col(lowering.match(context, [step], told, [_STEP], {VALUE: ("told", node)})[VALUE])
        window = self._window(steps, node, what, keys, order, value)
        return nw.col(window if context is rows else lowering.gather(context, at, rows, window, ("told", node)))

    def _window(self, steps: Steps, node: int, what: str, keys: tuple[int, ...], order: int, value: int) -> str:
        """The column of the rows in longer series with the window."""
        lowering, rows = self._lowering, steps.rows
        if ("window", node) in rows.names:
            return rows.names["window", node]
        table, at = self._values(steps, keys, order, value), steps.at
        if what in _AT_A_STEP:
            known = rows.names.get((what, keys, order))
            at = known or lowering.gather_from(rows, at, steps.table, what, (what, keys, order))
        else:
            table = self._at_home(steps, table, node, what, order)
        return lowering.gather_from(rows, at, table, VALUE, ("window", node))

    def _values(self, steps: Steps, keys: tuple[int, ...], order: int, value: int) -> Table:
        """The steps with the value that the rows of each agree on."""
        known = self._agreed.get((keys, order, value))
        if known is None:
            known = self._agreed[keys, order, value] = agreed(self._lowering, steps, value)
        return known

    def _near(self, context: Context, steps: Steps, step: str, table: Table) -> Table:
        """The steps of those series that the rows of a part stand in, each at a `step`."""
        backend = self._lowering.backend
        here = backend.gather(context.table.select(ROW, step), step, steps.table, {OLDEST: _SERIES})
        return table.join(here.select(_SERIES).unique(), left_on=OLDEST, right_on=_SERIES, how="semi")

    def _at_home(self, steps: Steps, table: Table, node: int, what: str, order: int) -> Table:
        """A window without a native form in each `_step` of a table of steps, as `_value`."""
        lowering, backend = self._lowering, self._lowering.backend
        along = {lowering.named(steps.rows, order): _PLACE}
        table = backend.gather(table, FIRST, steps.rows.table, along)
        numbers, places, of, values = backend.home(table, [ROW, _PLACE, OLDEST, VALUE], [ROW])
        found = typed(lowering.type_of(node), _along(what, places, of, values))
        return backend.table({_STEP: (WHOLE, numbers), VALUE: found}, len(numbers))


def _along(what: str, places: list[Any], of: list[int], values: list[Any]) -> list[Any]:
    """The window of each step; `of` tells the steps of one series from those of the next."""
    steps = list(zip(places, values, strict=True))
    told: list[Any] = []
    for _, numbers in groupby(range(len(steps)), of.__getitem__):
        told.extend(SERIES[what]([steps[number] for number in numbers]))
    return told
