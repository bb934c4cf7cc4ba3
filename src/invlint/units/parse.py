"""Parse the text of a unit as people write it: `ug TEQ/t`, `μg I-TEQ/TJ`, `g TEQ a-1`, `pg TEQ/L`, `t d.m./a`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from invlint.errors import InvlintError
from invlint.units.dimension import MASS, TEQ, Dimension, exponents
from invlint.units.vocabulary import SILENT_WORDS, TEQ_SCHEMES, WORDS, Scale

_LONGEST = 80
_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?:\^\d+)?)(?![A-Za-z])
    | (?P<op>[/*·×.()])
    | (?P<word>[A-Za-z%][A-Za-z0-9.,]*(?:-[A-Za-z][A-Za-z0-9.]*)*)(?P<exponent>\^?[-−]\d|\^\d)?
    )""",
    re.VERBOSE,
)
_GLUED_TEQ = re.compile(r"^(?P<mass>[fpnumkM]?g)[-.]?(?P<teq>(?:I-?|WHO-?(?:98|05|1998|2005|2022)?-?)?TEQ.*)$", re.I)


class UnknownUnitError(InvlintError):
    """The text is no unit that invlint knows. `word` is the part that is not understood."""

    def __init__(self, text: str, word: str) -> None:
        self.text = text
        self.word = word
        super().__init__(f"“{text}” is not a unit that invlint knows (“{word}”)")


@dataclass(frozen=True, slots=True)
class Unit:
    """A parsed unit: an amount in base units is the number times `scale`.

    `scheme` is the TEQ scheme that the unit text itself names (`I-TEQ`, `WHO-2005`, ...), if any.
    """

    text: str
    dimension: Dimension
    scale: float
    scheme: str | None = None

    @property
    def has_time(self) -> bool:
        return "time" in exponents(self.dimension)


@lru_cache(maxsize=4096)
def parse_unit(text: str) -> Unit:
    """The unit that `text` means; each distinct text is parsed once.

    Raises UnknownUnitError naming the word that is not understood.
    """
    plain = _plain(text)
    if not plain or len(plain) > _LONGEST:
        raise UnknownUnitError(text[:_LONGEST], text[:_LONGEST])
    reading = _Reading(text, _tokens(text, plain))
    reading.product(1)
    if reading.position < len(reading.tokens) or not reading.named:
        raise UnknownUnitError(text, reading.rest() or text)
    above, below = reading.scale
    if reading.pending_teq:
        raise UnknownUnitError(text, "TEQ")
    return Unit(text, reading.dimension, above / below, reading.scheme)


def nearest_unit(text: str) -> str | None:
    """The known spelling nearest to an unknown unit, or None when nothing is near."""
    from difflib import get_close_matches

    try:
        parse_unit(text)
    except UnknownUnitError as unknown:
        word = unknown.word
    else:
        return None
    teq_words = ("TEQ", "I-TEQ", "WHO-TEQ")
    plain = _plain(text)
    candidates = [known for known in (*WORDS, *teq_words) if len(known) > 1 or len(word) <= 2]
    for near in get_close_matches(word, candidates, n=8, cutoff=0.5):
        mended = plain.replace(word, near, 1)
        if _is_known(mended):
            return mended
    usual = ("ug TEQ/t", "ug TEQ/TJ", "g TEQ/a", "pg TEQ/L", "t/a", "TJ/a", "m3/a", "kg/a")
    near_whole = get_close_matches(plain, usual, n=1, cutoff=0.5)
    return near_whole[0] if near_whole else None


def rescaled(text: str, power_of_ten: int) -> str | None:
    """The unit text with its first prefix changed so that the unit is 10^n as large, or None if there is none.

    `rescaled("g TEQ/a", -3)` is `mg TEQ/a`.
    """
    plain = _plain(text)
    match = re.match(r"([A-Za-z]+[0-9]?)(.*)$", plain, re.DOTALL)
    if not match or match[1] not in WORDS:
        return None
    word, rest = match[1], match[2]
    dimension, (above, below) = WORDS[word]
    up, down = (10**power_of_ten, 1) if power_of_ten > 0 else (1, 10**-power_of_ten)
    for other, (other_dimension, (other_above, other_below)) in WORDS.items():
        same = other_above * below * down == above * other_below * up
        if other_dimension == dimension and same and len(other) <= 3 and other[-1] == word[-1]:
            return other + rest
    return None


def _is_known(text: str) -> bool:
    try:
        parse_unit(text)
    except UnknownUnitError:
        return False
    return True


def _plain(text: str) -> str:
    """The text with its micro signs, superscripts and wide characters in plain letters."""
    if not text.isascii():
        import unicodedata

        text = text.replace("⁻", "-").replace("−", "-")
        text = unicodedata.normalize("NFKC", text).replace("μ", "u")
    return " ".join(text.split())


