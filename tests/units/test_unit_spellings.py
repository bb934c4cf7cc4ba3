"""Units as people write them: what each spelling means, and what is said of those that mean nothing."""

from __future__ import annotations

from fractions import Fraction

import pytest

from invlint.units import UnknownUnitError, describe_dimension, nearest_unit, parse_unit
from invlint.units.parse import rescaled


def _meaning(text: str) -> tuple[str, float]:
    unit = parse_unit(text)
    return describe_dimension(unit.dimension), unit.scale


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("t", 1), ("tonne", 1), ("tonnes", 1), ("ton", 1), ("ADt", 1), ("kt", 1000), ("kilotonnes", 1000),
        ("Mt", 10**6), ("Gg", 1000), ("Mg", 1), ("kg", Fraction(1, 1000)), ("kilograms", Fraction(1, 1000)),
        ("g", Fraction(1, 10**6)), ("grammes", Fraction(1, 10**6)), ("mg", Fraction(1, 10**9)),
        ("ug", Fraction(1, 10**12)), ("mcg", Fraction(1, 10**12)), ("micrograms", Fraction(1, 10**12)),
        ("ng", Fraction(1, 10**15)), ("pg", Fraction(1, 10**18)), ("fg", Fraction(1, 10**21)),
        ("lb", Fraction(45359237, 10**11)), ("pounds", Fraction(45359237, 10**11)),
    ],
)  # fmt: skip
def test_mass_is_counted_in_tonnes(text: str, scale: Fraction) -> None:
    assert _meaning(text) == ("mass", float(scale))


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("TJ", 1), ("GJ", 1e-3), ("MJ", 1e-6), ("kJ", 1e-9), ("PJ", 1e3), ("TWh", 3600), ("GWh", 3.6), ("MWh", 3.6e-3),
        ("kWh", 3.6e-6), ("toe", 0.041868), ("ktoe", 41.868), ("tce", 0.0293076), ("Mtce", 29307.6),
    ],
)  # fmt: skip
def test_energy_is_counted_in_terajoules(text: str, scale: float) -> None:
    assert _meaning(text) == ("energy", pytest.approx(scale, rel=1e-15))


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("m3", 1), ("Nm3", 1), ("m³", 1), ("Nm³", 1), ("m^3", 1), ("dm3", 1e-3), ("cm3", 1e-6), ("hm3", 1e6),
        ("km³", 1e9),
        ("L", 1e-3), ("l", 1e-3), ("litres", 1e-3), ("mL", 1e-6), ("hL", 0.1), ("ML", 1e3), ("10^3 m3", 1e3),
    ],
)  # fmt: skip
def test_volume_is_counted_in_cubic_metres(text: str, scale: float) -> None:
    assert _meaning(text) == ("volume", scale)


@pytest.mark.parametrize(
    ("text", "dimension", "scale"),
    [
        ("vehicles", "vehicle", 1), ("cars", "vehicle", 1), ("cremation", "cremation", 1), ("bodies", "cremation", 1),
        ("items", "item", 1e-6), ("million cigarettes", "item", 1), ("Mitem", "item", 1), ("capita", "person", 1),
        ("inhabitants", "person", 1), ("km", "distance", 1), ("thousand km", "distance", 1000),
        ("billion pieces", "item", 1000), ("mio t", "mass", 1e6),
    ],
)  # fmt: skip
def test_things_are_counted_by_name(text: str, dimension: str, scale: float) -> None:
    assert _meaning(text) == (dimension, scale)


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("t/a", 1), ("t/yr", 1), ("t/y", 1), ("t/year", 1), ("tonnes per annum", 1), ("t a-1", 1), ("t a⁻¹", 1),
        ("t·a⁻¹", 1), ("t a^-1", 1), ("t.a-1", 1), ("t (/a)", 1), ("t/(a)", 1), ("t⁄a", 1), ("t∕a", 1), ("t a−1", 1),
        ("t/d", 365), ("t/day", 365), ("t/h", 8760), ("t/month", 12), ("t/mo", 12), ("kt/a", 1000), ("1000 t/a", 1000),
        ("thousand t/a", 1000), ("10^3 t/a", 1000), ("10³ t/a", 1000), ("10⁻³ t/a", 0.001), ("10^-3 t/a", 0.001),
        ("1E3 t/a", 1000), ("t/week", 365 / 7), ("t/1000 a", 0.001), ("5 t/a", 5), ("T/A", 1), ("KG/A", 0.001),
    ],
)  # fmt: skip
def test_a_rate_is_counted_by_the_year(text: str, scale: float) -> None:
    assert _meaning(text) == ("mass per time", scale)


