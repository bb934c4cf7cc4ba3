"""The catalogue of the rules, those of plugins too, and a page for each of them, from the rule files themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from invlint.plugins import active
from invlint.reference import load_reference
from invlint.rules.describe import describe, principles, summary, written_rules
from invlint.rules.load import installed_sources
from invlint.testing import run_examples

if TYPE_CHECKING:
    from invlint.testing import ExampleResult

FOLDER = "rules"
_SEVERITY_NOTE = (
    "A rule's severity is lowered where its truth rests on a default value that was not seen in the printed Toolkit: "
    "to warning on a value that was compiled, to info on a doubtful one. A Toolkit table of one's own "
    "(`invlint reference import`) makes the values seen."
)


def rule_pages() -> dict[str, str]:
    """Path below docs/ to text: the catalogue and the rules' pages."""
    sources = installed_sources()
    written = written_rules(sources)
    principle_of = principles(written)
    results: dict[str, list[ExampleResult]] = {}
    for result in run_examples(sources, load_reference()):
        results.setdefault(result.rule, []).append(result)
    facts = [describe(one, principle_of[one.rule.name]) for one in written]
    short = {one.rule.name: summary(one, principle_of[one.rule.name])["summary"] for one in written}
    pages = {f"{FOLDER}/{fact['name']}.md": _page(fact, results[fact["name"]]) for fact in facts}
    return {"rules.md": _catalogue(facts, short), **pages}


def _catalogue(facts: list[dict[str, Any]], short: dict[str, str]) -> str:
    lines = ["# The rules", "", _SEVERITY_NOTE]
    principle = None
    plugins = {plugin.name for plugin in active()}
    for fact in sorted(facts, key=lambda one: (one["principle"] in plugins, one["principle"], one["code"])):
        if fact["principle"] != principle:
            principle = fact["principle"]
            lines += [
                "",
                f"## The plugin {principle}" if principle in plugins else f"## {principle.capitalize()}",
                "",
                "| code | rule | severity | in a sentence |",
                "|---|---|---|---|",
            ]
        link = f"[{fact['name']}]({FOLDER}/{fact['name']}.md)"
        lines.append(f"| {fact['code']} | {link} | {_severities(fact)} | {_cell(short[fact['name']])} |")
    return "\n".join(lines)


def _severities(fact: dict[str, Any]) -> str:
    return ", ".join(dict.fromkeys([fact["severity"], *(tier["severity"] for tier in fact["tiers"])]))


def _page(fact: dict[str, Any], results: list[ExampleResult]) -> str:
    lines = [f"# {fact['code']} {fact['name']}", "", fact["prose"], ""]
    lines.append(f"- **Severity**: {fact['severity']}")
    lines += [f"  - {tier['severity']} when `{tier['when']}`" for tier in fact["tiers"]]
    lines.append(f"- **Principle**: {fact['principle']}")
    lines.append(f"- **Basis**: {fact['basis']}")
    for parameter in fact["parameters"]:
        lines.append(f"- **Parameter** `{parameter['name']}` = {parameter['value']}: {parameter['source']}")
    if fact["speak_first"]:
        links = (f"[{name}]({name}.md)" for name in fact["speak_first"])
        lines.append(f"- **Speak first**: where {', '.join(links)} fails, this rule keeps silent")
    lines += ["", "## Formula", "", "```", fact["formula"], "```", "", "## Examples"]
    for result in results:
        lines += ["", f"**{result.title}**"]
        for table in result.tables:
            lines += ["", f"{table.table}:", "", _row(table.head), _row(["---"] * len(table.head))]
            lines += [_row(row) for row in table.rows]
    return "\n".join([*lines, "", "[All rules](../rules.md)"])


def _row(cells: Any) -> str:
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
