"""Make the samples `sound.*` and `faulty.*`: a made-up national inventory in four formats, and the same with faults.

Every activity is invented; factors are the Toolkit defaults that ship with invlint, so that the sound sample is sound
by construction. Run from the top of a checkout: `python samples/make_samples.py`.
"""

from __future__ import annotations

import copy
import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import yaml

from invlint.reference import shipped_reference
from invlint.sources import read_file
from invlint.sources.columns import DOCUMENT, ENTRY, INVENTORY, RELEASE, TOTAL

HERE = Path(__file__).parent
PARTY = "BVT"
"""Bouvet Island: a valid code where nobody lives, so that no figure can be taken for a country's."""

YEARS = (2019, 2024)
SOURCE = "made up for this sample"
POPULATION = {2019: 8_100_000, 2024: 8_600_000}

ACTIVITIES: dict[str, tuple[float, float, str]] = {
    "1a.3": (118000, 134500, "t/a"),
    "1b.2": (5200, 6150, "t/a"),
    "1c.1": (310, 265, "t/a"),
    "1c.2": (1240, 1385, "t/a"),
    "1c.3": (860, 1120, "t/a"),
    "1e.2": (9400, 10300, "t/a"),
    "1f.2": (7600, 8050, "t/a"),
    "1g.2": (1450, 1510, "t/a"),
    "2a.2": (310000, 342000, "t/a"),
    "2b.2": (205000, 198000, "t/a"),
    "2c.steel.2": (415000, 448000, "t/a"),
    "2c.foundry.3": (61000, 57500, "t/a"),
    "2d.2": (8900, 9700, "t/a"),
    "2e.2": (14300, 16900, "t/a"),
    "2f.2": (6100, 5800, "t/a"),
    "2g.2": (2700, 2950, "t/a"),
    "2k.1": (93000, 101000, "t/a"),
    "2l.3": (740, 810, "t/a"),
    "3a.2": (64.5, 58.2, "PJ/a"),
    "3a.6": (41200, 47700, "TJ/a"),
    "3b.2": (5300, 6900, "TJ/a"),
    "3c.1": (610, 940, "TJ/a"),
    "3d.2": (21500, 20400, "TJ/a"),
    "3d.6": (33800, 30900, "TJ/a"),
    "3e.3": (3900, 2700, "TJ/a"),
    "4a.4": (2.41, 2.66, "Mt/a"),
    "4b.2": (186000, 171000, "t/a"),
    "4c.2": (940000, 985000, "t/a"),
    "4d.2": (73000, 78500, "t/a"),
    "4f.2": (1120000, 1230000, "t/a"),
    "5a.2": (41000, 23500, "t/a"),
    "5a.3": (612000, 688000, "t/a"),
    "5b.2": (7900, 6700, "t/a"),
    "5c.1": (1.83, 1.97, "Mt/a"),
    "5d.1": (22500, 19800, "t/a"),
    "6a.2": (88000, 79500, "t/a"),
    "6a.4": (36500, 41200, "t/a"),
    "6b.1": (9300, 6400, "t/a"),
    "6b.2": (1100, 1180, "t/a"),
    "6b.3": (54000, 49500, "t/a"),
    "6b.4": (870, 930, "vehicle/a"),
    "7a.boilers.1": (164000, 171500, "t/a"),
    "7a.discharges.5": (121000, 127000, "t/a"),
    "7f.processes.1": (830000, 802000, "t/a"),
    "7g.2": (18400, 17100, "t/a"),
    "7h.2": (5900, 6350, "t/a"),
    "8a.3": (12700, 13400, "t/a"),
    "8b.2": (21900, 26400, "cremation/a"),
    "8c.2": (3100, 3250, "t/a"),
    "8e.2": (7400, 6100, "Mitem/a"),
    "9a.3": (1040000, 985000, "t/a"),
    "9b.2b": (212, 226, "hm3/a"),
    "9c.2": (31.5, 24.8, "hm3/a"),
    "9d.2": (94000, 117000, "t/a"),
    "9e.1": (14600, 15300, "t/a"),
}
OWN_ACTIVITY = {
    ("3d.2", "residue"): (16800, 15900, "t/a"),
    ("3d.6", "residue"): (26400, 24100, "t/a"),
    ("3e.3", "residue"): (15100, 10400, "t/a"),
    ("9b.2b", "residue"): (61000, 66500, "t d.m./a"),
}
"""Ash and sludge, whose factors rest on an amount of their own."""

