"""The file of peers: one line for each Party's own factor, so that one inventory can be held against an archive.

A CSV that a spreadsheet opens: party, class, chemical, vector, residue_kind, factor, unit.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from invlint.errors import UsageError
from invlint.tables.own_factors import PeerFactor
from invlint.units import UnknownUnitError, parse_unit
from invlint.units.dimension import base_unit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from invlint.reference.code_lists import CodeLists

HEAD = ("party", "class", "chemical", "vector", "residue_kind", "factor", "unit")
_CODED = ("party", "class", "chemical", "vector")


def peers_text(peers: Iterable[PeerFactor]) -> str:
    """The file's text, ordered by class, chemical, vector, residue kind and Party."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(HEAD)
    for peer in sorted(peers, key=lambda one: (*one[1:4], one.residue_kind or "", one.party, one.dimension)):
        unit = base_unit(peer.dimension)
        writer.writerow([*peer[:4], peer.residue_kind or "", f"{peer.factor:.12g}", unit])
    return file.getvalue()


def read_peers(path: Path, lists: CodeLists) -> list[PeerFactor]:
    """The factors in a file of peers. Raises UsageError that names the line which is none."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the file of peers {path} cannot be read as UTF-8 text ({error})") from None
    reader = csv.reader(io.StringIO(text))
    if tuple(next(reader, ())) != HEAD:
        wanted = ", ".join(HEAD)
        raise UsageError(
            f"{path} is no file of peers: its first line must be {wanted} (`invlint peers build` writes it)"
        )
    return [_peer(line, f"{path}:{reader.line_num}", lists) for line in reader if line]


def _peer(line: list[str], place: str, lists: CodeLists) -> PeerFactor:
    if len(line) != len(HEAD):
        raise UsageError(f"{place}: {len(line)} cells where {len(HEAD)} should stand")
    for column, cell in zip(_CODED, line, strict=False):
        if cell not in lists.known[column]:
            raise UsageError(f"{place}: “{cell}” is no {column} code")
    party, class_id, chemical, vector, kind, number, unit = line
    try:
        factor, parsed = float(number), parse_unit(unit)
    except ValueError:
        raise UsageError(f"{place}: “{number}” is no number") from None
    except UnknownUnitError as error:
        raise UsageError(f"{place}: {error}") from None
    if not 0 < factor < float("inf"):
        raise UsageError(f"{place}: a factor is a number above zero, and this is {number}")
    return PeerFactor(party, class_id, chemical, vector, kind or None, factor * parsed.scale, parsed.dimension)
