"""The Article 15 summary: what inventories add up to, by source group, Annex C line, year and person."""

from invlint.summary.figures import ChemicalSummary, Line, Sum, Summary, Trend, YearSummary
from invlint.summary.summarise import Wanted, summarise

__all__ = ["ChemicalSummary", "Line", "Sum", "Summary", "Trend", "Wanted", "YearSummary", "summarise"]