NATIONAL = {("6b.3", "air"): (52, "National field study of backyard burning, 2018")}
MEASURED_SITES = {"1a.4": (("North plant", 61000, 64500, 0.41, 0.38), ("South plant", 47500, 52300, 0.29, 0.33))}
"""Two plants that measure every year: tonnes and ug TEQ/t to air in each year."""

NOT_ESTIMATED = {
    "1d": "one shredder plant; its light fraction is exported and the amounts are not known yet",
    "10c": "a survey of former application sites is under way",
}
INCLUDED = {"1g.1": ("1g.2", "carcasses are burned in one furnace type only in the statistics")}

SHARED = ("1c",)
"""Categories whose classes carry their shares of the activity."""

BESIDE_DIOXINS = ("HCB", "PeCBz")
NOT_MEASURED = {
    "1a.3": (*BESIDE_DIOXINS, "PCN"),
    **dict.fromkeys(("1b.2", "1c.1", "1c.2", "2c.steel.2", "2d.2", "2e.2", "3d.6", "6b.3"), BESIDE_DIOXINS),
    **dict.fromkeys(("3a.2", "4a.4", "8b.2", "9a.3"), ("HCB",)),
    "7a.discharges.5": ("HCB", "HCBD"),
}
"""Chemicals of a class for which the Toolkit has no factor: each large thermal source, and each group, says so."""
NO_FACTOR = "the Toolkit has no factor, and there are no measurements in the country"

Document = dict[str, Any]


def sound_document() -> Document:
    """The sound inventory, both years."""
    document: Document = {
        "format": "invlint/inventory-1",
        "party": PARTY,
        "edition": "2013",
        "teq_scheme": "WHO-2005",
        "submitted": "2026-08-31",
        "inventories": [_inventory(number, year) for number, year in enumerate(YEARS)],
    }
    add_totals(document)
    return document


def _inventory(number: int, year: int) -> Document:
    reference = shipped_reference()
    active = {reference.category_of(class_id) for class_id in (*ACTIVITIES, *MEASURED_SITES)}
    entries: list[Document] = []
    for category in reference.categories:
        if category in NOT_ESTIMATED:
            entries.append({"category": category, "key": "NE", "reason": NOT_ESTIMATED[category]})
        elif category not in active:
            entries.append({"category": category, "key": "NO"})
        else:
            for class_id, row in reference.classes.items():
                if row["category"] == category:
                    entries.extend(_entries(class_id, number))
    inventory: Document = {"year": year, "population": POPULATION[year], "entries": entries}
    if number == 0:
        inventory["baseline"] = True
    return inventory


def _entries(class_id: str, number: int) -> list[Document]:
    if class_id in MEASURED_SITES:
        return [_site(class_id, site, number) for site in MEASURED_SITES[class_id]]
    if class_id in INCLUDED:
        target, reason = INCLUDED[class_id]
        return [{"class": class_id, "key": "IE", "reason": reason, "included_in": target}]
    if class_id not in ACTIVITIES:
        return [{"class": class_id, "key": "NO"}]
    entry: Document = {"class": class_id, "activity": _activity(ACTIVITIES[class_id], number)}
    category = class_id.partition(".")[0]
    if category in SHARED:
        entry["share"] = _share(class_id, category, number)
    releases = _releases(class_id, number)
    for chemical in NOT_MEASURED.get(class_id, ()):
        releases.append({"chemical": chemical, "vector": "air", "key": "NE", "reason": NO_FACTOR})
    return [entry | {"releases": releases}]


def _share(class_id: str, category: str, number: int) -> float:
    """The share of a class in the activity of its category, to two decimals."""
    whole = sum(figures[number] for other, figures in ACTIVITIES.items() if other.startswith(f"{category}."))
    return round(ACTIVITIES[class_id][number] / whole, 2)


def _activity(figures: tuple[float, float, str], number: int) -> Document:
    return {"value": figures[number], "unit": figures[2], "source": SOURCE, "confidence": "medium"}


def _site(class_id: str, site: tuple[str, float, float, float, float], number: int) -> Document:
    name, *amounts = site
    releases = []
    for factor in _factors(class_id):
        value, origin, source = factor[4], "toolkit", None
        if factor[2] == "air":
            value, origin, source = amounts[2 + number], "plant", f"stack measurements, {YEARS[number]} ({SOURCE})"
        releases.append(_release(factor, value, origin, source, amounts[number], "t/a"))
    return {
        "class": class_id,
        "site": name,
        "activity": _activity((amounts[0], amounts[1], "t/a"), number),
        "releases": releases,
    }


