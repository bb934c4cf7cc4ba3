"""Find installed plugins by the files in which distributions name their entry points.

Reading the metadata of every distribution through the standard library costs more than checking a small file.
"""

# Annotations are not deferred here: each of a NamedTuple would be compiled from its text at every start.

import os
import sys
from typing import NamedTuple

GROUP = "invlint"
_FOLDERS = (".dist-info", ".egg-info")


class Installed(NamedTuple):
    """A plugin as a distribution names it: its name, its module, and the distribution with its version."""

    name: str
    module: str
    distribution: str
    version: str


def installed_plugins() -> tuple[Installed, ...]:
    """Every plugin that an installed distribution names, by name; one that two distributions name alike counts once."""
    found: dict[tuple[str, str], Installed] = {}
    for folder in dict.fromkeys(sys.path):
        for entry in _entries(folder or "."):
            for plugin in _named_in(entry):
                found.setdefault((plugin.name, plugin.module), plugin)
    return tuple(sorted(found.values()))


def _entries(folder: str) -> list[str]:
    """The metadata folders of the distributions in a folder."""
    try:
        names = os.listdir(folder)  # noqa: PTH208 # a hundred paths would be made for the two that are wanted
    except OSError:
        return []
    return [os.path.join(folder, name) for name in sorted(names) if name.endswith(_FOLDERS)]  # noqa: PTH118


def _named_in(entry: str) -> list[Installed]:
    try:
        with open(os.path.join(entry, "entry_points.txt"), "rb") as file:  # noqa: PTH118, PTH123 # as above
            text = file.read()
    except OSError:
        return []
    if f"[{GROUP}]".encode() not in text:
        return []
    distribution, _, version = os.path.basename(entry).rpartition(".")[0].partition("-")  # noqa: PTH119
    return [Installed(name, module, distribution, version) for name, module in _group(text.decode("utf-8", "replace"))]


def _group(text: str) -> list[tuple[str, str]]:
    """(name, module) of the entry points of our group."""
    found, inside = [], False
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            inside = line == f"[{GROUP}]"
        elif inside and "=" in line and not line.startswith(("#", ";")):
            name, _, module = line.partition("=")
            found.append((name.strip(), module.partition("[")[0].strip()))
    return found
