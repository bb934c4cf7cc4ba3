"""`invlint check`: read, judge, report."""

from __future__ import annotations

import argparse
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from invlint.cli.checked_copy import COPY, check_source, copies_of, write_copies
from invlint.cli.outputs import add_output_option, outputs_of, write_report
from invlint.cli.terminal import Help
from invlint.errors import UsageError
from invlint.policy import DEFAULT_PROFILE, Profile, exit_status, make_report
from invlint.policy.status import INCOMPLETE
from invlint.reference import load_reference, shipped_reference
from invlint.rules import load_rules, select_rules
from invlint.rules.select import split_words
from invlint.sources import find_inputs, read_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from invlint.tables.own_factors import PeerFactor

_MANY_FILES = 20


def parser() -> argparse.ArgumentParser:
    """The arguments of `invlint check`."""
    check = argparse.ArgumentParser(
        prog="invlint check",
        description="Check inventories (JSON, YAML, CSV, TSV, XLSX; files or folders) and report what is wrong.",
        formatter_class=Help,
    )
    check.add_argument("paths", nargs="*", metavar="PATH", help="files or folders to check")
    add_output_option(check)
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
        help="the mildest severity for which the exit status is 1 (default: error, or what the profile says)",
    )
    check.add_argument(
        "--profile",
        metavar="NAME",
        help="self-check, secretariat or gate: severities and thresholds for a kind of user; or a file of one's own",
    )
    check.add_argument(
        "--rules",
        action="append",
        default=[],
        metavar="PATH",
        help="a rule file, or a folder of them, to use beside the built-in rules",
    )
    check.add_argument(
        "--previous",
        action="append",
        default=[],
        metavar="PATH",
        help="the earlier submission of the same Parties, a file or a folder: what changed since is checked too",
    )
    check.add_argument(
        "--peers", metavar="FILE", help="factors of other Parties to compare with, as `invlint peers build` writes them"
    )
    check.add_argument(
        "--reference",
        choices=("own", "shipped"),
        default="own",
        help="the default factors: your own edition where you have imported one (default), or the shipped ones, so "
        "that the result is the same on every machine",
    )
    check.add_argument(
        "--sheet", metavar="NAME", help="the sheet of a workbook to read (default: all that have a head row)"
    )
    return check


def run(options: argparse.Namespace) -> int:
    """Check the paths and write every report asked for; return the exit status."""
    copies = copies_of(options.output or ())
    outputs = outputs_of([text for text in options.output or ["terminal"] if text.partition("=")[0] != COPY])
    if not options.paths:
        raise UsageError("name the files or folders to check: invlint check inventory.xlsx")
    found = find_inputs(options.paths)
    check_source(found.inputs, copies)
    profile = _profile(options.profile)
    reference = shipped_reference() if options.reference == "shipped" else load_reference()
    rules = load_rules(reference, [Path(path) for path in options.rules], profile.parameters)
    select_rules(rules.plan, list(profile.severities), [])  # a name that fits no rule is a mistake
    selected = select_rules(
        rules.plan,
        split_words(options.select) or list(profile.select),
        [*split_words(options.ignore), *profile.ignore],
    )
    before = find_inputs(options.previous).inputs if options.previous else []
    peers = _peers(options.peers)
    with _progress(len(found.inputs) + len(before), len(selected)) as advance:
        readings = read_files(found.inputs, options.sheet, advance)
        earlier = read_files(before, options.sheet, advance)
        report = make_report(readings, rules, selected, advance, earlier, peers, profile, reference)
    report = report._replace(passed_over=tuple(path.as_posix() for path in found.passed_over))
    whole = write_report(report, outputs)
    if copies:
        write_copies(report, found.inputs[0], copies)
    return exit_status(report, options.fail_on or profile.fail_on) if whole else INCOMPLETE


def _profile(word: str | None) -> Profile:
    if word is None:
        return DEFAULT_PROFILE
    from invlint.policy.profile_file import load_profile

    return load_profile(word)


def _peers(file: str | None) -> Sequence[PeerFactor]:
    if file is None:
        return ()
    from invlint.peers import read_peers
    from invlint.reference.code_lists import code_lists

    return read_peers(Path(file), code_lists(load_reference()))


@contextmanager
def _progress(files: int, rules: int) -> Iterator[Callable[[], None]]:
    """A progress bar on stderr for long runs in a terminal; nothing at all elsewhere."""
    if files < _MANY_FILES or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(f"checking {files} files", total=files + rules)
        yield lambda: progress.advance(task)
