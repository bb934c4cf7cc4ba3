"""Every form of the language, parsed: what belongs to what, and where it stands."""

from __future__ import annotations

from typing import Any

import pytest

from invlint.errors import RuleFileError
from invlint.lang import parse_rules, tree

HEAD = "rule TST001 a-test\n  severity error\n"
BLOCK = '  for each r in releases\n  expect r.year > 0\n  message "wrong"\n'


def _rule(text: str) -> tree.Rule:
    return parse_rules(text, "test.rule")[0]


def _block(sections: str) -> tree.Block:
    return _rule(f'{HEAD}  for each r in releases\n{sections}\n  message "wrong"\n').blocks[0]


def _expected(formula: str) -> tree.Expr:
    return _block(f"  expect {formula}").expect[0]


def sketch(part: Any) -> str:  # noqa: C901 - one case a form
    """A formula with all its parentheses."""
    match part:
        case tree.Number(value=value, unit=unit):
            return f"{value:g} {unit}" if unit else f"{value:g}"
        case tree.Text(value=value):
            return f'"{value}"'
        case tree.Word(name=name):
            return name
        case tree.Attribute(row=row, column=column):
            return f"{row}.{column}"
        case tree.Call(function=function, arguments=arguments):
            return f"{function}({', '.join(map(sketch, arguments))})"
        case tree.Unary(operator=operator, operand=operand):
            return f"({operator} {sketch(operand)})"
        case tree.Binary(operator=operator, left=left, right=right):
            return f"({sketch(left)} {operator} {sketch(right)})"
        case tree.Compare():
            within = f" within {sketch(part.within)}" if part.within else ""
            digits = " to digits" if part.to_digits else ""
            return f"({sketch(part.left)} {part.operator} {sketch(part.right)}{within}{digits})"
        case tree.Between(value=value, low=low, high=high):
            return f"({sketch(low)} .. {sketch(value)} .. {sketch(high)})"
        case tree.InSet(value=value, items=items, negated=negated):
            return f"({sketch(value)} {'not in' if negated else 'in'} {{{', '.join(map(sketch, items))}}})"
        case tree.IsMissing(value=value, negated=negated):
            return f"({sketch(value)} is {'reported' if negated else 'missing'})"
        case tree.Exists(match=match, negated=negated):
            return f"{'no' if negated else 'some'}[{sketch(match)}]"
        case tree.Aggregate(what=what, value=value, match=match):
            return f"{what}[{sketch(value) if value else 'rows'} | {sketch(match)}]"
        case tree.Fails(row=row, rule=rule):
            return f"({row} fails {rule})"
        case tree.Match(table=table, keys=keys, condition=condition):
            by = [key.column if key.value is None else f"{key.column} = {sketch(key.value)}" for key in keys]
            return f"{table} by {by}" + (f" with {sketch(condition)}" if condition else "")
    raise AssertionError(part)


@pytest.mark.parametrize(
    ("formula", "meant"),
    [
        ("1 + 2 * 3", "(1 + (2 * 3))"),
        ("1 - 2 - 3", "((1 - 2) - 3)"),
        ("8 / 4 / 2", "((8 / 4) / 2)"),
        ("2 * 10 ^ 3", "(2 * (10 ^ 3))"),
        ("-2 ^ 3", "((- 2) ^ 3)"),
        ("2 ^ -3", "(2 ^ (- 3))"),
        ("(1 + 2) * 3", "((1 + 2) * 3)"),
        ("--1", "(- (- 1))"),
        ("5 %", "0.05"),
        ("12.5%", "0.125"),
        ("1.5e-3", "0.0015"),
        ("5 ug TEQ/t", "5 ug TEQ/t"),
        ("5  g TEQ/a", "5 g TEQ/a"),
        ("3 t/a * 5 ug TEQ/t", "(3 t/a * 5 ug TEQ/t)"),
        ("5 / r.year", "(5 / r.year)"),
        ("5 t / r.year", "(5 t / r.year)"),
        ("5 t / a.year", "(5 t / a.year)"),
        ('"some text # no comment"', '"some text # no comment"'),
        ("1c.2", '"1c.2"'),
        ("2c.steel.1", '"2c.steel.1"'),
        ("national", "national"),
        ("r.key", "r.key"),
        ("min(r.factor, 2)", "min(r.factor, 2)"),
    ],
)
def test_a_value_is_grouped_as_in_arithmetic(formula: str, meant: str) -> None:
    assert f"({meant} = x)" == sketch(_expected(f"{formula} = x"))


