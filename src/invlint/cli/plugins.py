"""`invlint plugins`: what takes part, from where, and what it adds."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from invlint.cli.terminal import Help, put, put_data
from invlint.plugins import active, switched_off
from invlint.policy.status import GOOD, INCOMPLETE

if TYPE_CHECKING:
    from invlint.plugins import Offers, Plugin

_WORDS = {
    "chemicals": "chemicals",
    "reference_tables": "rows of the reference",
    "rules": "rules",
    "tables": "tables",
    "columns": "columns",
    "checks": "rules in Python",
    "members": "members of the document",
    "readers": "readers",
    "reports": "report formats",
    "unit_words": "unit words",
    "functions": "functions",
}
"""Each part of the offers in words."""


def parser() -> argparse.ArgumentParser:
    """The arguments of `invlint plugins`."""
    plugins = argparse.ArgumentParser(
        prog="invlint plugins",
        description="List the plugins that take part, where they come from and what they add. `--no-plugin NAME`, with "
        "any verb, leaves one out.",
        formatter_class=Help,
    )
    plugins.add_argument("--output", choices=("text", "json"), default="text", help="text (default) or json")
    return plugins


def run(options: argparse.Namespace) -> int:
    """Show the plugins; the status is 3 where one of them failed."""
    plugins = active()
    if options.output == "json":
        put_data({"plugins": [_data(plugin) for plugin in plugins], "off": list(switched_off())})
    else:
        put(sys.stdout, "\n\n".join(_shown(plugin) for plugin in plugins) or "no plugin takes part")
        put(sys.stdout, "".join(f"\n\n{name}  is left out" for name in switched_off()) + "\n")
    return INCOMPLETE if any(plugin.troubles for plugin in plugins) else GOOD


def _shown(plugin: Plugin) -> str:
    lines = [f"{plugin.name}  {plugin.module}, from {plugin.distribution} {plugin.version}"]
    lines.extend(f"  {_WORDS[part]}: {', '.join(names)}" for part, names in _adds(plugin.offers).items())
    lines.extend(f"  failed in {hook}: {problem}" for hook, problem in plugin.troubles)
    return "\n".join(lines)


def _data(plugin: Plugin) -> dict[str, Any]:
    return {
        "name": plugin.name,
        "module": plugin.module,
        "distribution": plugin.distribution,
        "version": plugin.version,
        "adds": _adds(plugin.offers),
        "troubles": [{"hook": hook, "problem": problem} for hook, problem in plugin.troubles],
    }


def _adds(offers: Offers) -> dict[str, list[str]]:
    """The names of what a plugin adds, part by part."""
    named = {part: [_name(offer) for offer in getattr(offers, part)] for part in _WORDS}
    named["rules"] = _rule_names(offers.rules)
    return {part: names for part, names in named.items() if names}


def _rule_names(paths: tuple[str, ...]) -> list[str]:
    from pathlib import Path

    from invlint.rules.load import rule_files

    return [file.stem for path in paths for file in rule_files(Path(path))]


def _name(offer: Any) -> str:
    if hasattr(offer, "column"):
        return f"{offer.table}.{offer.column.name}"
    if hasattr(offer, "path"):
        return str(offer.table)
    return str(getattr(offer, "name", None) or getattr(offer, "word", offer))
