"""The layout of a rule file: lines, indentation, tables, comments."""

from __future__ import annotations

import pytest

from invlint.errors import RuleFileError
from invlint.lang import format_rules

WRITTEN = """
rule   TST001
   a-test
 Why it matters:

   - a list

 severity error, warning when r.year>2000,
   info when (r.year > 2010 and r.year < 2020)
 basis "UNEP, " "ch. 3"
 parameter fold=10
 parameter share =5 % "a source, "
    "of two lines"
 yields to one-rule,other
 for each r in releases by party,class over year
 let default = one row in defaults matching class
 let x = 2*r.factor
 where x>0
 needs x>5 because "fewer say "
  "nothing"
 expect x > 1
 expect x < 9
 rests on default.evidence,( x )
 impact x-1
 at r.factor,r.activity when x>2 , r.vector
 together by party , class
 observed "{x}"
 expected "at least  {fold}"
 message "wrong, " "twice"
 help "mend it"
 for each i in inventories
 expect i.year > 1990
 message "wrong"
 example passes releases: | class | factor |
 |1c.2|3000 ug TEQ/t
 | 1c.1 ||
 example fails "a   title"
  releases:
    | 1c.2 | 30 ug TEQ/t |
  entries:
  | key |
  |
rule TST002 other severity info for each r in releases expect a message "b"



"""
FORMATTED = """rule TST001 a-test

  Why it matters:

    - a list

  severity error, warning when r.year > 2000, info when r.year > 2010 and r.year < 2020
  basis "UNEP, "
      "ch. 3"
  parameter fold = 10
  parameter share = 5 % "a source, "
      "of two lines"
  yields to one-rule, other

  for each r in releases by party, class over year
  let default = one row in defaults matching class
  let x = 2 * r.factor
  where x > 0
  needs x > 5 because "fewer say "
      "nothing"
  expect x > 1
  expect x < 9
  rests on default.evidence, x
  impact x - 1
  at r.factor, r.activity when x > 2, r.vector
  together by party, class
  observed "{x}"
  expected "at least  {fold}"
  message "wrong, "
      "twice"
  help "mend it"

  for each i in inventories
  expect i.year > 1990
  message "wrong"

  example passes
    releases:
    | class | factor        |
    | 1c.2  | 3000 ug TEQ/t |
    | 1c.1  |               |
  example fails "a   title"
    releases:
    | 1c.2 | 30 ug TEQ/t |
    entries:
    | key |
    |     |

rule TST002 other

  severity info

  for each r in releases
  expect a
  message "b"
"""
COMMENTED = """# of the whole file

rule TST001 a-test # of the header

  severity error, # of the severity
    # within the severity
    warning when a
  # before the block
  for each r in releases
  where a # one
    and b # two
  # before the condition
  expect c = # no longer on this line
    # within the condition
    d
  message "a # that is none"

  # before the examples
  example passes # of the example
    # before the table
    releases: # of the table
    | class | # is a cell |
    # before a row
    | 1c.2 | |
# before the other rule
rule TST002 other
  # is prose
  severity info
  for each r in releases
  expect a
  message "b"
    # at the end
"""
WITH_COMMENTS = """# of the whole file
rule TST001 a-test  # of the header

  severity error, warning when a  # of the severity

  # within the severity
  # before the block
  for each r in releases
  where a and b  # one  # two
  # before the condition
  # within the condition
  expect c = d  # no longer on this line
  message "a # that is none"

  # before the examples
  example passes  # of the example
    # before the table
    releases:  # of the table
    | class | # is a cell |
    # before a row
    | 1c.2  |             |

# before the other rule
rule TST002 other

  # is prose

  severity info

  for each r in releases
  expect a
  message "b"

# at the end
"""
BEFORE = "rule TST001 a-test\n\n  severity error\n\n  for each r in releases\n"
AFTER = '  message "wrong"\n'
LONG = "a_name_of_some_length"


def _formatted(text: str) -> str:
    return format_rules(text, "test.rule")