@pytest.mark.parametrize(
    ("formula", "meant"),
    [
        ("a or b and c", "(a or (b and c))"),
        ("a and b or c and d", "((a and b) or (c and d))"),
        ("(a or b) and c", "((a or b) and c)"),
        ("not a and b", "((not a) and b)"),
        ("not (a and b)", "(not (a and b))"),
        ("a = 1 and b != 2", "((a = 1) and (b != 2))"),
        ("a < 1 + 2", "(a < (1 + 2))"),
        ("a <= 1", "(a <= 1)"),
        ("a > 1", "(a > 1)"),
        ("a >= 1", "(a >= 1)"),
        ("a = b within 5 %", "(a = b within 0.05)"),
        ("a = b to reported digits", "(a = b to digits)"),
        ("a = b within 5 % to  reported\n digits", "(a = b within 0.05 to digits)"),
        ("a between 1 and 2 and b", "((1 .. a .. 2) and b)"),
        ("a in {1, 2 + 3, x}", "(a in {1, (2 + 3), x})"),
        ("a not in {x}", "(a not in {x})"),
        ("a is missing", "(a is missing)"),
        ("a is reported", "(a is reported)"),
        ("r.key is key NE", "((r.key is reported) and (r.key = NE))"),
        ("some row in entries", "some[entries by []]"),
        ("no row in entries matching class, year = 5", "no[entries by ['class', 'year = 5']]"),
        ("some row in entries with a and b", "some[entries by [] with (a and b)]"),
        ("some row in entries matching class with a = 1", "some[entries by ['class'] with (a = 1)]"),
        ("(some row in entries with a) and b", "(some[entries by [] with a] and b)"),
        ("sum of factor * 2 in releases > 1", "(sum[(factor * 2) | releases by []] > 1)"),
        ("count of rows in entries matching class = 2", "(count[rows | entries by ['class = 2']])"),
        ("list of class in entries = x", "(list[class | entries by []] = x)"),
        ("r fails other-rule", "(r fails other-rule)"),
        ("not r fails other-rule", "(not (r fails other-rule))"),
        ("sum = 1", "(sum = 1)"),
        ("count > list", "(count > list)"),
    ],
)
def test_a_condition_is_grouped_as_it_reads(formula: str, meant: str) -> None:
    assert meant in (sketch(_expected(formula)), f"({sketch(_expected(formula))})")


@pytest.mark.parametrize(
    ("formula", "column", "width"),
    [
        ("a + (b) * c > d", 12 + 0, 1),
        ("(a - b) - c > d", 18, 1),
        ("a and b", 12, 3),
    ],
)
def test_an_operator_knows_its_place(formula: str, column: int, width: int) -> None:
    found = _expected(formula)
    binary = found.left if isinstance(found, tree.Compare) else found
    assert isinstance(binary, tree.Binary)
    assert tree.Span(4, column, width) == binary.at


def test_an_operator_knows_its_place_where_its_left_side_takes_two_lines() -> None:
    found = _expected("(a - # a comment - with a minus\n  b) - c > d")
    assert isinstance(found, tree.Compare)
    assert isinstance(found.left, tree.Binary)
    assert tree.Span(5, 6, 1) == found.left.at


def test_a_rule_has_its_header_prose_and_basis() -> None:
    rule = _rule(
        "rule TST001 a-test\n\n  The first line,\n    indented.\n\n  # no comment inside prose\n\n  severity warning\n"
        '  basis "UNEP, " "ch. 3"\n' + BLOCK
    )
    expected = (
        "TST001",
        "a-test",
        "The first line,\n  indented.\n\n# no comment inside prose",
        "warning",
        "UNEP, ch. 3",
    )
    assert expected == (rule.code, rule.name, rule.prose, rule.severity, rule.basis)


