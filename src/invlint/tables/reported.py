"""What documents report, as frames. Values of the wrong type are missing here and findings elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from invlint.tables.amounts import NOTHING, Amount, AmountReader, add_amounts, copy_amounts, number_or_none
from invlint.tables.frame import Frame, RowPlace
from invlint.units import nearest_unit
from invlint.units.dimension import NONE, exponents

if TYPE_CHECKING:
    from invlint.reference import Reference
    from invlint.sources import Reading
    from invlint.tables.doubtful import Door

Row = tuple[Any, ...]
_BEGINS = re.compile(r"(\d{1,2}[a-m])")
_ABOUT = (
    "party", "year", "edition", "teq_scheme", "group", "category", "class", "site", "chemical", "vector", "residue_kind",
)  # fmt: skip


def reported_frames(readings: list[Reading], door: Door, reference: Reference) -> dict[str, Frame]:
    """The frames inventories, entries, releases, totals, technology_changes and recalculations."""
    builder = _Builder(door, reference)
    number = 0
    for reading in readings:
        for document in reading.documents:
            builder.document(document.data, number)
            number += 1
    return builder.frames()


def _object(value: Any) -> dict[str, Any]:
    return value if type(value) is dict else {}


def _items(value: Any) -> list[Any]:
    return value if type(value) is list else []


def _text(value: Any) -> str | None:
    return value if type(value) is str and value.strip() else None


class _Builder:
    """Walks the documents once and fills the columns of every reported table."""

    def __init__(self, door: Door, reference: Reference) -> None:
        self.door = door
        self.reference = reference
        self.amounts = AmountReader()
        self.inventories: dict[tuple[Any, Any], list[Any]] = {}
        self.entries: list[Row] = []
        self.releases: list[Row] = []
        self.totals: list[Row] = []
        self.changes: list[Row] = []
        self.recalculations: list[Row] = []
        self.class_of: dict[tuple[str, str | None], tuple[str | None, str | None, int | None]] = {}

    def document(self, data: Any, number: int) -> None:
        """Take one document."""
        data = _object(data)
        about: dict[str, Any] = {"place": (number, "/party")}
        party = self.door.code("party", data.get("party"), None, about) or _text(data.get("party"))
        for place, inventory in enumerate(_items(data.get("inventories"))):
            self._inventory(_object(inventory), data, party, (number, place))
        for place, record in enumerate(_items(data.get("recalculations"))):
            self._recalculation(_object(record), party, (number, place))

    def _declared(
        self, name: str, inventory: dict[str, Any], data: dict[str, Any], about: dict[str, Any]
    ) -> str | None:
        """The edition or scheme of an inventory: its own, else the document's."""
        own = inventory.get(name)
        at = f"/inventories/{about['place'][1]}/{name}" if own is not None else f"/{name}"
        said = {"party": about["party"], "year": about["year"], "place": (about["place"][0], at)}
        return self.door.code(name, own if own is not None else data.get(name), None, said)

    def _inventory(self, inventory: dict[str, Any], data: dict[str, Any], party: str | None, place: RowPlace) -> None:
        year = self._whole("year", inventory.get("year"), {"party": party}, place, "/year")
        about = {"party": party, "year": year, "place": place}
        edition = self._declared("edition", inventory, data, about)
        scheme = self._declared("teq_scheme", inventory, data, about)
        scope = inventory.get("scope", data.get("scope"))
        scoped = self._scope(scope, edition, about)
        vectors = self._vectors(data.get("scope_vectors"), about)
        population = self._number("population", inventory.get("population"), {"party": party, "year": year}, place)
        baseline = inventory.get("baseline") if type(inventory.get("baseline")) is bool else None
        row = [party, year, edition, scheme, population, _text(data.get("submitted")), baseline,
               scoped is not None, scoped, vectors, place]  # fmt: skip
        known = self.inventories.setdefault((party, year), row)
        for column, value in enumerate(row):
            if known[column] is None:
                known[column] = value
        identity = (party, year, edition, scheme)
        for number, entry in enumerate(_items(inventory.get("entries"))):
            self._entry(_object(entry), identity, (*place, number))
        for number, total in enumerate(_items(inventory.get("totals"))):
            self._total(_object(total), identity, (*place, number))

    def _scope(self, scope: Any, edition: str | None, about: dict[str, Any]) -> frozenset[str] | None:
        """The sources in scope as ids; None where everything is."""
        if type(scope) is not list or not scope:
            return None
        found = set()
        groups = {str(group) for group in self.reference.groups}
        for item in scope:
            text = str(item).strip()
            known = text if text in groups else self.reference.class_ids.recognise(text)
            if known is None:
                said = {
                    "party": about["party"],
                    "year": about["year"],
                    "place": (about["place"][0], "/scope"),
                }
                self.door.note_code("class", text, edition, said)
            else:
                found.add(known)
        return frozenset(found)

    def _vectors(self, vectors: Any, about: dict[str, Any]) -> frozenset[str] | None:
        if type(vectors) is not list or not vectors:
            return None
        said = {
            "party": about["party"],
            "year": about["year"],
            "place": (about["place"][0], "/scope_vectors"),
        }
        codes = (self.door.code("vector", item, None, said) for item in vectors)
        return frozenset(code for code in codes if code is not None)

    def _class(
        self, text: Any, edition: str | None, about: dict[str, Any]
    ) -> tuple[str | None, str | None, int | None]:
        """(class, category, group) that a class cell means."""
        if type(text) is not str:
            return None, None, None
        known = self.class_of.get((text, edition))
        if known is None:
            class_id = self.door.code("class", text, edition, about)
            if class_id is None:
                return None, *self._category_in(text)
            category, group = self.door.lists.category_and_group(class_id, edition)
            known = self.class_of[text, edition] = (class_id, category, group)
        return known

    def _category_in(self, text: str) -> tuple[str | None, int | None]:
        """(category, group) that an unknown class id begins with, so that its category is not taken for unreported."""
        match = _BEGINS.match(text.strip().lower())
        category = match[1] if match and match[1] in self.reference.categories else None
        return category, self.reference.group_of(category) if category else None

    def _entry(self, entry: dict[str, Any], identity: Row, place: RowPlace) -> None:
        party, year, edition, scheme = identity
        pointer = f"/inventories/{place[1]}/entries/{place[2]}"
        about = {"party": party, "year": year, "place": (place[0], f"{pointer}/class")}
        class_id, category, group = self._class(entry.get("class"), edition, about)
        if "class" not in entry:
            category, group = self._whole_source(entry, identity, place[0], pointer)
        site = _text(entry.get("site"))
        about = {"party": party, "year": year, "edition": edition, "group": group, "category": category,
                 "class": class_id, "site": site}  # fmt: skip
        activity, source, confidence = self._activity(entry, about, place, pointer)
        key = self._code("key", entry, about, place, pointer)
        releases = _items(entry.get("releases"))
        share = self._number("share", entry.get("share"), about, place, f"{pointer}/share")
        self.entries.append((
            party, year, edition, scheme, group, category, class_id, site, activity, source, confidence, key,
            _text(entry.get("reason")), _text(entry.get("included_in")), share, len(releases), place,
        ))  # fmt: skip
        change = _object(entry.get("technology_change"))
        if change:
            at = f"{pointer}/technology_change/year"
            changed = self._whole("technology_change_year", change.get("year"), about, place, at)
            reason = _text(change.get("reason"))
            self.changes.append((party, changed, group, category, class_id, site, reason, place))
        for number, release in enumerate(releases):
            self._release(_object(release), about, scheme, (activity, source, confidence), entry, (*place, number))

    def _whole_source(
        self, entry: dict[str, Any], identity: Row, document: int, pointer: str
    ) -> tuple[str | None, int | None]:
        """(category, group) of an entry for a whole category or group."""
        party, year, edition, _ = identity
        if "category" in entry:
            about = {"party": party, "year": year, "place": (document, f"{pointer}/category")}
            category = self.door.code("category", entry["category"], edition, about)
            if category is None:
                return None, None
            if category in self.reference.categories:
                return category, self.reference.group_of(category)
            return category, 7 if edition == "2005" else None
        about = {"party": party, "year": year, "place": (document, f"{pointer}/group")}
        return None, self._group(entry.get("group"), about)

    def _group(self, value: Any, about: dict[str, Any]) -> int | None:
        if type(value) in (int, float) and value in self.reference.groups:
            return int(value)
        if value is None or isinstance(value, (bool, dict, list)):
            return None
        found = self.door.code("group", str(value), None, about)
        return int(found) if found else None

    def _code(
        self, column: str, part: dict[str, Any], about: dict[str, Any], place: RowPlace, pointer: str
    ) -> str | None:
        value = part.get(column)
        if value is None:
            return None
        return self.door.code(column, value, None, {**about, "place": (place[0], f"{pointer}/{column}")})

    def _activity(
        self, part: dict[str, Any], about: dict[str, Any], place: RowPlace, pointer: str
    ) -> tuple[Amount, str | None, str | None]:
        activity = part.get("activity")
        if type(activity) is not dict:
            return NOTHING, None, None
        amount = self.amounts.rate(activity.get("value"), activity.get("unit"))
        if amount[2] is None:
            self._doubt("activity", activity.get("value"), about, place, f"{pointer}/activity/value")
        confidence = self._code("confidence", activity, about, place, f"{pointer}/activity")
        return amount, _text(activity.get("source")), confidence

    def _release(
        self,
        release: dict[str, Any],
        about: dict[str, Any],
        scheme: str | None,
        shared: tuple[Amount, str | None, str | None],
        entry: dict[str, Any],
        place: RowPlace,
    ) -> None:
        pointer = f"/inventories/{place[1]}/entries/{place[2]}/releases/{place[3]}"
        said = release.get("chemical")
        chemical = (
            self.reference.default_chemical if said is None else self._code("chemical", release, about, place, pointer)
        )
        vector = self._code("vector", release, {**about, "chemical": chemical}, place, pointer)
        kind = _text(release.get("residue_kind"))
        kind = " ".join(kind.lower().split()) if kind else None
        here = {**about, "chemical": chemical, "vector": vector, "residue_kind": kind}
        own = self._activity(release, here, place, pointer) if "activity" in release else shared
        factor = _object(release.get("factor"))
        amount = self.amounts.factor(factor.get("value"), factor.get("unit")) if factor else NOTHING
        if factor and amount[2] is None:
            self._doubt("factor", factor.get("value"), here, place, f"{pointer}/factor/value")
        result = _object(release.get("release"))
        released = self.amounts.rate(result.get("value"), result.get("unit")) if result else NOTHING
        if result and released[2] is None:
            self._doubt("release", result.get("value"), here, place, f"{pointer}/release/value")
        origin = self._code("origin", factor, here, place, f"{pointer}/factor")
        confidence = self._code("confidence", factor, here, place, f"{pointer}/factor")
        key = self._code("key", release, here, place, pointer)
        if key is None and "key" in entry:
            key = self.door.memo("key", None).get(entry["key"]) if type(entry["key"]) is str else None
        reason = _text(release.get("reason")) or _text(entry.get("reason"))
        self.releases.append((
            about["party"], about["year"], about["edition"], scheme, about["group"], about["category"],
            about["class"], about["site"], chemical, vector, kind, *own, amount, origin, _text(factor.get("source")),
            confidence, released, key, reason, place,
        ))  # fmt: skip

    def _total(self, total: dict[str, Any], identity: Row, place: RowPlace) -> None:
        party, year, edition, scheme = identity
        pointer = f"/inventories/{place[1]}/totals/{place[2]}"
        about: dict[str, Any] = {"party": party, "year": year, "edition": edition}
        category = None
        if "category" in total:
            at = {**about, "place": (place[0], f"{pointer}/category")}
            category = self.door.code("category", total["category"], edition, at)
        if category in self.reference.categories:
            group: int | None = self.reference.group_of(category)
        else:
            group = self._group(total.get("group"), {**about, "place": (place[0], f"{pointer}/group")})
        said = total.get("chemical")
        chemical = (
            self.reference.default_chemical if said is None else self._code("chemical", total, about, place, pointer)
        )
        vector = self._code("vector", total, about, place, pointer)
        amount = self.amounts.rate(total.get("value"), total.get("unit"))
        if amount[2] is None and "value" in total:
            self._doubt("total", total.get("value"), about, place, f"{pointer}/value")
        key = self._code("key", total, about, place, pointer)
        unread = any(name in total and found is None for name, found in
                     (("category", category), ("group", group), ("vector", vector)))  # fmt: skip
        self.totals.append((
            party, year, edition, scheme, group, category, _text(total.get("annex_c")), _text(total.get("nfr")),
            chemical, vector, NOTHING if unread else amount, key, place,
        ))  # fmt: skip

    def _recalculation(self, record: dict[str, Any], party: str | None, place: RowPlace) -> None:
        pointer = f"/recalculations/{place[1]}"
        year = self._whole("year", record.get("year"), {"party": party}, place, f"{pointer}/year")
        about = {"party": party, "year": year}
        class_id, category, _ = self._class(
            record.get("class"), None, {**about, "place": (place[0], f"{pointer}/class")}
        )
        if category is None:
            category = self._code("category", record, about, place, pointer)
        effect = _object(record.get("effect"))
        amount = self.amounts.rate(effect.get("value"), effect.get("unit"))
        if effect and amount[2] is None:
            self._doubt("effect", effect.get("value"), about, place, f"{pointer}/effect/value")
        chemical = self._code("chemical", record, about, place, pointer) or self.reference.default_chemical
        vector = self._code("vector", record, about, place, pointer)
        reason = _text(record.get("reason"))
        self.recalculations.append((party, year, category, class_id, chemical, vector, reason, amount, place))

    def _number(
        self, column: str, value: Any, about: dict[str, Any], place: RowPlace, pointer: str | None = None
    ) -> float | None:
        number = number_or_none(value)
        if number is None and value is not None:
            self._doubt(column, value, about, place, pointer or f"/inventories/{place[1]}/{column}")
        return number

    def _whole(self, column: str, value: Any, about: dict[str, Any], place: RowPlace, pointer: str) -> int | None:
        at = pointer if pointer != "/year" else f"/inventories/{place[1]}/year"
        number = self._number(column, value, about, place, at)
        return int(number) if number is not None and number == int(number) else None

    def _doubt(self, column: str, value: Any, about: dict[str, Any], place: RowPlace, pointer: str) -> None:
        self.door.number(column, value, {**about, "place": (place[0], pointer)})

    def frames(self) -> dict[str, Frame]:
        """The finished frames."""
        identity = ("party", "year", "edition", "teq_scheme")
        source = ("group", "category", "class", "site")
        substance = ("chemical", "vector", "residue_kind")
        inventories = [tuple(row) for row in self.inventories.values()]
        return {
            "inventories": _frame("inventories", inventories, (
                *identity, "population", "submitted", "baseline", "scoped", "scope_set", "scope_vectors_set",
            )),
            "entries": _frame("entries", self.entries, (
                *identity, *source, "*activity", "activity_source", "activity_confidence", "key", "reason",
                "included_in", "share", "reports",
            )),
            "releases": _frame("releases", self.releases, (
                *identity, *source, *substance, "*activity", "activity_source", "activity_confidence", "*factor",
                "origin", "factor_source", "factor_confidence", "*release", "key", "reason",
            )),
            "totals": _frame("totals", self.totals, (
                *identity, "group", "category", "annex_c", "nfr", "chemical", "vector", "*value", "key",
            )),
            "technology_changes": _frame("technology_changes", self.changes, ("party", "year", *source, "reason")),
            "recalculations": _frame("recalculations", self.recalculations, (
                "party", "year", "category", "class", "chemical", "vector", "reason", "*effect",
            )),
        }  # fmt: skip


