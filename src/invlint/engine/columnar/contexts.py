"""A context: rows with the columns worked out for them so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable

    from invlint.engine.columnar.backends import Table
    from invlint.tables.frame import Frame

OF, OUTER, INNER, SURE, VALUE = "_of", "_outer", "_inner", "_sure", "_value"

_SHORT = 2
"""A part of less than one in so many rows takes at home what values no other rows need."""


class Context:
    """The rows of a table, a part of them, or pairs of rows.

    Rows of a table know their `frame`. A part knows the `whole` it was taken from, and its column `_of` says from which
    row there each of its own is; `at` is the same at home, where it has been asked for. Pairs know their `node` and the
    context `outer` of their outer side; their columns `_outer` and `_inner` say which rows stand side by side, `_sure`
    whether they certainly match.
    `matching` are, by a condition, the pairs that certainly match, and those of which it is not known.
    `names` are the columns worked out, by node or by what else they stand for.
    """

    def __init__(
        self,
        table: Table,
        size: int,
        *,
        frame: Frame | None = None,
        whole: Context | None = None,
        at: list[int] | None = None,
        node: int | None = None,
        outer: Context | None = None,
    ) -> None:
        self.table = table
        self.size = size
        self._frame = frame
        self.whole = whole
        self.at = at
        self.node = node
        self.outer = outer
        self.names: dict[Hashable, str] = {}
        self.pairs: dict[int, Context] = {}
        self.matching: dict[int | None, tuple[Context, Context | None]] = {}

    @property
    def frame(self) -> Frame:
        """The frame of the table whose rows these are."""
        frame = self._frame if self.whole is None else self.whole.frame
        assert frame is not None  # noqa: S101
        return frame

    @property
    def short(self) -> bool:
        """Whether these are a small part of a table."""
        return self.whole is not None and self.size * _SHORT < self.whole.size
