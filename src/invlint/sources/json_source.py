"""Read inventories from JSON, and find the line and column of a value afterwards."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from functools import cached_property
from typing import Any

from invlint.errors import ReadingError
from invlint.sources.document import Document, Doubt, Spot, escape
from invlint.sources.pointers import Wanted, ask

_SPACE = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str)
"""Finds where a value ends; numbers are not made."""

_DEEPEST = 100
_MOST_DIGITS = 300


def read_json(text: str) -> list[Document]:
    """The documents of a JSON text: one object, or an array of them.

    A whole number of hundreds of digits stays the text that was met. Raises ReadingError with line and column when the
    text is not JSON.
    """
    repeated: list[dict[str, Any]] = []

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            repeated.append(found)
        return found

    data = _load(text, members)
    if _is_deep(data):
        raise ReadingError("the JSON is nested too deeply to be an inventory", line=1, column=1)
    source = _Source(text)
    if not isinstance(data, list):
        return [Document(data, JsonLocator(source), _repeats(data, repeated))]
    if not data:
        raise ReadingError("the file holds an empty list: put an inventory into it", line=1, column=1)
    return [Document(part, JsonLocator(source, place), _repeats(part, repeated)) for place, part in enumerate(data)]


_WORDS = {
    "Expecting property name enclosed in double quotes": "here a member's name in double quotation marks should stand",
    "Expecting value": "here a value should stand",
    "Expecting ',' delimiter": "a comma is missing before this place",
    "Expecting ':' delimiter": "a colon is missing before this place",
    "Extra data": "the document has ended, and more text follows",
    "Unterminated string starting at": "the text that begins here is not closed by a quotation mark",
    "Illegal trailing comma before end of object": "the comma before the closing bracket is one too many",
}
"""Python's words for what is wrong, in those of a person who wrote the file."""


def _load(text: str, members: Any, whole: Any = None) -> Any:
    if not text.strip():
        raise ReadingError("the file is empty", line=1, column=1)
    try:
        return json.loads(text, object_pairs_hook=members, parse_int=whole)
    except json.JSONDecodeError as error:
        cut = "; the file ends too early" if error.pos >= len(text.rstrip()) else ""
        line, column = _Source(text).line_and_column(error.pos)
        said = _WORDS.get(error.msg, error.msg[:1].lower() + error.msg[1:])
        raise ReadingError(f"not valid JSON: {said}{cut}", line=line, column=column) from None
    except RecursionError:
        raise ReadingError("the JSON is nested too deeply to be an inventory", line=1, column=1) from None
    except ValueError:  # a whole number of more digits than Python converts
        return _load(text, members, _whole_number)


def _whole_number(digits: str) -> int | str:
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


def _is_deep(data: Any) -> bool:
    """Whether lists and objects stand in each other deeper than all that walks them later can bear."""
    level = [data] if isinstance(data, (dict, list)) else []
    for _ in range(_DEEPEST):
        level = [
            inner
            for value in level
            for inner in (value.values() if type(value) is dict else value)
            if type(inner) is dict or type(inner) is list
        ]
        if not level:
            return False
    return True


def _repeats(data: Any, repeated: list[dict[str, Any]]) -> tuple[Doubt, ...]:
    """A doubt for each object of `data` in which a member stands twice (the last one was kept)."""
    if not repeated:
        return ()
    wanted = {id(found) for found in repeated}
    doubts = []
    stack: list[tuple[str, Any]] = [("", data)]
    while stack:
        pointer, value = stack.pop()
        if isinstance(value, dict):
            if id(value) in wanted:
                problem = "a member stands twice in this object, and only the last one counts: keep one"
                doubts.append(Doubt(pointer, "", problem))
            stack.extend((f"{pointer}/{escape(name)}", inner) for name, inner in value.items())
        elif isinstance(value, list):
            stack.extend((f"{pointer}/{place}", inner) for place, inner in enumerate(value))
    return tuple(doubts)


class _Source:
    """The text, and what is found in it once for all documents of a file."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def items(self) -> list[int]:
        """Where each item of the list at the top begins."""
        found: list[int] = []
        at = _skip_space(self.text, _skip_space(self.text, 0) + 1)
        while self.text[at] != "]":
            found.append(at)
            at = _next(self.text, value_end(self.text, at))
        return found

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", self.text))]

    def line_and_column(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1


class JsonLocator:
    """Finds values by walking the text once along the pointers asked for and skipping all else.

    `place` is that of the document in the list at the top, where there is one.
    """

    def __init__(self, source: _Source, place: int | None = None) -> None:
        self._source = source
        self._place = place

    def locate(self, pointers: list[str]) -> dict[str, Spot]:
        source, place = self._source, self._place
        above = "" if place is None else f"/{place}"
        start = _skip_space(source.text, 0) if place is None else source.items[place]
        offsets: dict[str, int] = {}
        _walk(source.text, start, ask(pointers), offsets)
        return {pointer: Spot(*source.line_and_column(offsets[pointer]), None, above + pointer) for pointer in pointers}


def _walk(text: str, at: int, wanted: Wanted, offsets: dict[str, int]) -> int:
    """Note the offset of every pointer that ends at this value or leads below it; return the end of the value."""
    for pointer in wanted.pointers:
        offsets[pointer] = at
    if not wanted.below:
        return value_end(text, at)
    for pointer in wanted.all_below():
        offsets[pointer] = at
    if text[at] == "{":
        return _walk_object(text, at, wanted, offsets)
    if text[at] == "[":
        return _walk_array(text, at, wanted, offsets)
    return value_end(text, at)


def _walk_object(text: str, at: int, wanted: Wanted, offsets: dict[str, int]) -> int:
    at = _skip_space(text, at + 1)
    while text[at] != "}":
        name, end = _DECODER.raw_decode(text, at)
        at = _skip_space(text, _skip_space(text, end) + 1)
        inner = wanted.below.get(name)
        at = _next(text, value_end(text, at) if inner is None else _walk(text, at, inner, offsets))
    return at + 1


def _walk_array(text: str, at: int, wanted: Wanted, offsets: dict[str, int]) -> int:
    at = _skip_space(text, at + 1)
    place = 0
    while text[at] != "]":
        inner = wanted.below.get(str(place))
        at = _next(text, value_end(text, at) if inner is None else _walk(text, at, inner, offsets))
        place += 1
    return at + 1


def value_end(text: str, at: int) -> int:
    """Behind the value that begins at an offset."""
    return _DECODER.raw_decode(text, at)[1]


def _next(text: str, at: int) -> int:
    """Behind a value: the next one, or the bracket that closes."""
    at = _skip_space(text, at)
    return _skip_space(text, at + 1) if text[at] == "," else at


def _skip_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at
