"""Read one file by what it is. A file that cannot be read is a reading with a problem, never an exception."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from invlint.errors import ReadingError
from invlint.plugins import Reader as ReaderOffer
from invlint.plugins import offered
from invlint.sources.document import Document, Reading, Spot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from invlint.sources.table_head import Grid

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_LARGEST = 1_000_000_000

JSON, YAML, TABLE, WORKBOOK = "json", "yaml", "table", "workbook"
FORMATS = {
    ".json": JSON,
    ".yaml": YAML,
    ".yml": YAML,
    ".csv": TABLE,
    ".tsv": TABLE,
    ".txt": TABLE,
    ".xlsx": WORKBOOK,
    ".xlsm": WORKBOOK,
    ".xls": WORKBOOK,
    ".ods": WORKBOOK,
}


def endings_read() -> tuple[str, ...]:
    """The endings of the files that are read: those of invlint itself, and those of plugins' readers."""
    return tuple(dict.fromkeys((*FORMATS, *(ending for _, reader in _readers() for ending in reader.endings))))


def _readers() -> list[tuple[str, ReaderOffer]]:
    return offered("readers", (), "the reader")


def read_file(path: Path, *, name: str | None = None, sheet: str | None = None) -> Reading:
    """The documents of one file. `name` is the path as the user knows it; `sheet` names a sheet of a workbook."""
    shown = name or path.as_posix()
    try:
        data = _bytes(path)
    except ReadingError as error:
        return Reading(shown, None, problem=error.problem)
    digest = hashlib.sha256(data).hexdigest()
    try:
        documents, notes = _read(data, path, sheet)
    except ReadingError as error:
        return Reading(shown, digest, problem=error.problem, spot=Spot(error.line, error.column))
    return Reading(shown, digest, tuple(documents), notes=notes)


def read_files(
    paths: Iterable[Path], sheet: str | None = None, advance: Callable[[], None] = lambda: None
) -> list[Reading]:
    """The readings of some files; `advance` is called after each."""
    readings = []
    for path in paths:
        readings.append(read_file(path, sheet=sheet))
        advance()
    return readings


def read_tables(
    path: Path, names: Callable[[Grid], int], *, sheet: str | None = None
) -> tuple[str, list[Grid], tuple[str, ...]]:
    """The digest of a text table or workbook that is no inventory, its tables as cells, and notes on the reading.

    `names` counts the column names that are known in the head row of a grid; `sheet` names the one to read. Raises
    ReadingError when the file cannot be read.
    """
    data = _bytes(path)
    digest = hashlib.sha256(data).hexdigest()
    kind = _kind(data, path.suffix.lower())
    if kind == WORKBOOK:
        from invlint.sources.workbook_source import workbook_grids

        return digest, list(workbook_grids(data, zipped=data.startswith(_ZIP), sheet=sheet).values()), ()
    if kind != TABLE:
        raise ReadingError("the file is no table: save it as CSV, TSV or XLSX")
    from invlint.sources.csv_source import text_grid
    from invlint.sources.text import decode

    text, note = decode(data)
    return digest, [text_grid(text, names)], (note,) if note else ()


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise ReadingError("the file is larger than 1 GB: no inventory is that large")
        return path.read_bytes()
    except OSError as error:
        raise ReadingError(f"the file cannot be opened ({error.strerror})") from None


def _read(data: bytes, path: Path, sheet: str | None) -> tuple[list[Document], tuple[str, ...]]:
    suffix = path.suffix.lower()
    reader = _reader_of(data, suffix)
    if reader is not None:
        from invlint.sources.plugin_reader import read_with

        return read_with(*reader, data, path.name)
    kind = _kind(data, suffix)
    if kind == WORKBOOK:
        from invlint.sources.workbook_source import read_workbook

        return read_workbook(data, zipped=data.startswith(_ZIP), sheet=sheet)
    return _read_text(data, kind)


def _reader_of(data: bytes, suffix: str) -> tuple[str, ReaderOffer] | None:
    """(plugin, reader) of the first plugin whose reader takes the file before invlint does."""
    for plugin, reader in _readers():
        if suffix in reader.endings:
            from invlint.sources.plugin_reader import takes

            if takes(plugin, reader, data, has_other=suffix in FORMATS):
                return plugin, reader
    return None


def _kind(data: bytes, suffix: str) -> str:
    """What the file is, by its ending and its first bytes. Raises ReadingError where the two do not agree."""
    kind = FORMATS.get(suffix)
    if kind is None:
        known = ", ".join(endings_read())
        raise ReadingError(f"invlint does not read {suffix or 'files without an ending'}; it reads {known}")
    if not data:
        raise ReadingError("the file is empty", line=1, column=1)
    if kind == WORKBOOK:
        _check_workbook(data, suffix)
    elif data.startswith((_ZIP, _OLE)):
        raise ReadingError(f"the file is a workbook under the name of a {suffix} file: give it its own ending (.xlsx)")
    return kind


def _check_workbook(data: bytes, suffix: str) -> None:
    if not data.startswith((_ZIP, _OLE)):
        raise ReadingError(f"the file is named {suffix} but is no workbook: save it from the spreadsheet as .xlsx")
    if data.startswith(_OLE) and suffix in (".xlsx", ".xlsm", ".ods"):
        raise ReadingError("the workbook is protected by a password or of an old format: save a plain copy as .xlsx")


def _read_text(data: bytes, kind: str) -> tuple[list[Document], tuple[str, ...]]:
    from invlint.sources.text import decode

    text, note = decode(data)
    notes = (note,) if note else ()
    if kind == TABLE and text.lstrip()[:1] in ("{", "["):
        raise ReadingError("the file holds JSON under the name of a table: give it the ending .json", line=1, column=1)
    if kind == JSON:
        from invlint.sources.json_source import read_json

        return read_json(text), notes
    if kind == YAML:
        from invlint.sources.yaml_source import read_yaml

        return read_yaml(text), notes
    from invlint.sources.csv_source import read_csv

    return read_csv(text), notes