def test_every_section_has_its_place() -> None:
    assert FORMATTED == _formatted(WRITTEN)


def test_every_comment_has_its_place() -> None:
    assert WITH_COMMENTS == _formatted(COMMENTED)


@pytest.mark.parametrize("text", [FORMATTED, WITH_COMMENTS])
def test_what_is_formatted_stays(text: str) -> None:
    assert text == _formatted(text)


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff"])
def test_a_file_without_rules_is_empty(text: str) -> None:
    assert "" == _formatted(text)


def test_a_file_of_comments_keeps_them() -> None:
    assert "# one\n# two\n" == _formatted("\n  # one  \n\n# two")


def test_prose_keeps_its_lines_and_loses_blanks_at_their_ends() -> None:
    prose = f"{'word ' * 40}\n\n        code  \n\t\n      the end"
    formatted = _formatted(f"rule TST001 a-test\n      {prose}\n{FORMATTED[FORMATTED.index('  severity') :]}")
    assert f"  {('word ' * 40).strip()}\n\n    code\n\n  the end\n\n  severity" in formatted


def test_windows_line_ends_and_a_byte_order_mark_make_no_difference() -> None:
    assert FORMATTED == _formatted("\ufeff" + FORMATTED.replace("\n", "\r\n"))


@pytest.mark.parametrize(
    "lines",
    [
        [f"where {LONG} = {LONG} + {LONG} + {LONG} + 12345"],
        [f"where {LONG} = {LONG} + {LONG} + {LONG} + 1", "or x = 1"],
        [
            f"where {LONG} = 1 and {LONG} = 2 and {LONG} = 3",
            f"and {LONG} = 4 and {LONG} = 5 and {LONG} = 6",
            f"and {LONG}",
        ],
        [f"where ({LONG} = 1 and {LONG} = 2)", f"or ({LONG} = 3 and {LONG} = 4 and {LONG} = 5)"],
        ["where a", f"or (({LONG} = 1 or {LONG} = 2)", f"and ({LONG} = 3 or {LONG} = 4 or {LONG} = 5))", "or b"],
        [f"where some row in t matching {LONG}, {LONG} = 1, {LONG} = 2", f"with {LONG} = 1 and {LONG} = 2"],
        [f"where some row in {LONG}", f"matching {LONG} = 1, {LONG} = 1, {LONG} = 2, {LONG} = 3", "with a = 1"],
        [f"where {LONG} = 1 or some row in t matching a", f"or some row in t matching {LONG} with {LONG} = 1 and a"],
        [f"let {LONG} = one row in t matching {LONG}, {LONG}", f"with {LONG} = 1 and {LONG} = 2"],
    ],
)
def test_a_long_section_breaks_before_its_outermost_words(lines: list[str]) -> None:
    formatted = _formatted(f"{BEFORE}  {' '.join(lines)}\n  expect a\n{AFTER}")
    assert lines == [line.strip() for line in formatted.removeprefix(BEFORE).splitlines()[: len(lines)]]


def test_a_section_of_110_characters_stays_on_its_line() -> None:
    fits, is_too_long = f"  where {'a' * 97} or b", f"  where {'a' * 98} or b"
    assert 110 == len(fits)
    assert fits in _formatted(f"{BEFORE}{fits}\n  expect a\n{AFTER}").splitlines()
    assert is_too_long not in _formatted(f"{BEFORE}{is_too_long}\n  expect a\n{AFTER}").splitlines()


def test_texts_are_never_broken() -> None:
    message = f'  message "{"word and " * 20}"'
    assert message in _formatted(f"{BEFORE}  expect a\n{message}\n").splitlines()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("rule TST001 a-test\n  severity error\n  for each r in", "test.rule:3:14"),
        (BEFORE + "  expect a", "test.rule:5:3"),
    ],
)
def test_text_that_does_not_parse_is_told_so(text: str, place: str) -> None:
    with pytest.raises(RuleFileError, match=place):
        _formatted(text)
