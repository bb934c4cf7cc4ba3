"""What the .gitignore files of a repository leave out, as git reads them: the innermost file has the last word."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pathspec import GitIgnoreSpec

_NAME = ".gitignore"


class Ignored:
    """The patterns that hold in one folder: its own and those of the folders above."""

    def __init__(self, layers: tuple[tuple[Path, GitIgnoreSpec], ...] = ()) -> None:
        self._layers = layers

    @classmethod
    def at(cls, folder: Path) -> Ignored:
        """What holds in a folder that a user names: from the top of its repository, where it lies in one."""
        whole = folder.absolute()
        tops = [above for above in (whole, *whole.parents) if (above / ".git").exists()]
        found = cls()
        for above in reversed([whole, *whole.parents]):
            if above == whole or (tops and above.is_relative_to(tops[0])):
                found = found.inside(above)
        return found

    def inside(self, folder: Path) -> Ignored:
        """What holds in a folder below, which may have patterns of its own."""
        patterns = _patterns(folder)
        return self if patterns is None else Ignored((*self._layers, (folder.absolute(), patterns)))

    def leaves_out(self, path: Path, *, folder: bool = False) -> bool:
        """Whether a file or folder is left out."""
        for base, patterns in reversed(self._layers):
            inner = os.path.relpath(path.absolute(), base).replace(os.sep, "/")
            said = patterns.check_file(f"{inner}/" if folder else inner).include
            if said is not None:
                return said
        return False


def _patterns(folder: Path) -> GitIgnoreSpec | None:
    """The patterns of a folder's own file, where it has one that can be read."""
    try:
        lines = (folder / _NAME).read_text("utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return None
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(line for line in lines if _is_pattern(line))


def _is_pattern(line: str) -> bool:
    """Whether a line can be used; of what cannot, git too takes no notice."""
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except Exception:  # the library lets through what its patterns and regular expressions raise
        return False
    return True
