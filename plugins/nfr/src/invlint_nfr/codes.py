"""NFR codes: which lines are part of the national total.

Source: the notes and the heading of the memo items in the Annex I workbook itself (template NFR 2019-1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from invlint.reference import Reference
    from invlint.tables.added import Frames

MEMO_ITEMS = frozenset({"1A3ai(ii)", "1A3aii(ii)", "1A3di(i)", "1A5c", "6B", "11A", "11B", "11C"})
"""Lines under "memo items", which are not to be included in national totals."""

FUEL_USED = "(fu)"
"""At the end of a code: road transport by fuel used, which stands beside the lines by fuel sold."""

NATIONAL_TOTAL = "NATIONAL TOTAL"


def is_counted(code: str) -> bool:
    """Whether a line with this code is part of the national total; a code begins with a digit."""
    return code[:1].isdigit() and code not in MEMO_ITEMS and not code.endswith(FUEL_USED)


def counted(frames: Frames, _reference: Reference) -> list[Any]:
    """The column `nfr_counted` of the totals: no total without an NFR code is such a line."""
    return [code is not None and is_counted(code) for code in frames["totals"].column("nfr")]
