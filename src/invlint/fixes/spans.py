"""Where a value stands in a text, from its first sign to its last, and how the new one is written there."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from invlint.sources.json_source import value_end

if TYPE_CHECKING:
    from collections.abc import Sequence

    from invlint.fixes.edit import Edit
    from invlint.sources import Document
    from invlint.sources.document import Spot

_PLAIN_YAML = re.compile(r"[A-Za-z0-9][A-Za-z0-9.()/ _-]*(?<! )")
_DELIMITERS = ",;\t|"
_NUMBER = re.compile(r"[-+]?[0-9]*[.,]?[0-9]+(?:[eE][-+]?[0-9]+)?")


class Span(NamedTuple):
    """A stretch of a text, and what should stand there instead."""

    start: int
    end: int
    text: str


def json_spans(text: str, documents: Sequence[Document], edits: Sequence[Edit]) -> list[Span | None]:
    """The spans of edits in a JSON text; None where another value stands there than was read."""
    return [_json_span(text, start, edit) for start, edit in zip(_starts(text, documents, edits), edits, strict=True)]


def _json_span(text: str, start: int, edit: Edit) -> Span | None:
    end = value_end(text, start)
    if json.loads(text[start:end]) != edit.before:
        return None
    return Span(start, end, _json(edit.after, text[start:end]))


def _json(value: str | float, before: str) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=not any(ord(sign) > 127 for sign in before + value))
    return number(value)


def yaml_spans(text: str, documents: Sequence[Document], edits: Sequence[Edit]) -> list[Span | None]:
    """The spans of edits in a YAML text; None for a value that is written over several lines."""
    return [_yaml_span(text, start, edit) for start, edit in zip(_starts(text, documents, edits), edits, strict=True)]


def _yaml_span(text: str, start: int, edit: Edit) -> Span | None:
    quote = text[start : start + 1]
    if quote in ("'", '"'):
        end = _quoted_end(text, start, quote)
        if end is None or text[start + 1 : end - 1] != str(edit.before):
            return None
        after = str(edit.after) if isinstance(edit.after, str) else number(edit.after)
        return Span(start, end, f"{quote}{after}{quote}") if quote not in after and "\\" not in after else None
    before = str(edit.before)
    if isinstance(edit.before, str):
        end = start + len(before)
        if text[start:end] != before:
            return None
        after = str(edit.after)
        return Span(start, end, after if _PLAIN_YAML.fullmatch(after) else json.dumps(after, ensure_ascii=False))
    found = _NUMBER.match(text, start)
    if found is None or float(found[0]) != edit.before or isinstance(edit.after, str):
        return None
    return Span(start, found.end(), number(edit.after))


def _quoted_end(text: str, start: int, quote: str) -> int | None:
    """Behind the closing quotation mark, where the value is on one line and has no escapes."""
    end = text.find(quote, start + 1)
    inside = text[start + 1 : end]
    if end < 0 or "\n" in inside or "\\" in inside or text[end + 1 : end + 2] == quote:
        return None
    return end + 1


def csv_spans(text: str, documents: Sequence[Document], edits: Sequence[Edit]) -> list[Span | None]:
    """The spans of edits in a delimited text; None where the cell does not hold just the value that was read."""
    return [_csv_span(text, start, edit) for start, edit in zip(_starts(text, documents, edits), edits, strict=True)]


def _csv_span(text: str, start: int, edit: Edit) -> Span | None:
    """The cell without its blanks and quotation marks."""
    found = re.compile(r' *(?:"([^"\r\n]*)"|([^"\r\n' + _DELIMITERS + r"]*))").match(text, start)
    if found is None:
        return None
    group = 1 if found[1] is not None else 2
    cell = found[group]
    begin = found.start(group) + len(cell) - len(cell.lstrip())
    end = begin + len(cell.strip())
    if isinstance(edit.before, str) or isinstance(edit.after, str):
        return Span(begin, end, str(edit.after)) if cell.strip() == edit.before else None
    try:
        return Span(begin, end, number(edit.after)) if float(cell) == edit.before else None
    except ValueError:
        return None


def number(value: float) -> str:
    """A number as a person writes it: no exponent where it can be helped, and no point behind a whole one."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    if 1e-6 <= abs(value) < 1e15:
        return f"{value:.15f}".rstrip("0") if float(f"{value:.15f}") == value else repr(value)
    return repr(value)


def _starts(text: str, documents: Sequence[Document], edits: Sequence[Edit]) -> list[int]:
    """Where each edit's value begins in the text."""
    wanted: dict[int, list[str]] = {}
    for edit in edits:
        wanted.setdefault(edit.document, []).append(edit.pointer)
    spots: dict[tuple[int, str], Spot] = {}
    for document, pointers in wanted.items():
        found = documents[document].locator.locate(pointers)
        spots.update({(document, pointer): spot for pointer, spot in found.items()})
    lines = [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", text))]
    return [_offset(lines, spots[edit.document, edit.pointer]) for edit in edits]


def _offset(lines: list[int], spot: Spot) -> int:
    return lines[(spot.line or 1) - 1] + (spot.column or 1) - 1
