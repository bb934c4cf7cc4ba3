"""Which source a row of a Toolkit sheet is about: a group, a category, a class, a total, or none that it names."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from invlint.sources.cells import as_text
from invlint.sources.toolkit_words import SILENT, TOTALS, folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from invlint.reference import Reference

GROUP, CATEGORY, CLASS, TOTAL = "group", "category", "class", "total"
PART_TOTAL, ANY_TOTAL, GRAND_TOTAL = "part", "any", "all"

_LEVEL_WORDS = (
    r"(?P<word>(?:source\s+)?(?:sg|group|category|cat|class|cl)|groupe(?:\s+de\s+sources?)?|grupo(?:\s+de\s+fuentes?)?"
    r"|categorie|categoria|classe|clase)\.?\s*"
)
_CODE = re.compile(
    rf"""^(?:{_LEVEL_WORDS})?
    (?P<group>\d{{1,2}})
    (?:\s?[.\-]?\s?(?P<letter>[a-m])(?![a-z])
       (?:\s*[.\-:]?\s*(?:classe?|clase|cl)?\.?\s*(?P<class>(?:[a-z0-9]+\.)?\d{{1,2}}[abc]?)(?![a-z0-9.,%\-]))?
    )?
    (?P<after>$|[.):]*(?:\s|$)|\s*[-–—:]\s)(?P<rest>.*)$""",
    re.VERBOSE | re.DOTALL,
)
_NUMBER = re.compile(rf"^(?:{_LEVEL_WORDS})?(?P<number>\d{{1,2}}[abc]?)(?:$|[.):]*(?:\s|$)|\s*[-–—:]\s)")
_LETTER = re.compile(r"^(?P<letter>[a-m])(?:$|[.):]+\s*|\s+[-–—]\s)")
_ALL_GROUPS = re.compile(
    r"(?:source )?(?:groups?|groupes?|grupos?)?(?: de (?:sources|fuentes))? ?1 (?:to |a |al )?(?:9|10)"
)
_LONGEST = 200


class Source(NamedTuple):
    """What a row is about. `id` is a group's number, the id of a category or class, or the extent of a total."""

    level: str
    id: str


