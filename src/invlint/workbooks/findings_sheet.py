"""The sheet of findings in a checked copy: one line a finding, with a link to its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from invlint.model.finding import SEVERITIES, Finding
from invlint.render.words import state_in_words
from invlint.workbooks.marked_sheet import Cell, reference_of
from invlint.workbooks.xml_text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from invlint.workbooks.checked_styles import CheckedStyles

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_COLUMNS = (
    ("Severity", 10),
    ("Where", 24),
    ("Year", 8),
    ("Source", 16),
    ("What is wrong", 60),
    ("What to do", 60),
    ("Seen", 24),
    ("Expected", 24),
    ("Rule", 30),
    ("Set aside", 40),
)

_LINE_HEIGHT = 15
_MOST_LINKS = 60_000
"""A spreadsheet takes no more than 65,530 links on a sheet."""


class Place(NamedTuple):
    """A cell of a sheet."""

    sheet: str
    cell: Cell

    def __str__(self) -> str:
        return f"{self.sheet}!{reference_of(self.cell)}"


class Line(NamedTuple):
    """A finding, and the cell that it is about where there is one."""

    finding: Finding
    place: Place | None


def findings_sheet(lines: Sequence[Line], above: Sequence[str], styles: CheckedStyles) -> str:
    """The XML of the sheet; `above` are lines of text that stand over the table."""
    rows: list[list[tuple[str | int, int]]] = [[("Findings of invlint", styles.title)]]
    rows += [[(text, styles.plain)] for text in above]
    rows += [[], [(name, styles.head) for name, _ in _COLUMNS]]
    rows += [_row(line, styles) for line in lines]
    head = len(above) + 3
    links = [_link(row, line.place) for row, line in enumerate(lines[:_MOST_LINKS], head + 1) if line.place]
    widths = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, (_, width) in enumerate(_COLUMNS, 1)
    )
    pane = f'<pane ySplit="{head}" topLeftCell="A{head + 1}" activePane="bottomLeft" state="frozen"/>'
    data = "".join(_row_xml(number, row) for number, row in enumerate(rows, 1) if row)
    linked = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        f"<cols>{widths}</cols><sheetData>{data}</sheetData>{_filter(head, len(lines))}{linked}"
        '<pageSetup orientation="landscape" fitToHeight="0"/></worksheet>'
    )


def _link(row: int, place: Place) -> str:
    sheet = place.sheet.replace("'", "''")
    target = printable(f"'{sheet}'!{reference_of(place.cell)}")
    return f'<hyperlink ref="B{row}" location="{target}" display="{target}"/>'


def counts(findings: Sequence[Finding]) -> str:
    """How many findings that count there are of each severity, gravest first, and how many are set aside."""
    counting = [finding.severity for finding in findings if finding.counts]
    numbers = ((counting.count(one), one) for one in reversed(SEVERITIES))
    said = [f"{number} {one}{'s' * (number > 1 and one != 'info')}" for number, one in numbers if number]
    aside = len(findings) - len(counting)
    told = ", ".join(said) or ("nothing else is wrong" if aside else "nothing is wrong")
    return f"{told}; {aside} set aside" if aside else told


def _row(line: Line, styles: CheckedStyles) -> list[tuple[str | int, int]]:
    finding, key = line.finding, line.finding.key
    source = key["class"] or key["category"] or (f"group {key['group']}" if key["group"] else "")
    details = [source, key["site"], key["chemical"], key["vector"], key["residue_kind"]]
    return [
        (finding.severity, styles.severity[finding.severity]),
        (str(line.place), styles.link) if line.place else ("no cell of its own", styles.text),
        (key["year"] if key["year"] is not None else "", styles.text),
        (", ".join(str(part) for part in details if part), styles.text),
        (finding.message, styles.text),
        (finding.help, styles.text),
        (finding.observed or "", styles.text),
        (finding.expected or "", styles.text),
        (f"{finding.code} {finding.rule}", styles.text),
        (state_in_words(finding), styles.text),
    ]


def _row_xml(number: int, row: list[tuple[str | int, int]]) -> str:
    cells = "".join(_cell(place, number, value, style) for place, (value, style) in enumerate(row))
    lines = max((_lines(str(value), width) for (value, _), (_, width) in zip(row, _COLUMNS, strict=False)), default=1)
    height = f' ht="{_LINE_HEIGHT * lines}" customHeight="1"' if len(row) == len(_COLUMNS) else ""
    return f'<row r="{number}"{height}>{cells}</row>'


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column: a spreadsheet does not work that out for a file it did not write."""
    return sum(1 + len(line) // width for line in text.split("\n"))


def _cell(place: int, row: int, value: str | int, style: int) -> str:
    at = f'r="{chr(ord("A") + place)}{row}" s="{style}"'
    if isinstance(value, int):
        return f"<c {at}><v>{value}</v></c>"
    return f'<c {at} t="inlineStr"><is><t xml:space="preserve">{printable(value)}</t></is></c>'


def _filter(head: int, lines: int) -> str:
    last = chr(ord("A") + len(_COLUMNS) - 1)
    return f'<autoFilter ref="A{head}:{last}{head + lines}"/>' if lines else ""
