"""`invlint config`: show what holds for a check, and where each value comes from."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from invlint.cli.checking import add_check_options, baseline_path, configuration_of
from invlint.cli.terminal import Help, put, put_data
from invlint.model.settings import DEFAULT
from invlint.reference import shipped_reference
from invlint.rules import load_rules
from invlint.rules.select import choose_rules

if TYPE_CHECKING:
    from invlint.model.settings import RuleSetting, Setting
    from invlint.policy import Configuration


def parser() -> argparse.ArgumentParser:
    """The arguments of `invlint config`."""
    config = argparse.ArgumentParser(
        prog="invlint config",
        description="Show the configuration that holds for a check, each value with where it comes from: default, a "
        "profile, a file with its line, or the command line.",
        formatter_class=Help,
    )
    config.add_argument("what", choices=("show",), help="what to do")
    config.add_argument("paths", nargs="*", metavar="PATH", help="the files or folders to check (default: none)")
    add_check_options(config)
    config.add_argument("--output", choices=("terminal", "json"), default="terminal", help="default: %(default)s")
    return config


def run(options: argparse.Namespace) -> int:
    """Show the configuration; return the exit status."""
    configuration = configuration_of(options)
    plan = load_rules(shipped_reference(), [Path(path) for path in options.rules], configuration.rules).plan
    chosen = choose_rules(plan, configuration.choices)
    values = _values(configuration)
    if options.output == "json":
        settings = [{"name": name, "value": value, "origin": origin} for name, value, origin in values]
        rules = [rule.name for rule in plan.rules if rule.name in chosen]
        put_data({"format": "invlint/config-1", "file": configuration.file, "settings": settings, "rules": rules})
        return 0
    width = max(len(name) for name, *_ in values)
    shown = [(name, _shown(value), origin) for name, value, origin in values]
    wide = max(len(value) for _, value, _ in shown)
    lines = [f"configuration file: {configuration.file or 'none found'}", ""]
    lines += [f"{name:<{width}}  {value:<{wide}}  {origin}" for name, value, origin in shown]
    lines += ["", f"{len(chosen)} of {len(plan.rules)} rules are chosen"]
    put(sys.stdout, "\n".join(lines) + "\n")
    return 0


def _values(configuration: Configuration) -> list[tuple[str, Any, str]]:
    """(name, value, origin) of everything that holds; of what is set twice for the same rows, what holds."""
    single = {
        "fail-on": configuration.fail_on,
        "evidence-cap": configuration.evidence_cap,
        "waivers": configuration.waivers,
        "baseline": _baseline(configuration),
    }
    values: list[tuple[str, Any, str]] = [(name, setting.value, setting.origin) for name, setting in single.items()]
    values += [(choice.verb, list(choice.words), choice.origin) for choice in configuration.choices]
    rules = {_name(setting): setting for setting in configuration.rules}
    return values + [(name, setting.value, setting.origin) for name, setting in rules.items()]


def _baseline(configuration: Configuration) -> Setting:
    """The baseline that is configured, or the one that is there."""
    path = baseline_path(configuration)
    if configuration.baseline.origin == DEFAULT and path.is_file():
        return configuration.baseline._replace(value=path.as_posix())
    return configuration.baseline


def _name(setting: RuleSetting) -> str:
    what = "severity" if setting.parameter is None else f"parameters.{setting.parameter}"
    cases = [f"where {setting.where}"] if setting.where else []
    cases += [f"in {', '.join(map(_from_here, setting.paths))}"] if setting.paths else []
    return f"rules.{setting.rule}.{what}" + (f" ({'; '.join(cases)})" if cases else "")


def _from_here(glob: str) -> str:
    return glob.removeprefix(f"{Path.cwd().as_posix()}/")


def _shown(value: Any) -> str:
    """A value as it would be written."""
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "none" if value is None else str(value)
