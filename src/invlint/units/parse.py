"""Parse the text of a unit as people write it: `ug TEQ/t`, `μg I-TEQ/TJ`, `g TEQ a-1`, `pg TEQ/L`, `t d.m./a`."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import NamedTuple

from invlint.errors import InvlintError
from invlint.units.dimension import MASS, TEQ, Dimension, exponents
from invlint.units.vocabulary import SILENT_WORDS, TEQ_SCHEMES, WORDS, Scale

_LONGEST = 80
_DEEPEST = 5
_MOST_FACTORS = 7
_LARGEST_NUMBER = 10**15
_SCALES = (1e-60, 1e60)
_MOST_TENS = 30
_OPERATORS = "/*·×.()"
_NUMBER = r"(\d+(?:\.\d+)?(?:[eE][-+]?\d{1,2})?(?:\^-?\d{1,2})?)(?![A-Za-z0-9.^])"
_WORD = r"([A-Za-z%][A-Za-z0-9.,]*(?:-[A-Za-z][A-Za-z0-9.]*)*)(\^?-\d|\^\d)?"
_GLUED_TEQ = r"(?i)(?P<mass>[fpnumkM]?g)[-.]?(?P<teq>(?:I-?|WHO(?:\d{4})?-?)?TEQ.*)$"
_YEAR = r"(?P<year{}>(?:19)?98|(?:20)?05|(?:20)?22)"
_SCHEME = rf"""(?xi)WHO[- ]?{_YEAR.format(1)}[- ]?TEQ
    | WHO[- ]?TEQ[- ]?(?:\({_YEAR.format(2)}\)|{_YEAR.format(3)}\b)
    | TEQ[- ]?(?:\(WHO(?:[- ]?{_YEAR.format(4)})?\)|WHO(?:[- ]?{_YEAR.format(5)})?\b)""".replace("[- ]", r"[-\ ]")
_SIGNS = str.maketrans("‐‑–−⁻⁄∕⋅∙•éñ", "-----//···en")
_RAISED = r"(?<=\d)[⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+"


class UnknownUnitError(InvlintError):
    """The text is no unit that invlint knows. `word` is the part that is not understood."""

    def __init__(self, text: str, word: str) -> None:
        self.text = text
        self.word = word
        super().__init__(f"“{text}” is not a unit that invlint knows (“{word}”)")


class Unit(NamedTuple):
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
    if reading.pending_teq:
        raise UnknownUnitError(text, "TEQ")
    above, below = reading.scale
    scale = above / below
    if not _SCALES[0] < scale < _SCALES[1]:
        raise UnknownUnitError(text, text)
    return Unit(text, reading.dimension, scale, reading.scheme)


def unit_words(text: str) -> list[tuple[str, str, int]]:
    """(kind, word, exponent) of each part of a unit, in one plain spelling of its signs; kind is number, op or word.

    Raises UnknownUnitError where a part is none of these.
    """
    return _tokens(text, _plain(text))


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
    other_case = [known for known in candidates if known.casefold() == word.casefold()]
    for near in (*other_case, *get_close_matches(word, candidates, n=8, cutoff=0.5)):
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
    match = re.match(r"([A-Za-z]+[0-9]?)(.*)$", plain)
    if not match or match[1] not in WORDS or abs(power_of_ten) > _MOST_TENS:
        return None
    word, rest = match[1], match[2]
    dimension, (above, below) = WORDS[word]
    up, down = (10**power_of_ten, 1) if power_of_ten > 0 else (1, 10**-power_of_ten)
    same = [
        other
        for other, (other_dimension, (other_above, other_below)) in WORDS.items()
        if other_dimension == dimension and other_above * below * down == above * other_below * up and len(other) <= 3
    ]
    alike = [other for other in same if other[-1] == word[-1]]
    return next((other + rest for other in (*alike, *same)), None)


def _is_known(text: str) -> bool:
    try:
        parse_unit(text)
    except UnknownUnitError:
        return False
    return True


def _plain(text: str) -> str:
    """The text with its micro signs, superscripts, dashes and TEQ schemes in one plain spelling."""
    if not text.isascii():
        import unicodedata

        text = re.sub(_RAISED, lambda raised: "^" + raised[0], text).translate(_SIGNS)
        text = unicodedata.normalize("NFKC", text).replace("μ", "u")
    plain = " ".join(text.split())
    return re.sub(_SCHEME, _scheme_word, plain) if "WHO" in plain.upper() else plain


def _scheme_word(match: re.Match[str]) -> str:
    """`WHO2005-TEQ` for each of the many ways to write it, which no number may be read out of."""
    year = next((year for year in match.groups() if year), "")
    century = {"98": "19", "05": "20", "22": "20"}
    return f"WHO{century.get(year, '')}{year}-TEQ"


def _tokens(text: str, plain: str) -> list[tuple[str, str, int]]:
    """(kind, word, exponent) of each part of the text; kind is number, op or word."""
    tokens: list[tuple[str, str, int]] = []
    rest = plain
    while rest:
        if rest[0] in _OPERATORS:
            tokens.append(("op", rest[0], 1))
            rest = rest[1:].lstrip()
            continue
        is_number = rest[0].isdecimal()
        match = re.match(_NUMBER if is_number else _WORD, rest)
        if match is None:
            raise UnknownUnitError(text, rest)
        if is_number:
            tokens.append(("number", match[1], 1))
        else:
            tokens.extend(_words(match[1], int(match[2].lstrip("^")) if match[2] else 1))
        rest = rest[match.end() :].lstrip()
    return tokens


def _words(word: str, exponent: int) -> list[tuple[str, str, int]]:
    """The words that stand in one: `ugTEQ` is two, `t.a` is two with a dot between, `m^3` is one."""
    if word == "per":
        return [("op", "/", 1)]
    if f"{word}{exponent}" in WORDS:
        return [("word", f"{word}{exponent}", 1)]
    if word in WORDS or _bare(word) in TEQ_SCHEMES:
        return [("word", word, exponent)]
    glued = re.match(_GLUED_TEQ, word)
    if glued:
        return [("word", glued["mass"], 1), *_words(glued["teq"], exponent)]
    first, dot, rest = word.partition(".")
    if dot and rest and word.casefold() not in SILENT_WORDS:
        return [*_words(first, 1), *_words(rest, exponent)]
    return [("word", word, exponent)]


def _bare(word: str) -> str:
    return word.replace("-", "").replace(".", "").upper()


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
        self._masses: list[tuple[int, bool]] = []
        self._opened = 0
        self._made_teq = False
        self._factors = 0

    def rest(self) -> str:
        return " ".join(word for _, word, _ in self.tokens[self.position :])

    def product(self, sign: int, depth: int = 0) -> None:
        """Read factors until the text or the bracket ends; `sign` is -1 inside a bracket below the line."""
        below = False
        before = "op"
        if depth > _DEEPEST:
            raise UnknownUnitError(self.text, self.text)
        while self.position < len(self.tokens):
            kind, word, exponent = self.tokens[self.position]
            here = -sign if below else sign
            if word == ")" and depth:
                return
            self.position += 1
            if word == "(":
                self._bracket(here, depth + 1, below=below)
                kind = "word"
            elif kind == "op":
                self._operator(word, before, depth)
                below = word == "/"
            elif kind == "number":
                if before != "op":
                    raise UnknownUnitError(self.text, word)
                self._number(word, here)
            else:
                self._word(word, exponent * here, below=below != (exponent < 0))
            before = kind

    def _bracket(self, sign: int, depth: int, *, below: bool) -> None:
        """A bracket; the word TEQ inside it means a mass inside it, where there is one."""
        outside, self._opened = self._opened, len(self._masses)
        self.product(sign, depth)
        inside = self._masses[self._opened :]
        self._masses[self._opened :] = [(exponent, under != below) for exponent, under in inside]
        self._opened = outside
        if self.position >= len(self.tokens):
            raise UnknownUnitError(self.text, "(")
        self.position += 1

    def _operator(self, word: str, before: str, depth: int) -> None:
        after = self.tokens[self.position] if self.position < len(self.tokens) else None
        doubled = before == "op" and (word != "/" or (self.position > 1 and self.tokens[self.position - 2][1] != "("))
        if word == ")" or after is None or doubled or (after[1] == ")" and depth):
            raise UnknownUnitError(self.text, word)

    def _number(self, word: str, sign: int) -> None:
        digits, _, exponent = word.partition("^")
        power = int(exponent or 1)
        whole = float(digits)
        if not math.isfinite(whole) or whole != int(whole) or not 0 < int(whole) ** abs(power) <= _LARGEST_NUMBER:
            raise UnknownUnitError(self.text, word)
        self._multiply((int(whole), 1), sign * power)

    def _word(self, word: str, exponent: int, *, below: bool) -> None:
        if word.casefold() in SILENT_WORDS and self.named:
            return
        bare = _bare(word)
        if bare in TEQ_SCHEMES:
            self.scheme = TEQ_SCHEMES[bare] or self.scheme
            self._make_teq()
            return
        known = WORDS.get(word) or WORDS.get(word.rstrip(".,")) or _in_any_case(word)
        self._factors += abs(exponent)
        if known is None or not -3 <= exponent <= 3 or self._factors > _MOST_FACTORS:
            raise UnknownUnitError(self.text, word)
        dimension, scale = known
        self.named = True
        self.dimension += dimension * exponent
        self._multiply(scale, exponent)
        if dimension == MASS:
            self._masses.append((exponent, below))
            if self.pending_teq:
                self._make_teq()

    def _make_teq(self) -> None:
        """Turn the mass that the word TEQ is about into an amount of TEQ, whose base unit is the gram.

        That is the mass before the word, but the one above the line where the word follows the one below it, as in
        `pg/g TEQ`. A word before any mass waits for the first one.
        """
        start = self._opened if len(self._masses) > self._opened else 0
        places = range(start, len(self._masses))
        above = [place for place in places if not self._masses[place][1]]
        if not places:
            if self.named or self.pending_teq:
                raise UnknownUnitError(self.text, "TEQ")
            self.pending_teq = True
            return
        if not above and (self.pending_teq or self._made_teq):
            raise UnknownUnitError(self.text, "TEQ")
        exponent, _ = self._masses.pop(above[-1] if above else -1)
        self.dimension += (TEQ - MASS) * exponent
        self._multiply((10**6, 1), exponent)
        self.pending_teq = False
        self._made_teq = True

    def _multiply(self, scale: Scale, exponent: int) -> None:
        above, below = scale if exponent > 0 else scale[::-1]
        self.scale = (self.scale[0] * above ** abs(exponent), self.scale[1] * below ** abs(exponent))


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
