"""Check documents against the inventory schema; each violation is a row of the table `shape`."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from invlint.plugins import offered
from invlint.plugins.offers import LEVELS
from invlint.resources import shipped
from invlint.schema.gate import Test, certainly_good
from invlint.sources.document import escape

if TYPE_CHECKING:
    from jsonschema import ValidationError
    from jsonschema.protocols import Validator

    from invlint.sources import Reading

_MOST_PER_DOCUMENT = 1000
_WORDS = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "object": "an object with members",
    "array": "a list",
}


def shape_rows(readings: list[Reading]) -> list[dict[str, Any]]:
    """Rows of the table `shape`: one for each document that keeps the schema, else one a violation."""
    rows: list[dict[str, Any]] = []
    number = 0
    for reading in readings:
        for document in reading.documents:
            found = [
                {
                    "path": reading.path,
                    "member": doubt.member,
                    "problem": doubt.problem,
                    "place": (number, doubt.pointer),
                }
                for doubt in document.doubts
            ]
            if not _gate()(document.data):
                found.extend(
                    {"path": reading.path, "place": (number, pointer), "member": member, "problem": problem}
                    for pointer, member, problem in _violations(document.data)
                )
            rows.extend(found or [{"path": reading.path, "place": (number, "")}])
            number += 1
    return rows


@lru_cache(maxsize=1)
def inventory_schema() -> dict[str, Any]:
    """The inventory schema as shipped, with the members that plugins add."""
    loaded: dict[str, Any] = json.loads((shipped("schemas") / "inventory.schema.json").read_text("utf-8"))
    members = {level: loaded["$defs"][level]["properties"] for level in LEVELS}
    taken = {f"{level}/{name}" for level, known in members.items() for name in known}
    for plugin, member in offered("members", taken, "the member"):
        members[member.level][member.name] = {"description": f"from the plugin {plugin}"} | member.schema
    return loaded


@lru_cache(maxsize=1)
def _gate() -> Test:
    return certainly_good(inventory_schema())


@lru_cache(maxsize=1)
def _validator() -> Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(inventory_schema())


def _violations(data: Any) -> list[tuple[str, str, str]]:
    """(pointer, member, problem) of each violation, in the order of the document."""
    found: list[tuple[str, str, str]] = []
    for error in _validator().iter_errors(data):
        pointer = "".join(f"/{escape(str(part))}" for part in error.absolute_path)
        if _is_text_for_number(error):
            continue
        found.extend(_explain(error, pointer))
        if len(found) > _MOST_PER_DOCUMENT:
            more = f"more than {_MOST_PER_DOCUMENT} things here are not of the document's shape: mend those shown first"
            return [*found[:_MOST_PER_DOCUMENT], ("", "", more)]
    return found


def _is_text_for_number(error: ValidationError) -> bool:
    """Text where a number belongs is judged by ambiguous-number, alike in every format."""
    return (
        error.validator == "type" and error.validator_value in ("number", "integer") and isinstance(error.instance, str)
    )


def _explain(error: ValidationError, pointer: str) -> list[tuple[str, str, str]]:
    member = pointer.rpartition("/")[2]
    if error.validator == "additionalProperties":
        schema: Any = error.schema
        instance: Any = error.instance
        known = list(schema["properties"])
        strangers = [name for name in instance if name not in known]
        return [(f"{pointer}/{escape(name)}", name, _stranger(name, known)) for name in strangers]
    if error.validator == "required":
        name = error.message.split("'")[1]
        return [(f"{pointer}/{escape(name)}", name, f"“{name}” is missing: every inventory must have it")]
    if error.validator == "const":
        return [(pointer, member, f"“{member}” must be “{error.validator_value}”, not {_show(error.instance)}")]
    expected = _WORDS.get(str(error.validator_value), str(error.validator_value))
    if not pointer:
        return [
            (
                pointer,
                "",
                f"the document must be an object with members such as format and party, not {_show(error.instance)}",
            )
        ]
    named = f"“{member}”" if not member.isdigit() else "this item"
    advice = ": leave the member out where there is no value" if error.instance is None else ""
    if error.validator_value == "string" and isinstance(error.instance, (int, float)):
        advice = f': write it as "{error.instance}"'
    return [(pointer, member, f"{named} must be {expected}, not {_show(error.instance)}{advice}")]


def _stranger(name: str, known: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1, cutoff=0.6)
    mend = f"did you mean “{near[0]}”?" if near else f"the members here are {', '.join(known)}"
    return f"“{name}” is no member of an inventory at this place: {mend}"


def _show(value: Any) -> str:
    if value is None:
        return "empty (null)"
    if isinstance(value, (dict, list)):
        return "an object" if isinstance(value, dict) else "a list"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else text[:37] + "..."
