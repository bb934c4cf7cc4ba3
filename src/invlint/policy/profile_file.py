"""Read a profile from its file: a small readable TOML of severities and parameters."""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from invlint.errors import UsageError
from invlint.model.finding import SEVERITIES
from invlint.policy.profile import Profile

_FOLDER = Path(__file__).parent / "profiles"
_MEMBERS = ("description", "fail-on", "evidence-cap", "select", "ignore", "rules")
_OF_A_RULE = ("severity", "parameters")


def shipped_profiles() -> list[str]:
    """The names of the profiles that ship with invlint."""
    return sorted(path.stem for path in _FOLDER.glob("*.toml"))


def load_profile(word: str) -> Profile:
    """A shipped profile by its name, or one's own by its file. Raises UsageError that says what is wrong in it."""
    shipped = shipped_profiles()
    path = _FOLDER / f"{word}.toml" if word in shipped else Path(word)
    if word not in shipped and not path.is_file():
        near = get_close_matches(word, shipped, n=1)
        mend = f"did you mean {near[0]}?" if near else f"it can be {', '.join(shipped)}, or a file"
        raise UsageError(f"there is no profile “{word}”: {mend}")
    try:
        content = tomllib.loads(path.read_bytes().decode("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"the profile {word} cannot be read as TOML: {error}") from None
    return _profile(word, content)


def _profile(word: str, content: dict[str, Any]) -> Profile:
    where = f"the profile {word}"
    _check_members(content, _MEMBERS, where)
    rules = _typed(content, "rules", dict, where) or {}
    for name, part in rules.items():
        if not isinstance(part, dict):
            raise UsageError(f"{where}: “rules.{name}” must be a table")
        _check_members(part, _OF_A_RULE, f"{where}: rules.{name}")
    severities = {name: _severity(part["severity"], f"{where}: rules.{name}") for name, part in rules.items()
                  if "severity" in part}  # fmt: skip
    cap = _typed(content, "evidence-cap", bool, where)
    return Profile(
        word,
        _severity(content.get("fail-on", "error"), where),
        True if cap is None else cap,
        _words(content, "select", where),
        _words(content, "ignore", where),
        severities,
        {
            name: _parameters(part["parameters"], f"{where}: rules.{name}")
            for name, part in rules.items()
            if "parameters" in part
        },
    )


def _check_members(content: dict[str, Any], known: tuple[str, ...], where: str) -> None:
    for name in content:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            mend = f"did you mean {near[0]}?" if near else f"there can be {', '.join(known)}"
            raise UsageError(f"{where} has a member “{name}” that means nothing: {mend}")


def _typed(content: dict[str, Any], name: str, kind: type, where: str) -> Any:
    value = content.get(name)
    if value is not None and not isinstance(value, kind):
        raise UsageError(f"{where}: “{name}” must be {_KINDS[kind]}")
    return value


_KINDS = {dict: "a table", bool: "true or false", list: "a list of texts"}


def _words(content: dict[str, Any], name: str, where: str) -> tuple[str, ...]:
    value = _typed(content, name, list, where) or []
    if not all(isinstance(word, str) for word in value):
        raise UsageError(f"{where}: “{name}” must be {_KINDS[list]}")
    return tuple(value)


def _severity(value: Any, where: str) -> str:
    if value not in SEVERITIES:
        raise UsageError(f"{where}: “{value}” is no severity; it can be {', '.join(reversed(SEVERITIES))}")
    return str(value)


def _parameters(value: Any, where: str) -> dict[str, str]:
    if not isinstance(value, dict):
        raise UsageError(f"{where}: “parameters” must be a table")
    for name, part in value.items():
        if isinstance(part, bool) or not isinstance(part, (str, int, float)):
            raise UsageError(f'{where}: “{name}” must be a number, or text with a unit such as "5 ug TEQ/t"')
    return {name: part if isinstance(part, str) else f"{part:.15g}" for name, part in value.items()}
