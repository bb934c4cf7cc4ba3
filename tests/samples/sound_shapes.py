"""Sound inventories of other shapes than the sample: what a rule must stay silent on. Made from the sound sample."""

from __future__ import annotations

import copy
import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from invlint.reference import load_reference

if TYPE_CHECKING:
    from collections.abc import Callable

Document = dict[str, Any]
SAMPLE = Path(__file__).parents[2] / "samples" / "sound.json"


def _sample() -> Document:
    document: Document = json.loads(SAMPLE.read_text("utf-8"))
    return document


def _product(activity: float, factor: float, per: float = 1e-6) -> float:
    """Activity times factor, as one who types it from a spreadsheet would: to six digits."""
    return float(f"{float(Decimal(str(activity)) * Decimal(str(factor))) * per:.6g}")


def one_group_only() -> Document:
    """A study of waste incineration alone, which says so."""
    document = _sample()
    document["scope"] = ["1"]
    for inventory in document["inventories"]:
        inventory["entries"] = [one for one in inventory["entries"] if _of_group_1(one)]
        inventory["totals"] = [total for total in inventory["totals"] if total.get("group") == 1]
    return document


def _of_group_1(entry: Document) -> bool:
    source = str(entry.get("class") or entry.get("category") or entry.get("group"))
    return source[0] == "1" and not source[1:2].isdigit()


def all_keys() -> Document:
    """A Party in which nothing of all this occurs."""
    groups = [{"group": group, "key": "NO"} for group in load_reference().groups]
    return {
        "format": "invlint/inventory-1",
        "party": "BVT",
        "edition": "2013",
        "teq_scheme": "WHO-2005",
        "submitted": "2026-08-31",
        "inventories": [{"year": year, "population": 120, "entries": copy.deepcopy(groups)} for year in (2019, 2024)],
    }


def five_years() -> Document:
    """Five reference years with activities that grow and shrink by a few per cent; totals are left out."""
    document = _sample()
    first = document["inventories"][0]
    document["inventories"] = []
    for number, year in enumerate(range(2004, 2025, 5)):
        inventory = copy.deepcopy(first)
        inventory.update(year=year, population=7_000_000 + 310_000 * number)
        inventory.pop("totals")
        inventory.pop("baseline", None)
        for at, entry in enumerate(inventory["entries"]):
            _scale(entry, 1 + (0.04 if at % 3 else -0.03) * number + 0.011 * ((at * 7 + number * 5) % 4))
        document["inventories"].append(inventory)
    return document


def _scale(entry: Document, by: float) -> None:
    for part in (entry, *entry.get("releases", ())):
        if "activity" in part:
            part["activity"]["value"] = float(f"{part['activity']['value'] * by:.5g}")
    for release in entry.get("releases", ()):
        if "release" in release and "factor" in release:
            before = release["release"]["value"]
            release["release"]["value"] = float(f"{before * by:.9g}")
            _recompute(release, entry)


def _recompute(release: Document, entry: Document) -> None:
    """The release from the rounded activity, in the units that stand there."""
    from invlint.units import parse_unit

    activity = release.get("activity", entry.get("activity"))
    amount = activity["value"] * parse_unit(activity["unit"]).scale
    amount *= release["factor"]["value"] * parse_unit(release["factor"]["unit"]).scale
    release["release"]["value"] = float(f"{amount / parse_unit(release['release']['unit']).scale:.9g}")


def several_sites() -> Document:
    """Every active class at two plants."""
    document = _sample()
    for inventory in document["inventories"]:
        entries = []
        for entry in inventory["entries"]:
            if "activity" not in entry or "site" in entry:
                entries.append(entry)
                continue
            for site, share in (("plant A", 0.37), ("plant B", 0.63)):
                part = copy.deepcopy(entry)
                part["site"] = site
                if "share" in part:
                    part["share"] = round(part["share"] * share, 6)
                _scale(part, share)
                entries.append(part)
        inventory["entries"] = entries
        inventory.pop("totals")
    return document


def edition_2005() -> Document:
    """An inventory of 2009 by the edition of 2005, on the values that were the default then."""
    reference = load_reference()
    rows = [row for row in reference.superseded if row["edition"] == "2005" and row["vector"] == "air"]
    kinds: dict[str, list[Document]] = {}
    for number, row in enumerate(rows):
        activity = {"value": 1000.0 + 37 * number, "unit": f"{row['unit'].partition('/')[2]}/a", "source": "statistics",
                    "confidence": "medium"}  # fmt: skip
        release = {
            "vector": "air",
            "factor": {"value": float(row["value"]), "unit": row["unit"], "origin": "toolkit", "confidence": "medium"},
            "release": {"value": 0.0, "unit": "g TEQ/a"},
        }
        entry = {"class": row["class"], "activity": activity, "releases": [release]}
        _recompute(release, entry)
        kinds[row["class"]] = [entry]
    return {
        "format": "invlint/inventory-1",
        "party": "BVT",
        "edition": "2005",
        "teq_scheme": "I-TEQ",
        "submitted": "2010-08-31",
        "scope": sorted(kinds),
        "scope_vectors": ["air"],
        "inventories": [{"year": 2009, "entries": [entry for entries in kinds.values() for entry in entries]}],
    }


