"""The user's own edition of the reference: the factors of a table that they hold, kept in their data folder.

Two files: the factors as CSV in the columns of the shipped ones, and a record that says where they come from and holds
the digest of the CSV, so that one that is cut, changed or half written is never taken for whole.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
from functools import lru_cache
from math import isfinite
from pathlib import Path
from typing import Any, NamedTuple

from invlint.errors import OwnReferenceError, UsageError
from invlint.reference.code_lists import VECTORS
from invlint.reference.editions import EDITIONS_WITH_DEFAULTS
from invlint.user_folders import user_data

FACTORS, RECORD = "factors.csv", "edition.json"
FORMAT = "invlint/own-reference-1"
FACTOR_CODES = ("NA", "ND")
"""NA: the vector is not expected. ND: no factor is available."""

_COLUMNS = (
    "class",
    "chemical",
    "vector",
    "residue_kind",
    "value",
    "code",
    "unit",
    "edition",
    "evidence",
    "source",
    "note",
)
_EVIDENCE = "seen"
"""The user saw the table."""

Cell = tuple[str, str, str, str, str | None]
"""edition, class, chemical, vector, residue kind."""


class OwnFactor(NamedTuple):
    """A cell of the user's table: a value as it was written, with its unit, or a code (NA, ND) without either."""

    class_id: str
    chemical: str
    vector: str
    residue_kind: str | None
    value: str | None
    code: str | None
    unit: str | None
    edition: str
    source: str

    @property
    def cell(self) -> Cell:
        return (self.edition, self.class_id, self.chemical, self.vector, self.residue_kind)

    @property
    def number(self) -> float | None:
        return None if self.value is None else float(self.value)


class OwnEdition(NamedTuple):
    """The factors of one table: `source` is the file's name, `sha256` its digest, `day` when it was imported."""

    source: str
    sha256: str
    day: str
    factors: tuple[OwnFactor, ...]


def own_folder() -> Path:
    """Where the own edition is kept: INVLINT_REFERENCE_DIR, or the user's data folder."""
    given = os.environ.get("INVLINT_REFERENCE_DIR")
    return Path(given) if given else user_data() / "reference"


def own_edition() -> OwnEdition | None:
    """The own edition, or None where there is none.

    Raises OwnReferenceError when there is one that is not whole.
    """
    folder = own_folder()
    record, factors = _bytes(folder / RECORD), _bytes(folder / FACTORS)
    if record is None and factors is None:
        return None
    if record is None or factors is None:
        raise damaged(f"{folder / (RECORD if record is None else FACTORS)} is not there")
    return _edition(folder, record, factors)


def keep_own_edition(edition: OwnEdition) -> Path:
    """Keep the edition in the place of any other, and give the folder.

    Raises UsageError where the folder cannot be written to.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for class_id, chemical, vector, kind, value, code, unit, toolkit, source in edition.factors:
        writer.writerow((class_id, chemical, vector, kind, value, code, unit, toolkit, _EVIDENCE, source, ""))
    factors = text.getvalue().encode()
    record = {
        "format": FORMAT,
        "file": edition.source,
        "sha256": edition.sha256,
        "day": edition.day,
        "factors_sha256": hashlib.sha256(factors).hexdigest(),
    }
    folder = own_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _replace(folder / FACTORS, factors)
        _replace(folder / RECORD, (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode())
    except OSError as error:
        raise UsageError(_not_written(folder, error)) from None
    return folder


def forget_own_edition() -> bool:
    """Go back to the shipped reference; whether there was an own edition, whole or not."""
    folder = own_folder()
    found = False
    try:
        for name in (RECORD, FACTORS):
            found = (folder / name).exists() or found
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(_not_written(folder, error)) from None
    return found


def damaged(what: str) -> OwnReferenceError:
    """The error that says what is wrong with the own edition and what to do."""
    return OwnReferenceError(
        f"your own edition of the reference cannot be used: {what}. "
        "Import the table again (invlint reference import TABLE --yes), or go back to the shipped reference "
        "(invlint reference import --forget)"
    )


def _not_written(folder: Path, error: OSError) -> str:
    return (
        f"the folder of your own edition, “{folder}”, cannot be written to ({error.strerror}): "
        "name another in the environment variable INVLINT_REFERENCE_DIR"
    )


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise damaged(f"{path} cannot be read ({error.strerror})") from None


def _replace(path: Path, data: bytes) -> None:
    """Put the whole file in place at once."""
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    partial.write_bytes(data)
    partial.replace(path)


@lru_cache(maxsize=1)
def _edition(folder: Path, record: bytes, factors: bytes) -> OwnEdition:
    told = _told(folder / RECORD, record)
    if hashlib.sha256(factors).hexdigest() != told["factors_sha256"]:
        raise damaged(f"{folder / FACTORS} is not as it was written")
    rows = csv.reader(io.StringIO(factors.decode("utf-8", "replace"), newline=""))
    try:
        if tuple(next(rows, ())) != _COLUMNS:
            raise damaged(f"{folder / FACTORS} has other columns than this version of invlint writes")
        kept = tuple(_factor(row) for row in rows)
    except (ValueError, csv.Error):
        raise damaged(f"{folder / FACTORS} holds a line that is no factor") from None
    return OwnEdition(told["file"], told["sha256"], told["day"], kept)


def _told(path: Path, record: bytes) -> dict[str, str]:
    try:
        told: Any = json.loads(record)
    except (ValueError, RecursionError):
        told = None
    members = ("format", "file", "sha256", "day", "factors_sha256")
    if type(told) is not dict or any(type(told.get(name)) is not str for name in members) or told["format"] != FORMAT:
        raise damaged(f"{path} is not as invlint writes it")
    return told


def _factor(row: list[str]) -> OwnFactor:
    """The factor of a line. Raises ValueError where it is none."""
    from invlint.units import UnknownUnitError, parse_unit

    class_id, chemical, vector, kind, value, code, unit, edition, evidence, source, _ = row
    factor = OwnFactor(
        class_id, chemical, vector, kind or None, value or None, code or None, unit or None, edition, source
    )
    has_value = factor.number is not None and isfinite(factor.number) and factor.unit is not None
    has_code = factor.code in FACTOR_CODES and factor.unit is None and factor.value is None
    if has_value == has_code or (factor.code is not None) != has_code or evidence != _EVIDENCE:
        raise ValueError(row)
    if vector not in VECTORS or edition not in EDITIONS_WITH_DEFAULTS:
        raise ValueError(row)
    try:
        parse_unit(factor.unit or "t")
    except UnknownUnitError:
        raise ValueError(row) from None
    return factor