def test_a_rule_may_do_without_prose() -> None:
    assert _rule(HEAD + BLOCK).prose == ""


def test_a_severity_has_tiers() -> None:
    rule = _rule("rule TST001 a-test\n  severity info, warning when a > 1, error when a > 2\n" + BLOCK)
    assert [(t.severity, sketch(t.condition)) for t in rule.tiers] == [("warning", "(a > 1)"), ("error", "(a > 2)")]


def test_a_parameter_has_a_value_and_a_source() -> None:
    rule = _rule(HEAD + '  parameter fold = 10\n  parameter share = 5 % "a, " "b"\n' + BLOCK)
    assert [(parameter.name, sketch(parameter.value), parameter.source) for parameter in rule.parameters] == [
        ("fold", "10", ""),
        ("share", "0.05", "a, b"),
    ]


def test_a_rule_yields_to_others() -> None:
    rule = _rule(HEAD + "  yields to one-rule, other\n" + BLOCK)
    assert [name for name, _ in rule.yields] == ["one-rule", "other"]


def test_a_block_has_a_row_a_table_and_a_series() -> None:
    block = _rule(HEAD + '  for each r in releases by party, class over year\n  expect a\n  message "x"\n').blocks[0]
    assert block.over is not None
    assert (
        block.row,
        block.table,
        [name for name, _ in block.by],
        block.over[0],
    ) == ("r", "releases", ["party", "class"], "year")


def test_each_section_of_a_block_is_kept() -> None:
    block = _block(
        """  let a = r.year + 1
  let d = one row in defaults matching class
  where a
  where b
  expect c
  expect d
  rests on d.evidence, d.note
  impact r.release
  at r.factor, r.release when a
  together by party, class
  observed "{r.factor}"
  expected "e" """
    )
    assert [sketch(let.value) for let in block.lets] == ["(r.year + 1)", "defaults by ['class']"]
    assert ([sketch(x) for x in block.where], [sketch(x) for x in block.expect]) == (["a", "b"], ["c", "d"])
    assert [sketch(expr) for expr in block.rests] == ["d.evidence", "d.note"]
    assert block.impact is not None
    assert sketch(block.impact) == "r.release"
    assert [(place.row, place.column, place.condition is not None) for place in block.at] == [
        ("r", "factor", False),
        ("r", "release", True),
    ]
    assert block.together is not None
    assert [name for name, _ in block.together] == ["party", "class"]
    assert block.observed is not None
    assert block.expected is not None
    assert ("{" + sketch(block.observed.parts[0]) + "}", block.expected.parts) == ("{r.factor}", ("e",))


def test_a_rule_has_several_blocks_each_with_its_own_sections() -> None:
    second = '  for each e in entries\n  where e.share > 1\n  expect a\n  message "y"\n'
    blocks = _rule(HEAD + BLOCK + second).blocks
    assert [(block.table, len(block.where), block.message.parts) for block in blocks if block.message] == [
        ("releases", 0, ("wrong",)),
        ("entries", 1, ("y",)),
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('"plain"', ["plain"]),
        ('"one, " "two"', ["one, ", "two"]),
        ('"a {r.factor} b"', ["a ", "r.factor", " b"]),
        ('"{r.factor}{a + 1}"', ["r.factor", "(a + 1)"]),
        ('"# {a}"', ["# ", "a"]),
        ('""', []),
    ],
)
def test_a_message_is_text_with_formulas_in_braces(text: str, parts: list[str]) -> None:
    message = _rule(f"{HEAD}  for each r in releases\n  expect a\n  message {text}\n").blocks[0].message
    assert message is not None
    assert parts == [part if isinstance(part, str) else sketch(part) for part in message.parts]


