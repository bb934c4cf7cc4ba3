"""`invlint check --fix`: put right what is certain in the files themselves, or show what that would change."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from invlint.cli.terminal import put
from invlint.errors import UsageError
from invlint.policy.status import FOUND, GOOD

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

    from invlint.fixes import Edit, Mended
    from invlint.policy.config import Configuration
    from invlint.reference import Reference
    from invlint.rules import RuleSet
    from invlint.sources import Reading
    from invlint.sources.find import Found

_MOST_PASSES = 4
"""Spellings first, then products, then the totals of them; a further one shows that nothing is left."""


class _File(NamedTuple):
    """A file with its bytes as they are and as they would be, the edits made and those that could not be."""

    path: Path
    before: bytes
    after: bytes
    made: tuple[Edit, ...]
    left: tuple[tuple[Edit, str], ...]


def mend_files(found: Found, options: argparse.Namespace, configuration: Configuration) -> int:
    """Mend the files, or show the difference; 1 where something changes, 0 where nothing does.

    Raises UsageError where a file cannot be written.
    """
    from invlint.cli.checking import baseline_of, grounds_of

    grounds = grounds_of(configuration, options, baseline_of(configuration, options))
    waived = _waived(options, configuration)
    files = [
        _mended(path, grounds.rules, grounds.reference, waived, unsafe=options.unsafe_fixes) for path in found.inputs
    ]
    changed = [file for file in files if file.made]
    if options.diff:
        put(sys.stdout, "".join(_diff(file) for file in changed) or "nothing would change\n")
    else:
        for file in changed:
            _write(file)
    _tell(files, options)
    return FOUND if changed else GOOD


def _waived(options: argparse.Namespace, configuration: Configuration) -> set[str]:
    """The findings that somebody has explained: what they are about is not changed."""
    from invlint.cli.checking import baseline_of, check_under

    report = check_under(configuration, options, baseline_of(configuration, options)).report
    return {finding.id for finding in report.findings if finding.waived is not None}


def _mended(path: Path, rules: RuleSet, reference: Reference, waived: set[str], *, unsafe: bool) -> _File:
    from invlint.fixes import mended
    from invlint.sources import read_data, read_file

    reading = read_file(path)
    if reading.problem is not None:
        return _File(path, b"", b"", (), ())
    before = data = path.read_bytes()
    made: list[Edit] = []
    left: dict[str, tuple[Edit, str]] = {}
    for _ in range(_MOST_PASSES):
        edits = [edit for edit in _edits(reading, rules, reference, waived) if edit.safe or unsafe]
        result: Mended = mended(path.name, data, reading.documents, edits)
        left.update({edit.pointer: (edit, why) for edit, why in result.left})
        if not result.made:
            break
        made.extend(result.made)
        data = result.data
        reading = read_data(data, path)
    return _File(path, before, data, tuple(made), tuple(left.values()))


def _edits(reading: Reading, rules: RuleSet, reference: Reference, waived: set[str]) -> Sequence[Edit]:
    """The spellings of a file; where they are right, its figures."""
    from invlint.fixes import spelling_edits
    from invlint.reference.code_lists import code_lists

    lists = code_lists(reference)
    spellings = [edit for number, document in enumerate(reading.documents)
                 for edit in spelling_edits(number, document.data, lists)]  # fmt: skip
    return spellings or _figures(reading, rules, reference, waived)


def _figures(reading: Reading, rules: RuleSet, reference: Reference, waived: set[str]) -> list[Edit]:
    from invlint.engine import run_plan
    from invlint.engine.findings import finding_id
    from invlint.fixes import figure_edits
    from invlint.fixes.figures import PRODUCT, TOTAL
    from invlint.schema import shape_rows
    from invlint.tables import build_frames

    frames = build_frames([reading], shape_rows([reading]), reference)
    results = {result.rule.name: result for result in run_plan(rules.plan, frames, {PRODUCT, TOTAL})}

    def failing(rule: str) -> list[tuple[str, int]]:
        failures = results[rule].failures if rule in results else []
        return [(one["table"], one["row"]) for one in failures if finding_id(rule, one) not in waived]

    return [edit._replace(document=document) for document, edit in figure_edits(frames, failing)]


def _diff(file: _File) -> str:
    from difflib import unified_diff

    old, new = (data.decode("utf-8").splitlines(keepends=True) for data in (file.before, file.after))
    name = file.path.as_posix()
    return "".join(line if line.endswith("\n") else line + "\n" for line in unified_diff(old, new, name, name))


def _write(file: _File) -> None:
    partial = file.path.with_name(f".{file.path.name}.partial")
    try:
        partial.write_bytes(file.after)
        partial.replace(file.path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise UsageError(f"“{file.path}” cannot be written ({error.strerror})") from None


def _tell(files: Sequence[_File], options: argparse.Namespace) -> None:
    """What was done, and what could not be, on the standard error: the report is the standard output's."""
    made = sum(len(file.made) for file in files)
    changed = sum(bool(file.made) for file in files)
    word = "would change" if options.diff else "changed"
    lines = [f"{word} {made} value{'s' if made != 1 else ''} in {changed} file{'s' if changed != 1 else ''}"]
    lines.extend(f"not changed: {file.path.as_posix()}: {edit.why}: {why}" for file in files for edit, why in file.left)
    put(sys.stderr, "".join(f"invlint: {line}\n" for line in lines))
