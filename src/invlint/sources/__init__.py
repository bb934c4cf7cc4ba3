"""One reader a format: bytes to documents that know the place of every value."""

from invlint.sources.document import Document, Doubt, Reading
from invlint.sources.find import find_inputs
from invlint.sources.read import read_file, read_files

__all__ = ["Document", "Doubt", "Reading", "find_inputs", "read_file", "read_files"]