def test_a_formula_in_a_message_knows_its_place() -> None:
    block = _rule(f'{HEAD}  for each r in releases\n  expect a\n  message "x"\n    "in {{r.year + b}}"\n').blocks[0]
    assert block.message is not None
    sum_of_two = block.message.parts[2]
    assert isinstance(sum_of_two, tree.Binary)
    places = [tree.Span(6, 10, 10), tree.Span(6, 10, 6), tree.Span(6, 17, 1), tree.Span(6, 19, 1)]
    assert places == [sum_of_two.span, sum_of_two.left.span, sum_of_two.at, sum_of_two.right.span]


def test_an_example_has_an_outcome_a_title_and_tables() -> None:
    rule = _rule(
        HEAD
        + BLOCK
        + """  example passes "empty cells"
    releases:
    | class | key | site |
    | 1c.2  |     ||
    totals:
    || 5
  example fails
    releases:
    | 1c.3 | | |
"""
    )
    first, second = rule.examples
    assert (first.outcome, first.title, second.outcome, second.title) == ("passes", "empty cells", "fails", "")
    assert [(table.table, table.rows) for table in first.tables] == [
        ("releases", (("class", "key", "site"), ("1c.2", "", ""))),
        ("totals", (("", "5"),)),
    ]
    assert second.tables[0].rows == (("1c.3", "", ""),)


def test_a_file_holds_rules_and_comments() -> None:
    text = "# first\n" + HEAD + BLOCK + "# between\n" + HEAD.replace("a-test", "b-test") + BLOCK + "# last"
    assert [rule.name for rule in parse_rules(text, "test.rule")] == ["a-test", "b-test"]


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "\ufeff"])
def test_a_file_may_be_empty(text: str) -> None:
    assert parse_rules(text, "test.rule") == ()


@pytest.mark.parametrize("end", ["\r\n", "\n\n", "  \n"])
def test_line_ends_and_blank_lines_change_nothing(end: str) -> None:
    text = (HEAD + BLOCK).replace("\n", end)
    block = parse_rules(text, "test.rule")[0].blocks[0]
    assert (block.table, sketch(block.expect[0])) == ("releases", "(r.year > 0)")


def test_a_byte_order_mark_at_the_beginning_is_no_character() -> None:
    assert _rule("\ufeff" + HEAD + BLOCK).name == "a-test"


@pytest.mark.parametrize("end", ["a", "a # with a comment"])
def test_a_file_may_end_without_a_line_end(end: str) -> None:
    text = f'{HEAD}  for each r in releases\n  expect {end}\n  message "x"'
    assert sketch(parse_rules(text, "test.rule")[0].blocks[0].expect[0]) == "a"


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("(" * 10_000 + "a" + ")" * 10_000, "this formula is nested too deep, or too long"),
        ("(" * 10_000, "a value is missing after “(”"),
        (" + ".join(["a"] * 10_000) + " > 0", "this formula is nested too deep, or too long"),
        ("not " * 10_000 + "a", "this formula is nested too deep, or too long"),
        ("-" * 10_000 + "a > 0", "this formula is nested too deep, or too long"),
    ],
    ids=["parentheses", "open parentheses", "sum", "not", "minus"],
)
def test_a_formula_nested_beyond_sense_is_refused(formula: str, message: str) -> None:
    with pytest.raises(RuleFileError) as met:
        _expected(formula)
    assert [(message, 4)] == [(fault.message, fault.line) for fault in met.value.faults]


def test_a_formula_in_a_message_nested_beyond_sense_is_refused_where_it_stands() -> None:
    text = f'{HEAD}  for each r in releases\n  expect a\n  message "x {{{"(" * 300}a{")" * 300}}}"\n'
    with pytest.raises(RuleFileError) as met:
        parse_rules(text, "test.rule")
    fault = met.value.faults[0]
    assert (fault.message, fault.line) == ("this formula is nested too deep, or too long", 5)
    assert fault.column > len('  message "x {')


def test_a_formula_of_forty_conditions_and_fifty_parentheses_is_read() -> None:
    assert sketch(_expected("(" * 45 + "a" + ")" * 45)) == "a"
    assert sketch(_expected(" and ".join(["a"] * 40))).count("and") == 39


def test_a_file_of_two_megabytes_is_refused() -> None:
    with pytest.raises(RuleFileError, match="cannot be larger than 1 MB"):
        parse_rules("# " + "x" * 2_000_000, "test.rule")


