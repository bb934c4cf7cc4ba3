"""What is declared of a table and of each of its columns."""

# Annotations are not deferred here: each of a NamedTuple would be compiled from its text at every start.

from typing import NamedTuple

from invlint.tables.kinds import Kind


class Column(NamedTuple):
    """One column. `at` lists where its value may stand, as `level/member`; the first that is there counts."""

    name: str
    kind: Kind
    prose: str
    at: tuple[str, ...] = ()


class Table(NamedTuple):
    """One table. `level` is what a row stands for in a document; `unique` names columns that tell rows apart."""

    name: str
    prose: str
    level: str
    columns: dict[str, Column]
    unique: tuple[str, ...] = ()
