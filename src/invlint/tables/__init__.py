"""Documents to typed columnar frames; a row knows its place in the source."""

from invlint.tables.build import Frames, build_frames, raw_frame
from invlint.tables.columns import Column, Table
from invlint.tables.declared import EARLIER, TABLES, UPKEEP
from invlint.tables.frame import Frame

__all__ = ["EARLIER", "TABLES", "UPKEEP", "Column", "Frame", "Frames", "Table", "build_frames", "raw_frame"]
