"""Columns that are worked out from others when a rule first asks for them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from invlint.reference.editions import OTHER_CODES_IN_2005
from invlint.units.dimension import describe_dimension

if TYPE_CHECKING:
    from collections.abc import Callable

    from invlint.reference import Reference
    from invlint.reference.load import AnnexCLine
    from invlint.tables.frame import Frame


def makers(table: str, reference: Reference) -> dict[str, Callable[[Frame], list[Any]]]:
    """Column name to what makes the column, for one of the reported tables."""
    if table == "releases":
        return _of_classes(reference) | {
            "factor_kind": _factor_kind,
            "indicator": lambda frame: _indicator(frame, reference),
            "repeated": _repeated,
            "share_of_total": _share_of_total,
        }
    if table == "entries":
        return _of_classes(reference) | {
            "included_class": lambda frame: _included(frame, reference, reference.classes),
            "included_category": lambda frame: _included(frame, reference, reference.categories),
        }
    if table == "totals":
        return {
            "about": _about,
            "indicator": lambda frame: _indicator(frame, reference),
            "annex_c_line": lambda frame: [line and line.name for line in _named_lines(frame, reference)],
            "annex_c_title": lambda frame: [line and line.title for line in _named_lines(frame, reference)],
        }
    return {}


def _of_classes(reference: Reference) -> dict[str, Callable[[Frame], list[Any]]]:
    """What is known of the class of a row."""
    return {
        "block": lambda frame: [block_of(class_id) for class_id in frame.column("class")],
        "annex_c_line": lambda frame: _annex_c(frame, reference),
        "annex_c_unsure": lambda frame: _annex_c_unsure(frame, reference),
    }


def block_of(class_id: str | None) -> str | None:
    """The classes of one technology: the class id up to its last dot."""
    return class_id.rpartition(".")[0] if class_id else None


def _annex_c(rows: Frame, reference: Reference) -> list[Any]:
    """The line of Annex C that the class, or else the category, comes under by the crosswalk, as `II.a`."""
    return [
        None if line is None or class_id in line.excluded else line.name
        for class_id, line in zip(rows.column("class"), _lines(rows, reference), strict=True)
    ]


def _annex_c_unsure(rows: Frame, reference: Reference) -> list[Any]:
    """Whether the crosswalk leaves the line open: on a condition, taken out of one, or for a code of an older edition.

    Where the category is not known, neither is this.
    """
    columns = (rows.column(name) for name in ("category", "edition", "class"))
    return [
        None
        if category is None
        else _means_another(category, edition)
        or (line is not None and (line.condition is not None or class_id in line.excluded))
        for category, edition, class_id, line in zip(*columns, _lines(rows, reference), strict=True)
    ]


def _lines(rows: Frame, reference: Reference) -> list[AnnexCLine | None]:
    lines = reference.annex_c_lines
    return [
        None if _means_another(category, edition) else lines.get(category)
        for category, edition in zip(rows.column("category"), rows.column("edition"), strict=True)
    ]


def _means_another(category: str | None, edition: str | None) -> bool:
    """Whether the code stood for another category in the edition, which the crosswalk does not know."""
    return edition == "2005" and category in OTHER_CODES_IN_2005


def _named_lines(totals: Frame, reference: Reference) -> list[AnnexCLine | None]:
    """The line of Annex C that each total names."""
    return [None if text is None else reference.annex_c_line(text) for text in totals.column("annex_c")]


def _about(totals: Frame) -> list[Any]:
    """What each total is a total of, in words: `group 1 to air`."""
    names = ("nfr", "annex_c", "category", "group", "vector")
    return [
        _source_in_words(nfr, line, category, group) + (f" to {vector}" if vector is not None else "")
        for nfr, line, category, group, vector in zip(*(totals.column(name) for name in names), strict=True)
    ]


def _source_in_words(nfr: str | None, line: str | None, category: str | None, group: int | None) -> str:
    if nfr is not None:
        return f"NFR {nfr}"
    if line is not None:
        return f"Annex C line {line}"
    if category is not None:
        return f"category {category}"
    return f"group {group}" if group is not None else "all sources"


def _factor_kind(releases: Frame) -> list[Any]:
    return [None if one is None else describe_dimension(one) for one in releases.column("factor.dim")]


def _indicator(rows: Frame, reference: Reference) -> list[Any]:
    known = {chemical: row["indicator"] == "yes" for chemical, row in reference.chemicals.items()}
    return [known.get(chemical) for chemical in rows.column("chemical")]


def _included(entries: Frame, reference: Reference, known: dict[str, Any]) -> list[Any]:
    """The class or category that `included_in` names, where it is one of those known."""
    recognised = {text: reference.class_ids.recognise(text) for text in set(entries.column("included_in")) if text}
    found = [recognised.get(text) for text in entries.column("included_in")]
    return [one if one in known else None for one in found]


_KEY = ("party", "class", "site", "chemical", "vector", "residue_kind")
_FIGURES = ("activity.value", "activity.unit", "release.value", "release.unit")


_TWO_YEARS = 2


def _repeated(releases: Frame) -> list[Any]:
    """Whether a figure other than zero is, digit for digit, that of the reference year before."""
    if len(set(releases.column("year")) - {None}) < _TWO_YEARS:
        return [None] * releases.size
    keys = list(zip(*(releases.column(name) for name in _KEY), strict=True))
    figures = list(zip(*(releases.column(name) for name in _FIGURES), strict=True))
    series: dict[Any, dict[int, tuple[Any, ...]]] = {}
    for key, year, figure in zip(keys, releases.column("year"), figures, strict=True):
        if year is not None:
            series.setdefault(key, {})[year] = figure
    before = {key: dict(zip(sorted(years)[1:], sorted(years), strict=False)) for key, years in series.items()}
    result: list[Any] = []
    for key, year, figure in zip(keys, releases.column("year"), figures, strict=True):
        earlier = before[key].get(year) if key in before and year is not None else None
        result.append(None if earlier is None else _same(figure, series[key][earlier]))
    return result


def _same(figure: tuple[Any, ...], earlier: tuple[Any, ...]) -> bool:
    activity = bool(figure[0]) and figure[:2] == earlier[:2]
    return activity or (bool(figure[2]) and figure[2:] == earlier[2:])


def _share_of_total(releases: Frame) -> list[Any]:
    """The release as a share of all that its inventory reports of the chemical; TEQ and mass are not added up."""
    of_inventory = list(zip(*(releases.column(name) for name in ("party", "year", "chemical")), strict=True))
    amounts, dimensions = releases.column("release"), releases.column("release.dim")
    totals: defaultdict[Any, float] = defaultdict(float)
    units: defaultdict[Any, set[int]] = defaultdict(set)
    for key, amount, dimension in zip(of_inventory, amounts, dimensions, strict=True):
        if amount is not None:
            totals[key] += amount
            units[key].add(dimension)
    return [
        amount / totals[key] if amount is not None and totals[key] and len(units[key]) == 1 else None
        for key, amount in zip(of_inventory, amounts, strict=True)
    ]


def groups_reported(inventories: Frame, reports: tuple[Frame, ...]) -> list[Any]:
    """How many of the source groups 1 to 9 have a value or a key in each inventory."""
    found: dict[tuple[Any, Any], set[int]] = {}
    for frame in reports:
        for party, year, group in zip(*(frame.column(name) for name in ("party", "year", "group")), strict=True):
            if group is not None and group < _HOTSPOTS:
                found.setdefault((party, year), set()).add(group)
    keys = zip(inventories.column("party"), inventories.column("year"), strict=True)
    return [float(len(found.get(key, ()))) for key in keys]


_HOTSPOTS = 10
"""The source group of contaminated sites, which is asked for as information alone."""
