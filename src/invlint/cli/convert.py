"""`invlint convert`: an inventory from one format into another, and what could not be taken along."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from invlint.cli.terminal import Help, put
from invlint.errors import UsageError
from invlint.sources import Reading, read_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from invlint.sources.document import Document

_MOST_NOTES = 20
_LAYOUTS = ("flat", "toolkit")


def parser() -> argparse.ArgumentParser:
    """The arguments of `invlint convert`."""
    convert = argparse.ArgumentParser(
        prog="invlint convert",
        description="Write an inventory in another format, by the ending of the new file: .json, .yaml, .csv, .tsv or "
        ".xlsx. Afterwards the new file is read again, and what it does not hold of the old one is listed on the "
        "standard error.",
        epilog="Exit status: 0 everything was taken along; 1 something was left, and is listed; 2 nothing was written.",
        formatter_class=Help,
    )
    convert.add_argument("source", metavar="FILE", help="the inventory to read")
    convert.add_argument("target", metavar="NEW_FILE", help="the file to write")
    convert.add_argument(
        "--layout",
        choices=_LAYOUTS,
        default="flat",
        help="of a workbook: flat, with one row a release (default), or toolkit, the calculation form",
    )
    convert.add_argument(
        "--sheet", metavar="NAME", help="the sheet of a workbook to read (default: all of an inventory)"
    )
    convert.add_argument("--overwrite", action="store_true", help="write over a file that is there already")
    return convert


def run(options: argparse.Namespace) -> int:
    """Write the new file; return the exit status."""
    from invlint.reference import load_reference
    from invlint.writers.differences import lost_facts
    from invlint.writers.write import write_documents

    source, target = Path(options.source), Path(options.target)
    if target.exists() and not options.overwrite:
        raise UsageError(f"“{target}” is there already, and is left as it is: choose another name, or add --overwrite")
    reading = _read(source, options.sheet)
    reference = load_reference()
    documents = [document.data for document in reading.documents]
    data = write_documents(documents, target, options.layout, reference)
    try:
        target.write_bytes(data)
    except OSError as error:
        raise UsageError(f"“{target}” cannot be written ({error.strerror})") from None
    again = read_file(target)
    lost = lost_facts(documents, [document.data for document in again.documents], reference)
    not_read = [*reading.notes, *(text for document in reading.documents for text in _not_read(document))]
    _say(f"not understood in {source}", not_read)
    _say(f"{target} has no place for", lost)
    put(sys.stdout, f"wrote {target}\n")
    return 1 if lost or not_read else 0


def _read(source: Path, sheet: str | None) -> Reading:
    reading = read_file(source, sheet=sheet)
    if reading.problem is not None:
        spot = reading.spot
        where = f" (line {spot.line}, column {spot.column})" if spot.line else ""
        raise UsageError(f"“{source}” cannot be converted: {reading.problem}{where}")
    return reading


def _not_read(document: Document) -> list[str]:
    """What the reader did not understand, each with its place."""
    spots = document.locator.locate([doubt.pointer for doubt in document.doubts])
    return [f"{_place(spots[doubt.pointer])}{doubt.problem}" for doubt in document.doubts]


def _place(spot: object) -> str:
    cell, line = getattr(spot, "cell", None), getattr(spot, "line", None)
    if cell:
        return f"{cell}: "
    return f"line {line}: " if line else ""


def _say(title: str, notes: Sequence[str]) -> None:
    if not notes:
        return
    more = len(notes) - _MOST_NOTES
    lines = [f"{title}:", *(f"  {note}" for note in notes[:_MOST_NOTES]), *([f"  and {more} more"] if more > 0 else [])]
    put(sys.stderr, "\n".join(lines) + "\n")
