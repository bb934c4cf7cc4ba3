"""Read inventories from a Toolkit workbook: a sheet for each source group, a row for each class, columns by vector.

Each row becomes lines as a flat table has them, one a release, and the submission is put together from those.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from invlint.sources.cells import is_blank
from invlint.sources.decimal_marks import decimal_mark
from invlint.sources.document import UNREAD
from invlint.sources.formulas import Calculator
from invlint.sources.table_lines import Cell
from invlint.sources.toolkit_block import BlockReader
from invlint.sources.toolkit_cells import CellReader
from invlint.sources.toolkit_cover import Cover, read_cover
from invlint.sources.toolkit_head import QUANTITIES, Block, find_blocks
from invlint.sources.toolkit_labels import Labels, labels_in, year_in_name
from invlint.sources.toolkit_leftovers import leftover_rows
from invlint.sources.toolkit_lines import Lines
from invlint.sources.toolkit_rows import TOTAL, Sources
from invlint.sources.toolkit_totals import SheetTotals

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from invlint.reference import Reference
    from invlint.sources.sheet import Sheet
    from invlint.sources.submission import Submission

_ONE_IN = 5
"""A table of the Toolkit's form names a source in one of so many rows at least."""


def read_toolkit(
    sheets: Sequence[Sheet],
    blocks: Mapping[str, Sequence[Block]],
    flat: Collection[str],
    reference: Reference,
    submissions: dict[str, Submission],
) -> tuple[Cover, tuple[str, ...]]:
    """Read the sheets that have `blocks`, by their names, into the submissions of their Parties.

    What the other sheets say of the whole counts for all; it is given back with notes on the reading. `flat` are the
    names of the sheets that are read as flat tables.
    """
    cover = read_cover([sheet for sheet in sheets if not blocks.get(sheet.name)], reference)
    lines = Lines(submissions, cover)
    calculator = Calculator({sheet.name.casefold(): sheet for sheet in sheets})
    mark = decimal_mark(_texts_for_numbers(sheets, blocks))
    sources = Sources(reference)
    for sheet in sheets:
        found = blocks.get(sheet.name)
        if not found:
            continue
        labels = _labels_above(sheet, found[0], reference)
        _begin(sources, sheet, found[0])
        totals = SheetTotals(sources.group)
        for block in found:
            cells = CellReader(sheet, block, calculator, mark, lines.notes)
            said = cover.of(labels["year"][0] if "year" in labels else None) | labels
            labels |= BlockReader(sheet, block, cells, sources, totals, lines, said).read()
        totals.resolve()
        if sheet.is_hidden:
            lines.notes.add("hidden sheets were read like the others: {}", f"“{sheet.name}”")
    lines.finish()
    for sheet in sheets:
        if sheet.name not in flat:
            _doubt_leftovers(sheet, blocks.get(sheet.name, ()), reference, lines, cover.whole)
    return cover, lines.notes.sentences()


def _doubt_leftovers(sheet: Sheet, blocks: Sequence[Block], reference: Reference, lines: Lines, labels: Labels) -> None:
    for cell, rows in leftover_rows(sheet, blocks, reference):
        below = f" (nor do the {rows - 1} rows below it)" if rows > 1 else ""
        problem = (
            f"this row stands under no head that is understood{below}, and its figures were not read: name the columns "
            "(Class, Emission factor, Activity, Annual release, and the vectors)"
        )
        lines.doubt(cell, problem, UNREAD, labels, column="release", shown=cell.spot().cell or "")


def toolkit_blocks(sheet: Sheet, reference: Reference) -> list[Block]:
    """The tables of a sheet whose rows name sources of the Toolkit; others are tables of something else."""
    return [block for block in find_blocks(sheet) if _names_sources(sheet, block, reference)]


def _names_sources(sheet: Sheet, block: Block, reference: Reference) -> bool:
    """Whether a good part of the rows names sources; a single name can be one by chance."""
    if block.of("annex_c", "nfr"):
        return True
    sources = Sources(reference)
    rows = known = 0
    for row in range(block.end, block.last):
        cells = [(str(column.field), sheet.shown(row, column.place)) for column in block.sources]
        named = [(field, cell) for field, cell in cells if not is_blank(cell)]
        found = sources.of(named)
        rows += bool(named) and (found is None or found.level != TOTAL)
        known += found is not None and found.level != TOTAL
    return known * _ONE_IN >= rows and known > 0


def _texts_for_numbers(sheets: Sequence[Sheet], blocks: Mapping[str, Sequence[Block]]) -> Iterator[str]:
    for sheet in sheets:
        for block in blocks.get(sheet.name, ()):
            places = [column.place for column in block.of(*QUANTITIES)]
            for row in sheet.grid.rows[block.end : block.last]:
                for place in places:
                    if place < len(row) and isinstance(row[place], str):
                        yield row[place]


def _labels_above(sheet: Sheet, block: Block, reference: Reference) -> Labels:
    labels = labels_in(sheet, range(block.first), reference)
    year = year_in_name(sheet.name)
    if year is not None and "year" not in labels:
        labels["year"] = (year, Cell(sheet.grid, block.first, 0))
    return labels


def _begin(sources: Sources, sheet: Sheet, block: Block) -> None:
    """Begin a sheet whose name or title may say which group it is about."""
    sources.begin(sheet.name)
    titles = (cell for row in sheet.grid.rows[: block.first] for cell in row if isinstance(cell, str))
    for title in titles:
        if sources.group is None:
            sources.begin(title)
