"""Run the examples inside rules: small tables become a document, and the rule must pass or fail on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from invlint.engine import run_plan
from invlint.errors import RuleFault, RuleFileError
from invlint.lang import compile_rules, parse_rules
from invlint.schema import shape_rows
from invlint.sources.columns import INVENTORY_COLUMNS, KINDS, NUMBER
from invlint.sources.document import Document, Reading, Spot
from invlint.sources.flat import Grid, read_under_first_row
from invlint.tables import TABLES, Frames, build_frames
from invlint.tables.build import raw_frame

if TYPE_CHECKING:
    from invlint.lang.tree import Example, ExampleTable, Rule
    from invlint.model.plan import Plan
    from invlint.reference import Reference

PARTY, YEAR, EDITION = "KEN", "2020", "2013"
"""What an example leaves unsaid."""

_FLAT = frozenset({"inventories", "entries", "releases", "totals"})
_AMOUNT = re.compile(r"^(\S+)\s+(\S.*)$")


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """Whether an example does what it says; `problem` says what it does instead."""

    rule: str
    path: str
    line: int
    title: str
    problem: str | None


def run_examples(sources: list[tuple[str, str, str]], reference: Reference) -> list[ExampleResult]:
    """The result of every example in the rule files, each given as (pack, path, text).

    Raises RuleFileError when a rule makes no sense or an example table has an unknown column.
    """
    plan = compile_rules(sources, reference)
    results = []
    for _, path, text in sources:
        for rule in parse_rules(text, path):
            heads: dict[str, tuple[str, ...]] = {}
            for example in rule.examples:
                frames = _frames(example, heads, reference, path, text)
                problem = _problem(example, rule, plan, frames)
                title = f"{example.outcome}: {example.title}" if example.title else example.outcome
                results.append(ExampleResult(rule.name, path, example.span.line, title, problem))
    return results


def _problem(example: Example, rule: Rule, plan: Plan, frames: Frames) -> str | None:
    result = run_plan(plan, frames, {rule.name})[0]
    if result.crash is not None:
        return f"the rule crashed: {result.crash}"
    if example.outcome == "fails":
        return None if result.failed else f"no row fails ({result.evaluated} judged, {result.unknown} unknown)"
    if result.failed:
        messages = "; ".join(failure["message"] for failure in result.failures)
        return f"{result.failed} of {result.evaluated} rows fail: {messages}"
    return None if result.evaluated or result.outside else f"no row is judged ({result.unknown} unknown)"


def _frames(example: Example, heads: dict[str, tuple[str, ...]], reference: Reference, path: str, text: str) -> Frames:
    lines: list[dict[str, str]] = []
    raw: dict[str, list[dict[str, Any]]] = {}
    for table in example.tables:
        rows = _rows(table, heads, path, text)
        if table.table in _FLAT:
            lines.extend(_flat(row) for row in rows)
        else:
            raw[table.table] = [{name: cell or None for name, cell in row.items()} for row in rows]
    readings = [_reading(lines)] if lines else []
    frames = build_frames(readings, shape_rows(readings), reference)
    for name, rows_of_table in raw.items():
        frames.put(raw_frame(name, rows_of_table))
    return frames


def _rows(table: ExampleTable, heads: dict[str, tuple[str, ...]], path: str, text: str) -> list[dict[str, str]]:
    """The rows of an example table by column; without a head of its own it has that of the table before."""
    if table.table not in TABLES:
        raise _fault(f"“{table.table}” is no table", table, path, text)
    known = INVENTORY_COLUMNS if table.table in _FLAT else TABLES[table.table].columns.keys()
    rows = list(table.rows)
    if rows and all(cell in known for cell in rows[0]):
        heads[table.table] = rows.pop(0)
    head = heads.get(table.table)
    if head is None:
        strangers = ", ".join(cell for cell in table.rows[0] if cell not in known)
        raise _fault(f"{table.table} has no column “{strangers}”", table, path, text)
    for row in rows:
        if len(row) != len(head):
            raise _fault(f"a row has {len(row)} cells under {len(head)} columns", table, path, text)
    return [dict(zip(head, row, strict=True)) for row in rows]


def _fault(message: str, table: ExampleTable, path: str, text: str) -> RuleFileError:
    span = table.span
    fault = RuleFault(message, path=path, text=text, line=span.line, column=span.column, width=span.width)
    return RuleFileError([fault])


def _flat(row: dict[str, str]) -> dict[str, str]:
    """A row of an example as a row of the flat table: `3.6 g TEQ/a` becomes number and unit."""
    unsaid = {"party": PARTY, "year": YEAR, "edition": EDITION}
    line = {name: value for name, value in unsaid.items() if name not in row}
    for name, cell in row.items():
        match = _AMOUNT.match(cell) if f"{name}_unit" in KINDS and KINDS[name] == NUMBER else None
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
