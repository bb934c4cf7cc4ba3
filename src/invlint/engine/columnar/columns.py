"""The way of columns into the engine: each goes once, and values that stand in another frame are gathered there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from invlint.engine.columnar.contexts import OF, Context
from invlint.engine.columnar.types import PLACE, in_base_units, type_of_column, typed

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from invlint.engine.columnar.backends import Table, Values
    from invlint.engine.columnar.lowering import Lowering
    from invlint.tables.frame import Frame

    Form = Callable[[Frame, str, list[Any]], Values]
    """What the engine gets for the values of a column of a frame."""

_FEW = 8
"""A part of less than one in so many rows looks itself for what is taken from elsewhere."""


class Columns:
    """The columns of a run, each in the whole table of its frame."""

    def __init__(self, lowering: Lowering) -> None:
        self._lowering = lowering
        self._wholes: dict[Frame, Context] = {}
        self._sent_rows: dict[int, tuple[list[int], Table]] = {}

    def whole(self, frame: Frame) -> Context:
        """All rows of a frame."""
        known = self._wholes.get(frame)
        if known is None:
            table = self._lowering.backend.table({}, frame.size)
            known = self._wholes[frame] = Context(table, frame.size, frame=frame)
        return known

    def plain(self, context: Context, name: str, *, shared: bool) -> str:
        """A column as it is, in the rows of a context; `shared` says that other rows will need it too."""
        return self.sent(context, name, "plain", _typed, shared=shared)

    def sent(self, context: Context, name: str, mark: Hashable, form: Form, *, shared: bool) -> str:
        """A column in some form, which has a mark of its own."""
        known = context.names.get((mark, name))
        if known is not None:
            return known
        if context.whole is None:
            return self._taken(context, name, mark, form) or self._put(context, name, mark, form)
        if self.stands_on_whole(context, name, mark, shared=shared):
            there = self.sent(context.whole, name, mark, form, shared=shared)
            return self._lowering.gather(context, OF, context.whole, there, (mark, name))
        return self._put(context, name, mark, form)

    def stands_on_whole(self, part: Context, name: str, mark: Hashable, *, shared: bool) -> bool:
        """Whether a part takes a column from the whole: where it is there already, or does not cost or is of use."""
        assert part.whole is not None  # noqa: S101
        if shared or not part.short or (mark, name) in part.whole.names:
            return True
        return part.size * _FEW >= part.whole.size and bool(part.frame.taken(name))

    def _put(self, context: Context, name: str, mark: Hashable, form: Form) -> str:
        frame = context.frame
        values = frame.column(name) if context.whole is None else frame.some(name, self._lowering.rows(context))
        return self._lowering.put(context, (mark, name), form(frame, name, values))

    def _taken(self, whole: Context, name: str, mark: Hashable, form: Form) -> str | None:
        """The column put together from where its values stand, if that is elsewhere."""
        taken = [part for part in whole.frame.taken(name) if part.rows]
        if not taken:
            return None
        there = [self.sent(self.whole(part.frame), part.column, mark, form, shared=True) for part in taken]
        parts = [
            (self._rows(part.rows), OF, self.whole(part.frame).table, column)
            for part, column in zip(taken, there, strict=True)
        ]
        return self._lowering.stack(whole, (mark, name), parts)

    def _rows(self, rows: list[int]) -> Table:
        """A table of the rows in which values stand elsewhere; many columns share them."""
        known = self._sent_rows.get(id(rows))
        if known is None:
            table = self._lowering.backend.table({OF: (PLACE, rows)}, len(rows))
            known = self._sent_rows[id(rows)] = rows, table
        return known[1]


def _typed(frame: Frame, name: str, values: list[Any]) -> Values:
    kind = type_of_column(frame.name, name)
    return (kind, values) if in_base_units(frame.name, name) else typed(kind, values)
