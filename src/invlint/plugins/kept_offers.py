"""Keep what plugins offer between runs, so that a run that needs no code of theirs loads none.

A kept file is good for the same plugins of the same versions in the same files; offers that came with trouble are not
kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from importlib.machinery import PathFinder
from typing import TYPE_CHECKING, Any

from invlint import __version__
from invlint.kept import keep, kept_folder, read_kept
from invlint.plugins import offers as offering
from invlint.plugins.offers import AddedColumn, Column, Offers, Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from invlint.plugins.active import Plugin
    from invlint.plugins.installed import Installed


def _column(parts: list[Any]) -> Column:
    name, kind, prose, at = parts
    return Column(name, kind, prose, tuple(at))


_PARTS: dict[str, Any] = {
    "chemicals": offering.Chemical,
    "reference_tables": offering.ReferenceTable,
    "rules": str,
    "tables": lambda name, prose, columns, make, unique, about: Table(
        name, prose, tuple(map(_column, columns)), make, tuple(unique), about
    ),
    "columns": lambda table, column, make: AddedColumn(table, _column(column), make),
    "checks": offering.Check,
    "members": lambda level, name, schema, columns: offering.Member(
        level, name, schema, {column: (pointer, kind) for column, (pointer, kind) in columns.items()}
    ),
    "readers": lambda name, endings, *rest: offering.Reader(name, tuple(endings), *rest),
    "reports": offering.ReportFormat,
    "unit_words": offering.UnitWord,
    "functions": lambda name, takes, *rest: offering.Function(name, tuple(takes), *rest),
}


def kept_offers(installed: Sequence[Installed]) -> tuple[Plugin, ...] | None:
    """The plugins with the offers that were kept of them; None where they must be asked."""
    from invlint.plugins.active import Plugin

    if not installed:
        return ()
    path = _path(installed)
    body = read_kept(path) if path is not None else None
    if body is None:
        return None
    try:
        return tuple(Plugin(*one, _offers(parts)) for one, parts in zip(installed, json.loads(body), strict=True))
    except (ValueError, TypeError, KeyError):
        return None


def keep_offers(installed: Sequence[Installed], plugins: Sequence[Plugin]) -> None:
    """Keep what plugins offer, where all of them gave it without trouble."""
    path = _path(installed)
    if path is not None and not any(plugin.troubles for plugin in plugins):
        keep(path, json.dumps([plugin.offers for plugin in plugins]).encode())


def _offers(parts: list[list[Any]]) -> Offers:
    made: dict[str, Any] = {}
    for (name, make), items in zip(_PARTS.items(), parts, strict=True):
        made[name] = tuple(make(item) if make is str else make(*item) for item in items)
    return Offers(**made)


def _path(installed: Sequence[Installed]) -> Path | None:
    """The kept file of these plugins as they are now; None where the files of one cannot be told."""
    digest = hashlib.sha256(f"{__version__} {sys.version}".encode())
    for plugin in [None, *installed]:
        stamp = _stamp(plugin.module.partition(".")[0] if plugin is not None else "invlint.plugins")
        if stamp is None:
            return None
        digest.update(f"\0{plugin}\0{stamp}".encode())
    return kept_folder() / f"plugins-{digest.hexdigest()[:32]}.json"


def _stamp(module: str) -> str | None:
    """The sizes and times of the source files of a package, or of a module of one file."""
    if module == "invlint.plugins":
        folder = os.path.dirname(__file__)  # noqa: PTH120 # one of the first things that every run does
    else:
        spec = PathFinder.find_spec(module)
        if spec is None or spec.origin is None:
            return None
        if not spec.submodule_search_locations:
            return _told(os.stat(spec.origin), spec.origin)  # noqa: PTH116
        folder = spec.submodule_search_locations[0]
    with os.scandir(folder) as files:
        return " ".join(sorted(_told(file.stat(), file.path) for file in files if file.name.endswith(".py")))


def _told(stat: os.stat_result, path: str) -> str:
    return f"{path} {stat.st_size} {stat.st_mtime_ns}"
