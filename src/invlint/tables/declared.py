"""Every column of every table, declared once: its kind, its unit, its prose and where its value stands.

The language, its documentation and the findings' places all read this one declaration.
"""

from invlint.tables.added import with_added_columns, with_added_tables
from invlint.tables.columns import Column, Table
from invlint.tables.kinds import (
    ACTIVITY,
    ANY,
    FACTOR,
    NUMBER,
    RELEASE,
    TEXT,
    YEAR,
    YES_NO,
    code,
    quantity,
)


def _table(name: str, prose: str, level: str, *columns: Column, unique: tuple[str, ...] = ()) -> Table:
    return Table(name, prose, level, {column.name: column for column in columns}, unique)


_PARTY = Column("party", code("party"), "the Party, ISO 3166 alpha-3", ("document/party",))
_YEAR = Column("year", YEAR, "the reference year", ("inventory/year",))
_EDITION = Column("edition", code("edition"), "the Toolkit edition declared", ("inventory/edition", "document/edition"))
_SCHEME = Column(
    "teq_scheme",
    code("teq_scheme"),
    "the TEQ scheme declared",
    ("inventory/teq_scheme", "document/teq_scheme"),
)
_IDENTITY = (_PARTY, _YEAR, _EDITION, _SCHEME)
_GROUP = Column("group", NUMBER, "the source group, 1 to 10", ("entry/group", "entry/class", "entry/category"))
_CATEGORY = Column("category", code("category"), "the category, such as 1c", ("entry/category", "entry/class"))
_CLASS = Column("class", code("class"), "the class, such as 1c.2", ("entry/class",))
_SITE = Column("site", TEXT, "the plant or region, where a class is reported by sites", ("entry/site",))
_SOURCE = (_GROUP, _CATEGORY, _CLASS, _SITE)
_ACTIVITY_AT = ("release/activity/value", "entry/activity/value")


def _activity(levels: tuple[str, ...]) -> tuple[Column, ...]:
    def at(member: str) -> tuple[str, ...]:
        return tuple(f"{level}/activity/{member}" for level in levels)

    return (
        Column("activity", quantity(ACTIVITY), "the activity of the reference year", at("value")),
        Column("activity_kind", TEXT, "mass, energy, volume or what is counted", at("unit")),
        Column("activity_source", TEXT, "where the activity comes from", at("source")),
        Column("activity_confidence", code("confidence"), "how sure the activity is", at("confidence")),
    )


_BLOCK = Column("block", TEXT, "the classes of one technology: the class id up to its last dot")
_FACTOR_KIND = Column("factor_kind", TEXT, "what the factor is, such as `TEQ per mass`")
_ANNEX_C = (
    Column("annex_c_line", TEXT, "the line of Annex C that the class comes under, as `II.a`"),
    Column("annex_c_unsure", YES_NO, "whether the crosswalk leaves the line of Annex C open"),
)
_REFERENCE_KEY = (
    Column("group", NUMBER, "the source group"),
    Column("category", code("category"), "the category"),
    Column("class", code("class"), "the class"),
)
_SUBSTANCE = (
    Column("chemical", code("chemical"), "the chemical"),
    Column("vector", code("vector"), "air, water, land, product or residue"),
    Column("residue_kind", TEXT, "the kind of residue, missing for an undivided one"),
)
_DEFAULT = (
    Column("factor", quantity(FACTOR), "the default factor of the edition"),
    Column("code", TEXT, "NA where the vector is not expected, ND where there is no factor"),
    Column("evidence", code("evidence"), "how the value is known: seen, compiled or doubtful"),
    Column("activity_kind", TEXT, "what the factor rests on: mass, energy, volume or what is counted"),
    Column("note", TEXT, "what the reference notes about the value"),
)