@pytest.mark.parametrize(
    "text",
    [
        "ug TEQ/t", "µg TEQ/t", "μg TEQ/t", "μg TEQ / t", "ugTEQ/t", "µgTEQ/t", "ug-TEQ/t", "ug.TEQ/t", "mcg TEQ/t",
        "ug TEQ t-1", "ug TEQ t⁻¹", "ug TEQ per tonne", "micrograms TEQ per ton", "ug/t TEQ", "ug (TEQ)/t", "TEQ ug/t",
        "ug/t (TEQ)", "ug t-1 TEQ", "(ug TEQ)/(t)", "ug/(t) TEQ", "(ug)/t TEQ", "ng TEQ/kg×1000/1000", "pg TEQ/g",
        "pg/g TEQ", "g TEQ/Mt", "ug TEQ/t d.m.", "ug TEQ/t dry matter", "ug TEQ/t of waste burned", "ug TEQ/ADt",
        "ug teq/t", "UG TEQ/T", "ug TEQ/t.", "ug TEQ/t fuel",
    ],
)  # fmt: skip
def test_a_factor_is_the_same_in_each_spelling(text: str) -> None:
    assert _meaning(text) == ("TEQ per mass", pytest.approx(1e-6, rel=1e-15))


@pytest.mark.parametrize(
    ("text", "dimension", "scale"),
    [
        ("g TEQ/a", "TEQ per time", 1),
        ("kg TEQ/a", "TEQ per time", 1000),
        ("ug TEQ/TJ", "TEQ per energy", 1e-6),
        ("ug TEQ/GJ", "TEQ per energy", 1e-3),
        ("pg TEQ/L", "TEQ per volume", 1e-9),
        ("ng TEQ/Nm3", "TEQ per volume", 1e-9),
        ("ug TEQ/cremation", "TEQ per cremation", 1e-6),
        ("pg TEQ/cigarette", "TEQ per item", 1e-6),
        ("mg TEQ/1000 vehicles", "TEQ per vehicle", 1e-6),
        ("g TEQ/(t a)", "TEQ per mass and time", 1),
        ("g TEQ/t/a", "TEQ per mass and time", 1),
        ("kg/capita/a", "mass per time and person", 1e-3),
        ("g/m^3", "mass per volume", 1e-6),
        ("mg/kg", "a plain number", 1e-6),
        ("1/a", "number per time", 1),
        ("/a", "number per time", 1),
        ("t^2", "mass^2", 1),
        ("a/t-1", "mass x time", 1),
        ("1/ug TEQ", "number per TEQ", 1e6),
        ("t waste", "mass", 1),
    ],
)
def test_a_quotient_has_its_dimension_and_exact_scale(text: str, dimension: str, scale: float) -> None:
    assert _meaning(text) == (dimension, scale)


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        ("g TEQ/a", None), ("g I-TEQ/a", "I-TEQ"), ("g ITEQ/a", "I-TEQ"), ("g i-teq/a", "I-TEQ"), ("gI-TEQ/a", "I-TEQ"),
        ("g TEQ-I/a", "I-TEQ"), ("g NATO-TEQ/a", "I-TEQ"), ("g WHO-TEQ/a", "WHO"), ("g TEQ-WHO/a", "WHO"),
        ("g TEQ (WHO)/a", "WHO"), ("gWHO-TEQ/a", "WHO"), ("g WHO98-TEQ/a", "WHO-1998"), ("g WHO-98-TEQ/a", "WHO-1998"),
        ("g WHO1998-TEQ/a", "WHO-1998"), ("g WHO-TEQ98/a", "WHO-1998"), ("g WHO-2005-TEQ/a", "WHO-2005"),
        ("g WHO 2005 TEQ/a", "WHO-2005"), ("g WHO-2005 TEQ/a", "WHO-2005"), ("g WHO05-TEQ/a", "WHO-2005"),
        ("gWHO2005-TEQ/a", "WHO-2005"), ("g WHO-TEQ-2005/a", "WHO-2005"), ("g WHO-TEQ (2005)/a", "WHO-2005"),
        ("g TEQ (WHO-2005)/a", "WHO-2005"), ("g TEQ WHO 2005/a", "WHO-2005"), ("g WHO–TEQ2005/a", "WHO-2005"),
        ("g WHO2022-TEQ/a", "WHO-2022"), ("g WHO-TEQ 2022/a", "WHO-2022"),
    ],
)  # fmt: skip
def test_a_unit_may_name_its_teq_scheme_whose_year_is_no_number(text: str, scheme: str | None) -> None:
    unit = parse_unit(text)
    assert (unit.scheme, unit.scale, describe_dimension(unit.dimension)) == (scheme, 1, "TEQ per time")


