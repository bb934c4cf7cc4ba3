"""`invlint new rule`: write a rule file to start from."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from invlint.cli.new_file import write_new
from invlint.cli.terminal import put
from invlint.errors import UsageError

if TYPE_CHECKING:
    import argparse

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_CODE = re.compile(r"^\s*rule\s+USR(\d{3})\b", re.MULTILINE)
_FIRST_CODE = 101


def add_arguments(new: argparse.ArgumentParser) -> None:
    """The arguments of `invlint new rule`."""
    new.add_argument("name", metavar="NAME", help="the rule's name, which states the fault: activity-without-source")
    new.add_argument("-o", "--output", metavar="FILE", help="the file to write (default: NAME.rule)")


def run_rule(options: argparse.Namespace) -> int:
    """Write the file; return the exit status."""
    from invlint.rules.describe import written_rules
    from invlint.rules.load import rule_sources

    _check_name(options.name)
    rules = written_rules(rule_sources())
    if any(written.rule.name == options.name for written in rules):
        raise UsageError(f"“{options.name}” is a built-in rule already: choose another name")
    path = Path(options.output or f"{options.name}.rule")
    text = _TEMPLATE.substitute(name=options.name, code=_free_code(path.parent))
    write_new(path, text.encode())
    put(sys.stdout, f"wrote {path}\nnext: change it, then `invlint test {path}`\n")
    return 0


def _check_name(name: str) -> None:
    if _NAME.fullmatch(name):
        return
    mended = "-".join(re.findall(r"[a-z0-9]+", name.lower()))
    mend = f": “{mended}” would do" if _NAME.fullmatch(mended) else ""
    message = f"“{name}” is no name for a rule{mend}"
    raise UsageError(f"{message}; it is words in small letters with hyphens between them")


def _free_code(folder: Path) -> str:
    """The first code of one's own that no rule in the folder has."""
    taken = {int(code) for path in folder.glob("*.rule") for code in _CODE.findall(_text(path))}
    return f"USR{next(number for number in range(_FIRST_CODE, 1000) if number not in taken)}"


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


_TEMPLATE = Template("""\
# A rule begins with `rule`, its code (letters and three digits) and its name, which states the fault.
#
# Below it stands prose for the person who gets the finding: what is wrong, and why it matters. A line that begins with
# # is a comment like this one, but within the prose it would be prose.
#
# `severity` says how grave a finding is: blocker, error, warning or info. A graver one can stand behind `when`.
rule $code $name

  A factor far above the default is more often a slip of the unit than a finding about the country. Say here why the
  fault matters, in two or three sentences.

  severity warning, error when r.factor > 10 * most * default.factor
  # Where the demand comes from.
  basis "put your source here"
  # A threshold with a name and a source. A number can have a unit, as in 5 ug TEQ/t, or be a percentage, as in 5 %.
  parameter most = 500 "put the source of the threshold here"

  # Rules that speak first: where one of them fails, this one keeps silent. (Take the # away to use a section.)
  # yields to power-of-ten-slip
  # The rows that are judged, and a name for the row at hand. docs/language.md lists the tables and their columns.
  for each r in releases
  # A name for a value, or for the one row of another table that has the same values in these columns.
  let default = one row in defaults matching edition, class, chemical, vector, residue_kind
  # Which rows the rule is about. The others are counted as not applicable.
  where r.origin = national and default.factor > 0
  # What must be there before a row can be tested; the reason is told in the report.
  # needs default.evidence != doubtful because "a doubtful default says nothing about a factor"
  # What must hold. A row in which it does not is a finding; one with a missing value is unknown, and counted.
  expect r.factor <= most * default.factor
  # Where the truth rests on a default: how well the default is known. It lowers the severity of the finding.
  rests on default.evidence
  # What changes in the year's releases when the fault is mended.
  impact (default.factor - r.factor) * r.activity
  # The cell to point at.
  at r.factor
  # Findings that are one fault, and stand together in the report: those that agree in these columns.
  # together by party, class, vector
  # What was met, and what would be right. Formulas stand in braces.
  observed "{r.factor}"
  expected "at most {most * default.factor}"
  # What is wrong, in one sentence, and what to do about it.
  message "{r.class} to {r.vector}: the factor {r.factor} is {r.factor / default.factor} times the default"
  help "Check the unit and the class first. Then cite the measurements that the factor comes from."

  # Examples are the rule's tests: at least one that passes and one that fails. What they do not say is filled in:
  # Party KEN, year 2020, edition 2013. `invlint test` runs them.
  example passes "twice the default"
    releases:
    | class | vector | factor        | origin   |
    | 1c.2  | air    | 6000 ug TEQ/t | national |
  example fails "grams for micrograms"
    releases:
    | class | vector | factor       | origin   |
    | 1c.2  | air    | 3000 g TEQ/t | national |
""")
