"""`invlint check`: read, judge, report."""

from __future__ import annotations

import argparse

from invlint.cli.checked_copy import COPY, check_source, copies_of, write_copies
from invlint.cli.checking import add_check_options, baseline_of, check_under, configuration_of
from invlint.cli.outputs import add_output_option, outputs_of, write_report
from invlint.cli.terminal import Help
from invlint.errors import UsageError
from invlint.policy import exit_status
from invlint.policy.status import INCOMPLETE
from invlint.sources import find_inputs


def parser() -> argparse.ArgumentParser:
    """The arguments of `invlint check`."""
    check = argparse.ArgumentParser(
        prog="invlint check",
        description="Check inventories (JSON, YAML, CSV, TSV, XLSX; files or folders) and report what is wrong.",
        formatter_class=Help,
    )
    check.add_argument("paths", nargs="*", metavar="PATH", help="files or folders to check")
    add_output_option(check)
    add_check_options(check)
    return check


def run(options: argparse.Namespace) -> int:
    """Check the paths and write every report asked for; return the exit status."""
    copies = copies_of(options.output or ())
    outputs = outputs_of([text for text in options.output or ["terminal"] if text.partition("=")[0] != COPY])
    if not options.paths:
        raise UsageError("name the files or folders to check: invlint check inventory.xlsx")
    inputs = find_inputs(options.paths).inputs if copies else []
    check_source(inputs, copies)
    configuration = configuration_of(options)
    report = check_under(configuration, options, baseline_of(configuration, options)).report
    whole = write_report(report, outputs)
    if copies:
        write_copies(report, inputs[0], copies)
    return exit_status(report, configuration.fail_on.value) if whole else INCOMPLETE
