"""Select rules by name, code, prefix of a code, or nothing at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invlint.errors import UsageError

if TYPE_CHECKING:
    from invlint.model.plan import Plan


def select_rules(plan: Plan, select: list[str], ignore: list[str]) -> set[str]:
    """The names of the rules to report. Raises UsageError for a word that fits no rule."""
    chosen = {rule.name for rule in plan.rules}
    if select:
        chosen = {name for word in select for name in _fitting(plan, word)}
    return chosen - {name for word in ignore for name in _fitting(plan, word)}


def split_words(given: list[str]) -> list[str]:
    """The words of options that can be given several times and hold several words with commas between them."""
    return [word.strip() for text in given for word in text.split(",") if word.strip()]


def _fitting(plan: Plan, word: str) -> set[str]:
    found = {rule.name for rule in plan.rules if rule.name == word or rule.code == word or _is_prefix(word, rule.code)}
    if found:
        return found
    from difflib import get_close_matches

    known = [text for rule in plan.rules for text in (rule.name, rule.code)]
    near = get_close_matches(word, known, n=1, cutoff=0.5)
    mend = f"did you mean “{near[0]}”?" if near else "`invlint check --help` says how rules are named"
    raise UsageError(f"no rule is called “{word}”: {mend}")


def _is_prefix(word: str, code: str) -> bool:
    return word.isupper() and code.startswith(word)
