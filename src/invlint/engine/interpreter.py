"""The reference semantics of a plan: a small interpreter that computes each node once, a whole column at a time."""

from __future__ import annotations

from collections import defaultdict
from itertools import compress
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from invlint.engine.operations import DECISIVE, OPERATIONS, Column
from invlint.engine.reductions import reduce_values
from invlint.engine.series import OF_ONE, SERIES, agreed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from invlint.model.plan import Node


class ColumnSource(Protocol):
    """A frame as the interpreter sees it."""

    @property
    def size(self) -> int: ...

    def column(self, name: str) -> Column: ...

    def some(self, name: str, rows: list[int]) -> Column: ...


class FrameSource(Protocol):
    """The frames as the interpreter sees them."""

    def __getitem__(self, name: str) -> ColumnSource: ...


_TWO_STEPS = 2


class Index(NamedTuple):
    """Rows by key: those that pass the filter, and those of which it is not known."""

    rows: dict[Any, list[int]]
    doubtful: dict[Any, list[int]]


class Pairs(NamedTuple):
    """Rows of two tables side by side; `size` is the number of outer rows, `doubtful` marks unsure pairs."""

    size: int
    outer: list[int]
    inner: list[int]
    doubtful: list[bool]


class _Series(NamedTuple):
    """Rows that are alone in their series, and the longer series: in order each step with its rows."""

    alone: list[int]
    longer: list[list[tuple[Any, list[int]]]]


