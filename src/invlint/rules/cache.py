"""Keep compiled plans by the content of the rule files, so that no run has to parse what did not change.

A cache file is plain JSON behind a digest of itself: one that is cut or damaged is ignored. Its name is a digest of
all that makes the plan, so that one of other rules or of another compiler is never looked at. The plan of the built-in
rules ships with them in such a file, made by the compiler that ships too: its name is a digest of the rules alone.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from invlint import __version__
from invlint.kept import keep, kept_folder, read_kept
from invlint.model.plan import BlockPlan, Placeholder, Plan, RulePlan
from invlint.plugins import offered
from invlint.resources import shipped

Sources = list[tuple[str, str, str]]
_COMPILER = ("lang", "tables/declared.py", "tables/kinds.py", "units", "model/plan.py", "reference", "reference/data")


def cached_plan(sources: Sources) -> Plan | None:
    """The plan kept for these texts, beside the shipped rules or by an earlier run; or None."""
    kept = _read(shipped("plans") / _name(sources))
    return kept if kept is not None else _read(kept_folder() / _name(sources, _compiler()))


def keep_plan(sources: Sources, plan: Plan) -> None:
    """Keep a plan in the user's cache; where that is not possible the next run compiles again."""
    keep(kept_folder() / _name(sources, _compiler()), _body(plan))


def ship_plan(sources: Sources, plan: Plan, folder: Path) -> None:
    """Keep a plan in a folder that is to be shipped."""
    keep(folder / _name(sources), _body(plan))


def _body(plan: Plan) -> bytes:
    return json.dumps([plan.nodes, plan.rules], separators=(",", ":")).encode()


def _read(path: Path) -> Plan | None:
    body = read_kept(path)
    if body is None:
        return None
    try:
        nodes, rules = json.loads(body)
        return Plan(tuple(map(_node, nodes)), tuple(map(rule_plan, _tuples(rules))))
    except (ValueError, TypeError, LookupError, RecursionError):
        return None


def _name(sources: Sources, compiler: str = "") -> str:
    digest = hashlib.sha256(f"{__version__} {compiler} {offered_words()}".encode())
    for pack, _, text in sources:
        digest.update(f"\0{pack}\0{text}".encode())
    return f"plan-{digest.hexdigest()[:32]}.json"


@lru_cache(maxsize=1)
def _compiler() -> str:
    """The digest of the files that make a plan, so that a checkout under work never runs an old one."""
    package = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for name in _COMPILER:
        path = package / name
        for file in sorted(path.iterdir()) if path.is_dir() else [path]:
            if file.suffix in (".py", ".lark", ".csv"):
                digest.update(file.read_bytes())
    return digest.hexdigest()


def offered_words() -> list[tuple[str, object]]:
    """What plugins add to what rules can speak of; their rules are among the sources."""
    parts = ("chemicals", "tables", "columns", "checks", "members", "unit_words", "functions")
    return [(part, offer) for part in parts for _, offer in offered(part)]


_KEYED = frozenset({"index", "lookup", "pairs", "reduce", "window"})
"""The operations of nodes that hold a list, of keys: one in six."""


def _node(data: list[Any]) -> tuple[Any, ...]:
    return _tuples(data) if data[0] in _KEYED else tuple(data)


_TEMPLATES = [BlockPlan._fields.index(name) for name in ("message", "help", "observed", "expected")]


def rule_plan(data: tuple[Any, ...]) -> RulePlan:
    """A rule from plain tuples."""
    *head, blocks = data
    return RulePlan._make((*head, tuple(map(_block, blocks))))


def _block(data: tuple[Any, ...]) -> BlockPlan:
    parts = list(data)
    for number in _TEMPLATES:
        parts[number] = _template(parts[number])
    return BlockPlan._make(parts)


def _template(data: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
    if data is None:
        return None
    return tuple([part if type(part) is str else Placeholder(*part) for part in data])


def _tuples(data: list[Any]) -> tuple[Any, ...]:
    """The list as a tuple, and so each list in it."""
    return tuple([_tuples(part) if type(part) is list else part for part in data])
