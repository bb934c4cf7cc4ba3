"""The checked copy: findings stand at their cells, and the officer's own sheets stay as they were."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import openpyxl
import pytest
from xlsxwriter import Workbook

from invlint.errors import ReadingError
from invlint.model.finding import KEY_MEMBERS, Finding, Location
from invlint.workbooks.checked_copy import checked_copy
from invlint.workbooks.checked_styles import COLORS

if TYPE_CHECKING:
    from pathlib import Path

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
PATH = "folder/ken.xlsx"
ODD_NAME = "Group 1's data!"


def finding(cell: str | None, severity: str = "error", message: str = "this is wrong", path: str = PATH) -> Finding:
    """A finding about a cell, or about none."""
    key = dict.fromkeys(KEY_MEMBERS) | {"party": "KEN", "year": 2024, "class": "1a.1", "vector": "air"}
    places = (Location("primary", path, cell=cell),)
    return Finding("a:1", "FAC101", "some-rule", severity, key, message, "do that", locations=places)


def rich_workbook() -> bytes:
    """A workbook with what rewriting would lose: stored results, a chart, a comment, formats, merged cells."""
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet(ODD_NAME)
        money = book.add_format({"num_format": "0.00 %", "bold": True, "bg_color": "#00FF00", "border": 2})
        column = book.add_format({"italic": True})
        row = book.add_format({"num_format": "0.000"})
        sheet.set_column(5, 6, 12, column)
        sheet.set_row(9, None, row)
        sheet.write("A1", "text <&> \"quoted\" 'too'")
        sheet.write("B2", 0.125, money)
        sheet.write_formula("C3", "=B2*2", money, 0.25)
        sheet.write_formula("C4", '=IF(B2>0,"yes","no")', None, "yes")
        sheet.merge_range("D5:E6", "merged", money)
        sheet.write_comment("B2", "the officer's own remark", {"author": "officer"})
        sheet.data_validation("A9:A12", {"validate": "list", "source": ["a", "b"]})
        sheet.conditional_format("B2:C4", {"type": "cell", "criteria": ">", "value": 0, "format": money})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": f"='{ODD_NAME.replace(chr(39), chr(39) * 2)}'!$B$2:$C$2"})
        sheet.insert_chart("H2", chart)
        other = book.add_worksheet("Plain")
        other.write("A1", 1)
    return file.getvalue()


def parsed(text: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(text)  # noqa: S314  # a workbook of the test's own


def cells_of(data: bytes) -> dict[tuple[str, str], tuple[Any, ...]]:
    """Sheet part and cell to its kind, formula, value and style without the fill."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        styles = parsed(package.read("xl/styles.xml"))
        xfs = [
            ({name: value for name, value in xf.attrib.items() if name not in ("fillId", "applyFill")}, len(xf))
            for xf in styles.find(f"{MAIN}cellXfs") or ()
        ]
        for part in sorted(name for name in package.namelist() if name.startswith("xl/worksheets/sheet")):
            for cell in parsed(package.read(part)).iter(f"{MAIN}c"):
                inside = [(child.tag, child.attrib, "".join(child.itertext())) for child in cell]
                style = xfs[int(cell.get("s", 0))]
                found[part, cell.get("r", "")] = (cell.get("t"), inside, style)
    return found


def assert_own_sheets_are_kept(before: bytes, after: bytes) -> None:
    old, new = cells_of(before), cells_of(after)
    assert {place: new[place] for place in old} == old
    with zipfile.ZipFile(io.BytesIO(before)) as one, zipfile.ZipFile(io.BytesIO(after)) as two:
        assert set(one.namelist()) <= set(two.namelist())
        changed = {name for name in one.namelist() if one.read(name) != two.read(name)}
    touched = r"xl/worksheets/(_rels/)?sheet|xl/(styles|workbook|comments)|xl/_rels/workbook|\[Content|.*vmlDrawing"
    assert [name for name in changed if not re.match(touched, name)] == []


def test_a_faulty_cell_is_coloured_by_its_gravest_finding_and_commented() -> None:
    findings = [
        finding(f"{ODD_NAME}!C3", "warning", "the first"),
        finding(f"{ODD_NAME}!C3", "blocker", "the second"),
        finding("Plain!A1", "info"),
    ]
    made = checked_copy(rich_workbook(), PATH, findings)
    book = openpyxl.load_workbook(io.BytesIO(made.data))
    cell = book[ODD_NAME]["C3"]
    assert cell.fill.fgColor.rgb == COLORS["blocker"]
    assert cell.number_format == "0.00 %"
    assert cell.font.bold
    assert cell.value == "=B2*2"
    assert cell.comment is not None
    first, advice, _, second = cell.comment.text.splitlines()
    assert (first, advice) == ("BLOCKER some-rule: the second", "→ do that")
    assert second == "WARNING some-rule: the first"
    assert book["Plain"]["A1"].fill.fgColor.rgb == COLORS["info"]
    assert (made.marked, made.without_cell) == (2, 0)


