"""Text of files and people, made safe for what shows it."""

from __future__ import annotations

import re

_MARKUP = re.compile(r"([\\`*_\[\]<>|#~])")


def printable(text: str) -> str:
    """The text with control characters shown as codes: what a file holds must not steer the reader's terminal."""
    return "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in text)


def cell(text: str) -> str:
    """Text for a cell of a table: on one line, and not taken for a formula where a spreadsheet opens it."""
    shown = printable(text)
    return f"'{shown}" if shown[:1] in ("=", "+", "-", "@") else shown


def markdown(text: str) -> str:
    """Text that Markdown shows as it stands, on one line."""
    return _MARKUP.sub(r"\\\1", printable(" ".join(text.split()))).replace("&", "&amp;")
