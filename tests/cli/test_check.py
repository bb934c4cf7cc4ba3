"""`invlint check` as its users meet it: whole outputs and exit statuses."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from invlint.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
OUTPUTS = Path(__file__).parent / "outputs"

SMALL = """{"format": "invlint/inventory-1", "party": "KEN", "edition": "2013", "teq_scheme": "WHO-2005",
 "scope": ["1c"], "scope_vectors": ["air"],
 "inventories": [
  {"year": 2012, "entries": [
    {"class": "1c.1", "key": "NO"},
    {"class": "1c.2", "activity": {"value": 1200, "unit": "t/a", "source": "survey", "confidence": "low"}, "releases": [
      {"vector": "air", "factor": {"value": 3100, "unit": "ug TEQ/t", "origin": "toolkit"},
       "release": {"value": 3.72, "unit": "g TEQ/a"}}]},
    {"class": "1c.3", "key": "NO"},
    {"class": "1c.4", "key": "NO"}]}]}
"""


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run invlint as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "invlint", *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
    )


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("faulty.txt", ["check", "samples/faulty.xlsx"]),
        ("faulty-wide.txt", ["check", "samples/faulty.json"]),
        ("sound.txt", ["check", "samples/sound.yaml"]),
        ("world.txt", ["check", "samples/world-open-burning-2010.csv", "--ignore", "COM105,TRN"]),
    ],
)
def test_the_whole_terminal_report_is_as_it_was_read_and_approved(name: str, arguments: list[str]) -> None:
    """To approve a change: write the new output over the file after reading it."""
    width = "120" if "wide" in name else "80"
    assert (OUTPUTS / name).read_text("utf-8") == run(*arguments, COLUMNS=width).stdout


def test_no_line_is_wider_than_the_terminal() -> None:
    lines = run("check", "samples/faulty.xlsx", COLUMNS="80").stdout.splitlines()
    assert max(map(len, lines)) <= 80


def test_without_a_terminal_there_is_no_colour_and_no_progress() -> None:
    done = run("check", *["samples/sound.json"] * 30)
    assert "\x1b" not in done.stdout
    assert done.stderr == ""


def test_on_a_terminal_a_long_run_shows_its_progress_on_stderr_alone() -> None:
    """Stderr is a terminal of its own here, stdout is not."""
    import pty

    ours, theirs = pty.openpty()
    files = [str(SAMPLES / f"sound.{form}") for form in ("json", "yaml", "csv")]
    with subprocess.Popen(
        [sys.executable, "-c", _PROGRESS, *files], stdout=subprocess.PIPE, stderr=theirs, cwd=ROOT, encoding="utf-8"
    ) as process:
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 4096):
                shown += part
        except OSError:  # the other end of the terminal is closed
            pass
        out, _ = process.communicate()
    os.close(ours)
    assert b"checking 3 files" in shown
    assert "checking" not in out


_PROGRESS = """
import sys
from invlint.cli import check, main
check._MANY_FILES = 1
sys.exit(main.main(["check", *sys.argv[1:]]))
"""


def test_without_a_word_the_help_is_shown() -> None:
    done = run()
    assert 2 == done.returncode
    assert "check inventories and report what is wrong" in done.stderr


def test_colour_can_be_forced_and_refused() -> None:
    assert "\x1b[" in run("check", "samples/faulty.json", FORCE_COLOR="1").stdout
    assert "\x1b[" not in run("check", "samples/faulty.json", FORCE_COLOR="1", NO_COLOR="1").stdout


def test_a_terminal_that_cannot_show_every_character_is_no_reason_to_fail() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "invlint", "check", "samples/faulty.json"],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert (done.returncode, done.stderr) == (1, b"")


def test_the_json_report_keeps_the_contract(
    write: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = write("ken.json", SMALL)
    assert main(["check", str(path), "-o", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert list(report) == [
        "format",
        "tool",
        "profile",
        "packs",
        "plugins",
        "reference",
        "inputs",
        "earlier",
        "passed_over",
        "outcomes",
        "totals",
        "remedies",
        "findings",
    ]
    assert report["totals"] == {"blocker": 0, "error": 1, "warning": 0, "info": 0}
    (found,) = report["findings"]
    assert {
        "id": found["id"],
        "rule": {"code": "FAC101", "name": "not-the-default"},
        "severity": "error",
        "key": {
            "party": "KEN",
            "year": 2012,
            "group": 1,
            "category": "1c",
            "class": "1c.2",
            "site": None,
            "chemical": "PCDD/PCDF",
            "vector": "air",
            "residue_kind": None,
            "annex_c": None,
        },
        "cause": None,
        "evidence": "seen",
        "message": "1c.2 to air: the factor 3100 ug TEQ/t is declared as the Toolkit's, and edition 2013 has "
        "3000 ug TEQ/t (seen)",
        "help": "Put the default, or declare the factor as national, plant or measured and cite its source.",
        "observed": "3100 ug TEQ/t",
        "expected": "3000 ug TEQ/t",
        "impact": {"value": pytest.approx(-0.12), "unit": "g TEQ/a", "share": pytest.approx(-0.12 / 3.72)},
        "locations": [
            {
                "role": "primary",
                "path": str(path),
                "line": 7,
                "column": 45,
                "cell": None,
                "pointer": "/inventories/0/entries/1/releases/0/factor/value",
            }
        ],
    } == found


def test_an_id_depends_on_rule_and_key_and_not_on_the_place(
    write: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    moved = json.dumps(json.loads(SMALL), indent=4)
    ids = []
    for path in (write("a.json", SMALL), write("b.json", moved)):
        main(["check", str(path), "-o", "json"])
        ids.append([found["id"] for found in json.loads(capsys.readouterr().out)["findings"]])
    assert ids[0] == ids[1]


def test_several_reports_are_written_in_one_run(
    write: Callable[[str, str], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write("ken.json", SMALL)
    target = tmp_path / "report.json"
    assert main(["check", str(path), "-o", "terminal", "-o", f"json={target}"]) == 1
    assert "not-the-default" in capsys.readouterr().out
    assert json.loads(target.read_text("utf-8"))["format"] == "invlint/report-1"


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--fail-on", "error"], 1),
        (["--fail-on", "blocker"], 0),
        (["--ignore", "not-the-default"], 0),
        (["--ignore", "FAC"], 0),
        (["--select", "COM,STR"], 0),
        (["--select", "FAC101", "--select", "COM"], 1),
    ],
)
def test_the_status_follows_selection_and_severity(
    write: Callable[[str, str], Path], arguments: list[str], status: int
) -> None:
    assert status == main(["check", str(write("ken.json", SMALL)), *arguments])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check"], "name the files or folders to check"),
        (["check", "nowhere"], "there is no file or folder “nowhere”"),
        (["check", "samples/sound.json", "--select", "missing-clas"], "did you mean “missing-class”?"),
        (["check", "samples/sound.json", "-o", "jsn"], "did you mean json?"),
        (["check", "samples/sound.json", "-o", "json=no/such/folder/x.json"], "cannot be written"),
        (["check", "samples/sound.json", "--rules", "samples"], "there is no rule file at “samples”"),
        (["chek"], "invalid choice"),
        (["check", "--fail-on", "never"], "invalid choice"),
    ],
)
def test_wrong_usage_is_2_and_says_what_to_do(arguments: list[str], said: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_misspelt_column_in_a_rule_file_is_2_with_caret_and_suggestion(
    write: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    rule = write(
        "own.rule",
        'rule USR101 own-rule\n\n  severity error\n\n  for each r in releases\n  expect r.facter > 0\n  message "x"\n',
    )
    assert main(["check", str(SAMPLES / "sound.json"), "--rules", str(rule)]) == 2
    assert capsys.readouterr().err.splitlines()[1:] == [
        "  6 |   expect r.facter > 0",
        "    |            ^^^^^^",
        "    = did you mean “factor”?",
    ]


def test_an_empty_folder_is_never_green(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path)]) == 3
    assert "the check is incomplete: there was no file that invlint reads" in capsys.readouterr().out


def test_a_document_without_inventories_is_never_green(write: Callable[[str, str], Path]) -> None:
    path = write("empty.json", '{"format": "invlint/inventory-1", "party": "KEN"}')
    assert main(["check", str(path)]) == 3


def test_one_bad_file_stops_no_other(
    write: Callable[[str, str | bytes], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write("a/ken.json", SMALL).parent
    write("a/cut.json", SMALL[:400])
    write("a/none.xlsx", "not a workbook")
    write("a/sound.csv", (SAMPLES / "sound.csv").read_text("utf-8").encode("utf-16"))
    assert main(["check", str(folder), "-o", "json"]) == 3
    report = json.loads(capsys.readouterr().out)
    read = {Path(given["path"]).name: given["problem"] is None for given in report["inputs"]}
    assert read == {"cut.json": False, "ken.json": True, "none.xlsx": False, "sound.csv": True}
    rules = sorted(found["rule"]["name"] for found in report["findings"])
    assert rules == ["not-the-default", "unreadable-file", "unreadable-file"]


def test_a_rule_that_crashes_is_named_and_the_run_goes_on(
    write: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from invlint.engine import operations

    def fall(*_columns: object) -> list[object]:
        raise ZeroDivisionError("in a test")

    monkeypatch.setitem(operations.OPERATIONS, "exponent_of_ten", fall)
    assert main(["check", str(write("ken.json", SMALL)), "-o", "json"]) == 3
    report = json.loads(capsys.readouterr().out)
    crashed = {outcome["rule"]: outcome["reason"] for outcome in report["outcomes"] if outcome["outcome"] == "crashed"}
    assert crashed["power-of-ten-slip"] == "ZeroDivisionError: in a test"
    assert "passed" in {outcome["outcome"] for outcome in report["outcomes"]}


def test_rules_on_defaults_could_not_run_under_an_edition_without_any(
    write: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", str(write("ken.json", SMALL.replace('"edition": "2013"', '"edition": "2001"'))), "-o", "json"])
    outcomes = {outcome["rule"]: outcome for outcome in json.loads(capsys.readouterr().out)["outcomes"]}
    assert outcomes["not-the-default"]["outcome"] == "could_not_run"
    assert outcomes["missing-class"]["reason"] == "no class list and default factors are at hand for edition 2001"


def test_the_version_is_told_without_heavy_imports() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "invlint", "--version"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    heavy = {"lark", "rich", "jsonschema", "yaml", "python_calamine", "polars", "openpyxl", "pluggy"}
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert done.stdout == "invlint 0.1.0\n"
    assert set() == heavy & loaded


def test_a_sound_json_file_is_checked_without_heavy_imports(tmp_path: Path) -> None:
    """Once the rules are compiled, JSON in and JSON out need none of the large libraries."""
    command = ["check", "samples/sound.json", "-o", "json"]
    run(*command, INVLINT_CACHE_DIR=str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "invlint", *command],
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd=ROOT,
        env={**os.environ, "INVLINT_CACHE_DIR": str(tmp_path)},
    )
    heavy = {"lark", "rich", "jsonschema", "yaml", "python_calamine", "polars", "openpyxl", "pluggy"}
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert set() == heavy & loaded


OWN = """
rule USR101 changed-since

  A rule of the test.

  severity info
  for each r in last_submission.releases
  expect some row in releases matching party, year, class, vector
  message "{r.class} was reported before"
