"""Text for a terminal, drawn with rich into a string."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from collections.abc import Callable

STYLES = {"blocker": "bold white on red", "error": "bold red", "warning": "yellow", "info": "cyan"}


def drawn(draw: Callable[[Console], None], *, width: int, color: bool) -> str:
    """What is drawn on a console of the given width, with or without colour; no line ends in blanks."""
    file = StringIO()
    draw(
        Console(
            file=file,
            width=width,
            force_terminal=color,
            color_system="standard" if color else None,
            no_color=not color,
            highlight=False,
            emoji=False,
            markup=False,
            legacy_windows=False,
        )
    )
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines()) + "\n"
