"""The rows of the tables of congeners."""

from invlint.tables import congeners as rows
from invlint_dioxins.congeners import DIOXINS


def congeners(frames, documents, reference):
    """A row for each name under the congeners of a release."""
    return rows.congener_rows(DIOXINS, frames, documents)


def homologues(frames, documents, reference):
    """A row for each total of homologues."""
    return rows.homologue_rows(DIOXINS, frames)


def profiles(frames, documents, reference):
    """A row for each release with congeners."""
    return rows.profile_rows(DIOXINS, frames)


def teqs(frames, documents, reference):
    """A row for each release with congeners and each scheme."""
    return rows.teq_rows(DIOXINS, frames)


def entries(frames, documents, reference):
    """A row for each entry that gives congeners itself, with the number of its releases of the chemical."""
    return rows.entry_rows(DIOXINS, frames, documents)