def _factors(class_id: str) -> list[Any]:
    """The default factors above zero of a class, residue kinds apart."""
    return [row for row in shipped_reference().factors if row[0] == class_id and row[4]]


def _releases(class_id: str, number: int) -> list[Document]:
    releases = []
    for factor in _factors(class_id):
        vector = factor[2]
        figures = OWN_ACTIVITY.get((class_id, vector), ACTIVITIES[class_id])
        value, origin, source = factor[4], "toolkit", None
        if (class_id, vector) in NATIONAL and factor[1] == "PCDD/PCDF":
            value, source = NATIONAL[class_id, vector]
            origin = "national"
        release = _release(factor, value, origin, source, figures[number], figures[2])
        if (class_id, vector) in OWN_ACTIVITY:
            release["activity"] = _activity(figures, number)
        releases.append(release)
    return releases


def _release(factor: Any, value: float, origin: str, source: str | None, amount: float, unit: str) -> Document:
    _, chemical, vector, kind = factor[:4]
    release: Document = {"chemical": chemical, "vector": vector}
    if kind is not None:
        release["residue_kind"] = kind
    release["factor"] = {"value": _plain(value), "unit": factor[5], "origin": origin}
    if source is not None:
        release["factor"]["source"] = source
    release["factor"]["confidence"] = "medium"
    release["release"] = product(amount, unit, value, factor[5])
    return release


def product(amount: float, unit: str, value: float, factor_unit: str) -> Document:
    """The release in g TEQ or kg a year, to six digits."""
    from invlint.units import parse_unit

    grams = amount * parse_unit(unit).scale * value * parse_unit(factor_unit).scale
    is_teq = "TEQ" in factor_unit
    figure = float(f"{grams if is_teq else grams * 1000:.6g}")
    return {"value": _plain(figure), "unit": "g TEQ/a" if is_teq else "kg/a"}


def _plain(value: float) -> float:
    return int(value) if value == int(value) else value


def add_totals(document: Document) -> None:
    """Totals of PCDD/PCDF by source group and vector, the national total of each vector, and those by Annex C.

    Under a line of Annex C that depends on a condition, such as hazardous waste in cement kilns, nothing is summed:
    no plant of the sample meets one.
    """
    reference = shipped_reference()
    for inventory in document["inventories"]:
        sums: dict[tuple[int | None, str | None, str], Decimal] = {}
        for entry in inventory["entries"]:
            category = reference.classes.get(entry.get("class", ""), {}).get("category")
            for release in entry.get("releases", ()):
                if release["chemical"] == "PCDD/PCDF" and release["release"]["unit"] == "g TEQ/a" and category:
                    line = reference.annex_c_lines.get(category)
                    named = [(None, line.name)] if line and not line.condition else []
                    for group, name in [(reference.group_of(category), None), (None, None), *named]:
                        part = Decimal(repr(release["release"]["value"]))
                        about = group, name, release["vector"]
                        sums[about] = sums.get(about, Decimal(0)) + part
        ordered = sorted(sums.items(), key=lambda item: (item[0][1] or "", item[0][0] or 99, item[0][2]))
        inventory["totals"] = [
            ({"group": group} if group is not None else {})
            | ({"annex_c": name} if name is not None else {})
            | {"chemical": "PCDD/PCDF", "vector": vector, "value": _plain(float(total)), "unit": "g TEQ/a"}
            for (group, name, vector), total in ordered
        ]


# the faults


def _entry(document: Document, year: int, class_id: str) -> Document:
    inventory = document["inventories"][YEARS.index(year)]
    return next(entry for entry in inventory["entries"] if entry.get("class") == class_id)


def _release_of(document: Document, year: int, class_id: str, vector: str) -> Document:
    return next(release for release in _entry(document, year, class_id)["releases"] if release["vector"] == vector)


def _drop(document: Document, year: int, keep: Any) -> None:
    inventory = document["inventories"][YEARS.index(year)]
    inventory["entries"] = [entry for entry in inventory["entries"] if keep(entry)]


def _set_factor(document: Document, year: int, class_id: str, value: float, origin: str, source: str | None) -> None:
    """Another factor to air, with its release worked out again."""
    entry, release = _entry(document, year, class_id), _release_of(document, year, class_id, "air")
    release["factor"] |= {"value": value, "origin": origin}
    if source is not None:
        release["factor"]["source"] = source
    activity = entry["activity"]
    release["release"] = product(activity["value"], activity["unit"], value, release["factor"]["unit"])


