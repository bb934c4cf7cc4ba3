"""Sections to a rule: which there must be, which may stand once, and in what order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from invlint.errors import InvlintError
from invlint.lang import tree

if TYPE_CHECKING:
    from invlint.lang.tree import Span

ORDER = (
    "severity",
    "basis",
    "parameter",
    "yields",
    "for each",
    "let",
    "where",
    "needs",
    "expect",
    "rests on",
    "impact",
    "at",
    "together by",
    "observed",
    "expected",
    "message",
    "help",
    "example",
)
"""The order of sections; a further `for each` starts again from there."""

_MANY = frozenset({"parameter", "let", "where", "needs", "expect", "example"})
_MOST = 300
_FOR_EACH = ORDER.index("for each")
_EXAMPLE = ORDER.index("example")


class SectionError(InvlintError):
    """A section is missing, repeated or out of place."""

    def __init__(self, message: str, span: Span, hint: str = "") -> None:
        self.span = span
        self.hint = hint
        super().__init__(message)


def make_rule(span: Span, code: str, name: str, prose: str, sections: tree.Sections) -> tree.Rule:
    """The rule that the sections make. Raises SectionError."""
    if len(sections) > _MOST:
        message = f"a rule cannot have more than {_MOST} sections"
        raise SectionError(message, _head(*sections[_MOST][:2]), "divide it into several rules")
    _check_order(sections)
    head = {word: content for word, _, content in sections if word in ("severity", "basis", "yields")}
    if "severity" not in head:
        raise SectionError(f"the rule {name} has no severity", span, _severity_hint(prose))
    blocks = _blocks(sections)
    if not blocks:
        raise SectionError(f"the rule {name} has no `for each`: nothing says which rows it judges", span)
    severity, tiers = head["severity"]
    return tree.Rule(
        span,
        code,
        name,
        prose,
        severity,
        tiers,
        head.get("basis", ""),
        tuple(content for word, _, content in sections if word == "parameter"),
        head.get("yields", ()),
        tuple(blocks),
        tuple(content for word, _, content in sections if word == "example"),
    )


def _head(word: str, span: Span) -> Span:
    """The place of a section's first word."""
    return tree.Span(span.line, span.column, len(word))


def _severity_hint(prose: str) -> str:
    """What begins with a misspelt `severity` was taken for prose: say which line it is."""
    from difflib import get_close_matches

    for line in prose.splitlines():
        word = line.split(maxsplit=1)[0] if line.strip() else ""
        if word in ORDER:
            return "put `severity error`, or another severity, before the other sections"
        if get_close_matches(word.lower(), ["severity"], cutoff=0.7):
            return f"did you mean “severity” where the text says “{word}”?"
    return "begin with `severity error`"


def _check_order(sections: tree.Sections) -> None:
    reached = -1
    seen: set[str] = set()
    before = ""
    for word, span, _ in sections:
        place = ORDER.index(word)
        if word == "for each" and reached > _FOR_EACH and reached < _EXAMPLE:
            reached = _FOR_EACH
            seen = {name for name in seen if ORDER.index(name) < _FOR_EACH}
        elif place < reached:
            message = f"`{word}` comes too late: it belongs before `{before}`"
            raise SectionError(message, _head(word, span), f"the order of sections is {', '.join(ORDER)}")
        elif word in seen and word not in _MANY:
            raise SectionError(f"`{word}` stands twice", _head(word, span), "keep one, or join the two into one")
        reached, before = place, word
        seen.add(word)


def _blocks(sections: tree.Sections) -> list[tree.Block]:
    blocks: list[tree.Block] = []
    parts: dict[str, Any] = {}
    for word, _, content in sections:
        if word == "for each":
            _finish(blocks, parts)
            blocks.append(content)
            parts = {}
        elif blocks and word in ("let", "where", "needs", "expect"):
            parts.setdefault(_FIELDS.get(word, word), []).append(content)
        elif blocks and word != "example":
            parts[_FIELDS.get(word, word)] = content
    _finish(blocks, parts)
    return blocks


_FIELDS = {"let": "lets", "rests on": "rests", "together by": "together"}


def _finish(blocks: list[tree.Block], parts: dict[str, Any]) -> None:
    if not blocks:
        return
    made: dict[str, Any] = {name: tuple(part) if isinstance(part, list) else part for name, part in parts.items()}
    block = replace(blocks[-1], **made)
    head = _head("for each", block.span)
    if not block.expect:
        raise SectionError("this `for each` has no `expect`: nothing says what must hold", head)
    if block.message is None:
        raise SectionError("this `for each` has no `message`: nothing says what is wrong", head)
    blocks[-1] = block
