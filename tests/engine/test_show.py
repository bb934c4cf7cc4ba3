"""Values as people read them."""

from __future__ import annotations

import math
from typing import Any

import pytest

from invlint.engine.show import show_amount, show_number, show_plain, show_template
from invlint.model.plan import Placeholder
from invlint.units.dimension import ENERGY, MASS, NONE, PER_YEAR, TEQ, TIME, VEHICLE


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3.0, "3"),
        (-3.0, "-3"),
        (0.0, "0"),
        (3.6, "3.6"),
        (0.1 + 0.2, "0.30000000000000004"),
        (43200000.0, "43200000"),
        (0.00012, "0.00012"),
        (0.000001, "0.000001"),
        (0.00000012, "1.2e-07"),
        (1e15, "1000000000000000.0"),
        (1.5e18, "1.5e+18"),
        (math.inf, "inf"),
    ],
)
def test_a_number_as_written_has_its_shortest_form(value: float, text: str) -> None:
    assert show_number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2012, "2012"),
        (2012.0, "2012"),
        ("1c.2", "1c.2"),
        (2 / 3, "0.6667"),
        (12345.678, "12346"),
        (9999.96, "10000"),
        (0.0, "0"),
        (-0.000123456, "-0.0001235"),
        (math.inf, "inf"),
    ],
)
def test_a_computed_number_has_four_digits_and_a_whole_part_stays_whole(value: Any, text: str) -> None:
    assert show_plain(value) == text


@pytest.mark.parametrize(
    ("value", "dimension", "text"),
    [
        (3.6, TEQ + PER_YEAR, "3.6 g TEQ/a"),
        (12345.6, TEQ + PER_YEAR, "12346 g TEQ/a"),
        (0.01, TEQ + PER_YEAR, "0.01 g TEQ/a"),
        (0.0034567, TEQ + PER_YEAR, "3.457 mg TEQ/a"),
        (-0.0034567, TEQ + PER_YEAR, "-3.457 mg TEQ/a"),
        (3e-6, TEQ - MASS, "3 ug TEQ/t"),
        (3e-9, TEQ - ENERGY, "3 ng TEQ/TJ"),
        (3e-12, TEQ - VEHICLE, "3 pg TEQ/vehicle"),
        (3e-20, TEQ - MASS, "3e-08 pg TEQ/t"),
        (0.0, TEQ - MASS, "0 g TEQ/t"),
        (1200.0, MASS + PER_YEAR, "1200 t/a"),
        (0.0012, MASS + PER_YEAR, "1.2 kg/a"),
        (1.2e-6, MASS - ENERGY, "1.2 g/TJ"),
        (5.0, ENERGY + PER_YEAR, "5 TJ/a"),
        (0.005, ENERGY + PER_YEAR, "0.005 TJ/a"),
        (2 / 3, NONE, "0.6667"),
        (5.0, PER_YEAR, "5 1/a"),
        (5.0, MASS + TEQ, "5 t x g TEQ"),
        (5.0, 2 * MASS, "5 t x t"),
        (5.0, MASS - 2 * TIME, "5 t/a/a"),
    ],
)
def test_a_computed_amount_has_a_unit_that_suits_its_size(value: float, dimension: int, text: str) -> None:
    assert show_amount(value, dimension) == text


COLUMNS: list[list[Any]] = [
    [3.6e-3, None, 5e-6, None],
    [TEQ + PER_YEAR, None, TEQ - MASS, None],
    [3600.0, 12.0, None, None],
    ["mg TEQ/a", None, "ug TEQ/t", "furlong"],
    ["KEN", None, "UGA", ""],
]
REPORTED = Placeholder(0, "quantity", dim=1, number=2, unit=3)
COMPUTED = Placeholder(0, "quantity", dim=1)
FIXED = Placeholder(0, "quantity", fixed_dim=TEQ + PER_YEAR)


@pytest.mark.parametrize(
    ("template", "texts"),
    [
        (("plain",), ["plain"] * 4),
        ((), [""] * 4),
        ((REPORTED,), ["3600 mg TEQ/a", "12 (no unit)", "5 ug TEQ/t", "(not reported)"]),
        ((COMPUTED,), ["3.6 mg TEQ/a", "(not reported)", "5 ug TEQ/t", "(not reported)"]),
        ((FIXED,), ["3.6 mg TEQ/a", "(not reported)", "5 ug TEQ/a", "(not reported)"]),
        (("in ", Placeholder(4, "party"), "!"), ["in KEN!", "in (not reported)!", "in UGA!", "in !"]),
    ],
)
def test_a_template_shows_quantities_as_written_and_others_as_computed(template: Any, texts: list[str]) -> None:
    assert [show_template(template, row, dict(enumerate(COLUMNS))) for row in range(4)] == texts


def test_of_many_digits_a_reader_sees_six() -> None:
    shown = [
        show_template((REPORTED,), 0, {0: [1.0], 1: [None], 2: [number], 3: ["g TEQ/a"]})
        for number in (412.527281473684, 0.015411504165, 12345678.0, 123456789.0, 0.12345678)
    ]
    assert shown == [
        "412.527 g TEQ/a", "0.0154115 g TEQ/a", "12345678 g TEQ/a", "123456789 g TEQ/a", "0.12345678 g TEQ/a",
    ]  # fmt: skip


def test_an_amount_without_a_dimension_is_a_plain_number() -> None:
    assert show_template((COMPUTED,), 0, {0: [2.5], 1: [None]}) == "2.5"
