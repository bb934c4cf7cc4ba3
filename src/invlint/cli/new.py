"""`invlint new`: write a file to start from."""

from __future__ import annotations

import argparse

from invlint.cli import new_inventory, new_plugin, new_rule


def parser() -> argparse.ArgumentParser:
    """The arguments of `invlint new`."""
    new = argparse.ArgumentParser(prog="invlint new", description="Write a file to start from.")
    kinds = new.add_subparsers(dest="what", required=True, metavar="WHAT", title="what to write")
    new_inventory.add_arguments(
        kinds.add_parser(
            "inventory", help="an empty workbook of the Toolkit's calculation form", description=_INVENTORY
        )
    )
    new_plugin.add_arguments(
        kinds.add_parser("plugin", help="a package that adds a chemical with rules", description=_PLUGIN)
    )
    new_rule.add_arguments(kinds.add_parser("rule", help="a rule file that works", description=_RULE))
    return new


_INVENTORY = (
    "Write a workbook of the Toolkit's calculation form to fill in: a sheet for each source group with its categories "
    "and classes, the default factors, units, formulas and drop-downs; sheets for the other chemicals and the totals; "
    "and a sheet that says how to go about it."
)
_PLUGIN = (
    "Write a package that adds a chemical, a rule file, a rule in Python, a reader and a report format, and has tests: "
    "it works as it is, to start from."
)
_RULE = "Write a rule file that works, with a comment on every section, to start from."


def run(options: argparse.Namespace) -> int:
    """Write the file; return the exit status."""
    if options.what == "inventory":
        return new_inventory.run_inventory(options)
    if options.what == "plugin":
        return new_plugin.run_plugin(options)
    return new_rule.run_rule(options)
