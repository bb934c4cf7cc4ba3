"""Where the shipped rules and schemas are: inside the package when installed, at the top of a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def shipped(folder: str) -> Path:
    """The shipped folder `rules`, `schemas` or `plans` (compiled rules, which a checkout has none of)."""
    inside = _PACKAGE / "shipped" / folder
    return inside if inside.is_dir() else _PACKAGE.parent.parent / folder
