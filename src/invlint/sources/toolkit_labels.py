"""What a cover, or the rows above a table, say of the whole: Party, reference year, edition, population ..."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from invlint.reference.editions import EDITIONS
from invlint.sources.cells import as_text, is_blank, typed
from invlint.sources.columns import DOCUMENT, INVENTORY
from invlint.sources.table_lines import Cell
from invlint.sources.toolkit_head import meaning_of
from invlint.sources.toolkit_values import number_in
from invlint.sources.toolkit_words import LABELS, folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from invlint.reference import Reference
    from invlint.sources.sheet import Sheet

Labels = dict[str, tuple[Any, Cell]]
"""The name of a column of the flat table to its value, and the cell that gives it."""

_BY_LABEL = {phrase: column for column, phrases in LABELS.items() for phrase in phrases}
_YEAR_IN_TITLE = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_OF_A_YEAR = re.compile(
    r"\b(?:year|inventory|inventories|releases?|annee|inventaire|rejets|ano|inventario|liberaciones)\b"
)
_OF_THE_TOOLKIT = re.compile(r"\b(?:toolkit|edition|edicion|instrumental|outil|version|guidance)\b")
_OF_ALL = frozenset({*DOCUMENT, *INVENTORY})


def labels_in(sheet: Sheet, rows: Iterable[int], reference: Reference) -> Labels:
    """The labels in some rows of a sheet, each with the value beside it."""
    found: Labels = {}
    for row in rows:
        for place, cell in enumerate(sheet.grid.rows[row]):
            if isinstance(cell, str) and not is_blank(cell):
                labelled = _labelled(sheet, row, place, cell) or _in_title(sheet, row, place, cell)
                if labelled is not None:
                    column, value, at = labelled
                    meant = meant_by(column, value, reference)
                    if meant is not None:
                        found.setdefault(column, (meant, Cell(sheet.grid, *at)))
    return found


def year_in_name(name: str) -> int | None:
    """The year that the name of a sheet gives."""
    years = set(_YEAR_IN_TITLE.findall(name))
    return int(years.pop()) if len(years) == 1 and not _OF_THE_TOOLKIT.search(folded(name)) else None


def _labelled(sheet: Sheet, row: int, place: int, text: str) -> tuple[str, Any, tuple[int, int]] | None:
    label, _, inside = text.partition(":")
    if inside.strip() and folded(text) not in _BY_LABEL:
        column = _BY_LABEL.get(folded(label))
        return None if column is None else (column, inside.strip(), (row, place))
    column = _BY_LABEL.get(folded(text))
    if column is None:
        return None
    right = place + 1
    while sheet.merged_into.get((row, right)) == (row, place):
        right += 1
    value = sheet.value(row, right)
    return None if is_blank(value) else (column, value, (row, right))


def _in_title(sheet: Sheet, row: int, place: int, text: str) -> tuple[str, Any, tuple[int, int]] | None:
    """The year or chemical that a title names: `Releases of a chemical, 2019`."""
    if sum(not is_blank(cell) for cell in sheet.grid.rows[row]) > 1:
        return None
    year = year_in_title(text)
    if year is not None:
        return "year", year, (row, place)
    meaning = meaning_of(text)
    return ("chemical", meaning.chemical, (row, place)) if meaning is not None and meaning.chemical else None


def year_in_title(text: str) -> int | None:
    """The year of which a title says that it is that of the figures."""
    words = folded(text)
    years = set(_YEAR_IN_TITLE.findall(words))
    is_said = _OF_A_YEAR.search(words) or words in years
    return int(years.pop()) if len(years) == 1 and is_said and not _OF_THE_TOOLKIT.search(words) else None


def label_in(text: str) -> str | None:
    """The name of the column that a label stands for."""
    return _BY_LABEL.get(folded(text))


def meant_by(column: str, value: Any, reference: Reference) -> Any:
    """The value of a label as the flat table's column has it; None where it is none."""
    text = as_text(value)
    if column == "party":
        return _party(text, reference)
    if column == "edition":
        return next((edition for edition in EDITIONS if re.search(rf"\b{edition}\b", text)), text)
    if column in ("year", "population"):
        number = number_in(text, None)
        if number is None:
            return text if column == "population" else None
        return int(float(number)) if float(number).is_integer() else float(number)
    return typed(column, value, all_text=False) if column in _OF_ALL else text


def _party(text: str, reference: Reference) -> str:
    """The code of a country that is given by its English name; any other text as it stands."""
    name = text.casefold()
    return next((code for code, row in reference.countries.items() if row["name"].casefold() == name), text)
