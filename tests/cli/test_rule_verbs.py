"""`invlint rule`, `rules`, `test` and `new` as their users meet them: whole outputs and exit statuses."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from invlint.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable

    Write = Callable[[str, str], Path]
    Output = pytest.CaptureFixture[str]

OUTPUTS = Path(__file__).parent / "outputs"

OWN = """# A comment.
rule USR101 too-much-waste

  All hospitals together burn **20 000 tonnes** a year. More than that is a slip of the unit.

  severity warning, error when e.activity > 10 * most or (e.class = 1c.1
      and e.activity > most)  # much
  basis "Waste survey 2023"
  parameter most = 20 kt/a "19 400 t in 2023"
  parameter least = 1 %
  yields to missing-class-own

  # Comments are left out.
  for each e in entries
  where e.category = 1c and e.activity > least * most
  expect e.activity <= most
  message "{e.class} burns {e.activity}, and the whole country has {most}"
  help "Check the unit."

  example passes
    entries:
    | class | activity |
    | 1c.2  | 1200 t/a |
  example fails "kilograms for tonnes"
    entries:
    | 1c.2  | 1200000 t/a |

rule FAC900 missing-class-own
  severity info
  for each e in entries
  expect e.class is reported
  message "no class"
"""

WRONG = """rule USR104 too-much-in-a-day

  severity warning
  for each e in entries
  let much = e.activity > 20 kt/a
  where e.category = 1c
  expect not much and e.class is reported
  message "{e.class} burns {e.activity}"

  example passes "and does not"
    entries:
    | class | activity |
    | 1c.1  | 30 kt/a  |
    | 1c.2  | 40 kt/a  |
  example fails "and does not"
    entries:
    | 1c.2  | 900 kg/d |
    | 1c.3  |          |
    | 1c.4  | 1 kt/a   |
    | 2a.1  | 1 kt/a   |
  example passes
    entries:
    | 1c.2  |          |
  example fails
    entries:
    | 1c.2  | 21 kt/a  |

rule USR105 never-shown

  severity warning
  for each e in entries
  expect e.class is reported
  message "no class"
