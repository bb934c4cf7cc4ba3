"""The columns of the flat table (contract), what each holds, and the member of the document it becomes."""

from __future__ import annotations

from invlint.plugins import offered

TEXT, NUMBER, WHOLE, YES_NO, LIST = "text", "number", "whole number", "yes or no", "list"


def plain_name(head: object) -> str:
    """A head as people type it to the name of a column: `Activity unit` to `activity_unit`."""
    return "_".join(str(head).strip().lower().replace("-", " ").replace("_", " ").split())


DOCUMENT = {
    "party": ("/party", TEXT),
    "edition": ("/edition", TEXT),
    "teq_scheme": ("/teq_scheme", TEXT),
    "submitted": ("/submitted", TEXT),
    "scope": ("/scope", LIST),
    "scope_vectors": ("/scope_vectors", LIST),
}
INVENTORY = {
    "year": ("/year", WHOLE),
    "population": ("/population", NUMBER),
    "baseline": ("/baseline", YES_NO),
}
ENTRY = {
    "group": ("/group", WHOLE),
    "category": ("/category", TEXT),
    "class": ("/class", TEXT),
    "site": ("/site", TEXT),
    "share": ("/share", NUMBER),
    "activity": ("/activity/value", NUMBER),
    "activity_unit": ("/activity/unit", TEXT),
    "activity_source": ("/activity/source", TEXT),
    "activity_year": ("/activity/year", WHOLE),
    "activity_confidence": ("/activity/confidence", TEXT),
    "included_in": ("/included_in", TEXT),
    "technology_change_year": ("/technology_change/year", WHOLE),
    "technology_change_reason": ("/technology_change/reason", TEXT),
}
RELEASE = {
    "chemical": ("/chemical", TEXT),
    "vector": ("/vector", TEXT),
    "residue_kind": ("/residue_kind", TEXT),
    "factor": ("/factor/value", NUMBER),
    "factor_unit": ("/factor/unit", TEXT),
    "origin": ("/factor/origin", TEXT),
    "factor_source": ("/factor/source", TEXT),
    "factor_confidence": ("/factor/confidence", TEXT),
    "release": ("/release/value", NUMBER),
    "release_unit": ("/release/unit", TEXT),
}
for _, _member in offered("members", (), "the member"):
    (ENTRY if _member.level == "entry" else RELEASE).update(
        {plain_name(column): place for column, place in _member.columns.items()}
    )
EITHER = {
    "key": ("/key", TEXT),
    "reason": ("/reason", TEXT),
    "notes": ("/notes", TEXT),
}
"""Columns that belong to the release where the row is one, else to the entry."""

TOTAL = {
    "group": ("/group", WHOLE),
    "category": ("/category", TEXT),
    "annex_c": ("/annex_c", TEXT),
    "nfr": ("/nfr", TEXT),
    "chemical": ("/chemical", TEXT),
    "vector": ("/vector", TEXT),
    "release": ("/value", NUMBER),
    "release_unit": ("/unit", TEXT),
    "key": ("/key", TEXT),
}
RECALCULATION = {
    "year": ("/year", WHOLE),
    "group": ("/group", WHOLE),
    "category": ("/category", TEXT),
    "class": ("/class", TEXT),
    "chemical": ("/chemical", TEXT),
    "vector": ("/vector", TEXT),
    "reason": ("/reason", TEXT),
    "effect": ("/effect/value", NUMBER),
    "effect_unit": ("/effect/unit", TEXT),
    "notes": ("/notes", TEXT),
}
BOTH = {
    "source": ("activity_source", "factor_source"),
    "confidence": ("activity_confidence", "factor_confidence"),
}
"""Columns that fill two others where these are blank."""

INVENTORY_COLUMNS = frozenset({*DOCUMENT, *INVENTORY, *ENTRY, *RELEASE, *EITHER, *TOTAL, *BOTH})
RECALCULATION_COLUMNS = frozenset({"party", *RECALCULATION})

KINDS = {
    column: kind
    for table in (DOCUMENT, INVENTORY, ENTRY, RELEASE, EITHER, TOTAL, RECALCULATION)
    for column, (_, kind) in table.items()
} | dict.fromkeys(BOTH, TEXT)


def members_of(*kinds: str) -> frozenset[str]:
    """The names of the document's members that hold values of these kinds."""
    tables = (DOCUMENT, INVENTORY, ENTRY, RELEASE, EITHER, TOTAL, RECALCULATION)
    return frozenset(
        pointer.rpartition("/")[2] for table in tables for pointer, kind in table.values() if kind in kinds
    )


OTHER_WORDS = {
    "country": "party",
    "iso3": "party",
    "reference_year": "year",
    "toolkit_edition": "edition",
    "source_group": "group",
    "source_category": "category",
    "source_class": "class",
    "plant": "site",
    "region": "site",
    "substance": "chemical",
    "pollutant": "chemical",
    "medium": "vector",
    "compartment": "vector",
    "activity_rate": "activity",
    "activity_data": "activity",
    "annual_activity": "activity",
    "unit": "activity_unit” or “factor_unit” or “release_unit",
    "ef": "factor",
    "emission_factor": "factor",
    "ef_unit": "factor_unit",
    "emission": "release",
    "emissions": "release",
    "releases": "release",
    "annual_release": "release",
    "notation_key": "key",
    "explanation": "reason",
    "remark": "notes",
    "remarks": "notes",
    "comment": "notes",
    "comments": "notes",
}
"""What people call a column, and the name under which it is read."""
