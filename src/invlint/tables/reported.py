"""What documents report, as frames. Values of the wrong type are missing here and findings elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from invlint.tables.amounts import NOTHING, Amount, AmountReader, activity_kind, add_amounts, number_or_none
from invlint.tables.derived import groups_reported, makers
from invlint.tables.frame import Frame, RowPlace, Taken

if TYPE_CHECKING:
    from invlint.reference import Reference
    from invlint.sources import Reading
    from invlint.tables.doubtful import Door
    from invlint.tables.frame import Take

Row = tuple[Any, ...]
Source = tuple[str | None, str | None, int | None]
"""class, category, group."""

_BEGINS = r"(\d{1,2}[a-m])"
_BETWEEN_WORDS = re.compile(r"[\s_-]+")


def reported_frames(readings: list[Reading], door: Door, reference: Reference, first: int = 0) -> dict[str, Frame]:
    """The frames inventories, entries, releases, totals, technology_changes and recalculations.

    `first` is the number of the first document, by which rows know their places.
    """
    builder = _Builder(door, reference)
    number = first
    for reading in readings:
        for document in reading.documents:
            builder.document(document.data, number)
            number += 1
    return builder.frames()


def destination(vector: str | None, kind: str | None) -> str | None:
    """A vector in words, with the kind of residue: `residue (fly ash)`."""
    return f"{vector} ({kind})" if vector is not None and kind is not None else vector


def _object(value: Any) -> dict[str, Any]:
    return value if type(value) is dict else {}


def _items(value: Any) -> list[Any]:
    return value if type(value) is list else []


def _text(value: Any) -> str | None:
    return value if type(value) is str and value.strip() else None


class _Here:
    """A place in a document and what stands there, put into words only when there is something to say.

    `about` adds to what is said `above`; `members` lead from there to this place.
    """

    __slots__ = ("about", "above", "document", "members")

    def __init__(
        self, document: int, members: tuple[str | int, ...], about: dict[str, Any], above: _Here | None = None
    ) -> None:
        self.document = document
        self.members = members
        self.about = about
        self.above = above

    def row(self, member: str) -> dict[str, Any]:
        """What a row about one member says of its place."""
        about, pointer = self.about, f"{self._pointer}/{member}"
        above = self.above
        while above is not None:
            about, pointer, above = {**above.about, **about}, above._pointer + pointer, above.above
        return {**about, "place": (self.document, pointer)}

    @property
    def _pointer(self) -> str:
        return "".join(f"/{member}" for member in self.members)


class _Builder:
    """Walks the documents once and fills the columns of every reported table."""

    def __init__(self, door: Door, reference: Reference) -> None:
        self.door = door
        self.reference = reference
        self.amounts = AmountReader()
        self.inventories: dict[tuple[Any, Any], list[Any]] = {}
        self.entries: list[Row] = []
        self.releases: list[Row] = []
        self.of_entry: list[int] = []
        self.totals: list[Row] = []
        self.changes: list[Row] = []
        self.recalculations: list[Row] = []
        self.class_of: dict[tuple[str, str | None], Source] = {}

    def document(self, data: Any, number: int) -> None:
        """Take one document."""
        data = _object(data)
        here = _Here(number, (), {})
        party = self._code("party", data, here) or _text(data.get("party"))
        for place, inventory in enumerate(_items(data.get("inventories"))):
            self._inventory(_object(inventory), data, party, (number, place))
        for place, record in enumerate(_items(data.get("recalculations"))):
            self._recalculation(_object(record), party, (number, place))

    def _code(
        self, column: str, part: dict[str, Any], here: _Here, edition: str | None = None, inside: str = ""
    ) -> str | None:
        """The code in a member of the same name; an unknown one is noted. `inside` leads to the part, as `factor/`."""
        value = part.get(column)
        if value is None:
            return None
        if type(value) is not str:
            if type(value) is not int or column not in ("edition", "category", "class"):
                return None
            value = str(value)
        known = self.door.known[column, edition].get(value)
        return known if known is not None else self.door.code(column, value, edition, here.row(inside + column))

    def _number(self, column: str, value: Any, here: _Here, member: str) -> float | None:
        number = number_or_none(value)
        if number is None and value is not None:
            self.door.number(column, value, here.row(member))
        return number

    def _whole(self, column: str, value: Any, here: _Here, member: str) -> int | None:
        number = self._number(column, value, here, member)
        return int(number) if number is not None and number == int(number) else None

    def _inventory(self, inventory: dict[str, Any], data: dict[str, Any], party: str | None, place: RowPlace) -> None:
        whole = _Here(place[0], (), {"party": party})
        here = _Here(place[0], ("inventories", place[1]), {}, whole)
        year = self._whole("year", inventory.get("year"), here, "year")
        here.about = {"year": year}
        edition, scheme = (
            self._code(name, inventory, here) if name in inventory else self._code(name, data, whole)
            for name in ("edition", "teq_scheme")
        )
        scope = self._scope(inventory.get("scope", data.get("scope")), edition, whole)
        vectors = self._vectors(data.get("scope_vectors"), whole)
        population = self._number("population", inventory.get("population"), here, "population")
        baseline = inventory.get("baseline") if type(inventory.get("baseline")) is bool else None
        row = [party, year, edition, scheme, population, _text(data.get("submitted")), baseline,
               scope is not None, scope, vectors, place]  # fmt: skip
        known = self.inventories.setdefault((party, year), row)
        for column, value in enumerate(row):
            if known[column] is None:
                known[column] = value
        identity = (party, year, edition, scheme)
        for number, entry in enumerate(_items(inventory.get("entries"))):
            self._entry(_object(entry), identity, here, (*place, number))
        for number, total in enumerate(_items(inventory.get("totals"))):
            self._total(_object(total), identity, here, (*place, number))

    def _scope(self, scope: Any, edition: str | None, here: _Here) -> frozenset[str] | None:
        """The sources in scope as ids; None where everything is."""
        if type(scope) is not list or not scope:
            return None
        found = set()
        groups = {str(group) for group in self.reference.groups}
        for item in scope:
            text = str(item).strip()
            known = text if text in groups else self.reference.class_ids.recognise(text)
            if known is None:
                self.door.note_code("class", text, edition, here.row("scope"))
            else:
                found.add(known)
        return frozenset(found)

    def _vectors(self, vectors: Any, here: _Here) -> frozenset[str] | None:
        if type(vectors) is not list or not vectors:
            return None
        codes = (self.door.code("vector", item, None, here.row("scope_vectors")) for item in vectors)
        return frozenset(code for code in codes if code is not None)

    def _class(
        self, part: dict[str, Any], edition: str | None, here: _Here
    ) -> tuple[str | None, str | None, int | None]:
        """(class, category, group) that the class of an entry means."""
        text = part.get("class")
        if type(text) is not str:
            return None, None, None
        known = self.class_of.get((text, edition))
        if known is None:
            class_id = self.door.code("class", text, edition, here.row("class"))
            if class_id is None:
                return None, *self._category_in(text)
            known = self.class_of[text, edition] = (class_id, *self.door.lists.category_and_group(class_id, edition))
        return known

    def _category_in(self, text: str) -> tuple[str | None, int | None]:
        """(category, group) that an unknown class id begins with, so that its category is not taken for unreported."""
        match = re.match(_BEGINS, text.strip().lower())
        category = match[1] if match and match[1] in self.reference.categories else None
        return category, self.reference.group_of(category) if category else None

    def _check_beside(
        self, entry: dict[str, Any], class_id: str, category: str | None, group: int | None, here: _Here
    ) -> None:
        """A category or group beside the class must be the class's own."""
        for name, own in (("category", category), ("group", group)):
            said = entry.get(name)
            if own is None or type(said) not in (str, int):
                continue
            found = self.door.lists.recognise(name, str(said))
            if found is not None and found != str(own):
                problem = f"class {class_id} belongs to {name} {own}, and the entry says {said}: correct one of them"
                self.door.note_absent(name, here.row(name), problem)

    def _whole_source(self, part: dict[str, Any], edition: str | None, here: _Here) -> tuple[str | None, int | None]:
        """(category, group) of what is reported for a whole category or group."""
        if "category" not in part:
            return None, self._group(part.get("group"), here)
        category = self._code("category", part, here, edition)
        if category in self.reference.categories:
            return category, self.reference.group_of(category)
        return category, 7 if category is not None and edition == "2005" else None

    def _group(self, value: Any, here: _Here) -> int | None:
        if type(value) in (int, float) and value in self.reference.groups:
            return int(value)
        if value is None or isinstance(value, (bool, dict, list)):
            return None
        found = self.door.code("group", str(value), None, here.row("group"))
        return int(found) if found else None

    def _amount(self, what: str, part: dict[str, Any], name: str, here: _Here) -> Amount:
        """A number with its unit; a factor's unit says all, the others are rates of the reference year."""
        held = part.get(name)
        if type(held) is not dict:
            return NOTHING
        value = held.get("value")
        read = self.amounts.factor if what == "factor" else self.amounts.rate
        amount = read(value, held.get("unit"))
        if amount[2] is None and value is not None:
            self.door.number(what, value, here.row(f"{name}/value"))
        return amount

    def _activity(self, part: dict[str, Any], here: _Here) -> tuple[Amount, str | None, str | None]:
        amount = self._amount("activity", part, "activity", here)
        activity = _object(part.get("activity"))
        return amount, _text(activity.get("source")), self._code("confidence", activity, here, inside="activity/")

    def _entry(self, entry: dict[str, Any], identity: Row, above: _Here, place: RowPlace) -> None:
        party, year, edition, scheme = identity
        here = _Here(place[0], ("entries", place[2]), {}, above)
        class_id, category, group = self._class(entry, edition, here)
        if "class" not in entry:
            category, group = self._whole_source(entry, edition, here)
            if not {"category", "group"} & entry.keys():
                self.door.note_absent("class", here.row("class"), "the entry names no class, category or group")
        elif class_id is not None:
            self._check_beside(entry, class_id, category, group, here)
        site = _text(entry.get("site"))
        here.about = {"edition": edition, "group": group, "category": category, "class": class_id, "site": site}
        activity = self._activity(entry, here)
        key = self._code("key", entry, here)
        releases = _items(entry.get("releases"))
        share = self._number("share", entry.get("share"), here, "share")
        source = (party, year, edition, scheme, group, category, class_id, site)
        reason = _text(entry.get("reason"))
        included = _text(entry.get("included_in"))
        filled = bool(releases) or "key" in entry or activity[0][2] is not None or "activity" in entry
        self.entries.append(
            (*source, *activity, key, reason, included, share, len(releases), filled, "class" not in entry, place)
        )
        change = _object(entry.get("technology_change"))
        if change:
            changed = self._whole("technology_change_year", change.get("year"), here, "technology_change/year")
            self.changes.append((party, changed, *source[4:], _text(change.get("reason")), place))
        for number, release in enumerate(releases):
            self._release(_object(release), len(self.entries) - 1, here, activity, (key, reason), (*place, number))

    def _release(
        self,
        release: dict[str, Any],
        entry: int,
        above: _Here,
        shared: tuple[Amount, str | None, str | None],
        said_above: tuple[str | None, str | None],
        place: RowPlace,
    ) -> None:
        here = _Here(place[0], ("releases", place[3]), {}, above)
        chemical, vector = self._chemical(release, here), self._code("vector", release, here)
        if "vector" not in release:
            problem = "the release names no vector: it can be air, water, land, product or residue"
            self.door.note_absent("vector", here.row("vector"), problem)
        kind = _text(release.get("residue_kind"))
        kind = " ".join(_BETWEEN_WORDS.split(kind.lower().strip())) if kind else None
        here.about = {"chemical": chemical, "vector": vector, "residue_kind": kind}
        own = self._activity(release, here) if "activity" in release else shared
        factor = _object(release.get("factor"))
        self.of_entry.append(entry)
        self.releases.append((
            chemical, vector, kind, *own,
            self._amount("factor", release, "factor", here),
            self._code("origin", factor, here, inside="factor/"),
            _text(factor.get("source")),
            self._code("confidence", factor, here, inside="factor/"),
            self._amount("release", release, "release", here),
            self._code("key", release, here) or said_above[0],
            _text(release.get("reason")) or said_above[1],
            "release" in release or "key" in release or said_above[0] is not None,
            destination(vector, kind),
            place,
        ))  # fmt: skip

    def _chemical(self, part: dict[str, Any], here: _Here) -> str | None:
        """The chemical of a row; one that does not say is about the default one."""
        return self._code("chemical", part, here) if "chemical" in part else self.reference.default_chemical

    def _total(self, total: dict[str, Any], identity: Row, above: _Here, place: RowPlace) -> None:
        party, year, edition, scheme = identity
        here = _Here(place[0], ("totals", place[2]), {"edition": edition}, above)
        category, group = self._whole_source(total, edition, here)
        chemical, vector = self._chemical(total, here), self._code("vector", total, here)
        value = total.get("value")
        amount = self.amounts.rate(value, total.get("unit"))
        if amount[2] is None and value is not None:
            self.door.number("total", value, here.row("value"))
        key = self._code("key", total, here)
        scope = (("category", category), ("group", group), ("vector", vector))
        if any(name in total and found is None for name, found in scope):
            amount = NOTHING
        self.totals.append((
            party, year, edition, scheme, group, category, _text(total.get("annex_c")), _text(total.get("nfr")),
            chemical, vector, amount, key, place,
        ))  # fmt: skip

    def _recalculation(self, record: dict[str, Any], party: str | None, place: RowPlace) -> None:
        here = _Here(place[0], ("recalculations", place[1]), {"party": party})
        year = self._whole("year", record.get("year"), here, "year")
        here.about = {"party": party, "year": year}
        class_id, category, group = self._class(record, None, here)
        if category is None:
            category, group = self._whole_source(record, None, here)
        effect = self._amount("effect", record, "effect", here)
        chemical, vector = self._code("chemical", record, here), self._code("vector", record, here)
        reason = _text(record.get("reason"))
        self.recalculations.append((party, year, group, category, class_id, chemical, vector, reason, effect, place))

    def frames(self) -> dict[str, Frame]:
        """The finished frames."""
        identity = ("party", "year", "edition", "teq_scheme")
        source = ("group", "category", "class", "site")
        substance = ("chemical", "vector", "residue_kind")
        inventories = [tuple(row) for row in self.inventories.values()]
        entries = _frame("entries", self.entries, (
            *identity, *source, "*activity", "activity_source", "activity_confidence", "key", "reason", "included_in",
            "share", "reports", "filled", "whole",
        ))  # fmt: skip
        of_entry = {name: (Taken(entries, name, self.of_entry),) for name in (*identity, *source)}
        frames = {
            "inventories": _frame("inventories", inventories, (
                *identity, "population", "submitted", "baseline", "scoped", "scope_set", "scope_vectors_set",
            )),
            "entries": entries,
            "releases": _frame("releases", self.releases, (
                *substance, "*activity", "activity_source", "activity_confidence", "*factor", "origin",
                "factor_source", "factor_confidence", "*release", "key", "reason", "filled", "destination",
            ), of_entry.get),
            "totals": _frame("totals", self.totals, (
                *identity, "group", "category", "annex_c", "nfr", "chemical", "vector", "*value", "key",
            )),
            "technology_changes": _frame("technology_changes", self.changes, ("party", "year", *source, "reason")),
            "recalculations": _frame("recalculations", self.recalculations, (
                "party", "year", "group", "category", "class", "chemical", "vector", "reason", "*effect",
            )),
        }  # fmt: skip
        for name, frame in frames.items():
            frame.derive(makers(name, self.reference))
        reports = frames["entries"], frames["totals"]
        frames["inventories"].derive({"groups_reported": lambda frame: groups_reported(frame, reports)})
        return frames


def _frame(name: str, rows: list[Row], names: tuple[str, ...], take: Take | None = None) -> Frame:
    """A frame from rows whose last item is the place; a starred name is a quantity."""
    columns: dict[str, list[Any]] = {}
    if not rows:
        return Frame(name, 0, columns, [], take=take)
    *values, places = zip(*rows, strict=True)
    for column, items in zip(names, values, strict=True):
        if column.startswith("*"):
            add_amounts(columns, column[1:], list(items))
            if column == "*activity":
                columns["activity_kind"] = [activity_kind(dimension) for dimension in columns["activity.dim"]]
        else:
            columns[column] = list(items)
    return Frame(name, len(rows), columns, list(places), take=take)
