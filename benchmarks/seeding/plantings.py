"""Faults to plant in a sound inventory: each function spoils a document at a random place and says what must be found.

A planting names the rule, the members of the key at which it must be found, and the rules that it rightly wakes beside
it, because what they say follows from the fault.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

Document = dict[str, Any]


class NoPlaceError(Exception):
    """The document has no place for a fault of this kind, because another fault took it."""


class Planting(NamedTuple):
    """What must be found: a rule at a key; `wakes` are rules that may speak of the same fault too."""

    rule: str
    key: dict[str, Any]
    wakes: frozenset[str]


_TOTALS = ("total-mismatch", "article-15-mismatch", "per-capita-implausible")
_SERIES = ("step-change", "prior-year-not-recalculated", "undeclared-recalculation", "off-trend", "unit-changed",
           "source-disappeared", "key-flipped", "source-not-backcast", "stale-copy")  # fmt: skip
PLANTS: dict[str, Callable[[Document, Document, random.Random], Planting]] = {}
"""Each kind of fault by its name: (document, the submission before it, chance) to what was planted."""


def _plant(function: Any) -> Any:
    PLANTS[function.__name__.replace("_", " ")] = function
    return function


def _expect(rule: str, wakes: tuple[str, ...] = (), **key: Any) -> Planting:
    return Planting(rule, key, frozenset((*wakes, *_SERIES)))


def _releases(document: Document, wanted: Callable[[Document, Document], bool]) -> list[tuple[Document, ...]]:
    return [
        (inventory, entry, release)
        for inventory in document["inventories"]
        for entry in inventory["entries"]
        for release in entry.get("releases", ())
        if wanted(entry, release)
    ]


def _plain(entry: Document, release: Document) -> bool:
    """A release of the class's own activity with all its figures, none of them zero or a text."""
    return bool("activity" in entry and "activity" not in release and "site" not in entry
                and _number(entry["activity"]) and _number(release.get("factor", {}))
                and _number(release.get("release", {})))  # fmt: skip


def _number(figure: Document) -> float:
    """The value of a figure; zero where there is none, or one that was made a text before."""
    value = figure.get("value")
    return 0 if value is None or isinstance(value, str) else value


def _toolkit(entry: Document, release: Document) -> bool:
    return _plain(entry, release) and release["factor"]["origin"] == "toolkit"


def _of(inventory: Document, entry: Document, release: Document | None = None, **more: Any) -> dict[str, Any]:
    key = {"year": inventory["year"], "class": entry.get("class"), **more}
    if release is not None:
        key |= {"vector": release["vector"], "residue_kind": release.get("residue_kind")}
    return key


def _choose(document: Document, chance: random.Random, wanted: Any = _plain) -> tuple[Document, ...]:
    return _pick(_releases(document, wanted), chance)


def _pick(places: list[Any], chance: random.Random) -> Any:
    if not places:
        raise NoPlaceError
    return chance.choice(places)


def _entry(document: Document, chance: random.Random, wanted: Callable[[Document], bool]) -> tuple[Document, Document]:
    found = [
        (inventory, entry) for inventory in document["inventories"] for entry in inventory["entries"] if wanted(entry)
    ]
    picked: tuple[Document, Document] = _pick(found, chance)
    return picked


