"""Mend what is certain in the files themselves, and leave every other byte as it is."""

from invlint.fixes.apply import Mended, mended
from invlint.fixes.edit import Edit
from invlint.fixes.figures import figure_edits
from invlint.fixes.spelling import spelling_edits

__all__ = ["Edit", "Mended", "figure_edits", "mended", "spelling_edits"]
