"""What a `for each` speaks of, so that an example can show the values that the rule saw."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from invlint.lang import tree
from invlint.tables.declared import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from invlint.model.plan import Placeholder


class Seen(NamedTuple):
    """Names as they stand in a block, and the values they stand for: in `expect` and the message, and in `where`."""

    told: dict[str, Placeholder]
    where: dict[str, Placeholder]


def names_in(part: object, block: tree.Block, hidden: frozenset[str] = frozenset()) -> Iterator[tuple[str, tree.Expr]]:
    """The columns of rows with a name, and the bare words, in a part of a block; `hidden` are words inside `with`."""
    if isinstance(part, tree.Attribute):
        yield f"{part.row}.{part.column}", part
    elif isinstance(part, tree.Word):
        yield from [(part.name, part)] if part.name not in hidden else []
    elif isinstance(part, tree.Match):
        yield from _in_match(part, None, block, hidden)
    elif isinstance(part, tree.Aggregate):
        yield from _in_match(part.match, part.value, block, hidden)
    elif isinstance(part, tuple):
        for one in part:
            yield from names_in(one, block, hidden)
    elif isinstance(part, (tree.Expr, tree.Template)):
        for name in part.__dataclass_fields__:
            yield from names_in(getattr(part, name), block, hidden)


def _in_match(
    match: tree.Match, value: tree.Expr | None, block: tree.Block, hidden: frozenset[str]
) -> Iterator[tuple[str, tree.Expr]]:
    """The names in a look-up: what the row at hand matches by, and what its condition says of named rows."""
    inner = hidden | TABLES[match.table].columns.keys()
    for key in match.keys:
        own = tree.Attribute(key.span, block.row, key.column)
        yield from names_in(own if key.value is None else key.value, block, hidden)
    if match.years is not None:
        yield from names_in(tree.Attribute(match.span, block.row, "year"), block, hidden)
    yield from names_in((value, match.condition), block, inner)
