"""The pages for people who write rules are made of what there is."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from invlint.lang.functions import AGGREGATES, FUNCTIONS
from invlint.tables.declared import TABLES

if TYPE_CHECKING:
    import pytest

DOCS = Path(__file__).parents[2] / "docs"


def test_the_reference_lists_every_function_table_and_column() -> None:
    page = (DOCS / "language.md").read_text("utf-8")
    functions = [f"`{name}(" for name in FUNCTIONS] + [f"`{name} of " for name in AGGREGATES]
    tables = [f"\n### {name}\n" for name in TABLES]
    columns = [f"\n| {column} | " for table in TABLES.values() for column in table.columns]
    assert [] == [text for text in (*functions, *tables, *columns) if text not in page]


def test_the_guide_does_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file of it is written, every command run, and the output is the one that stands there."""
    monkeypatch.syspath_prepend(str(DOCS))
    pages = __import__("author_pages")
    try:
        assert pages.GUIDE.read_text("utf-8") == pages.guide_page()
    finally:
        sys.modules.pop("author_pages")
