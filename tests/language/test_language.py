"""Run the language's executable specification: every case of the YAML files beside this one.

A case gives small tables, a condition, a value or a message, and what it gives for each row of the judged table;
or the error it must meet and its place in the text of the case. README.md says how the files are read.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from invlint.engine.interpreter import Interpreter
from invlint.engine.show import nodes_of, show_template
from invlint.errors import RuleFileError
from invlint.lang import compile_rules
from invlint.tables import TABLES
from invlint.tables.frame import Frame
from invlint.tables.kinds import Kind, is_quantity
from invlint.units import UnknownUnitError, parse_unit

if TYPE_CHECKING:
    from invlint.reference import Reference

HERE = Path(__file__).parent
PIECES = ("condition", "value", "message")


def _cases() -> list[Any]:
    found = []
    for path in sorted(HERE.glob("*.yaml")):
        content = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - reads plain text alone
        shared = {name: content[name] for name in ("tables", "for each", "let") if name in content}
        found += [pytest.param(shared | case, id=f"{path.stem}: {case['says']}") for case in content["cases"]]
    return found


@pytest.mark.parametrize("case", _cases())
def test_each_case_gives_what_it_says(case: dict[str, Any], reference: Reference) -> None:
    frames = {name: _frame(name, rows) for name, rows in case.get("tables", {}).items()}
    text, line, column = _rule(case)
    if "error" in case:
        with pytest.raises(RuleFileError) as met:
            compile_rules([("test", "case.rule", text)], reference)
        fault = met.value.faults[0]
        assert case["error"] == fault.message
        assert case["at"] == (str(fault.column - column) if fault.line == line else f"line {fault.line}")
        return
    plan = compile_rules([("test", "case.rule", text)], reference)
    block = plan.rules[0].blocks[0]
    fails = case.get("fails", {})
    interpreter = Interpreter(
        plan.nodes,
        _Frames(frames),
        lambda _table, rule: [flag == "true" for flag in fails[rule]],
    )
    expected = case["gives"]
    if "condition" in case:
        ((_, condition),) = block.tiers
        assert expected == [_spelt(value) for value in interpreter.column(condition)]
    elif "message" in case:
        size = frames[block.table].size
        columns = {node: interpreter.column(node) for node in nodes_of(block.message)}
        assert expected == [show_template(block.message, row, columns) for row in range(size)]
    else:
        shown = block.message[0]
        found = interpreter.column(shown.value)
        if shown.kind != "quantity":
            assert expected == [_text(value) for value in found]
            return
        dims = interpreter.column(shown.dim) if shown.dim is not None else [shown.fixed_dim] * len(expected)
        amounts = [None if value is None else (value, dim) for value, dim in zip(found, dims, strict=True)]
        assert [_approximately(text) for text in expected] == amounts


def test_there_is_a_case_for_every_word_of_the_language() -> None:
    """Every function, aggregate, operator and word of a formula is met in some case that gives a result."""
    from invlint.lang.functions import AGGREGATES, FUNCTIONS

    texts = " ".join(str(case.values[0][piece]) for case in _cases() for piece in PIECES if piece in case.values[0])
    texts += " ".join(str(case.values[0].get("let", "")) for case in _cases())
    words = [*(f"{name}(" for name in FUNCTIONS), *(f"{name} of " for name in AGGREGATES)]
    signs = ["=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "^", "%"]
    forms = ["and", "or", "not", "between", "in {", "not in {", "is missing", "is reported", "is key", "within"]
    rest = [
        "to reported digits",
        "some row in",
        "no row in",
        "one row in",
        "matching",
        "with",
        "count of rows",
        "in years before",
        "in years after",
        "in last_submission.",
        "fails",
    ]
    unmet = [form for form in (*words, *signs, *forms, *rest) if form not in texts]
    assert not unmet


class _Frames(dict[str, Frame]):
    """The tables of a case; one that it does not mention has no rows."""

    def __missing__(self, name: str) -> Frame:
        return Frame(name, 0, {}, [])


def _rule(case: dict[str, Any]) -> tuple[str, int, int]:
    """The rule around the text of a case, and the line and column before that text begins.

    A condition that must give something is that of a severity: after `expect` one that always holds is refused.
    """
    lines = ["rule TST001 tested", "  severity error"]
    if "condition" in case and "gives" in case:
        lines = [lines[0], f"  severity error, error when {case['condition']}"]
        case = {name: part for name, part in case.items() if name != "condition"} | {"message": "wrong"}
    lines.append("  for each " + case.get("for each", "r in releases"))
    lines += [f"  let {text}" for text in case.get("let", [])]
    parts = {"condition": "some row in inventories", "message": '"wrong"'} | {
        piece: case[piece] for piece in PIECES if piece in case
    }
    if "value" in case:
        parts["message"] = '"{' + case["value"] + '}"'
    elif "message" in case:
        parts["message"] = f'"{case["message"]}"'
    lines += [f"  expect {parts['condition']}", f"  message {parts['message']}"]
    before = {
        "condition": (-1, len("  expect ")),
        "value": (0, len('  message "{')),
        "message": (0, len('  message "')),
    }
    line, column = next(before[piece] for piece in PIECES if piece in case)
    place = len(lines) + line, column
    for number, other in enumerate(case.get("fails", {}), start=2):
        lines += ["", f"rule TST{number:03} {other}", "  severity error", "  for each r in releases"]
        lines += ["  expect r.year > 0", '  message "wrong"']
    return "\n".join(lines) + "\n", *place


def _frame(name: str, text: str) -> Frame:
    head, *rows = ([cell.strip() for cell in line.strip().strip("|").split("|")] for line in text.strip().splitlines())
    columns: dict[str, list[Any]] = {}
    for place, column in enumerate(head):
        cells = [row[place] for row in rows]
        columns |= _columns(column, TABLES[name].columns[column].kind, cells)
    return Frame(name, len(rows), columns, [()] * len(rows))


def _columns(name: str, kind: Kind, cells: list[str]) -> dict[str, list[Any]]:
    if not is_quantity(kind):
        return {name: [_plain(cell, kind) for cell in cells]}
    number = [float(cell.split()[0]) if cell else None for cell in cells]
    unit = [" ".join(cell.split()[1:]) or None for cell in cells]
    parsed = [_unit(text) for text in unit]
    return {
        name: [n * u[0] if n is not None and u else None for n, u in zip(number, parsed, strict=True)],
        f"{name}.dim": [u[1] if u else None for u in parsed],
        f"{name}.value": number,
        f"{name}.unit": unit,
    }


def _unit(text: str | None) -> tuple[float, int] | None:
    try:
        unit = parse_unit(text or "")
    except UnknownUnitError:
        return None
    return unit.scale, unit.dimension


def _plain(cell: str, kind: Kind) -> Any:
    if not cell:
        return None
    if kind.name == "yes or no":
        return cell == "yes"
    return float(cell) if kind.dimensions is not None else cell


def _approximately(text: str) -> Any:
    """A quantity as it is written, in base units and with its dimension; None where it is missing."""
    if text == "missing":
        return None
    number, _, unit = text.partition(" ")
    scale, dimension = _unit(unit) or (1.0, 0)
    return pytest.approx(float(number) * scale, rel=1e-9), dimension


def _text(value: Any) -> str:
    """A plain number, code or text as the cases write it."""
    if value is None:
        return "missing"
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _spelt(value: Any) -> str:
    return {True: "true", False: "false", None: "missing"}[value]
