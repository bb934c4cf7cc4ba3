"""The rows of the tables of congeners."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from invlint.tables import congeners as rows
from invlint_dioxins.congeners import DIOXINS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from invlint.reference import Reference
    from invlint.tables.added import Frames
    from invlint.tables.congeners import Row


def congeners(frames: Frames, documents: Sequence[Any], reference: Reference) -> Iterator[Row]:
    """A row for each name under the congeners of a release."""
    return rows.congener_rows(DIOXINS, frames, documents)


def homologues(frames: Frames, documents: Sequence[Any], reference: Reference) -> Iterator[Row]:
    """A row for each total of homologues."""
    return rows.homologue_rows(DIOXINS, frames)


def profiles(frames: Frames, documents: Sequence[Any], reference: Reference) -> Iterator[Row]:
    """A row for each release with congeners."""
    return rows.profile_rows(DIOXINS, frames)


def teqs(frames: Frames, documents: Sequence[Any], reference: Reference) -> Iterator[Row]:
    """A row for each release with congeners and each scheme."""
    return rows.teq_rows(DIOXINS, frames)


def entries(frames: Frames, documents: Sequence[Any], reference: Reference) -> Iterator[Row]:
    """A row for each entry that gives congeners itself, with the number of its releases of the chemical."""
    return rows.entry_rows(DIOXINS, frames, documents)
