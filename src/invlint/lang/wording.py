"""Words for syntax mistakes: what was met, and what could stand there."""

from __future__ import annotations

import re
from difflib import get_close_matches

_SECTION_WORDS = [
    "rule",
    "severity",
    "basis",
    "parameter",
    "yields",
    "for",
    "let",
    "where",
    "expect",
    "rests",
    "impact",
    "at",
    "together",
    "observed",
    "expected",
    "message",
    "help",
    "example",
]
_WORDS = {
    "NAME": "a name",
    "NUMBER": "a number",
    "QUANTITY": "a number with a unit",
    "PERCENT": "a percentage",
    "STRING": 'text in "quotation marks"',
    "CLASS_ID": "a class id",
    "ROW": "a table row | ... |",
    "RULE_NAME": "a rule's name",
    "CODE": "a rule's code such as FAC104",
    "SEVERITY": "blocker, error, warning or info",
    "OUTCOME": "passes or fails",
    "COMPARISON": "a comparison",
    "AGGREGATE": "sum, count, list ...",
    "LPAR": "(",
    "RPAR": ")",
    "COMMA": ",",
    "DOT": ".",
    "EQUAL": "=",
    "LBRACE": "{",
    "RBRACE": "}",
    "COLON": ":",
    "PLUS": "+",
    "MINUS": "-",
    "STAR": "*",
    "SLASH": "/",
    "CIRCUMFLEX": "^",
    "$END": "the end of the file",
    "PROSE": "prose",
    "DIGITS": "to reported digits",
}
_START = frozenset({"NAME", "NUMBER", "LPAR", "STRING", "QUANTITY"})


def explain_syntax(met: str, accepted: set[str], text: str, line: int, column: int) -> tuple[str, str]:
    """(message, hint) for a token or character that cannot stand where it does."""
    before = _line(text, line)[: max(0, column - 1)]
    here = "“" + met.strip().splitlines()[0] + "”" if met.strip() else "the end of the file"
    if met == '"':
        return "a quotation mark is opened and not closed on this line", 'close the text with "'
    unit = re.search(r"\d\s+$", before)
    if unit and re.match(r"[A-Za-z]", met):
        return _unknown_unit(met)
    if re.match(r"[A-Za-z]", met):
        near = get_close_matches(met, [*_SECTION_WORDS, *_lower(accepted)], n=1, cutoff=0.7)
        if near and near[0] != met:
            return f"{here} cannot stand here", f"did you mean “{near[0]}”?"
    if "RPAR" in accepted and met != ")" and not _START & accepted:
        return f"{here} stands where a closing parenthesis is missing", "close the parenthesis with )"
    if met == ")":
        return "this parenthesis closes nothing", "take it out, or open one before it"
    return f"{here} cannot stand here", _could_stand(accepted)


def _unknown_unit(word: str) -> tuple[str, str]:
    from invlint.units import nearest_unit

    near = nearest_unit(word)
    return (
        f"“{word}” is no unit that invlint knows",
        f"did you mean “{near}”?" if near else "put a unit such as ug TEQ/t",
    )


def _could_stand(accepted: set[str]) -> str:
    if accepted >= _START:
        return "a value could stand here: a column such as r.factor, a number, a name or a parenthesis"
    words = sorted({_WORDS.get(name, name.lower().replace("_", " ")) for name in accepted})
    return "here could stand: " + ", ".join(words[:14]) if words else ""


def _lower(accepted: set[str]) -> list[str]:
    return [name.lower() for name in accepted if name.isalpha() and name not in _WORDS]


def _line(text: str, line: int) -> str:
    lines = text.splitlines()
    return lines[line - 1] if 0 < line <= len(lines) else ""
