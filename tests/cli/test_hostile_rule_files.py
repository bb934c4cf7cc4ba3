"""A rule file that no person writes is refused, by the whole program, in little time and memory."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("resource", reason="only there can a process be given limits")

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SECONDS = 4
"""Of processor time; twice what is asked for, because other work slows a processor down too."""
MEMORY = 600_000_000
PROGRAM = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
from invlint.cli.main import main
raise SystemExit(main(["test", sys.argv[1]]))
"""
RULE = """rule TST101 hostile-rule

  Some prose.

  severity warning
  basis "none"

  for each r in releases
  expect {expect}
  message "wrong"
  help "nothing"
"""


def _rule(expect: str) -> str:
    return RULE.format(expect=expect)


@pytest.mark.parametrize(
    "text",
    [
        _rule("r.factor > 0") + "#" * 10_000_000,
        _rule("(" * 10_000 + "r.factor > 0" + ")" * 10_000),
        _rule("(" * 10_000),
        _rule("r.factor > 5 " + "ug TEQ/t " * 100_000),
        _rule("r.factor > 5 g" + "/t" * 490_000),
        _rule("r." + "a" * 990_000 + " > 0"),
        _rule("r.factor > 0").replace("Some prose.", "(a*)*" * 190_000).replace("severity", "severty"),
        _rule("r.factor > 0").replace('"none"', '"' + "a\\" * 490_000),
        _rule("r.factor > 0").replace("wrong", "{" * 990_000),
        _rule("r.factor > 0") + "  example fails\n    releases:\n" + "    | 1a.1 | air |\n" * 40_000,
    ],
    ids=[
        "10 MB",
        "parentheses",
        "open parentheses",
        "a long unit",
        "a long quotient of units",
        "a long name",
        "prose like a pattern",
        "open text",
        "open braces",
        "a long table",
    ],
)
def test_a_hostile_rule_file_is_refused_quickly(text: str, write: Callable[[str, str], Path]) -> None:
    path = write("hostile.rule", text)
    ended = subprocess.run([sys.executable, "-c", PROGRAM, str(path)], capture_output=True, text=True, check=False)
    assert ended.returncode == 2, ended.stderr
    assert "hostile.rule" in ended.stderr
    assert len(ended.stderr) < 2000
