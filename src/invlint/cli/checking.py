"""A check as command lines ask for it: the options that verbs share, and the report that they come to."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from invlint.errors import UsageError
from invlint.model.settings import COMMAND_LINE, Choice, Setting
from invlint.policy.config import BASELINE, DEFAULT_CONFIGURATION, HONOUR, IGNORE, WAIVERS, Configuration, layered
from invlint.policy.config_file import find_file, load_file, load_profile
from invlint.policy.report import Judged, judge_readings
from invlint.policy.waiver_sources import find_waivers
from invlint.reference import load_reference, shipped_reference
from invlint.rules import load_rules
from invlint.rules.select import choose_rules, split_words
from invlint.sources import find_inputs, read_files

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Sequence

    from invlint.policy.baseline import Baseline
    from invlint.policy.upkeep import Aside
    from invlint.policy.waivers import Waiver
    from invlint.reference import Reference
    from invlint.rules import RuleSet
    from invlint.sources import Reading
    from invlint.tables.own_factors import PeerFactor

_MANY_FILES = 20


def add_check_options(parser: argparse.ArgumentParser) -> None:
    """The options that say how to check, and what counts."""
    add_judging_options(parser)
    add_counting_options(parser)


def add_judging_options(parser: argparse.ArgumentParser) -> None:
    """The options that say by which rules and against what to judge."""
    parser.add_argument(
        "--select",
        action="append",
        default=[],
        metavar="RULES",
        help="report these rules alone: names, codes, code prefixes or principles, with commas between them",
    )
    parser.add_argument("--ignore", action="append", default=[], metavar="RULES", help="do not report these rules")
    parser.add_argument("--extend-select", action="append", default=[], metavar="RULES", help="report these rules too")
    parser.add_argument(
        "--profile",
        metavar="NAME",
        help="self-check, secretariat or gate: severities and thresholds for a kind of user; or a file of one's own",
    )
    parser.add_argument(
        "--isolated",
        action="store_true",
        help="use no configuration file and no baseline that is not named here",
    )
    parser.add_argument(
        "--rules",
        action="append",
        default=[],
        metavar="PATH",
        help="a rule file, or a folder of them, to use beside the built-in rules",
    )
    parser.add_argument(
        "--previous",
        action="append",
        default=[],
        metavar="PATH",
        help="the earlier submission of the same Parties, a file or a folder: what changed since is checked too",
    )
    parser.add_argument(
        "--peers", metavar="FILE", help="factors of other Parties to compare with, as `invlint peers build` writes them"
    )
    parser.add_argument(
        "--reference",
        choices=("own", "shipped"),
        default="own",
        help="the default factors: your own edition where you have imported one (default), or the shipped ones, so "
        "that the result is the same on every machine",
    )
    parser.add_argument(
        "--sheet", metavar="NAME", help="the sheet of a workbook to read (default: all that have a head row)"
    )


def add_counting_options(parser: argparse.ArgumentParser) -> None:
    """The options that say which findings count."""
    parser.add_argument(
        "--fail-on",
        choices=("blocker", "error", "warning", "info"),
        help="the mildest severity for which the exit status is 1 (default: error, or what is configured)",
    )
    parser.add_argument(
        "--waivers",
        choices=WAIVERS,
        help="honour waivers beside the inventories (default), report them beside findings that count all the same, "
        "or ignore them",
    )
    parser.add_argument(
        "--baseline",
        metavar="FILE",
        help=f"findings that do not count (default: {BASELINE} beside the configuration file or in the working "
        "folder, where there is one)",
    )


def configuration_of(options: argparse.Namespace) -> Configuration:
    """What holds for a check: the nearest configuration file, over it the profile, and over that the single options.

    The file is looked for upwards from the folder that holds all paths, then from the working folder.
    """
    found = None if options.isolated else _configuration_file(options.paths)
    configuration = load_file(found) if found is not None else DEFAULT_CONFIGURATION
    if options.profile is not None:
        configuration = layered(configuration, load_profile(options.profile))
    return layered(configuration, _of_options(options))


def _of_options(options: argparse.Namespace) -> Configuration:
    """What the command line sets."""
    choices = [
        Choice(verb, tuple(split_words(getattr(options, verb.replace("-", "_"), []))), COMMAND_LINE)
        for verb in ("select", "ignore", "extend-select")
    ]
    return DEFAULT_CONFIGURATION._replace(
        fail_on=_given(options, "fail_on"),
        waivers=_given(options, "waivers"),
        baseline=_given(options, "baseline"),
        choices=tuple(choice for choice in choices if choice.words),
    )


def _given(options: argparse.Namespace, name: str) -> Setting:
    """The value of an option, where the verb has it and the user gave it."""
    value = getattr(options, name, None)
    default: Setting = getattr(DEFAULT_CONFIGURATION, name)
    return default if value is None else Setting(value, COMMAND_LINE)


def _configuration_file(paths: Sequence[str]) -> Path | None:
    """The nearest configuration file upwards from the folder that holds all paths, or from the working folder."""
    folders = [path if path.is_dir() else path.parent for path in (Path(path).absolute() for path in paths)]
    try:
        start = Path(os.path.commonpath(folders))
    except ValueError:  # no paths, or paths on several drives
        start = Path.cwd()
    return find_file(start) or find_file(Path.cwd())


class Grounds(NamedTuple):
    """What a check judges by."""

    configuration: Configuration
    reference: Reference
    rules: RuleSet
    selected: set[str]
    peers: Sequence[PeerFactor]
    baseline: Baseline | None


def grounds_of(configuration: Configuration, options: argparse.Namespace, baseline: Baseline | None) -> Grounds:
    """What the options ask to judge by. Raises UsageError where something in them makes no sense."""
    reference = shipped_reference() if options.reference == "shipped" else load_reference()
    rules = load_rules(reference, [Path(path) for path in options.rules], configuration.rules)
    selected = choose_rules(rules.plan, configuration.choices)
    return Grounds(configuration, reference, rules, selected, _peers(options.peers), baseline)


def judge_on(
    grounds: Grounds,
    readings: list[Reading],
    earlier: Sequence[Reading],
    waivers: tuple[Waiver, ...],
    advance: Callable[[], None] = lambda: None,
) -> Judged:
    """Judge readings, held against the earlier submission."""
    configuration, reference, rules, selected, peers, _ = grounds
    aside = _aside(grounds, waivers)
    return judge_readings(readings, rules, selected, advance, earlier, peers, configuration, reference, aside)


def _aside(grounds: Grounds, waivers: tuple[Waiver, ...]) -> Aside | None:
    """What sets findings aside today; None where nothing does."""
    if not waivers and grounds.baseline is None:
        return None
    from datetime import date

    from invlint.policy.upkeep import Aside

    return Aside(waivers, grounds.configuration.waivers.value == HONOUR, grounds.baseline, date.today())


def check_under(
    configuration: Configuration,
    options: argparse.Namespace,
    baseline: Baseline | None,
    piped: Sequence[Reading] = (),
) -> Judged:
    """Check what was piped in and the paths of the options. Raises UsageError where something makes no sense."""
    found = find_inputs(options.paths)
    grounds = grounds_of(configuration, options, baseline)
    before = find_inputs(options.previous).inputs if options.previous else []
    with progress(len(found.inputs) + len(before), len(grounds.selected)) as advance:
        readings = [*piped, *read_files(found.inputs, options.sheet, advance)]
        earlier = read_files(before, options.sheet, advance)
        report, settled = judge_on(grounds, readings, earlier, waivers_of(grounds, readings), advance)
    report = report._replace(
        passed_over=tuple(path.as_posix() for path in found.passed_over),
        ignored=tuple(path.as_posix() for path in found.ignored),
    )
    return Judged(report, settled)


def waivers_of(grounds: Grounds, readings: list[Reading]) -> tuple[Waiver, ...]:
    """The waivers beside the readings and in them, where they are not to be left aside."""
    if grounds.configuration.waivers.value == IGNORE:
        return ()
    return tuple(find_waivers(readings, grounds.rules.plan))


def baseline_path(configuration: Configuration) -> Path:
    """Where the baseline stands, or would stand: as configured, beside the configuration file, or where we are."""
    if configuration.baseline.value is not None:
        return Path(configuration.baseline.value)
    return (Path(configuration.file).parent if configuration.file is not None else Path()) / BASELINE


def baseline_of(configuration: Configuration, options: argparse.Namespace) -> Baseline | None:
    """The baseline that holds for a check. Raises UsageError where one that is named is not there."""
    named = configuration.baseline.value is not None
    path = baseline_path(configuration)
    if path.is_file():
        from invlint.policy.baseline import read_baseline

        return read_baseline(path) if named or not options.isolated else None
    if named:
        raise UsageError(f"there is no baseline at {path.as_posix()}: `invlint baseline write` makes one")
    return None


def _peers(file: str | None) -> Sequence[PeerFactor]:
    if file is None:
        return ()
    from invlint.peers import read_peers
    from invlint.reference.code_lists import code_lists

    return read_peers(Path(file), code_lists(load_reference()))


@contextmanager
def progress(files: int, rules: int) -> Iterator[Callable[[], None]]:
    """A progress bar on stderr for long runs in a terminal; nothing at all elsewhere."""
    if files < _MANY_FILES or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(f"checking {files} files", total=files + rules)
        yield lambda: progress.advance(task)
