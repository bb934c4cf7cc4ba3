"""From readings to the summary: each Party's reference years and chemicals, and the trends between years."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from invlint.errors import UsageError
from invlint.reference.code_lists import KEYS, code_lists
from invlint.schema import shape_rows
from invlint.summary.figures import ChemicalSummary, Doubt, Summary, Unsummed, YearSummary
from invlint.summary.items import FIGURES, GAP, REPORTED, UNSUMMED, entry_items, release_items
from invlint.summary.key_categories import key_categories, not_ranked
from invlint.summary.overlaps import Kept, without_overlaps
from invlint.summary.places import places_of, target_of
from invlint.summary.reported_totals import Lines, reported_totals
from invlint.summary.sums import annex_c_lines, category_lines, group_lines, line_of
from invlint.summary.trends import trends_of
from invlint.tables import build_frames
from invlint.units.dimension import MASS, PER_YEAR, TEQ

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from invlint.reference import Reference
    from invlint.sources import Reading
    from invlint.summary.items import Item
    from invlint.tables import Frame, Frames
    from invlint.units import Dimension

_Inventory = tuple[Any, Any]
"""(party, year)."""


class Wanted(NamedTuple):
    """What a summary is asked for: codes and years as typed; empty is all."""

    chemicals: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


class _Measure(NamedTuple):
    """How a chemical is stated: its unit and how many of it a base unit is; the unit for one person, and how many of
    it the unit is; the dimension of releases.
    """

    unit: str
    scale: float
    person_unit: str
    per_unit: float
    dimension: Dimension


_MEASURES = {
    "TEQ": _Measure("g TEQ/a", 1.0, "ug TEQ", 1e6, TEQ + PER_YEAR),
    "mass": _Measure("kg/a", 1e3, "ug", 1e9, MASS + PER_YEAR),
}
"""By the quantity that the reference states a chemical as; base units are g TEQ and t."""


def summarise(readings: list[Reading], reference: Reference, wanted: Wanted = Wanted()) -> Summary:  # noqa: B008
    """The summary of all that was read, as far as it is wanted.

    Raises UsageError for a chemical that is in no code list, and for a Party or year that no file has.
    """
    shape = shape_rows(readings)
    frames = build_frames(readings, shape, reference)
    of_inventory: dict[_Inventory, list[Item]] = {}
    for item in (*release_items(frames, reference), *entry_items(frames["entries"], reference)):
        of_inventory.setdefault((item.party, item.year), []).append(item)
    inventories = _inventories(frames["inventories"])
    chemicals = _wanted_chemicals(wanted, reference)
    shown = _wanted_inventories(wanted, list(inventories))
    kept = {key: without_overlaps(of_inventory.get(key, [])) for key in shown}
    totals = _rows_of(frames["totals"])
    years = [
        _year(frames, inventories[key], kept[key], totals.get(key, {}), reference, chemicals) for key in sorted(shown)
    ]
    of_party: dict[str, list[YearSummary]] = {}
    for year in years:
        of_party.setdefault(year.party, []).append(year)
    homeless = [_homeless(item) for key, items in of_inventory.items() if None in key for item in items]
    told = [item for key in sorted(shown) for item in kept[key].items] + homeless
    return Summary(
        tuple(years),
        tuple(trend for same in of_party.values() for trend in trends_of(same)),
        tuple(_unsummed(told, chemicals, readings)),
        tuple(_doubts(shape, readings)),
        tuple((reading.path, reading.problem) for reading in readings if reading.problem is not None),
        tuple((reading.path, note) for reading in readings for note in reading.notes),
    )


def _wanted_chemicals(wanted: Wanted, reference: Reference) -> tuple[str, ...]:
    """The codes of the chemicals wanted, all of them where none is named."""
    if not wanted.chemicals:
        return tuple(reference.chemicals)
    codes = []
    for text in wanted.chemicals:
        code = code_lists(reference).recognise("chemical", text)
        if code is None:
            raise UsageError(f"there is no chemical “{text}”: it can be {', '.join(reference.chemicals)}")
        codes.append(code)
    return tuple(code for code in reference.chemicals if code in codes)


def _wanted_inventories(wanted: Wanted, there: list[_Inventory]) -> list[_Inventory]:
    parties = {party.strip().upper() for party in wanted.parties}
    if not there:
        return []
    for party in wanted.parties:
        if party.strip().upper() not in {known.upper() for known, _ in there}:
            known = ", ".join(sorted({known for known, _ in there}))
            raise UsageError(f"no file that could be read has an inventory of “{party}”: there is {known}")
    found = [key for key in there if not parties or key[0].upper() in parties]
    for year in wanted.years:
        if year not in {known for _, known in found}:
            years = ", ".join(str(known) for known in sorted({known for _, known in found}))
            raise UsageError(f"no file that could be read has an inventory of {year}: there is {years}")
    return [key for key in found if not wanted.years or key[1] in wanted.years]


def _inventories(frame: Frame) -> dict[_Inventory, dict[str, Any]]:
    """The row of each Party and year that are known."""
    names = ("party", "year", "edition", "teq_scheme", "population", "scope_set", "scope_vectors_set")
    rows = [dict(zip(names, row, strict=True)) for row in zip(*(frame.column(name) for name in names), strict=True)]
    return {(row["party"], row["year"]): row for row in rows if None not in (row["party"], row["year"])}


def _rows_of(totals: Frame) -> dict[_Inventory, dict[str, list[int]]]:
    """The rows of reported totals by inventory and chemical."""
    found: dict[_Inventory, dict[str, list[int]]] = {}
    columns = (totals.column(name) for name in ("party", "year", "chemical"))
    for row, (party, year, chemical) in enumerate(zip(*columns, strict=True)):
        found.setdefault((party, year), {}).setdefault(chemical, []).append(row)
    return found


def _year(
    frames: Frames,
    inventory: dict[str, Any],
    kept: Kept,
    totals: dict[str, list[int]],
    reference: Reference,
    chemicals: Sequence[str],
) -> YearSummary:
    there = {item.chemical for item in (*kept.items, *kept.copies)} | set(totals)
    population = inventory["population"]
    population = population if population is not None and population > 0 else None
    return YearSummary(
        inventory["party"],
        inventory["year"],
        inventory["edition"],
        inventory["teq_scheme"],
        population,
        (*sorted(inventory["scope_set"] or ()), *sorted(inventory["scope_vectors_set"] or ())),
        tuple(
            _chemical(chemical, kept, frames["totals"], totals.get(chemical, ()), reference, population)
            for chemical in chemicals
            if chemical in there
        ),
    )


def _chemical(
    chemical: str, kept: Kept, totals: Frame, rows: Sequence[int], reference: Reference, population: float | None
) -> ChemicalSummary:
    known = reference.chemicals[chemical]
    measure = _MEASURES["TEQ" if known["quantity"] == "TEQ" else "mass"]
    items = [item for item in kept.items if item.chemical in (chemical, None)]
    groups = group_lines(items, reference, measure.scale)
    categories = category_lines(items, reference, measure.scale)
    annex_c = annex_c_lines(items, reference, measure.scale)
    total = line_of(None, "total", items, measure.scale)
    whole = total.total.value
    gaps = Counter(item.key for item in items if item.state == GAP)
    lines = Lines(groups, categories, annex_c, total)
    return ChemicalSummary(
        chemical,
        known["name"],
        measure.unit,
        groups,
        categories,
        annex_c,
        total,
        whole * measure.per_unit / population if whole is not None and population else None,
        measure.person_unit,
        key_categories(categories),
        not_ranked(categories),
        reported_totals(totals, rows, lines, measure.scale, measure.dimension),
        tuple((key, gaps[key]) for key in (*KEYS, None) if gaps[key]),
        tuple(_notes(items, [kept.kinds, kept.copies], chemical)),
    )


def _notes(items: Sequence[Item], left: Sequence[Sequence[Item]], chemical: str) -> Iterator[str]:
    """What was left out, and what was taken as it stands although it looks wrong."""
    kinds, copies = ([item for item in part if item.chemical == chemical] for part in left)
    if kinds:
        told = _listed(f"{_source(item)} {item.residue_kind}" for item in kinds)
        yield f"not added again, because a wider residue of the class has a figure: {told}"
    if copies:
        told = _listed(f"{_source(item)} {item.vector}" for item in copies)
        yield f"not added again, because an earlier file has the same release: {told}"
    repeated = _repeated(items)
    if repeated:
        yield f"reported more than once in a file, and all added: {_listed(repeated)}"
    keyed = [_source(item) for item in items if item.state == REPORTED and item.key is not None]
    if keyed:
        yield f"a figure beside a notation key was added: {_listed(keyed)}"
    negative = [_source(item) for item in items if item.amount is not None and item.amount < 0]
    if negative:
        yield f"negative figures were added as they stand: {_listed(negative)}"


def _repeated(items: Iterable[Item]) -> list[str]:
    there = Counter(
        (_source(item), item.category, item.vector, item.residue_kind) for item in items if item.state in FIGURES
    )
    return [f"{key[0]} {key[2]}" for key, number in there.items() if number > 1]


def _source(item: Item) -> str:
    """A class with its site, or what else is known of the source."""
    group = f"group {item.group}" if item.group is not None else "an unknown class"
    return " ".join(part for part in (item.class_id or item.category or group, item.site) if part)


_MOST_LISTED = 8


def _listed(parts: Iterable[str]) -> str:
    names = list(dict.fromkeys(parts))
    rest = len(names) - _MOST_LISTED
    return ", ".join(names[:_MOST_LISTED]) + (f" and {rest} more" if rest > 0 else "")


def _homeless(item: Item) -> Item:
    """An item of an unknown Party or year: whatever it has cannot be added anywhere."""
    return item._replace(state=UNSUMMED, problem="the Party or the reference year is not known")


def _unsummed(items: Sequence[Item], chemicals: Sequence[str], readings: Sequence[Reading]) -> Iterator[Unsummed]:
    """The rows that could not be added, each with its place."""
    rows = [item for item in items if item.state == UNSUMMED and (item.chemical is None or item.chemical in chemicals)]
    places = places_of((target_of(item.place) for item in rows), readings)
    for item in rows:
        what = " ".join(part for part in (_source(item), item.vector, item.residue_kind) if part)
        path, place = places[target_of(item.place)]
        yield Unsummed(item.party, item.year, item.chemical, what, path, place, item.problem or "")


def _doubts(shape: Sequence[dict[str, Any]], readings: Sequence[Reading]) -> Iterator[Doubt]:
    """What of the documents is not of the form of an inventory."""
    rows = [row for row in shape if row.get("problem") is not None]
    places = places_of((row["place"] for row in rows), readings)
    for row in rows:
        yield Doubt(*places[row["place"]], row["problem"])
