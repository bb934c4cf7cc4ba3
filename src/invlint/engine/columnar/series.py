"""Windows along an order. A row that is alone in its series speaks for itself; the others are looked at by steps."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from invlint.engine.columnar.backends import FIRST, NEWEST, OLDEST, PREVIOUS, ROW
from invlint.engine.columnar.contexts import OF, VALUE
from invlint.engine.columnar.steps import Steps, agreed, make_steps
from invlint.engine.columnar.types import PLACE, missing, typed
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


class Window(NamedTuple):
    """A window of a plan: the node, what it gives, and the nodes it stands on."""

    node: int
    what: str
    keys: tuple[int, ...]
    order: int
    value: int

    @property
    def along(self) -> tuple[tuple[int, ...], int]:
        """The keys and the order, by which windows share series."""
        return self.keys, self.order


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
        self._agreed: dict[tuple[tuple[tuple[int, ...], int], int], Table] = {}

    def along(self, context: Context, window: Window) -> nw.Expr:
        """The window of a value in each row of a context."""
        lowering = self._lowering
        whole = context.whole or context
        of_one = _OF_ONE.get(window.what)
        longer = self._of(whole, window) if of_one is not None or self._goes_on(whole, window.order) else None
        told = missing(lowering.type_of(window.node))
        if longer is not None:
            told = self._told(context, longer, window)
            if longer.at is None:
                return told
        if of_one is None:
            return told
        alone = ~lowering.expr(context, window.order).is_null()
        if longer is not None:
            alone = alone & nw.col(context.names["longer", window.along]).is_null()
        return nw.when(alone).then(of_one(lowering.expr(context, window.value))).otherwise(told)

    def _goes_on(self, whole: Context, order: int) -> bool:
        """Whether there are two places in an order at all."""
        known = self._orders.get(order)
        if known is None:
            at = nw.col(self._lowering.named(whole, order))
            told = self._lowering.backend.home(whole.table.select((at.min() < at.max()).alias(VALUE)), [VALUE])[0]
            known = self._orders[order] = bool(told[0])
        return known

    def _of(self, whole: Context, window: Window) -> _Longer | None:
        if window.along not in self._longer:
            self._longer[window.along] = self._made(whole, *window.along)
        return self._longer[window.along]

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
        longer = lowering.attach(whole, ("in longer", keys, order), placed & beside)
        rows = lowering.part(whole, longer, (True,), size)
        there = rows.table.select(OF, nw.col(ROW).alias(VALUE))
        at = lowering.match(whole, [ROW], there, [OF], {VALUE: ("longer", (keys, order))})[VALUE]
        return _Longer(make_steps(lowering, rows, keys, order), at)

    def _told(self, context: Context, longer: _Longer, window: Window) -> nw.Expr:
        """The window in the rows of a context that are not alone in their series."""
        lowering, steps = self._lowering, longer.steps
        whole, rows = context.whole or context, steps.rows
        mark = ("told", window.node)
        at = longer.at or OF
        if context is not whole and longer.at is not None:
            place = ("longer", window.along)
            at = context.names.get(place) or lowering.gather(context, OF, whole, at, place)
        if context.short and window.what not in _AT_A_STEP and ("window", window.node) not in rows.names:
            step = lowering.gather(context, at, rows, steps.at, ("step", window.node))
            near = self._at_home(steps, self._near(context, steps, step, self._values(steps, window)), window)
            return nw.col(lowering.match(context, [step], near, [_STEP], {VALUE: mark})[VALUE])
        there = self._in_longer(steps, window)
        return nw.col(there if context is rows else lowering.gather(context, at, rows, there, mark))

    def _in_longer(self, steps: Steps, window: Window) -> str:
        """The column of the rows in longer series with the window."""
        lowering, rows, what = self._lowering, steps.rows, window.what
        if ("window", window.node) in rows.names:
            return rows.names["window", window.node]
        table, at = self._values(steps, window), steps.at
        if what in _AT_A_STEP:
            place = (what, window.along)
            at = rows.names.get(place) or lowering.gather_from(rows, at, steps.table, what, place)
        else:
            table = self._at_home(steps, table, window)
        return lowering.gather_from(rows, at, table, VALUE, ("window", window.node))

    def _values(self, steps: Steps, window: Window) -> Table:
        """The steps with the value that the rows of each agree on."""
        mark = (window.along, window.value)
        known = self._agreed.get(mark)
        if known is None:
            known = self._agreed[mark] = agreed(self._lowering, steps, window.value)
        return known

    def _near(self, context: Context, steps: Steps, step: str, table: Table) -> Table:
        """The steps of those series that the rows of a part stand in, each at a `step`."""
        backend = self._lowering.backend
        here = backend.gather(context.table.select(ROW, step), step, steps.table, {OLDEST: _SERIES})
        return table.join(here.select(_SERIES).unique(), left_on=OLDEST, right_on=_SERIES, how="semi")

    def _at_home(self, steps: Steps, table: Table, window: Window) -> Table:
        """A window without a native form in each `_step` of a table of steps, as `_value`."""
        lowering, backend = self._lowering, self._lowering.backend
        along = {lowering.named(steps.rows, window.order): _PLACE}
        table = backend.gather(table, FIRST, steps.rows.table, along)
        numbers, places, of, values = backend.home(table, [ROW, _PLACE, OLDEST, VALUE], [ROW])
        found = typed(lowering.type_of(window.node), _along(window.what, places, of, values))
        return backend.table({_STEP: (PLACE, numbers), VALUE: found}, len(numbers))


def _along(what: str, places: list[Any], of: list[int], values: list[Any]) -> list[Any]:
    """The window of each step; `of` tells the steps of one series from those of the next."""
    steps = list(zip(places, values, strict=True))
    told: list[Any] = []
    for _, numbers in groupby(range(len(steps)), of.__getitem__):
        told.extend(SERIES[what]([steps[number] for number in numbers]))
    return told
