"""The rows of the tables of congeners."""

from invlint.tables import congeners as rows
from invlint_pcb.congeners import DIOXIN_LIKE


def congeners(frames, documents, reference):
    """A row for each name under the congeners of a release of dioxin-like PCB."""
    return rows.congener_rows(DIOXIN_LIKE, frames, documents)


def profiles(frames, documents, reference):
    """A row for each release of dioxin-like PCB with congeners."""
    return rows.profile_rows(DIOXIN_LIKE, frames)
