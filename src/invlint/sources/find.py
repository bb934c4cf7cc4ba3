"""The files that a command line names: files as given, folders by what invlint reads."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from invlint.errors import UsageError
from invlint.sources.read import endings_read


class Found(NamedTuple):
    """The files to read, and those of folders that were passed over because invlint does not read their kind."""

    inputs: list[Path]
    passed_over: list[Path]


def find_inputs(paths: list[str]) -> Found:
    """The files that paths name, in a stable order, each once.

    A folder gives every file below it with an ending that invlint reads; hidden files and folders and the lock files
    of office programs are left alone. Raises UsageError for a path that is not there.
    """
    found: dict[Path, None] = {}
    passed_over: dict[Path, None] = {}
    endings = endings_read()
    for given in paths:
        path = Path(given)
        if path.is_dir():
            for file in _below(path):
                (found if file.suffix.lower() in endings else passed_over)[file] = None
        elif path.exists():
            found[path] = None
        else:
            raise UsageError(f"there is no file or folder “{given}”")
    return Found(list(found), list(passed_over))


def _below(folder: Path) -> list[Path]:
    files: list[Path] = []
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        files.extend(Path(root, name) for name in sorted(names) if not name.startswith((".", "~$")))
    return files
