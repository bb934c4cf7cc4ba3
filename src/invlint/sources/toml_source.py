"""Read a TOML file, and know the line on which each of its members stands."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any, NamedTuple

from invlint.errors import ReadingError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Way = tuple[str | int, ...]
"""The names that lead to a member; the tables of an array are numbered from 0."""

_LARGEST = 1_000_000
_MOST_LINES = 100
"""Of one value: each more is another attempt to read it."""

_AT = re.compile(r" \(at line (\d+), column (\d+)\)$")


class Toml(NamedTuple):
    """What a TOML file says, its text, and the line of each member and each table head, counted from 1."""

    data: dict[str, Any]
    text: str
    lines: dict[Way, int]


def read_toml(path: Path) -> Toml:
    """The content of a TOML file. Raises ReadingError, with the place where the text is none."""
    try:
        if path.stat().st_size > _LARGEST:
            raise ReadingError("the file is larger than 1 MB: no file of this kind is that large")
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise ReadingError(f"the file cannot be opened ({error.strerror})") from None
    except UnicodeDecodeError:
        raise ReadingError("the file is no UTF-8 text: save it as UTF-8") from None
    try:
        return Toml(tomllib.loads(text), text, dict(_members(text)))
    except tomllib.TOMLDecodeError as error:
        problem = _AT.sub("", str(error))
        at = _AT.search(str(error))
        line, column = (int(at[1]), int(at[2])) if at else (text.count("\n") + 1, 1)
        raise ReadingError(f"the file is no TOML: {problem}", line=line, column=column) from None
    except RecursionError:
        raise ReadingError("the file nests too deep") from None


def _members(text: str) -> Iterator[tuple[Way, int]]:
    """Every member with its line: the text falls into statements, each of which is TOML by itself."""
    table: Way = ()
    numbers: dict[Way, int] = {}
    for line, statement in _statements(text):
        data = tomllib.loads(statement)
        if statement.lstrip().startswith("["):
            table = _table(data, numbers)
            yield table, line
        else:
            yield from ((table + way, line) for way in _ways(data))


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """(line, text) of each statement that is not blank: as few lines as make TOML."""
    begin, gathered = 1, ""
    for number, line in enumerate(text.split("\n"), start=1):
        gathered += line + "\n"
        try:
            empty = not tomllib.loads(gathered)
        except tomllib.TOMLDecodeError:
            if number - begin > _MOST_LINES:
                raise ReadingError(f"a value runs over more than {_MOST_LINES} lines", line=begin, column=1) from None
            continue
        if not empty:
            yield begin, gathered
        begin, gathered = number + 1, ""


def _table(data: dict[str, Any], numbers: dict[Way, int]) -> Way:
    """The way to the table that a head opens; `numbers` are those of the last table of each array."""
    way: Way = ()
    part: Any = data
    while isinstance(part, dict) and part:
        (name, part), *_ = part.items()
        way += (name,)
        if isinstance(part, list):
            numbers[way] = numbers.get(way, -1) + 1
            part = part[0]
        if way in numbers:
            way += (numbers[way],)
    return way


def _ways(data: dict[str, Any]) -> Iterator[Way]:
    """The ways to the members of a table and of the tables in it."""
    for name, value in data.items():
        yield (name,)
        if isinstance(value, dict):
            yield from ((name, *way) for way in _ways(value))
