"""Units have one spelling, which means the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invlint.units import UnknownUnitError, parse_unit
from invlint.units.canonical import canonical_unit
from invlint.units.vocabulary import WORDS


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("tonnes per year", "t/a"),
        ("t/yr", "t/a"),
        ("μg TEQ / t", "ug TEQ/t"),
        ("ug  I-TEQ/TJ", "ug I-TEQ/TJ"),
        ("kilograms/year", "kg/a"),
        ("m^3/a", "m3/a"),
        ("t d.m./a", "t d.m./a"),
        ("g TEQ/(t a)", "g TEQ/(t a)"),
        ("1000 tonnes/a", "1000 t/a"),
        ("tons/a", "tons/a"),
        ("Nm3/a", "Nm3/a"),
        ("g TEQ a-1", "g TEQ a-1"),
        ("ug TQE/t", "ug TQE/t"),
        ("", ""),
    ],
)
def test_a_unit_has_one_spelling(text: str, spelled: str) -> None:
    assert canonical_unit(text) == spelled


@given(
    st.lists(st.sampled_from([*WORDS, "TEQ", "I-TEQ", "per", "/", " ", "(", ")", "d.m.", "waste", "1000"]), max_size=7)
)
def test_the_spelling_means_the_same_and_stays(words: list[str]) -> None:
    text = " ".join(words)
    spelled = canonical_unit(text)
    assert canonical_unit(spelled) == spelled
    try:
        meant = parse_unit(text)
    except UnknownUnitError:
        assert spelled == text
    else:
        assert parse_unit(spelled)._replace(text=text) == meant
