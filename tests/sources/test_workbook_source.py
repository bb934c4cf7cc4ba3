"""Workbooks: the sheets that have a head, each value with its cell, and what a cell may hold."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart

from invlint.errors import ReadingError
from invlint.sources.workbook_source import read_workbook

_HEAD = ["party", "year", "class", "vector", "activity", "release"]


def _book(sheets: dict[str, Any], *, row: int = 1, column: int = 1) -> bytes:
    """A workbook whose tables begin at a row and column."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for down, cells in enumerate(rows):
            for right, value in enumerate(cells):
                sheet.cell(row + down, column + right, value)
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _first(*rows: list[Any]) -> dict[str, Any]:
    """The first entry in a sheet of these rows."""
    documents, _ = read_workbook(_book({"Data": [list(row) for row in rows]}), zipped=True)
    entry: dict[str, Any] = documents[0].data["inventories"][0]["entries"][0]
    return entry


def _cell(data: bytes, pointer: str) -> str | None:
    documents, _ = read_workbook(data, zipped=True)
    return documents[0].locator.locate([pointer])[pointer].cell


def _refused(data: bytes, *, zipped: bool = True, sheet: str | None = None) -> str:
    with pytest.raises(ReadingError) as caught:
        read_workbook(data, zipped=zipped, sheet=sheet)
    return caught.value.problem


def test_a_value_is_found_at_its_sheet_and_cell() -> None:
    data = _book({"Data 2012": [_HEAD, ["KEN", 2012, "1a.1", "air", 5, 7]]})
    assert _cell(data, "/inventories/0/entries/0/releases/0/release/value") == "Data 2012!F2"


def test_blank_rows_and_columns_at_the_start_do_not_move_cells() -> None:
    data = _book({"Data": [_HEAD, ["KEN", 2012, "1a.1", "air", 5, 7]]}, row=16, column=25)
    assert _cell(data, "/inventories/0/entries/0/class") == "Data!AA17"
    assert _cell(data, "/edition") == "Data!Y16"


def test_a_number_stored_as_text_stays_text() -> None:
    assert _first(_HEAD, ["KEN", 2012, "1a.1", "air", "12", 7])["activity"] == {"value": "12"}


def test_a_number_is_a_number_and_a_whole_one_where_it_must_be() -> None:
    documents, _ = read_workbook(_book({"Data": [_HEAD, ["KEN", 2012, "1a.1", "air", 0.1, 7]]}), zipped=True)
    [inventory] = documents[0].data["inventories"]
    assert (2012, int) == (inventory["year"], type(inventory["year"]))
    assert inventory["entries"][0]["activity"] == {"value": 0.1}


def test_a_number_in_a_column_of_text_is_as_people_see_it() -> None:
    assert _first([*_HEAD, "site"], ["KEN", 2012, "1a.1", "air", 1, 1, 12])["site"] == "12"


def test_a_truth_value_is_one_in_its_column_and_no_number() -> None:
    head = ["party", "year", "class", "baseline", "activity"]
    documents, _ = read_workbook(_book({"Data": [head, ["KEN", 2012, "1a.1", True, True]]}), zipped=True)
    [inventory] = documents[0].data["inventories"]
    assert inventory["baseline"] is True
    assert inventory["entries"][0]["activity"] == {"value": "true"}


@pytest.mark.parametrize("day", [datetime.date(2024, 8, 31), datetime.datetime(2024, 8, 31)])
def test_a_day_is_in_iso_form(day: datetime.date) -> None:
    data = _book({"Data": [["party", "year", "class", "submitted"], ["KEN", 2012, "1a.1", day]]})
    assert read_workbook(data, zipped=True)[0][0].data["submitted"] == "2024-08-31"


def test_a_day_in_a_column_of_numbers_is_no_number() -> None:
    entry = _first(_HEAD, ["KEN", 2012, "1a.1", "air", datetime.date(2012, 1, 5), 7])
    assert entry["activity"] == {"value": "2012-01-05"}


def test_an_error_value_is_kept_as_its_text() -> None:
    assert _first(_HEAD, ["KEN", 2012, "1a.1", "air", "#REF!", 7])["activity"] == {"value": "#REF!"}


def test_a_formula_without_a_stored_value_is_kept_as_the_formula() -> None:
    entry = _first(_HEAD, ["KEN", 2012, "1a.1", "air", 5, "=E2*3"])
    assert entry["releases"][0]["release"] == {"value": "=E2*3"}


def test_a_last_row_of_nothing_but_formulas_is_not_lost() -> None:
    rows = [_HEAD, ["KEN", 2012, "1a.1", "air", 5, 7], ["=A2", "=B2", '="1a.2"', "=D2", "=E2", "=F2"]]
    documents, _ = read_workbook(_book({"Data": rows}), zipped=True)
    assert [document.data["party"] for document in documents] == ["KEN", "=A2"]
    assert documents[1].locator.locate(["/inventories/0/entries/0"])["/inventories/0/entries/0"].cell == "Data!C3"