def faulty_document(sound: Document) -> tuple[Document, list[dict[str, Any]]]:
    """The sound inventory with fifteen faults, and what they are: rule, key, where and what was done."""
    document = copy.deepcopy(sound)
    faults: list[dict[str, Any]] = []

    def note(rule: str, year: int, done: str, column: str, **key: Any) -> None:
        faults.append({"rule": rule, "year": year, "done": done, "column": column, **key})

    _entry(document, 2024, "1a.1")["key"] = "N0"
    note("unknown-code", 2024, "the key NO is written N0, with a zero", "key", **{"class": "1a.1"})

    inventory = document["inventories"][1]
    inventory["entries"].append({"class": "8d.1", "key": "NO"})
    inventory["entries"].append({"class": "8d.2", "key": "NO"})
    inventory["entries"].append({"class": "8d.2", "key": "NO"})
    _drop(document, 2024, lambda entry: entry.get("category") != "8d")
    note("duplicate-entry", 2024, "the row of 8d.2 stands twice", "class", **{"class": "8d.2"})

    activity = _entry(document, 2024, "7g.2")["activity"]
    activity["value"] = -activity["value"]
    note("negative-value", 2024, "a minus sign before the activity", "activity", **{"class": "7g.2"})

    groups = shipped_reference()
    _drop(
        document,
        2024,
        lambda entry: groups.group_of(entry.get("category") or groups.category_of(entry["class"])) != 5,
    )
    note("missing-group", 2024, "source group 5, transport, is left out", "party", group=5)

    _drop(document, 2024, lambda entry: entry.get("category") != "1d")
    note("missing-category", 2024, "category 1d is left out", "party", category="1d")

    entry = _entry(document, 2024, "1c.1")
    entry["releases"] = [release for release in entry["releases"] if release["vector"] != "residue"]
    note("missing-vector", 2024, "the residue of 1c.1 is left out", "entry", vector="residue", **{"class": "1c.1"})

    _set_factor(document, 2024, "1c.3", 500, "toolkit", None)
    note("not-the-default", 2024, "500 instead of 525 ug TEQ/t, declared as the Toolkit's", "factor",
         vector="air", **{"class": "1c.3"})  # fmt: skip

    _set_factor(document, 2024, "2e.2", 35, "toolkit", None)
    note("superseded-factor", 2024, "the default of edition 2005", "factor", vector="air", **{"class": "2e.2"})

    _set_factor(document, 2024, "1c.2", 525, "national", "Hospital survey (made up)")
    note("factor-of-another-class", 2024, "the factor of 1c.3 on 1c.2", "factor", vector="air", **{"class": "1c.2"})

    _set_factor(document, 2019, "6b.3", 74, "national", "National field study of backyard burning, 2008")
    note("prior-year-not-recalculated", 2019, "2019 keeps the national factor of an older study", "factor",
         vector="air", **{"class": "6b.3"})  # fmt: skip

    _release_of(document, 2024, "4b.2", "air")["factor"]["unit"] = "ug TQE/t"
    note("unknown-unit", 2024, "TQE for TEQ", "factor_unit", vector="air", **{"class": "4b.2"})

    _entry(document, 2024, "4c.2")["activity"]["unit"] = "TJ/a"
    note("unit-mismatch", 2024, "bricks in TJ a year", "activity_unit", **{"class": "4c.2"})

    _release_of(document, 2024, "8a.3", "air")["release"]["unit"] = "g/a"
    note("teq-mass-mixed", 2024, "dioxins in g, not g TEQ", "release_unit", vector="air", **{"class": "8a.3"})

    release = _release_of(document, 2024, "9e.1", "air")
    release["release"]["value"] = _plain(float(Decimal(repr(release["release"]["value"])) * 1000))
    note("power-of-ten-slip", 2024, "mg written as g", "release", vector="air", **{"class": "9e.1"})

    add_totals(document)
    total = next(
        total for total in document["inventories"][1]["totals"] if total.get("group") == 2 and total["vector"] == "air"
    )
    total["value"] = float(f"{total['value'] * 0.8:.4g}")
    note("total-mismatch", 2024, "the total of group 2 to air lacks a fifth", "release", group=2, vector="air")
    return document, faults


# the four formats

COLUMNS = [
    *DOCUMENT, *INVENTORY, *ENTRY, "annex_c", *RELEASE, "key", "reason",
]  # fmt: skip


