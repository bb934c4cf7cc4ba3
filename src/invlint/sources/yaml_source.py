"""Read inventories from YAML 1.2: `NO` stays text, `1.10` stays as written until it is a number, marks are kept."""

from __future__ import annotations

import re
from typing import Any

import yaml

from invlint.errors import ReadingError
from invlint.sources.document import Document, Doubt, Spot, escape
from invlint.sources.pointers import Wanted, ask

_MOST_NODES = 5_000_000
_NULL = re.compile(r"^(?:~|null|Null|NULL|)$")
_BOOL = re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$")
_INT = re.compile(r"^[-+]?[0-9]+$")
_FLOAT = re.compile(r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$")
"""The core schema of YAML 1.2.2, section 10.3.2, without octal, hexadecimal, .inf and .nan."""


def read_yaml(text: str) -> list[Document]:
    """The documents of a YAML stream; a list at the top holds several.

    Raises ReadingError with line and column when the text is not YAML.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        roots = [node for node in yaml.compose_all(text, Loader=loader) if node is not None]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = " ".join(part for part in (error.context, error.problem) if part)
        line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
        raise ReadingError(f"not valid YAML: {said}", line=line, column=column) from None
    except yaml.YAMLError as error:
        raise ReadingError(f"not valid YAML: {str(error).splitlines()[0]}") from None
    except RecursionError:
        raise ReadingError("the YAML is nested too deeply to be an inventory") from None
    if not roots:
        raise ReadingError("the file is empty", line=1, column=1)
    documents: list[Document] = []
    for root in roots:
        parts = root.value if isinstance(root, yaml.SequenceNode) else [root]
        documents.extend(_document(part) for part in parts)
    return documents


def _document(node: yaml.Node) -> Document:
    building = _Building()
    data = building.value(node, "", ())
    return Document(data, YamlLocator(node), tuple(building.doubts))


class _Building:
    """One walk from nodes to plain data."""

    def __init__(self) -> None:
        self.doubts: list[Doubt] = []
        self.nodes = 0

    def value(self, node: yaml.Node, pointer: str, above: tuple[int, ...]) -> Any:
        self.nodes += 1
        if self.nodes > _MOST_NODES or id(node) in above or len(above) > 100:
            raise ReadingError(
                "the YAML refers to itself or unfolds to more values than an inventory can have",
                line=node.start_mark.line + 1,
                column=node.start_mark.column + 1,
            )
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, pointer, (*above, id(node)))
        if isinstance(node, yaml.SequenceNode):
            inside = (*above, id(node))
            return [self.value(item, f"{pointer}/{place}", inside) for place, item in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, pointer: str, above: tuple[int, ...]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name_node, value_node in node.value:
            name = str(name_node.value) if isinstance(name_node, yaml.ScalarNode) else "?"
            if name in found:
                problem = f"“{name}” stands twice here, and only the last one counts: keep one"
                self.doubts.append(Doubt(pointer, name, problem))
            found[name] = self.value(value_node, f"{pointer}/{escape(name)}", above)
        return found


def _scalar(node: yaml.Node) -> Any:
    text = str(node.value)
    if getattr(node, "style", None):
        return text
    if _NULL.match(text):
        return None
    if _BOOL.match(text):
        return text.lower() == "true"
    if _INT.match(text) and len(text) < 300:
        return int(text)
    if _FLOAT.match(text):
        return float(text)
    return text


class YamlLocator:
    """Finds values by the marks of the composed nodes."""

    def __init__(self, root: yaml.Node) -> None:
        self._root = root

    def locate(self, pointers: list[str]) -> dict[str, Spot]:
        spots: dict[str, Spot] = {}
        _walk(self._root, ask(pointers), spots)
        return spots


def _walk(node: yaml.Node, wanted: Wanted, spots: dict[str, Spot]) -> None:
    mark = node.start_mark
    for pointer in (*wanted.pointers, *wanted.all_below()):
        spots[pointer] = Spot(mark.line + 1, mark.column + 1, None, pointer)
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            inner = wanted.below.get(str(name.value))
            if inner is not None:
                _walk(value, inner, spots)
    elif isinstance(node, yaml.SequenceNode):
        for place, value in enumerate(node.value):
            inner = wanted.below.get(str(place))
            if inner is not None:
                _walk(value, inner, spots)
