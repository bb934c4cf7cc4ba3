"""Bytes to text: marks, UTF-16 with and without one, Windows-1252, and bytes that are no text."""

from __future__ import annotations

import pytest

from invlint.errors import ReadingError
from invlint.sources.text import decode

_TEXT = "party,year,class,notes\nCIV,2012,1a.1,Côte d’Ivoire\n"


def _refused(data: bytes) -> ReadingError:
    with pytest.raises(ReadingError) as caught:
        decode(data)
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_marked_text_is_read_without_a_note(encoding: str) -> None:
    assert decode(_TEXT.encode(encoding)) == (_TEXT, None)


@pytest.mark.parametrize(("mark", "encoding"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_a_mark_says_the_order_of_bytes(mark: bytes, encoding: str) -> None:
    assert decode(mark + _TEXT.encode(encoding)) == (_TEXT, None)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_known_without_a_mark(encoding: str) -> None:
    assert decode("party,year\nKEN,2012\n".encode(encoding)) == ("party,year\nKEN,2012\n", None)


def test_a_western_text_is_read_with_a_note_of_its_line() -> None:
    text, note = decode(_TEXT.encode("cp1252"))
    assert text == _TEXT
    assert note == "line 2 is not UTF-8; the file was read as Windows-1252 (Western European)"


def test_bytes_of_no_known_encoding_are_refused_at_their_line() -> None:
    error = _refused(b"party\nKEN \x81 \x9d\n")
    assert "byte 11 (line 2) is not UTF-8" in error.problem
    assert error.line == 2


@pytest.mark.parametrize("data", [b"party\n\0KEN,2012", b"\xef\xbb\xbfparty\nK\0", b"\xff\xfe\x00\x00\x01\x00"])
def test_zero_bytes_are_no_text(data: bytes) -> None:
    error = _refused(data)
    assert any(said in error.problem for said in ("no text file", "does not fit"))


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 9, bytes(range(256))])
def test_a_binary_file_is_no_text(data: bytes) -> None:
    assert "this is no text file" in _refused(data).problem


@pytest.mark.parametrize("data", [b"\xff\xfeK", b"\xff\xfe\x00\xd8", b"\xef\xbb\xbf\xff"])
def test_a_mark_that_promises_what_does_not_come_is_refused(data: bytes) -> None:
    assert "does not fit" in _refused(data).problem
