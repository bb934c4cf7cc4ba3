"""What would mend several findings at once: each likely change is tried, and the rules are asked again.

Only rules that judge single figures are asked, on the Party's entries of that class alone: whether a total agrees
again cannot be seen there, and is not claimed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from invlint.engine.changes import changes
from invlint.engine.findings import finding_id
from invlint.engine.run import run_plan
from invlint.model.finding import Remedy
from invlint.sources.document import Document, Reading
from invlint.tables import build_frames

if TYPE_CHECKING:
    from invlint.engine.changes import Change, Default
    from invlint.engine.places import Places
    from invlint.engine.run import RuleResult
    from invlint.model.plan import Plan
    from invlint.reference import Reference
    from invlint.tables import Frames

_TABLES = frozenset({"entries", "releases", "quantities", "own_factors"})
_MOST_ENTRIES = 25
"""Beyond these the gravest faults of a file are of its making as a whole."""
_REFERENCE = ("defaults", "superseded", "classes", "chemicals")

Entry = tuple[int, int, int]
"""Document, inventory and entry."""


def propose(results: list[RuleResult], frames: Frames, readings: list[Reading], plan: Plan, reference: Reference,
            places: Places) -> list[Remedy]:  # fmt: skip
    """The remedies of the entries with several findings, those with most findings first."""
    documents = [document for reading in readings for document in reading.documents]
    rules = {rule.name for rule in plan.rules if all(block.table in _TABLES for block in rule.blocks)}
    faults = {entry: ids for entry, ids in _faults(results, rules).items() if len(ids) > 1}
    most = sorted(faults, key=lambda entry: (-len(faults[entry]), entry))[:_MOST_ENTRIES]
    found = []
    for entry in most:
        trial = _Trial(entry, documents, frames, plan, rules, reference)
        best = trial.best(faults[entry])
        if best is not None:
            change, resolved = best
            pointer = f"/inventories/{entry[1]}/entries/{entry[2]}{change.pointer}"
            found.append((trial.about, change.words, places.choose(((entry[0], pointer),)), resolved))
    places.look_up()
    return [Remedy(about, words, places.location(target, "primary"), ids) for about, words, target, ids in found]


def _faults(results: list[RuleResult], rules: set[str]) -> dict[Entry, dict[str, int | None]]:
    """Each entry with the ids of its findings, and the release that each is about (None: the entry's activity)."""
    faults: dict[Entry, dict[str, int | None]] = {}
    for result in results:
        if result.rule.name not in rules:
            continue
        for failure in result.failures:
            place = [part for part in failure["place"] if isinstance(part, int)]
            if len(place) >= 3:
                entry = (place[0], place[1], place[2])
                number = place[3] if len(place) > 3 else None
                faults.setdefault(entry, {})[finding_id(result.rule.name, failure)] = number
    return faults


class _Trial:
    """The entries of one Party and class, on which changes of one entry are tried."""

    def __init__(self, entry: Entry, documents: list[Document], frames: Frames, plan: Plan, rules: set[str],
                 reference: Reference) -> None:  # fmt: skip
        self._frames = frames
        self._plan = plan
        self._rules = rules
        self._reference = reference
        self._document = entry[0]
        data = documents[entry[0]].data
        self._entry: dict[str, Any] = data["inventories"][entry[1]]["entries"][entry[2]]
        self._edition = data["inventories"][entry[1]].get("edition", data.get("edition"))
        party = data.get("party")
        year = data["inventories"][entry[1]].get("year")
        self.about = " ".join(str(part) for part in (party, year, self._entry.get("class")) if part is not None)
        self._documents = [document for document in documents if _of(document, party)]

    def best(self, faults: dict[str, int | None]) -> tuple[Change, tuple[str, ...]] | None:
        """The change that resolves most of the findings, two at least, and makes no new one; the smallest of equals."""
        before = self._failing(self._entry)
        wanted = before & faults.keys()
        numbers = sorted({number for number in faults.values() if number is not None})
        numbers = numbers or list(range(len(_objects(self._entry.get("releases")))))
        best: tuple[int, int, Change, tuple[str, ...]] | None = None
        for change in changes(self._entry, numbers, self._defaults(numbers)):
            after = self._failing(change.entry)
            resolved = tuple(one for one in faults if one in wanted and one not in after)
            if len(resolved) > 1 and after <= before:
                rank = -len(resolved), change.size
                if best is None or rank < best[:2]:
                    best = (*rank, change, resolved)
        return best[2:] if best is not None else None

    def _defaults(self, numbers: list[int]) -> dict[int, Default]:
        """The defaults of the releases by number, where the edition has one."""
        found: dict[int, Default] = {}
        class_id = self._reference.class_ids.recognise(str(self._entry.get("class")))
        for number in numbers:
            release = self._entry["releases"][number]
            if not isinstance(release, dict):
                continue
            about = (class_id, release.get("chemical", self._reference.default_chemical), release.get("vector"),
                     release.get("residue_kind"))  # fmt: skip
            for row in self._reference.defaults_of(str(self._edition)):
                if row[:4] == about and row[4] is not None and row[5] is not None:
                    found[number] = (row[4], row[5])
        return found

    def _failing(self, entry: dict[str, Any]) -> set[str]:
        """The ids of what fails among the entries of the class with the entry in the place of its own."""
        readings = [Reading("", None, tuple(self._cut(document, entry) for document in self._documents))]
        frames = build_frames(readings, [], self._reference)
        for name in _REFERENCE:
            frames.put(self._frames[name])
        results = run_plan(self._plan, frames, self._rules)
        return {finding_id(result.rule.name, failure) for result in results for failure in result.failures}

    def _cut(self, document: Document, entry: dict[str, Any]) -> Document:
        """The document with the entries of the class alone, and no totals."""
        inventories = [
            {**inventory, "totals": [], "entries": [
                entry if other is self._entry else other
                for other in _objects(inventory.get("entries")) if other.get("class") == self._entry.get("class")
            ]}
            for inventory in _objects(document.data.get("inventories"))
        ]  # fmt: skip
        return Document({**document.data, "inventories": inventories}, document.locator)


def _of(document: Document, party: Any) -> bool:
    return isinstance(document.data, dict) and document.data.get("party") == party


def _objects(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; whatever else stands there is a finding of its own."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
