"""Write documents in the format that a file's ending names."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

from invlint.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from invlint.reference import Reference

FLAT, TOOLKIT = "flat", "toolkit"
LAYOUTS = (FLAT, TOOLKIT)


def write_documents(documents: Sequence[Any], path: Path, layout: str, reference: Reference) -> bytes:
    """The bytes of documents in the format of the path's ending; `layout` is that of a workbook.

    Raises UsageError when there is no such format, or it has no place for more than one Party.
    """
    ending = path.suffix.lower()
    if ending == ".xlsx" and layout == TOOLKIT:
        return _toolkit_workbook(documents, reference)
    writer = _WRITERS.get(ending)
    if writer is None:
        raise UsageError(
            f"invlint does not write {ending or 'files without an ending'}: let “{path}” end in "
            f"{', '.join([*_WRITERS][:-1])} or {[*_WRITERS][-1]}"
        )
    return writer(documents)


def _toolkit_workbook(documents: Sequence[Any], reference: Reference) -> bytes:
    from invlint.workbooks.form_workbook import write_form

    if len(documents) != 1:
        raise UsageError(
            f"a workbook of the calculation form holds one Party, and there are {len(documents)}: use --layout flat, "
            "or one file for each"
        )
    file = io.BytesIO()
    write_form(file, documents[0], reference)
    return file.getvalue()


def _json(documents: Sequence[Any]) -> bytes:
    whole = documents[0] if len(documents) == 1 else list(documents)
    return (json.dumps(whole, indent=1, ensure_ascii=False) + "\n").encode()


def _yaml(documents: Sequence[Any]) -> bytes:
    import yaml

    whole = documents[0] if len(documents) == 1 else list(documents)
    return yaml.safe_dump(whole, sort_keys=False, allow_unicode=True, width=120, encoding="utf-8")


def _csv(documents: Sequence[Any]) -> bytes:
    from invlint.writers.flat_table import delimited

    return delimited(documents, ",")


def _tsv(documents: Sequence[Any]) -> bytes:
    from invlint.writers.flat_table import delimited

    return delimited(documents, "\t")


def _flat_workbook(documents: Sequence[Any]) -> bytes:
    from invlint.writers.flat_table import workbook

    return workbook(documents)


_WRITERS: dict[str, Callable[[Sequence[Any]], bytes]] = {
    ".json": _json,
    ".yaml": _yaml,
    ".yml": _yaml,
    ".csv": _csv,
    ".tsv": _tsv,
    ".xlsx": _flat_workbook,
}
