"""`invlint summary`: what inventories add up to."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from invlint.cli.terminal import put, put_data, put_rich
from invlint.errors import UsageError

if TYPE_CHECKING:
    from invlint.summary import Summary

_INCOMPLETE = 3


def parser() -> argparse.ArgumentParser:
    """The arguments of `invlint summary`."""
    summary = argparse.ArgumentParser(
        prog="invlint summary",
        description="Add inventories up: the Article 15 summary by source group and vector, by line of Annex C, per "
        "person, over the reference years, and the key categories. What lacks in a sum is said with it.",
        epilog="Exit status: 0 a summary was made; 2 the command makes no sense; 3 a file could not be read, or there "
        "is nothing to add up.",
    )
    summary.add_argument("paths", nargs="*", metavar="FILE", help="files or folders to add up")
    summary.add_argument(
        "--chemical", action="append", default=[], metavar="NAME", help="this chemical alone; can be given again"
    )
    summary.add_argument(
        "--party", action="append", default=[], metavar="CODE", help="this Party alone (ISO 3166 alpha-3); again too"
    )
    summary.add_argument(
        "--year", action="append", default=[], type=int, metavar="YEAR", help="this reference year alone; again too"
    )
    summary.add_argument(
        "-o",
        "--output",
        choices=("terminal", "json", "csv"),
        default="terminal",
        help="tables for people with four significant digits, or data with all of them (default: %(default)s)",
    )
    summary.add_argument(
        "--sheet", metavar="NAME", help="the sheet of a workbook to read (default: all that have a head row)"
    )
    return summary


def run(options: argparse.Namespace) -> int:
    """Add the files up and write the summary; return the exit status."""
    if not options.paths:
        raise UsageError("name the files or folders to add up: invlint summary inventory.xlsx")

    from invlint.reference import load_reference
    from invlint.sources import find_inputs, read_file
    from invlint.summary import Wanted, summarise

    found = find_inputs(options.paths)
    readings = [read_file(path, sheet=options.sheet) for path in found.inputs]
    wanted = Wanted(tuple(options.chemical), tuple(options.party), tuple(options.year))
    summary = summarise(readings, load_reference(), wanted)
    summary = summary._replace(passed_over=tuple(path.as_posix() for path in found.passed_over))
    _write(summary, options.output)
    return _INCOMPLETE if summary.unread or not any(year.chemicals for year in summary.years) else 0


def _write(summary: Summary, form: str) -> None:
    if form == "json":
        from invlint.summary.data import as_data

        put_data(as_data(summary))
    elif form == "csv":
        _put_rows(summary)
    else:
        from invlint.cli.summary_tables import draw_summary

        put_rich(lambda console: draw_summary(console, summary))


def _put_rows(summary: Summary) -> None:
    import csv
    from io import StringIO

    from invlint.summary.data import COLUMNS, as_rows

    text = StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _plain(value) for name, value in row.items()} for row in as_rows(summary))
    put(sys.stdout, text.getvalue())


def _plain(value: Any) -> Any:
    """A cell of a table; text from a file must not be a formula where a spreadsheet opens the table."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value
