"""`invlint diff`: what changed between two submissions."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from invlint.cli.checking import (
    add_check_options,
    baseline_of,
    configuration_of,
    grounds_of,
    judge_on,
    progress,
    waivers_of,
)
from invlint.cli.compare import STATUSES
from invlint.cli.outputs import add_output_option, outputs_of, write_outputs
from invlint.cli.terminal import Help
from invlint.render.formats import COMPARISON_FORMATS
from invlint.sources import find_inputs, read_files

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from invlint.cli.checking import Grounds
    from invlint.model.comparison import Comparison
    from invlint.model.finding import Finding
    from invlint.model.report import Report
    from invlint.sources import Reading


def parser() -> argparse.ArgumentParser:
    """The arguments of `invlint diff`."""
    diff = argparse.ArgumentParser(
        prog="invlint diff",
        description="Compare two submissions, each a file or a folder in any format: both are checked by the same "
        "rules, NEW against OLD as its earlier submission, and the releases that were recalculated stand side by side.",
        epilog=STATUSES,
        formatter_class=Help,
    )
    diff.add_argument("old", metavar="OLD", help="the earlier submission")
    diff.add_argument("new", metavar="NEW", help="the later submission")
    add_output_option(diff, COMPARISON_FORMATS)
    add_check_options(diff)
    return diff


def run(options: argparse.Namespace) -> int:
    """Check both submissions and write what changed; return the exit status."""
    from invlint.compare import compare, comparison_status
    from invlint.policy import incomplete_because
    from invlint.summary.recalculations import recalculations

    outputs = outputs_of(options.output, COMPARISON_FORMATS)
    options.paths = [options.old, options.new]
    configuration = configuration_of(options)
    grounds = grounds_of(configuration, options, baseline_of(configuration, options))
    files = [find_inputs([path]).inputs for path in options.paths]
    before = find_inputs(options.previous).inputs if options.previous else []
    with progress(sum(map(len, files)) + len(before), 2 * len(grounds.selected)) as advance:
        old, new, earliest = (read_files(paths, options.sheet, advance) for paths in (*files, before))
        names = _names(options.paths, old)
        then = _judged_as(names, grounds, old, earliest, advance)
        now = judge_on(grounds, new, old, waivers_of(grounds, new), advance).report
    comparison = _with_own_paths(compare(then, now, (options.paths[0], options.paths[1])), names)
    comparison = comparison._replace(recalculations=recalculations(old, new, grounds.reference))
    write_outputs(comparison, outputs, tuple(incomplete_because(now)))
    return comparison_status(comparison, now)


def _names(paths: Sequence[str], readings: list[Reading]) -> dict[str, str]:
    """Under which path of NEW each file of OLD is judged, so that a fault of a file is known again in the other."""
    old, new = map(Path, paths)
    if old.is_file() and new.is_file():
        return {reading.path: new.as_posix() for reading in readings}
    if old.is_dir() and new.is_dir():
        return {reading.path: (new / Path(reading.path).relative_to(old)).as_posix() for reading in readings}
    return {reading.path: reading.path for reading in readings}


def _judged_as(
    names: dict[str, str],
    grounds: Grounds,
    readings: list[Reading],
    earlier: Sequence[Reading],
    advance: Callable[[], None],
) -> Report:
    """The report on readings under other paths than their own, their waivers with them."""
    folders = {_folder(path): _folder(name) for path, name in names.items()}
    homes = {**folders, **names}
    waivers = tuple(
        waiver._replace(within=homes.get(waiver.within, waiver.within)) for waiver in waivers_of(grounds, readings)
    )
    renamed = [reading._replace(path=names[reading.path]) for reading in readings]
    return judge_on(grounds, renamed, earlier, waivers, advance).report


def _folder(path: str) -> str:
    return Path(path).parent.as_posix()


def _with_own_paths(comparison: Comparison, names: dict[str, str]) -> Comparison:
    """The findings of OLD at the files where they stand."""
    own = {name: path for path, name in names.items()}

    def told(finding: Finding) -> Finding:
        places = (location._replace(path=own.get(location.path, location.path)) for location in finding.locations)
        return finding._replace(locations=tuple(places))

    return comparison._replace(
        resolved=tuple(map(told, comparison.resolved)),
        changed=tuple(pair._replace(old=told(pair.old)) for pair in comparison.changed),
        unverifiable=tuple(one._replace(finding=told(one.finding)) for one in comparison.unverifiable),
    )
