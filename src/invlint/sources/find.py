"""The files that a command line names: files as given, folders by what invlint reads."""

from __future__ import annotations

import os
from pathlib import Path

from invlint.errors import UsageError
from invlint.sources.read import FORMATS


def find_inputs(paths: list[str]) -> list[Path]:
    """The files to read, in a stable order, each once.

    A folder gives every file below it with an ending that invlint reads; hidden files and folders, lock files of
    office programs and invlint's own configuration are passed over. Raises UsageError for a path that is not there.
    """
    found: dict[Path, None] = {}
    for given in paths:
        path = Path(given)
        if path.is_dir():
            found.update(dict.fromkeys(_below(path)))
        elif path.exists():
            found[path] = None
        else:
            raise UsageError(f"there is no file or folder “{given}”")
    return list(found)


def _below(folder: Path) -> list[Path]:
    files: list[Path] = []
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        files.extend(Path(root, name) for name in sorted(names) if _is_input(name))
    return files


def _is_input(name: str) -> bool:
    return not name.startswith((".", "~$")) and Path(name).suffix.lower() in FORMATS
