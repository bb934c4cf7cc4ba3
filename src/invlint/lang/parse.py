"""Text of a rule file to its syntax tree. Mistakes come back as faults with line, column and advice."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lark import Token, Transformer, UnexpectedInput, UnexpectedToken, v_args
from lark.exceptions import VisitError

from invlint.errors import RuleFault, RuleFileError, UsageError
from invlint.lang import tree
from invlint.lang.kept_parser import kept_parser
from invlint.lang.sections import SectionError, make_rule
from invlint.lang.tree import Span
from invlint.lang.wording import Met, MistakeError, explain_syntax
from invlint.units.vocabulary import TEQ_SCHEMES, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lark import Lark, Tree

_LARGEST = 1_000_000
_DEEPEST = 100
_MOST_WORDS = 30_000
_MOST_VALUES = 100
_MOST_ROWS = 200
_LONGEST = 200
_LIMITED = frozenset({"NAME", "RULE_NAME", "CODE", "CLASS_ID", "QUANTITY", "NUMBER", "PERCENT", "EARLIER_TABLE"})
"""What is shown as it was written where it is wrong."""
_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")


@lru_cache(maxsize=256)
def parse_rules(text: str, path: str) -> tuple[tree.Rule, ...]:
    """The rules in a file's text, kept for those who ask again. Raises RuleFileError at the first fault."""
    text = text.removeprefix("\ufeff")
    if len(text) > _LARGEST:
        raise RuleFileError([RuleFault("a rule file cannot be larger than 1 MB", path=path, text="", line=1, column=1)])
    try:
        return _parse(text, "start", text, 0)  # type: ignore[no-any-return]
    except MistakeError as mistake:
        raise RuleFileError([_fault(mistake, text, path)]) from None
    except SectionError as error:
        raise RuleFileError([section_fault(error, text, path)]) from None


def parse_value(text: str) -> tree.Expr:
    """The value that a text of one line writes. Raises UsageError where it writes none."""
    try:
        return _parse(text, "expression", text, 0)  # type: ignore[no-any-return]
    except MistakeError as mistake:
        raise UsageError(f"“{text}” is no value: {mistake}") from None


def parse_condition(text: str) -> tree.Expr:
    """The condition that a text of one line writes. Raises UsageError where it writes none."""
    try:
        return _parse(text, "expression", text, 0)  # type: ignore[no-any-return]
    except MistakeError as mistake:
        raise UsageError(f"“{text}” is no condition: {mistake}") from None


def syntax_of(text: str) -> tuple[Tree[Token], list[Token]]:
    """Lark's own tree of a text that parses, with all that was written, and every token in order."""
    parser = _parser().parse_interactive(text, start="start")
    tokens = list(parser.exhaust_lexer())
    return parser.feed_eof(), tokens  # type: ignore[no-untyped-call]


def section_fault(error: SectionError, text: str, path: str) -> RuleFault:
    """A fault of a rule's sections as one with its source line."""
    span = error.span
    return RuleFault(
        str(error),
        path=path,
        text=text,
        line=span.line,
        column=span.column,
        width=span.width,
        hint=error.hint,
    )


def _fault(mistake: MistakeError, text: str, path: str) -> RuleFault:
    line, column = _line_and_column(text, mistake.at)
    return RuleFault(
        str(mistake), path=path, text=text, line=line, column=column, width=mistake.width, hint=mistake.hint
    )


