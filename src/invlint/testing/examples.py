"""Run the examples inside rules: small tables become a document, and the rule must pass or fail on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from invlint.engine.judge import PlainJudge
from invlint.engine.run import run_rule
from invlint.engine.show import nodes_of, show_template
from invlint.errors import RuleFault, RuleFileError
from invlint.lang import parse_rules
from invlint.lang.compile import compile_to_show
from invlint.schema import shape_rows
from invlint.sources.columns import INVENTORY_COLUMNS, KINDS, NUMBER, plain_name
from invlint.sources.document import Document, Reading, Spot
from invlint.sources.flat import read_under_first_row
from invlint.sources.table_head import Grid
from invlint.tables import EARLIER, TABLES, Frame, Frames, build_frames
from invlint.tables.amounts import NOTHING, AmountReader, add_amounts
from invlint.tables.kinds import FACTOR, YES_NO, is_quantity

if TYPE_CHECKING:
    from invlint.lang.seen import Seen
    from invlint.lang.tree import ExampleTable, Rule
    from invlint.model.plan import Plan
    from invlint.reference import Reference

PARTY, YEAR, EDITION = "KEN", "2020", "2013"
"""What an example leaves unsaid."""

_UNSAID = {"party": PARTY, "year": YEAR, "edition": EDITION}
_SUBMITTED = ("inventories", "entries", "releases", "totals")
_FLAT = frozenset(prefix + table for prefix in ("", EARLIER) for table in _SUBMITTED)
_AMOUNT = re.compile(r"^(\S+)\s+(\S.*)$")


class ShownTable(NamedTuple):
    """A table of an example under its column names."""

    table: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class SeenRow(NamedTuple):
    """A row that did not do what its example says: the values that the rule saw, and what came out."""

    table: str
    values: tuple[tuple[str, str], ...]
    outcome: str
    message: str | None = None


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """Whether an example does what it says; `problem` says what it does instead, and `seen` in which rows."""

    rule: str
    path: str
    line: int
    title: str
    problem: str | None
    tables: tuple[ShownTable, ...] = ()
    seen: tuple[SeenRow, ...] = ()


def run_examples(
    sources: list[tuple[str, str, str]], reference: Reference, only: set[str] | None = None
) -> list[ExampleResult]:
    """The result of every example in the rule files, each given as (pack, path, text); of the rules `only`, if given.

    Raises RuleFileError when a rule makes no sense or an example table has an unknown column.
    """
    parsed = [(path, text, rule) for _, path, text in sources for rule in _parsed(text, path)]
    chosen = [one for one in parsed if only is None or one[2].name in only]
    plan, seen = compile_to_show(sources, reference, {rule.name for *_, rule in chosen})
    results = []
    for path, text, rule in chosen:
        heads: dict[str, tuple[str, ...]] = {}
        for example in rule.examples:
            tables = [_table(table, heads, path, text) for table in example.tables]
            judge = _ExampleJudge(plan, _frames(tables, reference), rule.name, seen[rule.name])
            problem, rows = judge.verdict(example.outcome)
            title = f"{example.outcome}: {example.title}" if example.title else example.outcome
            line = example.span.line
            results.append(ExampleResult(rule.name, path, line, title, problem, tuple(tables), tuple(rows)))
    return results


def _parsed(text: str, path: str) -> tuple[Rule, ...]:
    """The rules of a file; one that does not parse has none here, and its faults come with those of the others."""
    try:
        return parse_rules(text, path)
    except RuleFileError:
        return ()


def examples_lacking(rule: Rule) -> list[str]:
    """What a rule has no example for: an author must show both that it fires and that it stays silent."""
    shown = {example.outcome for example in rule.examples}
    wanted = {"passes": "there is no example that passes", "fails": "there is no example that fails"}
    return [words for outcome, words in wanted.items() if outcome not in shown]


class _ExampleJudge:
    """Runs one rule over the tables of one example."""

    def __init__(self, plan: Plan, frames: Frames, name: str, seen: tuple[Seen, ...]) -> None:
        self._frames = frames
        self._rule = next(rule for rule in plan.rules if rule.name == name)
        self._seen = seen
        self._judge = PlainJudge(plan, frames)

    def verdict(self, outcome: str) -> tuple[str | None, list[SeenRow]]:
        """What the example does instead of what it says, and the rows that do it; nothing where it does as it says."""
        result = run_rule(self._rule, self._judge, self._frames)
        if result.crash is not None:
            return f"the rule crashed: {result.crash}", []
        if outcome == "passes" and result.failed:
            messages = "; ".join(failure["message"] for failure in result.failures)
            return f"{result.failed} of {result.evaluated} rows fail: {messages}", self._rows({"fails"})
        if outcome == "fails" and not result.failed:
            problem = f"no row fails ({result.evaluated} judged, {result.unknown} unknown)"
            return problem, self._rows({"passes", "unknown", "untestable", "outside"})
        if result.evaluated or result.outside or result.untestable:
            return None, []
        return f"no row is judged ({result.unknown} unknown)", self._rows({"unknown"})

    def _rows(self, outcomes: set[str]) -> list[SeenRow]:
        """The rows with one of these outcomes, those first that came nearest to failing."""
        found = [
            row
            for number, block in enumerate(self._rule.blocks)
            for at in range(self._frames[block.table].size)
            if (row := self._row(number, at)).outcome in outcomes
        ]
        return [row._replace(outcome=_WORDS[row.outcome]) for row in sorted(found, key=_distance)]

    def _row(self, number: int, at: int) -> SeenRow:
        block, seen = self._rule.blocks[number], self._seen[number]
        applies = self._all(block.where, at)
        testable = self._all(tuple(node for node, _ in block.needs), at)
        holds = self._all(block.expect, at) if applies and testable else None
        outcome = "outside" if applies is False else _OUTCOMES[holds]
        if applies and not testable:
            outcome = "untestable"
        shown = seen.told if applies else {**seen.where, **seen.told}
        values = tuple((name, _YES_NO.get(text := self._text((value,), at), text)) for name, value in shown.items())
        message = self._text(block.message, at) if outcome == "fails" else None
        return SeenRow(block.table, values, outcome, message)

    def _all(self, nodes: tuple[int, ...], at: int) -> bool | None:
        values = [self._judge.values(node, [at])[0] for node in nodes]
        return False if False in values else None if None in values else True

    def _text(self, template: tuple[Any, ...], at: int) -> str:
        return show_template(template, 0, {node: self._judge.values(node, [at]) for node in nodes_of(template)})


_YES_NO = {"True": "yes", "False": "no"}
_OUTCOMES = {True: "passes", False: "fails", None: "unknown"}
_WORDS = {
    "fails": "fails",
    "passes": "passes",
    "unknown": "unknown: a value is missing",
    "outside": "not judged: `where` leaves it out",
    "untestable": "not testable: what it needs is not there",
}


def _distance(row: SeenRow) -> int:
    return ("fails", "unknown", "untestable", "passes", "outside").index(row.outcome)


def _frames(tables: list[ShownTable], reference: Reference) -> Frames:
    lines: list[dict[str, str]] = []
    earlier: list[dict[str, str]] = []
    raw: dict[str, list[dict[str, Any]]] = {}
    for table in tables:
        rows = [dict(zip(table.head, row, strict=True)) for row in table.rows]
        if table.table not in _FLAT:
            raw[table.table] = rows
        elif table.table.startswith(EARLIER):
            earlier.extend(_flat(row) for row in rows)
        else:
            lines.extend(_flat(row) for row in rows)
    readings = [_reading(lines)] if lines else []
    frames = build_frames(readings, shape_rows(readings), reference, [_reading(earlier)] if earlier else [])
    for name, rows_of_table in raw.items():
        frames.put(_typed_frame(name, rows_of_table))
    return frames


def _typed_frame(name: str, rows: list[dict[str, str]]) -> Frame:
    """A frame from rows of text, each cell read by the kind of its column; what is not said of Party and year is."""
    columns = TABLES[name].columns
    unsaid = {column: text for column, text in _UNSAID.items() if column in columns}
    values: dict[str, list[Any]] = {}
    for column in columns.values():
        cells = [{**unsaid, **row}.get(column.name) or None for row in rows]
        if is_quantity(column.kind):
            amounts = AmountReader()
            read = amounts.factor if column.kind.dimensions == FACTOR else amounts.rate
            split = [_AMOUNT.match(cell) if cell else None for cell in cells]
            add_amounts(values, column.name, [read(float(m[1]), m[2]) if m else NOTHING for m in split])
        elif column.kind.dimensions is not None:
            values[column.name] = [None if cell is None else float(cell) for cell in cells]
        elif column.kind == YES_NO:
            values[column.name] = [None if cell is None else cell == "yes" for cell in cells]
        else:
            values[column.name] = cells
    return Frame(name, len(rows), values, [() for _ in rows])


def _table(table: ExampleTable, heads: dict[str, tuple[str, ...]], path: str, text: str) -> ShownTable:
    """An example table under its head; without one of its own it has that of the table before."""
    if table.table not in TABLES:
        raise _fault(f"“{table.table}” is no table", table, path, text)
    flat = table.table in _FLAT
    known = INVENTORY_COLUMNS if flat else TABLES[table.table].columns.keys()
    rows = list(table.rows)
    if rows and all((plain_name(cell) if flat else cell) in known for cell in rows[0]):
        heads[table.table] = rows.pop(0)
    head = heads.get(table.table)
    if head is None:
        strangers = ", ".join(cell for cell in table.rows[0] if cell not in known)
        raise _fault(f"{table.table} has no column “{strangers}”", table, path, text)
    for row in rows:
        if len(row) != len(head):
            raise _fault(f"a row has {len(row)} cells under {len(head)} columns", table, path, text)
    return ShownTable(table.table, head, tuple(rows))


def _fault(message: str, table: ExampleTable, path: str, text: str) -> RuleFileError:
    span = table.span
    fault = RuleFault(message, path=path, text=text, line=span.line, column=span.column, width=span.width)
    return RuleFileError([fault])


def _flat(row: dict[str, str]) -> dict[str, str]:
    """A row of an example as a row of the flat table: `3.6 g TEQ/a` becomes number and unit."""
    line = {name: value for name, value in _UNSAID.items() if name not in row}
    for name, cell in row.items():
        match = _AMOUNT.match(cell) if f"{name}_unit" in KINDS and KINDS[plain_name(name)] == NUMBER else None
        if match:
            line[name], line[f"{name}_unit"] = match[1], match[2]
        elif cell:
            line[name] = cell
    return line


def _reading(lines: list[dict[str, str]]) -> Reading:
    head = sorted({name for line in lines for name in line})
    grid = Grid([list(head), *([line.get(name) for name in head] for line in lines)], _nowhere, all_text=True)
    documents: list[Document] = read_under_first_row(grid)
    return Reading("example", None, tuple(documents))


def _nowhere(_row: int, _place: int) -> Spot:
    return Spot()
