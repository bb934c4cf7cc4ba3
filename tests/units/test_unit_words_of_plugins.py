"""The unit words that plugins add: so many of a word that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from invlint.errors import UsageError
from invlint.plugins import UnitWord
from invlint.units import vocabulary
from invlint.units.dimension import MASS

if TYPE_CHECKING:
    from collections.abc import Callable

    Add = Callable[[UnitWord], dict[str, vocabulary.Word]]


@pytest.fixture
def add(monkeypatch: pytest.MonkeyPatch) -> Add:
    """The vocabulary with one word of a plugin “mercury”."""

    def added(offer: UnitWord) -> dict[str, vocabulary.Word]:
        monkeypatch.setattr(vocabulary, "offered", lambda _part, _taken: [("mercury", offer)])
        return vocabulary._with_plugins(dict(vocabulary.WORDS))

    return added


@pytest.mark.parametrize(
    ("number", "unit", "tonnes"),
    [
        ("34.5", "kg", (345, 10_000)),
        ("1/3", "t", (1, 3)),
        ("2", "kt", (2000, 1)),
        ("1e-3", "t", (1, 1000)),
    ],
)
def test_a_word_is_exactly_so_many_of_its_unit(add: Add, number: str, unit: str, tonnes: tuple[int, int]) -> None:
    dimension, (above, below) = add(UnitWord("flask", number, unit))["flask"]
    assert dimension == MASS
    assert above * tonnes[1] == below * tonnes[0]


def test_the_words_that_are_there_stay_as_they_are(add: Add) -> None:
    words = add(UnitWord("flask", "34.5", "kg"))
    assert vocabulary.WORDS == {word: meant for word, meant in words.items() if word != "flask"}


@pytest.mark.parametrize("number", ["0", "-34.5", "1/0", "many", "", "nan", "inf"])
def test_a_number_that_is_none_above_zero_is_refused(add: Add, number: str) -> None:
    with pytest.raises(UsageError, match=r"the plugin “mercury” says that a flask is .* a number such as 34.5 "):
        add(UnitWord("flask", number, "kg"))


@pytest.mark.parametrize("unit", ["flagon", "kg/a", ""])
def test_a_unit_that_is_no_single_known_word_is_refused(add: Add, unit: str) -> None:
    with pytest.raises(UsageError, match="and the word of one unit, such as kg, are wanted"):
        add(UnitWord("flask", "34.5", unit))
