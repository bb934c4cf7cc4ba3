"""What there is to say of a rule, as data: from its text, for people and for programs."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, Any, NamedTuple

from invlint.errors import RuleFileError, UsageError
from invlint.lang import parse_rules
from invlint.plugins import active
from invlint.rules.load import BUILT_IN

if TYPE_CHECKING:
    from invlint.errors import RuleFault
    from invlint.lang.tree import Parameter, Rule

Sources = list[tuple[str, str, str]]

_PREFIX = re.compile(r"[A-Z]+")
_NEXT_SECTION = re.compile(r"\s*(?:basis|parameter|yields|for)\b")
_NO_COMMENT = re.compile(r'("[^"\n]*")|#[^\n]*')
_TIER = re.compile(r",\s*(blocker|error|warning|info)\s+when\s+")
_SENTENCE = re.compile(r".+?[.!?](?=\s|$)", re.DOTALL)


class Written(NamedTuple):
    """A rule with the file it stands in; `ends` is the line after its last."""

    pack: str
    path: str
    text: str
    rule: Rule
    ends: int


def written_rules(sources: Sources) -> list[Written]:
    """The rules of some files. Raises RuleFileError with the faults of every file that does not parse."""
    found: list[Written] = []
    faults: list[RuleFault] = []
    for pack, path, text in sources:
        try:
            rules = parse_rules(text, path)
        except RuleFileError as error:
            faults += error.faults
            continue
        begins = [*(rule.span.line for rule in rules), len(text.splitlines()) + 1]
        found += [Written(pack, path, text, rule, begins[at + 1]) for at, rule in enumerate(rules)]
    if faults:
        raise RuleFileError(faults)
    return found


def find_rule(rules: list[Written], word: str) -> Written:
    """The rule of a name or code. Raises UsageError with the nearest one."""
    for written in rules:
        if word in (written.rule.name, written.rule.code):
            return written
    from difflib import get_close_matches

    known = {name.lower(): name for written in rules for name in (written.rule.name, written.rule.code)}
    near = get_close_matches(word.lower(), known, n=1, cutoff=0.5)
    mend = f"did you mean “{known[near[0]]}”?" if near else "`invlint rules` lists them"
    raise UsageError(f"no rule is called “{word}”: {mend}")


def principles(rules: list[Written]) -> dict[str, str]:
    """The principle of each rule: that of its code's letters, as the built-in rules' folders say; else its plugin."""
    known = {_letters(one.rule): one.path.split("/")[-2] for one in rules if one.pack == BUILT_IN}
    plugins = {plugin.name for plugin in active()}
    return {one.rule.name: known.get(_letters(one.rule), one.pack if one.pack in plugins else "own") for one in rules}


def _letters(rule: Rule) -> str:
    found = _PREFIX.match(rule.code)
    return found[0] if found else rule.code


def summary(written: Written, principle: str) -> dict[str, Any]:
    """One rule of the catalogue."""
    rule = written.rule
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity,
        "principle": principle,
        "summary": _first_sentence(rule.prose),
    }


def _first_sentence(prose: str) -> str:
    found = _SENTENCE.match(prose)
    return " ".join((found[0] if found else prose).split())


def describe(written: Written, principle: str) -> dict[str, Any]:
    """All that the text of a rule says."""
    rule = written.rule
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity,
        "tiers": [
            {"severity": tier.severity, "when": when} for tier, when in zip(rule.tiers, _tiers(written), strict=True)
        ],
        "principle": principle,
        "pack": written.pack,
        "path": written.path,
        "line": rule.span.line,
        "prose": rule.prose,
        "basis": rule.basis,
        "parameters": [_parameter(parameter, written) for parameter in rule.parameters],
        "speak_first": [name for name, _ in rule.yields],
        "formula": _formula(written),
    }


def _parameter(parameter: Parameter, written: Written) -> dict[str, str]:
    span = parameter.value.span
    line = written.text.removeprefix("\ufeff").splitlines()[span.line - 1]
    value = line[span.column - 1 : span.column - 1 + span.width]
    return {"name": parameter.name, "value": value, "source": parameter.source}


def _tiers(written: Written) -> list[str]:
    """The conditions of the graver severities as they are written."""
    if not written.rule.tiers:
        return []
    lines = written.text.splitlines()
    start = written.rule.tiers[0].condition.span.line - 1
    while not lines[start].lstrip().startswith("severity"):
        start -= 1
    end = start + 1
    while not _NEXT_SECTION.match(lines[end]):
        end += 1
    text = _NO_COMMENT.sub(lambda match: match[1] or "", "\n".join(lines[start:end]))
    return [" ".join(part.split()) for part in _TIER.split(text)[2::2]]


def _formula(written: Written) -> str:
    """The text of the sections from the first `for each` to the examples, without comments of whole lines."""
    rule = written.rule
    end = rule.examples[0].span.line if rule.examples else written.ends
    lines = written.text.splitlines()[rule.blocks[0].span.line - 1 : end - 1]
    return textwrap.dedent("\n".join(line for line in lines if not line.lstrip().startswith("#"))).strip()