def flat_rows(document: Document) -> list[dict[str, Any]]:
    """The document as rows of the flat table."""
    rows = []
    whole = _cells(document, DOCUMENT)
    for inventory in document["inventories"]:
        head = whole | _cells(inventory, INVENTORY)
        for entry in inventory["entries"]:
            own = _cells(entry, ENTRY)
            if "releases" not in entry:
                rows.append(head | own | _cells(entry, _KEYS))
            for release in entry.get("releases", ()):
                activity = _cells(release, {name: at for name, at in ENTRY.items() if name.startswith("activity")})
                rows.append(head | own | activity | _cells(release, RELEASE | _KEYS))
        rows.extend(head | _cells(total, TOTAL) for total in inventory["totals"])
    return rows


_KEYS = {"key": ("/key", ""), "reason": ("/reason", "")}


def _cells(part: Document, table: dict[str, tuple[str, str]]) -> dict[str, Any]:
    found = {}
    for column, (pointer, _) in table.items():
        value: Any = part
        for name in pointer.split("/")[1:]:
            value = value.get(name) if isinstance(value, dict) else None
        if value is not None:
            found[column] = value
    return found


def write_all(document: Document, name: str) -> None:
    """Write the document in the four formats."""
    text = json.dumps(document, indent=1, ensure_ascii=False)
    (HERE / f"{name}.json").write_text(text + "\n", "utf-8")
    text = yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=120)
    (HERE / f"{name}.yaml").write_text(text, "utf-8")
    rows = flat_rows(document)
    columns = [column for column in COLUMNS if any(column in row for row in rows)]
    with (HERE / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: _csv(value) for key, value in row.items()} for row in rows)
    _write_workbook(HERE / f"{name}.xlsx", columns, rows)


def _csv(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def _write_workbook(path: Path, columns: list[str], rows: list[dict[str, Any]]) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None  # noqa: S101
    sheet.title = "Inventory"
    sheet["B2"] = "Made-up inventory for trying invlint: no figure here is a fact"
    for place, column in enumerate(columns):
        sheet.cell(4, 2 + place, column)
    for number, row in enumerate(rows):
        for place, column in enumerate(columns):
            if column in row:
                sheet.cell(5 + number, 2 + place, row[column])
    workbook.save(path)


def write_faults(faults: list[dict[str, Any]]) -> None:
    """The list of faults, each with its cell in faulty.xlsx and its pointer in faulty.json."""
    xlsx, plain = (read_file(HERE / f"faulty.{form}").documents[0] for form in ("xlsx", "json"))
    with (HERE / "faults.csv").open("w", encoding="utf-8", newline="") as file:
        columns = ("rule", "year", "group", "category", "class", "vector", "done", "cell", "pointer")
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        for fault in faults:
            cell = xlsx.locator.locate([_pointer(xlsx.data, fault)])
            spot = next(iter(cell.values()))
            row = {name: value for name, value in fault.items() if name in columns}
            writer.writerow(row | {"cell": spot.cell, "pointer": _pointer(plain.data, fault)})


_AT = {
    "class": "/class",
    "key": "/key",
    "activity": "/activity/value",
    "activity_unit": "/activity/unit",
    "factor": "/factor/value",
    "factor_unit": "/factor/unit",
    "release": "/release/value",
    "release_unit": "/release/unit",
}


def _pointer(data: Document, fault: dict[str, Any]) -> str:
    """Where a fault stands: a missing row at its inventory or entry, all else at its value."""
    year = YEARS.index(fault["year"])
    here = f"/inventories/{year}"
    inventory = data["inventories"][year]
    if fault["column"] == "party":
        return here
    if "class" not in fault:
        place = next(
            number
            for number, total in enumerate(inventory["totals"])
            if (total.get("group"), total["vector"]) == (fault["group"], fault["vector"])
        )
        return f"{here}/totals/{place}/value"
    number, entry = next(
        (number, entry) for number, entry in enumerate(inventory["entries"]) if entry.get("class") == fault["class"]
    )
    here += f"/entries/{number}"
    if fault["column"] == "entry":
        return here
    if "vector" in fault:
        place = next(at for at, release in enumerate(entry["releases"]) if release["vector"] == fault["vector"])
        here += f"/releases/{place}"
    return here + _AT[fault["column"]]


def main() -> None:
    sound = sound_document()
    write_all(sound, "sound")
    faulty, faults = faulty_document(sound)
    write_all(faulty, "faulty")
    write_faults(faults)


if __name__ == "__main__":
    main()
