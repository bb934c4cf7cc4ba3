"""`invlint baseline`: set aside what is found today, so that a gate tells what is new; take out what was mended."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from invlint.cli.checking import add_check_options, baseline_of, baseline_path, check_under, configuration_of
from invlint.cli.terminal import Help, put
from invlint.errors import UsageError
from invlint.policy import incomplete_because
from invlint.policy.baseline import baseline_text, entries_of
from invlint.policy.status import GOOD, INCOMPLETE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from invlint.policy import Configuration
    from invlint.policy.baseline import Entry
    from invlint.policy.report import Judged

_MOST_LINES = 20


def parser() -> argparse.ArgumentParser:
    """The arguments of `invlint baseline`."""
    baseline = argparse.ArgumentParser(
        prog="invlint baseline",
        description="Keep a baseline: the findings of today, which do not count from then on, so that a gate fails on "
        "new ones alone.",
        formatter_class=Help,
    )
    baseline.add_argument(
        "what",
        choices=("write", "prune"),
        help="write: put every finding that is not waived into the baseline; prune: take out those that were mended",
    )
    baseline.add_argument("paths", nargs="*", metavar="PATH", help="files or folders to check")
    add_check_options(baseline)
    return baseline


def run(options: argparse.Namespace) -> int:
    """Write or prune the baseline; return the exit status, 3 where the check was incomplete."""
    if not options.paths:
        raise UsageError(f"name the files or folders to check: invlint baseline {options.what} inventories/")
    configuration = configuration_of(options)
    if options.what == "write":
        return _written(configuration, check_under(configuration, options, None))
    return _pruned(configuration, options)


def _written(configuration: Configuration, judged: Judged) -> int:
    entries = entries_of(finding for finding in judged.settled.findings if finding.counts)
    path = baseline_path(configuration)
    _write(path, entries)
    waived = len(judged.report.waived)
    rules = len({entry.rule for entry in entries})
    lines = [f"wrote {path.as_posix()}: {len(entries)} findings of {rules} rules, which no longer count"]
    lines += [f"{waived} waived findings are not in it"] if waived else []
    return _say(lines, judged)


def _pruned(configuration: Configuration, options: argparse.Namespace) -> int:
    path = baseline_path(configuration)
    baseline = baseline_of(configuration, options)
    if baseline is None:
        raise UsageError(f"there is no baseline at {path.as_posix()}: `invlint baseline write` makes one")
    judged = check_under(configuration, options, baseline)
    mended = [entry for entry in baseline.entries if entry.id in judged.settled.mended]
    if not mended:
        return _say([f"nothing to take out of {path.as_posix()}: {len(baseline.entries)} findings are in it"], judged)
    _write(path, (entry for entry in baseline.entries if entry.id not in judged.settled.mended))
    left = len(baseline.entries) - len(mended)
    lines = [f"took {len(mended)} out of {path.as_posix()}, {left} are left:"]
    lines += [f"  {entry.id}  {_about(entry)}" for entry in mended[:_MOST_LINES]]
    lines += [f"  and {len(mended) - _MOST_LINES} more"] if len(mended) > _MOST_LINES else []
    return _say(lines, judged)


def _about(entry: Entry) -> str:
    members = ("party", "year", "class", "category", "group", "site", "chemical", "vector", "residue_kind", "annex_c")
    implied = {"category", "group"} if "class" in entry.key else {"group"} if "category" in entry.key else set()
    return " ".join(str(entry.key[name]) for name in members if name in entry.key and name not in implied)


def _write(path: Path, entries: Iterable[Entry]) -> None:
    try:
        path.write_text(baseline_text(entries), "utf-8")
    except OSError as error:
        raise UsageError(f"the baseline cannot be written to {path.as_posix()} ({error.strerror})") from None


def _say(lines: list[str], judged: Judged) -> int:
    incomplete = incomplete_because(judged.report)
    lines += [f"the check is incomplete: {'; '.join(incomplete)}"] if incomplete else []
    put(sys.stdout, "\n".join(lines) + "\n")
    return INCOMPLETE if incomplete else GOOD
