"""Bytes to text, by byte-order mark, by the pattern of zero bytes, as UTF-8, or as a Western office wrote it."""

from __future__ import annotations

from invlint.errors import ReadingError

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def decode(data: bytes) -> tuple[str, str | None]:
    """The text, and a note when the encoding had to be assumed.

    Raises ReadingError when the bytes are no text.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None) or _unmarked_utf16(data)
    if encoding is None:
        try:
            return _without_zero_bytes(data.decode("utf-8")), None
        except UnicodeDecodeError as error:
            return _western(data, error)
    try:
        return _without_zero_bytes(data.decode(encoding)), None
    except UnicodeDecodeError as error:
        raise ReadingError(
            f"the file says that it is {encoding.upper()} text, but byte {error.start + 1} does not fit: "
            "save it again as UTF-8"
        ) from None


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark shows as plain characters with every other byte zero."""
    head = data[:200]
    if len(head) < 4 or len(data) % 2:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.7 * half and even == 0:
        return "utf-16-le"
    if even > 0.7 * half and odd == 0:
        return "utf-16-be"
    return None


def _without_zero_bytes(text: str) -> str:
    if "\0" in text:
        at = text.index("\0")
        line = text.count("\n", 0, at) + 1
        raise ReadingError("this is no text file: it holds zero bytes", line=line, column=1)
    return text


def _western(data: bytes, error: UnicodeDecodeError) -> tuple[str, str | None]:
    line = data.count(b"\n", 0, error.start) + 1
    sample = data[:4096]
    if b"\0" in data or sum(byte < 9 or 13 < byte < 32 for byte in sample) > len(sample) // 20:
        raise ReadingError(
            "this is no text file: save the inventory as JSON, YAML, CSV in UTF-8, or XLSX",
            line=line,
            column=1,
        )
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise ReadingError(
            f"byte {error.start + 1} (line {line}) is not UTF-8: save the file again as UTF-8",
            line=line,
            column=1,
        ) from None
    return text, f"line {line} is not UTF-8; the file was read as Windows-1252 (Western European)"
