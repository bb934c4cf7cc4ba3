"""Dimensions as whole numbers: products add, and each can be told in words."""

from __future__ import annotations

import pytest

from invlint.units import parse_unit
from invlint.units.dimension import (
    BASE_UNITS,
    BASES,
    ENERGY,
    MASS,
    NONE,
    PER_YEAR,
    TEQ,
    TIME,
    VOLUME,
    base_unit,
    describe_dimension,
    exponents,
)


@pytest.mark.parametrize(
    ("dimension", "words"),
    [
        (NONE, "a plain number"),
        (MASS, "mass"),
        (TEQ - MASS, "TEQ per mass"),
        (TEQ + PER_YEAR, "TEQ per time"),
        (2 * MASS, "mass^2"),
        (-TIME, "number per time"),
        (MASS + ENERGY - 2 * TIME - VOLUME, "mass x energy per volume and time^2"),
    ],
)
def test_a_dimension_is_told_in_words(dimension: int, words: str) -> None:
    assert describe_dimension(dimension) == words


@pytest.mark.parametrize("power", [-7, -1, 1, 7])
@pytest.mark.parametrize("place", range(len(BASES)))
def test_each_base_keeps_its_exponent_beside_the_others(place: int, power: int) -> None:
    neighbour = (place + 1) % len(BASES)
    dimension = power * 16**place - power * 16**neighbour
    assert exponents(dimension) == {BASES[place]: power, BASES[neighbour]: -power}


def test_each_base_has_a_unit() -> None:
    assert set(BASE_UNITS) == set(BASES)


@pytest.mark.parametrize("text", ["g TEQ/t", "t/TJ", "g TEQ/Mitem", "g TEQ/a", "g TEQ"])
def test_the_base_unit_of_a_dimension_can_be_read_again(text: str) -> None:
    assert base_unit(parse_unit(text).dimension) == text


def test_a_plain_number_and_a_rate_alone_have_base_units() -> None:
    assert (base_unit(NONE), base_unit(PER_YEAR), base_unit(2 * MASS)) == ("1", "1/a", "t x t")
