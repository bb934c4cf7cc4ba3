"""Keep compiled plans by the content of the rule files, so that no run has to parse what did not change.

A cache file is plain JSON behind a digest of itself: one that is cut, damaged or of another version is ignored.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from pathlib import Path
from typing import Any

from invlint import __version__
from invlint.model.plan import BlockPlan, Placeholder, Plan, RulePlan

Sources = list[tuple[str, str, str]]
_COMPILER = ("lang", "tables/declared.py", "tables/kinds.py", "units", "model/plan.py", "reference/data")


def cached_plan(sources: Sources) -> Plan | None:
    """The plan kept for these texts, or None."""
    path = _file(sources)
    try:
        digest, _, body = path.read_text("utf-8").partition("\n")
    except (OSError, UnicodeDecodeError):
        return None
    if hashlib.sha256(body.encode()).hexdigest() != digest:
        return None
    try:
        nodes, rules = json.loads(body)
        return Plan(tuple(_tuples(node) for node in nodes), tuple(_rule(rule) for rule in rules))
    except (ValueError, TypeError):
        return None


def keep_plan(sources: Sources, plan: Plan) -> None:
    """Keep a plan; where that is not possible the next run compiles again."""
    body = json.dumps([plan.nodes, plan.rules], separators=(",", ":"))
    path = _file(sources)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(f".{os.getpid()}")
        partial.write_text(f"{hashlib.sha256(body.encode()).hexdigest()}\n{body}", "utf-8")
        partial.replace(path)


def _file(sources: Sources) -> Path:
    digest = hashlib.sha256(f"{__version__} {_compiler_stamp()}".encode())
    for pack, _, text in sources:
        digest.update(f"\0{pack}\0{text}".encode())
    return _folder() / f"plan-{digest.hexdigest()[:32]}.json"


def _folder() -> Path:
    given = os.environ.get("INVLINT_CACHE_DIR")
    if given:
        return Path(given)
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("invlint", appauthor=False))


def _compiler_stamp() -> str:
    """Sizes and times of the files that make a plan, so that a checkout under work never runs an old one."""
    package = Path(__file__).parent.parent
    stamps: list[str] = []
    for name in _COMPILER:
        path = package / name
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        stamps.extend(f"{file.stat().st_size}:{file.stat().st_mtime_ns}" for file in files if file.is_file())
    return " ".join(stamps)


def _tuples(value: Any) -> Any:
    return tuple(_tuples(part) for part in value) if type(value) is list else value


def _rule(data: list[Any]) -> RulePlan:
    *head, blocks = data
    return RulePlan._make([*(_tuples(part) for part in head), tuple(_block(block) for block in blocks)])


_TEMPLATES = frozenset(BlockPlan._fields.index(name) for name in ("message", "help", "observed", "expected"))


def _block(data: list[Any]) -> BlockPlan:
    return BlockPlan._make(
        _template(part) if number in _TEMPLATES else _tuples(part) for number, part in enumerate(data)
    )


def _template(data: list[Any] | None) -> tuple[Any, ...] | None:
    if data is None:
        return None
    return tuple(part if type(part) is str else Placeholder(*part) for part in data)
