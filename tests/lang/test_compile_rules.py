"""What rules compile to: one plan that says all an evaluator needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from invlint.errors import RuleFileError
from invlint.lang import compile as compile_module
from invlint.lang import compile_rules

if TYPE_CHECKING:
    from invlint.lang import tree
    from invlint.model.plan import Plan, RulePlan
    from invlint.reference import Reference

HEAD = "rule TST001 a-test\n  severity error\n"
BLOCK = '  for each r in releases\n  expect r.year > 0\n  message "wrong"\n'


def _plan(text: str, reference: Reference) -> Plan:
    return compile_rules([("test", "test.rule", text)], reference)


def _rule(text: str, reference: Reference) -> RulePlan:
    return _plan(text, reference).rules[0]


def test_a_rule_keeps_what_the_report_says_of_it(reference: Reference) -> None:
    rule = _rule(HEAD + '  basis "UNEP"\n' + BLOCK, reference)
    assert (
        rule.code,
        rule.name,
        rule.severity,
        rule.basis,
        rule.pack,
        rule.yields,
    ) == ("TST001", "a-test", "error", "UNEP", "test", ())


def test_a_rule_says_which_tables_it_reads(reference: Reference) -> None:
    text = BLOCK.replace("r.year > 0", "some row in entries and count of class in classes > 0")
    assert _rule(HEAD + text, reference).tables == ("classes", "entries", "releases")


def test_equal_formulas_of_two_rules_are_computed_once(reference: Reference) -> None:
    once = _plan(HEAD + BLOCK, reference)
    twice = _plan(HEAD + BLOCK + HEAD.replace("TST001 a", "TST002 b") + BLOCK, reference)
    assert len(once.nodes) == len(twice.nodes)


def test_each_node_stands_after_those_it_needs(reference: Reference) -> None:
    text = BLOCK.replace("r.year > 0", "r.release = r.activity * r.factor within 5 %")
    nodes = _plan(HEAD + text, reference).nodes
    needed = {number: [part for part in node[2:] if isinstance(part, int)] for number, node in enumerate(nodes)}
    operations = {number: parts for number, parts in needed.items() if nodes[number][0] == "op"}
    assert len(operations) > 2
    assert all(part < number for number, parts in operations.items() for part in parts)


def test_zero_as_a_number_and_zero_as_a_dimension_are_two_nodes(reference: Reference) -> None:
    text = BLOCK.replace("r.year > 0", "r.year > 0 and convertible(r.factor, 1)")
    zeros = [node[2] for node in _plan(HEAD + text, reference).nodes if node[0] == "literal" and node[2] == 0]
    assert {(float, 0.0), (int, 0)} == {(type(zero), zero) for zero in zeros}


def test_each_section_reaches_the_plan(reference: Reference) -> None:
    rule = _rule(
        """rule TST001 a-test
  severity info, error when r.release > limit
  parameter limit = 5 g TEQ/a
  for each r in releases
  let default = one row in defaults matching edition, class, chemical, vector, residue_kind
  where r.factor is reported
  expect r.factor = default.factor
  rests on default.evidence
  impact r.activity * default.factor - r.release
  at r.factor, r.release when r.release > 0
  together by party, class
  observed "{r.factor}"
  expected "{default.factor}"
  message "wrong"
  help "mend it"
