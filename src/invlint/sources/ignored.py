"""What the .gitignore files of a repository leave out, as git reads them: the innermost file has the last word."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

_NAME = ".gitignore"
_FOLDER = "ps_d"
"""The group of a pattern's regular expression that ends with the folder which it matched."""


class Ignored:
    """The patterns that hold in one folder: its own and those of the folders above."""

    def __init__(self, layers: tuple[tuple[Path, list[Any]], ...] = ()) -> None:
        self._layers = layers

    @classmethod
    def at(cls, folder: Path) -> Ignored:
        """What holds in a folder that a user names: from the top of its repository, where it lies in one."""
        whole = folder.absolute()
        top = next((above for above in (whole, *whole.parents) if (above / ".git").exists()), whole)
        found = cls()
        for above in reversed([whole, *whole.parents]):
            if above.is_relative_to(top):
                found = found.inside(above)
        return found

    def inside(self, folder: Path) -> Ignored:
        """What holds in a folder below, which may have patterns of its own."""
        patterns = _patterns(folder)
        return Ignored((*self._layers, (folder.absolute(), patterns))) if patterns else self

    def leaves_out(self, path: Path, *, folder: bool = False) -> bool:
        """Whether a file or folder is left out, as long as the folders above it are not."""
        for base, patterns in reversed(self._layers):
            inner = os.path.relpath(path.absolute(), base).replace(os.sep, "/")
            said = _said(patterns, f"{inner}/" if folder else inner)
            if said is not None:
                return said
        return False


def _said(patterns: list[Any], path: str) -> bool | None:
    """What the last of the patterns that match says, True to leave out; None where none does.

    The library's patterns match all that lies below a folder that they match; git asks them of the folder itself, and
    only a folder that is left out takes with it what lies below.
    """
    for pattern in reversed(patterns):
        found = pattern.match_file(path)
        if found is not None:
            groups = found.match.groupdict()
            if groups.get(_FOLDER) is None or found.match.end(_FOLDER) == len(path):
                return bool(pattern.include)
    return None


def _patterns(folder: Path) -> list[Any]:
    """The patterns of a folder's own file, where it has one that can be read."""
    try:
        lines = (folder / _NAME).read_text("utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return []
    return [pattern for line in lines for pattern in _pattern(line)]


def _pattern(line: str) -> list[Any]:
    """The pattern of a line; none for a comment, and for a line that cannot be used, of which git takes no notice."""
    from pathspec import GitIgnoreSpec

    try:
        found = list(GitIgnoreSpec.from_lines([line]).patterns)
    except Exception:  # the library lets through whatever its patterns and regular expressions raise
        return []
    return [pattern for pattern in found if pattern.include is not None]
