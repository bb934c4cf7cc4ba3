"""`invlint rules`: the catalogue."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from invlint.cli.terminal import put_data, put_rich

if TYPE_CHECKING:
    from rich.console import Console


def parser() -> argparse.ArgumentParser:
    """The arguments of `invlint rules`."""
    rules = argparse.ArgumentParser(
        prog="invlint rules", description="List the rules: code, name, severity, and what each is about."
    )
    rules.add_argument(
        "--select",
        action="append",
        default=[],
        metavar="RULES",
        help="list these rules alone: names, codes or code prefixes, with commas between them",
    )
    rules.add_argument(
        "--rules",
        action="append",
        default=[],
        metavar="PATH",
        help="a rule file, or a folder of them, to use beside the built-in rules",
    )
    rules.add_argument("--output", choices=("terminal", "json"), default="terminal", help="default: %(default)s")
    return rules


def run(options: argparse.Namespace) -> int:
    """List the selected rules; return the exit status."""
    from invlint.reference import shipped_reference
    from invlint.rules import load_rules, select_rules
    from invlint.rules.describe import principles, summary, written_rules
    from invlint.rules.load import rule_sources
    from invlint.rules.select import split_words

    own = [Path(path) for path in options.rules]
    selected = select_rules(load_rules(shipped_reference(), own).plan, split_words(options.select), [])
    rules = written_rules(rule_sources(own))
    of = principles(rules)
    found = [summary(written, of[written.rule.name]) for written in rules if written.rule.name in selected]
    found.sort(key=lambda rule: (rule["principle"], rule["code"]))
    if options.output == "json":
        put_data({"format": "invlint/rules-1", "rules": found})
    else:
        put_rich(lambda console: _draw(console, found))
    return 0


def _draw(console: Console, rules: list[dict[str, Any]]) -> None:
    """The rules under their principles, each with the first sentence of its prose."""
    from rich.padding import Padding
    from rich.text import Text

    for principle in dict.fromkeys(rule["principle"] for rule in rules):
        console.print(Text(principle, style="bold"))
        for rule in rules:
            if rule["principle"] != principle:
                continue
            head = Text(rule["code"], style="dim") + Text(f" {rule['name']} ", style="bold")
            console.print(Padding(head + Text(rule["severity"]), (0, 0, 0, 2)))
            if rule["summary"]:
                console.print(Padding(Text(rule["summary"]), (0, 0, 0, 9)))
        console.print()
    console.print(Text(f"{len(rules)} rule{'' if len(rules) == 1 else 's'}; `invlint rule NAME` explains one"))
