"""Make the generated pages and the picture of the README; run the commands of the guide to writing rules.

python docs/make_pages.py            write them
python docs/make_pages.py --check    exit 1 if one of them is not what it would be
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

from author_pages import guide_page, language_page
from hook_pages import hooks_page
from rich.console import Console
from rich.text import Text
from rule_pages import rule_pages

from invlint.cli.main import VERBS, main_parser
from invlint.policy import judge_readings
from invlint.reference import shipped_reference
from invlint.reference.code_lists import RESIDUE_KINDS, code_lists
from invlint.render.formats import View
from invlint.render.report_terminal import render_terminal
from invlint.resources import shipped
from invlint.rules import load_rules, select_rules
from invlint.schema.check import inventory_schema
from invlint.sources import read_files

DOCS = Path(__file__).parent
ROOT = DOCS.parent
MADE = "<!-- made by docs/make_pages.py: change the source, not this page -->\n"
PICTURE_WIDTH, PICTURE_LINES = 92, 44
CHARACTER_WIDTH = 12.2
"""Of the font that rich draws with, in units of the picture."""


def cli_page() -> str:
    """The help of the program and of its verbs."""
    os.environ["COLUMNS"] = "88"
    verbs = {name: import_module(f"invlint.cli.{name}").parser() for name in VERBS}
    pages = [("invlint", main_parser()), *((f"invlint {name}", parser) for name, parser in verbs.items())]
    lines = [MADE, "# The command line"]
    for name, parser in pages:
        lines += ["", f"## {name}", "", "```", parser.format_help().rstrip(), "```"]
        for action, below in _actions(parser).items():
            lines += ["", f"### {name} {action}", "", "```", below.format_help().rstrip(), "```"]
    return "\n".join(lines) + "\n"


def _actions(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The parsers below a verb's, by the word that leads to them."""
    below = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return {name: found for action in below for name, found in action.choices.items()}


def inventory_page() -> str:
    """The members of the inventory document, those of the shipped plugins among them, from its schema."""
    return _schema_page(inventory_schema(), "The inventory document", "The document")


def report_page() -> str:
    """The members of the JSON report, from its schema."""
    schema = json.loads((shipped("schemas") / "report.schema.json").read_text("utf-8"))
    return _schema_page(schema, "The JSON report", "The report")


def _schema_page(schema: dict[str, Any], title: str, top: str) -> str:
    lines = [MADE, f"# {title}", "", schema["description"]]
    lines += _members(top, schema)
    for name, part in schema["$defs"].items():
        if part.get("type") == "object":
            lines += _members(f"{name.capitalize()}: {part['description']}", part)
    return "\n".join(lines) + "\n"


def _members(title: str, part: dict[str, Any]) -> list[str]:
    required = part.get("required", [])
    lines = ["", f"## {title}", "", "| member | type | meaning |", "|---|---|---|"]
    for name, member in part["properties"].items():
        must = " (must be there)" if name in required else ""
        lines.append(f"| {name} | {_type(member)} | {member.get('description', '')}{must} |")
    return lines


_OF_DEFINITION = {
    "texts": "list of texts",
    "text": "text or null",
    "count": "whole number",
    "severity": "`blocker`, `error`, `warning`, `info`",
}
"""What definitions that are no objects come to."""


def _type(member: dict[str, Any]) -> str:
    if "$ref" in member:
        name = member["$ref"].rpartition("/")[2]
        return _OF_DEFINITION.get(name, name)
    if "enum" in member:
        return ", ".join("null" if value is None else f"`{value}`" for value in member["enum"])
    if "const" in member:
        return f"the text `{member['const']}`"
    if isinstance(member["type"], list):
        return " or ".join(_type({**member, "type": one}) if one != "null" else "null" for one in member["type"])
    if member["type"] == "array":
        return f"list of {_type(member['items'])}"
    if member.get("additionalProperties"):
        return f"object of numbers by name, with {', '.join(member['properties'])}"
    if "properties" in member:
        inside = ", ".join(member["properties"])
        return f"object with {inside}"
    return {"string": "text", "integer": "whole number", "boolean": "true or false"}.get(member["type"], member["type"])


