"""What one document says and another does not, whatever the order of its parts: nothing, where they mean the same.

Two documents mean the same when they differ in order alone, in members that are empty, in whether the default chemical
is named, in where an activity or edition stands that holds for several parts alike, and in 3 for 3.0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from invlint.writers.flat_table import parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from invlint.reference import Reference

Place = tuple[str, ...]
"""Where a value stands, in words, from the Party down."""

_BY_YEAR = ("edition", "teq_scheme", "scope")
_SOURCE = ("class", "category", "group")


def lost_facts(before: Sequence[Any], after: Sequence[Any], reference: Reference) -> list[str]:
    """What the documents before say that those after do not say, or say otherwise: each as a line for a person."""
    known, kept = _facts(before, reference), _facts(after, reference)
    lost = []
    for place, value in known.items():
        if place not in kept:
            lost.append(f"{', '.join(place)}: {value}")
        elif kept[place] != value:
            lost.append(f"{', '.join(place)}: {value} became {kept[place]}")
    return lost


def _facts(documents: Sequence[Any], reference: Reference) -> dict[Place, Any]:
    facts: dict[Place, Any] = {}
    for party, document in _numbered((str(_of(document, "party")), document) for document in documents):
        if not isinstance(document, dict):
            continue
        inventories = parts(document, "inventories")
        apart = {"format", "inventories", "recalculations", *(_BY_YEAR if inventories else ())}
        facts |= _leaves((party,), _without(document, *apart))
        for year, inventory in _numbered((str(_of(part, "year")), part) for part in inventories):
            facts |= _inventory((party, year), inventory, document, reference)
        for record in _named(parts(document, "recalculations"), "year", *_SOURCE, "chemical", "vector"):
            facts |= _leaves((party, f"recalculation of {record[0]}"), record[1])
    return facts


def _inventory(above: Place, inventory: Any, document: Any, reference: Reference) -> dict[Place, Any]:
    effective = {name: _of(inventory, name) or _of(document, name) for name in _BY_YEAR}
    facts = _leaves(above, _without(inventory, "entries", "totals") | effective)
    for name, entry in _named(parts(inventory, "entries"), *_SOURCE, "site"):
        facts |= _entry((*above, name), entry, reference)
    totals = [_with_chemical(total, reference) for total in parts(inventory, "totals")]
    for name, total in _named(totals, *_SOURCE, "annex_c", "nfr", "chemical", "vector"):
        facts |= _leaves((*above, f"total of {name}"), total)
    return facts


def _entry(above: Place, entry: Any, reference: Reference) -> dict[Place, Any]:
    """The facts of an entry; the activity of a release stands with the release, whoever gave it."""
    releases = parts(entry, "releases")
    own = {"activity": None} if releases and all(_of(release, "activity") for release in releases) else {}
    facts = _leaves(above, _without(entry, "releases") | own)
    shared = {"activity": _of(entry, "activity")}
    told = [shared | _with_chemical(release, reference) for release in releases]
    for name, release in _named(told, "chemical", "vector", "residue_kind"):
        facts |= _leaves((*above, name), release)
    return facts


def _with_chemical(part: Any, reference: Reference) -> dict[str, Any]:
    return {"chemical": reference.default_chemical} | _without(part)


def _without(part: Any, *members: str) -> dict[str, Any]:
    if not isinstance(part, dict):
        return {}
    return {name: value for name, value in part.items() if name not in members}


def _of(part: Any, member: str) -> Any:
    return part.get(member) if isinstance(part, dict) else None


def _named(told: Sequence[Any], *members: str) -> Iterator[tuple[str, Any]]:
    """The parts, each under the words that tell it from the others."""

    def name(part: Any) -> str:
        found = [(member, _of(part, member)) for member in members if _of(part, member) is not None]
        return ", ".join(f"{member} {value}" for member, value in found) or "all"

    return _numbered((name(part), part) for part in told)


def _numbered(named: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """The parts by their names; of those of one name the later ones with a number."""
    seen: dict[str, int] = {}
    for name, part in named:
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})", part


def _leaves(above: Place, part: Any) -> dict[Place, Any]:
    """The values of a part that are there, by where they stand."""
    if not isinstance(part, dict):
        return {} if part is None or part == [] else {above: part}
    found: dict[Place, Any] = {}
    for name, inner in part.items():
        found |= _leaves((*above, str(name)), inner)
    return found