"""


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")


@pytest.mark.parametrize(
    ("name", "arguments", "status"),
    [
        ("rule.txt", ["rule", "USR101", "--rules", "own.rule"], 0),
        ("rule-plan.txt", ["rule", "too-much-waste", "--as", "plan", "--rules", "own.rule"], 0),
        ("rules.txt", ["rules", "--rules", "own.rule", "--select", "USR,FAC900"], 0),
        ("test-wrong.txt", ["test", "wrong.rule"], 1),
        ("test-own.txt", ["test", "own.rule"], 1),
    ],
)
def test_the_whole_output_is_as_it_was_read_and_approved(
    name: str, arguments: list[str], status: int, write: Write, capsys: Output
) -> None:
    """To approve a change: write the new output over the file after reading it."""
    write("own.rule", OWN)
    write("wrong.rule", WRONG)
    assert status == main(arguments)
    assert (OUTPUTS / name).read_text("utf-8") == capsys.readouterr().out


def _data(capsys: Output, *arguments: str) -> dict[str, object]:
    assert main([*arguments, "--output", "json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_a_rule_is_told_as_data(write: Write, capsys: Output) -> None:
    write("own.rule", OWN)
    found = _data(capsys, "rule", "too-much-waste", "--rules", "own.rule")
    assert found == {
        "format": "invlint/rule-1",
        "code": "USR101",
        "name": "too-much-waste",
        "severity": "warning",
        "tiers": [
            {
                "severity": "error",
                "when": "e.activity > 10 * most or (e.class = 1c.1 and e.activity > most)",
            }
        ],
        "principle": "own",
        "pack": "own.rule",
        "path": "own.rule",
        "line": 2,
        "prose": "All hospitals together burn **20 000 tonnes** a year. More than that is a slip of the unit.",
        "basis": "Waste survey 2023",
        "parameters": [
            {"name": "most", "value": "20 kt/a", "source": "19 400 t in 2023"},
            {"name": "least", "value": "1 %", "source": ""},
        ],
        "speak_first": ["missing-class-own"],
        "formula": "for each e in entries\n"
        "where e.category = 1c and e.activity > least * most\n"
        "expect e.activity <= most\n"
        'message "{e.class} burns {e.activity}, and the whole country has {most}"\n'
        'help "Check the unit."',
        "examples": [
            {
                "title": "passes",
                "line": 20,
                "passed": True,
                "problem": None,
                "tables": [{"table": "entries", "columns": ["class", "activity"], "rows": [["1c.2", "1200 t/a"]]}],
            },
            {
                "title": "fails: kilograms for tonnes",
                "line": 24,
                "passed": True,
                "problem": None,
                "tables": [{"table": "entries", "columns": ["class", "activity"], "rows": [["1c.2", "1200000 t/a"]]}],
            },
        ],
    }


def test_a_plan_is_told_as_data(write: Write, capsys: Output) -> None:
    write("own.rule", OWN)
    assert _data(capsys, "rule", "FAC900", "--as", "plan", "--rules", "own.rule") == {
        "format": "invlint/rule-plan-1",
        "code": "FAC900",
        "name": "missing-class-own",
        "nodes": [{"number": 1, "operation": "is_reported", "operands": ["column entries.class"]}],
        "blocks": [{"table": "entries", "uses": [{"word": "expect", "operands": [1]}]}],
    }


def test_the_catalogue_is_told_as_data(write: Write, capsys: Output) -> None:
    write("own.rule", OWN)
    assert _data(capsys, "rules", "--rules", "own.rule", "--select", "USR", "--select", "missing-class-own") == {
        "format": "invlint/rules-1",
        "rules": [
            {
                "code": "FAC900",
                "name": "missing-class-own",
                "severity": "info",
                "principle": "factors",
                "summary": "",
            },
            {
                "code": "USR101",
                "name": "too-much-waste",
                "severity": "warning",
                "principle": "own",
                "summary": "All hospitals together burn **20 000 tonnes** a year.",
            },
        ],
    }


def test_every_built_in_rule_is_in_the_catalogue_and_can_be_explained(capsys: Output) -> None:
    rules = _data(capsys, "rules")["rules"]
    assert isinstance(rules, list)
    assert len(rules) > 20
    for rule in rules:
        assert all(rule.values())
        assert main(["rule", rule["code"], "--as", "plan"]) == 0
        assert capsys.readouterr().out.startswith(f"{rule['code']} {rule['name']}\n")
    assert main(["rule", rules[0]["code"]]) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rule", "missing-clas"], "no rule is called “missing-clas”: did you mean “missing-class”?"),
        (["rule", "fac104"], "did you mean “FAC104”?"),
        (["rule", "zzzz"], "`invlint rules` lists them"),
        (["rule", "FAC101", "--rules", "."], "there is no rule file at “.”"),
        (["rules", "--select", "missing-clas"], "did you mean “missing-class”?"),
        (["test"], "name the rule files or folders to test"),
        (["test", "nowhere"], "there is no file or folder “nowhere”"),
        (["new", "rule", "Too Much"], "“Too Much” is no name for a rule: “too-much” would do"),
        (["new", "rule", "9x"], "“9x” is no name for a rule; it is words"),
        (["new", "rule", "missing-class"], "“missing-class” is a built-in rule already"),
        (["new", "rule", "a-rule", "-o", "no/such/folder/x.rule"], "cannot be written"),
    ],
)
def test_wrong_usage_is_2_and_says_what_to_do(arguments: list[str], said: str, capsys: Output) -> None:
    try:
        status = main(arguments)
    except SystemExit as ended:
        status = int(ended.code or 0)
    assert status == 2
    assert said in capsys.readouterr().err


# test
def test_a_fault_in_a_file_is_2_with_carets_and_every_fault_is_told(write: Write, capsys: Output) -> None:
    write("a.rule", OWN.replace("e.category", "e.categry"))
    write("b.rule", WRONG.replace("e.class is reported", "1 = 1"))
    assert main(["test", "."]) == 2
    assert capsys.readouterr().err == (
        "invlint: a.rule:15:11: “categry” is no column of entries\n"
        "  15 |   where e.categry = 1c and e.activity > least * most\n"
        "     |           ^^^^^^^\n"
        "     = did you mean “category”?\n"
        "\n"
        "b.rule:32:10: this always holds: no row could fail\n"
        "  32 |   expect 1 = 1\n"
        "     |          ^^^^^\n"
        "     = both sides are fixed, and no row can change that: compare with a column\n"
    )


def test_a_file_that_does_not_parse_is_2(write: Write, capsys: Output) -> None:
    write("a.rule", "rule USR101\n")
    write("b.rule", "rule\n")
    assert main(["test", "."]) == 2
    assert capsys.readouterr().err.count(" | ") == 4


def test_an_example_table_with_an_unknown_column_is_2(write: Write, capsys: Output) -> None:
    assert main(["test", str(write("a.rule", OWN.replace("| class | act", "| klass | act")))]) == 2
    assert "entries has no column “klass" in capsys.readouterr().err


@pytest.mark.parametrize("text", [None, "", "# nothing but a comment\n"])
def test_nothing_to_run_is_3(text: str | None, write: Write, tmp_path: Path, capsys: Output) -> None:
    if text is not None:
        write("a.rule", text)
    assert main(["test", str(tmp_path)]) == 3
    assert capsys.readouterr().out == "there is nothing to run: no rule was found\n"


def test_all_passed_is_0_and_a_file_given_twice_is_run_once(write: Write, capsys: Output) -> None:
    write("a/own.rule", OWN.partition("\nrule FAC900")[0].replace("  yields to missing-class-own\n", ""))
    assert main(["test", "a", "a/own.rule"]) == 0
    assert capsys.readouterr().out == "✓ too-much-waste  2 examples  a/own.rule\n2 passed, 0 failed\n"


def test_the_built_in_rules_pass(capsys: Output) -> None:
    from invlint.resources import shipped

    assert main(["test", str(shipped("rules"))]) == 0
    assert capsys.readouterr().out.endswith(" passed, 0 failed\n")


def test_a_copy_stands_in_the_place_of_the_built_in_rule(write: Write, capsys: Output) -> None:
    from invlint.resources import shipped

    text = (shipped("rules") / "factors" / "superseded-factor.rule").read_text("utf-8")
    write("copy.rule", text.replace("expect r.factor != old.factor", "expect r.factor = old.factor"))
    assert main(["test", "copy.rule"]) == 1
    assert "✗ superseded-factor" in capsys.readouterr().out


def test_a_rule_can_speak_of_built_in_rules(write: Write) -> None:
    text = OWN.partition("\nrule FAC900")[0].replace("missing-class-own", "duplicate-entry")
    assert main(["test", str(write("own.rule", text))]) == 0


def test_a_code_of_a_built_in_rule_is_refused(write: Write, capsys: Output) -> None:
    assert main(["test", str(write("own.rule", OWN.replace("USR101", "FAC104")))]) == 2
    assert "“FAC104” stands for another rule already" in capsys.readouterr().err


def test_many_rows_that_should_have_failed_are_not_all_shown(write: Write, capsys: Output) -> None:
    rows = "".join(f"    | 1c.2 | {site} | 1 kt/a |\n" for site in "ABCDEFG")
    text = WRONG.partition("  example")[0] + f"  example fails\n    entries:\n    | class | site | activity |\n{rows}"
    assert main(["test", str(write("a.rule", text))]) == 1
    assert "    and 3 more rows\n" in capsys.readouterr().out


def test_a_rule_that_crashes_fails_its_example(write: Write, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    from invlint.engine import operations

    def fall(*_columns: object) -> list[object]:
        raise ZeroDivisionError("in a test")

    monkeypatch.setitem(operations.OPERATIONS, "at_most", fall)
    assert main(["test", str(write("own.rule", OWN))]) == 1
    assert "the rule crashed: ZeroDivisionError: in a test" in capsys.readouterr().out
    assert main(["rule", "USR101", "--rules", "own.rule"]) == 0
    assert "it does not: the rule crashed" in capsys.readouterr().out


# new
def test_a_new_rule_passes_its_own_test_and_has_its_layout(capsys: Output) -> None:
    assert main(["new", "rule", "too-high"]) == 0
    assert capsys.readouterr().out == "wrote too-high.rule\nnext: change it, then `invlint test too-high.rule`\n"
    assert main(["test", "too-high.rule"]) == 0
    assert main(["fmt", "--check", "too-high.rule"]) == 0


def test_a_new_rule_has_every_section_with_a_comment() -> None:
    from invlint.lang.sections import ORDER

    assert main(["new", "rule", "too-high", "-o", "x.rule"]) == 0
    lines = [line.strip().removeprefix("# ") for line in Path("x.rule").read_text("utf-8").splitlines()]
    assert [] == [word for word in ORDER if not any(line.startswith(word) for line in lines)]


def test_a_new_rule_never_overwrites(write: Write, capsys: Output) -> None:
    path = write("too-high.rule", "mine")
    assert main(["new", "rule", "too-high"]) == 2
    assert "is there already, and is left as it is" in capsys.readouterr().err
    assert path.read_text("utf-8") == "mine"


def test_new_rules_of_one_folder_have_codes_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "no-text.rule").write_bytes(b"\xff\xfe")
    for name in ("first", "second"):
        assert main(["new", "rule", name]) == 0
    assert main(["test", "first.rule", "second.rule"]) == 0
    assert "rule USR102 second\n" in Path("second.rule").read_text("utf-8")


# the whole program
def test_the_help_is_told_without_heavy_imports() -> None:
    for verb in ("rule", "rules", "test", "new"):
        done = subprocess.run(
            [sys.executable, "-X", "importtime", "-m", "invlint", verb, "--help"],
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
        assert set() == {"lark", "rich", "jsonschema", "polars", "pluggy"} & loaded


def test_a_terminal_that_cannot_show_every_character_is_no_reason_to_fail(write: Write) -> None:
    path = write("wrong.rule", WRONG)
    done = subprocess.run(
        [sys.executable, "-m", "invlint", "test", str(path)],
        capture_output=True,
        check=False,
        env={"PYTHONIOENCODING": "ascii", "INVLINT_CACHE_DIR": str(path.parent)},
    )
    assert (done.returncode, done.stderr) == (1, b"")