def reference_page() -> str:
    """The code lists that an inventory draws on, with the activity unit of each class."""
    reference = shipped_reference()
    known = code_lists(reference).known
    lines = [MADE, "# The code lists", "", "- Vectors: " + ", ".join(known["vector"]) + "."]
    lines.append("- Residue kinds: " + ", ".join(RESIDUE_KINDS) + "; left out for an undivided residue.")
    lines.append("- Origins of a factor: " + ", ".join(known["origin"]) + ".")
    lines.append("- Confidence: " + ", ".join(known["confidence"]) + ".")
    lines.append("- Notation keys: " + ", ".join(known["key"]) + ".")
    lines.append("- TEQ schemes: " + ", ".join(known["teq_scheme"]) + ".")
    lines.append("- Countries: ISO 3166 alpha-3, such as " + ", ".join(list(known["party"])[:5]) + ".")
    lines += ["", "## Chemicals", "", "| code | name | stated as | in force since |", "|---|---|---|---|"]
    for code, row in reference.chemicals.items():
        lines.append(f"| {code} | {row['name']} | {row['quantity']} | {row['in_force']} |")
    for group, name in reference.groups.items():
        lines += ["", f"## Source group {group}: {name}", "", "| class | category | class name | activity |"]
        lines.append("|---|---|---|---|")
        for class_id, row in reference.classes.items():
            if reference.group_of(row["category"]) == group:
                category = reference.categories[row["category"]]["name"]
                unit = f"{row['activity_unit']} ({row['activity_basis']})" if row["activity_unit"] else "site"
                lines.append(f"| {class_id} | {category} | {row['name']} | {unit} |")
    return "\n".join(lines) + "\n"


def picture() -> str:
    """The first lines of the report on the faulty sample, as an SVG."""
    reference = shipped_reference()
    rules = load_rules(reference)
    readings = read_files([Path("samples/faulty.xlsx")])
    report = judge_readings(readings, rules, select_rules(rules.plan, [], []), reference=reference).report
    text = render_terminal(report, View(PICTURE_WIDTH, color=True))
    lines = text.splitlines()[:PICTURE_LINES]
    console = Console(width=PICTURE_WIDTH, file=StringIO(), record=True, force_terminal=True)
    console.print(Text("$ invlint check samples/faulty.xlsx\n", style="bold"))
    console.print(Text.from_ansi("\n".join(lines)))
    drawn = console.export_svg(title="invlint", unique_id="invlint")
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)  # a picture fetches nothing
    return re.sub(r' x="([\d.]+)"([^>]*?) textLength="([\d.]+)"([^>]*)>((?:&#160;)+)', _shifted, drawn)


def _shifted(match: re.Match[str]) -> str:
    """A piece of text moved right instead of beginning with blanks, which some viewers drop."""
    shift = CHARACTER_WIDTH * match[5].count("&#160;")
    x, length = float(match[1]) + shift, float(match[3]) - shift
    return f' x="{x:g}"{match[2]} textLength="{length:g}"{match[4]}>'


PAGES = {
    "cli.md": cli_page,
    "inventory.md": inventory_page,
    "report.md": report_page,
    "reference.md": reference_page,
    "language.md": lambda: MADE + "\n" + language_page(),
    "writing-rules.md": guide_page,
    "hooks.md": lambda: MADE + "\n" + hooks_page(),
    "report.svg": picture,
}


def pages() -> dict[str, str]:
    """Every page by its path below docs/."""
    made = {name: make() for name, make in PAGES.items()}
    return made | {name: f"{MADE}\n{text}\n" for name, text in rule_pages().items()}


def main() -> int:
    os.chdir(ROOT)
    stale = []
    texts = {name: "\n".join(line.rstrip() for line in text.splitlines()) + "\n" for name, text in pages().items()}
    left = [path for path in (DOCS / "rules").glob("*.md") if f"rules/{path.name}" not in texts]
    for name, text in texts.items():
        path = DOCS / name
        if "--check" in sys.argv:
            if not path.exists() or path.read_text("utf-8") != text:
                stale.append(name)
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
    for path in left:
        if "--check" in sys.argv:
            stale.append(path.name)
        else:
            path.unlink()
    if stale:
        print(f"not fresh: {', '.join(stale)}; run `make docs`")
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
