"""The tables and columns that plugins add: how they are declared, and how their rows and values are made."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any, Protocol

from invlint.errors import PluginError, UsageError
from invlint.plugins import WorkedOut, code, offered
from invlint.tables.amounts import NOTHING, AmountReader, add_amounts
from invlint.tables.columns import Column, Table
from invlint.tables.frame import Frame
from invlint.tables.kinds import FACTOR, KINDS, TEXT, YES_NO, is_quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from invlint import plugins
    from invlint.reference import Reference


class Frames(Protocol):
    """The frames of a run, by the names of their tables."""

    def __getitem__(self, name: str) -> Frame: ...


REPORTED = ("inventories", "entries", "releases", "totals")
"""The tables that plugins can add columns to, and whose rows theirs can be about."""

WORDS = "_words"
"""After the name of a check: the column with its words."""


def with_added_columns(tables: dict[str, Table]) -> dict[str, Table]:
    """The tables with the columns and checks of plugins. Raises UsageError for one that cannot be."""
    taken = {f"{table.name}.{column}" for table in tables.values() for column in table.columns}
    added: dict[str, list[Column]] = {}
    for plugin, one in offered("columns", taken):
        column = _declared(plugin, one.column)
        if is_quantity(column.kind):
            raise _refused(plugin, one.column.name, "quantities go into a table of its own")
        added.setdefault(_reported(plugin, one.table), []).append(column)
    for plugin, check in offered("checks", taken):
        words = Column(check.name + WORDS, TEXT, f"what {check.name} says of the row")
        added.setdefault(_reported(plugin, check.table), []).extend((Column(check.name, YES_NO, check.prose), words))
    return tables | {
        name: tables[name]._replace(columns=tables[name].columns | {column.name: column for column in columns})
        for name, columns in added.items()
    }


def with_added_tables(tables: dict[str, Table]) -> dict[str, Table]:
    """The tables with those of plugins. Raises UsageError for one that cannot be."""
    return tables | {table.name: _table(plugin, table, tables) for plugin, table in offered("tables", tables)}


def _table(plugin: str, table: plugins.Table, tables: dict[str, Table]) -> Table:
    own = {column.name: _declared(plugin, column) for column in table.columns}
    if table.about is None:
        return Table(table.name, table.prose, "reference", own, table.unique)
    about = tables[_reported(plugin, table.about)]
    return Table(table.name, table.prose, about.level, _identity(about) | own, table.unique)


_KEY = ("party", "year", "edition", "teq_scheme", "group", "category", "class", "site", "chemical", "vector")


def _identity(about: Table) -> dict[str, Column]:
    """What tells apart the rows that a table is about."""
    return {name: about.columns[name] for name in (*_KEY, "residue_kind") if name in about.columns}


def _declared(plugin: str, column: plugins.Column) -> Column:
    if column.kind not in KINDS:
        raise _refused(plugin, column.name, f"there is no kind “{column.kind}”: it can be {', '.join(KINDS)}")
    return Column(column.name, KINDS[column.kind], column.prose, column.at)


def _reported(plugin: str, table: str) -> str:
    if table not in REPORTED:
        raise _refused(plugin, table, f"the table must be {', '.join(REPORTED[:-1])} or {REPORTED[-1]}")
    return table


def _refused(plugin: str, name: str, problem: str) -> UsageError:
    return UsageError(f"the plugin “{plugin}” brings “{name}”, and that cannot be: {problem}")


def table_makers(
    frames: Callable[[], Frames], documents: Sequence[Any], reference: Reference
) -> dict[str, Callable[[], Frame]]:
    """For each table of a plugin what makes its frame, from the frames and documents of the run."""
    has_member = cache(partial(_has_member, documents))
    return {
        table.name: partial(_made, plugin, table, has_member, frames, documents, reference)
        for plugin, table in offered("tables")
    }


def _made(
    plugin: str,
    table: plugins.Table,
    has_member: Callable[[str], bool],
    frames: Callable[[], Frames],
    documents: Sequence[Any],
    reference: Reference,
) -> Frame:
    without = table.member is not None and not has_member(table.member)
    rows = [] if without else list(_called(plugin, table.name, table.make, frames(), documents, reference))
    about = frames()[table.about] if table.about is not None else None
    columns: dict[str, list[Any]] = {}
    places: list[tuple[Any, ...]] = [()] * len(rows)
    if about is not None:
        numbers = [row["row"] for row in rows]
        places = [(*about.places[row["row"]], *((row["at"],) if "at" in row else ())) for row in rows]
        for name in (*_KEY, "residue_kind"):
            values = about.column(name)
            columns[name] = [values[number] for number in numbers]
    for column in table.columns:
        _fill(columns, column.name, column.kind, [row.get(column.name) for row in rows])
    return Frame(table.name, len(rows), columns, places)


def _fill(columns: dict[str, list[Any]], name: str, kind: str, values: list[Any]) -> None:
    """A column of a plugin's table; a quantity is given as (number, unit text)."""
    if not is_quantity(KINDS[kind]):
        columns[name] = values
        return
    reader = AmountReader()
    read = reader.factor if KINDS[kind].dimensions == FACTOR else reader.rate
    amounts = [NOTHING if value is None else read(*value) for value in values]
    add_amounts(columns, name, [
        (*amount[:2], None, None) if isinstance(value, WorkedOut) else amount
        for amount, value in zip(amounts, values, strict=True)
    ])  # fmt: skip


