"""Which source a row names: by code, by number below its category, by name; and what an unnamed total sums up."""

from __future__ import annotations

from typing import Any

import pytest

from invlint.reference import load_reference
from invlint.sources.toolkit_rows import Source, Sources
from invlint.sources.toolkit_totals import SheetTotals


@pytest.fixture
def sources() -> Sources:
    return Sources(load_reference())


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("1c.2", Source("class", "1c.2")),
        ("1C2", Source("class", "1c.2")),
        ("1.c.2 controlled batch", Source("class", "1c.2")),
        ("1c - 2", Source("class", "1c.2")),
        ("2c.steel.1", Source("class", "2c.steel.1")),
        ("9b.1a", Source("class", "9b.1a")),
        ("1c.9", Source("class", "1c.9")),
        ("1c", Source("category", "1c")),
        ("1c: Medical waste incineration", Source("category", "1c")),
        ("Category 1c", Source("category", "1c")),
        ("Catégorie 1c", Source("category", "1c")),
        ("10a", Source("category", "10a")),
        ("5a 4-stroke engines", Source("category", "5a")),
        ("Crematoria", Source("category", "8b")),
        ("Source group 3", Source("group", "3")),
        ("Grupo 3", Source("group", "3")),
        ("1. Waste incineration", Source("group", "1")),
        ("Total", Source("total", "any")),
        ("TOTAL:", Source("total", "any")),
        ("Sous-total", Source("total", "part")),
        ("Grand total", Source("total", "all")),
        ("Total nacional", Source("total", "all")),
        ("Total groups 1-9", Source("total", "all")),
        ("Total 1c", Source("category", "1c")),
        ("Total for source group 1", Source("group", "1")),
        ("Total medical waste incineration", Source("category", "1c")),
        ("4-stroke engines, leaded", None),
        ("2,4-D and derivatives", None),
        ("12 345", None),
        ("Plant at the harbour", None),
        ("", None),
    ],
)
def test_a_text_names_its_source(sources: Sources, text: str, source: Source | None) -> None:
    assert sources.of([("name", text)]) == source


def test_a_letter_below_a_group_is_a_category_and_a_number_below_that_a_class(sources: Sources) -> None:
    assert sources.of([("group", 1)]) == Source("group", "1")
    assert sources.of([("category", "c")]) == Source("category", "1c")
    assert sources.of([("class", 2.0)]) == Source("class", "1c.2")


def test_the_narrowest_of_a_row_counts(sources: Sources) -> None:
    row = [("group", 1), ("category", "1c Medical waste"), ("class", "Class 2"), ("name", "batch type")]
    assert sources.of(row) == Source("class", "1c.2")


def test_a_new_group_ends_the_category_above(sources: Sources) -> None:
    sources.of([("class", "1g.3")])
    row: list[tuple[str, Any]] = [("class", "2"), ("name", "Ferrous and non-ferrous metal production")]
    assert sources.of(row) == Source("group", "2")
    assert sources.category is None


@pytest.mark.parametrize(
    ("title", "group"),
    [
        ("Group 3", "3"),
        ("3 Heat and power", "3"),
        ("SG-10", "10"),
        ("Données du groupe 7", "7"),
        ("Notes", None),
        ("Group 44", None),
    ],
)
def test_a_title_names_its_group(sources: Sources, title: str, group: str | None) -> None:
    assert sources.group_in(title) == group


def _extents(group: str | None, *happens: str) -> list[dict[str, Any]]:
    """What the totals of a sheet sum up; a category is reported, `=` before a word is a total of that word."""
    totals = SheetTotals(group)
    found: list[dict[str, Any]] = []
    for one in happens:
        totals.add(one[1:], found.append) if one.startswith("=") else totals.add_class(one)
    totals.resolve()
    return found


@pytest.mark.parametrize(
    ("happens", "extents"),
    [
        (["1a", "1a", "=any"], [{"group": 1}]),
        (["1a", "=part"], [{"category": "1a"}]),
        (["1a", "=any", "1b", "=any"], [{"category": "1a"}, {"category": "1b"}]),
        (["1a", "=part", "1b", "=any"], [{"category": "1a"}, {"group": 1}]),
        (["1a", "1b", "=any"], [{"group": 1}]),
        (["1a", "1b", "=any", "2a", "2b", "=any", "=any"], [{"group": 1}, {"group": 2}, {}]),
        (["1a", "2a", "=any"], [{}]),
        (["1a", "=all"], [{}]),
        (["=any"], [{"group": 1}]),
    ],
)
def test_an_unnamed_total_sums_up_what_stands_above_it(happens: list[str], extents: list[dict[str, Any]]) -> None:
    assert _extents("1", *happens) == extents