def test_a_cover_sheet_is_noted_and_the_rest_is_read() -> None:
    sheets: dict[str, Any] = {
        "Cover": [["Inventory of Kenya"]],
        "Data": [_HEAD, ["KEN", 2012, "1a.1", "air", 5, 7]],
        "Empty": [],
    }
    documents, notes = read_workbook(_book(sheets), zipped=True)
    assert len(documents) == 1
    assert notes == ("the sheet “Cover” was not read: it has no head row of an inventory",)


def test_a_second_sheet_holds_recalculations_of_the_same_party() -> None:
    sheets: dict[str, Any] = {
        "Data": [_HEAD, ["KEN", 2012, "1a.1", "air", 5, 7]],
        "Recalculations": [
            ["party", "year", "class", "reason", "effect"],
            ["KEN", 2007, "1c.2", "toolkit-edition", -0.4],
        ],
    }
    [document], notes = read_workbook(_book(sheets), zipped=True)
    assert notes == ()
    assert [inventory["year"] for inventory in document.data["inventories"]] == [2012]
    assert document.data["recalculations"] == [
        {"year": 2007, "class": "1c.2", "reason": "toolkit-edition", "effect": {"value": -0.4}}
    ]
    spots = document.locator.locate(["/recalculations/0/reason", "/inventories/0/entries/0/class"])
    assert [spot.cell for spot in spots.values()] == ["Recalculations!D2", "Data!C2"]


def test_a_named_sheet_is_read_alone() -> None:
    sheets: dict[str, Any] = {
        "2007": [_HEAD, ["KEN", 2007, "1a.1", "air", 5, 7]],
        "2012": [_HEAD, ["KEN", 2012, "1a.1", "air", 5, 7]],
    }
    [document], notes = read_workbook(_book(sheets), zipped=True, sheet="2012")
    assert [inventory["year"] for inventory in document.data["inventories"]] == [2012]
    assert notes == ()


def test_a_name_of_no_sheet_is_answered_with_those_there_are() -> None:
    assert _refused(_book({"A": [_HEAD], "B": []}), sheet="C") == "there is no sheet “C”; the workbook has A, B"


def test_a_sheet_of_a_chart_is_passed_over() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(_HEAD)
    sheet.append(["KEN", 2012, "1a.1", "air", 5, 7])
    book.create_chartsheet("Chart").add_chart(BarChart())
    documents, _ = read_workbook(_saved(book), zipped=True)
    assert [document.data["party"] for document in documents] == ["KEN"]


def test_a_workbook_without_a_head_says_what_to_put_there() -> None:
    assert "put these names in one row among the first 30" in _refused(_book({"Data": [["a", "b"], [1, 2]]}))


def test_a_damaged_old_workbook_is_refused() -> None:
    assert "the workbook cannot be read" in _refused(b"\xd0\xcf\x11\xe0" + b"\xff" * 600, zipped=False)


def test_an_old_workbook_cut_off_is_refused_though_its_reader_panics(capfd: pytest.CaptureFixture[str]) -> None:
    header = bytearray(512)
    header[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    header[24:34] = bytes.fromhex("3b000300feff09000600")
    for at, number in ((44, 1), (48, 1), (56, 4096), (60, 0xFFFFFFFE), (68, 0xFFFFFFFE), (76, 0)):
        header[at : at + 4] = number.to_bytes(4, "little")
    header[80:] = b"\xff" * 432
    sectors = (0xFFFFFFFD).to_bytes(4, "little") + (0xFFFFFFFE).to_bytes(4, "little") + b"\xff" * 504
    assert "the workbook cannot be read" in _refused(bytes(header) + sectors + bytes(100), zipped=False)
    capfd.readouterr()


def _open_document(table: str) -> bytes:
    names = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    }
    spaces = " ".join(f'xmlns:{name}="{urn}"' for name, urn in names.items())
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{manifest}"/>')
        package.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="Data">{table}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return file.getvalue()


def _open_row(*cells: str, columns: int = 1, rows: int = 1) -> str:
    inside = "".join(
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{columns}">'
        f"<text:p>{cell}</text:p></table:table-cell>"
        for cell in cells
    )
    return f'<table:table-row table:number-rows-repeated="{rows}">{inside}</table:table-row>'


def test_an_open_document_is_read_with_its_cells() -> None:
    data = _open_document(_open_row("party", "year", "class") + _open_row("KEN", "2012", "1a.1"))
    assert _cell(data, "/inventories/0/entries/0/class") == "Data!C2"


def test_an_open_document_that_repeats_a_cell_without_end_is_refused() -> None:
    assert "reaches as far as" in _refused(_open_document(_open_row("x", columns=10_000, rows=600)))


def test_a_damaged_open_document_is_refused_and_not_read_forever() -> None:
    assert "damaged" in _refused(_open_document(_open_row("x") + "<table:table-row></broken>"))
