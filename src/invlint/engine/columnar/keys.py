"""Keys as whole numbers: each value of a key column has a code, and the codes of a composite key make one number.

Columns that are matched with one another make a family and share a dictionary of codes, in which missing has a code of
its own, as missing matches missing. A code depends on what Python holds equal, as the interpreter's keys do. The
dictionary grows with each column that is coded; what has a code beyond those of the rows looked among matches nothing.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from invlint.engine.columnar.backends import ROW
from invlint.engine.columnar.contexts import INNER, OF, OUTER
from invlint.engine.columnar.types import WHOLE, constant

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from invlint.engine.columnar.backends import Values
    from invlint.engine.columnar.columns import Form
    from invlint.engine.columnar.contexts import Context
    from invlint.engine.columnar.lowering import Lowering
    from invlint.model.plan import Node
    from invlint.tables import Frame

Family = tuple[Any, ...]
_LARGEST = 2**62
_SPARE = 4


class _Codes(dict[Any, int]):
    """Value to code; a new value gets the next one."""

    def __missing__(self, value: Any) -> int:
        code = self[value] = len(self)
        return code


class Scheme(NamedTuple):
    """How the keys of an index or a window become numbers: the family of each, and how many codes there is room for."""

    families: tuple[Family, ...]
    sizes: tuple[int, ...]


class Keys:
    """The codes of all keys of a run."""

    def __init__(self, lowering: Lowering) -> None:
        self._lowering = lowering
        self._families = _families(lowering.nodes)
        self._codes: dict[Family, _Codes] = {}
        self._schemes: dict[tuple[int, ...], Scheme] = {}

    def scheme(self, whole: Context, keys: tuple[int, ...]) -> Scheme:
        """The scheme of the keys that rows of a table are looked up by."""
        known = self._schemes.get(keys)
        if known is None:
            families = tuple(self._family(key) for key in keys)
            for key, family in zip(keys, families, strict=True):
                self._code(whole, key, family)
            sizes = tuple(_room(len(self._codes[family])) for family in families)
            known = self._schemes[keys] = Scheme(families, sizes)
        return known

    def columns(self, context: Context, keys: tuple[int, ...], scheme: Scheme) -> list[str]:
        """The columns that together are the key of each row of a context: one, or more where one number is too small.

        A row whose key matches nothing may have a missing one.
        """
        mark = ("key", keys, scheme)
        if (mark, 0) in context.names:
            return [context.names[mark, place] for place in range(len(keys) or 1) if (mark, place) in context.names]
        if context.whole is not None and (
            (mark, 0) in context.whole.names
            or all(self._stands_on_whole(context, *pair) for pair in zip(keys, scheme.families, strict=True))
        ):
            names = self.columns(context.whole, keys, scheme)
            return [
                self._lowering.gather(context, OF, context.whole, name, (mark, place))
                for place, name in enumerate(names)
            ]
        joined = self._joined(context, keys, scheme)
        return [self._lowering.attach(context, (mark, place), expr) for place, expr in enumerate(joined)]

    def followed(self, names: list[str], scheme: Scheme, name: str, size: int) -> list[nw.Expr]:
        """The columns of a key with one more number below `size`, joined into one where that has room."""
        more = nw.col(name)
        if len(names) == 1 and math.prod(scheme.sizes) * size < _LARGEST:
            return [nw.col(names[0]) * size + more]
        return [*map(nw.col, names), more]

    def _joined(self, context: Context, keys: tuple[int, ...], scheme: Scheme) -> list[nw.Expr]:
        joined, done = self._begun(context, keys, scheme)
        room = math.prod(scheme.sizes[:done])
        for key, family, size in list(zip(keys, *scheme, strict=True))[done:]:
            code = nw.col(self._code(context, key, family))
            if len(self._codes[family]) > size:
                code = nw.when(code < size).then(code)
            if joined and room * size < _LARGEST:
                joined[-1] = joined[-1] * size + code
                room *= size
            else:
                joined.append(code)
                room = size
        return joined or [nw.lit(0).cast(nw.Int64)]

    def _begun(self, context: Context, keys: tuple[int, ...], scheme: Scheme) -> tuple[list[nw.Expr], int]:
        """The column of a key that begins with the same parts, where there is one, and how many these are."""
        for number in range(len(keys) - 1, 1, -1):
            mark = ("key", keys[:number], Scheme(scheme.families[:number], scheme.sizes[:number]))
            if (mark, 0) in context.names and (mark, 1) not in context.names:
                return [nw.col(context.names[mark, 0])], number
        return [], 0

    def _family(self, key: int) -> Family:
        name = _name_of(self._lowering.nodes, key)
        return self._families[name] if name is not None else ("values", key)

    def _code(self, context: Context, key: int, family: Family) -> str:
        """The column with the code of a key in each row of a context."""
        codes = self._codes.setdefault(family, _Codes())
        lowering = self._lowering
        mark: Hashable = ("code", key, family)
        operation, *operands = lowering.nodes[key]
        if mark in context.names:
            return context.names[mark]
        if operation == "column":
            coded = _coded(codes)
            return lowering.columns.sent(context, operands[1], ("code", family), coded, shared=lowering.shared(key))
        if operation == "literal":
            return lowering.attach(context, mark, nw.lit(codes[operands[1]], dtype=nw.Int64))
        if operation in ("outer", "inner"):
            source = lowering.side(context, operation)
            at = OUTER if operation == "outer" else INNER
            return lowering.gather(context, at, source, self._code(source, operands[1], family), mark)
        return self._looked_up(context, key, codes, mark)

    def _stands_on_whole(self, part: Context, key: int, family: Family) -> bool:
        """Whether a part takes the code of a key from the whole, as it does of a plain column that others need too."""
        operation, *operands = self._lowering.nodes[key]
        if operation != "column":
            return False
        shared = self._lowering.shared(key)
        return self._lowering.columns.stands_on_whole(part, operands[1], ("code", family), shared=shared)

    def _looked_up(self, context: Context, key: int, codes: _Codes, mark: Hashable) -> str:
        """The codes of what is no plain column, through its different values."""
        lowering = self._lowering
        name = lowering.named(context, key)
        backend = lowering.backend
        different = backend.numbered(context.table.select(nw.col(name).alias("value")).unique(), ["value"])
        values = backend.home(different, ["value"], [ROW])[0]
        different = backend.put(different, "code", (WHOLE, [codes[value] for value in values]))
        found = lowering.match(context, [name], different, ["value"], {"code": (mark, "code")})["code"]
        missing = nw.when(nw.col(name).is_null()).then(nw.lit(codes[None]))
        return lowering.attach(context, mark, missing.otherwise(nw.col(found)))


def _room(codes: int) -> int:
    """For how many codes to leave room: a power of two with some to spare, so that schemes made later are alike."""
    return int(1 << (codes + _SPARE).bit_length())


def _coded(codes: _Codes) -> Form:
    def coded(_frame: Frame, _name: str, values: list[Any]) -> Values:
        if constant(values):
            return WHOLE, [codes[value] for value in values[:1]] * len(values)
        return WHOLE, list(map(codes.__getitem__, values))

    return coded


def _name_of(nodes: tuple[Node, ...], key: int) -> str | None:
    """The name of a plain column."""
    operation, *operands = nodes[key]
    return operands[1] if operation == "column" else None


def _families(nodes: tuple[Node, ...]) -> dict[str, Family]:
    """For each name of a key column, those that it is matched with, directly or by way of others.

    Columns of one name are of one family: most are taken from one another, and need be coded but once.
    """
    families: dict[str, set[str]] = {}
    for ours, theirs in _matched(nodes):
        one, other = (families.setdefault(name, {name}) for name in (ours, theirs))
        if one is not other:
            one |= other
            families.update(dict.fromkeys(other, one))
    return {name: tuple(sorted(family)) for name, family in families.items()}


def _matched(nodes: tuple[Node, ...]) -> Iterator[tuple[str, str]]:
    """The names of key columns that are matched with one another, and each with itself."""
    for operation, *operands in nodes:
        if operation == "index" or operation == "window":
            keys = operands[1] if operation == "index" else operands[2]
            for name in (_name_of(nodes, key) for key in keys):
                if name is not None:
                    yield name, name
        elif operation in ("lookup", "pairs", "reduce"):
            ours, index = operands[2:4] if operation == "reduce" else operands[1:3]
            for our, their in zip(ours, nodes[index][2], strict=True):
                while nodes[our][0] in ("outer", "inner"):
                    our = nodes[our][2]
                names = _name_of(nodes, our), _name_of(nodes, their)
                if names[0] is not None and names[1] is not None:
                    yield names[0], names[1]
