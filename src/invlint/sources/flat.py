"""A flat table, one row a release or key, to documents of the contract's shape, one for each Party."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from invlint.errors import ReadingError
from invlint.sources import columns as flat_columns
from invlint.sources.cells import as_text, is_blank, typed
from invlint.sources.submission import Submission
from invlint.sources.table_head import HEAD_ROWS, Grid, Head, find_head, head_at
from invlint.sources.table_lines import Cell, FlatLine

if TYPE_CHECKING:
    from invlint.sources.document import Document


def read_grids(grids: list[Grid]) -> list[Document]:
    """The documents in the tables of one file that have a head row.

    Raises ReadingError when none of them has one.
    """
    submissions: dict[str, Submission] = {}
    headed = [(grid, head) for grid, head in ((grid, find_head(grid)) for grid in grids) if head is not None]
    for grid, head in headed:
        read_grid(grid, head, submissions)
    if not headed:
        raise ReadingError(
            "no row names the columns of an inventory (party, year, class, vector, activity, factor, release ...): "
            f"put these names in one row among the first {HEAD_ROWS}"
        )
    if not submissions:
        raise ReadingError("the table has a head row but no rows below it")
    return [submission.document() for submission in submissions.values()]


def read_under_first_row(grid: Grid) -> list[Document]:
    """The documents of a table whose first row is its head, whatever it names."""
    submissions: dict[str, Submission] = {}
    read_grid(grid, head_at(grid, 0), submissions)
    return [submission.document() for submission in submissions.values()]


def read_grid(grid: Grid, head: Head, submissions: dict[str, Submission], party: str = "") -> None:
    """Read the rows below a head into the submissions of their Parties; a row that names none is of `party`."""
    first: Submission | None = None
    named = {place: name for name, place in head.names.items()}
    for number in range(head.row + 1, len(grid.rows)):
        row = grid.rows[number]
        if all(is_blank(cell) for cell in row) or _repeats_head(row, head):
            continue
        values = {
            name: typed(name, row[place], all_text=grid.all_text)
            for place, name in named.items()
            if place < len(row) and not is_blank(row[place])
        }
        for column, fills in flat_columns.BOTH.items():
            if column in values:
                for other in fills:
                    values.setdefault(other, values[column])
        party_of_row = values.get("party", party)
        submission = submissions.setdefault(str(party_of_row), Submission())
        first = first or submission
        line = FlatLine(grid, head, number, values)
        submission.take_recalculation(line) if head.is_recalculations else submission.take(line)
        _doubt_strays(submission, line, row)
    for place, member, problem in head.doubts if first else ():
        first.doubt(Cell(grid, head.row, place), member, problem)  # type: ignore[union-attr]


def _repeats_head(row: list[Any], head: Head) -> bool:
    place = head.names.get("year", head.names.get("class", -1))
    return 0 <= place < len(row) and flat_columns.plain_name(row[place]) in ("year", "class")


def _doubt_strays(submission: Submission, line: FlatLine, row: list[Any]) -> None:
    """A value under no head at all would be lost without a word."""
    heads = line.grid.rows[line.head.row]
    for place, cell in enumerate(row):
        if not is_blank(cell) and (place >= len(heads) or is_blank(heads[place])):
            problem = f"“{as_text(cell)}” stands under no column name, and was not read: name the column or clear it"
            submission.doubt(Cell(line.grid, line.number, place), "", problem)