""",
        reference,
    )
    block = rule.blocks[0]
    assert (rule.severity, [severity for severity, _ in block.tiers]) == ("info", ["error"])
    assert (len(block.where), len(block.expect), len(block.evidence)) == (1, 1, 1)
    assert [(name, node is not None) for name, node in block.at] == [("factor", False), ("release", True)]
    assert (block.together, block.message, block.help) == (("party", "class"), ("wrong",), ("mend it",))
    assert block.impact is not None
    assert block.observed is not None
    assert block.expected is not None


def test_what_a_rule_does_not_say_is_absent(reference: Reference) -> None:
    block = _rule(HEAD + BLOCK, reference).blocks[0]
    assert (
        block.where,
        block.help,
        block.at,
        block.observed,
        block.expected,
        block.impact,
        block.together,
    ) == ((), (), (), None, None, None, None)


def test_the_help_of_one_part_helps_the_others(reference: Reference) -> None:
    rule = _rule(HEAD + BLOCK + '  help "mend it"\n' + BLOCK, reference)
    assert [block.help for block in rule.blocks] == [("mend it",), ("mend it",)]


def test_a_rule_leaves_rows_to_the_rules_that_speak_first(reference: Reference) -> None:
    first = HEAD.replace("TST001 a-test", "TST002 first-test") + BLOCK
    plan = _plan(HEAD + "  yields to first-test\n" + BLOCK + first, reference)
    rule = plan.rules[0]
    condition = plan.nodes[rule.blocks[0].where[0]]
    assert (
        rule.yields,
        condition[:2],
        plan.nodes[condition[2]][2],
    ) == (("first-test",), ("op", "not"), "first-test")


def test_only_the_parts_on_the_same_table_wait(reference: Reference) -> None:
    first = HEAD.replace("TST001 a-test", "TST002 first-test") + BLOCK
    entries = '  for each e in entries\n  expect e.year > 0\n  message "wrong"\n'
    rule = _rule(HEAD + "  yields to first-test\n" + BLOCK + entries + first, reference)
    assert [len(block.where) for block in rule.blocks] == [1, 0]


def test_a_file_level_row_can_be_pointed_at_by_any_column(reference: Reference) -> None:
    text = '  for each f in files\n  expect f.problem is missing\n  at f.problem\n  message "wrong"\n'
    assert _rule(HEAD + text, reference).blocks[0].at == (("problem", None),)


def test_a_parameter_used_in_one_part_alone_is_used(reference: Reference) -> None:
    text = HEAD + "  parameter limit = 3\n" + BLOCK + BLOCK.replace("> 0", "> limit")
    assert len(_rule(text, reference).blocks) == 2


def test_a_parameter_has_its_value_inside_with(reference: Reference) -> None:
    text = HEAD + "  parameter limit = 3\n" + BLOCK.replace("r.year > 0", "some row in entries with year > limit")
    assert ("literal", 3.0) in [(node[0], node[2]) for node in _plan(text, reference).nodes if len(node) == 3]


def test_a_quantity_is_shown_by_its_number_and_unit_as_written(reference: Reference) -> None:
    text = BLOCK.replace('"wrong"', '"{r.factor}{r.factor * 2}{5 g TEQ/a}{r.class}{r.year}"')
    reported, computed, fixed, code, year = _rule(HEAD + text, reference).blocks[0].message
    assert [(part.kind, part.number is not None, part.unit is not None) for part in (reported, computed, fixed)] == [
        ("quantity", True, True),
        ("quantity", False, False),
        ("quantity", False, False),
    ]
    assert [(part.dim is not None, part.fixed_dim is not None) for part in (reported, computed, fixed)] == [
        (True, False),
        (True, False),
        (False, True),
    ]
    assert (code.kind, year.kind) == ("class", "number")


def test_every_wrong_file_and_rule_is_named_at_once(reference: Reference) -> None:
    wrong = HEAD + BLOCK.replace("r.year", "r.yeer")
    other = wrong.replace("TST001 a-test", "TST002 b-test")
    with pytest.raises(RuleFileError) as met:
        compile_rules([("test", "one.rule", wrong), ("test", "two.rule", other)], reference)
    assert [(fault.path, fault.line) for fault in met.value.faults] == [("one.rule", 4), ("two.rule", 4)]


def test_files_that_cannot_be_parsed_are_named_before_any_meaning(reference: Reference) -> None:
    sources = [("test", "one.rule", "rool"), ("test", "two.rule", HEAD + BLOCK.replace("r.year", "r.yeer"))]
    with pytest.raises(RuleFileError) as met:
        compile_rules([*sources, ("test", "three.rule", HEAD)], reference)
    assert [fault.path for fault in met.value.faults] == ["one.rule", "three.rule"]


def test_a_rule_may_have_one_name_and_code_in_one_file_alone(reference: Reference) -> None:
    with pytest.raises(RuleFileError) as met:
        compile_rules([("test", "one.rule", HEAD + BLOCK), ("test", "two.rule", HEAD + BLOCK)], reference)
    assert [(fault.path, fault.message) for fault in met.value.faults] == [
        ("two.rule", "“a-test” stands for another rule already, in one.rule"),
        ("two.rule", "“TST001” stands for another rule already, in one.rule"),
    ]


def test_rules_wait_for_each_other_along_a_chain(reference: Reference) -> None:
    rules = [
        f"rule TST00{number} test-{number}\n  severity error\n"
        + (f"  yields to test-{number + 1}\n" if number < 3 else "")
        + BLOCK
        for number in (1, 2, 3)
    ]
    assert [rule.name for rule in _plan("\n".join(rules), reference).rules] == ["test-1", "test-2", "test-3"]


def test_the_error_shows_the_source_line_and_a_mark_under_the_place(reference: Reference) -> None:
    with pytest.raises(RuleFileError) as met:
        _plan(HEAD + BLOCK.replace("r.year", "r.yeer"), reference)
    assert str(met.value) == (
        "test.rule:4:12: “yeer” is no column of releases\n"
        "  4 |   expect r.yeer > 0\n"
        "    |            ^^^^\n"
        "    = did you mean “year”?"
    )


def test_what_a_rule_waits_for_is_looked_up_once_however_many_wait(
    reference: Reference, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    mentioned = compile_module._mentioned

    def counted(rule: tree.Rule) -> set[str]:
        asked.append(rule.name)
        return mentioned(rule)

    monkeypatch.setattr(compile_module, "_mentioned", counted)
    chain = [
        f"rule TST{n:03} a-{n}\n  severity error\n  yields to a-{n + 1}\n{BLOCK}" if n < 50
        else f"rule TST{n:03} a-{n}\n  severity error\n{BLOCK}"
        for n in range(51)
    ]  # fmt: skip
    assert len(_plan("".join(chain), reference).rules) == 51
    assert len(asked) == 51
