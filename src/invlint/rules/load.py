"""Load rule files to one plan, compiled once for each set of texts."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from invlint.model.report import Pack
from invlint.plugins import rule_folders
from invlint.resources import shipped
from invlint.rules.cache import cached_plan, keep_plan

if TYPE_CHECKING:
    from invlint.model.plan import Plan
    from invlint.reference import Reference

BUILT_IN = "invlint"


class RuleSet(NamedTuple):
    """The rules of a run and the packs they come from."""

    plan: Plan
    packs: tuple[Pack, ...]


def rule_sources() -> list[tuple[str, str, str]]:
    """(pack, path, text) of every rule file: the built-in ones and those of plugins."""
    folders = [(BUILT_IN, shipped("rules")), *rule_folders()]
    return [
        (pack, str(path), path.read_text("utf-8"))
        for pack, folder in folders
        for path in sorted(Path(folder).rglob("*.rule"))
    ]


def load_rules(reference: Reference) -> RuleSet:
    """The plan of all rules, from the cache where their texts have not changed.

    Raises RuleFileError with every fault of every file.
    """
    sources = rule_sources()
    plan = cached_plan(sources)
    if plan is None:
        from invlint.lang import compile_rules

        plan = compile_rules(sources, reference)
        keep_plan(sources, plan)
    return RuleSet(plan, _packs(sources, plan))


def _packs(sources: list[tuple[str, str, str]], plan: Plan) -> tuple[Pack, ...]:
    digests: dict[str, hashlib._Hash] = {}
    for pack, _, text in sources:
        digests.setdefault(pack, hashlib.sha256()).update(text.encode())
    return tuple(
        Pack(pack, sum(rule.pack == pack for rule in plan.rules), digest.hexdigest())
        for pack, digest in digests.items()
    )
