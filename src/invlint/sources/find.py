"""The files that a command line names: files as given, folders by what invlint reads."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from invlint.errors import UsageError
from invlint.sources.ignored import Ignored
from invlint.sources.read import endings_read

_OWN = ("invlint.toml", "waivers.toml", "invlint-baseline.json")


class Found(NamedTuple):
    """The files to read, those of folders that were passed over because invlint does not read their kind, and the
    files and folders in them that .gitignore leaves out.
    """

    inputs: list[Path]
    passed_over: list[Path]
    ignored: list[Path]


def find_inputs(paths: list[str]) -> Found:
    """The files that paths name, in a stable order, each once.

    A folder gives every file below it with an ending that invlint reads; hidden files and folders, the lock files of
    office programs, invlint's own files and what .gitignore leaves out are left alone. A file that is named itself is
    read whatever it is. Raises UsageError for a path that is not there.
    """
    found: dict[Path, None] = {}
    passed_over: dict[Path, None] = {}
    ignored: dict[Path, None] = {}
    endings = endings_read()
    for given in paths:
        path = Path(given)
        if path.is_dir():
            files, left_out = _below(path, endings)
            ignored.update(dict.fromkeys(left_out))
            for file in files:
                (found if file.suffix.lower() in endings else passed_over)[file] = None
        elif path.exists():
            found[path] = None
        else:
            raise UsageError(f"there is no file or folder “{given}”")
    return Found(list(found), list(passed_over), list(ignored))


def _below(top: Path, endings: tuple[str, ...]) -> tuple[list[Path], list[Path]]:
    """The files below a folder, and the files and folders of a kind to read that are left out."""
    files: list[Path] = []
    left_out: list[Path] = []
    rules = {str(top): Ignored.at(top)}
    for root, folders, names in os.walk(top):
        here = rules[root]
        for name in sorted(name for name in folders if not name.startswith(".")):
            folder = Path(root, name)
            if here.leaves_out(folder, folder=True):
                left_out.append(folder)
            else:
                rules[os.path.join(root, name)] = here.inside(folder)  # noqa: PTH118 - as os.walk joins them
        folders[:] = sorted(name for name in folders if os.path.join(root, name) in rules)  # noqa: PTH118
        for name in sorted(name for name in names if not name.startswith((".", "~$")) and name not in _OWN):
            file = Path(root, name)
            if not here.leaves_out(file):
                files.append(file)
            elif file.suffix.lower() in endings:
                left_out.append(file)
    return files, left_out