def _has_member(documents: Sequence[Any], member: str) -> bool:
    """Whether an entry or a release of any document has the member."""
    entries = (entry for document in documents for inventory in _below(document, "inventories")
               for entry in _below(inventory, "entries"))  # fmt: skip
    return any(member in part for entry in entries for part in (entry, *_below(entry, "releases")))


def _below(part: dict[str, Any], member: str) -> Iterator[dict[str, Any]]:
    """The objects in a list, as far as the document has them."""
    items = part.get(member) if isinstance(part, dict) else None
    return (item for item in items if isinstance(item, dict)) if isinstance(items, list) else iter(())


def add_columns(frames: Frames, reference: Reference) -> None:
    """Have the columns and checks of plugins worked out when a rule asks for them."""
    for plugin, one in offered("columns"):
        frames[one.table].derive({one.column.name: _column_maker(plugin, one, frames, reference)})
    for plugin, check in offered("checks"):
        verdicts = _verdicts(plugin, check, frames, reference)
        frames[check.table].derive({check.name: partial(verdicts, 0), check.name + WORDS: partial(verdicts, 1)})


def _column_maker(
    plugin: str, one: plugins.AddedColumn, frames: Frames, reference: Reference
) -> Callable[[Frame], list[Any]]:
    def make(frame: Frame) -> list[Any]:
        return _of_size(plugin, one.column.name, frame, _called(plugin, one.column.name, one.make, frames, reference))

    return make


def _verdicts(
    plugin: str, check: plugins.Check, frames: Frames, reference: Reference
) -> Callable[[int, Frame], list[Any]]:
    """What gives one part of the verdicts of a check: 0 whether it holds, 1 its words. They are worked out once."""
    kept: list[Sequence[Any]] = []

    def verdicts(part: int, frame: Frame) -> list[Any]:
        if not kept:
            given = _called(plugin, check.name, check.judge, frames, reference)
            listed = _of_size(plugin, check.name, frame, given)
            kept.extend(zip(*(one if isinstance(one, tuple) else (one, None) for one in listed), strict=True))
        return list(kept[part])

    return verdicts


def _of_size(plugin: str, name: str, frame: Frame, values: Any) -> list[Any]:
    listed = list(values)
    if len(listed) != frame.size:
        raise PluginError(plugin, f"{name} gives {len(listed)} values for the {frame.size} rows of {frame.name}")
    return listed


def _called(plugin: str, name: str, function: plugins.Code, *given: Any) -> Any:
    try:
        return code(function)(*given)
    except Exception as error:
        raise PluginError(plugin, f"{name} failed ({type(error).__name__}: {error})") from error


def at_place(documents: Sequence[Any], place: tuple[Any, ...]) -> Any:
    """The part of a document at the place of an entry or release, as it was submitted; None where there is none."""
    part = documents[place[0]]
    for member, number in zip(("inventories", "entries", "releases"), place[1:], strict=False):
        part = part[member][number]
    return part