class Interpreter:
    """Computes nodes over frames. `fails(table, rule)` gives the rows of a table that fail a rule."""

    def __init__(self, nodes: tuple[Node, ...], frames: FrameSource, fails: Callable[[str, str], Column]) -> None:
        self.nodes = nodes
        self._frames = frames
        self._fails = fails
        self._done: dict[int, Any] = {}
        self._zipped: dict[tuple[int, ...], list[Any]] = {}
        self._found: dict[tuple[tuple[int, ...], int], list[int | None]] = {}
        self._rows_alone: dict[int, dict[Any, int]] = {}
        self._keys_there: dict[int, tuple[set[Any], set[Any]]] = {}
        self._series: dict[tuple[tuple[int, ...], int], _Series] = {}

    def column(self, number: int) -> Column:
        """The column that a node stands for."""
        found: Column = self._value(number)
        return found

    def knows(self, number: int) -> bool:
        """Whether a node has been computed."""
        return number in self._done

    def keys_known(self, keys: tuple[int, ...]) -> list[Any] | None:
        """The keys of each row, where they have been put together."""
        return self._zipped.get(keys)

    def home(self, number: int) -> int:
        """The rows, or pairs, that a node has a value for each of."""
        node = self.nodes[number]
        while node[0] == "op":
            node = self.nodes[node[2]]
        if node[0] == "pairs":
            return -1
        home: int = node[2] if node[0] in ("reduce", "reduce_pairs") else node[1]
        return int(self.nodes[home][1]) if node[0] == "reduce_pairs" else home

    def rows(self, positions: list[int]) -> list[int]:
        """The rows of the table that stand at some positions of the columns: here the same."""
        return positions

    def part(self, rows: int, positions: list[int]) -> Interpreter:
        """The same for some of the rows of a table, which `rows` names."""
        return _Part(self, self, rows, positions)

    def _elsewhere(self, number: int) -> Column:
        """The column of a node over the other side of a look-up."""
        return self.column(number)

    def _value(self, number: int) -> Any:
        done = self._done.get(number)
        if done is None:
            node = self.nodes[number]
            done = self._done[number] = _MEANING[node[0]](self, *node[1:])
        return done

    def _table(self, rows: int) -> ColumnSource:
        return self._frames[self.nodes[rows][1]]

    def _length(self, rows: int) -> int:
        if self.nodes[rows][0] == "pairs":
            return len(self._value(rows).outer)
        return self._table(rows).size

    def _keys(self, keys: tuple[int, ...], size: int) -> list[Any]:
        """The keys of each row; columns that many nodes match by are put together once."""
        if not keys:
            return [()] * size
        known = self._zipped.get(keys)
        if known is None:
            known = self._zipped[keys] = list(zip(*(self.column(key) for key in keys), strict=True))
        return known

    def _column(self, rows: int, name: str) -> Column:
        return self._table(rows).column(name)

    def _literal(self, rows: int, value: Any) -> Column:
        return [value] * self._length(rows)

    def _op(self, name: str, *operands: int) -> Column:
        first = self.column(operands[0])
        decided = DECISIVE.get(name)
        if decided is not None and first[:1] == [decided] and first.count(decided) == len(first):
            return first
        return OPERATIONS[name](first, *(self.column(operand) for operand in operands[1:]))

    def _index(self, rows: int, keys: tuple[int, ...], kept: int | None) -> Index:
        index = Index(defaultdict(list), {})
        size = self._length(rows)
        flags = self._passing(rows, kept)
        passing, failing = flags.count(True), flags.count(False)
        if failing == size:
            return index
        all_keys = self._keys(keys, size)
        for row, key in compress(enumerate(all_keys), flags):
            index.rows[key].append(row)
        if passing + failing < size:
            for row, key in enumerate(all_keys):
                if flags[row] is None:
                    index.doubtful.setdefault(key, []).append(row)
        return index

    def _passing(self, rows: int, kept: int | None) -> Column:
        """Whether each row or pair passes a filter; all do where there is none."""
        return self.column(kept) if kept is not None else [True] * self._length(rows)

    def _lookup(self, rows: int, keys: tuple[int, ...], index: int, value: int) -> Column:
        values = self._elsewhere(value)
        return [None if row is None else values[row] for row in self._only_rows(rows, keys, index)]

    def _only_rows(self, rows: int, keys: tuple[int, ...], index: int) -> list[int | None]:
        """For each row the only one with the same keys; None where there is none, or several, or doubt."""
        known = self._found.get((keys, index))
        if known is None:
            alone, size = self._alone(index), self._length(rows)
            known = list(map(alone.get, self._keys(keys, size))) if alone else [None] * size
            self._found[keys, index] = known
        return known

    def _alone(self, index: int) -> dict[Any, int]:
        """Key to row, of the rows that alone have their key, and surely: mostly all of an index."""
        known = self._rows_alone.get(index)
        if known is None:
            _, rows, keys, kept = self.nodes[index]
            size = self._length(rows)
            flags = self._passing(rows, kept)
            known = dict(compress(zip(self._keys(keys, size), range(size), strict=True), flags))
            if len(known) < size - flags.count(False):
                found: Index = self._value(index)
                known = {key: at[0] for key, at in found.rows.items() if len(at) == 1 and key not in found.doubtful}
            self._rows_alone[index] = known
        return known

    def _reduce(self, what: str, rows: int, keys: tuple[int, ...], index: int, value: int | None) -> Column:
        if what == "some":
            return self._some(rows, keys, index)
        found: Index = self._value(index)
        nothing = reduce_values(what, [], unknown=False)
        if not found.rows and not found.doubtful:
            return [nothing] * self._length(rows)
        values = self._elsewhere(value) if value is not None else None
        ours = self._keys(keys, self._length(rows))
        known: dict[int, Any] = {}
        result = []
        for matching in map(found.rows.get, ours):
            if matching is None:
                result.append(nothing)
                continue
            first = matching[0]
            if first not in known:
                items = [values[row] for row in matching] if values is not None else matching
                known[first] = reduce_values(what, items, unknown=False)
            result.append(known[first])
        return _without_doubt(result, ours, found)

    def _some(self, rows: int, keys: tuple[int, ...], index: int) -> Column:
        sure, doubtful = self._present(index)
        if not sure and not doubtful:
            return [False] * self._length(rows)
        ours = self._keys(keys, self._length(rows))
        if not doubtful:
            return list(map(sure.__contains__, ours))
        return [True if key in sure else (None if key in doubtful else False) for key in ours]

    def _present(self, index: int) -> tuple[set[Any], set[Any]]:
        """The keys of the rows that pass the filter of an index, and of those of which it is not known."""
        known = self._keys_there.get(index)
        if known is None:
            _, rows, keys, kept = self.nodes[index]
            size = self._length(rows)
            flags = self._passing(rows, kept)
            passing, failing = flags.count(True), flags.count(False)
            all_keys = self._keys(keys, size) if failing < size else []
            unsure = passing + failing < size
            doubtful = {key for key, flag in zip(all_keys, flags, strict=True) if flag is None} if unsure else set()
            known = self._keys_there[index] = set(compress(all_keys, flags)), doubtful
        return known

    def _pairs(self, rows: int, keys: tuple[int, ...], index: int) -> Pairs:
        found: Index = self._value(index)
        size = self._length(rows)
        pairs = Pairs(size, [], [], [])
        if not found.rows and not found.doubtful:
            return pairs
        for row, key in enumerate(self._keys(keys, size)):
            matching = found.rows.get(key)
            if matching is not None:
                pairs.outer.extend([row] * len(matching))
                pairs.inner.extend(matching)
        pairs.doubtful.extend([False] * len(pairs.outer))
        if found.doubtful:
            self._add_doubtful(pairs, keys, found)
        return pairs

    def _add_doubtful(self, pairs: Pairs, keys: tuple[int, ...], found: Index) -> None:
        for row, key in enumerate(self._keys(keys, pairs.size)):
            matching = found.doubtful.get(key, ())
            pairs.outer.extend([row] * len(matching))
            pairs.inner.extend(matching)
            pairs.doubtful.extend([True] * len(matching))

    def _outer(self, pairs: int, node: int) -> Column:
        column = self.column(node)
        return [column[row] for row in self._value(pairs).outer]

    def _inner(self, pairs: int, node: int) -> Column:
        column = self._elsewhere(node)
        return [column[row] for row in self._value(pairs).inner]

    def _reduce_pairs(self, what: str, pairs: int, kept: int | None, value: int | None) -> Column:
        both: Pairs = self._value(pairs)
        flags = self._passing(pairs, kept)
        values = self.column(value) if value is not None else both.inner
        matching: dict[int, list[Any]] = {}
        unsure: set[int] = set()
        for row, flag, doubtful, item in zip(both.outer, flags, both.doubtful, values, strict=True):
            if flag is False:
                continue
            if flag is None or doubtful:
                unsure.add(row)
            else:
                matching.setdefault(row, []).append(item)
        result: Column = [reduce_values(what, [], unknown=False)] * both.size
        for row, items in matching.items():
            result[row] = reduce_values(what, items, unknown=False)
        for row in unsure:
            result[row] = reduce_values(what, matching.get(row, []), unknown=True)
        return result

    def _window(self, what: str, _rows: int, keys: tuple[int, ...], order: int, value: int) -> Column:
        values = self.column(value)
        result: Column = [None] * len(values)
        if OF_ONE[what] is None and len(set(self.column(order)) - {None}) < _TWO_STEPS:
            return result
        series = self._series_of(keys, order)
        alone = OF_ONE[what]
        if alone is not None:
            for row in series.alone:
                result[row] = alone(values[row])
        for steps in series.longer:
            told = SERIES[what]([(at, agreed([values[row] for row in rows])) for at, rows in steps])
            for (_, rows), found in zip(steps, told, strict=True):
                for row in rows:
                    result[row] = found
        return result

    def _series_of(self, keys: tuple[int, ...], order: int) -> _Series:
        """The series of the rows with the same keys, which all windows share."""
        known = self._series.get((keys, order))
        if known is None:
            orders = self.column(order)
            found: defaultdict[Any, list[int]] = defaultdict(list)
            for row, (key, at) in enumerate(zip(self._keys(keys, len(orders)), orders, strict=True)):
                if at is not None:
                    found[key].append(row)
            known = self._series[keys, order] = _Series([], [])
            for rows in found.values():
                if len(rows) == 1:
                    known.alone.extend(rows)
                else:
                    steps: defaultdict[Any, list[int]] = defaultdict(list)
                    for row in rows:
                        steps[orders[row]].append(row)
                    known.longer.append(sorted(steps.items()))
        return known

    def _failing(self, rows: int, rule: str) -> Column:
        return self._fails(self.nodes[rows][1], rule)


