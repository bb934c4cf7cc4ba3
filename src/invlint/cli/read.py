"""`invlint read`: how a file was understood."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from invlint.cli.terminal import put_data, put_rich
from invlint.errors import ReadingError, UsageError

if TYPE_CHECKING:
    from invlint.sources import Document, Reading
    from invlint.sources.workbook_source import RecognisedTable

_UNREADABLE = 3


def parser() -> argparse.ArgumentParser:
    """The arguments of `invlint read`."""
    read = argparse.ArgumentParser(
        prog="invlint read",
        description="Show how a file was understood: what each column was taken for, each source with the figures read "
        "and the cells they come from, and what was not understood. Nothing is checked.",
        epilog="Exit status: 0 the file was read; 2 the command makes no sense; 3 it could not be read.",
    )
    read.add_argument("path", metavar="FILE", help="the file to read")
    read.add_argument("-o", "--output", choices=("terminal", "json"), default="terminal", help="(default: %(default)s)")
    read.add_argument(
        "--sheet", metavar="NAME", help="the sheet of a workbook to read (default: all that have a table)"
    )
    return read


def run(options: argparse.Namespace) -> int:
    """Read the file and show what was understood; return the exit status."""
    from invlint.sources import read_file

    path = Path(options.path)
    if not path.is_file():
        raise UsageError(f"there is no file “{options.path}”")
    reading = read_file(path, name=options.path, sheet=options.sheet)
    tables = _tables(path, options.sheet) if reading.problem is None else []
    if options.output == "json":
        put_data(_as_data(reading, tables))
    else:
        from invlint.cli.read_tables import draw_reading

        put_rich(lambda console: draw_reading(console, reading, tables))
    return _UNREADABLE if reading.problem else 0


def _tables(path: Path, sheet: str | None) -> list[RecognisedTable]:
    from invlint.sources import read_recognised

    try:
        return read_recognised(path, sheet=sheet)
    except ReadingError:  # the file was changed between the two readings
        return []


def _as_data(reading: Reading, tables: list[RecognisedTable]) -> dict[str, Any]:
    return {
        "path": reading.path,
        "problem": reading.problem,
        "tables": [
            {"sheet": table.sheet, "rows": table.rows, "columns": [column._asdict() for column in table.columns]}
            for table in tables
        ],
        "documents": [_document(document) for document in reading.documents],
        "notes": list(reading.notes),
    }


def _document(document: Document) -> dict[str, Any]:
    """The document, the place of each of its values, and what was not understood."""
    pointers = list(_leaves(document.data, ""))
    spots = document.locator.locate([*pointers, *(doubt.pointer for doubt in document.doubts)])
    return {
        "data": document.data,
        "places": {pointer: spots[pointer].shown() for pointer in pointers},
        "not_understood": [
            {"place": spots[doubt.pointer].shown(), "problem": doubt.problem} for doubt in document.doubts
        ],
    }


def _leaves(part: Any, pointer: str) -> list[str]:
    if isinstance(part, dict):
        return [leaf for name, inner in part.items() for leaf in _leaves(inner, f"{pointer}/{name}")]
    if isinstance(part, list):
        return [leaf for place, inner in enumerate(part) for leaf in _leaves(inner, f"{pointer}/{place}")]
    return [pointer]
