"""Find installed plugins without the cost of looking where there are none."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from invlint.errors import UsageError

GROUP = "invlint"


def _is_any_installed() -> bool:
    """Whether an installed distribution names an entry point of our group.

    Reading the metadata of every distribution through the standard library costs more than checking a small file,
    and almost always finds nothing.
    """
    mark = f"[{GROUP}]".encode()
    for folder in dict.fromkeys(sys.path):
        for file in _entry_points(folder or "."):
            with suppress(OSError):
                if mark in file.read_bytes():
                    return True
    return False


def _entry_points(folder: str) -> list[Path]:
    """Where the distributions installed in a folder of the path would name theirs; a zip file has none."""
    with suppress(OSError), os.scandir(folder) as found:
        metadata = [entry for entry in found if entry.name.endswith((".dist-info", ".egg-info"))]
        return [Path(entry.path, "entry_points.txt") for entry in metadata]
    return []


@lru_cache(maxsize=1)
def rule_folders() -> tuple[tuple[str, Path], ...]:
    """(plugin, folder) of the rule files that installed plugins add.

    Raises UsageError when a plugin cannot be loaded.
    """
    if not _is_any_installed():
        return ()
    import pluggy

    from invlint.plugins import hookspecs

    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(hookspecs)
    try:
        manager.load_setuptools_entrypoints(GROUP)
    except Exception as error:
        raise UsageError(f"an installed plugin of invlint cannot be loaded ({type(error).__name__}: {error})") from None
    return tuple(
        (implementation.plugin_name, Path(str(implementation.function())))
        for implementation in manager.hook.invlint_rule_folder.get_hookimpls()
    )