def test_the_own_sheets_keep_values_formulas_stored_results_formats_and_charts() -> None:
    before = rich_workbook()
    findings = [finding(f"{ODD_NAME}!{cell}") for cell in ("A1", "B2", "C3", "C4", "E6", "F10", "G20", "A8")]
    made = checked_copy(before, PATH, [*findings, finding("Plain!A1"), finding("Plain!XFD1048576")])
    assert_own_sheets_are_kept(before, made.data)
    values = openpyxl.load_workbook(io.BytesIO(made.data), data_only=True)[ODD_NAME]
    assert (values["C3"].value, values["C4"].value) == (0.25, "yes")


def test_what_the_officer_remarked_on_a_cell_stays_before_what_invlint_says() -> None:
    made = checked_copy(rich_workbook(), PATH, [finding(f"{ODD_NAME}!B2"), finding(f"{ODD_NAME}!A1")])
    sheet = openpyxl.load_workbook(io.BytesIO(made.data))[ODD_NAME]
    assert sheet["B2"].comment is not None
    assert sheet["B2"].comment.text.startswith("the officer's own remark\n\nERROR some-rule: this is wrong")
    assert sheet["A1"].comment is not None
    assert sheet["A1"].comment.text.startswith("ERROR")
    assert sheet["A1"].comment.author == "invlint"


def test_a_blank_cell_takes_the_style_of_its_row_or_column_and_a_merged_one_stands_for_its_block() -> None:
    findings = [finding(f"{ODD_NAME}!{cell}") for cell in ("F10", "G20", "E6")]
    sheet = openpyxl.load_workbook(io.BytesIO(checked_copy(rich_workbook(), PATH, findings).data))[ODD_NAME]
    assert sheet["F10"].number_format == "0.000"
    assert sheet["G20"].font.italic
    assert sheet["D5"].fill.fgColor.rgb == COLORS["error"]
    assert sheet["D5"].comment is not None


def test_the_sheet_of_findings_lists_all_and_links_to_the_cells() -> None:
    findings = [finding(f"{ODD_NAME}!C3"), finding(None, "info", "about the whole"), finding("A!B1", path="other.xlsx")]
    made = checked_copy(rich_workbook(), PATH, findings, ["crashed: some-rule"])
    book = openpyxl.load_workbook(io.BytesIO(made.data))
    assert book.sheetnames == [ODD_NAME, "Plain", "Findings"]
    rows = list(book["Findings"].iter_rows(values_only=True))
    assert rows[1][0] == "2 errors, 1 info. A click on a place leads to its cell, where the same stands as a comment."
    assert rows[2][0] == "The check is incomplete: crashed: some-rule."
    table = rows[5:]
    assert [row[:4] for row in table] == [
        ("error", f"{ODD_NAME}!C3", 2024, "1a.1, air"),
        ("info", "no cell of its own", 2024, "1a.1, air"),
        ("error", "no cell of its own", 2024, "1a.1, air"),
    ]
    link = book["Findings"]["B6"].hyperlink
    assert link is not None
    assert link.location == "'Group 1''s data!'!C3"
    assert made.without_cell == 2


def test_a_workbook_that_has_a_sheet_of_that_name_keeps_it() -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "findings"
    file = io.BytesIO()
    book.save(file)
    made = checked_copy(file.getvalue(), PATH, [finding("findings!B2")])
    assert openpyxl.load_workbook(io.BytesIO(made.data)).sheetnames == ["findings", "Findings (2)"]


def test_a_copy_of_a_checked_copy_is_sound_too() -> None:
    data = rich_workbook()
    for _ in range(3):
        data = checked_copy(data, PATH, [finding(f"{ODD_NAME}!C3"), finding("Plain!B7")]).data
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames[-3:] == ["Findings", "Findings (2)", "Findings (3)"]
    comment = book[ODD_NAME]["C3"].comment
    assert comment is not None
    assert comment.text.count("ERROR some-rule") == 3