class Sources:
    """Finds the source of one row after the other: a class `2` is one of the category above it."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self.group: str | None = None
        self.category: str | None = None
        self.heading = ""

    def category_of(self, class_id: str) -> str:
        """The category of a class, also of one that is not known."""
        row = self._reference.classes.get(class_id)
        return row["category"] if row else class_id.partition(".")[0]

    def is_default(self, chemical: object) -> bool:
        """Whether a release without a chemical is about this one."""
        return chemical is None or folded(str(chemical)) == folded(self._reference.default_chemical)

    def begin(self, text: str) -> None:
        """Begin a sheet, of whose name or title the group may be known."""
        self.category, self.heading = None, ""
        self.group = self.group_in(text)

    def group_in(self, text: str) -> str | None:
        """The group that a title names."""
        match = _CODE.match(_plain(text))
        found = match["group"] if match else None
        if found is None:
            words = re.search(r"(?:\bgroup|\bgroupe|\bgrupo|\bsg)\D{0,12}(\d{1,2})\b", _plain(text))
            found = words[1] if words else None
        return str(int(found)) if found is not None and int(found) in self._reference.groups else None

    def of(self, cells: Iterable[tuple[str, object]]) -> Source | None:
        """The source that the cells of a row name, each given with the field of its column; the narrowest counts."""
        texts = [(field, as_text(cell)) for field, cell in cells]
        found: Source | None = None
        for field, text in texts:
            total = self._total(text)
            if total is not None:
                return total
            beside = " ".join(other for _, other in texts)
            named = self._named(field, text, beside)
            if named is not None and (found is None or _narrower(named.level, found.level)):
                found = named
                self._remember(named)
        return found

    def _remember(self, source: Source) -> None:
        if source.level == GROUP:
            if source.id != self.group:
                self.category = None
            self.group = source.id
        elif source.level == CATEGORY:
            self.category = source.id
            self.group = re.match(r"\d*", source.id)[0] or self.group  # type: ignore[index]
            self.heading = ""
        elif source.level == CLASS:
            category = re.match(r"\d{1,2}[a-m]", source.id)
            if category is not None and category[0] != self.category:
                self._remember(Source(CATEGORY, category[0]))

    def _total(self, text: str) -> Source | None:
        words = folded(text)
        for extent in (GRAND_TOTAL, PART_TOTAL, ANY_TOTAL):
            for phrase in TOTALS[extent]:
                if words == phrase:
                    return Source(TOTAL, extent)
        first = next(
            ((phrase, extent) for extent in (PART_TOTAL, ANY_TOTAL) for phrase in TOTALS[extent]
             if words.startswith(phrase + " ")),
            None,
        )  # fmt: skip
        if first is None:
            return None
        left = words.removeprefix(first[0]).split()
        while left and left[0] in SILENT | {"all"}:
            left = left[1:]
        rest = " ".join(left)
        if _ALL_GROUPS.fullmatch(rest):
            return Source(TOTAL, GRAND_TOTAL)
        named = self._named("name", rest, rest) if rest else None
        if named is not None and named.level != CLASS:
            return named
        return Source(TOTAL, first[1])

    def _named(self, field: str, text: str, beside: str) -> Source | None:
        plain = _plain(text)
        if not plain:
            return None
        known = self._reference.class_ids.recognise(plain)
        if known is not None and not plain.isdigit():
            return Source(CATEGORY if known in self._reference.categories else CLASS, known)
        return self._coded(field, plain, beside) or self._by_name(plain)

    def _coded(self, field: str, plain: str, beside: str) -> Source | None:
        match = _CODE.match(plain)
        if match is not None and match["letter"]:
            category = f"{int(match['group'])}{match['letter']}"
            if match["class"]:
                return Source(CLASS, self._class(category, match["class"], beside))
            return Source(CATEGORY, category)
        if field == "category" and self.group is not None and (letter := _LETTER.match(plain)):
            return Source(CATEGORY, self.group + letter["letter"])
        number = _NUMBER.match(plain)
        if number is None:
            return None
        word = (number["word"] or "").split(" ")[-1]
        is_group = field == "group" or word.startswith(("sg", "gr", "source"))
        if is_group or (not word.startswith("cl") and self._names_group(number["number"], beside)):
            return Source(GROUP, number["number"])
        if self.category is not None and (field in ("class", "name") or word.startswith("cl")):
            return Source(CLASS, self._class(self.category, number["number"], beside))
        return Source(GROUP, number["number"]) if number["number"] == self.group and field == "name" else None

    def _names_group(self, number: str, beside: str) -> bool:
        """Whether the name of the group with that number stands beside it."""
        group = self._groups.get(number)
        return group is not None and group in folded(beside)

    def _class(self, category: str, number: str, beside: str) -> str:
        """The class of that number; where a category divides its classes, the words beside it tell which."""
        direct = self._reference.class_ids.recognise(f"{category}.{number}")
        if direct is not None:
            return direct
        ends = [class_id for class_id in self._classes.get(category, {}) if class_id.endswith(f".{number}")]
        words = _stems(f"{self.heading} {beside}")
        scores = {
            class_id: len(words & _stems(f"{class_id.replace('.', ' ')} {self._classes[category][class_id]}"))
            for class_id in ends
        }
        best = max(scores.values(), default=0)
        likely = [class_id for class_id, score in scores.items() if score == best and score > 0]
        return likely[0] if len(likely) == 1 else f"{category}.{number}"

    def _by_name(self, plain: str) -> Source | None:
        words = folded(plain)
        for class_id, name in self._classes.get(self.category or "", {}).items():
            if words == folded(name):
                return Source(CLASS, class_id)
        category = self._categories.get(words)
        if category is not None:
            return Source(CATEGORY, category)
        group = next((group for group, name in self._groups.items() if name == words), None)
        return Source(GROUP, group) if group is not None else None

    @cached_property
    def _classes(self) -> dict[str, dict[str, str]]:
        """Category to its classes with their names."""
        found: dict[str, dict[str, str]] = {}
        for class_id, row in self._reference.classes.items():
            found.setdefault(row["category"], {})[class_id] = row["name"]
        return found

    @cached_property
    def _categories(self) -> dict[str, str]:
        return {folded(row["name"]): category for category, row in self._reference.categories.items()}

    @cached_property
    def _groups(self) -> dict[str, str]:
        return {str(group): folded(name) for group, name in self._reference.groups.items()}


def _narrower(level: str, than: str) -> bool:
    order = (GROUP, CATEGORY, CLASS)
    return order.index(level) >= order.index(than)


def _plain(text: str) -> str:
    """The text in small letters and without accents, its signs kept."""
    decomposed = unicodedata.normalize("NFKD", text[:_LONGEST]).casefold()
    return " ".join("".join(sign for sign in decomposed if not unicodedata.combining(sign)).split())


def _stems(text: str) -> set[str]:
    """The first letters of each longer word, so that a plural is its singular."""
    return {word[:6] for word in folded(text).split() if len(word) > 3}
