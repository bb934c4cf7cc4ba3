"""`invlint waive`: explain a finding in the `waivers.toml` beside its inventory; take out waivers that are spent."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from invlint.cli.checking import add_judging_options, check_under, configuration_of
from invlint.cli.terminal import Help, put
from invlint.errors import UsageError
from invlint.model.finding import KEY_MEMBERS, Waived
from invlint.model.settings import Setting
from invlint.policy.config import HONOUR
from invlint.policy.status import GOOD
from invlint.policy.waiver_sources import FILE, Written, written_in
from invlint.policy.waiver_text import waiver_text, without_waivers
from invlint.policy.waivers import Waiver, key_of, reason_problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from invlint.model.finding import Finding, Location
    from invlint.policy.report import Judged

_MOST_SHOWN = 30


def parser() -> argparse.ArgumentParser:
    """The arguments of `invlint waive`."""
    waive = argparse.ArgumentParser(
        prog="invlint waive",
        description="Explain findings: each gets a waiver in the file waivers.toml beside its inventory, bound to the "
        "value that was found. Without an id the findings are listed with theirs.",
        formatter_class=Help,
    )
    waive.add_argument("ids", nargs="*", metavar="FINDING-ID", help="the findings, such as missing-class:9f2c41d0")
    waive.add_argument("--in", dest="paths", action="append", metavar="PATH", help="the inventories (default: .)")
    waive.add_argument("--reason", metavar="TEXT", help="why the figure is right, or why it cannot be corrected")
    waive.add_argument("--by", metavar="NAME", help="who says so")
    waive.add_argument("--until", metavar="DATE", help="the last day on which it holds, such as 2027-12-31")
    waive.add_argument(
        "--prune", action="store_true", help="take out the waivers that no finding fits or whose last day is over"
    )
    add_judging_options(waive)
    return waive


def run(options: argparse.Namespace) -> int:
    """Add waivers, or take some out, or list what could be waived; return the exit status."""
    options.paths = options.paths or ["."]
    if options.prune:
        if options.ids or options.reason:
            raise UsageError("--prune takes waivers out: leave ids and --reason away")
        return _pruned(_check(options).settled.spent)
    if not options.ids:
        return _listed(_check(options))
    waived = _waived(options)
    found = {finding.id: finding for finding in _check(options).settled.findings}
    chosen = [_chosen(id_, found) for id_ in options.ids]
    for finding in chosen:
        problem = reason_problem(waived.reason, finding.rule)
        if problem is not None:
            raise UsageError(problem)
    lines = [f"{_added(finding, waived).as_posix()}: {finding.id} is waived" for finding in chosen]
    put(sys.stdout, "\n".join(lines) + "\n")
    return GOOD


def _check(options: argparse.Namespace) -> Judged:
    """Check with waivers honoured, whatever is configured, and without a baseline."""
    configuration = configuration_of(options)._replace(waivers=Setting(HONOUR))
    return check_under(configuration, options, None)


def _waived(options: argparse.Namespace) -> Waived:
    """What the options say of the findings. Raises UsageError where they do not say enough."""
    if options.reason is None:
        raise UsageError('say why: invlint waive FINDING-ID --reason "one plant, measured in 2019 (report 12/2019)"')
    if options.until is not None:
        try:
            last = date.fromisoformat(options.until)
        except ValueError:
            raise UsageError(f"“{options.until}” is no date such as 2027-12-31") from None
        if last < date.today():
            raise UsageError(f"{options.until} is over: a waiver holds until a day to come")
        return Waived(options.reason.strip(), options.by, last.isoformat())
    return Waived(options.reason.strip(), options.by)


def _chosen(id_: str, found: dict[str, Finding]) -> Finding:
    """The finding of an id. Raises UsageError where there is none, or none that can be waived."""
    finding = found.get(id_)
    if finding is None:
        from difflib import get_close_matches

        near = get_close_matches(id_, found, n=1)
        mend = f"did you mean {near[0]}?" if near else "`invlint waive` without an id lists what was found"
        raise UsageError(f"no finding has the id “{id_}”: {mend}")
    if not key_of(finding) or not finding.locations:
        raise UsageError(f"{id_} is about a file and no figure in it, and cannot be waived: mend the file")
    return finding


def _added(finding: Finding, waived: Waived) -> Path:
    """Write a waiver of the finding in the place of an earlier one of the same; the file that holds it."""
    path = Path(finding.locations[0].path).parent / FILE
    about = {"rule": finding.rule, **key_of(finding)}
    text = _without(path, lambda one: _about(one) == about) if path.exists() else ""
    _write(path, f"{text}\n{waiver_text(finding, waived)}" if text.strip() else waiver_text(finding, waived))
    return path


def _about(written: Written) -> dict[str, Any]:
    return {name: value for name, value in written.members.items() if name in ("rule", *KEY_MEMBERS)}


def _without(path: Path, leaves: Callable[[Written], bool]) -> str:
    """The text of a file of waivers without some. Raises UsageError for a file that holds anything else."""
    from invlint.sources.toml_source import read_toml

    written = written_in(path)
    for one in written:
        if one.problem is not None:
            raise UsageError(f"{one.location.path}:{one.location.line}: {one.problem}")
    return without_waivers(read_toml(path), [number for number, one in enumerate(written) if leaves(one)])


def _pruned(spent: Iterable[Waiver]) -> int:
    """Take out waivers that are spent; those of a workbook are named, for they are the submitter's to take out."""
    by_file: dict[Path, list[Location]] = {}
    lines = []
    for waiver in spent:
        at = waiver.location
        if at.cell is not None:
            lines.append(f"{at.path} {at.cell}: {waiver.rule} is spent; take the row out in the spreadsheet")
            continue
        by_file.setdefault(Path(at.path), []).append(at)
        lines.append(f"{at.path}:{at.line}: {waiver.rule} {' '.join(map(str, waiver.key.values()))} is taken out")
    for path, places in by_file.items():
        _write(path, _without(path, lambda one, places=places: one.location in places))  # type: ignore[misc]
    put(sys.stdout, "\n".join(lines or ["no waiver is spent"]) + "\n")
    return GOOD


def _listed(judged: Judged) -> int:
    counting = [finding for finding in judged.settled.findings if finding.counts and key_of(finding)]
    lines = [f"{finding.id}  {finding.severity}: {finding.message}" for finding in counting[:_MOST_SHOWN]]
    rest = len(counting) - _MOST_SHOWN
    lines += [f"and {rest} more: invlint check -o json lists them"] if rest > 0 else []
    put(sys.stdout, "\n".join(lines or ["nothing was found that could be waived"]) + "\n")
    return GOOD


def _write(path: Path, text: str) -> None:
    """Write the file with the line ends it had, or remove it where nothing is left to stand in it."""
    try:
        ends = "\r\n" if path.exists() and b"\r\n" in path.read_bytes() else "\n"
        if text.strip():
            path.write_bytes(text.replace("\n", ends).encode())
        else:
            path.unlink()
    except OSError as error:
        raise UsageError(f"{path.as_posix()} cannot be written ({error.strerror})") from None
