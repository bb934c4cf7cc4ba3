"""What counts as lost: every member of a document, and nothing that two documents mean alike."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from generated_inventories import REFERENCE

from invlint.writers.differences import lost_facts

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLE = json.loads((Path(__file__).parents[2] / "samples" / "sound.json").read_text("utf-8"))


def leaves(part: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each value of a document."""
    if isinstance(part, (dict, list)):
        for name, inner in part.items() if isinstance(part, dict) else enumerate(part):
            yield from leaves(inner, (*above, name))
    else:
        yield above


def small() -> dict[str, Any]:
    """The sound sample with a few entries of each kind."""
    document: dict[str, Any] = copy.deepcopy(SAMPLE)
    for inventory in document["inventories"]:
        wanted = ("1a.1", "1a.4", "3d.2", "1g.1", "1c.2")
        entries = [one for one in inventory["entries"] if one.get("class") in wanted or "category" in one]
        inventory["entries"] = entries[:9]
        inventory["totals"] = inventory["totals"][:3]
    return document | {"scope": ["1", "3"], "notes": "all", "recalculations": [{"year": 2007, "reason": "new factors"}]}


@pytest.mark.parametrize("way", [way for way in leaves(small()) if way != ("format",)], ids=str)
def test_each_value_that_is_gone_or_another_is_lost(way: tuple[Any, ...]) -> None:
    before, gone, other = small(), small(), small()
    for document, value in ((gone, None), (other, "something else")):
        part: Any = document
        for name in way[:-1]:
            part = part[name]
        part[way[-1]] = value
    is_default_chemical = way[-1] == "chemical"
    assert is_default_chemical or lost_facts([before], [gone], REFERENCE)
    assert lost_facts([before], [other], REFERENCE)


def test_order_and_the_default_chemical_and_the_place_of_what_is_shared_make_no_difference() -> None:
    before, after = small(), small()
    after["inventories"].reverse()
    for inventory in after["inventories"]:
        inventory["edition"] = after["edition"]
        inventory["entries"].reverse()
        inventory["totals"].reverse()
        for entry in inventory["entries"]:
            entry.get("releases", []).reverse()
            for release in entry.get("releases", ()):
                release.setdefault("activity", entry["activity"])
                if release["chemical"] == REFERENCE.default_chemical:
                    del release["chemical"]
    assert lost_facts([before], [after], REFERENCE) == []
    assert lost_facts([after], [before], REFERENCE) == []


def test_a_party_and_a_year_that_are_gone_are_lost() -> None:
    year = {"party": "KEN", "inventories": [{"year": 2012}]}
    assert lost_facts([year], [{"party": "KEN", "inventories": []}], REFERENCE) == ["KEN, 2012, year: 2012"]
    assert lost_facts([{"party": "KEN"}], [], REFERENCE) == ["KEN, party: KEN"]


def test_a_changed_value_is_told_with_what_it_became() -> None:
    one, other = ({"party": "KEN", "inventories": [{"year": 2012, "population": number}]} for number in (5, 6))
    assert lost_facts([one], [other], REFERENCE) == ["KEN, 2012, population: 5 became 6"]
