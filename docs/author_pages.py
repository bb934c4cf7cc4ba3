"""The pages for people who write rules: the reference of the language, and the guide with its commands run."""

from __future__ import annotations

import os
import re
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from invlint.cli.main import main
from invlint.lang.functions import AGGREGATES, FUNCTIONS
from invlint.lang.words import CONDITIONS, LOOK_UPS, SECTIONS, VALUES, Form
from invlint.tables.declared import TABLES, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

GUIDE = Path(__file__).parent / "writing-rules.md"
_BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```", re.MULTILINE | re.DOTALL)


def language_page() -> str:
    """Every word of the language and every table, from their declarations."""
    lines = [
        "# The rule language",
        "",
        "[Writing rules](writing-rules.md) shows how to begin; this page lists all there is.",
    ]
    lines += [
        "",
        "## Sections",
        "",
        "In this order; a `#` begins a comment.",
        "",
        "| section | what it is for |",
        "|---|---|",
    ]
    lines += [f"| `{section.form}` | {_cell(section.prose)} |" for section in SECTIONS.values()]
    lines += ["", "## Conditions", "", "A condition is true, false or missing.", "", *_forms(CONDITIONS)]
    lines += ["", "## Values", "", "Where a part of a formula is missing, so is its value.", "", *_forms(VALUES)]
    lines += ["", "## Other rows", "", *_forms(LOOK_UPS), "", "| over the rows that match | gives |", "|---|---|"]
    lines += [f"| `{name} of FORMULA in TABLE matching ...` | {_cell(prose)} |" for name, prose in AGGREGATES.items()]
    lines += ["", "## Functions", "", "| function | gives |", "|---|---|"]
    lines += [
        f"| `{function.name}({', '.join(_ARGUMENTS[kind] for kind in function.takes)})` | {_cell(function.prose)} |"
        for function in FUNCTIONS.values()
    ]
    lines += ["", "## Tables", "", "| table | one row is |", "|---|---|"]
    lines += [f"| [{table.name}](#{table.name}) | {table.prose} |" for table in TABLES.values()]
    for table in TABLES.values():
        lines += _table(table)
    return "\n".join(lines) + "\n"


_ARGUMENTS = {
    "number": "a",
    "same": "b",
    "plain": "number",
    "text": "text",
    "yes or no": "condition",
    "column": "row.column",
    "value": "formula",
}


def _forms(forms: Iterable[Form]) -> list[str]:
    lines = ["| form | what it gives | example |", "|---|---|---|"]
    return [*lines, *(f"| `{_cell(one.form)}` | {_cell(one.prose)} | `{_cell(one.example)}` |" for one in forms)]


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _table(table: Table) -> list[str]:
    lines = ["", f"### {table.name}", "", f"One row is {table.prose}."]
    if table.unique:
        lines += ["", f"`one row in {table.name}` must match {', '.join(table.unique)}."]
    lines += ["", "| column | kind | meaning |", "|---|---|---|"]
    return [*lines, *(f"| {one.name} | {one.kind.describe()} | {_cell(one.prose)} |" for one in table.columns.values())]


def guide_page() -> str:
    """The guide with its files written into an empty folder, its commands run there, and what they print put in."""
    text = GUIDE.read_text("utf-8")
    before = Path.cwd()
    environment = {"COLUMNS": "88", "NO_COLOR": "1", "INVLINT_REFERENCE_DIR": "none"}
    kept = {name: os.environ.get(name) for name in environment}
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        os.environ.update(environment)
        try:
            return _BLOCK.sub(_played, text)
        finally:
            os.chdir(before)
            for name, value in kept.items():
                os.environ.pop(name)
                if value is not None:
                    os.environ[name] = value


def _played(block: re.Match[str]) -> str:
    """A block of the guide: a file is written, commands are run."""
    kind, file, body = block.groups()
    if file:
        Path(file).write_text(body, "utf-8")
    if kind != "console":
        return block[0]
    commands = [line for line in body.splitlines() if line.startswith("$ ")]
    return "```console\n" + "\n".join(f"{command}\n{_output(command)}" for command in commands) + "```"


def _output(command: str) -> str:
    printed = StringIO()
    with redirect_stdout(printed), redirect_stderr(printed):
        main(command.removeprefix("$ invlint ").split())
    return printed.getvalue()
