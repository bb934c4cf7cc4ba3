"""Wait until files change: by looking at them, which works on every system and on network drives."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from invlint.errors import UsageError
from invlint.sources import find_inputs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_PAUSE = 0.5
"""Seconds between two looks."""

Seen = dict[str, tuple[int, int]]
"""Path to the time of its last change and its size."""


class Watched(NamedTuple):
    """What is looked at: inventories, files or folders of them; rule files, or folders of them; and single files."""

    inventories: Sequence[str]
    rules: Sequence[Path]
    others: Sequence[Path]


def look(watched: Watched) -> Seen:
    """How everything looks now that is there."""
    seen: Seen = {}
    for path in (*_inventories(watched.inventories), *_rules(watched.rules), *watched.others):
        with suppress(OSError):  # it is gone, or not there yet
            state = path.stat()
            seen[str(path)] = (state.st_mtime_ns, state.st_size)
    return seen


def wait_for_change(before: Seen, watched: Watched) -> None:
    """Return as soon as a file looks otherwise than before, came or went."""
    while look(watched) == before:
        time.sleep(_PAUSE)


def _inventories(paths: Sequence[str]) -> Iterator[Path]:
    for path in paths:
        with suppress(UsageError):  # a program that saves the file takes it away for a moment
            yield from find_inputs([path]).inputs


def _rules(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        yield from path.rglob("*.rule") if path.is_dir() else (path,)