def _tokens(text: str, plain: str) -> list[tuple[str, str, int]]:
    """(kind, word, exponent) of each part of the text; kind is number, op or word."""
    tokens: list[tuple[str, str, int]] = []
    position = 0
    while position < len(plain):
        match = _TOKEN.match(plain, position)
        if match is None or match.end() == position:
            raise UnknownUnitError(text, plain[position:].strip())
        position = match.end()
        if match["number"] is not None:
            tokens.append(("number", match["number"], 1))
        elif match["op"] is not None:
            tokens.append(("op", match["op"], 1))
        else:
            exponent = match["exponent"]
            tokens.extend(_words(match["word"], _whole(exponent) if exponent else 1))
    return tokens


def _whole(exponent: str) -> int:
    return int(exponent.lstrip("^").replace("−", "-"))


def _words(word: str, exponent: int) -> list[tuple[str, str, int]]:
    if word == "per":
        return [("op", "/", 1)]
    glued = _GLUED_TEQ.match(word)
    if glued:
        return [("word", glued["mass"], exponent), ("word", glued["teq"], exponent)]
    return [("word", word, exponent)]


class _Reading:
    """One walk over the tokens of one unit text."""

    def __init__(self, text: str, tokens: list[tuple[str, str, int]]) -> None:
        self.text = text
        self.tokens = tokens
        self.position = 0
        self.dimension: Dimension = 0
        self.scale: Scale = (1, 1)
        self.scheme: str | None = None
        self.named = False
        self.pending_teq = False
        self.last_mass: tuple[int, int] | None = None

    def rest(self) -> str:
        return " ".join(word for _, word, _ in self.tokens[self.position :])

    def product(self, sign: int, depth: int = 0) -> None:
        """Read factors until the text or the bracket ends; `sign` is -1 inside a bracket below the line."""
        below = False
        if depth > 5:
            raise UnknownUnitError(self.text, self.text)
        while self.position < len(self.tokens):
            kind, word, exponent = self.tokens[self.position]
            here = -sign if below else sign
            if word == ")" and depth:
                return
            self.position += 1
            if word == "(":
                self.product(here, depth + 1)
                if self.position >= len(self.tokens):
                    raise UnknownUnitError(self.text, "(")
                self.position += 1
            elif kind == "op":
                if word == ")" or self.position >= len(self.tokens):
                    raise UnknownUnitError(self.text, word)
                below = word == "/"
            elif kind == "number":
                self._number(word, here)
            else:
                self._word(word, exponent * here)

    def _number(self, word: str, sign: int) -> None:
        digits, _, exponent = word.partition("^")
        whole = float(digits)
        if exponent:
            whole **= int(exponent)
        if whole <= 0 or whole != int(whole) or whole > 1e15:
            raise UnknownUnitError(self.text, word)
        self._multiply((int(whole), 1), sign)

    def _word(self, word: str, exponent: int) -> None:
        if word.casefold() in SILENT_WORDS and self.named:
            return
        bare = word.replace("-", "").replace(".", "").upper()
        if bare in TEQ_SCHEMES:
            self.scheme = TEQ_SCHEMES[bare] or self.scheme
            self._make_teq()
            return
        if word.upper() == "WHO":
            self.scheme = "WHO"
            return
        known = WORDS.get(word) or WORDS.get(word.rstrip(".,")) or _in_any_case(word)
        if known is None or not -3 <= exponent <= 3:
            raise UnknownUnitError(self.text, word)
        dimension, scale = known
        self.named = True
        self.dimension += dimension * exponent
        self._multiply(scale, exponent)
        if dimension == MASS:
            self.last_mass = (exponent, MASS)
            if self.pending_teq:
                self._make_teq()

    def _make_teq(self) -> None:
        """Turn the mass beside the word TEQ into an amount of TEQ, whose base unit is the gram."""
        if self.last_mass is None:
            self.pending_teq = True
            return
        exponent, _ = self.last_mass
        self.dimension += (TEQ - MASS) * exponent
        self._multiply((10**6, 1), exponent)
        self.pending_teq = False
        self.last_mass = None

    def _multiply(self, scale: Scale, exponent: int) -> None:
        above, below = scale if exponent > 0 else scale[::-1]
        for _ in range(abs(exponent)):
            self.scale = (self.scale[0] * above, self.scale[1] * below)


@lru_cache(maxsize=1)
def _folded() -> dict[str, tuple[Dimension, Scale] | None]:
    """Words in small letters; None where two spellings that differ in case mean different things."""
    folded: dict[str, tuple[Dimension, Scale] | None] = {}
    for word, meaning in WORDS.items():
        small = word.casefold()
        folded[small] = meaning if folded.get(small, meaning) == meaning else None
    return folded


def _in_any_case(word: str) -> tuple[Dimension, Scale] | None:
    return _folded().get(word.casefold())
