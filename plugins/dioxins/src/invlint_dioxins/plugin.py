"""What this plugin offers to invlint: congeners of dioxins and furans, their tables, and rules on them."""

from pathlib import Path

from invlint.plugins import Column, Member, Table, hookimpl
from invlint.plugins.congeners import MEMBER, congener_member, congener_tables
from invlint_dioxins.congeners import DIOXINS, columns

_TABLES = "invlint_dioxins.tables"


@hookimpl
def invlint_members() -> list[Member]:
    return [congener_member("release", *columns()), congener_member("entry")]


@hookimpl
def invlint_tables() -> list[Table]:
    code = {name: f"{_TABLES}:{name}" for name in ("congeners", "homologues", "profiles", "teqs")}
    number = Column("releases", "number", "how many releases of PCDD/PCDF it has", (f"entry/{MEMBER}",))
    entries = Table(
        "dioxin_entries",
        "an entry that gives congeners itself",
        (number,),
        f"{_TABLES}:entries",
        about="entries",
        member=MEMBER,
    )
    return [*congener_tables(DIOXINS, **code), entries]


@hookimpl
def invlint_rules() -> list[Path]:
    return [Path(__file__).parent / "rules"]