def _frame(name: str, rows: list[Row], names: tuple[str, ...]) -> Frame:
    """A frame from rows whose last item is the place; a starred name is a quantity."""
    columns: dict[str, list[Any]] = {}
    if not rows:
        return Frame(name, 0, columns, [])
    *values, places = zip(*rows, strict=True)
    for column, items in zip(names, values, strict=True):
        if column.startswith("*"):
            add_amounts(columns, column[1:], list(items))
        else:
            columns[column] = list(items)
    return Frame(name, len(rows), columns, list(places))


_REPORTED = (
    ("entries", "activity", "activity"),
    ("releases", "factor", "factor"),
    ("releases", "release", "release"),
    ("totals", "value", "total"),
    ("recalculations", "effect", "effect"),
)


def quantities_frame(made: dict[str, Frame]) -> Frame:
    """Every reported number with a unit as one long table; a release's own activity counts as an activity."""
    columns: dict[str, list[Any]] = {name: [] for name in (*_ABOUT, "annex_c", "what")}
    amounts: list[Amount] = []
    places: list[RowPlace] = []
    for table, column, what in _REPORTED:
        frame = made[table]
        _append(columns, amounts, places, frame, column, what, range(frame.size))
    releases, entries = made["releases"], made["entries"]
    shared = dict(zip(entries.places, copy_amounts(entries, "activity"), strict=True))
    own = [
        row
        for row, (place, amount) in enumerate(zip(releases.places, copy_amounts(releases, "activity"), strict=True))
        if amount is not shared.get(place[:3]) and amount != shared.get(place[:3])
    ]
    _append(columns, amounts, places, releases, "activity", "activity", own)
    add_amounts(columns, "amount", amounts)
    columns["number"] = columns["amount.value"]
    columns["unit"] = columns["amount.unit"]
    columns["nearest_unit"] = [
        nearest_unit(unit) if unit is not None and dim is None else None
        for unit, dim in zip(columns["unit"], columns["amount.dim"], strict=True)
    ]
    columns["measure"] = [_measure(dim, what) for dim, what in zip(columns["amount.dim"], columns["what"], strict=True)]
    return Frame("quantities", len(amounts), columns, places)


