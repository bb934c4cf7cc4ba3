"""Where reports go: the -o options of a command line, and the writing of each report asked for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from invlint.cli.terminal import put, wants_color, width_of
from invlint.errors import UsageError
from invlint.policy import incomplete_because
from invlint.render.formats import FORMATS, ReportFormat, View, render

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

    from invlint.model.report import Report

    Formats = Mapping[str, ReportFormat]


class Output(NamedTuple):
    """A report to write: in a format, to a file or to the standard output."""

    form: ReportFormat
    file: str | None


def add_output_option(parser: argparse.ArgumentParser, formats: Formats = FORMATS) -> None:
    """The option -o of verbs that write reports, or something else that has formats."""
    *most, last = formats
    parser.add_argument(
        "-o",
        "--output",
        action="append",
        metavar="FORMAT[=FILE]",
        help=f"{', '.join(most)} or {last} (default: terminal); to a file if one is named; can be given several times",
    )


def outputs_of(given: Sequence[str] | None, formats: Formats = FORMATS) -> list[Output]:
    """The outputs that the -o options ask for; one in the terminal where there is none."""
    return [_output(text, formats) for text in given or ["terminal"]]


def write_report(report: Report, outputs: Sequence[Output]) -> None:
    """Write the report in every format asked for. Raises UsageError where a file cannot be written."""
    write_outputs(report, outputs, tuple(incomplete_because(report)))


def write_outputs(made: object, outputs: Sequence[Output], incomplete: tuple[str, ...]) -> None:
    """Write a report or a comparison in every format asked for. Raises UsageError where a file cannot be written."""
    for form, file in outputs:
        if file is None:
            put(sys.stdout, _text(made, form, sys.stdout, incomplete))
            continue
        try:
            # the name of a file may hold bytes that are no text
            Path(file).write_text(_text(made, form, None, incomplete), "utf-8", errors="backslashreplace")
        except OSError as error:
            raise UsageError(f"the report cannot be written to “{file}” ({error.strerror})") from None


def _text(made: object, form: ReportFormat, stream: TextIO | None, incomplete: tuple[str, ...]) -> str:
    return render(made, form, View(width_of(stream), wants_color(stream), incomplete))


def _output(text: str, formats: Formats) -> Output:
    """The output of one -o option."""
    name, _, file = text.partition("=")
    form = formats.get(name)
    if form is None:
        from difflib import get_close_matches

        near = get_close_matches(name, formats, n=1)
        mend = f"did you mean {near[0]}? " if near else ""
        *most, last = formats
        raise UsageError(f"there is no report format “{name}”: {mend}it can be {', '.join(most)} or {last}")
    return Output(form, file or None)
