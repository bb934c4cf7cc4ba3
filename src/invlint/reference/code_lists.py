"""The code lists of an inventory and the loose spellings that are recognised."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from invlint.reference.editions import EDITIONS, OTHER_CODES_IN_2005

if TYPE_CHECKING:
    from invlint.reference.load import Reference

VECTORS = ("air", "water", "land", "product", "residue")
KEYS = ("NO", "NE", "NA", "IE", "C")
ORIGINS = ("toolkit", "national", "plant", "measured")
CONFIDENCES = ("high", "medium", "low")
TEQ_SCHEMES = ("I-TEQ", "WHO-1998", "WHO-2005", "WHO-2022")
BOTH_ASHES = "bottom and fly ash"
RESIDUE_KINDS = ("fly ash", "bottom ash", BOTH_ASHES)
SCHEME_SPELLINGS = {
    "iteq": "I-TEQ",
    "iteq1988": "I-TEQ",
    "itef": "I-TEQ",
    "who1998teq": "WHO-1998",
    "whoteq1998": "WHO-1998",
    "who98teq": "WHO-1998",
    "who2005teq": "WHO-2005",
    "whoteq2005": "WHO-2005",
    "who05teq": "WHO-2005",
    "who2022teq": "WHO-2022",
    "whoteq2022": "WHO-2022",
}
_RESERVED_7 = r"(?i)^7[b-f](?:\b|\.|[0-9])"

Recogniser = Callable[[str], str | None]


def _fold(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _finder(known: tuple[str, ...], spellings: dict[str, str] | None = None) -> Recogniser:
    """A look-up by the letters and figures of a code, whatever its case and signs."""
    by_fold = {_fold(code): code for code in known}

    def recognise(text: str) -> str | None:
        folded = _fold(text)
        return by_fold.get(folded) or by_fold.get(_fold((spellings or {}).get(folded, "")))

    return recognise


class CodeLists:
    """One recogniser a coded column; each gives the code a text means, or None."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        countries = frozenset(reference.countries)
        chemicals = tuple(reference.chemicals)
        groups = {str(group) for group in reference.groups}
        self.known: dict[str, tuple[str, ...]] = {
            "party": tuple(reference.countries),
            "edition": EDITIONS,
            "teq_scheme": TEQ_SCHEMES,
            "group": tuple(str(group) for group in reference.groups),
            "category": tuple(reference.categories),
            "class": tuple(reference.classes),
            "chemical": chemicals,
            "vector": VECTORS,
            "key": KEYS,
            "origin": ORIGINS,
            "confidence": CONFIDENCES,
        }
        self._recognisers: dict[str, Recogniser] = {
            "party": lambda text: text.strip().upper() if text.strip().upper() in countries else None,
            "edition": _finder(EDITIONS),
            "teq_scheme": _finder(TEQ_SCHEMES, SCHEME_SPELLINGS),
            "group": lambda text: text.strip() if text.strip() in groups else None,
            "chemical": _finder(
                chemicals, {_fold(other): name for other, name in reference.chemical_spellings.items()}
            ),
            "vector": _finder(VECTORS, {vector + "s": vector for vector in VECTORS}),
            "key": lambda text: text.strip().upper() if text.strip().upper() in KEYS else None,
            "origin": _finder(ORIGINS),
            "confidence": _finder(CONFIDENCES, {"h": "high", "m": "medium", "l": "low"}),
        }

    def recognise(self, column: str, text: str, edition: str | None = None) -> str | None:
        """The code of `column` that the text means under the edition, or None."""
        if column in ("class", "category"):
            return self._class_or_category(column, text, edition)
        return self._recognisers[column](text)

    def _class_or_category(self, column: str, text: str, edition: str | None) -> str | None:
        if edition == "2005" and re.match(_RESERVED_7, text.strip()):
            return text.strip().lower()
        found = self._reference.class_ids.recognise(text)
        known = self._reference.classes if column == "class" else self._reference.categories
        if found in known:
            return found
        return text.strip() if edition in ("2001", "2003", "none") else None

    def category_and_group(self, class_id: str, edition: str | None) -> tuple[str | None, int | None]:
        """The category and group of a recognised class; None where the edition's list does not say."""
        if edition == "2005" and class_id[:2] in OTHER_CODES_IN_2005:
            return class_id[:2], 7
        row = self._reference.classes.get(class_id)
        if row is None:
            return None, None
        return row["category"], self._reference.group_of(row["category"])

    def nearest(self, column: str, text: str) -> str | None:
        """The code that the text most resembles, or None; the beginning of several codes is like none of them."""
        from difflib import get_close_matches

        if column in ("class", "category"):
            near_id = self._reference.class_ids.nearest(text)
            return near_id if near_id in self.known[column] else None
        if column == "party":
            return self._party_like(text)
        plain = text.strip().lower()
        codes = {code.lower(): code for code in self.known[column]}
        if sum(code.startswith(plain) for code in codes) > 1:
            return None
        near = get_close_matches(plain, codes, n=1, cutoff=0.5 if len(plain) <= 3 else 0.65)
        return codes[near[0]] if near else None

    def _party_like(self, text: str) -> str | None:
        from difflib import get_close_matches

        plain = text.strip().lower()
        for code, row in self._reference.countries.items():
            if plain in (row["alpha_2"].lower(), row["name"].lower()):
                return code
        names = {row["name"].lower(): code for code, row in self._reference.countries.items()}
        near = get_close_matches(plain, names, n=1, cutoff=0.7)
        return names[near[0]] if near else None


@lru_cache(maxsize=4)
def code_lists(reference: Reference) -> CodeLists:
    """The code lists of a reference, made once."""
    return CodeLists(reference)
