"""Words for syntax mistakes: what was met, and what could stand there."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import NamedTuple

from invlint.errors import InvlintError

_SECTIONS = (
    "rule",
    "severity",
    "basis",
    "parameter",
    "yields",
    "for",
    "let",
    "where",
    "needs",
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
)
_BETWEEN_VALUES = frozenset({"and", "or", "in", "is", "between", "within", "matching", "with", "when", "to"})
_WORDS = {
    "NAME": "a name",
    "NUMBER": "a number",
    "QUANTITY": "a number with a unit",
    "PERCENT": "a percentage",
    "STRING": 'text in "quotation marks"',
    "CLASS_ID": "a class id",
    "ROW": "a table row | ... |",
    "RULE_NAME": "a rule's name, in small letters with hyphens",
    "CODE": "a rule's code such as FAC104",
    "SEVERITY": "blocker, error, warning or info",
    "ROW_WORD": "“row”",
    "OUTCOME": "passes or fails",
    "COMPARISON": "a comparison such as = or >",
    "LPAR": "(",
    "RPAR": ")",
    "COMMA": "a comma",
    "DOT": "a dot and a column",
    "EQUAL": "=",
    "LBRACE": "{",
    "RBRACE": "}",
    "COLON": "a colon",
    "PROSE": "prose on the lines below",
    "DIGITS": "“to reported digits”",
    "YEARS": "“in years before”",
    "EARLIER_TABLE": "a table of the last submission",
    "RULE": "a rule, which begins as in `rule FAC104 factor-far-from-default`",
}
_VALUE = frozenset({"NAME", "NUMBER", "LPAR", "STRING", "QUANTITY"})
_VALUES = "a value is a column such as r.factor, a number, a name or a formula in parentheses"
_OPERATORS = frozenset({"PLUS", "MINUS", "STAR", "SLASH", "CIRCUMFLEX"})
_NAME_AFTER = frozenset({"EACH", "LET", "PARAMETER", "IN", "BY", "OVER", "DOT", "COMMA", "KEY", "MATCHING"})
_CHOICES = {
    "SEVERITY": ("blocker", "error", "warning", "info"),
    "OUTCOME": ("passes", "fails"),
    "SEVERITY_WORD": ("severity",),
    "ROW_WORD": ("row",),
    "RULE": ("rule",),
}
_SHORTEST = 3
_SIGNS = {
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "×": "*",
    "·": "*",
    "÷": "/",
    "−": "-",
    "–": "-",
    "“": '"',
    "”": '"',
    "„": '"',
    "'": '"',
    "‘": '"',
    "’": '"',
    "&": "and",
    "|": "or",
    "||": "or",
    "&&": "and",
    "!": "not",
    "==": "=",
    "=>": ">=",
    "=<": "<=",
    "<>": "!=",
    "><": "!=",
    "**": "^",
}


class MistakeError(InvlintError):
    """A mistake in the text of a rule: what is wrong, what to do, and the place as a count of characters."""

    def __init__(self, message: str, hint: str, at: int, width: int = 1) -> None:
        self.hint = hint
        self.at = at
        self.width = width
        super().__init__(message)


class Met(NamedTuple):
    """A part of the text: its characters, what the grammar calls it, and where it begins."""

    text: str
    kind: str
    at: int


def explain_syntax(met: Met, before: tuple[Met, ...], accepted: set[str], text: str) -> MistakeError:
    """The mistake of a part that cannot stand where it does, after the parts `before` it."""
    if met.text == '"':
        return MistakeError("a quotation mark is opened and not closed on this line", 'close the text with "', met.at)
    return (
        _sign(met, text)
        or _nothing_there(met, before, text)
        or _reason(met, before, accepted)
        or _quotation(met, text)
        or _misspelt(met, accepted, text)
        or _unit(met, before, text)
        or _parenthesis(met, accepted, text)
        or _absent(met, before, accepted)
        or _stray(met, before, accepted, text)
    )


def _stray(met: Met, before: tuple[Met, ...], accepted: set[str], text: str) -> MistakeError:
    if before and (not met.text or (met.text in _SECTIONS and _first_on_line(met.at, text))):
        last = before[-1]
        return MistakeError(
            f"something is missing after “{last.text}”", _could_stand(accepted), last.at, len(last.text)
        )
    first = met.text.split("\n")[0]
    if not first.isprintable():
        return MistakeError("an invisible character stands here", "take it out", met.at)
    return MistakeError(f"“{first}” cannot stand here", _hint(met, accepted), met.at, len(first))


def _hint(met: Met, accepted: set[str]) -> str:
    if met.kind in ("COMPARISON", "EQUAL") and "OR" in accepted:
        return "a comparison has two sides: join two of them with `and`, or use `between`"
    if accepted == {"CODE"}:
        return "after `rule` its code must stand, such as FAC104; a line of prose cannot begin with this word"
    if accepted == {"SEVERITY"}:
        return f"after `severity` must stand {_WORDS['SEVERITY']}; a line of prose cannot begin with this word"
    return _could_stand(accepted)


def _sign(met: Met, text: str) -> MistakeError | None:
    """A sign from mathematics, another language or a word processor."""
    two = text[met.at - 1 : met.at + 1] if met.at else ""
    for sign, start in ((two, met.at - 1), (text[met.at : met.at + 2], met.at), (text[met.at : met.at + 1], met.at)):
        if sign in _SIGNS and not (met.kind == "ROW" and _first_on_line(met.at, text)):
            return MistakeError(f"“{sign}” is no sign of this language", f"write {_SIGNS[sign]}", start, len(sign))
    if met.text == "," and re.match(r"\d,\d", text[max(0, met.at - 1) : met.at + 2]):
        return MistakeError("a comma cannot stand in a number", "write a decimal point, as in 3.5", met.at)
    return None


def _nothing_there(met: Met, before: tuple[Met, ...], text: str) -> MistakeError | None:
    """A word of the language was taken for a name, because something is missing before it."""
    if not before or before[-1].kind not in ("NAME", "RULE_NAME"):
        return None
    word = before[-1]
    if met.text in ("row", "rows") and word.text in ("one", "some", "no"):
        hint = "`one row` stands right after `let name =`" if word.text == "one" else "join it to others by and, or"
        return MistakeError(f"“{word.text} {met.text}” cannot stand within a formula", hint, word.at, len(word.text))
    section = word.text in _SECTIONS and _first_on_line(word.at, text)
    if not section and word.text not in _BETWEEN_VALUES:
        return None
    earlier = before[-2] if len(before) > 1 else None
    what = "a value"
    if word.kind == "RULE_NAME":
        what = "a rule's name"
    elif earlier is not None and earlier.kind in _NAME_AFTER:
        what = "a name"
    hint = _VALUES if what == "a value" else ""
    if earlier is None or not section:
        return MistakeError(f"{what} is missing before “{word.text}”", hint, word.at, len(word.text))
    return MistakeError(f"{what} is missing after “{earlier.text}”", hint, earlier.at, len(earlier.text))


def _reason(met: Met, before: tuple[Met, ...], accepted: set[str]) -> MistakeError | None:
    """The next section begins where a condition of `needs` wants its reason."""
    if "BECAUSE" not in accepted or not before or (met.text and met.text not in _SECTIONS):
        return None
    last = before[-1]
    hint = 'say why the other rows cannot be tested: because "..."'
    return MistakeError("the reason is missing after the condition of “needs”", hint, last.at, len(last.text))


def _quotation(met: Met, text: str) -> MistakeError | None:
    if met.kind == "NAME" and text[met.at - 1 : met.at] == '"':
        return MistakeError(
            f"the text in quotation marks ends before “{met.text}”",
            "inside text use “ and ” for a quotation",
            met.at,
            len(met.text),
        )
    return None


def _misspelt(met: Met, accepted: set[str], text: str) -> MistakeError | None:
    """A word that is nearly one that could stand here."""
    if not re.match(r"[A-Za-z]", met.text):
        return None
    first = _first_on_line(met.at, text)
    known = {word for name in accepted for word in _spelt(name) if first or word not in _SECTIONS}
    near = get_close_matches(met.text.lower(), sorted(known), n=1, cutoff=0.65)
    if not near or near[0] == met.text or len(met.text) < _SHORTEST:
        return None
    return MistakeError(f"“{met.text}” cannot stand here", f"did you mean “{near[0]}”?", met.at, len(met.text))


def _spelt(name: str) -> tuple[str, ...]:
    """The words of the language that a name of the grammar stands for."""
    if name in _CHOICES:
        return _CHOICES[name]
    return (name.lower(),) if name.isalpha() and name not in _WORDS else ()


def _unit(met: Met, before: tuple[Met, ...], text: str) -> MistakeError | None:
    """A word after a number that is no unit, or a name that lacks an operator before it."""
    number = before[-1] if before else None
    if number is None or number.kind not in ("NUMBER", "QUANTITY") or not re.match(r"[A-Za-z]", met.text):
        return None
    if re.search(rf"\b(?:each|let|parameter)\s+{re.escape(met.text)}\b", text):
        hint = "put an operator such as * before it, or the word “and” or “or”"
        return MistakeError(f"“{met.text}” cannot stand beside a number", hint, met.at, len(met.text))
    if _first_on_line(met.at, text):
        return None
    from invlint.units import UnknownUnitError, nearest_unit, parse_unit

    line = text[number.at :].split("\n")[0]
    match = re.match(r"[\d.]+(?:[eE][-+]?\d+)?\s+(.*?)\s*(?:$|[,(){}\"#]|\b(?:and|or|within|to|in|is)\b)", line)
    unit = match[1] if match else met.text
    try:
        parse_unit(unit)
    except UnknownUnitError as unknown:
        near = nearest_unit(unit)
        hint = f"did you mean “{near}”?" if near else "put a unit such as ug TEQ/t"
        return MistakeError(
            f"“{unit}” is not a unit that invlint knows (“{unknown.word}”)", hint, met.at, len(met.text)
        )
    return MistakeError(f"“{met.text}” cannot stand in the unit of a rule", "leave it out", met.at, len(met.text))


def _parenthesis(met: Met, accepted: set[str], text: str) -> MistakeError | None:
    opened = _open_parentheses(text, met.at)
    if met.text == ")" and not opened:
        return MistakeError("this parenthesis closes nothing", "take it out, or open one before it", met.at)
    ends = not met.text or met.text in _SECTIONS
    if "RPAR" in accepted and ends and opened:
        return MistakeError("this parenthesis is not closed", "close it with )", opened[-1])
    return None


def _open_parentheses(text: str, at: int) -> list[int]:
    """The parentheses open at a place, counted from the last section before it."""
    sections = [match.start() for match in re.finditer(rf"^[ \t]*(?:{'|'.join(_SECTIONS)})\b", text[:at], re.MULTILINE)]
    start = sections[-1] if sections else 0
    opened: list[int] = []
    for match in re.finditer(r'"[^"\n]*"|#[^\n]*|[()]', text[start:at]):
        if match[0] == "(":
            opened.append(start + match.start())
        elif match[0] == ")" and opened:
            opened.pop()
    return opened


def _absent(met: Met, before: tuple[Met, ...], accepted: set[str]) -> MistakeError | None:
    """A value should stand here and something else does."""
    if not accepted >= _VALUE:
        return None
    if met.text:
        first = met.text.split("\n")[0]
        return MistakeError(f"a value is missing before “{first}”", _VALUES, met.at, len(first))
    if before:
        return MistakeError(
            f"a value is missing after “{before[-1].text}”", _VALUES, before[-1].at, len(before[-1].text)
        )
    return MistakeError("a value is missing here", _VALUES, met.at)


def _could_stand(accepted: set[str]) -> str:
    """What could stand in words: operators and sections are named together."""
    sections = sorted(word for name in accepted for word in (name.lower().removesuffix("_word"),) if word in _SECTIONS)
    if "RULE" in accepted and len(sections) == 1:
        return "here must stand " + _WORDS["RULE"]
    plain = {name for name in accepted if name.lower().removesuffix("_word") not in _SECTIONS}
    words = sorted(_WORDS.get(name) or f"“{name.lower()}”" for name in plain - _OPERATORS - {"$END"})
    if accepted & _OPERATORS:
        words.append("an operator such as + or *")
    if sections:
        words.append("the next section, such as " + ("expect" if "expect" in sections else sections[0]))
    if not words:
        return ""
    return f"here must stand {words[0]}" if len(words) == 1 else "here could stand " + ", ".join(words)


def _first_on_line(at: int, text: str) -> bool:
    return not text[text.rfind("\n", 0, at) + 1 : at].strip()
