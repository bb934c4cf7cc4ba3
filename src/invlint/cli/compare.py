"""`invlint compare`: what changed between two saved reports."""

from __future__ import annotations

import argparse

from invlint.cli.outputs import add_output_option, outputs_of, write_outputs
from invlint.cli.render import saved_report
from invlint.cli.terminal import Help
from invlint.model.finding import SEVERITIES
from invlint.render.formats import COMPARISON_FORMATS

STATUSES = (
    "Exit status: 0 nothing new and nothing worse at or above --fail-on; 1 something is; 2 the command makes no sense; "
    "3 the new check is incomplete, or sees less than the old one: a rule cannot judge any more, or a finding is gone "
    "of which nobody can say that it is resolved."
)


def parser() -> argparse.ArgumentParser:
    """The arguments of `invlint compare`."""
    compare = argparse.ArgumentParser(
        prog="invlint compare",
        description="Compare two saved reports (`invlint check ... -o json=report.json`): findings that are new, "
        "resolved, changed, still there, or not verifiable any more. `invlint diff` compares the inventories.",
        epilog=STATUSES,
        formatter_class=Help,
    )
    compare.add_argument("old", metavar="OLD", help="the earlier report")
    compare.add_argument("new", metavar="NEW", help="the later report; one of the two may be - for the standard input")
    add_output_option(compare, COMPARISON_FORMATS)
    compare.add_argument(
        "--fail-on",
        choices=tuple(reversed(SEVERITIES)),
        help="the mildest severity for which the exit status is 1 (default: that of the new report)",
    )
    return compare


def run(options: argparse.Namespace) -> int:
    """Compare the reports and write what changed; return the exit status."""
    from invlint.compare import compare, comparison_status
    from invlint.policy import incomplete_because

    outputs = outputs_of(options.output, COMPARISON_FORMATS)
    old, new = saved_report(options.old), saved_report(options.new)
    new = new._replace(fail_on=options.fail_on or new.fail_on)
    comparison = compare(old, new, (options.old, options.new))
    write_outputs(comparison, outputs, tuple(incomplete_because(new)))
    return comparison_status(comparison, new)
