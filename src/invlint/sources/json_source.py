"""Read inventories from JSON, and find the line and column of a value afterwards."""

from __future__ import annotations

import json
import re
from typing import Any

from invlint.errors import ReadingError
from invlint.sources.document import Document, Doubt, Spot, escape
from invlint.sources.pointers import Wanted, ask

_SPACE = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()


def read_json(text: str) -> list[Document]:
    """The documents of a JSON text: one object, or an array of them.

    Raises ReadingError with line and column when the text is not JSON.
    """
    repeated: list[dict[str, Any]] = []

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            repeated.append(found)
        return found

    data = _load(text, members)
    locator = JsonLocator(text)
    if isinstance(data, list):
        return [Document(part, locator.below(f"/{place}"), _repeats(part, repeated)) for place, part in enumerate(data)]
    return [Document(data, locator, _repeats(data, repeated))]


def _load(text: str, members: Any) -> Any:
    if not text.strip():
        raise ReadingError("the file is empty", line=1, column=1)
    try:
        return json.loads(text, object_pairs_hook=members)
    except json.JSONDecodeError as error:
        cut = "; the file ends too early" if error.pos >= len(text.rstrip()) else ""
        raise ReadingError(f"not valid JSON: {error.msg}{cut}", line=error.lineno, column=error.colno) from None
    except RecursionError:
        raise ReadingError("the JSON is nested too deeply to be an inventory", line=1, column=1) from None
    except ValueError as error:
        raise ReadingError(f"not readable JSON: {error}", line=1, column=1) from None


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


class JsonLocator:
    """Finds values by walking the text once along the pointers asked for and skipping all else."""

    def __init__(self, text: str, base: str = "") -> None:
        self._text = text
        self._base = base

    def below(self, pointer: str) -> JsonLocator:
        """The locator of one document inside an array of them."""
        return JsonLocator(self._text, self._base + pointer)

    def locate(self, pointers: list[str]) -> dict[str, Spot]:
        full = {self._base + pointer: pointer for pointer in pointers}
        offsets: dict[str, int] = {}
        wanted = ask(full)
        _walk(self._text, _skip_space(self._text, 0), wanted, offsets)
        lines = _line_starts(self._text) if offsets else [0]
        spots = {}
        for whole, pointer in full.items():
            line, column = _line_and_column(lines, offsets[whole])
            spots[pointer] = Spot(line, column, None, whole)
        return spots


def _walk(text: str, at: int, wanted: Wanted, offsets: dict[str, int]) -> int:
    """Note the offset of every pointer that ends at this value or leads below it; return the end of the value."""
    for pointer in wanted.pointers:
        offsets[pointer] = at
    if not wanted.below:
        return _end(text, at)
    for pointer in wanted.all_below():
        offsets[pointer] = at
    if text[at] == "{":
        return _walk_object(text, at, wanted, offsets)
    if text[at] == "[":
        return _walk_array(text, at, wanted, offsets)
    return _end(text, at)


def _walk_object(text: str, at: int, wanted: Wanted, offsets: dict[str, int]) -> int:
    at = _skip_space(text, at + 1)
    while text[at] != "}":
        name, end = _DECODER.raw_decode(text, at)
        at = _skip_space(text, _skip_space(text, end) + 1)
        inner = wanted.below.get(name)
        at = _end(text, at) if inner is None else _walk(text, at, inner, offsets)
        at = _skip_space(text, at)
        if text[at] == ",":
            at = _skip_space(text, at + 1)
    return at + 1


def _walk_array(text: str, at: int, wanted: Wanted, offsets: dict[str, int]) -> int:
    at = _skip_space(text, at + 1)
    place = 0
    while text[at] != "]":
        inner = wanted.below.get(str(place))
        at = _end(text, at) if inner is None else _walk(text, at, inner, offsets)
        at = _skip_space(text, at)
        if text[at] == ",":
            at = _skip_space(text, at + 1)
        place += 1
    return at + 1


def _end(text: str, at: int) -> int:
    return _DECODER.raw_decode(text, at)[1]


def _skip_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", text))]


def _line_and_column(starts: list[int], offset: int) -> tuple[int, int]:
    from bisect import bisect_right

    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1
