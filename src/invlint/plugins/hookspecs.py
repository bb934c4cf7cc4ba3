"""What a plugin can add, hook by hook. A plugin is a module that an entry point of the group `invlint` names.

Each hook is called once, when a run begins, and gives plain data of `invlint.plugins.offers`; the code it names is
loaded when it is wanted. What hooks give is kept until the plugin's files change, so a hook must not depend on
anything else.
"""

# ruff: noqa: TC001, TC003 # the types are part of what an author reads, and of what pluggy looks at

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pluggy

from invlint.plugins.offers import (
    AddedColumn,
    Check,
    Chemical,
    Function,
    Member,
    Reader,
    ReferenceTable,
    ReportFormat,
    Table,
    UnitWord,
)

hookspec = pluggy.HookspecMarker("invlint")


@hookspec
def invlint_chemicals() -> Iterable[Chemical]:  # type: ignore[empty-body]
    """Chemicals: their name in inventories, their quantity (TEQ or mass), and since when they are listed.

    Example::

        @hookimpl
        def invlint_chemicals():
            return [Chemical("Hg", "Mercury", "mass", decision="Minamata Convention", evidence="seen")]
    """


@hookspec
def invlint_reference_tables() -> Iterable[ReferenceTable]:  # type: ignore[empty-body]
    """Rows for tables of the reference: default factors, and those of older editions.

    Example::

        @hookimpl
        def invlint_reference_tables():
            return [ReferenceTable("factors", str(HERE / "factors.csv"))]

    The file has the columns of the shipped table: class, chemical, vector, residue_kind, value, code, unit, edition,
    evidence, source, note.
    """


@hookspec
def invlint_rules() -> Iterable[Path]:  # type: ignore[empty-body]
    """Rule files, or folders: every `*.rule` below one takes part in a run.

    Example::

        @hookimpl
        def invlint_rules():
            return [Path(__file__).parent / "rules"]
    """


@hookspec
def invlint_tables() -> Iterable[Table]:  # type: ignore[empty-body]
    """Tables that rules can read, with the code that makes their rows.

    Example::

        @hookimpl
        def invlint_tables():
            columns = (Column("product", "text", "what holds mercury"), Column("phase_out", "year", "its last year"))
            return [Table("mercury_products", "products named by the Minamata Convention", columns, products)]

        def products(frames, documents, reference):
            return [{"product": "fever thermometers", "phase_out": 2020}]
    """


@hookspec
def invlint_columns() -> Iterable[AddedColumn]:  # type: ignore[empty-body]
    """Columns for the reported tables (inventories, entries, releases, totals), with the code that fills them.

    Example::

        @hookimpl
        def invlint_columns():
            column = Column("is_lamp", "yes or no", "whether the site makes lamps")
            return [AddedColumn("entries", column, is_lamp)]

        def is_lamp(frames, reference):
            return [site is not None and "lamp" in site.lower() for site in frames["entries"].column("site")]
    """


@hookspec
def invlint_checks() -> Iterable[Check]:  # type: ignore[empty-body]
    """Rules in Python: an expectation for each row of a table, where the language cannot say it.

    The rule file around it has the same prose, basis, message and examples as any other; it says `expect r.NAME`.

    Example::

        @hookimpl
        def invlint_checks():
            return [Check("releases", "speciation_adds_up", "whether the shares in the notes add up", judge)]

        def judge(frames, reference):
            return [None if notes is None else adds_up(notes) for notes in frames["releases"].column("notes")]
    """


@hookspec
def invlint_members() -> Iterable[Member]:  # type: ignore[empty-body]
    """Members of an entry or a release of the inventory document, and the columns of the flat table that fill them.

    Example::

        @hookimpl
        def invlint_members():
            return [Member("release", "species", {"type": "string"}, {"species": ("/species", "text")})]
    """


@hookspec
def invlint_readers() -> Iterable[Reader]:  # type: ignore[empty-body]
    """Readers of file formats.

    Example::

        @hookimpl
        def invlint_readers():
            return [Reader("mercury-list", (".hgl",), "lists of the mercury register", read)]

        def read(data, name):
            return [Document({"format": "invlint/inventory-1", ...}, KnownPlaces({"/inventories/0": Spot(1, 1)}))], ()
    """


@hookspec
def invlint_reports() -> Iterable[ReportFormat]:  # type: ignore[empty-body]
    """Formats of the report.

    Example::

        @hookimpl
        def invlint_reports():
            return [ReportFormat("count", "how many findings there are", render)]

        def render(report, view):
            return f"{len(report.findings)} findings\\n"
    """


@hookspec
def invlint_unit_words() -> Iterable[UnitWord]:  # type: ignore[empty-body]
    """Words for units.

    Example::

        @hookimpl
        def invlint_unit_words():
            return [UnitWord("flask", "34.5", "kg")]
    """


@hookspec
def invlint_functions() -> Iterable[Function]:  # type: ignore[empty-body]
    """Functions of the rule language.

    Example::

        @hookimpl
        def invlint_functions():
            return [Function("root", ("plain",), "plain", "the square root of a number that is not negative", root)]

        def root(value):
            return math.sqrt(value) if value >= 0 else None
    """
