"""Documents as a flat table, one row a release, key or total; and that table as delimited text or a workbook."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from invlint.sources.columns import DOCUMENT, EITHER, ENTRY, INVENTORY, RECALCULATION, RELEASE, TOTAL, filled, listed
from invlint.workbooks.cell_values import put

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Row = dict[str, Any]
"""Column to value; what is absent has no column."""

COLUMNS = tuple(dict.fromkeys([*DOCUMENT, *INVENTORY, *ENTRY, *TOTAL, *RELEASE, *EITHER]))
RECALCULATION_COLUMNS = ("party", *RECALCULATION)

_BY_YEAR = ("edition", "teq_scheme", "scope")
_ACTIVITY = {column: at for column, at in ENTRY.items() if column.startswith("activity")}


def flat_rows(document: Any) -> Iterator[Row]:
    """The rows of one document's inventories."""
    whole = filled(document, DOCUMENT)
    for inventory in listed(document, "inventories"):
        above = whole | filled(inventory, INVENTORY) | filled(inventory, {name: DOCUMENT[name] for name in _BY_YEAR})
        rows = [row for entry in listed(inventory, "entries") for row in _entry_rows(entry)]
        rows += [filled(total, TOTAL) for total in listed(inventory, "totals")]
        for row in rows or [{}]:
            yield above | row


def recalculation_rows(document: Any) -> Iterator[Row]:
    """The rows of one document's recalculations."""
    whole = filled(document, {"party": DOCUMENT["party"]})
    for record in listed(document, "recalculations"):
        yield whole | filled(record, RECALCULATION)


def _entry_rows(entry: Any) -> list[Row]:
    """A row for each release, and one before them for what the entry says as a whole.

    The first row of an entry gives the activity of all its releases, so where the first release has its own the entry
    has a row before it.
    """
    own = filled(entry, ENTRY)
    releases = listed(entry, "releases")
    rows = [_with_activity(own, release) | filled(release, RELEASE | EITHER) for release in releases]
    whole = filled(entry, EITHER)
    if whole or not rows or filled(releases[0], _ACTIVITY):
        rows.insert(0, own | whole)
    return rows


def _with_activity(own: Row, release: Any) -> Row:
    """An entry's columns in the row of a release. Its activity gives way as a whole to one of the release's own."""
    activity = filled(release, _ACTIVITY)
    return {column: value for column, value in own.items() if column not in _ACTIVITY} | activity if activity else own


def delimited(documents: Sequence[Any], delimiter: str) -> bytes:
    """The inventories as CSV or TSV. Recalculations are a table of their own, and no text file holds two."""
    rows = [row for document in documents for row in flat_rows(document)]
    columns = _used(COLUMNS, rows)
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows({column: _as_text(value) for column, value in row.items()} for row in rows)
    return file.getvalue().encode()


def workbook(documents: Sequence[Any]) -> bytes:
    """The inventories as a sheet of a workbook, and the recalculations as a second one where there are any."""
    from xlsxwriter import Workbook

    tables = {
        "Inventory": (COLUMNS, [row for document in documents for row in flat_rows(document)]),
        "Recalculations": (
            RECALCULATION_COLUMNS,
            [row for document in documents for row in recalculation_rows(document)],
        ),
    }
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True})
        for name, (columns, rows) in tables.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for place, column in enumerate(columns):
                sheet.write_string(0, place, column, bold)
                for number, row in enumerate(rows, 1):
                    if column in row:
                        put(sheet, number, place, row[column])
    return file.getvalue()


def _used(columns: Sequence[str], rows: Sequence[Row]) -> list[str]:
    return [column for column in columns if any(column in row for row in rows)]


def _as_text(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "; ".join(map(str, value)) if isinstance(value, list) else value