# arithmetic
@_plant
def release_half_again(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory, entry, release = _choose(document, chance)
    release["release"]["value"] *= chance.choice((0.5, 0.8, 1.5, 3.0))
    return _expect("release-not-product", _TOTALS, **_of(inventory, entry, release))


@_plant
def release_slipped(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory, entry, release = _choose(document, chance)
    release["release"]["value"] *= 10.0 ** chance.choice((-6, -3, 3, 6))
    return _expect("power-of-ten-slip", _TOTALS, **_of(inventory, entry, release))


@_plant
def factor_unit_slipped(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory, entry, release = _choose(
        document, chance, lambda e, r: _toolkit(e, r) and r["factor"]["unit"][:2] == "ug"
    )
    release["factor"]["unit"] = chance.choice(("mg", "ng", "g", "pg")) + release["factor"]["unit"][2:]
    return _expect("power-of-ten-slip", ("not-the-default",), **_of(inventory, entry, release))


@_plant
def activity_unit_slipped(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory, entry, release = _choose(document, chance, lambda e, r: _plain(e, r) and e["activity"]["unit"] == "t/a")
    entry["activity"]["unit"] = chance.choice(("kt/a", "kg/a"))
    return _expect("power-of-ten-slip", ("double-counting",), **_of(inventory, entry, release))


@_plant
def total_changed(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory = chance.choice(document["inventories"])
    total = chance.choice([one for one in inventory["totals"] if "group" in one and one["value"]])
    total["value"] *= chance.choice((0.9, 1.1, 2.0, 1000.0))
    return _expect("total-mismatch", _TOTALS, year=inventory["year"], group=total["group"], vector=total.get("vector"))


@_plant
def shares_do_not_add_up(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory, entry = _entry(document, chance, lambda one: "share" in one)
    entry["share"] = round(entry["share"] + 0.2, 4)
    category = entry["class"].partition(".")[0]
    return _expect("shares-not-100", year=inventory["year"], category=category)


# factors
@_plant
def factor_not_the_default(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory, entry, release = _choose(document, chance, _toolkit)
    for part in ("factor", "release"):
        release[part]["value"] = float(f"{release[part]['value'] * 1.37:.9g}")
    wakes = ("superseded-factor", "factor-of-another-class", *_TOTALS)
    return _expect("not-the-default", wakes, **_of(inventory, entry, release))


@_plant
def national_factor_far_off(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory, entry, release = _choose(document, chance, _toolkit)
    by = chance.choice((37.0, 370.0, 1 / 37))
    for part in ("factor", "release"):
        release[part]["value"] = float(f"{release[part]['value'] * by:.9g}")
    release["factor"] |= {"origin": "national", "source": "a national study", "confidence": "low"}
    wakes = ("factor-of-another-class", "superseded-factor", "dirty-class-cleaner", *_TOTALS)
    return _expect("factor-far-from-default", wakes, **_of(inventory, entry, release))


@_plant
def factor_of_a_neighbour(document: Document, _old: Document, chance: random.Random) -> Planting:
    def beside(entry: Document, release: Document) -> bool:
        return _toolkit(entry, release) and entry["class"] == "1c.2" and release["vector"] == "air"

    inventory, entry, release = _choose(document, chance, beside)
    release["release"]["value"] *= 525 / release["factor"]["value"]
    release["factor"]["value"] = 525
    return _expect("factor-of-another-class", ("not-the-default", *_TOTALS), **_of(inventory, entry, release))


@_plant
def superseded_factor(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory, entry, release = _choose(
        document, chance, lambda e, r: _toolkit(e, r) and e["class"] == "2e.2" and r["vector"] == "air"
    )
    release["release"]["value"] *= 35 / release["factor"]["value"]
    release["factor"]["value"] = 35
    return _expect("superseded-factor", ("not-the-default", *_TOTALS), **_of(inventory, entry, release))


@_plant
def factor_without_source(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory, entry, release = _choose(
        document,
        chance,
        lambda _, r: "factor" in r and r["factor"].get("source") and r["factor"]["origin"] != "toolkit",
    )
    del release["factor"]["source"]
    return _expect("factor-without-source", ("factor-far-from-default", "factor-on-na-vector"),
                   **_of(inventory, entry, release))  # fmt: skip


# units and codes
@_plant
def unit_misspelt(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory, entry, release = _choose(document, chance)
    release["factor"]["unit"] = release["factor"]["unit"].replace("TEQ", "TQE")
    return (
        _expect("unknown-unit", _TOTALS, **_of(inventory, entry, release))
        if "TQE" in release["factor"]["unit"]
        else None
    )  # type: ignore[return-value]


@_plant
def unit_of_another_kind(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory, entry, _ = _choose(document, chance, lambda e, r: _plain(e, r) and e["activity"]["unit"] == "t/a")
    entry["activity"]["unit"] = "TJ/a"
    return _expect("unit-mismatch", _TOTALS, **_of(inventory, entry))


@_plant
def teq_as_mass(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory, entry, release = _choose(document, chance, lambda e, r: _plain(e, r) and "TEQ" in r["release"]["unit"])
    release["release"]["unit"] = release["release"]["unit"].replace(" TEQ", "")
    return _expect("teq-mass-mixed", ("unit-mismatch", *_TOTALS), **_of(inventory, entry, release))


@_plant
def key_misspelt(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory, entry = _entry(document, chance, lambda one: one.get("key") == "NO" and "class" in one)
    entry["key"] = chance.choice(("N0", "NOO", "none"))
    return _expect("unknown-code", (), **_of(inventory, entry))


@_plant
def class_misspelt(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory, entry = _entry(document, chance, lambda one: one.get("key") == "NO" and one.get("class", "")[:2] == "1c")
    entry["class"] = "1c.9"
    return _expect("unknown-code", ("missing-class", "missing-category"), year=inventory["year"], category="1c")


@_plant
def number_as_text(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory, entry, release = _choose(document, chance)
    release["release"]["value"] = "1.234,5"
    wakes = ("schema-violation", *_TOTALS)
    return _expect("ambiguous-number", wakes, **_of(inventory, entry, release))


@_plant
def negative_release(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory, entry, release = _choose(document, chance)
    release["release"]["value"] *= -1
    return _expect("negative-value", ("release-not-product", *_TOTALS), **_of(inventory, entry, release))


@_plant
def row_twice(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory, entry, release = _choose(document, chance)
    entry["releases"].append(dict(release))
    return _expect("duplicate-entry", _TOTALS, **_of(inventory, entry, release))


@_plant
def member_unknown(document: Document, _old: Document, chance: random.Random) -> Planting:
    _, entry, _ = _choose(document, chance)
    entry["remark"] = "?"
    return _expect("schema-violation")


@_plant
def edition_left_out(document: Document, _old: Document, _chance: random.Random) -> Planting:
    del document["edition"]
    return _expect("edition-not-declared", _TOTALS)


# completeness
@_plant
def group_left_out(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory, group = chance.choice(document["inventories"]), chance.randint(1, 9)
    inventory["entries"] = [one for one in inventory["entries"] if _group(one) != group]
    inventory["totals"] = [one for one in inventory["totals"] if one.get("group") != group]
    return _expect("missing-group", _TOTALS, year=inventory["year"], group=group)


def _group(entry: Document) -> int:
    source = str(entry.get("class") or entry.get("category") or entry.get("group"))
    return int("".join(sign for sign in source.partition(".")[0] if sign.isdigit()))


@_plant
def category_left_out(document: Document, _old: Document, chance: random.Random) -> Planting:
    first = {"inventories": document["inventories"][:1]}  # of a later year that a source is gone is said instead
    inventory, entry = _entry(first, chance, lambda one: "class" in one and _group(one) in range(1, 10))
    category = entry["class"].partition(".")[0]
    inventory["entries"] = [one for one in inventory["entries"] if one.get("class", "").partition(".")[0] != category]
    return _expect(
        "missing-category",
        (*_TOTALS, "key-without-reason", "shares-not-100"),
        year=inventory["year"],
        category=category,
    )


@_plant
def class_left_out(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory, entry = _entry(document, chance, lambda one: one.get("key") == "NO" and "class" in one)
    inventory["entries"].remove(entry)
    return _expect("missing-class", ("missing-category",), **_of(inventory, entry))


@_plant
def vector_left_out(document: Document, _old: Document, chance: random.Random) -> Planting:
    def several(entry: Document, release: Document) -> bool:
        vectors = [one["vector"] for one in entry["releases"] if one.get("chemical") == release.get("chemical")]
        return _toolkit(entry, release) and len(vectors) > 1 and vectors.count(release["vector"]) == 1

    inventory, entry, release = _choose(document, chance, several)
    entry["releases"].remove(release)
    wakes = (*_TOTALS, "missing-chemical")
    return _expect("missing-vector", wakes, **_of(inventory, entry, vector=release["vector"]))


# keys and transparency
@_plant
def key_beside_a_release(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory, entry, release = _choose(document, chance)
    release["key"] = chance.choice(("NO", "NA"))
    return _expect("key-contradicted", _TOTALS, **_of(inventory, entry, release))


@_plant
def key_without_reason(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory, entry = _entry(document, chance, lambda one: one.get("key") == "NE" and bool(one.get("reason")))
    del entry["reason"]
    category = entry.get("category") or entry.get("class", "").partition(".")[0]
    return _expect("key-without-reason", (), year=inventory["year"], category=category)


@_plant
def zero_for_no_data(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory, entry, release = _choose(document, chance)
    release["release"]["value"] = 0
    return _expect("zero-for-no-data", ("release-not-product", *_TOTALS), **_of(inventory, entry, release))


@_plant
def activity_without_source(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory, entry, _ = _choose(document, chance)
    del entry["activity"]["source"]
    return _expect("activity-without-source", (), **_of(inventory, entry))


@_plant
def scheme_left_out(document: Document, _old: Document, _chance: random.Random) -> Planting:
    del document["teq_scheme"]
    return _expect("teq-scheme-undeclared")


@_plant
def ratings_left_out(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory, entry, _ = _choose(document, chance)
    del entry["activity"]["confidence"]
    return _expect("no-data-quality-rating", (), year=inventory["year"])


# over the years
@_plant
def year_left_on_an_old_factor(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory, entry, release = _choose(
        {"inventories": document["inventories"][:1]},
        chance,
        lambda _, r: "factor" in r and r["factor"]["origin"] == "national",
    )
    for part in ("factor", "release"):
        release[part]["value"] = float(f"{release[part]['value'] * 1.5:.9g}")
    return _expect(
        "prior-year-not-recalculated", (*_TOTALS, "factor-far-from-default"), **_of(inventory, entry, release)
    )


@_plant
def source_that_begins_now(document: Document, _old: Document, chance: random.Random) -> Planting:
    _, entry, _ = _choose({"inventories": document["inventories"][-1:]}, chance)
    first = document["inventories"][0]
    first["entries"] = [one for one in first["entries"] if one.get("class") != entry["class"]]
    wakes = ("missing-class", "missing-category", "shares-not-100", "key-without-reason", *_TOTALS)
    return _expect("source-not-backcast", wakes, **_of(first, entry))


@_plant
def activity_that_jumps(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory = document["inventories"][-1]
    heavy = [entry for entry in inventory["entries"] if _heavy(entry, 4)]
    entry = _pick(heavy, chance)
    _scale(entry, 17)
    return _expect("step-change", _TOTALS, **_of(inventory, entry))


def _scale(entry: Document, by: float) -> None:
    """Activity and releases so many times as large."""
    for part in (entry["activity"], *(one["release"] for one in entry["releases"] if "release" in one)):
        if _number(part):
            part["value"] = float(f"{part['value'] * by:.9g}")


def _heavy(entry: Document, least: float) -> bool:
    """Whether one of the releases is material: above so many g TEQ."""
    return "activity" in entry and "site" not in entry and any(
        _number(one.get("release", {})) > least and "TEQ" in one["release"]["unit"] for one in entry.get("releases", ())
    )  # fmt: skip


@_plant
def source_gone_since_the_last_submission(document: Document, old: Document, chance: random.Random) -> Planting:
    inventory, entry, _ = _choose(document, chance)
    old["inventories"] = [dict(one) for one in document["inventories"]]
    for one in document["inventories"]:
        one["entries"] = [other for other in one["entries"] if other.get("class") != entry["class"]]
    wakes = ("missing-class", "missing-category", "shares-not-100", "key-without-reason", *_TOTALS)
    return _expect("source-disappeared", wakes, **_of(inventory, entry))


@_plant
def recalculation_undeclared(document: Document, old: Document, chance: random.Random) -> Planting:
    old.update(copy.deepcopy(document))
    inventory, entry, release = _choose({"inventories": old["inventories"][:1]}, chance)
    _scale(entry, 1.3)
    return _expect("undeclared-recalculation", _TOTALS, **_of(inventory, entry, release))


@_plant
def key_flipped(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory, entry, _ = _choose({"inventories": document["inventories"][-1:]}, chance)
    for member in ("activity", "releases", "share"):
        entry.pop(member, None)
    entry["key"] = "NE"
    return _expect("key-flipped", ("key-without-reason", "shares-not-100", *_TOTALS), **_of(inventory, entry))


@_plant
def summary_line_changed(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory = chance.choice(document["inventories"])
    lines = [one for one in inventory["totals"] if "annex_c" in one and one["value"]]
    line = _pick(lines, chance)
    line["value"] *= 0.5
    return _expect("article-15-mismatch", _TOTALS, year=inventory["year"])


@_plant
def population_slipped(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory = chance.choice(document["inventories"])
    inventory["population"] = round(inventory["population"] / 1000)
    return _expect("per-capita-implausible", (), year=inventory["year"])


@_plant
def waste_counted_twice(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory = chance.choice(document["inventories"])
    by_class = {one.get("class"): one for one in inventory["entries"] if "activity" in one}
    if not {"1a.3", "6b.3"} <= by_class.keys():
        raise NoPlaceError
    burned, opened = by_class["1a.3"], by_class["6b.3"]
    opened["activity"]["value"] = burned["activity"]["value"]
    for release in opened["releases"]:
        if _plain(opened, release):
            factor = release["factor"]["value"] * (1e-6 if release["factor"]["unit"].startswith("ug") else 1)
            release["release"]["value"] = float(f"{factor * burned['activity']['value']:.9g}")
    return _expect("double-counting", _TOTALS, year=inventory["year"])


@_plant
def year_far_before(document: Document, _old: Document, chance: random.Random) -> Planting:
    document["inventories"][0]["year"] -= chance.choice((4, 9, 15))
    return _expect("missing-year")


@_plant
def factor_on_a_vector_that_takes_nothing(document: Document, _old: Document, chance: random.Random) -> Planting:
    def no_land(entry: Document, release: Document) -> bool:
        return _toolkit(entry, release) and entry["class"] in _WITHOUT_LAND

    inventory, entry, release = _choose(document, chance, no_land)
    entry["releases"].append(_to_land(release))
    wakes = ("not-the-default", "factor-of-another-class", *_TOTALS)
    return _expect("factor-on-na-vector", wakes, **_of(inventory, entry, vector="land"))


_WITHOUT_LAND = ("1a.3", "1b.2", "1c.1", "1c.2", "2d.2", "2e.2")
"""Classes whose default to land is NA."""


def _to_land(release: Document) -> Document:
    return {name: part for name, part in release.items() if name != "residue_kind"} | {"vector": "land"}


@_plant
def figures_copied_from_the_year_before(document: Document, _old: Document, chance: random.Random) -> Planting:
    first, last = document["inventories"][0], document["inventories"][-1]
    heavy = [entry for entry in first["entries"] if _heavy(entry, 5)]
    entry = _pick(heavy, chance)
    same = [number for number, one in enumerate(last["entries"]) if one.get("class") == entry["class"]]
    at = _pick(same, chance)
    last["entries"][at] = copy.deepcopy(entry)
    return _expect("stale-copy", ("shares-not-100", *_TOTALS), **_of(last, entry))


@_plant
def declared_effect_that_does_not_reconcile(document: Document, old: Document, chance: random.Random) -> Planting:
    old.update(copy.deepcopy(document))
    inventory, entry, _ = _choose({"inventories": old["inventories"][:1]}, chance,
                                  lambda e, r: _plain(e, r) and "TEQ" in r["release"]["unit"])  # fmt: skip
    _scale(entry, 1.3)
    document["recalculations"] = [
        {
            "year": inventory["year"],
            "class": entry["class"],
            "reason": "activity data",
            "effect": {"value": 987.6, "unit": "g TEQ/a"},
        }
    ]
    return _expect("recalculation-does-not-reconcile", _TOTALS, **_of(inventory, entry))


@_plant
def unit_changed_and_the_number_kept(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory, entry, _ = _choose(
        {"inventories": document["inventories"][-1:]},
        chance,
        lambda e, r: _plain(e, r) and e["activity"]["unit"] == "t/a",
    )
    entry["activity"]["unit"] = "kt/a"
    for release in entry["releases"]:
        if _plain(entry, release):
            release["release"]["value"] = float(f"{release['release']['value'] * 1000:.9g}")
    return _expect("unit-changed", ("double-counting", *_TOTALS), **_of(inventory, entry))


@_plant
def unit_changed_since_the_last_submission(document: Document, old: Document, chance: random.Random) -> Planting:
    old.update(copy.deepcopy(document))
    return unit_changed_and_the_number_kept(document, old, chance)


@_plant
def key_flipped_since_the_last_submission(document: Document, old: Document, chance: random.Random) -> Planting:
    old.update(copy.deepcopy(document))
    inventory, entry, _ = _choose({"inventories": document["inventories"][:1]}, chance)
    for member in ("activity", "releases", "share"):
        entry.pop(member, None)
    entry["key"] = "NO"
    return _expect("key-flipped", ("key-without-reason", "shares-not-100", *_TOTALS), **_of(inventory, entry))


@_plant
def dirty_class_cleaner(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory = chance.choice(document["inventories"])
    by_class = {one.get("class"): one for one in inventory["entries"] if "activity" in one}
    for class_id, factor in (("1c.1", 4500), ("1c.2", 6000)):
        entry = by_class.get(class_id, {})
        release = next((one for one in entry.get("releases", ()) if one["vector"] == "air"), {})
        if not _plain(entry, release):
            raise NoPlaceError
        release["release"]["value"] = float(f"{release['release']['value'] * factor / release['factor']['value']:.9g}")
        release["factor"] |= {"value": factor, "origin": "national", "source": "a survey", "confidence": "medium"}
    return _expect("dirty-class-cleaner", _TOTALS, year=inventory["year"], category="1c", vector="air")


@_plant
def chemicals_left_out(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory = chance.choice(document["inventories"])
    group = chance.choice([_group(one) for one in inventory["entries"] if _others(one) and _indicated(one)])
    for entry in inventory["entries"]:
        if _group(entry) == group and "releases" in entry:
            entry["releases"] = [one for one in entry["releases"] if one not in _others(entry)]
    return _expect("indicator-only", ("missing-chemical", *_TOTALS), year=inventory["year"], group=group)


@_plant
def chemical_left_out(document: Document, _old: Document, chance: random.Random) -> Planting:
    first = {"inventories": document["inventories"][:1]}  # of a later year that a chemical is gone is said instead
    inventory, entry = _entry(first, chance, lambda one: one.get("class") == "2k.1" and "activity" in one)
    entry["releases"] = [one for one in entry["releases"] if one not in _others(entry)]
    return _expect("missing-chemical", ("indicator-only", *_TOTALS), **_of(inventory, entry), chemical="dl-PCB")


def _others(entry: Document) -> list[Document]:
    """The releases of other chemicals than dioxins and furans."""
    return [one for one in entry.get("releases", ()) if one.get("chemical", "PCDD/PCDF") != "PCDD/PCDF"]


def _indicated(entry: Document) -> bool:
    return any(_number(one.get("release", {})) > 0 for one in entry.get("releases", ()) if one not in _others(entry))


@_plant
def year_mistyped(document: Document, _old: Document, _chance: random.Random) -> Planting:
    inventory = document["inventories"][-1]
    inventory["year"] *= 10
    return _expect("reference-year-unclear", ("missing-year",), year=inventory["year"])


@_plant
def technology_phased_out(document: Document, _old: Document, chance: random.Random) -> Planting:
    inventory = document["inventories"][-1]
    entry = next(one for one in inventory["entries"] if one.get("class") == "7a.discharges.2")
    entry.pop("key", None)
    activity = {"value": 5000 + chance.randint(1, 99), "unit": "t/a", "source": "mill records", "confidence": "high"}
    entry["activity"] = activity
    wakes = ("missing-vector", "missing-chemical", *_TOTALS)
    return _expect("technology-phased-out", wakes, **_of(inventory, entry))
