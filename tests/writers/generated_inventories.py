"""Documents made up by Hypothesis: of the right shape, with all members that a format has a place for."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from invlint.reference import shipped_reference
from invlint.reference.code_lists import CONFIDENCES, KEYS, ORIGINS, VECTORS

CLASSES = ("1a.1", "1a.3", "1c.2", "3d.2", "6b.3", "9b.2b", "2c.steel.2", "10c.1")
CATEGORIES = ("1b", "1d", "8a", "10c")
CHEMICALS = ("PCDD/PCDF", "HCB", "dl-PCB", "PeCBz")
UNITS = ("t/a", "kt/a", "TJ/a", "m3/a", "cremation/a")
FACTOR_UNITS = ("ug TEQ/t", "ug TEQ/TJ", "pg TEQ/L", "ug/t")
RELEASE_UNITS = ("g TEQ/a", "mg TEQ/a", "kg/a")

_signs = st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), include_characters="\n,;=\"'")
texts = st.text(_signs, min_size=1, max_size=12).map(lambda text: " ".join(f"x{text}x".split()))
"""Texts that begin and end in a letter, as blanks at the ends are not kept, and that are no code of any list."""

numbers = st.one_of(
    st.integers(0, 10**9),
    st.floats(1e-9, 1e12, allow_nan=False).map(lambda number: float(f"{number:.12g}")),
)
years = st.integers(1990, 2030)


def members(required: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required, optional=optional)


activities = members(
    {"value": numbers, "unit": st.sampled_from(UNITS)},
    {"source": texts, "confidence": st.sampled_from(CONFIDENCES), "year": years},
)
factors = members(
    {"value": numbers, "unit": st.sampled_from(FACTOR_UNITS)},
    {"origin": st.sampled_from(ORIGINS), "source": texts, "confidence": st.sampled_from(CONFIDENCES)},
)
amounts = members({"value": numbers, "unit": st.sampled_from(RELEASE_UNITS)}, {})


@st.composite
def releases(draw: st.DrawFn) -> list[dict[str, Any]]:
    """The releases of an entry that has an activity: each to a place of its own, with a figure or a key."""
    vectors = [
        *((vector, None) for vector in VECTORS),
        ("residue", "fly ash"),
        ("residue", "bottom ash"),
        ("residue", "slag"),
    ]
    places = draw(st.lists(st.tuples(st.sampled_from(CHEMICALS), st.sampled_from(vectors)), unique=True, max_size=5))
    found = []
    for chemical, (vector, kind) in places:
        release: dict[str, Any] = {"chemical": chemical, "vector": vector} | ({"residue_kind": kind} if kind else {})
        if draw(st.booleans()):
            release |= {"factor": draw(factors), "release": draw(amounts)}
            if draw(st.integers(0, 4)) == 0:
                release["activity"] = draw(activities)
        else:
            release |= {"key": draw(st.sampled_from(KEYS)), "reason": draw(texts)}
        if draw(st.integers(0, 4)) == 0:
            release["notes"] = draw(texts)
        found.append(release)
    return found


@st.composite
def entries(draw: st.DrawFn) -> list[dict[str, Any]]:
    """The entries of a year: classes at sites with figures, classes and categories under a key."""
    about = st.tuples(st.sampled_from(CLASSES), st.one_of(st.none(), texts))
    found: list[dict[str, Any]] = []
    for class_id, site in draw(st.lists(about, unique=True, max_size=4)):
        entry: dict[str, Any] = {"class": class_id} | ({"site": site} if site else {})
        if draw(st.booleans()):
            entry |= {"activity": draw(activities), "releases": draw(releases())}
            if draw(st.booleans()):
                entry["share"] = draw(st.sampled_from((0.25, 0.5, 1)))
            if draw(st.integers(0, 3)) == 0:
                entry["technology_change"] = {"year": draw(years), "reason": draw(texts)}
        else:
            entry |= {"key": draw(st.sampled_from(KEYS)), "reason": draw(texts)}
            if draw(st.booleans()):
                entry["included_in"] = draw(st.sampled_from(CLASSES))
        if draw(st.integers(0, 3)) == 0:
            entry["notes"] = draw(texts)
        found.append(entry)
    whole = draw(st.lists(st.sampled_from(CATEGORIES), unique=True, max_size=2))
    keys = st.sampled_from(KEYS)
    return found + [{"category": category, "key": draw(keys), "reason": draw(texts)} for category in whole]


@st.composite
def totals(draw: st.DrawFn) -> list[dict[str, Any]]:
    abouts = [{"group": 1}, {"category": "1a"}, {"annex_c": "II.a"}, {"nfr": "5C1a"}, {}]
    vectors = st.sampled_from((*VECTORS, None))
    places = draw(
        st.lists(
            st.tuples(st.integers(0, len(abouts) - 1), st.sampled_from(CHEMICALS), vectors), unique=True, max_size=5
        )
    )
    return [
        abouts[about]
        | {"chemical": chemical}
        | ({"vector": vector} if vector else {})
        | {"value": draw(numbers), "unit": draw(st.sampled_from(RELEASE_UNITS))}
        for about, chemical, vector in places
    ]


@st.composite
def documents(draw: st.DrawFn, *, with_notes: bool) -> dict[str, Any]:
    """A submission of one Party; `with_notes` gives it and its years remarks, which no flat table holds."""
    inventories = []
    for year in draw(st.lists(years, unique=True, min_size=1, max_size=3)):
        inventory = draw(
            members(
                {"year": st.just(year)},
                {
                    "population": st.integers(1, 10**9),
                    "baseline": st.booleans(),
                    "entries": entries(),
                    "totals": totals(),
                }
                | ({"notes": texts} if with_notes else {}),
            )
        )
        inventories.append(inventory)
    recalculations = members(
        {"year": years, "class": st.sampled_from(CLASSES), "reason": texts},
        {"effect": amounts, "notes": texts, "chemical": st.sampled_from(CHEMICALS), "vector": st.sampled_from(VECTORS)},
    )
    return draw(
        members(
            {
                "format": st.just("invlint/inventory-1"),
                "party": st.sampled_from(("KEN", "BVT", "FRA")),
                "edition": st.just("2013"),
                "inventories": st.just(inventories),
            },
            {
                "teq_scheme": st.sampled_from(("WHO-2005", "I-TEQ")),
                "submitted": st.dates().map(str),
                "scope": st.just(["1a", "6b.3"]),
                "scope_vectors": st.just(["air"]),
            }
            | ({"notes": texts, "recalculations": st.lists(recalculations, max_size=2)} if with_notes else {}),
        )
    )


REFERENCE = shipped_reference()
