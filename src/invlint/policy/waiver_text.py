"""The text of waivers: what is written into a `waivers.toml`, and how some are taken out without touching the rest."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from invlint.policy.waiver_sources import ARRAY
from invlint.policy.waivers import key_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from invlint.model.finding import Finding, Waived
    from invlint.sources.toml_source import Toml


def waiver_text(finding: Finding, waived: Waived) -> str:
    """A waiver of one finding, bound to the value that was seen."""
    members: dict[str, Any] = {"rule": finding.rule, **key_of(finding), "seen": finding.observed}
    members |= {"reason": waived.reason, "by": waived.by}
    lines = [f"{name} = {_value(value)}" for name, value in members.items() if value is not None]
    lines += [f"until = {waived.until}"] if waived.until is not None else []
    return f"[[{ARRAY}]]\n" + "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    return str(value) if isinstance(value, int) else json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def without_waivers(toml: Toml, numbers: Collection[int]) -> str:
    """The text of a file of waivers without some of them, each known by its number, and the comments just above it."""
    lines = toml.text.split("\n")
    heads = sorted(line for way, line in toml.lines.items() if way[:1] == (ARRAY,) and len(way) == 2)
    begins = [_with_comments(lines, line - 1) for line in heads]
    ends = [*begins[1:], len(lines)]
    for number in sorted(numbers, reverse=True):
        del lines[begins[number] : ends[number]]
    return "\n".join(lines).rstrip("\n") + "\n"


def _with_comments(lines: list[str], head: int) -> int:
    while head > 0 and lines[head - 1].lstrip().startswith("#"):
        head -= 1
    return head
