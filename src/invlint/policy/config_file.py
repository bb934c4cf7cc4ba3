"""Read a configuration from `invlint.toml`, from `[tool.invlint]` of a pyproject.toml, or from a profile."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from invlint.errors import ReadingError, UsageError
from invlint.model.finding import SEVERITIES
from invlint.model.settings import Choice, RuleSetting, Setting
from invlint.policy.config import DEFAULT_CONFIGURATION, WAIVERS, Configuration, layered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from invlint.sources.toml_source import Toml, Way

FILE, PROJECT = "invlint.toml", "pyproject.toml"
_TOOL: Way = ("tool", "invlint")
PROFILE = "profile "
_PROFILES = Path(__file__).parent / "profiles"

MEMBERS = (
    "description",
    "extend",
    "fail-on",
    "evidence-cap",
    "waivers",
    "baseline",
    "select",
    "ignore",
    "extend-select",
    "rules",
    "overrides",
)
_OF_A_RULE = ("severity", "parameters")
_OF_AN_OVERRIDE = ("paths", "where", "rules")
_CHOICES = ("select", "ignore", "extend-select")
_KINDS: dict[type, str] = {dict: "a table", bool: "true or false", str: "a text", list: "a list"}


def shipped_profiles() -> list[str]:
    """The names of the profiles that ship with invlint."""
    return sorted(path.stem for path in _PROFILES.glob("*.toml"))


def find_file(folder: Path) -> Path | None:
    """The configuration file that holds for a folder: the nearest upwards; `invlint.toml` comes before pyproject.toml.

    A pyproject.toml without `[tool.invlint]` is none.
    """
    for place in (folder, *folder.parents):
        if (place / FILE).is_file():
            return place / FILE
        project = place / PROJECT
        if project.is_file() and b"tool.invlint" in project.read_bytes() and _table(_read(project), _TOOL) is not None:
            return project
    return None


def load_profile(word: str) -> Configuration:
    """A shipped profile by its name, or a file. Raises UsageError that says what is wrong in it."""
    return _extended(word, Path(), ())._replace(profile=word)


def load_file(path: Path) -> Configuration:
    """The configuration in a file that was found, over what it extends. Raises UsageError that says what is wrong."""
    return _file(path, ())._replace(file=_shown(path))


def _extended(word: str, folder: Path, above: tuple[Path, ...], place: str = "") -> Configuration:
    """What a word of `extend` or `--profile` names; `above` are the files that led to it."""
    shipped = shipped_profiles()
    if word in shipped:
        return _Reader(_read(_PROFILES / f"{word}.toml"), _PROFILES, (), f"{PROFILE}{word}", above).configuration()
    path = folder / word
    if not path.is_file():
        mend = did_you_mean(word, shipped) or f"it can be {', '.join(shipped)}, or a file"
        raise UsageError(f"{place}there is no profile “{word}”: {mend}")
    return _file(path, above)


def _file(path: Path, above: tuple[Path, ...]) -> Configuration:
    real = path.resolve()
    if real in above:
        raise UsageError(f"{_shown(path)} extends itself, by way of {', '.join(map(_shown, above))}")
    within = _TOOL if path.name == PROJECT else ()
    return _Reader(_read(path), path.parent, within, _shown(path), (*above, real)).configuration()


def _read(path: Path) -> Toml:
    from invlint.sources.toml_source import read_toml

    try:
        return read_toml(path)
    except ReadingError as error:
        at = f":{error.line}:{error.column}" if error.line is not None else ""
        raise UsageError(f"{_shown(path)}{at}: {error.problem}") from None


def _table(toml: Toml, way: Way) -> dict[str, Any] | None:
    part: Any = toml.data
    for name in way:
        part = part.get(name) if isinstance(part, dict) else None
    return part if isinstance(part, dict) else None


def _shown(path: Path) -> str:
    """A path as the user knows it: from the folder they stand in, where it lies below."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


