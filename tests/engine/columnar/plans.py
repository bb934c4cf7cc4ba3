"""Random plans over random small tables: every kind of node, with missing values, doubt and nothing at all."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from invlint.engine.operations import OPERATIONS
from invlint.engine.reductions import REDUCTIONS
from invlint.model.plan import BlockPlan, Node, Plan, RulePlan
from invlint.tables.build import Frames
from invlint.tables.frame import Frame, Taken

TEXT, NUMBER, WHOLE, FLAG = "text", "number", "whole", "flag"

NUMBERS = st.sampled_from([None, 0.0, 1.0, 1.0 + 1e-12, -2.5, 3.0, 1e3, 31.622776601683793, 1e-9, 0.1, 0.2, 0.3, 7e200])
YEARS = st.sampled_from([None, 2004, 2008, 2012])
DIMS = st.sampled_from([None, 16, -65520])
FLAGS = st.sampled_from([None, True, False])
TEXTS = st.sampled_from([None, "seen", "compiled", "doubtful"])
CODES = st.sampled_from([None, "a", "b", "NE"])

COLUMNS: dict[str, tuple[str, Any]] = {
    "class": (TEXT, CODES),
    "site": (TEXT, CODES),
    "reason": (TEXT, TEXTS),
    "year": (NUMBER, YEARS),
    "activity": (NUMBER, NUMBERS),
    "activity.dim": (WHOLE, DIMS),
    "filled": (FLAG, FLAGS),
}
"""Columns that releases and entries both have."""

OPERANDS: dict[str, tuple[tuple[str, ...], str]] = {
    **dict.fromkeys(("and", "or"), ((FLAG, FLAG), FLAG)),
    "not": ((FLAG,), FLAG),
    **dict.fromkeys(("is_missing", "is_reported"), (("any",), FLAG)),
    **dict.fromkeys(("same", "differ"), (("any", "alike"), FLAG)),
    **dict.fromkeys(("equal", "unequal", "less", "at_most", "greater", "at_least"), ((NUMBER, NUMBER), FLAG)),
    "near": ((NUMBER, NUMBER, NUMBER), FLAG),
    **dict.fromkeys(
        ("share_of", "add", "subtract", "multiply", "divide", "power", "min", "max", "fold"),
        ((NUMBER, NUMBER), NUMBER),
    ),
    "robust_z": ((NUMBER, NUMBER, NUMBER), NUMBER),
    **dict.fromkeys(("negate", "abs", "exponent_of_ten", "log10"), ((NUMBER,), NUMBER)),
    **dict.fromkeys(("add_dims", "subtract_dims"), ((WHOLE, WHOLE), WHOLE)),
    "if_same": ((WHOLE, WHOLE, "any"), "last"),
    "rescaled_unit": ((TEXT, NUMBER), TEXT),
}
"""The kinds of operands and of the result of each operation; `any` is any kind, `alike` that of the one before."""

WINDOWS = ("previous", "newest", "oldest", "common", "steps", "trend", "scatter")
RESULTS = {"some": FLAG, "count": NUMBER, "sum": NUMBER, "list": TEXT, "firmest": TEXT}
LITERALS = {TEXT: ("a", "seen"), NUMBER: (0.0, 0.5, 2.0), WHOLE: (16, 0), FLAG: (True, False)}


class Draft:
    """A plan while it is drawn: its nodes, and for each rows node the nodes of each kind over it."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw
        self.nodes: list[Node] = []
        self.numbers: dict[str, int] = {}
        self.of: dict[int, dict[str, list[int]]] = {}

    def add(self, node: Node, kind: str | None = None, rows: int | None = None) -> int:
        mark = repr(node)  # in which 0.0 is not False
        if mark not in self.numbers:
            self.numbers[mark] = len(self.nodes)
            self.nodes.append(node)
            if kind is not None and rows is not None:
                self.of[rows][kind].append(self.numbers[mark])
        return self.numbers[mark]

    def rows(self, node: Node) -> int:
        number = self.add(node)
        self.of.setdefault(number, {TEXT: [], NUMBER: [], WHOLE: [], FLAG: []})
        return number

    def table(self, name: str) -> int:
        rows = self.rows(("rows", name))
        for column, (kind, _) in COLUMNS.items():
            self.add(("column", rows, column), kind, rows)
        return rows

    def one(self, values: Any) -> Any:
        return self.draw(st.sampled_from(list(values)))

    def pick(self, rows: int, kind: str) -> int:
        known = self.of[rows][kind]
        if not known or self.draw(st.integers(0, 5)) == 0:
            return self.add(("literal", rows, self.one(LITERALS[kind])), kind, rows)
        return int(self.one(known))

    def kind(self) -> str:
        return str(self.one((TEXT, NUMBER, WHOLE, FLAG)))

    def operate(self, rows: int, name: str) -> int:
        wanted, result = OPERANDS[name]
        kinds: list[str] = []
        for kind in wanted:
            kinds.append(self.kind() if kind == "any" else kinds[-1] if kind == "alike" else kind)
        operands = [self.pick(rows, kind) for kind in kinds]
        return self.add(("op", name, *operands), kinds[-1] if result == "last" else result, rows)

    def keys(self, ours: int, theirs: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        kinds = [self.one((TEXT, TEXT, NUMBER, FLAG)) for _ in range(self.draw(st.integers(0, 3)))]
        return tuple(self.pick(ours, kind) for kind in kinds), tuple(self.pick(theirs, kind) for kind in kinds)

    def index(self, ours: int, theirs: int) -> tuple[tuple[int, ...], int]:
        mine, other = self.keys(ours, theirs)
        kept = self.one([None, *self.of[theirs][FLAG]])
        return mine, self.add(("index", theirs, other, kept))

    def reduced(self, what: str, node: tuple[Any, ...], rows: int, over: int) -> int:
        """Reduce a value of the rows `over`, for each row of `rows`."""
        kind = TEXT if what == "firmest" else self.one((TEXT, NUMBER, WHOLE))
        if what in ("sum", "largest", "smallest", "median", "mad"):
            kind = NUMBER
        value = self.pick(over, kind) if what not in ("some",) else None
        if what == "firmest":
            value = self.evidence(over)
        return self.add((*node, value), RESULTS.get(what, kind), rows)

    def evidence(self, over: int) -> int:
        if self.nodes[over][0] == "pairs":
            inner = self.nodes[self.nodes[over][3]][1]
            return self.add(("inner", over, self.evidence(inner)), TEXT, over)
        return self.add(("column", over, "reason"), TEXT, over)

    def grow(self, rows: int, theirs: int) -> None:
        """Add a node over the rows."""
        step = self.one(("op", "op", "lookup", "reduce", "pairs", "window"))
        if step == "op" or (step == "window" and self.nodes[rows][0] == "pairs"):
            self.operate(rows, self.one(OPERANDS))
        elif step == "lookup":
            mine, index = self.index(rows, theirs)
            kind = self.kind()
            self.add(("lookup", rows, mine, index, self.pick(theirs, kind)), kind, rows)
        elif step == "reduce":
            mine, index = self.index(rows, theirs)
            what = self.one(("some", *REDUCTIONS))
            self.reduced(what, ("reduce", what, rows, mine, index), rows, theirs)
        elif step == "pairs":
            self.beside(rows, theirs)
        else:
            keys, _ = self.keys(rows, rows)
            what = self.one(WINDOWS)
            kind = NUMBER if what in ("trend", "scatter") else self.kind()
            node = ("window", what, rows, keys, self.add(("column", rows, "year"), NUMBER, rows))
            self.add((*node, self.pick(rows, kind)), NUMBER if what == "steps" else kind, rows)

    def beside(self, rows: int, theirs: int) -> None:
        mine, index = self.index(rows, theirs)
        pairs = self.rows(("pairs", rows, mine, index))
        for kind in (TEXT, NUMBER, WHOLE, FLAG):
            self.add(("outer", pairs, self.pick(rows, kind)), kind, pairs)
            self.add(("inner", pairs, self.pick(theirs, kind)), kind, pairs)
        for _ in range(self.draw(st.integers(0, 3))):
            if self.nodes[rows][0] != "pairs":
                self.grow(pairs, theirs)
        kept = self.one([None, *self.of[pairs][FLAG]])
        what = self.one(("some", *REDUCTIONS))
        self.reduced(what, ("reduce_pairs", what, pairs, kept), rows, pairs)


@st.composite
def frames(draw: Any, most: int = 7) -> Frames:
    """Releases and entries of a few rows each, or of none; releases take some columns from the entries, and others."""
    entries, others = (_own(draw, "entries", draw(st.integers(0, most))) for _ in range(2))
    releases = _own(draw, "releases", draw(st.integers(0, most)))
    if entries.size and others.size:
        own = draw(st.integers(0, releases.size))
        rows = _rows(draw, entries, own), _rows(draw, others, releases.size - own)
        taken = {
            column: (Taken(entries, column, rows[0]), Taken(others, column, rows[1]))
            for column in draw(st.sets(st.sampled_from(sorted(COLUMNS))))
        }
        columns = {column: values for column, values in releases.columns.items() if column not in taken}
        releases = Frame("releases", releases.size, columns, releases.places, take=taken.get)
    return Frames({"releases": releases, "entries": entries}, {})


def _own(draw: Any, name: str, size: int) -> Frame:
    """A frame with values of its own."""
    columns = {column: draw(st.lists(values, min_size=size, max_size=size)) for column, (_, values) in COLUMNS.items()}
    return Frame(name, size, columns, [()] * size)


def _rows(draw: Any, frame: Frame, number: int) -> list[int]:
    return list(draw(st.lists(st.integers(0, frame.size - 1), min_size=number, max_size=number)))


@st.composite
def plans(draw: Any) -> Plan:
    """Two rules over releases, of which the second asks for the failures of the first."""
    draft = Draft(draw)
    ours, theirs = draft.table("releases"), draft.table("entries")
    first = _rule(draft, ours, theirs, "first")
    draft.add(("fails", ours, "first"), FLAG, ours)
    return Plan((), (first, _rule(draft, ours, theirs, "second")))._replace(nodes=tuple(draft.nodes))


def _rule(draft: Draft, ours: int, theirs: int, name: str) -> RulePlan:
    for _ in range(draft.draw(st.integers(1, 3))):
        draft.operate(theirs, draft.one(OPERANDS))
    for _ in range(draft.draw(st.integers(1, 8))):
        draft.grow(ours, draft.one((ours, theirs)))
    blocks = tuple(
        block_plan(
            "releases",
            ours,
            tuple(draft.pick(ours, FLAG) for _ in range(draft.draw(st.integers(0, 3)))),
            tuple(draft.pick(ours, FLAG) for _ in range(draft.draw(st.integers(1, 2)))),
            tuple((draft.pick(ours, FLAG), "it cannot") for _ in range(draft.draw(st.integers(0, 2)))),
        )
        for _ in range(draft.draw(st.integers(1, 2)))
    )
    return rule_plan(name, *blocks)


def block_plan(
    table: str,
    rows: int,
    where: tuple[int, ...],
    expect: tuple[int, ...],
    needs: tuple[tuple[int, str], ...] = (),
) -> BlockPlan:
    """A block without words."""
    return BlockPlan(table, rows, where, expect, (), (), None, None, (), (), (), None, None, needs)


def rule_plan(name: str, *blocks: BlockPlan) -> RulePlan:
    """A rule of blocks."""
    return RulePlan(name, name, "error", "", "", "", (), (), blocks)


assert OPERANDS.keys() == OPERATIONS.keys(), "an operation is not tried"
