"""Dimensions as whole numbers: products add, and each can be told in words."""

from __future__ import annotations

import pytest

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
