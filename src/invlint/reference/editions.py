"""The editions of the Toolkit that an inventory can declare."""

from __future__ import annotations

CURRENT_EDITION = "2013"

EDITIONS = ("2001", "2003", "2005", "2013", "none")
"""`none` marks an inventory that follows another system (an NFR submission, for one)."""

OTHER_CODES_IN_2005 = frozenset({"7b", "7c", "7d", "7e", "7f"})
"""Codes that meant other categories in edition 2005; its code list there is not known."""

EDITIONS_WITH_DEFAULTS = frozenset({"2005", "2013"})
"""For older editions no default factors are at hand."""
