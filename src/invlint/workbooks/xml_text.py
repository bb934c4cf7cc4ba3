"""Edit the XML of a package as text: what is not edited stays byte for byte as it was.

A parser that writes a part anew renames prefixes and drops what it does not know, and then the spreadsheet repairs the
file. The parts of a workbook have no document type, so tags can be found by their shape.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, unescape

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAG = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    r"|<(?P<close>/?)(?P<name>[^\s/>!?]+)(?P<attributes>(?:\"[^\"]*\"|'[^']*'|[^'\">])*?)(?P<empty>/?)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENTITIES = {"&quot;": '"', "&apos;": "'"}


@dataclass(frozen=True)
class Tag:
    """A tag and where it begins and ends. `name` is without its prefix."""

    prefix: str
    name: str
    begin: int
    end: int
    is_close: bool
    is_empty: bool
    attributes_text: str = field(repr=False)

    @property
    def attributes(self) -> dict[str, str]:
        """Name, with its prefix, to value."""
        found = _ATTRIBUTE.findall(self.attributes_text)
        return {name: unescape(double or single, _ENTITIES) for name, double, single in found}

    def with_attributes(self, **changed: str) -> str:
        """The tag as text with attributes changed or added."""
        text = self.attributes_text
        for name, value in changed.items():
            new = f' {name}="{escape(value)}"'
            old = re.search(rf"\s{name}\s*=\s*(?:\"[^\"]*\"|'[^']*')", text)
            text = text.rstrip() + new if old is None else text[: old.start()] + new + text[old.end() :]
        return f"<{self.prefix}{self.name}{text.rstrip()}{'/' if self.is_empty else ''}>"


def tags(text: str, begin: int = 0) -> Iterator[Tag]:
    """The tags of a text in their order."""
    for match in _TAG.finditer(text, begin):
        if match["name"] is not None:
            prefix, colon, name = match["name"].rpartition(":")
            yield Tag(
                prefix + colon,
                name,
                match.start(),
                match.end(),
                bool(match["close"]),
                bool(match["empty"]),
                match["attributes"],
            )


def openings(text: str, name: str, begin: int = 0) -> Iterator[Tag]:
    """The opening tags of a name."""
    return (tag for tag in tags(text, begin) if tag.name == name and not tag.is_close)


@dataclass
class Edits:
    """Changes of a text, made all at once."""

    text: str
    _changes: list[tuple[int, int, str]] = field(default_factory=list)

    def replace(self, tag: Tag, new: str) -> None:
        """Put a text in the place of a tag."""
        self._changes.append((tag.begin, tag.end, new))

    def insert(self, at: int, new: str) -> None:
        """Put a text before a place; of two at one place the first comes first."""
        self._changes.append((at, at, new))

    def append_to(self, tag: Tag, new: str) -> None:
        """Put a text at the end of the element that a tag opens."""
        if tag.is_empty:
            self.replace(tag, f"{self.text[tag.begin : tag.end - 2].rstrip()}>{new}</{tag.prefix}{tag.name}>")
        else:
            self.insert(end_of(self.text, tag).begin, new)

    def made(self) -> str:
        """The text with all changes."""
        parts = []
        at = 0
        for begin, end, new in sorted(self._changes, key=lambda change: change[:2]):
            parts += [self.text[at:begin], new]
            at = max(at, end)
        return "".join([*parts, self.text[at:]])


def end_of(text: str, tag: Tag) -> Tag:
    """The tag that closes the element of an open one; the tag itself where the element is empty."""
    if tag.is_empty:
        return tag
    depth = 0
    for other in tags(text, tag.begin):
        if other.name == tag.name and not other.is_empty:
            depth += -1 if other.is_close else 1
            if depth == 0:
                return other
    return tag


def first_tag(text: str, *names: str) -> Tag | None:
    """The first opening tag with one of these names; without names, the root."""
    return next((tag for tag in tags(text) if not tag.is_close and (not names or tag.name in names)), None)


def printable(text: str) -> str:
    """Text as it can stand in XML."""
    return escape(_UNPRINTABLE.sub("\ufffd", text), {'"': "&quot;"})