class _Part(Interpreter):
    """Some rows of a table, for whatever is computed row by row; indexes and series stay those of the whole table.

    What `before`, the whole or a larger part, has computed already is taken from there.
    """

    def __init__(self, whole: Interpreter, before: Interpreter, rows: int, positions: list[int]) -> None:
        super().__init__(whole.nodes, whole._frames, whole._fails)
        self._whole = whole
        self._before = before
        self._own = rows
        self._positions = positions
        self._rows = before.rows(positions)

    def rows(self, positions: list[int]) -> list[int]:
        return [self._rows[position] for position in positions]

    def part(self, rows: int, positions: list[int]) -> Interpreter:
        return _Part(self._whole, self, rows, positions)

    def _value(self, number: int) -> Any:
        if self.nodes[number][0] == "index":
            return self._whole._value(number)
        done = self._done.get(number)
        if done is None:
            done = self._done[number] = self._made(number)
        return done

    def _made(self, number: int) -> Any:
        node = self.nodes[number]
        if node[0] == "column" and not self._whole.knows(number):
            return self._table(node[1]).some(node[2], self._rows)
        if node[0] in ("column", "window", "fails"):
            column = self._whole.column(number)
            return [column[row] for row in self._rows]
        if self._before.knows(number) and self.home(number) == self._own:
            column = self._before.column(number)
            return [column[position] for position in self._positions]
        return _MEANING[node[0]](self, *node[1:])

    def _keys(self, keys: tuple[int, ...], size: int) -> list[Any]:
        known = self._before.keys_known(keys)
        if known is None or self.home(keys[0]) != self._own:
            return super()._keys(keys, size)
        return [known[position] for position in self._positions]

    def _elsewhere(self, number: int) -> Column:
        return self._whole.column(number)

    def _alone(self, index: int) -> dict[Any, int]:
        return self._whole._alone(index)

    def _present(self, index: int) -> tuple[set[Any], set[Any]]:
        return self._whole._present(index)

    def _length(self, rows: int) -> int:
        return len(self._value(rows).outer) if self.nodes[rows][0] == "pairs" else len(self._rows)


def _without_doubt(column: Column, keys: list[Any], found: Index) -> Column:
    """The values of rows with these keys, missing where it is not known of some row whether it matches."""
    if not found.doubtful:
        return column
    return [None if key in found.doubtful else value for key, value in zip(keys, column, strict=True)]


_MEANING: Mapping[str, Callable[..., Any]] = {
    "column": Interpreter._column,
    "literal": Interpreter._literal,
    "op": Interpreter._op,
    "index": Interpreter._index,
    "lookup": Interpreter._lookup,
    "reduce": Interpreter._reduce,
    "pairs": Interpreter._pairs,
    "outer": Interpreter._outer,
    "inner": Interpreter._inner,
    "reduce_pairs": Interpreter._reduce_pairs,
    "window": Interpreter._window,
    "fails": Interpreter._failing,
}
