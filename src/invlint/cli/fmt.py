"""`invlint fmt`: bring rule files into their layout."""

from __future__ import annotations

import argparse
import sys
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from invlint.cli.terminal import put
from invlint.errors import RuleFault, RuleFileError, UsageError
from invlint.lang import format_rules
from invlint.rules import rule_files

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Change(NamedTuple):
    path: Path
    old: str
    new: str


def parser() -> argparse.ArgumentParser:
    """The arguments of `invlint fmt`."""
    fmt = argparse.ArgumentParser(
        prog="invlint fmt",
        description="Bring rule files into their one layout; what the rules mean and say stays the same.",
    )
    fmt.add_argument("paths", nargs="*", metavar="PATH", help="rule files, or folders with every *.rule below them")
    instead = fmt.add_mutually_exclusive_group()
    instead.add_argument(
        "--check", action="store_true", help="change nothing, name the files that would change, exit 1 if there are any"
    )
    instead.add_argument(
        "--diff", action="store_true", help="change nothing, print what would change, exit 1 if anything would"
    )
    return fmt


def run(options: argparse.Namespace) -> int:
    """Format the files, or say what would change; return the exit status."""
    if not options.paths:
        raise UsageError("name the rule files or folders to format: invlint fmt my-rules/")
    paths = dict.fromkeys(path for given in options.paths for path in rule_files(Path(given)))
    faults: list[RuleFault] = []
    changes = list(_changes([(path, _read(path)) for path in paths], faults))
    for change in changes:
        if not (options.check or options.diff):
            _write(change)
        put(sys.stdout, _diff(change) if options.diff else f"{change.path}\n")
    if faults:
        raise RuleFileError(faults)
    return int(bool(changes) and (options.check or options.diff))


def _changes(texts: list[tuple[Path, str]], faults: list[RuleFault]) -> Iterator[_Change]:
    """The files whose layout is another one; the faults of those that do not parse are added to `faults`."""
    for path, text in texts:
        try:
            formatted = format_rules(text, str(path))
        except RuleFileError as error:
            faults += error.faults
            continue
        if "\r\n" in text:
            formatted = formatted.replace("\n", "\r\n")
        if formatted != text:
            yield _Change(path, text, formatted)


def _read(path: Path) -> str:
    """The text with its line ends as they are."""
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the rule file {path} cannot be read as UTF-8 text ({error})") from None


def _write(change: _Change) -> None:
    try:
        change.path.write_bytes(change.new.encode())
    except OSError as error:
        raise UsageError(f"the rule file {change.path} cannot be written ({error.strerror})") from None


def _diff(change: _Change) -> str:
    old, new = change.old.splitlines(keepends=True), change.new.splitlines(keepends=True)
    lines = unified_diff(old, new, f"{change.path} (as it is)", f"{change.path} (formatted)")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
