"""Documents to typed columnar frames; a row knows its place in the source."""

from invlint.tables.build import Frames, build_frames
from invlint.tables.columns import Column, Table
from invlint.tables.declared import EARLIER, TABLES
from invlint.tables.frame import Frame

__all__ = ["EARLIER", "TABLES", "Column", "Frame", "Frames", "Table", "build_frames"]
