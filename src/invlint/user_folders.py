"""The folders in which programs keep files for a user, by the custom of each system.

Fifteen lines of our own, because the import of a library for it costs a twentieth of a short run.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def user_data() -> Path:
    """Where what a user would miss is kept."""
    return _folder("XDG_DATA_HOME", ".local/share", "Library/Application Support", "")


def user_cache() -> Path:
    """Where what can be made again is kept."""
    return _folder("XDG_CACHE_HOME", ".cache", "Library/Caches", "Cache")


def _folder(variable: str, elsewhere: str, on_mac: str, on_windows: str) -> Path:
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return (Path(local) if local else _home() / "AppData" / "Local") / "invlint" / on_windows
    if sys.platform == "darwin":
        return _home() / on_mac / "invlint"
    given = Path(os.environ.get(variable, ""))
    return (given if given.is_absolute() else _home() / elsewhere) / "invlint"


def _home() -> Path:
    """The home of the user; for one without (as in a container) the root, where nothing will be found or kept."""
    try:
        return Path.home()
    except RuntimeError:
        return Path("/")
