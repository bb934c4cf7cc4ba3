"""The 17 congeners of PCDD/PCDF with chlorine at 2, 3, 7 and 8, and their toxic equivalency factors (TEF).

- I-TEF 1988: NATO/CCMS, Pilot study on international information exchange on dioxins and related compounds, report 176.
- WHO 1998: van den Berg et al., Environmental Health Perspectives 106 (1998), 775-792.
- WHO 2005: van den Berg et al., Toxicological Sciences 93 (2006), 223-241.
- WHO 2022: DeVito et al., Regulatory Toxicology and Pharmacology 146 (2024), 105525.
"""

from invlint.plugins.congeners import Congener, CongenerSet

CHEMICAL = "PCDD/PCDF"
SCHEMES = ("I-TEQ", "WHO-1998", "WHO-2005", "WHO-2022")

TEF = {
    "2,3,7,8-TCDD": ("1746-01-6", 1, 1, 1, 1),
    "1,2,3,7,8-PeCDD": ("40321-76-4", 0.5, 1, 1, 0.4),
    "1,2,3,4,7,8-HxCDD": ("39227-28-6", 0.1, 0.1, 0.1, 0.09),
    "1,2,3,6,7,8-HxCDD": ("57653-85-7", 0.1, 0.1, 0.1, 0.07),
    "1,2,3,7,8,9-HxCDD": ("19408-74-3", 0.1, 0.1, 0.1, 0.05),
    "1,2,3,4,6,7,8-HpCDD": ("35822-46-9", 0.01, 0.01, 0.01, 0.05),
    "OCDD": ("3268-87-9", 0.001, 0.0001, 0.0003, 0.001),
    "2,3,7,8-TCDF": ("51207-31-9", 0.1, 0.1, 0.1, 0.07),
    "1,2,3,7,8-PeCDF": ("57117-41-6", 0.05, 0.05, 0.03, 0.01),
    "2,3,4,7,8-PeCDF": ("57117-31-4", 0.5, 0.5, 0.3, 0.1),
    "1,2,3,4,7,8-HxCDF": ("70648-26-9", 0.1, 0.1, 0.1, 0.3),
    "1,2,3,6,7,8-HxCDF": ("57117-44-9", 0.1, 0.1, 0.1, 0.09),
    "1,2,3,7,8,9-HxCDF": ("72918-21-9", 0.1, 0.1, 0.1, 0.2),
    "2,3,4,6,7,8-HxCDF": ("60851-34-5", 0.1, 0.1, 0.1, 0.1),
    "1,2,3,4,6,7,8-HpCDF": ("67562-39-4", 0.01, 0.01, 0.01, 0.02),
    "1,2,3,4,7,8,9-HpCDF": ("55673-89-7", 0.01, 0.01, 0.01, 0.1),
    "OCDF": ("39001-02-0", 0.001, 0.0001, 0.0003, 0.002),
}
"""Congener to its CAS number and its factor in each of `SCHEMES`."""

TOTALS = ("TCDD", "PeCDD", "HxCDD", "HpCDD", "TCDF", "PeCDF", "HxCDF", "HpCDF")
"""The homologues of which a total can be given, as `TCDD total`."""

_OTHER_BEGINNINGS = {"TC": ("T4C",), "PeC": ("PnC", "P5C"), "HxC": ("H6C",), "HpC": ("H7C",), "OC": ("O8C",)}
"""Other beginnings under which homologues go: PnCDD for PeCDD."""

_ALL_POSITIONS = "1,2,3,4,6,7,8,9"


def _homologues(homologue: str) -> tuple[str, ...]:
    """The homologues under each of their names."""
    begin, end = homologue[:-2], homologue[-2:]
    return homologue, *(other + end for other in _OTHER_BEGINNINGS[begin])


def _spellings(name: str, cas: str) -> tuple[str, ...]:
    """Other spellings of a congener: its CAS number, other names of the homologue, the positions behind it."""
    positions, _, homologue = name.rpartition("-")
    names = _homologues(homologue)
    if homologue.startswith("PeC"):
        names += (homologue.replace("Pe", "P"),)
    alone = () if positions else names
    ordered = (
        spelling
        for one in names
        for spelling in (f"{positions or _ALL_POSITIONS}-{one}", f"{one}-{positions or _ALL_POSITIONS}")
    )
    return cas, *alone, *ordered


def columns() -> tuple[str, ...]:
    """The columns of a flat table: each name, and each without its commas."""
    names = (*TEF, *(f"{homologue} total" for homologue in TOTALS))
    return tuple(dict.fromkeys((*names, *(name.replace(",", "") for name in names))))


DIOXINS = CongenerSet(
    CHEMICAL,
    "dioxin",
    tuple(
        Congener(
            name,
            dict(zip(SCHEMES, factors, strict=True)),
            f"{name.rpartition('-')[2]} total" if "," in name else None,
            _spellings(name, cas),
        )
        for name, (cas, *factors) in TEF.items()
    ),
    {
        f"{homologue} total": tuple(
            spelling
            for one in _homologues(homologue)
            for spelling in (f"total {one}", f"{one} total", f"sum {one}", f"{one}s")
        )
        for homologue in TOTALS
    },
)