class _Reader:
    """Reads one file. `within` leads to its table, `named` is what its values say they come from."""

    def __init__(self, toml: Toml, folder: Path, within: Way, named: str, above: tuple[Path, ...]) -> None:
        self._toml = toml
        self._folder = folder
        self._within = within
        self._named = named
        self._above = above

    def configuration(self) -> Configuration:
        """What the file sets, over what it extends."""
        content = _table(self._toml, self._within) or {}
        self._check_members(content, MEMBERS, ())
        whole = Configuration(
            self._setting(content, "fail-on", DEFAULT_CONFIGURATION.fail_on, self._severity),
            self._setting(content, "evidence-cap", DEFAULT_CONFIGURATION.evidence_cap, self._yes_or_no),
            self._setting(content, "waivers", DEFAULT_CONFIGURATION.waivers, self._waivers),
            self._setting(content, "baseline", DEFAULT_CONFIGURATION.baseline, self._path),
            tuple(
                Choice(verb, self._texts(content[verb], (verb,)), self._at((verb,)))
                for verb in _CHOICES
                if verb in content
            ),
            (*self._rules(content, ()), *self._overrides(content)),
        )
        return layered(self._base(content), whole)

    def _base(self, content: dict[str, Any]) -> Configuration:
        """What the file extends, one after the other."""
        base = DEFAULT_CONFIGURATION
        words = content.get("extend", [])
        for word in self._texts([words] if isinstance(words, str) else words, ("extend",)):
            extended = _extended(word, self._folder, self._above, f"{self._at(('extend',))}: ")
            base = layered(base, extended._replace(profile=word))
        return base

    def _at(self, way: Way) -> str:
        """Where a member stands: the file and the line, or the profile."""
        full = self._within + way
        known = (self._toml.lines.get(full[:end]) for end in range(len(full), 0, -1))
        line = next((line for line in known if line is not None), None)
        return self._named if line is None or self._named.startswith(PROFILE) else f"{self._named}:{line}"

    def _setting(self, content: dict[str, Any], name: str, default: Setting, read: Any) -> Setting:
        return Setting(read(content[name], (name,)), self._at((name,))) if name in content else default

    def _wrong(self, way: Way, problem: str) -> UsageError:
        return UsageError(f"{self._at(way)}: {problem}")

    def _check_members(self, content: dict[str, Any], known: Iterable[str], way: Way) -> None:
        for name in content:
            if name not in known:
                mend = did_you_mean(name, known) or f"there can be {', '.join(known)}"
                raise self._wrong((*way, name), f"“{_dotted((*way, name))}” means nothing: {mend}")

    def _typed(self, value: Any, kind: type, way: Way) -> Any:
        if not isinstance(value, kind):
            raise self._wrong(way, f"“{_dotted(way)}” must be {_KINDS[kind]}")
        return value

    def _texts(self, value: Any, way: Way) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise self._wrong(way, f"“{_dotted(way)}” must be a list of texts")
        return tuple(value)

    def _severity(self, value: Any, way: Way) -> str:
        if value not in SEVERITIES:
            raise self._wrong(way, f"“{value}” is no severity; it can be {', '.join(reversed(SEVERITIES))}")
        return str(value)

    def _yes_or_no(self, value: Any, way: Way) -> bool:
        return bool(self._typed(value, bool, way))

    def _waivers(self, value: Any, way: Way) -> str:
        if value not in WAIVERS:
            raise self._wrong(way, f"“{value}” is nothing to do with waivers; it can be {', '.join(WAIVERS)}")
        return str(value)

    def _path(self, value: Any, way: Way) -> str:
        text: str = self._typed(value, str, way)
        return _shown(self._folder / text)

    def _rules(
        self, content: dict[str, Any], way: Way, where: str = "", paths: tuple[str, ...] = ()
    ) -> Iterator[RuleSetting]:
        """The settings of the table `rules` in some part of the file."""
        for word, part in self._typed(content.get("rules", {}), dict, (*way, "rules")).items():
            here = (*way, "rules", word)
            self._check_members(self._typed(part, dict, here), _OF_A_RULE, here)
            if "severity" in part:
                at = (*here, "severity")
                yield RuleSetting(word, None, self._severity(part["severity"], at), self._at(at), where, paths)
            at = (*here, "parameters")
            for name, value in self._typed(part.get("parameters", {}), dict, at).items():
                yield RuleSetting(word, name, self._parameter(value, (*at, name)), self._at((*at, name)), where, paths)

    def _parameter(self, value: Any, way: Way) -> str:
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            raise self._wrong(way, f'“{way[-1]}” must be a number, or text with a unit such as "5 ug TEQ/t"')
        return value if isinstance(value, str) else f"{value:.15g}"

    def _overrides(self, content: dict[str, Any]) -> Iterator[RuleSetting]:
        for number, part in enumerate(self._typed(content.get("overrides", []), list, ("overrides",))):
            way = ("overrides", number)
            self._check_members(self._typed(part, dict, way), _OF_AN_OVERRIDE, way)
            where = self._typed(part.get("where", ""), str, (*way, "where")).strip()
            globs = self._texts(part.get("paths", []), (*way, "paths"))
            if not (where or globs):
                raise self._wrong(way, "an override says what it is for: give it `where` or `paths`")
            folder = self._folder.resolve().as_posix()
            yield from self._rules(part, way, where, tuple(f"{folder}/{glob}" for glob in globs))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question for the known word that is most like one; empty where none is."""
    from difflib import get_close_matches

    near = get_close_matches(word, list(known), n=1)
    return f"did you mean {near[0]}?" if near else ""


def _dotted(way: Way) -> str:
    return ".".join(str(part) for part in way if not isinstance(part, int))
