"""`invlint render`: a saved report in any other format."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from invlint.cli.outputs import add_detail_options, add_output_option, known_formats, outputs_of, write_report
from invlint.cli.terminal import Help
from invlint.policy.status import INCOMPLETE

if TYPE_CHECKING:
    from invlint.model.report import Report


def parser() -> argparse.ArgumentParser:
    """The arguments of `invlint render`."""
    render = argparse.ArgumentParser(
        prog="invlint render",
        description="Write a saved report (`invlint check ... -o json=report.json`) in other formats, without checking "
        "again.",
        epilog="Exit status: 0 the report was written; 2 the file is no report, or cannot be read; 3 a plugin's "
        "format could not be made.",
        formatter_class=Help,
    )
    render.add_argument("report", metavar="REPORT", help="the saved report; - is the standard input")
    add_output_option(render, known_formats())
    add_detail_options(render)
    return render


def run(options: argparse.Namespace) -> int:
    """Write the report in every format asked for."""
    outputs = outputs_of(options.output, known_formats())
    return 0 if write_report(saved_report(options.report), outputs, options.detail) else INCOMPLETE


def saved_report(file: str) -> Report:
    """The report in a file, or in what stands on the standard input for `-`. Raises UsageError where there is none."""
    from invlint.cli.terminal import read_text
    from invlint.render.read_report import read_report

    return read_report(read_text(file), "the standard input" if file == "-" else file)
