"""Rule files as people could write them: every form of the grammar, needless parentheses, odd blanks, comments."""

from __future__ import annotations

from itertools import cycle

from hypothesis import strategies as st

NOTE = "# note"
Words = list[str]
Strategy = st.SearchStrategy

names = st.sampled_from(["r", "factor", "year", "rows", "one", "a", "t", "count", "toolkit"]).map(lambda name: [name])
strings = st.sampled_from(['"some text"', '"a # b and c"', '"{r.factor} of {(a + b)}"', '""'])
texts = st.lists(strings, min_size=1, max_size=3)
rule_names = st.sampled_from(["a-test", "other", "third-rule-2"])
severities = st.sampled_from(["blocker", "error", "warning", "info"])
literals = st.sampled_from(
    ["5", "0.50", "1e-3", "5 %", "12.5%", "5 t", "3 ug TEQ/t", "7  g TEQ/a", '"some text"', "1c.2", "2c.steel.1"]
).map(lambda literal: [literal])


def _words(*parts: str | Strategy[Words]) -> Strategy[Words]:
    """Words and strategies for words, one after the other."""
    return st.tuples(*(st.just([part]) if isinstance(part, str) else part for part in parts)).map(
        lambda found: [word for part in found for word in part]
    )


def _maybe(*parts: str | Strategy[Words]) -> Strategy[Words]:
    return st.just([]) | _words(*parts)


def _with_commas(part: Strategy[Words]) -> Strategy[Words]:
    return st.lists(part, min_size=1, max_size=3).map(lambda found: [w for part in found for w in (",", *part)][1:])


def _enclosed(words: Words) -> Words:
    return ["(", *words, ")"]


def _operand(part: Strategy[Words]) -> Strategy[Words]:
    """A part that is safe on any side of any operator."""
    return part.map(lambda words: words if len(words) == 1 else _enclosed(words))


def _chain(part: Strategy[Words], operators: list[str]) -> Strategy[Words]:
    more = st.lists(_words(st.sampled_from(operators).map(lambda sign: [sign]), part), min_size=1, max_size=3)
    return st.builds(lambda first, rest: [*first, *(word for words in rest for word in words)], part, more)


def _match(part: Strategy[Words]) -> Strategy[Words]:
    keys = _with_commas(_words(names, _maybe("=", part)))
    table = names | st.just(["last_submission.releases"])
    years = st.sampled_from(["in years before", "in  years after"]).map(lambda words: [words])
    return _words(table, st.just([]) | years, _maybe("matching", keys), _maybe("with", part))


def _look_up(smaller: Strategy[Words]) -> Strategy[Words]:
    match = _match(_operand(smaller))
    some = st.sampled_from(["some", "no"]).map(lambda word: [word])
    aggregate = st.sampled_from(["sum of", "list of", "firmest of", "mad of"]).map(lambda words: [words])
    return st.one_of(
        _words(some, "row", "in", match),
        _words(aggregate, "rows", "in", match),
        _words(aggregate, smaller.map(_enclosed), "in", match),
    )


def _larger(smaller: Strategy[Words]) -> Strategy[Words]:
    """Every form that holds others; look-ups stand at every place, since they take in what follows them."""
    part = _operand(smaller | _look_up(smaller))
    comparison = st.sampled_from(["=", "!=", "<=", ">=", "<", ">"]).map(lambda sign: [sign])
    items = _with_commas(part)
    return st.one_of(
        part.map(_enclosed),
        _words(names, ".", names),
        _words(names, "(", items, ")"),
        _words("-", part),
        _words("not", part),
        _chain(part, ["+", "-", "*", "/"]),
        _chain(part, ["and", "or"]),
        _words(part, "^", part),
        _words(part, comparison, part, _maybe("within", part), _maybe("to  reported\n digits")),
        _words(part, "between", part, "and", part),
        _words(part, "in", "{", items, "}"),
        _words(part, "not", "in", "{", items, "}"),
        _words(part, "is", "missing"),
        _words(part, "is", "reported"),
        _words(part, "is", "key", names),
        _words(names, "fails", rule_names.map(lambda name: [name])),
        _look_up(smaller),
    )


expressions = st.recursive(literals | names, _larger, max_leaves=8)
operands = _operand(expressions)
name_lists = _with_commas(names)

_rows = st.lists(st.sampled_from(["", "1c.2", "5 ug TEQ/t # of 2013", "a b"]), min_size=1, max_size=3).map(
    lambda cells: [f"|{'|  '.join(cells)}|\n"]
) | st.just(["|a|b\n"])
_tables = _words(names, ":", st.lists(_rows, min_size=1, max_size=3).map(lambda rows: [row for (row,) in rows]))
_examples = _words(
    "example", st.sampled_from([["passes"], ["fails"]]), _maybe(strings.map(lambda string: [string])), _tables
)
_blocks = _words(
    *("for", "each", names, "in", names, _maybe("by", name_lists), _maybe("over", names)),
    _maybe("let", names, "=", expressions.map(_enclosed)),
    _maybe("let", names, "=", "one", "row", "in", _match(operands)),
    _maybe("where", expressions),
    _maybe("needs", expressions, "because", texts),
    *("expect", expressions),
    _maybe("rests", "on", _with_commas(operands)),
    _maybe("impact", expressions),
    _maybe("at", _with_commas(_words(names, ".", names, _maybe("when", operands)))),
    _maybe("together", "by", name_lists),
    _maybe("observed", texts),
    _maybe("expected", texts),
    *("message", texts),
    _maybe("help", texts),
)
_heads = _words(
    *("severity", severities.map(lambda word: [word])),
    _maybe(",", severities.map(lambda word: [word]), "when", operands),
    _maybe(",", "info", "when", operands),
    _maybe("basis", texts),
    _maybe("parameter", names, "=", literals, st.just([]) | texts),
    _maybe("yields", "to", _with_commas(rule_names.map(lambda name: [name]))),
)
_prose = st.sampled_from(["\n\n", "\n\n  Why.\n\n", "\n Why # this  \n\n   - and that\n\n"])
_headers = st.builds("rule TST001 {}{}".format, rule_names, _prose).map(lambda header: [header])
_sections = _words(_headers, _heads, _blocks, _maybe(_blocks), _maybe(_examples), _maybe(_examples))
_blanks = st.sampled_from([" ", "  ", "\n", "\n\n    ", f" {NOTE}\n", f"\n{NOTE}\n", f"\n  {NOTE} \n\n  {NOTE}\n "])


def _spaced(words: Words, blanks: list[str]) -> str:
    """The words with the blanks between them, except where prose ends."""
    return "".join(word if word.startswith("rule ") else word + blank for word, blank in zip(words, cycle(blanks)))


rule_texts = st.builds(
    lambda before, rules, blanks: before + "".join(_spaced(words, blanks) + "\n" for words in rules),
    st.sampled_from(["", "\ufeff", f"{NOTE}\n\n"]),
    st.lists(_sections, min_size=1, max_size=2),
    st.lists(_blanks, min_size=1, max_size=7),
)
"""Files of rules that parse."""
