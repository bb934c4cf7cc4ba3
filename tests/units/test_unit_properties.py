"""What holds of all units, known and unknown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invlint.units import UnknownUnitError, nearest_unit, parse_unit
from invlint.units.vocabulary import TEQ_SCHEMES, WORDS

PARTS = [
    "g",
    "t",
    "TEQ",
    "I-TEQ",
    "WHO",
    "2005",
    "/",
    "*",
    "(",
    ")",
    " ",
    "-1",
    "^3",
    "d.m.",
    "µ",
    "³",
    "⁻",
    "10",
    "1e9",
    ".",
]
NEAR_UNITS = st.lists(st.sampled_from(PARTS), max_size=12).map("".join)
KNOWN = st.one_of(
    st.sampled_from(sorted(WORDS)),
    st.builds("{} {}/{}".format, st.sampled_from(["g", "ug", "pg"]), st.sampled_from(sorted(TEQ_SCHEMES)),
              st.sampled_from(["t", "TJ", "m3", "a", "vehicle"])),
    st.builds("{}/{}".format, st.sampled_from(["t", "kg", "TJ", "MWh", "L"]), st.sampled_from(["a", "d", "capita"])),
)  # fmt: skip


@given(st.one_of(st.text(max_size=100), NEAR_UNITS))
def test_any_text_is_a_unit_or_is_said_to_be_unknown(text: str) -> None:
    try:
        unit = parse_unit(text)
    except UnknownUnitError:
        return
    assert unit.text == text
    assert 1e-60 < unit.scale < 1e60


@given(KNOWN, KNOWN)
def test_a_product_multiplies_scales_and_adds_dimensions(one: str, other: str) -> None:
    first, second, both = parse_unit(one), parse_unit(other), parse_unit(f"({one})*({other})")
    assert both.dimension == first.dimension + second.dimension
    assert both.scale == pytest.approx(first.scale * second.scale, rel=1e-12)


@given(KNOWN, KNOWN)
def test_a_quotient_divides_scales_and_subtracts_dimensions(one: str, other: str) -> None:
    first, second, both = parse_unit(one), parse_unit(other), parse_unit(f"({one})/({other})")
    assert both.dimension == first.dimension - second.dimension
    assert both.scale == pytest.approx(first.scale / second.scale, rel=1e-12)


@given(st.one_of(st.text(max_size=40), NEAR_UNITS, KNOWN.map(lambda text: text.replace("T", "TT"))))
def test_a_suggested_unit_is_a_known_one(text: str) -> None:
    near = nearest_unit(text)
    if near is not None:
        assert parse_unit(near).text == near


@given(KNOWN)
def test_blanks_around_a_unit_mean_nothing(text: str) -> None:
    assert parse_unit(f"  {text} ")[1:] == parse_unit(text)[1:]