@pytest.mark.parametrize(("text", "has"), [("t/a", True), ("t/d", True), ("t", False), ("ug TEQ/t", False)])
def test_a_unit_says_whether_it_is_by_time(text: str, has: bool) -> None:
    assert parse_unit(text).has_time is has


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", ""), ("   ", "   "), ("foo", "foo"), ("g TEQ/foo", "foo"), ("%", "%"), ("TEQ", "TEQ"), ("WHO", "WHO"),
        ("g WHO/t", "WHO"), ("TEQ/t", "TEQ"), ("t TEQ TEQ", "TEQ"), ("g TEQ/t TEQ", "TEQ"), ("TEQ TEQ g", "TEQ"),
        ("J TEQ", "TEQ"), ("t/", "/"), ("t//a", "/"), ("t*/a", "/"), ("*t", "*"), ("t)", ")"), ("(t", "("),
        ("t()/", "/"), ("TEQ/a", "TEQ"), ("t3", "t3"),
        ("(t/)a", "/"), ("t**a", "*"), ("5", "5"), ("g TEQ 98/a", "98"), ("1 000 t", "000"), ("1.5 t", "1.5"),
        ("0 t", "0"),
        ("10^16 t", "10^16"), ("1e99 t", "1e99"), ("9^99 t", "9^99"), ("MG", "MG"), ("mj", "mj"), ("t^4", "t"),
        ("t-4", "t"),
        ("t^3 t^3 t^2", "t"), ("t-a", "t-a"), ("@", "@"), ("t?", "?"), ("dry", "dry"), ("1000t", "1000t"), ("°C", "°C"),
        ("pg^3/(10^15*10^15)", "pg^3/(10^15*10^15)"), ("((((((t))))))", "((((((t))))))"),
        ("10E9^31", "10E9^31"),
    ],
)  # fmt: skip
def test_an_unknown_unit_names_the_word_that_is_not_understood(text: str, word: str) -> None:
    with pytest.raises(UnknownUnitError) as met:
        parse_unit(text)
    assert (met.value.text, met.value.word) == (text, word)


def test_an_unknown_unit_is_told_in_a_sentence() -> None:
    with pytest.raises(UnknownUnitError, match="“g TQE/t” is not a unit that invlint knows \\(“TQE”\\)"):
        parse_unit("g TQE/t")


def test_a_text_too_long_for_a_unit_is_unknown_and_shortened() -> None:
    with pytest.raises(UnknownUnitError) as met:
        parse_unit("t " * 500)
    assert len(met.value.text) == 80


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("ug TQE/t", "ug TEQ/t"), ("ugg TEQ/t", "ug TEQ/t"), ("g TEQ/yaer", "g TEQ/year"), ("MG/a", "mg/a"),
        ("mj/a", "mJ/a"),
        ("µg TE/t", "ug TEQ/t"), ("g WHO/t", "g WHO-TEQ/t"), ("TEQ/t", "ug TEQ/t"), ("tonns/a", "tonnes/a"),
        ("1000t/a", "t/a"), ("t/", "t/a"), ("vehcles/a", "vehicles/a"),
    ],
)  # fmt: skip
def test_the_nearest_unit_is_suggested(text: str, near: str) -> None:
    assert nearest_unit(text) == near


@pytest.mark.parametrize("text", ["ug TEQ/t", "", "zzzzzzzzzzzz", "()"])
def test_nothing_is_suggested_for_a_known_unit_nor_where_nothing_is_near(text: str) -> None:
    assert nearest_unit(text) is None


@pytest.mark.parametrize(
    ("text", "power", "other"),
    [
        ("g TEQ/a", -3, "mg TEQ/a"), ("g TEQ/a", 3, "kg TEQ/a"), ("ug TEQ/t", 3, "mg TEQ/t"),
        ("µg TEQ/t", 6, "g TEQ/t"),
        ("t/a", 3, "kt/a"), ("t/a", -3, "kg/a"), ("TJ/a", -3, "GJ/a"), ("m3/a", -3, "dm3/a"), ("m3/a", 3, "ML/a"),
        ("g", 0, "g"), ("vehicles/a", 3, None), ("fg", -3, None), ("foo", 3, None), ("5 t", 3, None), ("", 3, None),
        ("g", 31, None), ("g", 10**9, None),
    ],
)  # fmt: skip
def test_a_unit_is_rescaled_by_its_first_prefix(text: str, power: int, other: str | None) -> None:
    assert rescaled(text, power) == other
