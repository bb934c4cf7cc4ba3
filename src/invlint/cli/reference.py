"""`invlint reference`: show the default factors, and import the user's own edition of them."""

from __future__ import annotations

import argparse


def parser() -> argparse.ArgumentParser:
    """The arguments of `invlint reference`."""
    reference = argparse.ArgumentParser(
        prog="invlint reference",
        description="Show the Toolkit's classes and default factors, and replace the factors by those of a table that "
        "you hold.",
    )
    actions = reference.add_subparsers(dest="action", required=True, metavar="ACTION", title="actions")
    _add_show(actions.add_parser("show", help="what is known of a class, a category or a group", description=_SHOW))
    _add_import(
        actions.add_parser(
            "import", help="take the factors from a table that you hold", description=_IMPORT, epilog=_IMPORT_STATUS
        )
    )
    return reference


_SHOW = "Show factors with units, evidence and sources, the unit of the activity, and the line of Annex C."
_IMPORT = (
    "Take default factors from a Toolkit table that you hold (CSV, TSV or workbook). It has a row a cell, with the "
    "columns class, vector, value or code, and unit; or it has a row a class, with a column for each of air, water, "
    "land, product and residue, and the unit in its head. Without --yes nothing is kept: what would change is shown. "
    "What is kept takes the place of the own edition before it, and every check uses it from then on."
)
_IMPORT_STATUS = (
    "Exit status: 0 every line was taken; 1 some were not; 2 the table cannot be read. The own edition is kept in your "
    "data folder, or in the folder that the environment variable INVLINT_REFERENCE_DIR names."
)


def _add_show(show: argparse.ArgumentParser) -> None:
    show.add_argument("what", metavar="ID", help="a class (1c.2), a category (1c) or a group (1)")
    show.add_argument(
        "--edition", choices=("2005", "2013"), default="2013", help="the edition of the Toolkit (default: %(default)s)"
    )
    show.add_argument(
        "--reference",
        choices=("own", "shipped"),
        default="own",
        help="your own edition where you have imported one (default), or the shipped factors",
    )
    _add_output(show)


def _add_import(take: argparse.ArgumentParser) -> None:
    take.add_argument("table", nargs="?", metavar="TABLE", help="the file with the factors")
    take.add_argument("--yes", action="store_true", help="keep the factors as your own edition")
    take.add_argument("--forget", action="store_true", help="go back to the shipped factors")
    take.add_argument(
        "--sheet", metavar="NAME", help="the sheet of a workbook to read (default: all that have a head row)"
    )
    _add_output(take)


def _add_output(action: argparse.ArgumentParser) -> None:
    action.add_argument("--output", choices=("terminal", "json"), default="terminal", help="default: %(default)s")


def run(options: argparse.Namespace) -> int:
    """Do what the action says; return the exit status."""
    if options.action == "show":
        from invlint.cli.reference_show import run_show

        return run_show(options)
    from invlint.cli.reference_import import run_import

    return run_import(options)
