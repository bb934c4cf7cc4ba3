"""The option `-o xlsx=FILE` of `invlint check`: a copy of the workbook that was checked, with the findings in it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from invlint.cli.terminal import put
from invlint.errors import ReadingError, UsageError
from invlint.policy import incomplete_because

if TYPE_CHECKING:
    from collections.abc import Sequence

    from invlint.model.report import Report

COPY = "xlsx"
_ENDINGS = (".xlsx", ".xlsm")


def copies_of(given: Sequence[str]) -> list[Path]:
    """The files that the -o options ask a copy into. Raises UsageError where one names none."""
    copies = []
    for text in given:
        form, _, file = text.partition("=")
        if form != COPY:
            continue
        if not file:
            raise UsageError("a copy of the workbook needs a file to go to: -o xlsx=FILE.checked.xlsx")
        copies.append(Path(file))
    return copies


def check_source(paths: Sequence[Path], copies: Sequence[Path]) -> None:
    """Raises UsageError where the paths are not one workbook that the copies can be of."""
    if not copies:
        return
    if len(paths) != 1:
        raise UsageError(
            f"a copy with the findings is made of one workbook, and {len(paths)} files are given: check it alone"
        )
    source = paths[0]
    if source.suffix.lower() not in _ENDINGS:
        raise UsageError(
            f"“{source}” is no XLSX workbook, and findings can be written into these alone: save it as .xlsx, or ask "
            "for another report (-o terminal)"
        )
    for copy in copies:
        if copy.suffix.lower() != source.suffix.lower():
            raise UsageError(f"the copy of “{source}” must end in {source.suffix} too, and “{copy}” does not")
        if copy.exists() and source.exists() and copy.samefile(source):
            raise UsageError(f"“{copy}” is the workbook itself, which is left as it is: name another file")


def write_copies(report: Report, source: Path, copies: Sequence[Path]) -> None:
    """Write the copies, and say on the standard error what they hold."""
    from invlint.workbooks.checked_copy import checked_copy

    try:
        made = checked_copy(source.read_bytes(), source.as_posix(), report.findings, incomplete_because(report))
    except ReadingError as error:
        raise UsageError(f"no copy of “{source}” can be made: {error.problem}") from None
    for copy in copies:
        try:
            copy.write_bytes(made.data)
        except OSError as error:
            raise UsageError(f"the copy cannot be written to “{copy}” ({error.strerror})") from None
        about = f"{_number(made.marked, 'cell')} marked, {_number(made.without_cell, 'finding')} about no cell"
        put(sys.stderr, f"wrote {copy}: {about}\n")


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
