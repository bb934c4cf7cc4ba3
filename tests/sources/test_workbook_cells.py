"""The look into a package before its reader: cells that are not what they seem, and packages that unfold too far."""

from __future__ import annotations

import io
import zipfile

import pytest

from invlint.errors import ReadingError
from invlint.sources.workbook_cells import Formula, Merged, column_letters, package_notes, sheet_facts

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def _package(*sheets: str, more: dict[str, bytes] | None = None, target: str = "worksheets/sheet{}.xml") -> bytes:
    """A package with sheets named S1, S2 ... of these rows."""
    numbers = range(1, len(sheets) + 1)
    names = "".join(f'<sheet name="S{number}" sheetId="{number}" r:id="r{number}"/>' for number in numbers)
    links = "".join(f'<Relationship Id="r{number}" Target="{target.format(number)}"/>' for number in numbers)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{names}</sheets></workbook>'
        )
        package.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{_PACKAGE}">{links}</Relationships>')
        for number, rows in zip(numbers, sheets, strict=True):
            text = f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
            package.writestr(f"xl/worksheets/sheet{number}.xml", text)
        for name, content in (more or {}).items():
            package.writestr(name, content)
    return file.getvalue()


def _odd(data: bytes) -> dict[str, dict[tuple[int, int], str]]:
    return {name: facts.odd for name, facts in sheet_facts(data).items()}


def _refused(data: bytes) -> str:
    with pytest.raises(ReadingError) as caught:
        _odd(data)
    return caught.value.problem


@pytest.mark.parametrize(
    ("number", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_a_column_has_its_letters(number: int, letters: str) -> None:
    assert letters == column_letters(number)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('<c r="B2" t="e"><v>#REF!</v></c>', "#REF!"),
        ('<c r="B2" t="e"/>', "#ERROR"),
        ('<c r="B2" t="e"><f>1/0</f></c>', "#ERROR"),
        ('<c r="B2"><f>A1*B1</f></c>', "=A1*B1"),
        ('<c r="B2"><f>A1*B1</f><v></v></c>', "=A1*B1"),
        ('<c r="B2"><f>A1*B1</f><v>4</v></c>', None),
        ('<c r="B2" t="str"><f>""</f><v></v></c>', None),
        ('<c r="B2"><v>4</v></c>', None),
    ],
)
def test_a_cell_is_odd_when_its_value_is_an_error_or_a_formula_without_one(cell: str, shown: str | None) -> None:
    expected = {} if shown is None else {(1, 1): shown}
    assert {"S1": expected} == _odd(_package(f'<row r="2">{cell}</row>'))


def test_each_sheet_has_its_own_cells() -> None:
    sheet = '<row r="1"><c r="{}1"><f>1</f></c></row>'
    assert _odd(_package(sheet.format("A"), sheet.format("B"))) == {"S1": {(0, 0): "=1"}, "S2": {(0, 1): "=1"}}


@pytest.mark.parametrize(
    "target", ["worksheets/sheet{}.xml", "/xl/worksheets/sheet{}.xml", "xl/worksheets/sheet{}.xml"]
)
def test_a_sheet_is_found_however_its_path_is_written(target: str) -> None:
    data = _package('<row r="1"><c r="A1"><f>1</f></c></row>', target=target)
    assert _odd(data) == {"S1": {(0, 0): "=1"}}


def test_a_cell_that_does_not_say_where_it_stands_follows_the_one_before() -> None:
    data = _package('<row r="3"><c r="B3"><v>1</v></c><c><f>2</f></c></row><row><c><f>3</f></c></row>')
    assert _odd(data) == {"S1": {(2, 2): "=2", (3, 0): "=3"}}


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="a1"><v>1</v></c></row><row r="1048576"><c r="xfd1048576"><v>1</v></c></row>',
        '<row r="1"><c r="XFD1"><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row><row r="9"><c r="XFD1000"><f>1</f></c></row>',
    ],
)
def test_cells_at_opposite_corners_are_refused(rows: str) -> None:
    data = _package(rows)
    assert len(data) < 5000
    assert "clear the stray cells" in _refused(data)


def test_a_far_cell_that_is_only_coloured_is_no_hindrance() -> None:
    data = _package('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>')
    assert _odd(data) == {"S1": {}}


def test_a_package_that_unfolds_to_more_than_an_inventory_can_be_is_refused() -> None:
    data = bytearray(_package("", more={"xl/media/image.png": b"x"}))
    record = data.rindex(b"PK\x01\x02")
    data[record + 24 : record + 28] = (3_000_000_000).to_bytes(4, "little")
    assert "unfolds to more than 500 MB" in _refused(bytes(data))


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"]
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_damaged_part_is_refused(part: str) -> None:
    assert "the workbook is damaged, or no workbook at all" in _refused(_package("", more={part: b"<a><b></a>"}))


def test_a_package_of_something_else_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", "<a/>")
    assert "the workbook is damaged, or no workbook at all" in _refused(file.getvalue())


@pytest.mark.parametrize("cut", [40, 300])
def test_a_package_cut_off_is_refused(cut: int) -> None:
    assert "save it again as .xlsx" in _refused(_package("")[:-cut])


def test_a_binary_workbook_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("xl/workbook.bin", b"\x83\x01\x00")
        package.writestr("content.xml", "<a/>")
    assert "save it again as .xlsx" in _refused(file.getvalue())


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("xl/externalLinks/externalLink1.xml", "takes values from other workbooks"),
        ("xl/vbaProject.bin", "has macros"),
        ("xl/macrosheets/sheet1.xml", "has macro sheets"),
    ],
)
def test_links_and_macros_are_noted(part: str, words: str) -> None:
    [note] = package_notes(_package("", more={part: b"<a/>"}))
    assert words in note
    assert package_notes(_package("")) == ()


def test_a_sheet_tells_its_formulas_formats_merged_cells_and_hidden_rows() -> None:
    styles = (
        '<styleSheet><numFmts><numFmt numFmtId="200" formatCode="0&quot; t/a&quot;"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="200"/><xf numFmtId="9"/></cellXfs></styleSheet>'
    )
    rows = (
        '<row r="1"><c r="A1" s="1"><f t="shared" si="0" ref="A1:A2">B1*2</f><v>4</v></c>'
        '<c r="B1" s="2"><v>2</v></c></row>'
        '<row r="2" hidden="1"><c r="A2"><f t="shared" si="0"/><v>6</v></c><c r="B2" s="0"><v>3</v></c></row>'
        '</sheetData><mergeCells><mergeCell ref="C1:D2"/><mergeCell ref="odd"/></mergeCells><sheetData>'
    )
    facts = sheet_facts(_package(rows, more={"xl/styles.xml": styles.encode()}))["S1"]
    assert facts.formulas == {(0, 0): Formula("B1*2"), (1, 0): Formula("B1*2", down=1)}
    assert facts.formats == {(0, 0): '0" t/a"', (0, 1): "0%"}
    assert facts.merged == [Merged(0, 2, 1, 3)]
    assert facts.hidden_rows == {1}
