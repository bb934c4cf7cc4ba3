"""A context: rows with the columns worked out for them so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable

    from invlint.engine.columnar.backends import Table

OF, OUTER, INNER, SURE, VALUE = "_of", "_outer", "_inner", "_sure", "_value"


class Context:
    """The rows of a table, a part of them, or pairs of rows; `rows` is the node of the table or of the pairs.

    A part knows the `whole` it was taken from, and its column `_of` says from which row there each of its own is; `at`
    is the same at home, where it is known. Pairs know the context `outer` of their outer side; their columns `_outer`
    and `_inner` say which rows stand side by side, `_sure` whether they certainly match.
    `names` are the columns worked out, by node or by what else they stand for.
    """

    def __init__(
        self,
        rows: int,
        table: Table,
        size: int,
        *,
        whole: Context | None = None,
        outer: Context | None = None,
        at: list[int] | None = None,
    ) -> None:
        self.rows = rows
        self.table = table
        self.size = size
        self.whole = whole
        self.outer = outer
        self.at = at
        self.names: dict[Hashable, str] = {}
        self.pairs: dict[int, Context] = {}
