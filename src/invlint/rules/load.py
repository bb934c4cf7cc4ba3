"""Load rule files to one plan, compiled once for each set of texts."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from invlint.errors import UsageError
from invlint.model.report import Pack
from invlint.plugins import active
from invlint.resources import shipped
from invlint.rules.cache import cached_plan, keep_plan
from invlint.rules.kept_set import keep_set, kept_set
from invlint.rules.select import named_rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from invlint.model.plan import Plan
    from invlint.model.settings import RuleSetting
    from invlint.reference import Reference
    from invlint.rules.kept_set import Folders

BUILT_IN = "invlint"
_LARGEST = 4_000_000
"""Bytes: as many as the characters that the language allows can take."""


class RuleSet(NamedTuple):
    """The rules of a run and the packs they come from."""

    plan: Plan
    packs: tuple[Pack, ...]


def rule_sources(own: list[Path] | None = None) -> list[tuple[str, str, str]]:
    """(pack, path, text) of every rule file: the built-in ones, those of plugins, and the user's own.

    `own` are rule files or folders of them. Raises UsageError for one that is not there or holds no rule file.
    """
    return [*installed_sources(), *(source for path in own or () for source in _sources(str(path), path))]


def installed_sources() -> list[tuple[str, str, str]]:
    """(pack, path, text) of every rule file that is built in or comes with a plugin."""
    return [source for pack, folder in _installed() for source in _sources(pack, folder)]


def _installed() -> Folders:
    """The packs that are built in or come with a plugin, and their folders."""
    plugins = [(plugin.name, Path(path)) for plugin in active() for path in plugin.offers.rules]
    return [(BUILT_IN, shipped("rules")), *plugins]


def _sources(pack: str, folder: Path) -> list[tuple[str, str, str]]:
    here = Path.cwd()
    return [(pack, _shown(path, here), _text(path)) for path in rule_files(folder)]


def rule_files(path: Path) -> list[Path]:
    """The file, or every rule file below the folder. Raises UsageError if there is none."""
    found = [path] if path.is_file() else sorted(path.rglob("*.rule"))
    if not found:
        raise UsageError(f"there is no rule file at “{path}”: rule files end in .rule")
    return found


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise UsageError(f"the rule file {path} is larger than 4 MB: no rule file is that large")
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the rule file {path} cannot be read as UTF-8 text ({error})") from None


def _shown(path: Path, here: Path) -> str:
    """The path as the user knows it: from the folder `here` that they stand in, where it lies below."""
    try:
        return path.relative_to(here).as_posix()
    except ValueError:
        return path.as_posix()


def load_rules(reference: Reference, own: list[Path] | None = None, settings: Iterable[RuleSetting] = ()) -> RuleSet:
    """The plan of all rules, from the cache where their texts have not changed.

    `settings` are severities and parameters other than the rules' own. Raises RuleFileError with every fault of every
    file, and UsageError for a setting that makes no sense.
    """
    settings = tuple(settings)
    if not own and not settings:
        return _installed_set(reference)
    sources = rule_sources(own)
    plan = _plan(sources, reference)
    resolved = [one for setting in settings for one in _of_each_rule(setting, plan)]
    if resolved:
        plan = _with_settings(plan, sources, reference, resolved)
    return RuleSet(plan, _packs(sources, plan))


def _installed_set(reference: Reference) -> RuleSet:
    """The rules that are installed, as they are written."""
    folders = _installed()
    kept = kept_set(folders)
    if kept is None:
        sources = installed_sources()
        plan = _plan(sources, reference)
        kept = plan, _packs(sources, plan)
        keep_set(folders, *kept)
    return RuleSet(*kept)


def _of_each_rule(setting: RuleSetting, plan: Plan) -> list[RuleSetting]:
    """A setting for each rule that its word names. Raises UsageError for a parameter of more than one."""
    names = named_rules(plan, setting.rule, setting.origin)
    if setting.parameter is not None and len(names) > 1:
        problem = f"“{setting.rule}” names {len(names)} rules, and a parameter belongs to one: name the rule"
        raise UsageError(f"{setting.origin}: {problem}")
    return [setting._replace(rule=name, of_many=len(names) > 1) for name in sorted(names)]


def _with_settings(
    plan: Plan, sources: list[tuple[str, str, str]], reference: Reference, settings: list[RuleSetting]
) -> Plan:
    told = [*sources, ("settings", "", repr([setting._replace(origin="") for setting in settings]))]
    changed = cached_plan(told)
    if changed is None:
        from invlint.lang.settings import set_rules

        changed = set_rules(plan, sources, reference, settings)
        keep_plan(told, changed)
    return changed


def _plan(sources: list[tuple[str, str, str]], reference: Reference) -> Plan:
    plan = cached_plan(sources)
    if plan is None:
        plan = _compiled(sources, reference)
        keep_plan(sources, plan)
    return plan


def _compiled(sources: list[tuple[str, str, str]], reference: Reference) -> Plan:
    """The plan of all rules; the user's own are compiled onto the plan of the installed ones, which seldom change."""
    from invlint.lang import ClashError, compile_rules

    installed = installed_sources()
    if len(installed) < len(sources):
        with suppress(ClashError):
            return compile_rules(sources[len(installed) :], reference, _plan(installed, reference))
    return compile_rules(sources, reference)


def _packs(sources: list[tuple[str, str, str]], plan: Plan) -> tuple[Pack, ...]:
    digests: dict[str, hashlib._Hash] = {}
    for pack, _, text in sources:
        digests.setdefault(pack, hashlib.sha256()).update(text.encode())
    return tuple(
        Pack(pack, sum(rule.pack == pack for rule in plan.rules), digest.hexdigest())
        for pack, digest in digests.items()
    )
