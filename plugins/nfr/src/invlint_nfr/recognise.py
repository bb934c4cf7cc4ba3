"""Tell an Annex I workbook from others without reading its sheets."""

from __future__ import annotations

import io
import zipfile
import zlib

_HEAD = b"NFR Code"
_WORDS, _SHEETS = "xl/sharedStrings.xml", "xl/worksheets/"
_MOST_OF_WORDS, _MOST_OF_A_SHEET = 30_000_000, 300_000
"""Bytes of unpacked text that are looked through: heads are among the first words, and at the top of a sheet."""


def is_annex_one(data: bytes) -> bool:
    """Whether the words of the workbook have the head of the column of NFR codes among them."""
    if not data.startswith(b"PK"):
        return _HEAD in data or _HEAD.decode().encode("utf-16-le") in data
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            if _WORDS in names and _HEAD in _begin(package, _WORDS, _MOST_OF_WORDS):
                return True
            return any(_HEAD in _begin(package, name, _MOST_OF_A_SHEET) for name in names if name.startswith(_SHEETS))
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError, EOFError, ValueError):
        return False


def _begin(package: zipfile.ZipFile, name: str, most: int) -> bytes:
    with package.open(name) as part:
        return part.read(most)
