"""Where reports go: the -o options of a command line, and the writing of each report asked for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from invlint.cli.terminal import put, wants_color, width_of
from invlint.errors import UsageError
from invlint.model.report_format import FULL, QUIET, USUAL
from invlint.plugins import offered
from invlint.policy import incomplete_because
from invlint.render.formats import COMPARISON_FORMATS, FORMATS, ReportFormat, View, render

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

    from invlint.model.comparison import Comparison
    from invlint.model.report import Report

    Formats = Mapping[str, ReportFormat]


class Output(NamedTuple):
    """A report to write: in a format, to a file or to the standard output."""

    form: ReportFormat
    file: str | None


def known_formats() -> Formats:
    """The formats of reports: those of invlint itself, and those of plugins."""
    return FORMATS | {form.name: form for _, form in offered("reports", FORMATS)}


def add_output_option(parser: argparse.ArgumentParser, formats: Formats, more: str = "") -> None:
    """The option -o of verbs that write something in one of these formats; `more` says what else a verb writes."""
    *most, last = formats
    parser.add_argument(
        "-o",
        "--output",
        action="append",
        metavar="FORMAT[=FILE]",
        help=f"{', '.join(most)} or {last} (default: terminal); to a file if one is named; {more}can be given several "
        "times",
    )


def outputs_of(given: Sequence[str] | None, formats: Formats) -> list[Output]:
    """The outputs that the -o options ask for; one in the terminal where there is none."""
    return [_output(text, formats) for text in (["terminal"] if given is None else given)]


def add_detail_options(parser: argparse.ArgumentParser) -> None:
    """The options for how much a report in the terminal tells."""
    how_much = parser.add_mutually_exclusive_group()
    how_much.add_argument(
        "-q",
        "--quiet",
        dest="detail",
        action="store_const",
        const=QUIET,
        default=USUAL,
        help="in the terminal the summary alone",
    )
    how_much.add_argument(
        "-v",
        "--verbose",
        dest="detail",
        action="store_const",
        const=FULL,
        help="in the terminal every finding and place, those of the baseline too",
    )


def write_report(report: Report, outputs: Sequence[Output], detail: int = USUAL) -> bool:
    """As `write_outputs`, for a report."""
    return write_outputs(report, outputs, tuple(incomplete_because(report)), detail)


def write_outputs(
    made: Report | Comparison, outputs: Sequence[Output], incomplete: tuple[str, ...], detail: int = USUAL
) -> bool:
    """Write a report or a comparison in every format asked for; whether all of them could be made.

    A format of a plugin that fails is told on the standard error, and the others are written all the same. Raises
    UsageError where a file cannot be written.
    """
    whole = True
    for form, file in outputs:
        stream = sys.stdout if file is None else None
        text = _text(made, form, View(width_of(stream), wants_color(stream), incomplete, detail))
        if text is None:
            whole = False
        elif file is None:
            put(sys.stdout, text)
        else:
            _save(text, file)
    return whole


def _save(text: str, file: str) -> None:
    try:
        Path(file).write_text(text, "utf-8", errors="backslashreplace")  # file names may hold bytes that are no text
    except OSError as error:
        raise UsageError(f"the report cannot be written to “{file}” ({error.strerror})") from None


def _text(made: Report | Comparison, form: ReportFormat, view: View) -> str | None:
    """The text of a report or comparison; None where the plugin that the format is of could not make it."""
    if form in (*FORMATS.values(), *COMPARISON_FORMATS.values()):
        return render(made, form, view)
    try:
        return render(made, form, view)
    except Exception as error:
        problem = f"the report format {form.name} of a plugin failed ({type(error).__name__}: {error})"
        put(sys.stderr, f"invlint: {problem}\n")
        return None


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
