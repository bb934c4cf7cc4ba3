"""`invlint check`: read, judge, report."""

from __future__ import annotations

import argparse
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from invlint import __version__
from invlint.cli.terminal import Help, put, wants_color, width_of
from invlint.engine import check_readings
from invlint.errors import UsageError
from invlint.model.finding import SEVERITIES, Finding
from invlint.model.report import Report
from invlint.policy import DEFAULT_PROFILE, Profile, apply_profile, exit_status, incomplete_because
from invlint.reference import load_reference
from invlint.rules import RuleSet, load_rules, select_rules
from invlint.rules.select import split_words
from invlint.sources import Reading, find_inputs, read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from invlint.tables.own_factors import PeerFactor

_FORMATS = ("terminal", "json", "matrix", "matrix-csv")
_MANY_FILES = 20


def parser() -> argparse.ArgumentParser:
    """The arguments of `invlint check`."""
    check = argparse.ArgumentParser(
        prog="invlint check",
        description="Check inventories (JSON, YAML, CSV, TSV, XLSX; files or folders) and report what is wrong.",
        formatter_class=Help,
    )
    check.add_argument("paths", nargs="*", metavar="PATH", help="files or folders to check")
    check.add_argument(
        "-o",
        "--output",
        action="append",
        metavar="FORMAT[=FILE]",
        help="terminal (default), json, matrix or matrix-csv (Party x rule); to a file if one is named; can be given "
        "several times",
    )
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
        "--sheet", metavar="NAME", help="the sheet of a workbook to read (default: all that have a head row)"
    )
    return check


def run(options: argparse.Namespace) -> int:
    """Check the paths and write every report asked for; return the exit status."""
    outputs = [_output(text) for text in options.output or ["terminal"]]
    if not options.paths:
        raise UsageError("name the files or folders to check: invlint check inventory.xlsx")
    found = find_inputs(options.paths)
    profile = _profile(options.profile)
    rules = load_rules(load_reference(), [Path(path) for path in options.rules], profile.parameters)
    select_rules(rules.plan, list(profile.severities), [])  # a name that fits no rule is a mistake
    selected = select_rules(
        rules.plan,
        split_words(options.select) or list(profile.select),
        [*split_words(options.ignore), *profile.ignore],
    )
    before = find_inputs(options.previous).inputs if options.previous else []
    peers = _peers(options.peers)
    with _progress(len(found.inputs) + len(before), len(selected)) as advance:
        readings = read_inputs(found.inputs, options.sheet, advance)
        earlier = read_inputs(before, options.sheet, advance)
        report = make_report(readings, rules, selected, advance, earlier, peers, profile)
    report = report._replace(passed_over=tuple(path.as_posix() for path in found.passed_over))
    for form, file in outputs:
        _write(report, form, file)
    return exit_status(report, options.fail_on or profile.fail_on)


def make_report(
    readings: list[Reading],
    rules: RuleSet,
    selected: set[str],
    advance: Callable[[], None] = lambda: None,
    earlier: Sequence[Reading] = (),
    peers: Sequence[PeerFactor] = (),
    profile: Profile = DEFAULT_PROFILE,
) -> Report:
    """What the selected rules say of the readings, gravest first within each Party and year.

    `earlier` are the earlier submissions that the readings are held against, `peers` the factors of other Parties.
    """
    checked = check_readings(readings, rules.plan, load_reference(), selected, advance, earlier, peers)
    findings = sorted(
        apply_profile(profile, checked.findings), key=_order
    )  # within these, in the order of rules and rows
    return Report(
        __version__,
        rules.packs,
        tuple(checked.inputs),
        tuple(checked.outcomes),
        tuple(findings),
        earlier=tuple(checked.earlier),
        remedies=tuple(checked.remedies),
        profile=profile.name or None,
    )


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


def _order(finding: Finding) -> tuple[object, ...]:
    """By Party and year, gravest first, then by the effect on the year's total, then by rule."""
    key = finding.key
    impact = finding.impact
    share = abs(impact.share) if impact is not None and impact.share is not None else 0.0
    return key["party"] or "", key["year"] or 0, -SEVERITIES.index(finding.severity), -share, finding.code


def _output(text: str) -> tuple[str, str | None]:
    """(format, file) of an -o option."""
    form, _, file = text.partition("=")
    if form not in _FORMATS:
        from difflib import get_close_matches

        near = get_close_matches(form, _FORMATS, n=1)
        known = f"{', '.join(_FORMATS[:-1])} or {_FORMATS[-1]}"
        raise UsageError(f"there is no report format “{form}”: {_mend(near)}it can be {known}")
    return form, file or None


def _mend(near: list[str]) -> str:
    return f"did you mean {near[0]}? " if near else ""


def read_inputs(paths: list[Path], sheet: str | None, advance: Callable[[], None] = lambda: None) -> list[Reading]:
    """The readings of the files."""
    readings = []
    for path in paths:
        readings.append(read_file(path, sheet=sheet))
        advance()
    return readings


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


def _write(report: Report, form: str, file: str | None) -> None:
    if file is None:
        put(sys.stdout, _text(report, form, sys.stdout))
        return
    try:
        Path(file).write_text(_text(report, form, None), "utf-8")
    except OSError as error:
        raise UsageError(f"the report cannot be written to “{file}” ({error.strerror})") from None


def _text(report: Report, form: str, stream: TextIO | None) -> str:
    if form == "json":
        from invlint.render.report_json import render_json

        return render_json(report)
    if form == "matrix-csv":
        from invlint.render.matrix import render_matrix_csv

        return render_matrix_csv(report)
    incomplete = incomplete_because(report)
    if form == "matrix":
        from invlint.render.report_matrix import render_matrix

        return render_matrix(report, width=width_of(stream), color=wants_color(stream), incomplete=incomplete)
    from invlint.render.report_terminal import render_terminal

    return render_terminal(report, width=width_of(stream), color=wants_color(stream), incomplete=incomplete)
