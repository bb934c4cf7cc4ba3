"""Documents to the frames of one run: one table of each kind over all Parties and years."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from invlint.reference.code_lists import code_lists
from invlint.tables import expected
from invlint.tables.added import add_columns, table_makers
from invlint.tables.counted_elsewhere import counted_elsewhere_frame
from invlint.tables.declared import EARLIER, TABLES, UPKEEP
from invlint.tables.doubtful import Door, doubtful_cells, fold_known_codes, fold_plain_numbers
from invlint.tables.frame import Frame, RowPlace
from invlint.tables.own_factors import own_factors_frame, peers_frame
from invlint.tables.quantities import quantities_frame
from invlint.tables.reference_frames import (
    chemicals_frame,
    classes_frame,
    defaults_frame,
    superseded_frame,
)
from invlint.tables.released_before import released_before_frame
from invlint.tables.reported import reported_frames

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from invlint.reference import Reference
    from invlint.sources import Reading
    from invlint.tables.own_factors import PeerFactor


class Frames:
    """The frames of one run. Reported ones are there at once; the others are made when a rule asks for them."""

    def __init__(
        self,
        made: dict[str, Frame],
        makers: dict[str, Callable[[], Frame]],
        path_of: Callable[[str, RowPlace], str | None] | None = None,
    ) -> None:
        self._made = made
        self._makers = makers
        self._path_of = path_of
        for frame in made.values():
            frame.path_of = path_of

    def __getitem__(self, name: str) -> Frame:
        frame = self._made.get(name)
        if frame is None:
            frame = self._made[name] = self._makers[name]()
            frame.path_of = self._path_of
        return frame

    def put(self, frame: Frame) -> None:
        """Put a frame in the place of the one of its name."""
        self._made[frame.name] = frame


def build_frames(
    readings: list[Reading],
    shape_rows: list[dict[str, Any]],
    reference: Reference,
    earlier: Sequence[Reading] = (),
    peers: Sequence[PeerFactor] = (),
) -> Frames:
    """The frames of all documents read, of the `earlier` submissions of the same Parties, and of `peers` elsewhere.

    `shape_rows` are the rows of the table `shape`, from the schema check. A value of the wrong type is missing in
    the frames: the finding about it stands in `shape` or `numbers`. Documents are numbered through, the earlier ones
    after the others.
    """
    door = Door(code_lists(reference))
    made = reported_frames(readings, door, reference)
    made |= _earlier_frames(earlier, made["inventories"], reference, sum(len(one.documents) for one in readings))
    made["files"] = _files(readings)
    made["shape"] = raw_frame("shape", shape_rows)
    made |= {name: raw_frame(name, []) for name in UPKEEP}
    defaults = cache(lambda: defaults_frame(_editions(made["inventories"]), reference))
    asked = cache(lambda: expected.Asked(made["inventories"], made["entries"], defaults(), reference))
    makers: dict[str, Callable[[], Frame]] = {
        "quantities": lambda: quantities_frame(made, reference),
        f"{EARLIER}quantities": lambda: quantities_frame(made, reference, EARLIER),
        "codes": lambda: raw_frame("codes", fold_known_codes(door, made)),
        "numbers": lambda: raw_frame("numbers", fold_plain_numbers(door, made)),
        "cells": lambda: raw_frame("cells", doubtful_cells(readings)),
        "expected_groups": lambda: expected.groups_frame(made["inventories"], reference),
        "expected_categories": lambda: expected.categories_frame(made["inventories"], reference),
        "expected_classes": lambda: expected.classes_frame(made["inventories"], reference),
        "expected_releases": lambda: expected.releases_frame(asked()),
        "defaults": defaults,
        "superseded": lambda: superseded_frame(reference),
        "expected_chemicals": lambda: expected.chemicals_frame(asked()),
        "own_factors": lambda: own_factors_frame(made["releases"], frames["defaults"]),
        "peers": lambda: peers_frame(frames["own_factors"], peers),
        "released_before": lambda: released_before_frame(
            made["inventories"], made["releases"], made[EARLIER + "releases"]
        ),
        "counted_elsewhere": lambda: counted_elsewhere_frame(made["entries"], reference),
        "classes": lambda: classes_frame(_editions(made["inventories"]), reference),
        "chemicals": lambda: chemicals_frame(reference),
    }
    makers |= table_makers(lambda: frames, [document.data for one in readings for document in one.documents], reference)
    frames = Frames(made, makers, _paths(readings, earlier))
    add_columns(frames, reference)
    return frames


def _earlier_frames(
    earlier: Sequence[Reading], inventories: Frame, reference: Reference, first: int
) -> dict[str, Frame]:
    """The reported frames of earlier submissions, as far as they are of Parties that submit now.

    What was wrong with an earlier submission is not judged again.
    """
    parties = set(inventories.column("party"))
    frames = reported_frames(list(earlier), Door(code_lists(reference)), reference, first)
    return {
        EARLIER + name: frame.only(
            EARLIER + name, [row for row, party in enumerate(frame.column("party")) if party in parties]
        )
        for name, frame in frames.items()
    }


def raw_frame(name: str, rows: list[dict[str, Any]]) -> Frame:
    """A frame from rows; each row's place is under `place`."""
    columns = {column: [row.get(column) for row in rows] for column in TABLES[name].columns}
    return Frame(name, len(rows), columns, [row.get("place", ()) for row in rows])


def _paths(readings: list[Reading], earlier: Sequence[Reading]) -> Callable[[str, RowPlace], str | None]:
    """How to find the file in which a row of a table stands, as a path from the root; None for a row of no file."""

    def path_of(table: str, place: RowPlace) -> str | None:
        if not place or TABLES[table].level == "reference":
            return None
        return files()[place[0]] if TABLES[table].level == "file" else documents()[place[0]]

    @cache
    def files() -> list[str]:
        return [Path(reading.path).absolute().as_posix() for reading in readings]

    @cache
    def documents() -> list[str]:
        given = [*readings, *earlier]
        return [Path(one.path).absolute().as_posix() for one in given for _ in one.documents]

    return path_of


def _files(readings: list[Reading]) -> Frame:
    rows = [
        {"path": reading.path, "problem": reading.problem, "place": (number,)}
        for number, reading in enumerate(readings)
    ]
    return raw_frame("files", rows)


def _editions(inventories: Frame) -> list[str]:
    return sorted({edition for edition in inventories.column("edition") if edition is not None})
