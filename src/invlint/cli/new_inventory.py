"""`invlint new inventory`: write an empty workbook of the Toolkit's calculation form."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from invlint.cli.new_file import write_new
from invlint.cli.terminal import put
from invlint.errors import UsageError

if TYPE_CHECKING:
    import argparse

_EDITIONS = ("2013", "2005")


def add_arguments(new: argparse.ArgumentParser) -> None:
    """The arguments of `invlint new inventory`."""
    new.add_argument("--party", required=True, metavar="CODE", help="the Party's three-letter code (ISO 3166): KEN")
    new.add_argument("--year", required=True, type=int, metavar="YEAR", help="the reference year: 2024")
    new.add_argument(
        "--edition", choices=_EDITIONS, default=_EDITIONS[0], help="the edition of the Toolkit (default: %(default)s)"
    )
    new.add_argument(
        "-o", "--output", metavar="FILE", help="the workbook to write (default: the code and the year, ken-2024.xlsx)"
    )


def run_inventory(options: argparse.Namespace) -> int:
    """Write the workbook; return the exit status."""
    from invlint.reference import load_reference
    from invlint.reference.code_lists import code_lists
    from invlint.workbooks.form_workbook import write_form

    reference = load_reference()
    codes = code_lists(reference)
    party = codes.recognise("party", options.party)
    if party is None:
        near = codes.nearest("party", options.party)
        mend = f"did you mean {near}? " if near else ""
        raise UsageError(f"“{options.party}” is no Party: {mend}give its three-letter code, such as KEN")
    path = Path(options.output or f"{party.lower()}-{options.year}.xlsx")
    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"“{path}” is to be a workbook: let its name end in .xlsx")
    document = {"party": party, "edition": options.edition, "inventories": [{"year": options.year}]}
    workbook = io.BytesIO()
    write_form(workbook, document, reference)
    write_new(path, workbook.getvalue())
    put(sys.stdout, f"wrote {path}\nnext: fill it in (its first sheet says how), then `invlint check {path}`\n")
    return 0
