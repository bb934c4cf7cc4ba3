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

Fact = tuple[str, ...]
"""Where a value stands, from the Party down, in words."""

_BY_YEAR = ("edition", "teq_scheme", "scope")
_ABOUT = ("class", "category", "group")


def lost_facts(before: Sequence[Any], after: Sequence[Any], reference: Reference) -> list[str]:
    """What the documents before say that those after do not say, or say otherwise: each as a line for a person."""
    known, kept = _facts(before, reference), _facts(after, reference)
    lost = []
    for fact, value in known.items():
        if fact not in kept:
            lost.append(f"{', '.join(fact)}: {value}")
        elif kept[fact] != value:
            lost.append(f"{', '.join(fact)}: {value} became {kept[fact]}")
    return lost


def added_facts(before: Sequence[Any], after: Sequence[Any], reference: Reference) -> list[str]:
    """What the documents after say of which those before say nothing."""
    known, kept = _facts(before, reference), _facts(after, reference)
    return [f"{', '.join(fact)}: {value}" for fact, value in kept.items() if fact not in known]


def _facts(documents: Sequence[Any], reference: Reference) -> dict[Fact, Any]:
    facts: dict[Fact, Any] = {}
    for above, document in _numbered((str(_of(document, "party")), document) for document in documents):
        if not isinstance(document, dict):
            continue
        whole = {
            name: value
            for name, value in document.items()
            if name not in (*_BY_YEAR, "inventories", "recalculations", "format")
        }
        facts |= _leaves((above,), whole)
        for name, inventory in _numbered((str(_of(part, "year")), part) for part in parts(document, "inventories")):
            if isinstance(inventory, dict):
                facts |= _inventory((above, name), inventory, document, reference)
        if not parts(document, "inventories"):
            facts |= _leaves((above,), {name: document.get(name) for name in _BY_YEAR})
        records = (
            (f"recalculation of {_words(part, 'year', *_ABOUT, 'chemical', 'vector')}", part)
            for part in parts(document, "recalculations")
        )
        for name, record in _numbered(records):
            facts |= _leaves((above, name), record)
    return facts


def _inventory(above: Fact, inventory: Any, document: Any, reference: Reference) -> dict[Fact, Any]:
    facts = {(*above, "reference year"): _of(inventory, "year")}
    effective = {name: inventory.get(name, document.get(name)) for name in _BY_YEAR}
    own = {name: value for name, value in inventory.items() if name not in ("entries", "totals", "year")}
    facts |= _leaves(above, own | effective)
    for name, entry in _numbered((_words(entry, *_ABOUT, "site"), entry) for entry in parts(inventory, "entries")):
        facts |= _entry((*above, name), entry, reference)
    totals = (
        (f"total of {_words(total, *_ABOUT, 'annex_c', 'nfr')}{_to(total, reference)}", total)
        for total in parts(inventory, "totals")
    )
    for name, total in _numbered(totals):
        facts |= _leaves(
            (*above, name), total | {"chemical": None, "vector": None} if isinstance(total, dict) else total
        )
    return facts


def _entry(above: Fact, entry: Any, reference: Reference) -> dict[Fact, Any]:
    if not isinstance(entry, dict):
        return {above: entry}
    said = {name: value for name, value in entry.items() if name not in ("releases", "activity")}
    facts = {(*above, "there"): True} | _leaves(above, said)
    releases = parts(entry, "releases")
    if not releases or not all(_of(release, "activity") for release in releases):
        facts |= _leaves((*above, "activity"), entry.get("activity"))
    for name, release in _numbered((_to(release, reference).lstrip(", "), release) for release in releases):
        if isinstance(release, dict):
            release = release | {"chemical": None, "activity": release.get("activity", entry.get("activity"))}
        facts |= _leaves((*above, name), release)
    return facts


def _to(part: Any, reference: Reference) -> str:
    chemical = _of(part, "chemical") or reference.default_chemical
    return ", ".join(
        ["", str(chemical), *(str(_of(part, name)) for name in ("vector", "residue_kind") if _of(part, name))]
    )


def _words(part: Any, *members: str) -> str:
    found = [(member, _of(part, member)) for member in members if _of(part, member) is not None]
    return ", ".join(f"{member} {value}" for member, value in found) or "all"


def _of(part: Any, member: str) -> Any:
    return part.get(member) if isinstance(part, dict) else None


def _numbered(named: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """The parts by their names; of those of one name the later ones with a number."""
    seen: dict[str, int] = {}
    for name, part in named:
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})", part


def _leaves(above: Fact, part: Any) -> dict[Fact, Any]:
    """The values of a part that are there, by where they stand."""
    if isinstance(part, dict):
        return {
            fact: value for name, inner in part.items() for fact, value in _leaves((*above, str(name)), inner).items()
        }
    return {} if part is None or part == [] else {above: part}
