"""What all verbs ask of the terminal: its width, whether it wants colour, and text that it can show."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING, TextIO

from invlint.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

_WIDEST = 110


def width_of(stream: TextIO | None) -> int:
    """The width of the terminal, 80 where there is none, never unreadably wide."""
    if os.environ.get("COLUMNS", "").isdigit():
        return max(40, int(os.environ["COLUMNS"]))
    if stream is None or not stream.isatty():
        return 80
    return max(40, min(_WIDEST, os.get_terminal_size(stream.fileno()).columns))


class Help(argparse.HelpFormatter):
    """Help as wide as reports. What argparse asks for the width takes longer to load than argparse itself."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=width_of(sys.stdout) - 2)


def wants_color(stream: TextIO | None) -> bool:
    """Whether to colour the text, by the customs of NO_COLOR and FORCE_COLOR."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"


def put(stream: TextIO, text: str) -> None:
    """Write text even where the terminal cannot show every character."""
    try:
        stream.write(text)
    except UnicodeEncodeError:
        encoding = stream.encoding or "ascii"
        stream.write(text.encode(encoding, "replace").decode(encoding))
    stream.flush()


def put_data(data: object) -> None:
    """Write data as JSON for programs."""
    import json

    put(sys.stdout, json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def put_rich(draw: Callable[[Console], None]) -> None:
    """Write what is drawn on a console as wide and as colourful as the terminal is."""
    from invlint.render.drawing import drawn

    put(sys.stdout, drawn(draw, width=width_of(sys.stdout), color=wants_color(sys.stdout)))


def read_text(file: str) -> str:
    """The text of a file in UTF-8, or of the standard input for `-`. Raises UsageError where it cannot be read."""
    from pathlib import Path

    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"“{file}” cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise UsageError(f"“{file}” is no text in UTF-8") from None
