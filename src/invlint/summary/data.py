"""The summary as plain data for programs: `invlint/summary-1` and rows of a flat table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from invlint.reference.code_lists import VECTORS
from invlint.summary.figures import Sum

if TYPE_CHECKING:
    from collections.abc import Iterator

    from invlint.summary.figures import ChemicalSummary, Line, ReportedTotal, Summary, Trend, YearSummary

FORMAT = "invlint/summary-1"
COLUMNS = (
    "party", "year", "year_before", "chemical", "table", "id", "name", "vector", "value", "unit", "lower_bound",
    "figures", "computed", "gaps", "unsummed", "keys", "value_before", "difference", "percent", "share",
    "cumulative_share", "reported", "reported_key", "verdict", "why",
)  # fmt: skip
"""The columns of the flat table; what a row says of depends on its `table`."""


def as_data(summary: Summary) -> dict[str, Any]:
    """The whole summary, with all digits; what is missing is null."""
    return {
        "format": FORMAT,
        "inventories": [_year(year) for year in summary.years],
        "trends": [_trend(trend) for trend in summary.trends],
        "unsummed": [row._asdict() for row in summary.unsummed],
        "doubts": [doubt._asdict() for doubt in summary.doubts],
        "unread": [{"path": path, "problem": problem} for path, problem in summary.unread],
        "notes": [{"path": path, "note": note} for path, note in summary.notes],
        "passed_over": list(summary.passed_over),
    }


def _year(year: YearSummary) -> dict[str, Any]:
    return year._asdict() | {
        "scope": list(year.scope),
        "chemicals": [_chemical(chemical) for chemical in year.chemicals],
    }


def _chemical(chemical: ChemicalSummary) -> dict[str, Any]:
    return {
        "chemical": chemical.chemical,
        "name": chemical.name,
        "unit": chemical.unit,
        "groups": [_line(line) for line in chemical.groups],
        "categories": [_line(line) for line in chemical.categories],
        "annex_c": [_line(line) | {"why": line.why} for line in chemical.annex_c],
        "total": _line(chemical.total),
        "gaps": [{"key": key, "number": number} for key, number in chemical.gaps],
        "per_person": {"value": chemical.per_person, "unit": f"{chemical.person_unit} per person and year"},
        "key_categories": [
            {
                "category": one.category,
                "name": one.name,
                "total": _sum(one.total),
                "share": one.share,
                "cumulative_share": one.cumulative,
            }
            for one in chemical.key_categories
        ],
        "not_ranked": list(chemical.not_ranked),
        "reported_totals": [_reported(total) for total in chemical.reported],
        "notes": list(chemical.notes),
    }


def _reported(total: ReportedTotal) -> dict[str, Any]:
    return total._asdict() | {"computed": None if total.computed is None else _sum(total.computed)}


def _line(line: Line) -> dict[str, Any]:
    """A line with the vectors of which anything is said."""
    vectors = zip(VECTORS, line.vectors, strict=True)
    return {
        "id": line.id,
        "name": line.name,
        "vectors": {vector: _sum(cell) for vector, cell in vectors if cell != Sum()},
        "total": _sum(line.total),
    }


def _sum(cell: Sum) -> dict[str, Any]:
    return {
        "value": cell.value,
        "lower_bound": cell.is_lower_bound,
        "figures": cell.figures,
        "computed": cell.computed,
        "gaps": cell.gaps,
        "unsummed": cell.unsummed,
        "keys": list(cell.keys),
    }


def _trend(trend: Trend) -> dict[str, Any]:
    changes = [
        change._asdict() | {"before": _sum(change.before), "after": _sum(change.after)} for change in trend.changes
    ]
    return trend._asdict() | {"changes": changes, "notes": list(trend.notes)}


def as_rows(summary: Summary) -> Iterator[dict[str, Any]]:
    """The rows of the flat table: a sum each, as far as anything is said of it; vector `all` is over all of them."""
    for year in summary.years:
        for chemical in year.chemicals:
            about = {"party": year.party, "year": year.year, "chemical": chemical.chemical, "unit": chemical.unit}
            yield from (about | row for row in _chemical_rows(chemical))
    for trend in summary.trends:
        about = {"party": trend.party, "year": trend.after, "year_before": trend.before, "chemical": trend.chemical}
        for change in trend.changes:
            yield (
                about
                | _cell(change.after)
                | {
                    "table": "trend",
                    "id": change.group,
                    "name": change.name,
                    "vector": "all",
                    "unit": trend.unit,
                    "lower_bound": change.before.is_lower_bound or change.after.is_lower_bound,
                    "value_before": change.before.value,
                    "difference": change.difference,
                    "percent": change.percent,
                }
            )
    for row in summary.unsummed:
        about = {"party": row.party, "year": row.year, "chemical": row.chemical, "table": "unsummed"}
        yield about | {"id": row.what, "name": f"{row.path} {row.place}".rstrip(), "why": row.problem}
    for doubt in summary.doubts:
        yield {"table": "doubt", "name": f"{doubt.path} {doubt.place}".rstrip(), "why": doubt.problem}
    for path, problem in summary.unread:
        yield {"table": "unread", "name": path, "why": problem}
    for path, note in summary.notes:
        yield {"table": "note", "name": path, "why": note}
    for path in summary.passed_over:
        yield {"table": "unread", "name": path, "why": "invlint does not read files of this kind"}


def _chemical_rows(chemical: ChemicalSummary) -> Iterator[dict[str, Any]]:
    tables = (
        ("group", chemical.groups),
        ("category", chemical.categories),
        ("annex_c", chemical.annex_c),
        ("total", (chemical.total,)),
    )
    for table, lines in tables:
        for line in lines:
            about = {"table": table, "id": line.id, "name": line.name, "why": line.why}
            for vector, cell in zip((*VECTORS, "all"), (*line.vectors, line.total), strict=True):
                if cell != Sum():
                    yield about | {"vector": vector} | _cell(cell)
    if chemical.per_person is not None:
        yield {
            "table": "per_person",
            "vector": "all",
            "value": chemical.per_person,
            "unit": f"{chemical.person_unit} per person and year",
            "lower_bound": chemical.total.total.is_lower_bound,
        }
    for one in chemical.key_categories:
        about = {"table": "key_category", "id": one.category, "name": one.name, "vector": "all"}
        yield about | _cell(one.total) | {"share": one.share, "cumulative_share": one.cumulative}
    for total in chemical.reported:
        yield {
            "table": f"reported_{total.of}" if total.of != "total" else "reported_total",
            "id": total.id,
            "vector": total.vector or "all",
            **(_cell(total.computed) if total.computed is not None else {}),
            "reported": total.value,
            "reported_key": total.key,
            "verdict": total.verdict,
            "why": total.why,
        }
    for note in chemical.notes:
        yield {"table": "note", "why": note}


def _cell(cell: Sum) -> dict[str, Any]:
    return _sum(cell) | {"keys": ";".join(cell.keys)}
