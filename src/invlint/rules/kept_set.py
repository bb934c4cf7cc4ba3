"""Keep the rules of an installation whole between runs, by the names, sizes and times of their files.

To read all rule files, take their digests and make a plan of JSON takes longer than to judge most rules. The files of
an installation change only with it, and Python goes by the same signs for its bytecode. In a checkout, where a
compiler is under work, nothing is kept this way.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from typing import TYPE_CHECKING, Any

from invlint import __version__
from invlint.kept import keep, kept_folder, read_kept
from invlint.model.plan import Plan
from invlint.model.report import Pack
from invlint.resources import shipped
from invlint.rules.cache import offered_words, rule_plan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Folders = list[tuple[str, "Path"]]
"""The packs of an installation and the folders of their rule files."""


def kept_set(folders: Folders) -> tuple[Plan, tuple[Pack, ...]] | None:
    """The rules that an earlier run kept of these folders, and their packs; None where there are none."""
    body = read_kept(_path(folders)) if _is_installation() else None
    if body is None:
        return None
    try:
        nodes, rules, packs = marshal.loads(body)  # noqa: S302 - behind its digest, and as much ours as bytecode is
        return Plan(nodes, tuple(map(rule_plan, rules))), tuple(map(Pack._make, packs))
    except (ValueError, TypeError, EOFError, LookupError):
        return None


def keep_set(folders: Folders, plan: Plan, packs: tuple[Pack, ...]) -> None:
    """Keep the rules of an installation for the next run."""
    if _is_installation():
        keep(_path(folders), marshal.dumps(_plain((*plan, packs))))


def _is_installation() -> bool:
    return shipped("plans").is_dir()


def _path(folders: Folders) -> Path:
    """Where the rules of these folders are kept: a name for the files as they are, as this Python writes them."""
    signs = [(str(folder), sign) for _, folder in [*folders, ("", shipped("plans"))] for sign in _signs(str(folder))]
    whole = f"{__version__} {sys.implementation.cache_tag} {offered_words()} {folders} {sorted(signs)}"
    return kept_folder() / f"rules-{hashlib.sha256(whole.encode()).hexdigest()[:32]}.marshal"


def _signs(folder: str) -> Iterator[tuple[str, int, int]]:
    """(path, size, time of the last change) of every file below a folder."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _signs(entry.path)
            else:
                told = entry.stat()
                yield entry.path, told.st_size, told.st_mtime_ns


def _plain(value: Any) -> Any:
    """Named tuples as plain ones, which is all that marshal takes."""
    return tuple(map(_plain, value)) if isinstance(value, tuple) else value
