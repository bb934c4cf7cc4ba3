"""The sheet of totals: the table of Article 15, the lines of Annex C, and whatever else is reported as a total."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from invlint.sources.columns import TOTAL, filled, listed
from invlint.workbooks.cell_values import put
from invlint.workbooks.form_columns import TOTAL_COLUMNS, Cell
from invlint.workbooks.form_lines import CLASS, Line, chemical_of
from invlint.workbooks.form_sheet import FIRST_LINE, FormSheet, write_heads

if TYPE_CHECKING:
    from collections.abc import Callable

    from xlsxwriter.worksheet import Worksheet

    from invlint.reference import Reference
    from invlint.workbooks.form_styles import Styles

_ABOUT = ("group", "category", "annex_c", "nfr", "chemical")
_VALUE = "release"


def write_totals(
    sheet: Worksheet,
    inventory: dict[str, Any],
    forms: dict[str, list[FormSheet]],
    reference: Reference,
    styles: Styles,
) -> None:
    """Write the totals that are reported; where nothing is, the formulas that sum up the sheets of each chemical."""
    sheet.write_string(0, 0, "Totals", styles.title)
    sheet.write_string(1, 0, "Reference year", styles.label)
    put(sheet, 1, 1, inventory.get("year"), styles.said)
    write_heads(sheet, FIRST_LINE - 2, TOTAL_COLUMNS, styles)
    is_empty = not listed(inventory, "entries") and not listed(inventory, "totals")
    lines = _to_compute(forms, reference) if is_empty else _reported(listed(inventory, "totals"), reference)
    for row, line in enumerate(lines, FIRST_LINE):
        for place, column in enumerate(TOTAL_COLUMNS):
            value = line.get(column.name)
            style = styles.of("computed" if isinstance(value, _Sum) else "plain")
            if isinstance(value, _Sum):
                sheet.write_formula(row, place, value, style, "")
            else:
                put(sheet, row, place, value, style)
    sheet.freeze_panes(FIRST_LINE, 1)


class _Sum(str):
    """A formula that sums ranges, and stays empty where there is no number in them."""

    __slots__ = ()


def _sum(ranges: list[str]) -> _Sum | None:
    joined = ",".join(ranges)
    return _Sum(f'=IF(COUNT({joined})>0,SUM({joined}),"")') if ranges else None


# what is reported


def _reported(totals: list[dict[str, Any]], reference: Reference) -> list[dict[str, Any]]:
    """One line for all vectors of a thing; a second one where a vector stands twice or in another unit."""
    lines: list[dict[str, Any]] = []
    for total in totals:
        said = filled(total, TOTAL)
        vector = said.pop("vector", None)
        column = _VALUE if vector is None else Cell(str(vector)).release
        value = said.pop(_VALUE, None)
        key = said.pop("key", None)
        said = {"chemical": chemical_of(total, reference)} | said
        line = next((line for line in lines if column not in line and _is_about(line, said)), None)
        if line is None:
            line = {"name": _name(said, reference)} | said
            lines.append(line)
        line[column] = value if value is not None else key
    return lines


def _is_about(line: dict[str, Any], said: dict[str, Any]) -> bool:
    return all(line.get(name) == said.get(name) for name in (*_ABOUT, "release_unit"))


def _name(said: dict[str, Any], reference: Reference) -> str:
    if "group" in said:
        return reference.groups.get(said["group"], "")
    if "category" in said:
        row = reference.categories.get(str(said["category"]), {})
        return row.get("name", "")
    if "annex_c" in said:
        line = reference.annex_c_line(str(said["annex_c"]))
        return line.title if line else ""
    return "" if "nfr" in said else "Grand total"


# what is summed


def _to_compute(forms: dict[str, list[FormSheet]], reference: Reference) -> list[dict[str, Any]]:
    """The groups, the grand total and the lines of Annex C of the default chemical, the grand totals of the others.

    A line of Annex C that depends on a condition is left for the one who knows whether it is met.
    """
    lines = []
    for chemical, sheets in forms.items():
        unit = "g TEQ/a" if reference.chemicals.get(chemical, {}).get("quantity") == "TEQ" else "kg/a"
        about = {"chemical": chemical, "release_unit": unit}
        if chemical == reference.default_chemical:
            lines += [
                about | {"name": name, "group": group} | _sums([sheet])
                for sheet, (group, name) in zip(sheets, reference.groups.items(), strict=True)
            ]
            lines += [about | {"name": "Grand total"} | _sums(sheets)]
            lines += [about | line for line in _annex_c(sheets, reference)]
        else:
            lines += [about | {"name": "Grand total"} | _sums(sheets)]
    return lines


def _sums(sheets: list[FormSheet], is_counted: Callable[[Line], bool] = lambda _: True) -> dict[str, Any]:
    found = {}
    for name in TOTAL_COLUMNS:
        kind, _, rest = name.name.partition(":")
        if kind == "release" and rest:
            vector = rest.partition(":")[0]
            found[name.name] = _sum([one for sheet in sheets for one in sheet.releases_of(vector, is_counted)])
    return found


def _annex_c(sheets: list[FormSheet], reference: Reference) -> list[dict[str, Any]]:
    lines: dict[str, dict[str, Any]] = {}
    for line in reference.annex_c_lines.values():
        if line.name in lines:
            continue
        lines[line.name] = {"name": line.title, "annex_c": line.name}
        if not line.condition:
            lines[line.name] |= _sums(sheets, _under(line.name, reference))
    return list(lines.values())


def _under(name: str, reference: Reference) -> Callable[[Line], bool]:
    def is_counted(line: Line) -> bool:
        class_id = str(line.values.get("class", ""))
        category = reference.category_of(class_id) if class_id in reference.classes else line.about
        found = reference.annex_c_lines.get(str(category))
        if line.level != CLASS or found is None or found.name != name:
            return False
        return class_id not in found.excluded if class_id else not found.excluded

    return is_counted
