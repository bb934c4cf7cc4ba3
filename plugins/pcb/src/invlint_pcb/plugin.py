"""What this plugin offers to invlint: dioxin-like congeners of PCB, their tables, and rules on PCB."""

from pathlib import Path

from invlint.plugins import Member, Table, hookimpl
from invlint.plugins.congeners import congener_member, congener_tables
from invlint_pcb.congeners import DIOXIN_LIKE, TEF


@hookimpl
def invlint_members() -> list[Member]:
    return [congener_member("release", *TEF)]


@hookimpl
def invlint_tables() -> list[Table]:
    return congener_tables(
        DIOXIN_LIKE, congeners="invlint_pcb.tables:congeners", profiles="invlint_pcb.tables:profiles"
    )


@hookimpl
def invlint_rules() -> list[Path]:
    return [Path(__file__).parent / "rules"]
