"""Rule files that are under work, beside the built-in rules: a given rule stands in the place of one of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invlint.rules.describe import written_rules
from invlint.rules.load import rule_sources

if TYPE_CHECKING:
    from pathlib import Path

    from invlint.rules.describe import Sources, Written


def sources_beside(files: list[Path]) -> tuple[Sources, list[Written]]:
    """The sources of all rules, and the rules that stand in the given files.

    Raises RuleFileError when a file does not parse and UsageError when one cannot be read.
    """
    sources = rule_sources(files)
    others, given = sources[: len(sources) - len(files)], sources[len(sources) - len(files) :]
    rules = written_rules(given)
    names = {written.rule.name for written in rules}
    return [*_without(others, names), *given], rules


def _without(sources: Sources, names: set[str]) -> Sources:
    """The files with the rules of these names blanked out, so that every other line keeps its number."""
    lines = {path: text.splitlines() for _, path, text in sources}
    for written in written_rules(sources):
        if written.rule.name in names:
            begin = written.rule.span.line - 1
            lines[written.path][begin : written.ends - 1] = [""] * (written.ends - 1 - begin)
    return [(pack, path, "\n".join(lines[path]) + "\n") for pack, path, _ in sources]
