"""The gate is never wrong about a good document, and lets every plainly good one through."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from invlint.schema.check import inventory_schema
from invlint.schema.gate import certainly_good

_SCHEMA = inventory_schema()
_GATE = certainly_good(_SCHEMA)
_VALIDATOR = Draft202012Validator(_SCHEMA)
_SIMPLE: dict[str, st.SearchStrategy[Any]] = {
    "string": st.text(max_size=4),
    "number": st.integers(-5, 5) | st.floats(),
    "integer": st.integers(-5, 5),
    "boolean": st.booleans(),
}


def _good(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Documents that keep a schema, made from the schema itself."""
    if "$ref" in schema:
        return _good(_SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]])
    if "const" in schema:
        return st.just(schema["const"])
    if schema["type"] == "array":
        return st.lists(_good(schema["items"]), max_size=2)
    if schema["type"] != "object":
        return _SIMPLE[schema["type"]]
    members = {name: _good(inner) for name, inner in schema["properties"].items()}
    required = {name: members.pop(name) for name in schema.get("required", [])}
    return st.fixed_dictionaries(required, optional=members)


_documents = _good(_SCHEMA)
_odd_values = st.sampled_from(
    [None, True, False, 0, 1, 2.0, 2.5, float("nan"), 10**400, "", "x", [], {}, [None], ["x"], {"value": 1}, {"x": 1}]
).map(copy.deepcopy)


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every (container, name or place) in a document."""
    parts = (
        list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    )
    return [(value, name) for name, _ in parts] + [place for _, inner in parts for place in _places(inner)]


@st.composite
def _mutated(draw: st.DrawFn) -> Any:
    """A good document with a few values replaced, taken out or added."""
    root = {"document": copy.deepcopy(draw(_documents))}
    for _ in range(draw(st.integers(0, 3))):
        places = _places(root)
        if not places:
            break
        container, name = draw(st.sampled_from(places))
        how = draw(st.sampled_from(["replace", "remove", "add"]))
        if how == "remove" and container is not root:
            del container[name]
        elif how == "add" and isinstance(container[name], dict):
            container[name][draw(st.sampled_from(["value", "year", "class", "unit", "notes", "x"]))] = draw(_odd_values)
        else:
            container[name] = draw(_odd_values)
    return root["document"]


@settings(deadline=None)
@given(document=_documents)
def test_every_document_made_from_the_schema_passes_the_gate(document: Any) -> None:
    assert list(_VALIDATOR.iter_errors(document)) == []
    assert _GATE(document)


@settings(deadline=None)
@given(document=_mutated())
def test_what_passes_the_gate_keeps_the_schema(document: Any) -> None:
    assert not _GATE(document) or list(_VALIDATOR.iter_errors(document)) == []


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        "x",
        {},
        {"format": "invlint/inventory-1"},
        {"format": "invlint/inventory-2", "party": "KEN"},
        {"format": "invlint/inventory-1", "party": 1},
        {"format": "invlint/inventory-1", "party": "KEN", "x": 1},
        {"format": "invlint/inventory-1", "party": "KEN", "inventories": [{"year": True}]},
        {"format": "invlint/inventory-1", "party": "KEN", "inventories": [{"entries": [{"share": "0.4"}]}]},
    ],
)
def test_a_bad_document_does_not_pass(document: Any) -> None:
    assert not _GATE(document)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "minLength": 3},
        {"type": ["string", "null"]},
        {"type": "string", "const": "x"},
        {"type": "object", "properties": {"a": {"type": "string"}}},
        {"type": "object", "additionalProperties": False, "properties": {"a": True}},
        {"type": "array"},
        {"type": "array", "items": False},
        {"const": [True]},
        {"$ref": "#/$defs/gone"},
        {"$ref": "other.json#/$defs/texts", "$defs": {"texts": {"type": "string"}}},
        {"enum": ["x"]},
        {},
    ],
)
@pytest.mark.parametrize("value", ["x", None, {"a": "x"}, ["x"], [1]])
def test_a_schema_in_words_that_the_gate_does_not_know_is_never_certain(schema: dict[str, Any], value: Any) -> None:
    assert not certainly_good(schema)(value)


def test_a_schema_that_holds_itself_is_never_certain_of_its_depth() -> None:
    tree = {"type": "object", "additionalProperties": False, "properties": {"below": {"$ref": "#/$defs/tree"}}}
    gate = certainly_good({"$defs": {"tree": tree}, "$ref": "#/$defs/tree"})
    assert gate({})
    assert not gate({"below": {"below": {}}})


MAP = {
    "type": "object",
    "properties": {"unit": {"type": "string"}},
    "additionalProperties": {"type": ["number", "string"]},
}


@pytest.mark.parametrize(
    ("value", "good"),
    [({}, True), ({"unit": "g/a", "x": 1.5, "y": "ND"}, True), ({"unit": 3}, False), ({"x": True}, False), ([], False)],
)
def test_an_object_of_any_names_is_certain_by_its_values(value: Any, good: bool) -> None:
    assert certainly_good(MAP)(value) == good
    assert Draft202012Validator(MAP).is_valid(value) == good