def with_parts(data: bytes, change: dict[str, Any]) -> bytes:
    """The package with parts changed by functions, or left out where the function is None."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name in change:
                if change[name] is None:
                    continue
                text = change[name](text.decode()).encode()
            new.writestr(name, text)
    return out.getvalue()


def prefixed(text: str) -> str:
    """The same XML with a prefix on every element, as some programs write it."""
    text = re.sub(r"<(/?)(?=[A-Za-z])", r"<\1x:", text)
    return text.replace("xmlns=", "xmlns:x=", 1)


def plain_workbook() -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "Plain"
    book.active["A1"] = 5
    book.active["C1"] = "=A1*2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_elements_under_a_prefix_are_understood() -> None:
    parts = ("xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml")
    data = with_parts(plain_workbook(), dict.fromkeys(parts, prefixed))
    made = checked_copy(data, PATH, [finding(f"Plain!{cell}") for cell in ("A1", "B1", "A5")])
    sheet = openpyxl.load_workbook(io.BytesIO(made.data))["Plain"]
    assert [sheet[cell].fill.fgColor.rgb for cell in ("A1", "B1", "A5")] == [COLORS["error"]] * 3
    assert [sheet[cell].value for cell in ("A1", "C1")] == [5, "=A1*2"]


def test_cells_that_do_not_say_where_they_stand_are_counted() -> None:
    bare = with_parts(plain_workbook(), {"xl/worksheets/sheet1.xml": lambda text: re.sub(r' r="[A-Z]?\d+"', "", text)})
    made = checked_copy(bare, PATH, [finding("Plain!B1")])
    assert openpyxl.load_workbook(io.BytesIO(made.data))["Plain"]["B1"].fill.fgColor.rgb == COLORS["error"]


def test_a_workbook_without_styles_gets_some() -> None:
    data = with_parts(
        plain_workbook(),
        {
            "xl/styles.xml": None,
            "xl/_rels/workbook.xml.rels": lambda text: re.sub(r"<Relationship [^>]*styles[^>]*>", "", text),
            "[Content_Types].xml": lambda text: re.sub(r"<Override [^>]*styles[^>]*>", "", text),
        },
    )
    made = checked_copy(data, PATH, [finding("Plain!A1")])
    assert openpyxl.load_workbook(io.BytesIO(made.data))["Plain"]["A1"].fill.fgColor.rgb == COLORS["error"]


def test_an_empty_sheet_gets_its_first_cell() -> None:
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    made = checked_copy(file.getvalue(), PATH, [finding("Sheet!C2")])
    assert openpyxl.load_workbook(io.BytesIO(made.data))["Sheet"]["C2"].fill.fgColor.rgb == COLORS["error"]


def test_signs_that_xml_cannot_hold_are_replaced_and_long_comments_cut() -> None:
    made = checked_copy(plain_workbook(), PATH, [finding("Plain!A1", message="a\x00b <&> " + "long " * 5000)])
    book = openpyxl.load_workbook(io.BytesIO(made.data))
    comment = book["Plain"]["A1"].comment
    assert comment is not None
    assert "a\ufffdb <&> long" in comment.text
    assert comment.text.endswith("… (more on the sheet Findings)")


def test_places_that_the_workbook_does_not_have_are_listed_without_a_cell() -> None:
    made = checked_copy(plain_workbook(), PATH, [finding("Elsewhere!A1"), finding("Plain!?"), finding("A1")])
    assert (made.marked, made.without_cell) == (0, 3)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 and no more", b"text"])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(ReadingError):
        checked_copy(data, PATH, [])


def test_a_package_that_is_no_xlsx_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("content.xml", "<office/>")
    with pytest.raises(ReadingError, match="no XLSX workbook"):
        checked_copy(file.getvalue(), PATH, [])


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_spreadsheet_opens_the_copy_and_computes_its_formulas(tmp_path: Path) -> None:
    made = checked_copy(rich_workbook(), PATH, [finding(f"{ODD_NAME}!C3"), finding("Plain!A1")])
    (tmp_path / "copy.xlsx").write_bytes(made.data)
    opened = open_in_spreadsheet(tmp_path / "copy.xlsx", tmp_path / "out")
    book = openpyxl.load_workbook(opened, data_only=True)
    assert book.sheetnames == [ODD_NAME, "Plain", "Findings"]
    assert (book[ODD_NAME]["C3"].value, book[ODD_NAME]["C4"].value) == (0.25, "yes")
    comment = book[ODD_NAME]["C3"].comment
    assert comment is not None
    assert "this is wrong" in comment.text
    assert book[ODD_NAME]["C3"].fill.fgColor.rgb == COLORS["error"]


def open_in_spreadsheet(path: Path, folder: Path) -> Path:
    """The workbook as LibreOffice saves it after opening and computing it."""
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(folder), str(path)], check=True, capture_output=True, timeout=120)
    return folder / path.name
