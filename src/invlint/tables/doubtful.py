"""Cells at the door: codes in no code list, and numbers that are not plainly numbers."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from invlint.sources.document import SHAPE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from invlint.reference.code_lists import CodeLists
    from invlint.sources import Reading
    from invlint.tables.frame import Frame


class Door:
    """Collects what is doubtful about the codes and numbers of one run."""

    def __init__(self, lists: CodeLists) -> None:
        self.lists = lists
        self.code_rows: list[dict[str, Any]] = []
        self.number_rows: list[dict[str, Any]] = []
        self.known: defaultdict[tuple[str, str | None], dict[str, str | None]] = defaultdict(dict)
        """(column, edition) to text to code, filled as texts are met."""

    def code(self, column: str, value: Any, edition: str | None, about: dict[str, Any]) -> str | None:
        """The code that a cell means; an unknown one is noted with what it is `about`."""
        if type(value) is not str:
            return None
        memo = self.known[column, edition]
        if value in memo:
            found = memo[value]
        else:
            found = memo[value] = self.lists.recognise(column, value, edition)
        if found is None:
            self.note_code(column, value, edition, about)
        return found

    def note_code(self, column: str, value: str, edition: str | None, about: dict[str, Any]) -> None:
        from invlint.tables.problems import code_problem

        nearest = self.lists.nearest(column, value)
        row = {**about, "column": column, "text": value, "nearest": nearest}
        row["problem"] = code_problem(column, value, edition, nearest, self.lists)
        if row.get(column) is None and column in ("party", "class", "category", "chemical", "vector"):
            row[column] = value
        self.code_rows.append(row)

    def note_absent(self, column: str, row: dict[str, Any], problem: str) -> None:
        """Note that a code is not there, or is at odds with another."""
        self.code_rows.append({**row, "column": column, "text": None, "nearest": None, "problem": problem})

    def number(self, column: str, value: Any, about: dict[str, Any]) -> None:
        """Note a value that should be a number and is not plainly one."""
        if isinstance(value, (dict, list, bool)) or value is None:
            return
        from invlint.tables.problems import number_problem

        self.number_rows.append({**about, "column": column, "text": str(value)[:60], "problem": number_problem(value)})


def fold_known_codes(door: Door, made: dict[str, Frame]) -> list[dict[str, Any]]:
    """The rows of `codes`: each unknown code, and one row an inventory for those that are known."""
    return [*_sound_rows(made), *door.code_rows]


def fold_plain_numbers(door: Door, made: dict[str, Frame]) -> list[dict[str, Any]]:
    """The rows of `numbers`: each doubtful number, and one row an inventory for the plain ones."""
    return [*_sound_rows(made), *door.number_rows]


def doubtful_cells(readings: Sequence[Reading]) -> list[dict[str, Any]]:
    """The rows of `cells`: one for each Toolkit workbook, which stands for the plain ones, and one for each doubt."""
    rows: list[dict[str, Any]] = []
    number = 0
    for reading in readings:
        for document in reading.documents:
            if document.is_form:
                rows.append({"path": reading.path, "place": (number, "")})
            rows.extend(
                {
                    **doubt.about,
                    "path": reading.path,
                    "kind": doubt.kind,
                    "column": doubt.member,
                    "text": doubt.text,
                    "problem": doubt.problem,
                    "place": (number, doubt.pointer),
                }
                for doubt in document.doubts
                if doubt.kind != SHAPE
            )
            number += 1
    return rows


def _sound_rows(made: dict[str, Frame]) -> list[dict[str, Any]]:
    inventories = made["inventories"]
    return [
        {"party": party, "year": year, "place": place}
        for party, year, place in zip(
            inventories.column("party"), inventories.column("year"), inventories.places, strict=True
        )
    ]