def _append(
    columns: dict[str, list[Any]],
    amounts: list[Amount],
    places: list[RowPlace],
    frame: Frame,
    column: str,
    what: str,
    rows: range | list[int],
) -> None:
    found = copy_amounts(frame, column)
    kept = [row for row in rows if found[row][2] is not None or found[row][3] is not None]
    for name in (*_ABOUT, "annex_c"):
        values = frame.column(name)
        columns[name].extend(values[row] for row in kept)
    columns["what"].extend([what] * len(kept))
    amounts.extend(found[row] for row in kept)
    places.extend((*frame.places[row], f"{frame.name}.{column}") for row in kept)


def _measure(dimension: int | None, what: str) -> str | None:
    """TEQ or mass for a factor, release or total; None where the unit says neither."""
    if dimension is None or what == "activity":
        return None
    parts = exponents(dimension)
    if parts.get("TEQ", 0) > 0:
        return "TEQ"
    if "TEQ" in parts:
        return None
    if what == "factor":
        return "mass" if dimension == NONE or parts.get("mass", 0) > 0 else None
    return "mass" if parts.get("mass", 0) > 0 else None


def fold_known_codes(door: Door, made: dict[str, Frame]) -> list[dict[str, Any]]:
    """The rows of `codes`: each unknown code, and one row an inventory for those that are known."""
    return [*_sound_rows(made), *door.code_rows]


def fold_plain_numbers(door: Door, made: dict[str, Frame]) -> list[dict[str, Any]]:
    """The rows of `numbers`: each doubtful number, and one row an inventory for the plain ones."""
    return [*_sound_rows(made), *door.number_rows]


def _sound_rows(made: dict[str, Frame]) -> list[dict[str, Any]]:
    inventories = made["inventories"]
    return [
        {"party": party, "year": year, "place": place}
        for party, year, place in zip(
            inventories.column("party"), inventories.column("year"), inventories.places, strict=True
        )
    ]
