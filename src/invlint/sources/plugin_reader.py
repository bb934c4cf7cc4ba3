"""Read a file with the reader of a plugin; where that fails, the file is not read and the plugin is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invlint.errors import ReadingError
from invlint.plugins import code
from invlint.sources.document import Document

if TYPE_CHECKING:
    from invlint.plugins import Reader


def takes(plugin: str, reader: Reader, data: bytes, *, has_other: bool) -> bool:
    """Whether the reader is for the file; one that does not say takes it where nobody else reads the ending.

    Raises ReadingError where the reader's own look at the file fails.
    """
    if reader.recognises is None:
        return not has_other
    try:
        return bool(code(reader.recognises)(data))
    except Exception as error:
        raise _failed(plugin, reader, error) from error


def read_with(plugin: str, reader: Reader, data: bytes, name: str) -> tuple[list[Document], tuple[str, ...]]:
    """The documents of a file and notes on its reading. Raises ReadingError where the reader fails."""
    try:
        documents, notes = code(reader.read)(data, name)
        documents = list(documents)
        if not all(isinstance(document, Document) for document in documents):
            raise TypeError("it gives something other than documents")
        return documents, tuple(notes)
    except ReadingError:
        raise
    except Exception as error:
        raise _failed(plugin, reader, error) from error


def _failed(plugin: str, reader: Reader, error: Exception) -> ReadingError:
    return ReadingError(
        f"the reader {reader.name} of the plugin “{plugin}” failed ({type(error).__name__}: {error}): tell its author, "
        f"or leave it out with --no-plugin {plugin}"
    )
