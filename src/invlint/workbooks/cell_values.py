"""Write values into the cells of a new workbook."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


def put(sheet: Worksheet, row: int, place: int, value: Any, style: Any = None) -> None:
    """Write a value as what it is: text never becomes a formula, a link or a number.

    A list becomes text with semicolons between its items, and so does what no cell can hold as a number.
    """
    if isinstance(value, bool):
        sheet.write_string(row, place, "yes" if value else "no", style)
    elif isinstance(value, (int, float)) and isfinite(value):
        sheet.write_number(row, place, value, style)
    elif isinstance(value, list):
        sheet.write_string(row, place, "; ".join(map(str, value)), style)
    elif value is None:
        sheet.write_blank(row, place, None, style)
    else:
        sheet.write_string(row, place, str(value), style)