def _line_and_column(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _parse(part: str, start: str, text: str, offset: int) -> Any:
    """The tree of a part of the text, which begins at `offset`. Raises MistakeError or SectionError."""
    try:
        parsed = _parser().parse(part, start=start)
    except UnexpectedInput as error:
        raise _mistake(error, part, text, offset) from None
    _check_depth(parsed, offset)
    line, column = _line_and_column(text, offset)
    try:
        return _TreeMaker(text).transform(_moved(parsed, line - 1, column - 1) if offset else parsed)
    except VisitError as error:
        raise error.orig_exc from None


def _check_depth(parsed: Tree[Token], offset: int) -> None:
    """Refuse what is nested beyond any sense before it is walked over."""
    stack = [(parsed, 0)]
    while stack:
        part, depth = stack.pop()
        if depth > _DEEPEST:
            message = "this formula is nested too deep, or too long"
            raise MistakeError(message, "give parts of it names with `let`", offset + part.meta.start_pos)
        stack.extend((child, depth + 1) for child in part.children if not isinstance(child, Token))


class _Names:
    """Names are read as names where none can stand too, so that a misspelt word is met as a whole."""

    always_accept = ("NAME",)

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """The words and signs as they are, up to as many as any rule file has reason to hold."""
        for number, token in enumerate(stream):
            if number == _MOST_WORDS:
                message = f"a rule file cannot hold more than {_MOST_WORDS:,} words and signs"
                raise MistakeError(message, "put the rules into several files", token.start_pos or 0)
            if len(token) > _LONGEST and token.type in _LIMITED:
                raise _too_long(token)
            yield token


def _too_long(token: Token) -> MistakeError:
    message = f"a word, number or code cannot be longer than {_LONGEST} characters"
    return MistakeError(message, "", token.start_pos or 0)


@lru_cache(maxsize=1)
def _parser() -> Lark:
    grammar = (Path(__file__).parent / "grammar.lark").read_text("utf-8")
    grammar = grammar.replace("%QUANTITY%", quantity_pattern().replace("/", r"\/"))
    return kept_parser(grammar, ["start", "expression"], _Names())


def quantity_pattern() -> str:
    """A number and a unit made of known words, so that `5 ug TEQ/t` is one literal and `5 / r.x` is not."""
    teq = ["TEQ", "I-TEQ", "WHO-TEQ", *(word for word in TEQ_SCHEMES if word.isalnum())]
    words = sorted({*WORDS, *teq}, key=len, reverse=True)
    word = f"(?:{'|'.join(re.escape(word) for word in words)})(?![A-Za-z0-9_.(])"
    return rf"\d+(?:\.\d+)?(?:[eE][-+]?\d+)?[ ]+{word}(?:[ ]?[/*·]?[ ]?{word})*"


def _mistake(error: UnexpectedInput, part: str, text: str, offset: int) -> MistakeError:
    """What was met, what stood before it, and what could stand there, in words."""
    if isinstance(error, UnexpectedToken):
        stack = [value for value in error.interactive_parser.parser_state.value_stack if isinstance(value, Token)]
        before = tuple(Met(str(token), token.type, offset + (token.start_pos or 0)) for token in stack[-2:])
        ended = error.token.type == "$END"
        at = len(part.rstrip()) if ended else error.token.start_pos or 0
        met = Met("" if ended else str(error.token), error.token.type, offset + at)
        return explain_syntax(met, before, set(error.accepts), text)
    at = error.pos_in_stream or 0
    return explain_syntax(Met(part[at], "", offset + at), (), set(), text)


def _span(token: Token) -> Span:
    width = (token.end_column or 0) - (token.column or 0) if token.end_line == token.line else len(token)
    return Span(token.line or 1, token.column or 1, max(1, width))


def _of(meta: Any) -> Span:
    width = meta.end_column - meta.column if meta.end_line == meta.line else 1
    return Span(meta.line, meta.column, max(1, width))


@v_args(meta=True)
class _TreeMaker(Transformer):  # type: ignore[type-arg]
    """From Lark's parse tree to ours."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def start(self, _meta: Any, rules: list[tree.Rule]) -> tuple[tree.Rule, ...]:
        return tuple(rules)

    def expression(self, _meta: Any, parts: list[tree.Expr]) -> tree.Expr:
        return parts[0]

    def rule(self, _meta: Any, parts: list[Any]) -> tree.Rule:
        code, name = parts[0], parts[1]
        prose = str(parts[2]) if len(parts) > 2 and isinstance(parts[2], Token) else ""
        sections = [part for part in parts[2:] if isinstance(part, tuple)]
        return make_rule(_span(name), str(code), str(name), prose_of(prose), sections)

    # sections: (word, span, content)
    def severity(self, meta: Any, parts: list[Any]) -> Any:
        return ("severity", _of(meta), (str(parts[0]), tuple(parts[1:])))

    def tier(self, _meta: Any, parts: list[Any]) -> tree.Tier:
        return tree.Tier(str(parts[0]), parts[1])

    def basis(self, meta: Any, parts: list[Any]) -> Any:
        return ("basis", _of(meta), _joined(parts))

    def parameter(self, meta: Any, parts: list[Any]) -> Any:
        name, value, *source = parts
        return ("parameter", _of(meta), tree.Parameter(_span(name), str(name), value, _joined(source)))

    def yields(self, meta: Any, parts: list[Any]) -> Any:
        return ("yields", _of(meta), tuple((str(part), _span(part)) for part in parts))

    def for_each(self, meta: Any, parts: list[Any]) -> Any:
        row, table, *rest = parts
        by = next((part[1] for part in rest if part[0] == "by"), ())
        over = next((part[1] for part in rest if part[0] == "over"), None)
        return ("for each", _of(meta), tree.Block(_of(meta), str(row), str(table), _span(table), by, over))

    def by(self, _meta: Any, parts: list[Any]) -> Any:
        return ("by", parts[0])

    def over(self, _meta: Any, parts: list[Any]) -> Any:
        return ("over", (str(parts[0]), _span(parts[0])))

    def names(self, _meta: Any, parts: list[Any]) -> Any:
        return tuple((str(part), _span(part)) for part in parts)

    def let(self, meta: Any, parts: list[Any]) -> Any:
        return ("let", _of(meta), tree.Let(_span(parts[0]), str(parts[0]), parts[1]))

    def where(self, meta: Any, parts: list[Any]) -> Any:
        return ("where", _of(meta), parts[0])

    def needs(self, meta: Any, parts: list[Any]) -> Any:
        condition, *text = parts
        return ("needs", _of(meta), tree.Need(condition, _joined(text)))

    def expect(self, meta: Any, parts: list[Any]) -> Any:
        return ("expect", _of(meta), parts[0])

    def rests(self, meta: Any, parts: list[Any]) -> Any:
        return ("rests on", _of(meta), tuple(parts))

    def impact(self, meta: Any, parts: list[Any]) -> Any:
        return ("impact", _of(meta), parts[0])

    def at(self, meta: Any, parts: list[Any]) -> Any:
        return ("at", _of(meta), tuple(parts))

    def place(self, meta: Any, parts: list[Any]) -> tree.Place:
        return tree.Place(_of(meta), str(parts[0]), str(parts[1]), parts[2] if len(parts) > 2 else None)

    def together(self, meta: Any, parts: list[Any]) -> Any:
        return ("together by", _of(meta), parts[0])

    def observed(self, meta: Any, parts: list[Any]) -> Any:
        return ("observed", _of(meta), self._template(meta, parts))

    def expected(self, meta: Any, parts: list[Any]) -> Any:
        return ("expected", _of(meta), self._template(meta, parts))

    def message(self, meta: Any, parts: list[Any]) -> Any:
        return ("message", _of(meta), self._template(meta, parts))

    def help(self, meta: Any, parts: list[Any]) -> Any:
        return ("help", _of(meta), self._template(meta, parts))

    def example(self, meta: Any, parts: list[Any]) -> Any:
        title = _joined([part for part in parts[1:] if isinstance(part, Token)])
        tables = tuple(part for part in parts[1:] if isinstance(part, tree.ExampleTable))
        return ("example", _of(meta), tree.Example(_of(meta), str(parts[0]), title, tables))

    def example_table(self, _meta: Any, parts: list[Any]) -> tree.ExampleTable:
        if len(parts) > _MOST_ROWS + 2:
            message = f"a table of an example cannot have more than {_MOST_ROWS} rows"
            raise MistakeError(message, "keep those that show the case", parts[_MOST_ROWS + 2].start_pos or 0)
        return tree.ExampleTable(_span(parts[0]), str(parts[0]), tuple(cells_of(row) for row in parts[1:]))

    def _template(self, meta: Any, parts: list[Token]) -> tree.Template:
        """The strings of a section joined; expressions in braces are parsed where they stand."""
        found: list[str | tree.Expr] = []
        for token in parts:
            inside = token[1:-1]
            begins = (token.start_pos or 0) + 1
            at = 0
            for number, match in enumerate(_BRACES.finditer(inside)):
                if match[1] is None:
                    raise _single_brace(match[0], begins + match.start())
                if number == _MOST_VALUES:
                    raise MistakeError(
                        f"a text cannot hold more than {_MOST_VALUES} values", "", begins + match.start()
                    )
                found.append(inside[at : match.start()])
                found.append(_parse(match[1], "expression", self._text, begins + match.start(1)))
                at = match.end()
            found.append(inside[at:])
        return tree.Template(_of(meta), tuple(part for part in found if part != ""))

    # expressions
    def number(self, meta: Any, parts: list[Any]) -> tree.Expr:
        return tree.Number(_of(meta), float(parts[0]))

    def percent(self, meta: Any, parts: list[Any]) -> tree.Expr:
        return tree.Number(_of(meta), float(str(parts[0]).rstrip("% ").strip()) / 100)

    def quantity(self, meta: Any, parts: list[Any]) -> tree.Expr:
        number, _, unit = str(parts[0]).partition(" ")
        return tree.Number(_of(meta), float(number), unit.strip())

    def text(self, meta: Any, parts: list[Any]) -> tree.Expr:
        if len(parts[0]) > _LONGEST:
            raise _too_long(parts[0])
        return tree.Text(_of(meta), str(parts[0])[1:-1])

    def class_id(self, meta: Any, parts: list[Any]) -> tree.Expr:
        return tree.Text(_of(meta), str(parts[0]))

    def word(self, meta: Any, parts: list[Any]) -> tree.Expr:
        return tree.Word(_of(meta), str(parts[0]))

    def attribute(self, meta: Any, parts: list[Any]) -> tree.Expr:
        return tree.Attribute(_of(meta), str(parts[0]), str(parts[1]))

    def call(self, meta: Any, parts: list[Any]) -> tree.Expr:
        return tree.Call(_of(meta), str(parts[0]), tuple(parts[1:]))

    def group(self, _meta: Any, parts: list[Any]) -> tree.Expr:
        return parts[0]  # type: ignore[no-any-return]

    def negate(self, meta: Any, parts: list[Any]) -> tree.Expr:
        return tree.Unary(_of(meta), "-", parts[0])

    def not_(self, meta: Any, parts: list[Any]) -> tree.Expr:
        return tree.Unary(_of(meta), "not", parts[0])

    def binary(self, meta: Any, parts: list[Any]) -> tree.Expr:
        left, operator, right = parts
        return tree.Binary(_of(meta), str(operator), left, right, _span(operator))

    def compare(self, meta: Any, parts: list[Any]) -> tree.Expr:
        left, operator, right, *rest = parts
        within = next((part for part in rest if isinstance(part, tree.Expr)), None)
        digits = any(isinstance(part, Token) for part in rest)
        return tree.Compare(_of(meta), str(operator), left, right, _span(operator), within, digits)

    def within(self, _meta: Any, parts: list[Any]) -> tree.Expr:
        return parts[0]  # type: ignore[no-any-return]

    def between(self, meta: Any, parts: list[Any]) -> tree.Expr:
        return tree.Between(_of(meta), *parts)

    def in_set(self, meta: Any, parts: list[Any]) -> tree.Expr:
        return tree.InSet(_of(meta), parts[0], tuple(parts[1:]), negated=False)

    def not_in_set(self, meta: Any, parts: list[Any]) -> tree.Expr:
        return tree.InSet(_of(meta), parts[0], tuple(parts[1:]), negated=True)

    def is_missing(self, meta: Any, parts: list[Any]) -> tree.Expr:
        return tree.IsMissing(_of(meta), parts[0], negated=False)

    def is_reported(self, meta: Any, parts: list[Any]) -> tree.Expr:
        return tree.IsMissing(_of(meta), parts[0], negated=True)

    def is_key(self, meta: Any, parts: list[Any]) -> tree.Expr:
        code = tree.Word(_span(parts[1]), str(parts[1]))
        there = tree.IsMissing(_of(meta), parts[0], negated=True)
        same = tree.Compare(_of(meta), "=", parts[0], code, _span(parts[1]))
        return tree.Binary(_of(meta), "and", there, same, _span(parts[1]))

    def key(self, meta: Any, parts: list[Any]) -> tree.Key:
        return tree.Key(_of(meta), str(parts[0]), parts[1] if len(parts) > 1 else None)

    def matching(self, _meta: Any, parts: list[Any]) -> Any:
        return tuple(parts)

    def with_(self, _meta: Any, parts: list[Any]) -> Any:
        return parts[0]

    def match(self, _meta: Any, parts: list[Any]) -> tree.Match:
        keys = next((part for part in parts[1:] if isinstance(part, tuple)), ())
        condition = next((part for part in parts[1:] if isinstance(part, tree.Expr)), None)
        years = next((part.split()[-1] for part in parts[1:] if isinstance(part, Token)), None)
        return tree.Match(_span(parts[0]), str(parts[0]), keys, condition, years)

    def one_row(self, _meta: Any, parts: list[Any]) -> tree.Match:
        return parts[0]  # type: ignore[no-any-return]

    def some_row(self, meta: Any, parts: list[Any]) -> tree.Expr:
        return tree.Exists(_of(meta), parts[0], negated=False)

    def no_row(self, meta: Any, parts: list[Any]) -> tree.Expr:
        return tree.Exists(_of(meta), parts[0], negated=True)

    def fails(self, meta: Any, parts: list[Any]) -> tree.Expr:
        return tree.Fails(_of(meta), str(parts[0]), str(parts[1]))

    def aggregate(self, meta: Any, parts: list[Any]) -> tree.Expr:
        return tree.Aggregate(_of(meta), str(parts[0]), parts[1], parts[2])

    def aggregate_rows(self, meta: Any, parts: list[Any]) -> tree.Expr:
        return tree.Aggregate(_of(meta), str(parts[0]), None, parts[1])


def _single_brace(brace: str, at: int) -> MistakeError:
    if brace == "{":
        return MistakeError("a brace is opened and not closed in this text", "close it with }", at)
    return MistakeError("this brace closes nothing", "take it out, or open one before it", at)


def _moved(parsed: Tree[Token], lines: int, columns: int) -> Tree[Token]:
    """The parse tree of one line with its places moved."""
    for node in parsed.iter_subtrees():
        meta = node.meta
        meta.line, meta.end_line = meta.line + lines, meta.end_line + lines
        meta.column, meta.end_column = meta.column + columns, meta.end_column + columns
        for place, child in enumerate(node.children):
            if isinstance(child, Token):
                moved = Token.new_borrow_pos(child.type, str(child), child)
                moved.line, moved.end_line = (child.line or 1) + lines, (child.end_line or 1) + lines
                moved.column, moved.end_column = (child.column or 1) + columns, (child.end_column or 1) + columns
                node.children[place] = moved
    return parsed


def cells_of(row: str) -> tuple[str, ...]:
    """The cells between the strokes; the last stroke may be left out."""
    inside = row.strip()[1:].removesuffix("|")
    return tuple(cell.strip() for cell in inside.split("|"))


def _joined(parts: list[Any]) -> str:
    return "".join(str(part)[1:-1] for part in parts)


def prose_of(lines: str) -> str:
    """Prose without its indentation, and without blanks at the end of lines, where nobody sees them."""
    import textwrap

    trimmed = "\n".join(line.rstrip() for line in lines.split("\n"))
    return textwrap.dedent(trimmed).strip(" \t\r\n")
