"""What plugins offer, as plain data. Code is named, not held: `package.module:function`, loaded when it is wanted."""

# Annotations are not deferred here: each of a NamedTuple would be compiled from its text at every start.

from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple

from invlint.model.report_format import ReportFormat as ReportFormat

Code = str | Callable[..., Any]
"""A function at the top of a module, or its name as `package.module:function`."""

LEVELS = ("entry", "release")
"""Where a member of the inventory document can stand."""

FUNCTION_KINDS = ("plain", "text", "yes or no")
"""What a function can take and give."""


class Chemical(NamedTuple):
    """A chemical. `quantity` is `TEQ` or `mass`; `in_force` the day (2017-05-18) since which the listing binds.

    `annex_c_since` is the year of its listing in Annex C, None for a chemical that is not listed there. `evidence` says
    how this is known: seen, compiled or doubtful.
    """

    name: str
    title: str
    quantity: str
    annex_c_since: int | None = None
    in_force: str | None = None
    decision: str = ""
    evidence: str = "compiled"


class ReferenceTable(NamedTuple):
    """Rows that come to a table of the reference: a CSV file with the columns of the shipped one of that name.

    `table` is `factors` or `superseded_factors`.
    """

    table: str
    path: str


class Column(NamedTuple):
    """A column of a table.

    `kind` is `text`, `number`, `yes or no`, `year`, a quantity (`activity`, `factor`, `release`) or a code (`chemical`,
    `class`, `category`, `vector`, `key`, `teq_scheme`, `evidence`). `at` says where its value stands in a document, as
    `release/species`, so that findings can point there.
    """

    name: str
    kind: str
    prose: str
    at: tuple[str, ...] = ()


class Table(NamedTuple):
    """A table that rules can read. `make(frames, documents, reference)` gives its rows as dicts by column.

    A quantity is a pair of a number and a unit in words, as written, or `WorkedOut`. Rows can be `about` those of a
    reported table (inventories, entries, releases, totals): then each has that row's number under `row`, and the
    columns that tell rows apart (Party, year, class ...) come with it. A row that stands at a place of its own says so
    under `at`, as `release/species/Hg0`. `unique` names columns by which a rule can look a row up. Where rows come from
    a `member` of entries or releases, no code is called for documents without it.
    """

    name: str
    prose: str
    columns: tuple[Column, ...]
    make: Code
    unique: tuple[str, ...] = ()
    about: str | None = None
    member: str | None = None


class WorkedOut(NamedTuple):
    """A quantity that was worked out and not read: messages show four digits of it, in a unit that suits its size."""

    number: float
    unit: str


class AddedColumn(NamedTuple):
    """A column that comes to a reported table. `make(frames, reference)` gives its values, one a row of the table."""

    table: str
    column: Column
    make: Code


class Check(NamedTuple):
    """An expectation in Python for each row of a table.

    `judge(frames, reference)` gives for each row True (sound), False (at fault) or None (unknown), or one of these with
    words for the message, as a pair. Rules write `expect r.NAME`, and `{r.NAME_words}` in their message.
    """

    table: str
    name: str
    prose: str
    judge: Code


class Member(NamedTuple):
    """A member of the inventory document. `level` is `entry` or `release`, `schema` the JSON Schema of its value.

    `columns` are those of the flat table that fill it: column to (pointer below the entry or release, `text` or
    `number`). Plugins that bring one member with the same schema share it.
    """

    level: str
    name: str
    schema: dict[str, Any]
    columns: dict[str, tuple[str, str]] = {}  # noqa: RUF012 # never changed


class Reader(NamedTuple):
    """A reader of files with some `endings` (`.xml`). `read(data, name)` gives (documents, notes).

    Where invlint itself reads the ending, `recognises(data)` says whether the file is one for this reader.
    """

    name: str
    endings: tuple[str, ...]
    about: str
    read: Code
    recognises: Code | None = None


class UnitWord(NamedTuple):
    """A word for a unit: so many of a `unit` that invlint knows. `number` is written out, as 34.5 or 1/3."""

    word: str
    number: str
    unit: str


class Function(NamedTuple):
    """A function of the rule language. `compute` takes the values of one row, none of them missing.

    `takes` and `gives` are `plain` (a number without a unit), `text`, `yes or no`. A result of None is missing.
    """

    name: str
    takes: tuple[str, ...]
    gives: str
    prose: str
    compute: Code


class Offers(NamedTuple):
    """All that one plugin offers. `rules` are rule files, or folders of them."""

    chemicals: tuple[Chemical, ...] = ()
    reference_tables: tuple[ReferenceTable, ...] = ()
    rules: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    columns: tuple[AddedColumn, ...] = ()
    checks: tuple[Check, ...] = ()
    members: tuple[Member, ...] = ()
    readers: tuple[Reader, ...] = ()
    reports: tuple[ReportFormat, ...] = ()
    unit_words: tuple[UnitWord, ...] = ()
    functions: tuple[Function, ...] = ()


def code(named: Code) -> Callable[..., Any]:
    """The function that is named. Raises ImportError or AttributeError where there is none."""
    if not isinstance(named, str):
        return named
    module, _, name = named.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found
