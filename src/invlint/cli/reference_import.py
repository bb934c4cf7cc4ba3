"""`invlint reference import`: take the default factors from a table that the user holds."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from invlint.cli.reference_show import amount_text, factor_data
from invlint.cli.terminal import put_data, put_rich
from invlint.errors import ReadingError, UsageError

if TYPE_CHECKING:
    import argparse

    from rich.console import Console

    from invlint.reference import Reference
    from invlint.reference.own_changes import CellChange, Changes, Refused
    from invlint.sources.factor_table import FactorTable

FORMAT, FORGET_FORMAT = "invlint/reference-import-1", "invlint/reference-forget-1"
SOME_REFUSED = 1
_MOST_LINES = 50


class _Result(NamedTuple):
    shipped: Reference
    table: FactorTable
    changes: Changes
    kept: Path | None

    @property
    def refused(self) -> tuple[Refused, ...]:
        return tuple(sorted((*self.table.refused, *self.changes.refused), key=_in_order))

    @property
    def status(self) -> int:
        whole = self.changes.taken and not self.refused and not self.table.unknown_classes
        return 0 if whole else SOME_REFUSED


def _in_order(refused: Refused) -> tuple[str, list[int]]:
    """By sheet, then by line: `line 9` before `line 12`."""
    sheet, _, place = refused.where.rpartition("!")
    return sheet, [int(number) for number in re.findall("[0-9]+", place)]


def run_import(options: argparse.Namespace) -> int:
    """Show what a table changes and keep it where that is wanted; return the exit status."""
    if options.forget:
        return _forget(options)
    if options.table is None:
        raise UsageError("name the table to import: invlint reference import toolkit-table.xlsx")
    from invlint.reference import shipped_reference
    from invlint.reference.own import OwnEdition, keep_own_edition
    from invlint.reference.own_changes import changes_of
    from invlint.sources.factor_table import read_factor_table

    shipped = shipped_reference()
    try:
        table = read_factor_table(Path(options.table), shipped, sheet=options.sheet)
    except ReadingError as error:
        place = f":{error.line}" if error.line else ""
        raise UsageError(f"{options.table}{place}: {error.problem}") from None
    changes = changes_of(table.lines, shipped)
    kept = None
    if options.yes and changes.taken:
        day = datetime.datetime.now().astimezone().date().isoformat()
        kept = keep_own_edition(OwnEdition(table.file, table.sha256, day, changes.taken))
    result = _Result(shipped, table, changes, kept)
    if options.output == "json":
        put_data(_data(result))
    else:
        put_rich(lambda console: _draw(console, result))
    return result.status


def _forget(options: argparse.Namespace) -> int:
    from invlint.reference.own import forget_own_edition

    if options.table is not None or options.yes:
        raise UsageError("--forget goes back to the shipped factors and takes no table: leave one of the two out")
    found = forget_own_edition()
    if options.output == "json":
        put_data({"format": FORGET_FORMAT, "forgotten": found})
    else:
        told = "your own edition is gone" if found else "there was no own edition"
        put_rich(lambda console: console.print(f"{told}: the shipped factors are used"))
    return 0


def _data(result: _Result) -> dict[str, Any]:
    changes, table = result.changes, result.table
    return {
        "format": FORMAT,
        "file": table.file,
        "sha256": table.sha256,
        "kept": result.kept is not None,
        "changed": [_change(one) for one in changes.changed],
        "added": [_change(one) for one in changes.added],
        "equal": [_change(one) for one in changes.equal],
        "left_out": [{"class": row[0], "edition": edition, **factor_data(row)} for edition, row in changes.left_out],
        "unknown_classes": [one._asdict() for one in table.unknown_classes],
        "refused": [one._asdict() for one in result.refused],
        "columns_not_read": list(table.not_read),
        "notes": list(table.notes),
    }


def _change(change: CellChange) -> dict[str, Any]:
    """A cell: `value` is text, digit for digit as the table has it."""
    new = change.new
    return {
        "where": change.where,
        "class": new.class_id,
        "chemical": new.chemical,
        "vector": new.vector,
        "residue_kind": new.residue_kind,
        "edition": new.edition,
        "value": new.value,
        "code": new.code,
        "unit": new.unit,
        "source": new.source,
        "shipped": change.old and factor_data(change.old),
    }


def _draw(console: Console, result: _Result) -> None:
    from rich.text import Text

    from invlint.reference.own_changes import cell_text
    from invlint.render.safe_text import printable

    changes, table = result.changes, result.table
    console.print(Text(printable(f"{table.file} beside the shipped factors"), style="bold"))
    _draw_cells(console, "with another value", changes.changed, result.shipped)
    _draw_cells(console, "that the shipped factors lack", changes.added, result.shipped)
    if changes.equal:
        unseen = sum(one.old is not None and one.old[7] != "seen" for one in changes.equal)
        firmer = f"; the evidence of {unseen} of them becomes “seen”" if unseen else ""
        console.print(Text(f"\n{_cells(len(changes.equal))} with the same value{firmer}"))
    gone = [
        f"{cell_text((edition, *row[:4]), result.shipped)}: {amount_text(row)} ({row[7]})"
        for edition, row in changes.left_out
    ]
    _draw_list(console, "Shipped residues that your table divides otherwise, and that are left out", gone, "")
    unknown = [
        f"{one.where}: “{one.text}”" + (f", did you mean {one.near}?" if one.near else "")
        for one in table.unknown_classes
    ]
    _draw_list(console, "Classes that are not known", unknown, "yellow")
    _draw_list(console, "Not taken", [f"{one.where}: {one.problem}" for one in result.refused], "red")
    notes = [*table.notes]
    if table.not_read:
        notes.append(f"columns that were not read: {', '.join(table.not_read)}")
    _draw_list(console, "Notes", notes, "")
    console.print()
    console.print(Text(printable(_end(result)), style="bold"))


def _end(result: _Result) -> str:
    number = len(result.changes.taken)
    if not number:
        return "There is nothing to keep: no cell of the table could be taken."
    if result.kept is None:
        return f"Nothing is kept yet: the same command with --yes keeps {_cells(number)} as your own edition."
    return f"{_cells(number)} kept as your own edition in {result.kept}"


def _cells(number: int) -> str:
    return f"{number} cell{'' if number == 1 else 's'}"


def _draw_cells(console: Console, what: str, cells: tuple[CellChange, ...], shipped: Reference) -> None:
    from invlint.cli.example_tables import draw_table
    from invlint.reference.own_changes import cell_text
    from invlint.render.safe_text import printable

    if not cells:
        return
    console.print()
    rows = [
        (
            cell_text(one.new.cell, shipped),
            f"{amount_text(one.old)} ({one.old[7]})" if one.old else "none",
            printable(one.new.code or f"{one.new.value} {one.new.unit}"),
            printable(one.where),
        )
        for one in cells
    ]
    draw_table(console, f"{_cells(len(cells))} {what}", ("cell", "shipped", "yours", "at"), rows)


def _draw_list(console: Console, title: str, lines: list[str], style: str) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from invlint.render.safe_text import printable

    if not lines:
        return
    console.print(Text(f"\n{title}", style="bold"))
    for line in lines[:_MOST_LINES]:
        console.print(Padding(Text(printable(line), style=style), (0, 0, 0, 2)))
    if len(lines) > _MOST_LINES:
        more = f"and {len(lines) - _MOST_LINES} more: --output json lists them"
        console.print(Padding(Text(more, style="dim"), (0, 0, 0, 2)))
