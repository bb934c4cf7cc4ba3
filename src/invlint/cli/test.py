"""`invlint test`: run the examples in rule files."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from invlint.cli.terminal import put_rich
from invlint.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from invlint.rules.describe import Written
    from invlint.testing import ExampleResult
    from invlint.testing.examples import SeenRow

FAILED, NOTHING_TO_RUN = 1, 3
_MOST_ROWS = 4


def parser() -> argparse.ArgumentParser:
    """The arguments of `invlint test`."""
    test = argparse.ArgumentParser(
        prog="invlint test",
        description="Run the examples in rule files, which are the rules' tests. The built-in rules stand beside them.",
        epilog="Exit status: 0 all passed; 1 some failed, or a rule lacks an example that passes or one that fails; "
        "2 a file makes no sense; 3 there is nothing to run.",
    )
    test.add_argument("paths", nargs="*", metavar="PATH", help="rule files, or folders with every *.rule below them")
    return test


def run(options: argparse.Namespace) -> int:
    """Run the examples and report them; return the exit status."""
    if not options.paths:
        raise UsageError("name the rule files or folders to test: invlint test my-rules/")
    files = _files(options.paths)

    from invlint.reference import shipped_reference
    from invlint.rules.beside import sources_beside
    from invlint.testing import examples_lacking, run_examples

    sources, rules = sources_beside(files) if files else ([], [])
    if not rules:
        put_rich(lambda console: console.print("there is nothing to run: no rule was found"))
        return NOTHING_TO_RUN
    results = run_examples(sources, shipped_reference(), {written.rule.name for written in rules})
    lacking = {written.rule.name: examples_lacking(written.rule) for written in rules}
    put_rich(lambda console: _draw(console, rules, results, lacking))
    return FAILED if any(lacking.values()) or any(result.problem for result in results) else 0


def _files(paths: list[str]) -> list[Path]:
    """The rule files, each once."""
    found: dict[Path, Path] = {}
    for path in map(Path, paths):
        if not path.exists():
            raise UsageError(f"there is no file or folder “{path}”")
        for file in sorted(path.rglob("*.rule")) if path.is_dir() else [path]:
            found.setdefault(file.resolve(), file)
    return list(found.values())


def _draw(console: Console, rules: list[Written], results: list[ExampleResult], lacking: dict[str, list[str]]) -> None:
    from rich.text import Text

    passed = failed = 0
    for written in rules:
        rule = written.rule
        own = [result for result in results if result.rule == rule.name]
        wrong = [result for result in own if result.problem is not None]
        problems = len(wrong) + len(lacking[rule.name])
        passed, failed = passed + len(own) - len(wrong), failed + problems
        count = f"{len(own)} example{'' if len(own) == 1 else 's'}"
        mark = Text("✗ ", style="red") if problems else Text("✓ ", style="green")
        told = f"{problems} failed, {count}" if problems else count
        console.print(mark + Text(rule.name, style="bold") + Text(f"  {told}  {written.path}", style="dim"))
        for words in lacking[rule.name]:
            console.print(Text(f"  {written.path}:{rule.span.line}: {words}", style="red"))
        for result in wrong:
            _draw_failure(console, result)
        if problems:
            console.print()
    console.print(Text(f"{passed} passed, {failed} failed", style="bold red" if failed else "bold green"))


def _draw_failure(console: Console, result: ExampleResult) -> None:
    """An example that does not do what it says: its tables, and what the rule saw in the rows at fault."""
    from rich.padding import Padding
    from rich.text import Text

    from invlint.cli.example_tables import draw_table

    console.print(Padding(Text(f"{result.path}:{result.line}: example {result.title}"), (1, 0, 0, 2)))
    console.print(Padding(Text(result.problem or "", style="red"), (0, 0, 0, 4)))
    for table in result.tables:
        draw_table(console, table.table, table.head, table.rows)
    alike: dict[tuple[str, tuple[str, ...]], list[SeenRow]] = {}
    for row in result.seen:
        alike.setdefault((row.table, tuple(name for name, _ in row.values)), []).append(row)
    for (table_name, names), rows in alike.items():
        shown = rows[:_MOST_ROWS]
        lines = [(name, *(row.values[at][1] for row in shown)) for at, name in enumerate(names)]
        lines.append(("came out", *(row.outcome for row in shown)))
        if any(row.message for row in shown):
            lines.append(("message", *(row.message or "" for row in shown)))
        draw_table(console, f"what the rule saw in {table_name}", ("", *_numbered(len(shown))), lines)
        if len(rows) > len(shown):
            console.print(Padding(Text(f"and {len(rows) - len(shown)} more rows", style="dim"), (0, 0, 0, 4)))


def _numbered(rows: int) -> list[str]:
    return [f"row {number}" for number in range(1, rows + 1)]
