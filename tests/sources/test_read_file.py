"""Reading a file never raises: it gives documents, or the problem and its place."""

from __future__ import annotations

import hashlib
import io
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from invlint.sources import read_file
from invlint.sources.read import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

    Write = Callable[[str, str | bytes], Path]

_REAL = Path(__file__).parents[2].parent / "shared" / "real"
_TABLE = "party,year,class\nKEN,2012,1a.1\n"
_SAME = {
    "a.json": '{"party": "KEN"}',
    "a.yaml": "party: KEN\n",
    "a.yml": "party: KEN\n",
    "a.csv": _TABLE,
    "a.txt": _TABLE.replace(",", "|"),
    "a.tsv": _TABLE.replace(",", "\t"),
    "a.CSV": _TABLE,
}


def _workbook(**cells: str | int) -> bytes:
    book = Workbook()
    for name, value in cells.items():
        book.worksheets[0][name] = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


_BOOK = _workbook(A1="party", B1="year", C1="class", A2="KEN", B2=2012, C2="1a.1")


@pytest.mark.parametrize("name", _SAME)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_format_of_text_is_read_in_every_encoding(name: str, encoding: str, write: Write) -> None:
    path = write(name, _SAME[name].encode(encoding))
    reading = read_file(path)
    assert (None, path.as_posix()) == (reading.problem, reading.path)
    assert [document.data["party"] for document in reading.documents] == ["KEN"]


def test_a_reading_keeps_the_digest_and_the_name_the_user_knows(write: Write) -> None:
    reading = read_file(write("a.csv", _TABLE), name="sent/kenya.csv")
    assert ("sent/kenya.csv", hashlib.sha256(_TABLE.encode()).hexdigest()) == (reading.path, reading.sha256)


def test_an_assumed_encoding_is_noted(write: Write) -> None:
    reading = read_file(write("a.csv", (_TABLE + "KEN,2012,é\n").encode("cp1252")))
    assert list(reading.notes) == ["line 3 is not UTF-8; the file was read as Windows-1252 (Western European)"]


def test_a_workbook_is_read_and_its_sheet_can_be_named(write: Write) -> None:
    path = write("a.xlsx", _BOOK)
    assert [document.data["party"] for document in read_file(path, sheet="Sheet").documents] == ["KEN"]
    assert "there is no sheet “Data”" in str(read_file(path, sheet="Data").problem)


@pytest.mark.parametrize("name", ["a.xls", "a.ods", "a.xlsm"])
def test_a_workbook_is_known_by_its_bytes_under_any_ending_of_one(name: str, write: Write) -> None:
    assert [document.data["party"] for document in read_file(write(name, _BOOK)).documents] == ["KEN"]


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.ods", "a.xlsm"])
def test_cells_at_opposite_corners_do_not_end_the_process_under_any_ending(name: str, write: Write) -> None:
    data = _workbook(A1="party", XFD1048576=1)
    assert len(data) < 5000
    assert "clear the stray cells" in str(read_file(write(name, data)).problem)


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.yaml"])
def test_a_workbook_under_the_name_of_a_text_is_said_to_be_one(name: str, write: Write) -> None:
    assert "the file is a workbook under the name of" in str(read_file(write(name, _BOOK)).problem)


def test_a_text_under_the_name_of_a_workbook_is_said_to_be_none(write: Write) -> None:
    assert "is named .xlsx but is no workbook" in str(read_file(write("a.xlsx", _TABLE)).problem)


def test_a_workbook_with_a_password_is_said_to_have_one(write: Write) -> None:
    path = write("a.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    assert "protected by a password" in str(read_file(path).problem)


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_empty_file_is_empty_in_every_format(suffix: str, write: Write) -> None:
    assert read_file(write(f"a{suffix}", b"")).problem == "the file is empty"


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.yaml"])
def test_a_picture_under_the_name_of_a_text_is_no_text(name: str, write: Write) -> None:
    reading = read_file(write(name, b"\x89PNG\r\n\x1a\n" + bytes(range(256))))
    assert "this is no text file" in str(reading.problem)


@pytest.mark.parametrize("name", ["a.pdf", "none"])
def test_another_format_is_answered_with_those_that_are_read(name: str, write: Write) -> None:
    assert "it reads .json, .yaml" in str(read_file(write(name, b"x")).problem)


@pytest.mark.parametrize("name", ["gone.csv", ""])
def test_a_file_that_cannot_be_opened_is_a_problem(name: str, tmp_path: Path) -> None:
    reading = read_file(tmp_path / name)
    assert "the file cannot be opened" in str(reading.problem)
    assert reading.sha256 is None


def test_a_problem_has_its_line_and_column(write: Write) -> None:
    reading = read_file(write("a.json", '{"a": 1,\n "b": x}'))
    assert reading.spot[:2] == (2, 7)
    assert reading.documents == ()


_scraps = st.lists(
    st.sampled_from(
        [b"party,year,class\n", b"KEN,2012,1a.1\n", b'"', b"{", b"[", b"- ", b"&a ", b"*a ", b": ", b"\r", b","]
    ),
    max_size=12,
).map(b"".join)
_heads = st.sampled_from([b"", b"PK\x03\x04", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00"])


@settings(deadline=None)
@given(
    head=_heads,
    body=st.binary(max_size=60) | _scraps | st.text(max_size=30).map(str.encode),
    suffix=st.sampled_from(sorted(FORMATS)),
)
def test_any_bytes_under_any_ending_give_documents_or_a_problem(head: bytes, body: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"a{suffix}")
        path.write_bytes(head + body)
        reading = read_file(path)
        assert bool(reading.documents) != bool(reading.problem)
        for document in reading.documents:
            assert {"", "/party"} == document.locator.locate(["", "/party"]).keys()


@settings(deadline=None)
@given(at=st.integers(0, len(_BOOK) - 1), flipped=st.integers(1, 255))
def test_a_workbook_with_a_damaged_byte_gives_documents_or_a_problem(at: int, flipped: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.xlsx")
        path.write_bytes(_BOOK[:at] + bytes([_BOOK[at] ^ flipped]) + _BOOK[at + 1 :])
        reading = read_file(path)
        assert bool(reading.documents) != bool(reading.problem)


@pytest.mark.skipif(not _REAL.is_dir(), reason="the real files are not beside this checkout")
@pytest.mark.parametrize("folder", ["awkward_files", "workbooks", "germany_lps"])
def test_every_real_file_is_read_or_refused(folder: str) -> None:
    files = [path for path in sorted((_REAL / folder).rglob("*")) if path.is_file()]
    readings = [read_file(path) for path in files]
    assert [True] * len(files) == [bool(reading.documents) != bool(reading.problem) for reading in readings]
