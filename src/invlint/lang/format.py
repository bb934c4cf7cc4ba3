"""The one layout of a rule file: what the author wrote, in the place where every reader looks for it."""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from itertools import accumulate, zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from lark import Token, v_args

from invlint.lang.parse import cells_of, parse_rules, prose_of, syntax_of
from invlint.lang.print_expression import Binds, ExpressionPrinter, Pieces, Printed, listed, listed_conditions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WIDTH = 110
_SECTION = "  "
_TABLE = "    "
_CONTINUED = "      "
_APART = frozenset({"severity", "for_each", "example"})
"""The sections that open a paragraph."""
_COMMENT = re.compile(r"#[^\n]*")


class _Unit(NamedTuple):
    """A header, section, table head or row: its place in the old text, and its new lines."""

    start: int
    end: int
    indent: str
    text: str
    apart: bool = False
    follows_prose: bool = False


class _Comment(NamedTuple):
    """A comment, alone on its line or behind something."""

    start: int
    text: str
    alone: bool


def format_rules(text: str, path: str) -> str:
    """The rules of a file in their layout. Raises RuleFileError for text that does not parse."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    parse_rules(text, path)
    rules, tokens = syntax_of(text)
    units = [unit for rule in rules.children for unit in _rule(rule)]
    return "".join(f"{line}\n" for line in _lines(units, _comments(text, tokens)))


def _rule(rule: Any) -> Iterator[_Unit]:
    code, name, *parts = rule.children
    yield _Unit(rule.meta.start_pos, name.end_pos, "", f"rule {code} {name}", apart=True)
    before = ""
    for part in parts:
        if isinstance(part, Token):
            yield from _prose(part)
            continue
        apart = part.data in _APART and part.data != before
        yield from _example(part, apart) if part.data == "example" else _section(part, apart)
        before = part.data


def _prose(prose: Token) -> Iterator[_Unit]:
    """The lines of the prose as they are, indented alike."""
    lines = prose_of(prose).split("\n")
    if any(lines):
        text = "\n".join(f"{_SECTION}{line}" if line else "" for line in lines)
        yield _Unit(prose.start_pos or 0, prose.end_pos or 0, _SECTION, text, apart=True)


def _section(section: Any, apart: bool) -> Iterator[_Unit]:
    text = _wrapped(_SectionPrinter().transform(section))
    meta = section.meta
    yield _Unit(meta.start_pos, meta.end_pos, _SECTION, text, apart, follows_prose=section.data == "severity")


def _example(example: Any, apart: bool) -> Iterator[_Unit]:
    words = [part for part in example.children if isinstance(part, Token)]
    start, end = example.meta.start_pos, words[-1].end_pos or 0
    yield _Unit(start, end, _SECTION, f"{_SECTION}example {' '.join(words)}", apart)
    for table in example.children[len(words) :]:
        name, *rows = table.children
        yield _Unit(name.start_pos, name.end_pos, _TABLE, f"{_TABLE}{name}:")
        for row, line in zip(rows, _aligned(rows), strict=True):
            yield _Unit(row.start_pos, row.end_pos, _TABLE, f"{_TABLE}{line}")


def _aligned(rows: list[Token]) -> list[str]:
    """Table rows with their bars in line."""
    table = [cells_of(row) for row in rows]
    widths = [max(map(len, column)) for column in zip_longest(*table, fillvalue="")]
    padded = [[cell.ljust(width) for cell, width in zip(cells, widths, strict=False)] for cells in table]
    return [f"| {' | '.join(cells)} |" for cells in padded]


@v_args(inline=True)
class _SectionPrinter(ExpressionPrinter):
    """A section as pieces of a line."""

    def severity(self, severity: str, *tiers: tuple[str, Printed]) -> Pieces:
        return ("severity ", *listed_conditions(((severity, None), *tiers)))

    def tier(self, severity: str, condition: Printed) -> tuple[str, Printed]:
        return severity, condition

    def basis(self, *strings: str) -> Pieces:
        return (f"basis {_strings(strings)}",)

    def parameter(self, name: str, value: Printed, *source: str) -> Pieces:
        return (f"parameter {name} = {value.text} {_strings(source)}".rstrip(),)

    def yields(self, *rules: str) -> Pieces:
        return (f"yields to {', '.join(rules)}",)

    def for_each(self, row: str, table: str, *series: str) -> Pieces:
        return (f"for each {row} in {table}{''.join(series)}",)

    def by(self, names: str) -> str:
        return f" by {names}"

    def over(self, name: str) -> str:
        return f" over {name}"

    def names(self, *names: str) -> str:
        return ", ".join(names)

    def let(self, name: str, value: Printed | Pieces) -> Pieces:
        return (f"let {name} = ", *(value.unlike("one").pieces if isinstance(value, Printed) else value))

    def one_row(self, match: Printed) -> Pieces:
        return ("one row in ", *match.pieces)

    def where(self, condition: Printed) -> Pieces:
        return ("where ", *condition.pieces)

    def needs(self, condition: Printed, *strings: str) -> Pieces:
        return ("needs ", *condition.part(Binds.OR).pieces, 0, f"because {_strings(strings)}")

    def expect(self, condition: Printed) -> Pieces:
        return ("expect ", *condition.pieces)

    def rests(self, *evidence: Printed) -> Pieces:
        return ("rests on ", *listed(evidence, Binds.OR))

    def impact(self, impact: Printed) -> Pieces:
        return ("impact ", *impact.pieces)

    def at(self, *places: tuple[str, Printed | None]) -> Pieces:
        return ("at ", *listed_conditions(places))

    def place(self, row: str, column: str, condition: Printed | None = None) -> tuple[str, Printed | None]:
        return f"{row}.{column}", condition

    def together(self, names: str) -> Pieces:
        return (f"together by {names}",)

    def observed(self, *strings: str) -> Pieces:
        return (f"observed {_strings(strings)}",)

    def expected(self, *strings: str) -> Pieces:
        return (f"expected {_strings(strings)}",)

    def message(self, *strings: str) -> Pieces:
        return (f"message {_strings(strings)}",)

    def help(self, *strings: str) -> Pieces:
        return (f"help {_strings(strings)}",)


def _strings(strings: Iterable[str]) -> str:
    """Strings as written, each after the first on a line of its own."""
    return f"\n{_CONTINUED}".join(strings)


def _wrapped(pieces: Pieces) -> str:
    """A section on one line, or on several where it is too long for that."""
    parts = _parts(pieces)
    lines, indent = [], _SECTION
    while parts:
        count = _fitting(parts, WIDTH - len(indent))
        lines.append(indent + " ".join(text for _, text in parts[:count]))
        parts, indent = parts[count:], _CONTINUED
    return "\n".join(lines)


def _parts(pieces: Pieces) -> list[tuple[int, str]]:
    """The texts between possible breaks, each with the depth of the break before it."""
    parts = [(0, "")]
    for piece in pieces:
        if isinstance(piece, int):
            parts.append((piece, ""))
        else:
            depth, text = parts[-1]
            parts[-1] = depth, text + piece
    return parts


def _fitting(parts: list[tuple[int, str]], room: int) -> int:
    """How many parts stand on a line: as many as belong together, if there is room for them.

    Otherwise those before the outermost break in the room, the last of its depth.
    """
    end = next((number for number, (depth, _) in enumerate(parts) if depth < parts[0][0]), len(parts))
    widths = [width - 1 for width in accumulate(len(text) + 1 for _, text in parts[:end])]
    if widths[-1] <= room or end == 1:
        return end
    breaks = [number for number in range(1, end) if widths[number - 1] <= room] or [1]
    outermost = min(parts[number][0] for number in breaks)
    return max(number for number in breaks if parts[number][0] == outermost)


def _comments(text: str, tokens: list[Token]) -> Iterator[_Comment]:
    """The comments between the tokens; what looks like one within prose, a text or a table row is none."""
    starts = [0, *(token.end_pos or 0 for token in tokens)]
    ends = [*(token.start_pos or 0 for token in tokens), len(text)]
    for start, end in zip(starts, ends, strict=True):
        for match in _COMMENT.finditer(text, start, end):
            line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
            yield _Comment(match.start(), match[0].rstrip(), alone=not line.strip())


def _lines(units: list[_Unit], comments: Iterable[_Comment]) -> list[str]:
    """The new lines with the comments where they belong."""
    before, behind = _places(units, comments)
    lines: list[str] = []
    for number, unit in enumerate(units):
        if unit.apart and number:
            lines.append("")
        lines += [unit.indent + comment for comment in before[number]]
        lines.append("  ".join([unit.text, *behind[number]]))
    last = before[len(units)]
    return [*lines, "", *last] if lines and last else lines + last


def _places(units: list[_Unit], comments: Iterable[_Comment]) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """The comments before each unit and those behind it, by its number.

    A comment within a section goes before it; but not where it would become prose.
    """
    before, behind = defaultdict[int, list[str]](list), defaultdict[int, list[str]](list)
    starts = [unit.start for unit in units]
    for comment in comments:
        following = bisect(starts, comment.start)
        if not comment.alone:
            behind[following - 1].append(comment.text)
        elif following and comment.start < units[following - 1].end and not units[following - 1].follows_prose:
            before[following - 1].append(comment.text)
        else:
            before[following].append(comment.text)
    return before, behind
