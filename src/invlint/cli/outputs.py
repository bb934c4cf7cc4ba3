"""Where reports go: the -o options of a command line, and the writing of each report asked for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from invlint.cli.terminal import put, wants_color, width_of
from invlint.errors import UsageError
from invlint.plugins import offered
from invlint.policy import incomplete_because
from invlint.render.formats import FORMATS, ReportFormat, View, render

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from invlint.model.report import Report


class Output(NamedTuple):
    """A report to write: in a format, to a file or to the standard output."""

    form: ReportFormat
    file: str | None


def known_formats() -> dict[str, ReportFormat]:
    """The formats of invlint itself, and those of plugins."""
    return FORMATS | {form.name: form for _, form in offered("reports", FORMATS, "the report format")}


def add_output_option(parser: argparse.ArgumentParser) -> None:
    """The option -o of verbs that write reports."""
    *most, last = known_formats()
    parser.add_argument(
        "-o",
        "--output",
        action="append",
        metavar="FORMAT[=FILE]",
        help=f"{', '.join(most)} or {last} (default: terminal); to a file if one is named; can be given several times",
    )


def outputs_of(given: Sequence[str] | None) -> list[Output]:
    """The outputs that the -o options ask for; a report in the terminal where there is none."""
    return [_output(text) for text in (["terminal"] if given is None else given)]


def write_report(report: Report, outputs: Sequence[Output]) -> bool:
    """Write the report in every format asked for; whether all of them could be made.

    A format of a plugin that fails is told on the standard error, and the others are written all the same. Raises
    UsageError where a file cannot be written.
    """
    incomplete = tuple(incomplete_because(report))
    whole = True
    for form, file in outputs:
        text = _text(report, form, sys.stdout if file is None else None, incomplete)
        if text is None:
            whole = False
        elif file is None:
            put(sys.stdout, text)
        else:
            _save(text, file)
    return whole


def _save(text: str, file: str) -> None:
    try:
        Path(file).write_text(text, "utf-8")
    except OSError as error:
        raise UsageError(f"the report cannot be written to “{file}” ({error.strerror})") from None


def _text(report: Report, form: ReportFormat, stream: TextIO | None, incomplete: tuple[str, ...]) -> str | None:
    """The text of a report; None where the plugin that the format is of could not make it."""
    view = View(width_of(stream), wants_color(stream), incomplete)
    if form.name in FORMATS:
        return render(report, form, view)
    try:
        return render(report, form, view)
    except Exception as error:
        problem = f"the report format {form.name} of a plugin failed ({type(error).__name__}: {error})"
        put(sys.stderr, f"invlint: {problem}\n")
        return None


def _output(text: str) -> Output:
    """The output of one -o option."""
    name, _, file = text.partition("=")
    known = known_formats()
    form = known.get(name)
    if form is None:
        from difflib import get_close_matches

        near = get_close_matches(name, known, n=1)
        mend = f"did you mean {near[0]}? " if near else ""
        *most, last = known
        raise UsageError(f"there is no report format “{name}”: {mend}it can be {', '.join(most)} or {last}")
    return Output(form, file or None)
