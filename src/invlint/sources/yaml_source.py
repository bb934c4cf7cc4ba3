"""Read inventories from YAML 1.2: `NO` stays text, `1.10` stays as written until it is a number, marks are kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from invlint.errors import ReadingError
from invlint.sources.columns import MAPS_OF_NUMBERS, NUMBER, WHOLE, YES_NO, members_of
from invlint.sources.document import Document, Doubt, Spot, escape
from invlint.sources.pointers import Wanted, ask

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEEPEST = 100
_TOO_DEEP = "the YAML is nested too deeply to be an inventory"
_SCANNER_TOO_DEEP = "exceeded maximum nesting depth"
"""What libyaml says of a text that it reads ahead in by more levels than it allows."""

_MOST_REPEATED = 300_000
"""How many values the aliases of a file may unfold to beyond those that are written out."""

_MOST_DIGITS = 300
_NULL = re.compile(r"^(?:~|null|Null|NULL|)$")
_BOOL = re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$")
_INT = re.compile(r"^[-+]?[0-9]+$")
_FLOAT = re.compile(r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$")
"""The core schema of YAML 1.2.2, section 10.3.2, without octal, hexadecimal, .inf and .nan."""


_TYPED = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:null")

_NUMBERS = members_of(NUMBER, WHOLE)
_YES_NO = members_of(YES_NO)
"""The members whose plain scalars are numbers, or true and false; all others are text."""


@dataclass(slots=True, eq=False)
class _Node:
    """A value of the text and where it stands: a scalar, or a list or mapping of what is `inside` it.

    In a mapping names and values take turns.
    """

    line: int
    column: int
    text: str = ""
    plain: bool = False
    inside: list[_Node] | None = None
    is_mapping: bool = False

    def members(self) -> Iterator[tuple[str, _Node]]:
        """The members of a mapping; a name that is no scalar is shown as a question mark."""
        turns = iter(self.inside or ())
        for name in turns:
            yield name.text if name.inside is None else "?", next(turns)


def read_yaml(text: str) -> list[Document]:
    """The documents of a YAML stream; a list at the top holds several.

    Raises ReadingError with line and column when the text is not YAML.
    """
    try:
        stream = _Stream()
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            stream.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = " ".join(part for part in (error.context, error.problem) if part)
        line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
        if _SCANNER_TOO_DEEP in said:
            raise ReadingError(_TOO_DEEP, line=line, column=column) from None
        raise ReadingError(f"not valid YAML: {said}", line=line, column=column) from None
    except yaml.YAMLError as error:
        raise ReadingError(f"not valid YAML: {str(error).splitlines()[0]}") from None
    if not stream.roots:
        raise ReadingError("the file is empty", line=1, column=1)
    building = _Building(stream.nodes + _MOST_REPEATED)
    documents: list[Document] = []
    for root in stream.roots:
        if root.inside is None or root.is_mapping:
            documents.append(building.document(root))
        else:
            documents.extend(building.document(part, f"/{place}") for place, part in enumerate(root.inside))
    if not documents:
        raise ReadingError("the file holds an empty list: put an inventory into it", line=1, column=1)
    return documents


@dataclass
class _Stream:
    """Composes nodes from events.

    PyYAML's own composing ends the process on deep nesting, and spends most of its time on tags that are not used here.
    """

    roots: list[_Node] = field(default_factory=list)
    nodes: int = 0
    _open: list[_Node] = field(default_factory=list)
    _anchors: dict[str, _Node] = field(default_factory=dict)

    def take(self, event: yaml.Event) -> None:
        """Take the next event of the stream."""
        if isinstance(event, yaml.ScalarEvent):
            plain = (event.implicit[0] and event.tag is None) or event.tag in _TYPED
            self._put(_Node(*_place(event), event.value, plain), event.anchor)
        elif isinstance(event, yaml.CollectionStartEvent):
            node = _Node(*_place(event), inside=[], is_mapping=isinstance(event, yaml.MappingStartEvent))
            self._put(node, event.anchor)
            self._open.append(node)
            if len(self._open) > _DEEPEST:
                raise ReadingError(_TOO_DEEP, line=node.line, column=node.column)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._anchors = {}

    def _alias(self, event: yaml.AliasEvent) -> None:
        if event.anchor not in self._anchors:
            line, column = _place(event)
            problem = f"not valid YAML: *{event.anchor} stands for nothing that is named above"
            raise ReadingError(problem, line=line, column=column)
        self._put(self._anchors[event.anchor], None)

    def _put(self, node: _Node, anchor: str | None) -> None:
        self.nodes += 1
        if anchor is not None:
            self._anchors[anchor] = node
        (self._open[-1].inside if self._open else self.roots).append(node)  # type: ignore[union-attr]


def _place(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


class _Building:
    """One walk from the nodes of a file to plain data of at most so many values."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values = 0
        self._doubts: list[Doubt] = []

    def document(self, node: _Node, above: str = "") -> Document:
        """The document that a node is; `above` points at it where it stands in a list at the top."""
        self._doubts = []
        data = self._value(node, "", ())
        return Document(data, YamlLocator(node, above), tuple(self._doubts))

    def _value(self, node: _Node, pointer: str, above: tuple[int, ...]) -> Any:
        self._values += 1
        if self._values > self._most or id(node) in above or len(above) > _DEEPEST:
            raise ReadingError(
                "the YAML refers to itself or unfolds to more values than an inventory can have",
                line=node.line,
                column=node.column,
            )
        if node.inside is None:
            *_, parent, member = pointer.split("/") if pointer else ("", "")
            return _scalar(node, member, in_map=parent in MAPS_OF_NUMBERS)
        inside = (*above, id(node))
        if node.is_mapping:
            return self._mapping(node, pointer, inside)
        return [self._value(item, f"{pointer}/{place}", inside) for place, item in enumerate(node.inside)]

    def _mapping(self, node: _Node, pointer: str, above: tuple[int, ...]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, value in node.members():
            if name in found:
                problem = f"“{name}” stands twice here, and only the last one counts: keep one"
                self._doubts.append(Doubt(pointer, name, problem))
            found[name] = self._value(value, f"{pointer}/{escape(name)}", above)
        return found


def _scalar(node: _Node, member: str, *, in_map: bool) -> Any:
    """A scalar by the member it stands under: the edition 2013 and the site 12 are text, a value is a number.

    `in_map` says that numbers stand there under any name.
    """
    text = node.text
    if not node.plain:
        return text
    if _NULL.match(text):
        return None
    if member in _YES_NO and _BOOL.match(text):
        return text.lower() == "true"
    if member not in _NUMBERS and not in_map:
        return text
    if _INT.match(text):
        return int(text) if len(text) <= _MOST_DIGITS else text
    if _FLOAT.match(text):
        return float(text)
    return text


class YamlLocator:
    """Finds values by the marks of the composed nodes."""

    def __init__(self, root: _Node, above: str) -> None:
        self._root = root
        self._above = above

    def locate(self, pointers: list[str]) -> dict[str, Spot]:
        nodes: dict[str, _Node] = {}
        _walk(self._root, ask(pointers), nodes)
        return {pointer: Spot(node.line, node.column, None, self._above + pointer) for pointer, node in nodes.items()}


def _walk(node: _Node, wanted: Wanted, nodes: dict[str, _Node]) -> None:
    for pointer in (*wanted.pointers, *wanted.all_below()):
        nodes[pointer] = node
    if not wanted.below or node.inside is None:
        return
    parts = node.members() if node.is_mapping else ((str(place), item) for place, item in enumerate(node.inside))
    for name, value in parts:
        inner = wanted.below.get(name)
        if inner is not None:
            _walk(value, inner, nodes)
