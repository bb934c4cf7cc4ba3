"""The rows of the tables of congeners."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from invlint.tables import congeners as rows
from invlint_pcb.congeners import DIOXIN_LIKE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from invlint.reference import Reference
    from invlint.tables.added import Frames
    from invlint.tables.congeners import Row


def congeners(frames: Frames, documents: Sequence[Any], reference: Reference) -> Iterator[Row]:
    """A row for each name under the congeners of a release of dioxin-like PCB."""
    return rows.congener_rows(DIOXIN_LIKE, frames, documents)


def profiles(frames: Frames, documents: Sequence[Any], reference: Reference) -> Iterator[Row]:
    """A row for each release of dioxin-like PCB with congeners."""
    return rows.profile_rows(DIOXIN_LIKE, frames)
