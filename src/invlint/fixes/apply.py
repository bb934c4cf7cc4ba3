"""Put edits into the bytes of a file: the value at each place, and nothing around it."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from invlint.fixes.spans import Span, csv_spans, json_spans, yaml_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from invlint.fixes.edit import Edit
    from invlint.sources import Document

_BOM = b"\xef\xbb\xbf"

_SPANS: dict[str, Callable[[str, Sequence[Document], Sequence[Edit]], list[Span | None]]] = {
    ".json": json_spans,
    ".yaml": yaml_spans,
    ".yml": yaml_spans,
    ".csv": csv_spans,
    ".tsv": csv_spans,
    ".txt": csv_spans,
}


class Mended(NamedTuple):
    """The bytes of a file with its edits, the edits that were made, and why the others were not."""

    data: bytes
    made: tuple[Edit, ...]
    left: tuple[tuple[Edit, str], ...] = ()


def mended(path: str, data: bytes, documents: Sequence[Document], edits: Sequence[Edit]) -> Mended:
    """The file with the edits. Edits whose value does not stand in the text as it was read are left."""
    spans_of = _SPANS.get(PurePath(path).suffix.lower())
    if spans_of is None:
        return Mended(data, (), tuple((edit, "files of this kind are not changed") for edit in edits))
    mark = data[: len(_BOM)] if data.startswith(_BOM) else b""
    try:
        text = data[len(mark) :].decode("utf-8")
    except UnicodeDecodeError:
        return Mended(data, (), tuple((edit, "the file is not UTF-8: save it so first") for edit in edits))
    spans = spans_of(text, documents, edits)
    made: list[Edit] = []
    left: list[tuple[Edit, str]] = []
    placed: dict[tuple[int, int], tuple[str, Edit]] = {}
    for edit, span in zip(edits, spans, strict=True):
        if span is None:
            left.append((edit, "its place in the text is not certain"))
        elif placed.setdefault((span.start, span.end), (span.text, edit))[0] != span.text:
            left.append((edit, "two values would stand in one place"))
        else:
            made.append(edit)
    for (start, end), (new, _) in sorted(placed.items(), reverse=True):
        text = text[:start] + new + text[end:]
    return Mended(mark + text.encode("utf-8"), tuple(made), tuple(left))
