"""Parse the command line and call the verb."""

from __future__ import annotations

import argparse
import gc
import sys

from invlint import __version__
from invlint.errors import InvlintError

USAGE_STATUS = 2


def build_parser() -> argparse.ArgumentParser:
    """The parser of all verbs."""
    parser = argparse.ArgumentParser(
        prog="invlint",
        description="Check release inventories of unintentional POPs (Stockholm Convention, UNEP Toolkit).",
        epilog="Exit status: 0 nothing at or above --fail-on; 1 findings; 2 wrong usage or rule file; "
        "3 the check is incomplete.",
    )
    parser.add_argument("--version", action="version", version=f"invlint {__version__}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    check = verbs.add_parser(
        "check",
        help="check inventories and report what is wrong",
        description="Check inventories (JSON, YAML, CSV, TSV, XLSX; files or folders) and report what is wrong.",
    )
    check.add_argument("paths", nargs="*", metavar="PATH", help="files or folders to check")
    check.add_argument(
        "-o",
        "--output",
        action="append",
        metavar="FORMAT[=FILE]",
        help="terminal (default) or json, to a file if one is named; can be given several times",
    )
    check.add_argument(
        "--select",
        action="append",
        default=[],
        metavar="RULES",
        help="report these rules alone: names, codes or code prefixes, with commas between them",
    )
    check.add_argument("--ignore", action="append", default=[], metavar="RULES", help="do not report these rules")
    check.add_argument(
        "--fail-on",
        choices=("blocker", "error", "warning", "info"),
        default="error",
        help="the mildest severity for which the exit status is 1 (default: %(default)s)",
    )
    check.add_argument(
        "--rules",
        action="append",
        default=[],
        metavar="PATH",
        help="a rule file, or a folder of them, to use beside the built-in rules",
    )
    check.add_argument("--sheet", metavar="NAME", help="the sheet of a workbook to read (default: all with a head row)")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    options = build_parser().parse_args(arguments)
    gc.disable()  # a run makes millions of small tuples and next to no cycles: looking for them costs a tenth of it
    from invlint.cli.check import run_check

    try:
        return run_check(options)
    except InvlintError as error:
        print(f"invlint: {error}", file=sys.stderr)  # noqa: T201
        return USAGE_STATUS
    except BrokenPipeError:
        return 0
