"""Clear good documents quickly: a test made from the schema itself that knows only the keywords the schema uses.

It never says that a document is bad, only that it is certainly good; anything else goes to jsonschema, which
explains. So it cannot disagree with the schema: a keyword it does not know makes it say "not certain".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Test = Callable[[Any], bool]

_PROSE = frozenset({"$schema", "$id", "$defs", "title", "description"})
_SCALARS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
}


def certainly_good(schema: dict[str, Any]) -> Test:
    """A test that is true only for documents that keep the schema."""
    return _Compiler(schema).test(schema)


def _never(_value: Any) -> bool:
    return False


class _Compiler:
    """Turns one schema into nested tests; `$ref` is resolved once."""

    def __init__(self, root: dict[str, Any]) -> None:
        self._root = root
        self._made: dict[str, Test] = {}

    def test(self, schema: Any) -> Test:
        """The test of one schema; one that can be told only by jsonschema is never certain."""
        if not isinstance(schema, dict):
            return _never
        words = {word: value for word, value in schema.items() if word not in _PROSE}
        if words.keys() <= {"$ref"} and words:
            return self._reference(words["$ref"])
        if words.keys() == {"const"}:
            return _constant(words["const"])
        kind = words.pop("type", None)
        if kind == "object" and words.keys() <= {"required", "additionalProperties", "properties"}:
            return self._object(words)
        if kind == "array" and words.keys() == {"items"}:
            return _array(self.test(words["items"]))
        types = _plain_types(schema)
        return _never if types is None else lambda value: type(value) in types

    def _reference(self, target: str) -> Test:
        if target not in self._made:
            self._made[target] = _never
            definitions = {f"#/$defs/{name}": schema for name, schema in self._root.get("$defs", {}).items()}
            self._made[target] = self.test(definitions.get(target))
        return self._made[target]

    def _object(self, words: dict[str, Any]) -> Test:
        if "additionalProperties" not in words:
            return _never
        others = words["additionalProperties"]
        other = self.test(others) if others is not False else _never
        properties = words.get("properties", {})
        plain = {name: types for name, inner in properties.items() if (types := _plain_types(inner)) is not None}
        tests = {name: self.test(inner) for name, inner in properties.items() if name not in plain}
        required = frozenset(words.get("required", []))

        def good(value: Any) -> bool:
            if type(value) is not dict:
                return False
            for name, inner in value.items():
                types = plain.get(name)
                if types is not None:
                    if type(inner) not in types:
                        return False
                    continue
                if not tests.get(name, other)(inner):
                    return False
            return required <= value.keys()

        return good


def _constant(expected: Any) -> Test:
    if isinstance(expected, (dict, list)):
        return _never
    return lambda value: type(value) is type(expected) and value == expected


def _plain_types(schema: Any) -> tuple[type, ...] | None:
    """The types of a value whose schema asks for nothing else."""
    if not isinstance(schema, dict) or schema.keys() - _PROSE != {"type"}:
        return None
    words = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    known = [_SCALARS.get(word) if isinstance(word, str) else None for word in words]
    return None if None in known else tuple(one for types in known if types for one in types)


def _array(item: Test) -> Test:
    def good(value: Any) -> bool:
        return type(value) is list and all(map(item, value))

    return good
