"""Nodes to expressions over contexts: what is used again becomes a column, the rest stays inside its parent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from invlint.engine.columnar.backends import ROW
from invlint.engine.columnar.columns import Columns
from invlint.engine.columnar.contexts import INNER, OF, OUTER, SURE, Context
from invlint.engine.columnar.expressions import EXPRESSIONS, PASSING, REPEATING
from invlint.engine.columnar.indexes import Indexes
from invlint.engine.columnar.keys import Keys
from invlint.engine.columnar.reductions import Reductions
from invlint.engine.columnar.series import SeriesOfRows, Window
from invlint.engine.columnar.types import FLAG, PLACE, missing, type_of_node, typed
from invlint.engine.operations import OPERATIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from invlint.engine.columnar.backends import Backend, Part, Table, Values
    from invlint.engine.columnar.uses import Uses
    from invlint.model.plan import Node
    from invlint.tables import Frames

_FEW = 8
"""A part of less than one in so many rows works out what it needs on its own, though others may need it again."""

_MOST = 100_000
"""Rows whose pairs are looked at together."""

_DEAR = frozenset({"lookup", "reduce", "reduce_pairs", "window"})

_ON_THE_WHOLE = frozenset({"fails"})


class Lowering:
    """Works out nodes of a plan over frames. `fails(table, rule)` gives the rows of a table that fail a rule."""

    def __init__(
        self,
        nodes: tuple[Node, ...],
        uses: Uses,
        frames: Frames,
        backend: Backend,
        fails: Callable[[str, str], list[int]],
    ) -> None:
        self.nodes = nodes
        self.backend = backend
        self._uses = uses
        self._frames = frames
        self._fails = fails
        self._named = 0
        self._with_pairs: list[Context] = []
        self.columns = Columns(self)
        self.keys = Keys(self)
        self.indexes = Indexes(self)
        self._reductions = Reductions(self)
        self._series = SeriesOfRows(self)

    # contexts

    def whole(self, rows: int) -> Context:
        """All rows of a table."""
        return self.columns.whole(self._frames[self.nodes[rows][1]])

    def part(self, context: Context, flag: str, values: Sequence[bool | None], size: int, *columns: str) -> Context:
        """The rows of a context in which a flag has one of some values, in order, with some of its columns.

        What a part has looked up or added up comes along; all else is as soon worked out again.
        """
        names: dict[Hashable, str] = {}
        if context.whole is not None:
            names = {node: name for node, name in context.names.items() if self._is_dear(node)}
        kept = {name: name for name in (*columns, *names.values())} | {ROW if context.whole is None else OF: OF}
        table = self.backend.those(context.table, flag, values, kept)
        part = Context(self.backend.numbered(table, [OF]), size, whole=context.whole or context)
        part.names.update(names)
        return part

    def _is_dear(self, mark: Hashable) -> bool:
        return isinstance(mark, int) and self.nodes[mark][0] in _DEAR

    def rows(self, context: Context) -> list[int]:
        """The numbers of the rows of a context in its table."""
        if context.at is None:
            name = ROW if context.whole is None else OF
            context.at = self.backend.home(context.table, [name], [name])[0]
        return context.at

    def picked(self, rows: int, at: list[int]) -> Context:
        """Some rows of a table, which are known by number."""
        table = self.backend.table({OF: (PLACE, at)}, len(at))
        return Context(table, len(at), whole=self.whole(rows), at=at)

    def pairs(self, context: Context, node: int) -> Context:
        """The rows of a context beside their matching rows."""
        known = context.pairs.get(node)
        if known is None:
            known = context.pairs[node] = self._paired(context, node)
            self._with_pairs.append(context)
        return known

    def forget_pairs(self) -> None:
        """Let go of all pairs. They and their rows know one another, so that nobody else would free their memory."""
        for context in self._with_pairs:
            for pairs in context.pairs.values():
                pairs.matching.clear()
            context.pairs.clear()
        self._with_pairs.clear()

    def _paired(self, context: Context, node: int) -> Context:
        _, _, keys, index = self.nodes[node]
        ours = self.keys.columns(context, keys, self.indexes.scheme(index))
        theirs = self.indexes.keys(index)
        outer = context.table.select(nw.col(ROW).alias(OUTER), *ours)
        inner = self.indexes.candidates(index).select(nw.col(ROW).alias(INNER), *theirs, SURE)
        table = self.backend.beside(outer, ours, inner, theirs).select(ROW, OUTER, INNER, SURE)
        size = int(self.backend.home(table.select(nw.len().alias("n")), ["n"])[0][0])
        return Context(table, size, node=node, outer=context)

    def side(self, pairs: Context, side: str) -> Context:
        """The context of the outer or the inner rows of pairs."""
        pairs = pairs.whole or pairs
        if side == "outer":
            assert pairs.outer is not None  # noqa: S101
            return pairs.outer
        assert pairs.node is not None  # noqa: S101
        index = self.nodes[pairs.node][3]
        return self.whole(self.nodes[index][1])

    def home(self, node: int) -> int:
        """The rows or pairs that a node has a value for each of."""
        operation, *operands = self.nodes[node]
        if operation == "op":
            return self.home(operands[1])
        if operation == "reduce_pairs":
            return int(self.nodes[operands[1]][1])
        return int(operands[1] if operation in ("reduce", "window") else operands[0])

    # columns

    def some_at_home(self, rows: int, name: str, at: list[int]) -> list[Any]:
        """A column as the frame has it, in some rows."""
        return self._frames[self.nodes[rows][1]].some(name, at)

    def stack(self, context: Context, mark: Hashable, parts: Sequence[Part]) -> str:
        """Add a column put together from columns of other tables."""
        name = context.names[mark] = self._name()
        context.table = self.backend.stacked(context.table, name, parts)
        return name

    def put(self, context: Context, mark: Hashable, values: Values) -> str:
        """Add a column of values worked out in Python."""
        name = context.names[mark] = self._name()
        context.table = self.backend.put(context.table, name, values)
        return name

    def attach(self, context: Context, mark: Hashable, expr: nw.Expr) -> str:
        """Add a column, once, and give its name."""
        name = context.names.get(mark)
        if name is None:
            name = self._name()
            context.table = self.backend.keep(context.table.with_columns(expr.alias(name)))
            context.names[mark] = name
        return name

    def gather(self, context: Context, at: str, source: Context, name: str, mark: Hashable) -> str:
        """Add a column of another context, at the rows there that a column here says."""
        return self.gather_from(context, at, source.table, name, mark)

    def gather_from(self, context: Context, at: str, source: Table, name: str, mark: Hashable) -> str:
        """Add a column of a table, at the rows there that a column here says."""
        here = context.names[mark] = self._name()
        context.table = self.backend.gather(context.table, at, source, {name: here})
        return here

    def steps(self, context: Context, key: Sequence[str], marks: Sequence[str], mark: Hashable) -> tuple[str, Table]:
        """Add a column that says in which step each row is; and the steps (see `Backend.steps`)."""
        name = context.names[mark] = self._name()
        context.table, steps = self.backend.steps(context.table, name, key, marks)
        return name, steps

    def present(
        self, context: Context, keys: Sequence[str], other: Table, theirs: Sequence[str], mark: Hashable
    ) -> str:
        """Add a flag: whether a table has the key of a row."""
        name = context.names[mark] = self._name()
        context.table = self.backend.present(context.table, name, keys, other, theirs)
        return name

    def match(
        self,
        context: Context,
        keys: Sequence[str],
        other: Table,
        theirs: Sequence[str],
        columns: Mapping[str, Hashable],
    ) -> dict[str, str]:
        """Add columns (name there to mark here) of a table that has each key once."""
        names = {there: self._name() for there in columns}
        wanted = other.select(
            *(nw.col(key).alias(f"_{place}") for place, key in enumerate(theirs)),
            *(nw.col(there).alias(here) for there, here in names.items()),
        )
        context.table = self.backend.match(context.table, keys, wanted, [f"_{place}" for place in range(len(theirs))])
        context.names.update({mark: names[there] for there, mark in columns.items()})
        return names

    def values(self, context: Context, node: int) -> list[Any]:
        """The values of a node in each row of a context, brought home."""
        name = self.named(context, node)
        return self.backend.home(context.table, [name], [ROW])[0]

    def type_of(self, node: int) -> str:
        """The type of a node's column."""
        return type_of_node(self.nodes, node)

    def shared(self, node: int) -> bool:
        """Whether more than one block needs the node."""
        return self._uses.elsewhere(node)

    def _name(self) -> str:
        self._named += 1
        return f"c{self._named}"

    # nodes

    def named(self, context: Context, node: int) -> str:
        """The column of a node in a context."""
        expr = self.expr(context, node)
        return context.names.get(node) or self.attach(context, node, expr)

    def expr(self, context: Context, node: int) -> nw.Expr:
        """The node as an expression over the table of a context."""
        if node not in context.names:
            operation, *operands = self.nodes[node]
            if context.whole is not None and self._stands_on_whole(context, node, operation):
                self.gather(context, OF, context.whole, self.named(context.whole, node), node)
            elif operation == "literal":
                return nw.lit(operands[1])
            else:
                expr = _MEANING[operation](self, context, node, *operands)
                if node not in context.names:
                    if operation == "op" and (operands[0] in PASSING or not self._uses.again(node)):
                        return expr
                    self.attach(context, node, expr)
        return nw.col(context.names[node])

    def _stands_on_whole(self, part: Context, node: int, operation: str) -> bool:
        """Whether a part takes a node from the whole, where it is known already or will be of use to others."""
        assert part.whole is not None  # noqa: S101
        if node in part.whole.names or operation in _ON_THE_WHOLE:
            return True
        return (
            operation in ("op", "lookup", "reduce", "window")
            and self.shared(node)
            and part.size * _FEW >= part.whole.size
        )

    def _column(self, context: Context, node: int, _rows: int, name: str) -> nw.Expr:
        context.names[node] = self.columns.plain(context, name, shared=self.shared(node))
        return nw.col(context.names[node])

    def _op(self, context: Context, node: int, name: str, *operands: int) -> nw.Expr:
        expression = EXPRESSIONS.get(name)
        if expression is None:
            columns = (self._at_home(context, operand) for operand in operands)
            return nw.col(self.put(context, node, typed(self.type_of(node), OPERATIONS[name](*columns))))
        return expression(*(self._operand(context, name, operand) for operand in operands))

    def _at_home(self, context: Context, operand: int) -> list[Any]:
        """The values of an operand; a literal does not go to the engine for it."""
        node = self.nodes[operand]
        return [node[2]] * context.size if node[0] == "literal" else self.values(context, operand)

    def _operand(self, context: Context, name: str, operand: int) -> nw.Expr:
        if name in REPEATING and self.nodes[operand][0] == "op":
            return nw.col(self.named(context, operand))
        return self.expr(context, operand)

    def _lookup(
        self, context: Context, node: int, _rows: int, keys: tuple[int, ...], index: int, value: int
    ) -> nw.Expr:
        if self.indexes.empty(index):
            return missing(self.type_of(node))
        source = self.whole(self.nodes[index][1])
        at = self.indexes.only(context, keys, index)
        return nw.col(self.gather(context, at, source, self.named(source, value), node))

    def _reduce(
        self, context: Context, _node: int, what: str, _rows: int, keys: tuple[int, ...], index: int, value: int | None
    ) -> nw.Expr:
        return self._reductions.of_index(context, what, keys, index, value)

    def _reduce_pairs(
        self, context: Context, node: int, what: str, pairs: int, kept: int | None, value: int | None
    ) -> nw.Expr:
        if context.size > _MOST:
            return nw.col(self._by_slices(context, node))
        return self._reductions.of_pairs(context, node, what, pairs, kept, value)

    def _by_slices(self, context: Context, node: int) -> str:
        """The column of a node, worked out for so many rows at a time: the pairs of all would fill the memory."""
        slices = []
        for begin in range(0, context.size, _MOST):
            size = min(_MOST, context.size - begin)
            inside = (nw.col(ROW) >= begin) & (nw.col(ROW) < begin + size)
            part = self.part(context, self.attach(context, object(), inside), (True,), size)
            name = self.named(part, node)
            slices.append((part.table, ROW, part.table, name))
            self.forget_pairs()
        return self.stack(context, node, slices)

    def _outer(self, context: Context, node: int, _pairs: int, inside: int) -> nw.Expr:
        source = self.side(context, "outer")
        return nw.col(self.gather(context, OUTER, source, self.named(source, inside), node))

    def _inner(self, context: Context, node: int, _pairs: int, inside: int) -> nw.Expr:
        source = self.side(context, "inner")
        return nw.col(self.gather(context, INNER, source, self.named(source, inside), node))

    def _window(
        self, context: Context, node: int, what: str, _rows: int, keys: tuple[int, ...], order: int, value: int
    ) -> nw.Expr:
        return self._series.along(context, Window(node, what, keys, order, value))

    def _failing(self, context: Context, node: int, rows: int, rule: str) -> nw.Expr:
        failing = self._fails(self.nodes[rows][1], rule)
        if not failing:
            return nw.lit(False)
        fails = [False] * context.size
        for row in failing:
            fails[row] = True
        return nw.col(self.put(context, node, (FLAG, fails)))


_MEANING: Mapping[str, Callable[..., nw.Expr]] = {
    "column": Lowering._column,
    "op": Lowering._op,
    "lookup": Lowering._lookup,
    "reduce": Lowering._reduce,
    "reduce_pairs": Lowering._reduce_pairs,
    "outer": Lowering._outer,
    "inner": Lowering._inner,
    "window": Lowering._window,
    "fails": Lowering._failing,
}