def measured_plant() -> Document:
    """A plant that measures every year: its factor belongs to its year."""
    years = {2010: 0.41, 2015: 0.36, 2020: 0.44}
    inventories = []
    for year, factor in years.items():
        release = {
            "vector": "air",
            "factor": {"value": factor, "unit": "ug TEQ/t", "origin": "measured", "source": f"stack tests {year}",
                       "confidence": "high"},
            "release": {"value": _product(61000, factor), "unit": "g TEQ/a"},
        }  # fmt: skip
        activity = {"value": 61000 + year - 2010, "unit": "t/a", "source": "plant records", "confidence": "high"}
        release["release"] = {"value": _product(activity["value"], factor), "unit": "g TEQ/a"}
        inventories.append({"year": year, "entries": [{"class": "1a.4", "site": "North", "activity": activity,
                                                       "releases": [release]}]})  # fmt: skip
    return {
        "format": "invlint/inventory-1",
        "party": "BVT",
        "edition": "2013",
        "teq_scheme": "WHO-2005",
        "submitted": "2021-08-31",
        "scope": ["1a.4"],
        "scope_vectors": ["air"],
        "inventories": inventories,
    }


def changes_explained() -> Document:
    """What a country may do for a good reason: other units, a plant that closed, factors and a release of its own."""
    document = _sample()
    for inventory in document["inventories"]:
        inventory.pop("totals")
        entries = _by_class(inventory)
        for class_id, factor in (("1c.1", 21000.0), ("1c.2", 2100.0)):
            _give_factor(entries[class_id], factor, "national", "hospital survey of 2023")
        landfill = {
            "vector": "air",
            "factor": {"value": 0.01, "unit": "ug TEQ/t"},
            "release": {"value": 0.0, "unit": "g TEQ/a"},
        }
        entries["9a.3"]["releases"].append(landfill)
        _give_factor(entries["9a.3"], 0.01, "measured", "landfill gas campaign of 2022")
    last = _by_class(document["inventories"][-1])
    activity = last["4b.2"]["activity"]
    activity |= {"value": activity["value"] / 1000, "unit": "kt/a"}
    shredder = last["2k.1"]
    for member in ("activity", "releases"):
        del shredder[member]
    shredder |= {"key": "NO", "reason": "the only shredder closed in 2022"}
    return document


def _by_class(inventory: Document) -> dict[str, Document]:
    return {entry["class"]: entry for entry in inventory["entries"] if "class" in entry}


def _give_factor(entry: Document, value: float, origin: str, source: str) -> None:
    """Put another factor into the release to air."""
    release = next(one for one in entry["releases"] if one["vector"] == "air" and "factor" in one)
    release["factor"] = {"value": value, "unit": "ug TEQ/t", "origin": origin, "source": source, "confidence": "medium"}
    _recompute(release, entry)


def ten_parties() -> list[Document]:
    """A national factor of one class in each of ten Parties, scattered as such factors are."""
    documents = []
    for number, party in enumerate(("BOL", "ECU", "GHA", "KEN", "KHM", "LAO", "MDG", "NPL", "PRY", "ZMB")):
        document = measured_plant() | {"party": party, "scope": ["1c.2"]}
        inventory = document["inventories"][-1]
        entry = {**inventory["entries"][0], "class": "1c.2"}
        _give_factor(entry, 1700.0 + 230 * ((number * 7) % 10), "national", "stack survey")
        documents.append(document | {"inventories": [inventory | {"entries": [entry]}]})
    return documents


def handed_in_again() -> tuple[Document, Document]:
    """Five years, of which the last four years' submission had all but the newest."""
    new = five_years()
    return new, {**new, "inventories": new["inventories"][:-1], "submitted": "2020-08-31"}


def recalculated() -> tuple[Document, Document]:
    """The same, after the medical waste of the first year was counted anew: declared with its effect."""
    new, old = handed_in_again()
    new = copy.deepcopy(new)
    entry = _by_class(new["inventories"][0])["1c.2"]
    before = sum(one["release"]["value"] for one in entry["releases"] if "release" in one)
    _scale(entry, 1.2)
    effect = sum(one["release"]["value"] for one in entry["releases"] if "release" in one) - before
    record = {"year": new["inventories"][0]["year"], "class": "1c.2", "reason": "hospitals that were not counted",
              "effect": {"value": float(f"{effect:.6g}"), "unit": "g TEQ/a"}}  # fmt: skip
    return {**new, "recalculations": [record]}, old


SHAPES: dict[str, Callable[[], Document]] = {
    shape.__name__: shape
    for shape in (
        one_group_only,
        all_keys,
        five_years,
        several_sites,
        edition_2005,
        measured_plant,
        changes_explained,
    )
}

RESUBMISSIONS: dict[str, Callable[[], tuple[Document, Document]]] = {
    shape.__name__: shape for shape in (handed_in_again, recalculated)
}
"""A submission and the one before it."""
