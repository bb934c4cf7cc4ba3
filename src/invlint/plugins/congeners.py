"""What a plugin declares of a chemical that is a sum of congeners, each weighed by a toxic equivalency factor (TEF).

A release, or an entry with one release of the chemical, gives its congeners as a member of the document::

    "congeners": {"unit": "g/a", "NAME": 0.0012, "OTHER NAME": "ND", "HOMOLOGUES total": 0.31}

and a flat table as columns of these names beside `congener_unit`. The unit is a mass of the reference year (`g/a`), or
a mass for each unit of the release's activity (`ng/t`). In the place of a number `ND` says that the congener was not
detected, `<0.3` below which mass. `invlint.tables.congeners` makes the rows of the tables that are declared here.
"""

# Annotations are not deferred here: each of a NamedTuple would be compiled from its text at every start.

from typing import Any, NamedTuple

from invlint.plugins.offers import Code, Column, Member, Table

MEMBER, UNIT = "congeners", "unit"

SCHEMES = {"I-TEQ": "i", "WHO-1998": "who_1998", "WHO-2005": "who_2005", "WHO-2022": "who_2022"}
"""The TEQ schemes, and what the columns of each begin with: `who_1998_tef`, `who_1998_teq`."""


class Congener(NamedTuple):
    """A congener: its TEFs by scheme, the total of homologues that contains it, and other spellings of its name."""

    name: str
    factors: dict[str, float]
    homologues: str | None = None
    others: tuple[str, ...] = ()


class CongenerSet(NamedTuple):
    """The congeners of one chemical, and the totals of homologues with their other spellings.

    The names of its tables begin with `tables`, and end in `_congeners`, `_profiles` and so on.
    """

    chemical: str
    tables: str
    congeners: tuple[Congener, ...]
    homologues: dict[str, tuple[str, ...]] = {}  # noqa: RUF012 # never changed


def congener_member(level: str, *known: str) -> Member:
    """The member that gives congeners at a level (entry or release), with a column for each name that is known."""
    schema: dict[str, Any] = {
        "description": "congeners by name, in one `unit`: a mass of the year, or for each unit of the activity",
        "type": "object",
        "properties": {UNIT: {"type": "string"}},
        "additionalProperties": {"type": ["number", "string"]},
    }
    columns = {name: (f"/{MEMBER}/{name}", "number") for name in known}
    return Member(level, MEMBER, schema, {"congener_unit": (f"/{MEMBER}/{UNIT}", "text"), **columns})


def congener_tables(known: CongenerSet, **code: Code) -> list[Table]:
    """Tables of a chemical's congeners, each with the code that makes its rows.

    There can be `congeners`, on which the others stand, `homologues`, `profiles` and `teqs`.
    """
    return [
        Table(
            f"{known.tables}_{part}",
            _PARTS[part][0].format(known.chemical),
            _PARTS[part][1],
            make,
            _UNIQUE.get(part, ()),
            about="releases",
            member=MEMBER,
        )
        for part, make in code.items()
    ]


_AT_CONGENERS = (f"release/{MEMBER}", f"entry/{MEMBER}")
_TEQ_OF_SCHEMES = tuple(
    Column(f"{prefix}_teq", "release", f"the TEQ by {scheme}", _AT_CONGENERS) for scheme, prefix in SCHEMES.items()
)
_CONGENERS = (
    Column("spelled", "text", "the name as written", _AT_CONGENERS),
    Column("congener", "text", "the congener that it names, missing for a total of homologues", _AT_CONGENERS),
    Column("homologues", "text", "the total of homologues that it names, or that contains it", _AT_CONGENERS),
    Column("amount", "release", "the mass in the reference year, missing where it was not detected", _AT_CONGENERS),
    Column("limit", "release", "the mass below which it was not detected, where that is said", _AT_CONGENERS),
    Column("detected", "yes or no", "whether it was detected", _AT_CONGENERS),
    *(Column(f"{prefix}_tef", "number", f"the TEF of {scheme}") for scheme, prefix in SCHEMES.items()),
    *_TEQ_OF_SCHEMES,
    Column("twin", "text", "another spelling of the same name in the same release", _AT_CONGENERS),
    Column("problem", "text", "why it cannot be read", _AT_CONGENERS),
)
_HOMOLOGUES = (
    Column("homologues", "text", "the total of homologues", _AT_CONGENERS),
    Column("amount", "release", "its mass as reported", _AT_CONGENERS),
    Column("parts", "release", "the mass of its congeners that were detected", _AT_CONGENERS),
    Column("parts_list", "text", "these congeners, with commas", _AT_CONGENERS),
)
_PROFILES = (
    Column("congeners", "number", "how many of its congeners are given", _AT_CONGENERS),
    Column("lacks", "text", "those that are not given, with commas", _AT_CONGENERS),
    Column("not_detected", "number", "how many were not detected", _AT_CONGENERS),
    Column("exact", "yes or no", "whether every congener is given and was detected", _AT_CONGENERS),
    Column("mass", "release", "the mass of the congeners that were detected", _AT_CONGENERS),
    *_TEQ_OF_SCHEMES,
    Column("teq", "release", "the TEQ by the declared scheme of those that were detected", _AT_CONGENERS),
    Column("most", "release", "the same with the others at their limits, where each has one", _AT_CONGENERS),
    Column("release", "release", "the release as reported", ("release/release/value",)),
    Column("off", "number", "how far the release lies from `teq`, as a share of it"),
    Column("fits", "teq_scheme", "the scheme whose TEQ lies nearest to the release, of exact congeners"),
    Column("fits_off", "number", "how far the release lies from the TEQ of that scheme, as a share of it"),
)
_TEQS = (
    Column("scheme", "teq_scheme", "the scheme"),
    Column("teq", "release", "the TEQ of the congeners that were detected"),
)
_PARTS = {
    "congeners": ("a congener that a release of {} gives, or a name that is none", _CONGENERS),
    "homologues": ("a total of homologues that a release of {} gives", _HOMOLOGUES),
    "profiles": ("a release of {} with its congeners", _PROFILES),
    "teqs": ("a release of {}, and the TEQ that its congeners make by one scheme", _TEQS),
}
_RELEASE = ("party", "year", "class", "site", "chemical", "vector", "residue_kind")
_UNIQUE = {"profiles": _RELEASE, "teqs": (*_RELEASE, "scheme")}
