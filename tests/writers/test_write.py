"""Every format gives back what it was given: the samples, and documents made up by Hypothesis."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from generated_inventories import REFERENCE, documents
from hypothesis import HealthCheck, given, settings

from invlint.sources import read_file
from invlint.writers.differences import lost_facts
from invlint.writers.write import write_documents

SAMPLES = Path(__file__).parents[2] / "samples"
DOCUMENT_FORMATS = (".json", ".yaml", ".yml")
FLAT_FORMATS = (".csv", ".tsv", ".xlsx")
_settings = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
_fewer = settings(_settings, max_examples=4)
"""For workbooks of many sheets, which take a second each and longer."""


def there_and_back(whole: list[dict[str, Any]], ending: str, layout: str = "flat") -> list[str]:
    """What is lost when documents are written and read again, in either direction."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"inventory{ending}"
        path.write_bytes(write_documents(whole, path, layout, REFERENCE))
        reading = read_file(path)
    assert reading.problem is None
    again = [document.data for document in reading.documents]
    assert [doubt for document in reading.documents for doubt in document.doubts] == []
    return [*lost_facts(whole, again, REFERENCE), *lost_facts(again, whole, REFERENCE)]


@pytest.mark.parametrize("ending", [*DOCUMENT_FORMATS, *FLAT_FORMATS])
@pytest.mark.parametrize("name", ["sound", "faulty"])
def test_a_sample_is_the_same_in_every_format(name: str, ending: str) -> None:
    document = json.loads((SAMPLES / f"{name}.json").read_text("utf-8"))
    assert there_and_back([document], ending) == []


@pytest.mark.parametrize("ending", DOCUMENT_FORMATS)
@_settings
@given(document=documents(with_notes=True))
def test_a_document_is_the_same_as_json_and_yaml(ending: str, document: dict[str, Any]) -> None:
    assert there_and_back([document], ending) == []


@pytest.mark.parametrize("ending", FLAT_FORMATS)
@_settings
@given(document=documents(with_notes=False))
def test_a_document_without_remarks_on_the_whole_is_the_same_as_a_flat_table(
    ending: str, document: dict[str, Any]
) -> None:
    assert there_and_back([document], ending) == []


@pytest.mark.parametrize("name", ["sound", "faulty"])
def test_a_sample_is_the_same_in_the_calculation_form(name: str) -> None:
    document = json.loads((SAMPLES / f"{name}.json").read_text("utf-8"))
    assert there_and_back([document], ".xlsx", "toolkit") == []


@_fewer
@given(document=documents(with_notes=True))
def test_a_document_is_the_same_in_the_calculation_form(document: dict[str, Any]) -> None:
    assert there_and_back([document], ".xlsx", "toolkit") == []
