"""Codes and units in their one spelling: what is meant is certain, so the meaning stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from invlint.fixes.edit import Edit
from invlint.units.canonical import canonical_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from invlint.reference.code_lists import CodeLists

_CODES = ("party", "edition", "teq_scheme", "class", "category", "chemical", "vector", "key", "origin", "confidence")
_CLASS_OR_CATEGORY = ("class", "category", "included_in")


def spelling_edits(number: int, data: Any, lists: CodeLists) -> list[Edit]:
    """The edits of one document, whose number in its file is given."""
    found: list[Edit] = []
    for pointer, member, text, edition in _texts(data, "", None):
        after = _unit(member, text) or _code(member, text, edition, lists)
        if after is not None and after != text:
            found.append(Edit(number, pointer, text, after, f"{member} “{text}” is spelled {after}"))
    return found


def _texts(value: Any, pointer: str, edition: str | None) -> Iterator[tuple[str, str, str, str | None]]:
    """(pointer, member, text, edition that holds there) of every text in a document."""
    if isinstance(value, dict):
        edition = value["edition"] if isinstance(value.get("edition"), str) else edition
        for name, inner in value.items():
            if isinstance(inner, str):
                yield f"{pointer}/{name}", name, inner, edition
            elif "/" not in name and "~" not in name:
                yield from _texts(inner, f"{pointer}/{name}", edition)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _texts(inner, f"{pointer}/{place}", edition)


def _unit(member: str, text: str) -> str | None:
    return canonical_unit(text) if member == "unit" else None


def _code(member: str, text: str, edition: str | None, lists: CodeLists) -> str | None:
    """The code that a text means, where it is one of those that are known: those of older editions are left alone."""
    if member in _CLASS_OR_CATEGORY:
        columns = ("class", "category") if member == "included_in" else (member,)
        found = (lists.recognise(column, text, edition) for column in columns if edition in (None, "2013"))
        return next((code for code in found if code is not None), None)
    return lists.recognise(member, text) if member in _CODES else None
