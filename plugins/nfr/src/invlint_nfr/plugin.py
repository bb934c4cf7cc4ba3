"""What this plugin offers to invlint."""

from __future__ import annotations

from pathlib import Path

from invlint.plugins import AddedColumn, Column, Reader, hookimpl


@hookimpl
def invlint_readers() -> list[Reader]:
    """The reader of Annex I workbooks."""
    about = "official CLRTAP submissions (Annex I), a sheet a year, with dioxins, HCB and PCB by NFR code"
    read, recognises = "invlint_nfr.annex_one:read", "invlint_nfr.recognise:is_annex_one"
    return [Reader("nfr-annex-1", (".xlsx", ".xlsm", ".xls"), about, read, recognises)]


@hookimpl
def invlint_columns() -> list[AddedColumn]:
    """Which lines add up to the national total."""
    counted = Column("nfr_counted", "yes or no", "whether it is an NFR line, and part of the national total")
    return [AddedColumn("totals", counted, "invlint_nfr.codes:counted")]


@hookimpl
def invlint_rules() -> list[Path]:
    """The rules on national totals and series of NFR lines."""
    return [Path(__file__).parent / "rules"]