@pytest.mark.parametrize(
    "text",
    [
        HEAD.replace("\n", "\n" * 300_000, 1) + BLOCK,
        HEAD + BLOCK.replace('"wrong"', '"' + "{r.year}" * 100 + '"'),
        HEAD + "  for each r in releases\n  expect " + "r.year in {" + "1, " * 10_000 + '1}\n  message "x"\n',
    ],
    ids=["blank lines", "many formulas in a message", "a long list"],
)
def test_a_large_file_is_read_in_good_time(text: str) -> None:
    assert _rule(text).name == "a-test"


_EXPECT = "  for each r in releases\n  expect "
_MESSAGE = '\n  message "x"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ((HEAD + BLOCK) * 100_000, "a rule file cannot be larger than 1 MB"),
        ((HEAD + BLOCK) * 3000, "a rule file cannot hold more than 30,000 words and signs"),
        (HEAD + BLOCK + "  example passes\n    releases:\n" + "    | a |\n" * 50_000, "words and signs"),
        (HEAD + _EXPECT + "r.year in {" + "1, " * 100_000 + "1}" + _MESSAGE, "words and signs"),
        (HEAD + _EXPECT + "not " * 100_000 + "r.filled" + _MESSAGE, "words and signs"),
        (HEAD + _EXPECT + "(" * 400_000 + _MESSAGE, "words and signs"),
        (HEAD + _EXPECT + "a" + '\n  message "{' + "(" * 400_000 + '}"\n', "words and signs"),
        (HEAD + _EXPECT + "+".join("1" * 400_000) + " > 0" + _MESSAGE, "words and signs"),
        (HEAD + BLOCK + "  expect r.year > 0\n" * 301, "a rule cannot have more than 300 sections"),
        (HEAD + BLOCK.replace('"wrong"', '"' + "{r.year}" * 101 + '"'), "a text cannot hold more than 100 values"),
        (HEAD + _EXPECT + 'r.class = "' + "a" * 900_000 + _MESSAGE.replace('"', ""), "opened and not closed"),
        (HEAD + _EXPECT + "r.class = " + '"a\n' * 200_000, "opened and not closed"),
        (HEAD + _EXPECT + "r." + "a" * 900_000 + " > 0" + _MESSAGE, "cannot be longer than 200 characters"),
        (HEAD + _EXPECT + "r.factor > 5 " + "g" * 900_000 + _MESSAGE, "cannot be longer than 200 characters"),
        (HEAD + _EXPECT + "r.factor > 5 g" + "/t" * 400_000 + _MESSAGE, "cannot be longer than 200 characters"),
        (HEAD + _EXPECT + "r.year > " + "9" * 900_000 + _MESSAGE, "cannot be longer than 200 characters"),
        (HEAD + _EXPECT + f'r.class = "{"a" * 900_000}"' + _MESSAGE, "cannot be longer than 200 characters"),
        (HEAD + BLOCK + "  example fails\n    releases:\n" + "    | 1 |\n" * 10_000, "more than 200 rows"),
        ("|\n" * 400_000, "cannot stand here"),
        ("\0" * 900_000, "an invisible character"),
    ],
    ids=lambda value: f"{len(value)} characters" if len(value) > 100 else "",
)
def test_what_no_person_writes_is_refused_by_its_size(text: str, message: str) -> None:
    """Before it takes long; and what is shown of it can be read."""
    with pytest.raises(RuleFileError, match=message) as met:
        parse_rules(text, "test.rule")
    assert len(str(met.value)) < 1500


def test_a_million_spaces_are_no_reason_to_wait() -> None:
    assert _rule(HEAD + BLOCK.replace("expect ", "expect" + " " * 900_000)).name == "a-test"
    assert parse_rules(" " * 1_000_000, "test.rule") == ()


def test_blanks_behind_the_header_leave_the_prose_in_peace() -> None:
    rules = parse_rules(f"rule USR101 own-rule  \t\n\n  Why it matters.\n\n  severity error\n{BLOCK}", "test.rule")
    assert rules[0].prose == "Why it matters."
