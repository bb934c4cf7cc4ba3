"""`invlint rule`: explain a rule."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from invlint.cli.terminal import put_data, put_rich

if TYPE_CHECKING:
    from rich.console import Console

    from invlint.lang.explain import Line, Use
    from invlint.testing import ExampleResult

Blocks = list[tuple[str, "list[Use]"]]


def parser() -> argparse.ArgumentParser:
    """The arguments of `invlint rule`."""
    rule = argparse.ArgumentParser(
        prog="invlint rule",
        description="Explain a rule: what it asks, why, by which thresholds, with its examples.",
    )
    rule.add_argument("name", metavar="NAME", help="the name of the rule, or its code")
    rule.add_argument(
        "--as",
        dest="form",
        choices=("text", "plan"),
        default="text",
        help="text (default), or plan: the graph of operations that the rule is computed by",
    )
    rule.add_argument("--output", choices=("terminal", "json"), default="terminal", help="default: %(default)s")
    rule.add_argument(
        "--rules",
        action="append",
        default=[],
        metavar="PATH",
        help="a rule file, or a folder of them, to use beside the built-in rules",
    )
    return rule


def run(options: argparse.Namespace) -> int:
    """Explain the rule; return the exit status."""
    from invlint.reference import shipped_reference
    from invlint.rules.describe import describe, find_rule, principles, written_rules
    from invlint.rules.load import rule_sources

    own = [Path(path) for path in options.rules]
    sources = rule_sources(own)
    rules = written_rules(sources)
    written = find_rule(rules, options.name)
    name = written.rule.name
    if options.form == "plan":
        return _plan(name, own, as_data=options.output == "json")

    from invlint.testing import run_examples

    facts = describe(written, principles(rules)[name])
    results = run_examples(sources, shipped_reference(), {name})
    if options.output == "json":
        put_data({"format": "invlint/rule-1", **facts, "examples": [_example(result) for result in results]})
    else:
        put_rich(lambda console: _draw(console, facts, results))
    return 0


def _example(result: ExampleResult) -> dict[str, Any]:
    return {
        "title": result.title,
        "line": result.line,
        "passed": result.problem is None,
        "problem": result.problem,
        "tables": [
            {"table": table.table, "columns": list(table.head), "rows": [list(row) for row in table.rows]}
            for table in result.tables
        ],
    }


def _draw(console: Console, facts: dict[str, Any], results: list[ExampleResult]) -> None:
    from rich.markdown import Markdown
    from rich.padding import Padding
    from rich.text import Text

    from invlint.cli.example_tables import draw_table

    def part(title: str, *texts: str) -> None:
        if any(texts):
            console.print(Text(f"\n{title}", style="bold"))
            for text in texts:
                console.print(Padding(Text(text), (0, 0, 0, 2)))

    console.print(Text(facts["code"], style="dim") + Text(f" {facts['name']}", style="bold"))
    if facts["prose"]:
        console.print()
        console.print(Padding(Markdown(facts["prose"]), (0, 0, 0, 2)))
    part("Principle", facts["principle"])
    part("Severity", facts["severity"], *(f"{tier['severity']} when {tier['when']}" for tier in facts["tiers"]))
    part("Basis", facts["basis"])
    part("Parameters", *(_parameter(parameter) for parameter in facts["parameters"]))
    part("Speak first (where one of them fails, this rule keeps silent)", ", ".join(facts["speak_first"]))
    part("Formula", *(_folded(line, console.width - 4) for line in facts["formula"].splitlines()))
    if results:
        console.print(Text("\nExamples", style="bold"))
    for result in results:
        console.print()
        mark, style = ("✗ ", "red") if result.problem else ("✓ ", "green")
        console.print(Padding(Text(mark, style=style) + Text(result.title), (0, 0, 0, 2)))
        if result.problem:
            console.print(Padding(Text(f"it does not: {result.problem}", style="red"), (0, 0, 0, 4)))
        for table in result.tables:
            draw_table(console, table.table, table.head, table.rows)
    console.print(Text(f"\n{facts['path']}:{facts['line']}", style="dim"))


def _folded(line: str, width: int) -> str:
    """A line of a rule; what does not fit stands further in."""
    from textwrap import fill

    further = " " * (len(line) - len(line.lstrip()) + 4)
    return fill(line, width, subsequent_indent=further, break_long_words=False, break_on_hyphens=False)


def _parameter(parameter: dict[str, str]) -> str:
    source = f"  ({parameter['source']})" if parameter["source"] else ""
    return f"{parameter['name']} = {parameter['value']}{source}"


def _plan(name: str, own: list[Path], *, as_data: bool) -> int:
    from invlint.lang.explain import explain_plan
    from invlint.reference import shipped_reference
    from invlint.rules import load_rules

    plan = load_rules(shipped_reference(), own).plan
    rule = next(one for one in plan.rules if one.name == name)
    lines, blocks = explain_plan(plan, rule)
    if as_data:
        put_data(
            {
                "format": "invlint/rule-plan-1",
                "code": rule.code,
                "name": rule.name,
                "nodes": [line._asdict() for line in lines],
                "blocks": [{"table": table, "uses": [use._asdict() for use in uses]} for table, uses in blocks],
            }
        )
    else:
        put_rich(lambda console: _draw_plan(console, f"{rule.code} {rule.name}", lines, blocks))
    return 0


def _draw_plan(console: Console, title: str, lines: list[Line], blocks: Blocks) -> None:
    from rich.text import Text

    from invlint.lang.explain import spell

    console.print(Text(title, style="bold"))
    for line in lines:
        console.print(Text(line.text()), soft_wrap=True)
    for table, uses in blocks:
        console.print(Text(f"\nfor each of {table}", style="bold"))
        for use in uses:
            console.print(Text(f"  {use.word}: {spell(use.operands)}"), soft_wrap=True)
