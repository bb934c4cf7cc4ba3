"""The 12 dioxin-like congeners of PCB and their toxic equivalency factors (TEF). The I-TEF of 1988 have none for PCB.

- WHO 1998: van den Berg et al., Environmental Health Perspectives 106 (1998), 775-792.
- WHO 2005: van den Berg et al., Toxicological Sciences 93 (2006), 223-241.
- WHO 2022: DeVito et al., Regulatory Toxicology and Pharmacology 146 (2024), 105525.
"""

from invlint.plugins.congeners import Congener, CongenerSet

CHEMICAL = "dl-PCB"
SCHEMES = ("WHO-1998", "WHO-2005", "WHO-2022")

TEF = {
    "PCB 77": ("32598-13-3", 0.0001, 0.0001, 0.0003),
    "PCB 81": ("70362-50-4", 0.0001, 0.0003, 0.006),
    "PCB 126": ("57465-28-8", 0.1, 0.1, 0.05),
    "PCB 169": ("32774-16-6", 0.01, 0.03, 0.005),
    "PCB 105": ("32598-14-4", 0.0001, 0.00003, 0.00003),
    "PCB 114": ("74472-37-0", 0.0005, 0.00003, 0.00003),
    "PCB 118": ("31508-00-6", 0.0001, 0.00003, 0.00003),
    "PCB 123": ("65510-44-3", 0.0001, 0.00003, 0.00003),
    "PCB 156": ("38380-08-4", 0.0005, 0.00003, 0.00003),
    "PCB 157": ("69782-90-7", 0.0005, 0.00003, 0.00003),
    "PCB 167": ("52663-72-6", 0.00001, 0.00003, 0.00003),
    "PCB 189": ("39635-31-9", 0.0001, 0.00003, 0.00003),
}
"""Congener to its CAS number and its factor in each of `SCHEMES`."""


def _spellings(name: str, cas: str) -> tuple[str, ...]:
    """Other spellings of a congener: its CAS number, `CB-77`, `PCB 077`."""
    number = name.removeprefix("PCB ")
    return cas, f"CB {number}", f"PCB {int(number):03}", f"CB {int(number):03}"


DIOXIN_LIKE = CongenerSet(
    CHEMICAL,
    "pcb",
    tuple(
        Congener(name, dict(zip(SCHEMES, factors, strict=True)), others=_spellings(name, cas))
        for name, (cas, *factors) in TEF.items()
    ),
)