_ABOUT_A_CELL = tuple(Column(column.name, column.kind, column.prose) for column in (*_IDENTITY, *_SOURCE, *_SUBSTANCE))
_ABOUT_A_FINDING = (
    Column("rule", TEXT, "the rule that found it"),
    *(Column(column.name, column.kind, column.prose) for column in (_PARTY, _YEAR, *_SOURCE, *_SUBSTANCE)),
    Column("annex_c", TEXT, "the Annex C line of a total"),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        _table(
            "inventories",
            "a Party's reference year",
            "inventory",
            *_IDENTITY,
            Column("population", NUMBER, "the population in the reference year", ("inventory/population",)),
            Column("submitted", TEXT, "the day of submission", ("document/submitted",)),
            Column("baseline", YES_NO, "whether this is the baseline year", ("inventory/baseline",)),
            Column("scoped", YES_NO, "whether the inventory covers declared sources alone", ("inventory/scope",)),
            Column("groups_reported", NUMBER, "how many of the source groups 1 to 9 have a value or a key"),
            unique=("party", "year"),
        ),
        _table(
            "entries",
            "a class, or a whole category or group, as reported",
            "entry",
            *_IDENTITY,
            *_SOURCE,
            Column("share", NUMBER, "the share of the category's activity", ("entry/share",)),
            *_activity(("entry",)),
            Column("key", code("key"), "the notation key", ("entry/key",)),
            Column("reason", TEXT, "why the key stands there", ("entry/reason",)),
            Column("included_in", TEXT, "where an amount under IE is included", ("entry/included_in",)),
            Column("included_class", code("class"), "the class that `included_in` names", ("entry/included_in",)),
            Column("included_category", code("category"), "the category that it names", ("entry/included_in",)),
            Column("reports", NUMBER, "how many release rows the entry has", ("entry/releases",)),
            Column("filled", YES_NO, "whether the entry has an activity, a release or a key"),
            Column("whole", YES_NO, "whether it stands for a whole category or group: it names no class"),
            _BLOCK,
            *_ANNEX_C,
        ),
        _table(
            "releases",
            "what one class at one site releases of one chemical to one vector",
            "release",
            *_IDENTITY,
            *_SOURCE,
            Column("chemical", code("chemical"), "the chemical", ("release/chemical",)),
            Column("vector", code("vector"), "air, water, land, product or residue", ("release/vector",)),
            Column("residue_kind", TEXT, "the kind of residue", ("release/residue_kind",)),
            *_activity(("release", "entry")),
            Column("factor", quantity(FACTOR), "the emission factor", ("release/factor/value",)),
            Column("origin", code("origin"), "where the factor comes from", ("release/factor/origin",)),
            Column("factor_source", TEXT, "the citation of the factor", ("release/factor/source",)),
            Column(
                "factor_confidence",
                code("confidence"),
                "how sure the factor is",
                ("release/factor/confidence",),
            ),
            Column("release", quantity(RELEASE), "the release of the reference year", ("release/release/value",)),
            Column("key", code("key"), "the notation key", ("release/key", "entry/key")),
            Column("reason", TEXT, "why the key stands there", ("release/reason", "entry/reason")),
            Column("filled", YES_NO, "whether the row has a release or a key"),
            Column("destination", TEXT, "the vector in words, with the kind of residue"),
            Column("indicator", YES_NO, "whether the chemical is the one that stands for the others"),
            Column("repeated", YES_NO, "whether activity or release is to the digit that of the reference year before"),
            Column("share_of_total", NUMBER, "the release as a share of the inventory's releases of the chemical"),
            _FACTOR_KIND,
            _BLOCK,
            *_ANNEX_C,
        ),
        _table(
            "totals",
            "a reported subtotal or total",
            "total",
            *_IDENTITY,
            Column("group", NUMBER, "the source group it is about", ("total/group",)),
            Column("category", code("category"), "the category it is about", ("total/category",)),
            Column("annex_c", TEXT, "the Annex C line it is about", ("total/annex_c",)),
            Column("nfr", TEXT, "the NFR code it is about", ("total/nfr",)),
            Column("chemical", code("chemical"), "the chemical", ("total/chemical",)),
            Column("vector", code("vector"), "the vector, missing for all of them", ("total/vector",)),
            Column("value", quantity(RELEASE), "the total as reported", ("total/value",)),
            Column("key", code("key"), "the notation key", ("total/key",)),
            Column("about", TEXT, "what it is a total of, in words: `group 1 to air`"),
            Column("indicator", YES_NO, "whether the chemical is the one that stands for the others"),
            Column("annex_c_line", TEXT, "that line as `II.a`, however it is spelled"),
            Column("annex_c_title", TEXT, "what that line is about"),
        ),
        _table(
            "technology_changes",
            "a declared change of technology",
            "entry",
            _PARTY,
            Column("year", YEAR, "the year of the change", ("entry/technology_change/year",)),
            *_SOURCE,
            Column("reason", TEXT, "what changed", ("entry/technology_change/reason",)),
        ),
        _table(
            "recalculations",
            "a declared recalculation of an earlier year",
            "recalculation",
            _PARTY,
            Column("year", YEAR, "the year that was recalculated", ("recalculation/year",)),
            Column(
                "group",
                NUMBER,
                "the source group, missing for all of them",
                ("recalculation/group", "recalculation/class", "recalculation/category"),
            ),
            Column(
                "category",
                code("category"),
                "the category, missing for all of them",
                ("recalculation/category", "recalculation/class"),
            ),
            Column("class", code("class"), "the class, missing for all of them", ("recalculation/class",)),
            Column("chemical", code("chemical"), "the chemical, missing for all of them", ("recalculation/chemical",)),
            Column("vector", code("vector"), "the vector, missing for all of them", ("recalculation/vector",)),
            Column("reason", TEXT, "why", ("recalculation/reason",)),
            Column("effect", quantity(RELEASE), "new value less old value", ("recalculation/effect/value",)),
        ),
        _table(
            "expected_groups",
            "a source group that the edition asks of an inventory, inside its scope",
            "inventory",
            *_IDENTITY,
            Column("group", NUMBER, "the source group"),
            Column("group_name", TEXT, "its name"),
            unique=("party", "year", "group"),
        ),
        _table(
            "expected_categories",
            "a category that the edition asks of an inventory, inside its scope",
            "inventory",
            *_IDENTITY,
            Column("group", NUMBER, "the source group"),
            Column("category", code("category"), "the category"),
            Column("category_name", TEXT, "its name"),
            Column("annex_c_part", TEXT, "the part of Annex C that names it, II or III"),
            unique=("party", "year", "category"),
        ),
        _table(
            "expected_classes",
            "a class that the edition asks of an inventory, inside its scope",
            "inventory",
            *_IDENTITY,
            *_REFERENCE_KEY,
            Column("category_name", TEXT, "the category's name"),
            Column("class_name", TEXT, "the class's name"),
            unique=("party", "year", "class"),
        ),
        _table(
            "expected_releases",
            "a chemical, vector and residue kind that the edition has a line for, of a class and site that is reported",
            "entry",
            *_IDENTITY,
            *_REFERENCE_KEY,
            Column("site", TEXT, "the site, where the class is reported by sites"),
            Column("destination", TEXT, "the vector in words, with the kind of residue"),
            *_SUBSTANCE,
            *_DEFAULT,
            unique=("party", "year", "class", "site", "chemical", "vector", "residue_kind"),
        ),
        _table(
            "expected_chemicals",
            "a chemical for which the edition has a factor above zero, of a class and site that is reported",
            "entry",
            *_IDENTITY,
            *_REFERENCE_KEY,
            Column("site", TEXT, "the site, where the class is reported by sites"),
            Column("chemical", code("chemical"), "the chemical"),
            Column("evidence", code("evidence"), "the firmest evidence of its factors"),
            unique=("party", "year", "class", "site", "chemical"),
        ),
        _table(
            "released_before",
            "a source that was last reported with a release, beside a later inventory, or the same one submitted anew",
            "inventory",
            *_IDENTITY,
            *(Column(column.name, column.kind, column.prose) for column in _SOURCE),
            Column("chemical", code("chemical"), "the chemical"),
            Column("vector", code("vector"), "air, water, land, product or residue"),
            Column("last_year", YEAR, "the newest reference year before in which it is reported"),
            Column("reported_in", TEXT, "where that is: this submission or the previous submission"),
            Column("release", quantity(RELEASE), "its release then, all kinds of residue together"),
            unique=("party", "year", "class", "site", "chemical", "vector"),
        ),
        _table(
            "own_factors",
            "a release whose factor is national, of a plant or measured, beside the default of its class",
            "release",
            *_IDENTITY,
            *_SOURCE,
            _BLOCK,
            *_SUBSTANCE,
            Column("factor", quantity(FACTOR), "the emission factor", ("release/factor/value",)),
            Column("origin", code("origin"), "where the factor comes from", ("release/factor/origin",)),
            Column("default", quantity(FACTOR), "the default factor of the edition"),
            Column("evidence", code("evidence"), "how the default is known: seen, compiled or doubtful"),
        ),
        _table(
            "peers",
            "a Party's own factor in its newest reference year, in this run or in a file of peers",
            "reference",
            Column("party", code("party"), "the Party"),
            Column("class", code("class"), "the class"),
            *_SUBSTANCE,
            Column("factor", quantity(FACTOR), "the median of its factors that are not the default"),
            _FACTOR_KIND,
            unique=("party", "class", "chemical", "vector", "residue_kind"),
        ),
        _table(
            "counted_elsewhere",
            "an entry with an activity, beside a category in which the same activity could be counted once more",
            "entry",
            *_IDENTITY,
            *_SOURCE,
            Column("activity", quantity(ACTIVITY), "the activity of the entry", ("entry/activity/value",)),
            Column("other_category", code("category"), "the other category of the known pair"),
            Column("other_category_name", TEXT, "its name"),
        ),
        _table(
            "defaults",
            "the default factors of each edition that an inventory declares",
            "reference",
            Column("edition", code("edition"), "the edition"),
            *_REFERENCE_KEY,
            *_SUBSTANCE,
            *_DEFAULT,
            unique=("edition", "class", "chemical", "vector", "residue_kind"),
        ),
        _table(
            "superseded",
            "default factors of an edition that a later one replaced",
            "reference",
            Column("replaced_by", code("edition"), "the edition that replaced the value"),
            Column("edition", code("edition"), "the edition in which the value was the default"),
            Column("class", code("class"), "the class"),
            *_SUBSTANCE,
            Column("factor", quantity(FACTOR), "the value that was replaced"),
            Column("evidence", code("evidence"), "how the value is known: seen, compiled or doubtful"),
            unique=("replaced_by", "class", "chemical", "vector", "residue_kind"),
        ),
        _table(
            "classes",
            "the classes of each edition that an inventory declares",
            "reference",
            Column("edition", code("edition"), "the edition"),
            *_REFERENCE_KEY,
            Column("name", TEXT, "the class's name"),
            Column("activity", quantity(ACTIVITY), "one unit of the class's own activity in a year"),
            Column("activity_kind", TEXT, "mass, energy, volume or what is counted"),
            Column("activity_unit", TEXT, "the unit of the class's own activity"),
            Column("activity_basis", TEXT, "what the activity counts"),
            Column("phased_out", TEXT, "the technology, where the experts of the Convention name it as phased out"),
            unique=("edition", "class"),
        ),
        _table(
            "chemicals",
            "the chemicals of Annex C",
            "reference",
            Column("chemical", code("chemical"), "the chemical"),
            Column("name", TEXT, "its full name"),
            Column("quantity", TEXT, "TEQ or mass: how its releases are stated"),
            Column("is_default", YES_NO, "whether a release without a chemical is about it"),
            Column("indicator", YES_NO, "whether it is the one that stands for the others"),
            Column("in_force", YEAR, "the year in which its listing in Annex C came into force"),
            unique=("chemical",),
        ),
        _table(
            "quantities",
            "each number with a unit, as reported",
            "raw",
            *_ABOUT_A_CELL,
            Column("annex_c", TEXT, "the Annex C line of a total"),
            Column("nfr", TEXT, "the NFR code of a total"),
            Column("what", TEXT, "activity, factor, release, total or effect"),
            Column("amount", quantity(ANY), "the number with its unit"),
            Column("number", NUMBER, "the number alone"),
            Column("unit", TEXT, "the unit as written"),
            Column("nearest_unit", TEXT, "the known unit most like it, where it is not known"),
            Column("activity_kind", TEXT, "of an activity: mass, energy, volume or what is counted"),
            Column("measure", TEXT, "of a factor, release or total: TEQ or mass, where the unit says so"),
            Column("stated_as", TEXT, "TEQ or mass: how releases of the chemical are stated"),
        ),
        _table(
            "files",
            "a file that was given",
            "file",
            Column("path", TEXT, "the file"),
            Column("problem", TEXT, "why it could not be read"),
        ),
        _table(
            "shape",
            "a document that keeps the inventory schema, or a place where one breaks it",
            "raw",
            Column("path", TEXT, "the file"),
            Column("member", TEXT, "the member at fault"),
            Column("problem", TEXT, "what is wrong with it"),
        ),
        _table(
            "codes",
            "a coded cell that is in no code list; those that are stand together, one row a document and column",
            "raw",
            *_ABOUT_A_CELL,
            Column("column", TEXT, "what the cell should hold: class, chemical, vector ..."),
            Column("text", TEXT, "the cell as written"),
            Column("nearest", TEXT, "the code most like it"),
            Column("problem", TEXT, "what is wrong with it"),
        ),
        _table(
            "numbers",
            "a cell that should be a number and is not plainly one; the plain ones stand together, one row a document",
            "raw",
            *_ABOUT_A_CELL,
            Column("column", TEXT, "what the number is"),
            Column("text", TEXT, "the cell as written"),
            Column("problem", TEXT, "why it is not plainly a number"),
        ),
        _table(
            "waivers",
            "a waiver of those beside the inventories: what it is about, and what became of it",
            "file",
            *_ABOUT_A_FINDING,
            Column("problem", TEXT, "why it cannot be honoured as it is written"),
            Column("stale", TEXT, "why it holds no longer: it expired, or the value is another one"),
            Column("covers", NUMBER, "how many findings it is about; missing where nobody looked for them"),
        ),
        _table(
            "baseline",
            "a finding that the baseline has",
            "file",
            *_ABOUT_A_FINDING,
            Column("id", TEXT, "the id of the finding"),
            Column("found", YES_NO, "whether it was found again; missing where nobody looked for it"),
        ),
        _table(
            "cells",
            "a cell of a Toolkit workbook that is not what it seems; the others stand together, one row a workbook",
            "raw",
            Column("path", TEXT, "the file"),
            *_ABOUT_A_CELL,
            Column("kind", TEXT, "number (text for a number), overwritten (a formula), stale (a result) or unread"),
            Column("column", TEXT, "what the cell should hold"),
            Column("text", TEXT, "the cell as shown"),
            Column("problem", TEXT, "what is odd about it"),
        ),
    )
}

UPKEEP = ("waivers", "baseline")
"""The tables of what sets findings aside; they are judged when all findings are known."""

EARLIER = "last_submission."
"""Before the name of a table: the same table of the Party's earlier submission."""

_SUBMITTED = {
    "inventories": ("party", "year"),
    "entries": ("party", "year", "group", "category", "class", "site"),
    "releases": ("party", "year", "class", "site", "chemical", "vector", "residue_kind"),
    "totals": ("party", "year", "group", "category", "annex_c", "nfr", "chemical", "vector"),
    "technology_changes": (),
    "recalculations": (),
    "quantities": ("party", "year", "group", "category", "class", "site", "chemical", "vector", "residue_kind",
                   "annex_c", "nfr", "what"),
}  # fmt: skip


def _earlier(table: Table, unique: tuple[str, ...]) -> Table:
    return Table(
        EARLIER + table.name, f"in the Party's earlier submission: {table.prose}", table.level, table.columns, unique
    )


TABLES |= {EARLIER + name: _earlier(TABLES[name], unique) for name, unique in _SUBMITTED.items()}
TABLES = with_added_tables(with_added_columns(TABLES))
