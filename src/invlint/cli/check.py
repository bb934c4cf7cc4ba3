"""`invlint check`: read, judge, report."""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from invlint.cli.checked_copy import COPY, check_source, copies_of, write_copies
from invlint.cli.checking import add_check_options, baseline_of, check_under, configuration_of
from invlint.cli.outputs import add_detail_options, add_output_option, known_formats, outputs_of, write_report
from invlint.cli.terminal import Help, put
from invlint.errors import InvlintError, UsageError
from invlint.policy import exit_status
from invlint.policy.status import INCOMPLETE
from invlint.sources import find_inputs, read_data

if TYPE_CHECKING:
    from invlint.sources import Reading

_STDIN = "-"
_BESIDE = ("invlint.toml", "pyproject.toml", "waivers.toml", "invlint-baseline.json")
"""Files beside what is watched, and in the working folder, on which the result depends too."""


def parser() -> argparse.ArgumentParser:
    """The arguments of `invlint check`."""
    check = argparse.ArgumentParser(
        prog="invlint check",
        description="Check inventories (JSON, YAML, CSV, TSV, XLSX; files or folders) and report what is wrong.",
        formatter_class=Help,
    )
    check.add_argument(
        "paths", nargs="*", metavar="PATH", help="files or folders to check; - is the standard input (see --stdin-name)"
    )
    add_output_option(check, known_formats(), "xlsx=FILE: a copy of the workbook with the findings in it; ")
    add_detail_options(check)
    check.add_argument(
        "--stdin-name",
        metavar="NAME",
        help="what the file is called that comes on the standard input; its ending says what it is",
    )
    check.add_argument("--watch", action="store_true", help="check again whenever a file changes, until Ctrl-C")
    add_check_options(check)
    _add_fix_options(check)
    return check


def _add_fix_options(parser: argparse.ArgumentParser) -> None:
    """The options --fix, --unsafe-fixes and --diff."""
    parser.add_argument(
        "--fix",
        action="store_true",
        help="first put right in the files what is certain: spellings of codes and units, releases and totals whose "
        "inputs are cited; JSON, YAML and CSV keep their layout",
    )
    parser.add_argument(
        "--unsafe-fixes",
        action="store_true",
        help="with --fix: also releases and totals whose inputs have no source; look at them with --diff first",
    )
    parser.add_argument("--diff", action="store_true", help="show what --fix would change, and change nothing")


def run(options: argparse.Namespace) -> int:
    """Check the paths and write every report asked for; return the exit status."""
    if not options.paths:
        raise UsageError("name the files or folders to check: invlint check inventory.xlsx")
    return _watch(options) if options.watch else _check(options)


def _check(options: argparse.Namespace) -> int:
    given = options.output or ["terminal"]
    copies = copies_of(given)
    outputs = outputs_of([text for text in given if text.partition("=")[0] != COPY], known_formats())
    inputs = find_inputs(options.paths).inputs if copies else []
    check_source(inputs, copies)
    configuration = configuration_of(options)
    piped = _piped(options)
    options.paths = [path for path in options.paths if path != _STDIN]
    if options.fix or options.diff:
        from invlint.cli.fixing import mend_files

        status = mend_files(find_inputs(options.paths), options, configuration)
        if options.diff:
            return status
    report = check_under(configuration, options, baseline_of(configuration, options), piped).report
    whole = write_report(report, outputs, options.detail)
    if copies:
        write_copies(report, inputs[0], copies)
    return exit_status(report) if whole else INCOMPLETE


def _piped(options: argparse.Namespace) -> list[Reading]:
    """What comes on the standard input, where the paths ask for it."""
    if _STDIN not in options.paths:
        return []
    if options.stdin_name is None:
        raise UsageError("say what comes on the standard input: --stdin-name ken.json (the ending says what it is)")
    return [read_data(sys.stdin.buffer.read(), Path(options.stdin_name), sheet=options.sheet)]


def _watch(options: argparse.Namespace) -> int:
    """Check, and again after every change, until the user breaks it off; what cannot be checked now may be later."""
    from invlint.cli.watch import Watched, look, wait_for_change

    if _STDIN in options.paths:
        raise UsageError("the standard input cannot be watched: name files or folders")
    folders = {Path(path) if Path(path).is_dir() else Path(path).parent for path in options.paths}
    beside = [folder / name for folder in sorted({*folders, Path()}) for name in _BESIDE]
    watched = Watched([*options.paths, *options.previous], [Path(path) for path in options.rules], beside)
    status = 0
    try:
        while True:
            seen = look(watched)
            try:
                status = _check(options)
            except InvlintError as error:
                put(sys.stderr, f"invlint: {error}\n")
            gc.collect()  # a run leaves cycles behind, and a process that checks once does not look for them
            put(sys.stderr, "\nwatching for changes; Ctrl-C ends\n")
            wait_for_change(seen, watched)
    except KeyboardInterrupt:
        return status
