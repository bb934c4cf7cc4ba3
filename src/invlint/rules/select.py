"""Select rules by name, code, prefix of a code, principle, or nothing at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invlint.errors import UsageError
from invlint.model.settings import COMMAND_LINE
from invlint.resources import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from invlint.model.plan import Plan
    from invlint.model.settings import Choice


def select_rules(plan: Plan, select: list[str], ignore: list[str]) -> set[str]:
    """The names of the rules to report. Raises UsageError for a word that fits no rule."""
    chosen = {rule.name for rule in plan.rules}
    if select:
        chosen = {name for word in select for name in _fitting(plan, word)}
    return chosen - {name for word in ignore for name in _fitting(plan, word)}


def choose_rules(plan: Plan, choices: Iterable[Choice]) -> set[str]:
    """The names of the rules that steps choose, one after the other: what is said later wins.

    Raises UsageError for a word that fits no rule, with where it stands.
    """
    chosen = {rule.name for rule in plan.rules}
    for choice in choices:
        named = {name for word in choice.words for name in named_rules(plan, word, choice.origin)}
        if choice.verb == "select" and choice.words:
            chosen = named
        elif choice.verb == "ignore":
            chosen = chosen - named
        elif choice.verb == "extend-select":
            chosen = chosen | named
    return chosen


def named_rules(plan: Plan, word: str, origin: str) -> set[str]:
    """The rules that a word names. Raises UsageError where it fits none, with where it stands."""
    try:
        return _fitting(plan, word)
    except UsageError as error:
        raise UsageError(str(error) if origin == COMMAND_LINE else f"{origin}: {error}") from None


def split_words(given: list[str]) -> list[str]:
    """The words of options that can be given several times and hold several words with commas between them."""
    return [word.strip() for text in given for word in text.split(",") if word.strip()]


def _fitting(plan: Plan, word: str) -> set[str]:
    found = {rule.name for rule in plan.rules if rule.name == word or rule.code == word or _is_prefix(word, rule.code)}
    found = found or _of_principle(plan, word)
    if found:
        return found
    from difflib import get_close_matches

    known = [*principles(), *(text for rule in plan.rules for text in (rule.name, rule.code))]
    near = get_close_matches(word, known, n=1, cutoff=0.5)
    mend = f"did you mean “{near[0]}”?" if near else "`invlint check --help` says how rules are named"
    raise UsageError(f"no rule is called “{word}”: {mend}")


def principles() -> list[str]:
    """The principles that rules are sorted by: the folders of the built-in ones."""
    return sorted(path.name for path in shipped("rules").iterdir() if path.is_dir())


def _of_principle(plan: Plan, word: str) -> set[str]:
    """The rules of a principle, own ones that share the letters of its codes among them."""
    if word not in principles():
        return set()
    built_in = {path.stem for path in (shipped("rules") / word).glob("*.rule")}
    letters = {rule.code.rstrip("0123456789") for rule in plan.rules if rule.name in built_in}
    return {rule.name for rule in plan.rules if rule.code.rstrip("0123456789") in letters}


def _is_prefix(word: str, code: str) -> bool:
    return word.isupper() and code.startswith(word)
