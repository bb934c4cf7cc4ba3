"""Find the waivers of a run: `waivers.toml` beside an inventory, and the sheet `explanations` of a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from invlint.errors import ReadingError
from invlint.model.finding import KEY_MEMBERS, Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from invlint.model.plan import Plan
    from invlint.policy.waivers import Waiver
    from invlint.sources import Reading

FILE = "waivers.toml"
ARRAY = "waiver"
MEMBERS = ("rule", *KEY_MEMBERS, "seen", "reason", "by", "until", "notes")
"""What a waiver can say, in the order in which it is written."""

_WHOLE = ("year", "group")


class Written(NamedTuple):
    """A waiver before it is looked at: its members, where it stands, and the folder or file that it is for."""

    members: Mapping[str, Any]
    location: Location
    within: str
    problem: str | None = None


def find_waivers(readings: Iterable[Reading], plan: Plan) -> list[Waiver]:
    """The waivers beside the files of a run and in them, those that cannot be honoured among them."""
    rules = {word: rule.name for rule in plan.rules for word in (rule.code, rule.name)}
    given = list(readings)
    folders = dict.fromkeys(Path(reading.path).parent for reading in given)
    files = [folder / FILE for folder in folders if (folder / FILE).is_file()]
    written = [one for path in files for one in written_in(path)]
    written += [one for reading in given for one in _explanations(reading)]
    return [_waiver(one, rules) for one in written]


def written_in(path: Path) -> list[Written]:
    """The waivers of a file; a file that cannot be read is one that cannot be honoured."""
    from invlint.sources.toml_source import read_toml

    shown, within = path.as_posix(), path.parent.as_posix()
    try:
        toml = read_toml(path)
    except ReadingError as error:
        return [Written({}, Location("primary", shown, error.line, error.column), within, error.problem)]
    found = []
    for name, value in toml.data.items():
        if name != ARRAY or (ARRAY, 0) not in toml.lines:
            line = next(line for way, line in toml.lines.items() if way[0] == name)
            problem = f"“{name}” means nothing here: a waiver begins with [[{ARRAY}]]"
            found.append(Written({}, Location("primary", shown, line, 1), within, problem))
            continue
        for number, members in enumerate(value):
            found.append(Written(members, Location("primary", shown, toml.lines[ARRAY, number], 1), within))
    return found


def _explanations(reading: Reading) -> Iterator[Written]:
    for members, spot in reading.explanations:
        yield Written(members, Location("primary", reading.path, cell=spot.cell), reading.path)


def _waiver(written: Written, rules: Mapping[str, str]) -> Waiver:
    from invlint.policy.waivers import Waiver

    members = {name: value for name, value in written.members.items() if value not in (None, "")}
    word = str(members.get("rule", "")).strip()
    rule = rules.get(word, word)
    return Waiver(
        rule,
        {name: members[name] for name in KEY_MEMBERS if name in members},
        str(members.get("reason", "")).strip(),
        written.location,
        written.within,
        _text(members.get("by")),
        _text(members.get("until")),
        _texts(members.get("seen")),
        written.problem or _problem(members, rule, rules),
    )


def _text(value: Any) -> str | None:
    return str(value).strip() if value is not None else None


def _texts(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(str(one) for one in value) if isinstance(value, list) else (str(value),)


def _problem(members: Mapping[str, Any], rule: str, rules: Mapping[str, str]) -> str | None:
    """Why a waiver cannot be honoured as it is written."""
    from invlint.policy.waivers import reason_problem

    unknown = next((name for name in members if name not in MEMBERS), None)
    if unknown is not None:
        return f"“{unknown}” is no part of a waiver: {_mend(unknown, MEMBERS)}"
    if not rule:
        return "the waiver names no rule"
    if rule not in rules:
        return f"no rule is called “{rule}”: {_mend(rule, rules, 'the finding names its rule')}"
    odd = next((name for name, value in members.items() if not _is_plain(name, value)), None)
    if odd is not None:
        return f"“{members[odd]}” cannot be the {odd} of a waiver: {'a whole number' if odd in _WHOLE else 'a text'}"
    if not any(name in KEY_MEMBERS for name in members):
        return "the waiver names no figure: say which Party, year, class or vector it is about"
    return reason_problem(str(members.get("reason", "")), rule)


def _is_plain(name: str, value: Any) -> bool:
    if name == "seen" and isinstance(value, list):
        return all(_is_plain("", one) for one in value)
    if isinstance(value, (bool, list, dict)):
        return False
    return not (name in _WHOLE and isinstance(value, (str, float)) and not str(value).strip().isdigit())


def _mend(word: str, known: Iterable[str], otherwise: str = "") -> str:
    from difflib import get_close_matches

    names = list(known)
    near = get_close_matches(word, names, n=1)
    return f"did you mean “{near[0]}”?" if near else otherwise or f"it can be {', '.join(names)}"