"""


def test_what_was_submitted_before_is_compared(
    write: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    old, rules = write("old.json", SMALL), write("own.rule", OWN)
    new = write("new.json", SMALL.replace('"1c.2"', '"1c.1"').replace('"1c.1", "key"', '"1c.2", "key"'))
    arguments = ["check", str(new), "--previous", str(old), "--rules", str(rules), "--select", "USR", "-o"]
    assert main([*arguments, "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert [(one["path"], one["years"], one["rows"]) for one in report["earlier"]] == [(old.as_posix(), [2012], 4)]
    (finding,) = report["findings"]
    assert [(place["role"], place["path"]) for place in finding["locations"]] == [
        ("primary", new.as_posix()),
        ("related", old.as_posix()),
    ]
    main([*arguments, "terminal"])
    out = "".join(capsys.readouterr().out.split())  # a long path breaks lines where a short one does not
    assert "comparedwith" in out
    assert f"{old.as_posix()}(KEN" in out


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (SMALL.replace("KEN", "UGA"), "the earlier submission holds none of the Parties that are checked"),
        ("{", "the earlier submission could not be read: "),
    ],
)
def test_an_earlier_submission_that_cannot_be_compared_leaves_the_check_incomplete(
    write: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str], text: str, reason: str
) -> None:
    old, new = write("old.json", text), write("new.json", SMALL)
    assert main(["check", str(new), "--previous", str(old)]) == 3
    assert reason in " ".join(capsys.readouterr().out.split())


def test_the_matrix_sets_parties_against_rules(
    write: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    write("ken.json", SMALL)
    write("uga.json", SMALL.replace("KEN", "UGA").replace('"1c.3", "key": "NO"', '"1c.9", "key": "NO"'))
    folder = write("broken.json", "{").parent
    assert main(["check", str(folder), "-o", "matrix", "-o", f"matrix-csv={folder}/out.csv"]) == 3
    out = capsys.readouterr().out
    lines = [line.split() for line in out.splitlines() if line.startswith(("KEN", "UGA"))]
    assert lines[:2] == [["KEN", "·", "1", "·", "·", "0.12"], ["UGA", "1", "1", "·", "·", "0.12"]]
    assert "Not read" in out
    assert "the check is incomplete: 1 of 3 files could not be read" in " ".join(out.split())
    head, *rows = csv.reader((folder / "out.csv").read_text("utf-8").splitlines())
    table = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert table["KEN"]["FAC101 not-the-default"] == "1"
    assert table["KEN"]["STR102 unknown-code"] == "0"
    assert table["UGA"]["FAC101 not-the-default (g TEQ/a)"] == "0.12"
    assert table["KEN"]["years"] == "2012"
    assert "the file ends too early" in rows[-1][-1]
