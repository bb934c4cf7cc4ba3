"""`invlint reference` as its users meet it, and what an own edition does to a check."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from invlint.cli.main import main
from invlint.reference import shipped_reference

if TYPE_CHECKING:
    from collections.abc import Callable

    Write = Callable[[str, str | bytes], Path]
    Output = pytest.CaptureFixture[str]

OUTPUTS = Path(__file__).parent / "outputs"

TABLE = """1c;Medical waste incineration;Emission factors (ug TEQ/t);;;;
class;name;air;water;land;fly ash;bottom ash
1;uncontrolled;40.000;NA;;NA;200
2;controlled;3.100;ND;0,5;NA;<20
3;good APCS;525;NA;;920;
9;none;5;;;;
"""

INVENTORY = """{"format": "invlint/inventory-1", "party": "KEN", "edition": "2013", "teq_scheme": "WHO-2005",
 "scope": ["1c.2"], "scope_vectors": ["air"],
 "inventories": [
  {"year": 2012, "entries": [
    {"class": "1c.2", "activity": {"value": 1200, "unit": "t/a"}, "releases": [
      {"vector": "air", "factor": {"value": 3100, "unit": "ug TEQ/t", "origin": "toolkit"},
       "release": {"value": 3.72, "unit": "g TEQ/a"}}]}]}]}
"""


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")


def data(capsys: Output, *arguments: str, status: int = 0) -> Any:
    assert main([*arguments, "--output", "json"]) == status
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("name", "arguments", "status"),
    [
        ("reference-class.txt", ["show", "1C2"], 0),
        ("reference-category.txt", ["show", "2e", "--edition", "2013"], 0),
        ("reference-older.txt", ["show", "2e.1", "--edition", "2005"], 0),
        ("reference-import.txt", ["import", "table.csv"], 1),
    ],
)
def test_the_whole_output_is_as_it_was_read_and_approved(
    name: str, arguments: list[str], status: int, write: Write, capsys: Output
) -> None:
    """To approve a change: write the new output over the file after reading it."""
    write("table.csv", TABLE)
    assert status == main(["reference", *arguments])
    shown = capsys.readouterr().out
    assert (OUTPUTS / name).read_text("utf-8") == shown
    assert max(map(len, shown.splitlines())) <= 80


def test_a_class_is_told_as_data(capsys: Output) -> None:
    found = data(capsys, "reference", "show", "2e1")
    digest = hashlib.sha256((shipped_reference().folder / "factors.csv").read_bytes()).hexdigest()
    assert found["reference"] == {"edition": "shipped", "sha256": digest, "source": None}
    (told,) = found["classes"]
    factors = told.pop("factors")
    assert told == {
        "class": "2e.1",
        "name": "thermal processing of scrap Al, minimal treatment of inputs, simple dust removal",
        "category": {"id": "2e", "name": "Aluminum production"},
        "group": {"id": 2, "name": "Ferrous and non-ferrous metal production"},
        "activity_unit": "t",
        "activity_basis": "aluminum",
        "annex_c": {
            "line": "II.d(iii)",
            "title": "Secondary aluminium production",
            "condition": None,
            "excluded": False,
        },
        "superseded": [
            {
                "chemical": "PCDD/PCDF",
                "vector": "air",
                "value": 150,
                "unit": "ug TEQ/t",
                "edition": "2005",
                "evidence": "seen",
            }
        ],
    }
    assert factors[0] == {
        "chemical": "PCDD/PCDF",
        "vector": "air",
        "residue_kind": None,
        "value": 100,
        "code": None,
        "unit": "ug TEQ/t",
        "evidence": "compiled",
        "source": None,
        "note": None,
    }
    assert [one["vector"] for one in factors] == ["air", "water", "land", "product", "residue"]


def test_a_class_that_its_line_of_annex_c_leaves_out_says_so(capsys: Output) -> None:
    assert data(capsys, "reference", "show", "2e.6")["classes"][0]["annex_c"]["excluded"] is True
    assert main(["reference", "show", "2e.6"]) == 0
    assert "the line of Annex C leaves this class out" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("1c", ["1c.1", "1c.2", "1c.3", "1c.4"]),
        ("Category 1C", ["1c.1", "1c.2", "1c.3", "1c.4"]),
        ("10a", ["10a"]),
        ("group 10", [f"10{letter}" for letter in "abcdefghijklm"]),
        ("10", [f"10{letter}" for letter in "abcdefghijklm"]),
    ],
)
def test_a_category_or_group_shows_all_its_classes(text: str, classes: list[str], capsys: Output) -> None:
    assert [one["class"] for one in data(capsys, "reference", "show", text)["classes"]] == classes


def test_every_class_can_be_shown(capsys: Output) -> None:
    for edition in ("2005", "2013"):
        shown = [
            one["class"]
            for group in shipped_reference().groups
            for one in data(capsys, "reference", "show", str(group), "--edition", edition)["classes"]
        ]
        assert sorted(shown) == sorted(shipped_reference().classes_of(edition))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", "1c.77"], "“1c.77” is no class, category or group of the Toolkit: did you mean “1c”?"),
        (["show", "11"], "is no class, category or group"),
        (["show", "\x1b[31m" + "9" * 300], "is no class, category or group"),
        (["show", "7d", "--edition", "2005"], "in edition 2005 the code “7d” stood for other sources"),
        (["show", "2l.2", "--edition", "2005"], "edition 2005 does not have “2l.2”: it is new in 2013"),
        (["show", "1c.2", "--edition", "2003"], "invalid choice"),
        (["import"], "name the table to import"),
        (["import", "nowhere.csv"], "nowhere.csv: the file cannot be opened (No such file or directory)"),
        (["import", "."], "invlint"),
        (["import", "wrong.csv"], "wrong.csv:2: not a readable table: a quotation mark is opened and not closed"),
        (["import", "else.csv"], "else.csv: no row names the columns of a factor table"),
        (["import", "table.csv", "--forget"], "takes no table"),
        (["import", "--forget", "--yes"], "takes no table"),
        ([], "the following arguments are required: ACTION"),
        (["exprot"], "invalid choice"),
    ],
)
def test_wrong_usage_is_2_and_says_what_to_do(
    arguments: list[str], said: str, write: Write, own_folder: Path, capsys: Output
) -> None:
    write("table.csv", TABLE)
    write("else.csv", "a,b\n1,2\n")
    write("wrong.csv", 'class,air (ug TEQ/t)\n"1c.2,5\n')
    try:
        status = main(["reference", *arguments])
    except SystemExit as ended:
        status = int(ended.code or 0)
    assert status == 2
    assert said in capsys.readouterr().err
    assert not own_folder.exists()


def test_nothing_is_kept_without_yes(write: Write, own_folder: Path, capsys: Output) -> None:
    found = data(capsys, "reference", "import", str(write("table.csv", TABLE)), status=1)
    assert found["kept"] is False
    assert not own_folder.exists()


def test_an_import_is_told_as_data(write: Write, capsys: Output) -> None:
    path = write("table.csv", TABLE)
    found = data(capsys, "reference", "import", str(path), "--yes", status=1)
    assert {name: found[name] for name in ("format", "file", "sha256", "kept", "notes")} == {
        "format": "invlint/reference-import-1",
        "file": "table.csv",
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "kept": True,
        "notes": [],
    }
    (first, *others) = found["changed"]
    assert (first["where"], first["class"], first["value"], first["shipped"]["value"]) == (
        "line 4",
        "1c.2",
        "3100",
        3000,
    )
    assert [(one["vector"], one["value"], one["code"]) for one in others] == [
        ("water", None, "ND"),
        ("land", "0.5", None),
    ]
    assert [(one["class"], one["residue_kind"]) for one in found["added"]] == [("1c.3", "fly ash")]
    assert [(one["class"], one["residue_kind"]) for one in found["left_out"]] == [("1c.3", "bottom and fly ash")]
    assert len(found["equal"]) == 7
    assert found["unknown_classes"] == [{"where": "line 6", "text": "1c.9", "near": None}]
    assert [one["where"] for one in found["refused"]] == ["line 4"]
    assert found["columns_not_read"] == ["name"]


def test_a_table_of_which_every_line_is_taken_is_0(write: Write, capsys: Output) -> None:
    path = write("table.csv", "class,air (ug TEQ/t)\n1c.2,3000\n")
    assert main(["reference", "import", str(path), "--yes"]) == 0
    assert "1 cell with the same value\n" in capsys.readouterr().out


def test_a_table_of_which_no_line_is_taken_leaves_the_own_edition_as_it_is(write: Write, capsys: Output) -> None:
    main(["reference", "import", str(write("table.csv", TABLE)), "--yes"])
    assert main(["reference", "import", str(write("bad.csv", "class,air\n1c.2,3000\n")), "--yes"]) == 1
    assert "There is nothing to keep" in capsys.readouterr().out
    assert data(capsys, "reference", "show", "1c.2")["reference"]["source"] == "table.csv"


def _report(capsys: Output, *arguments: str) -> Any:
    main(["check", "ken.json", "-o", "json", "--select", "FAC101", *arguments])
    return json.loads(capsys.readouterr().out)


def test_a_check_uses_the_own_edition_until_it_is_forgotten(write: Write, capsys: Output) -> None:
    write("ken.json", INVENTORY)
    digest = hashlib.sha256(write("table.csv", TABLE).read_bytes()).hexdigest()
    shipped = _report(capsys)
    assert (shipped["reference"]["edition"], len(shipped["findings"])) == ("shipped", 1)
    main(["reference", "import", "table.csv", "--yes"])
    capsys.readouterr()
    own = _report(capsys)
    assert own["reference"] == {"edition": "own", "sha256": digest, "source": "table.csv"}
    assert own["findings"] == []
    assert _report(capsys, "--reference", "shipped") == shipped
    main(["check", "ken.json"])
    told = " ".join(capsys.readouterr().out.split())
    assert "default factors: your own edition, from table.csv; --reference shipped leaves it aside" in told
    main(["check", "ken.json", "--reference", "shipped"])
    assert "own edition" not in capsys.readouterr().out
    assert data(capsys, "reference", "import", "--forget") == {
        "format": "invlint/reference-forget-1",
        "forgotten": True,
    }
    assert _report(capsys) == shipped
    assert main(["reference", "import", "--forget"]) == 0
    assert capsys.readouterr().out == "there was no own edition: the shipped factors are used\n"


def test_an_own_value_is_seen_and_no_longer_caps_a_finding(write: Write, capsys: Output) -> None:
    """Shipped, 1a.1 to air is compiled, and a finding on it is at most a warning."""
    write("ken.json", INVENTORY.replace("1c.2", "1a.1"))
    write("table.csv", "class,air (ug TEQ/t)\n1a.1,3500\n")
    assert [one["severity"] for one in _report(capsys)["findings"]] == ["warning"]
    main(["reference", "import", "table.csv", "--yes"])
    assert "the evidence of 1 of them becomes “seen”" in capsys.readouterr().out
    assert [(one["severity"], one["evidence"]) for one in _report(capsys)["findings"]] == [("error", "seen")]


def test_the_own_edition_is_shown_with_its_source(write: Write, capsys: Output) -> None:
    main(["reference", "import", str(write("table.csv", TABLE)), "--yes"])
    capsys.readouterr()
    main(["reference", "show", "1c.2"])
    shown = capsys.readouterr().out
    assert "3100 ug TEQ/t" in shown
    assert "with your own edition, from table.csv" in shown
    main(["reference", "show", "1c.2", "--reference", "shipped"])
    assert "3000 ug TEQ/t" in capsys.readouterr().out


def test_a_damaged_own_edition_is_2_and_never_ignored(write: Write, own_folder: Path, capsys: Output) -> None:
    write("ken.json", INVENTORY)
    main(["reference", "import", str(write("table.csv", TABLE)), "--yes"])
    (own_folder / "factors.csv").write_text("half")
    capsys.readouterr()
    for arguments in (["check", "ken.json"], ["reference", "show", "1c.2"]):
        assert main(arguments) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.startswith("invlint: your own edition of the reference cannot be used: ")
        assert "invlint reference import --forget" in said.err
    assert main(["check", "ken.json", "--reference", "shipped"]) == 1
    assert main(["reference", "show", "1c.2", "--reference", "shipped"]) == 0


def test_rules_and_their_examples_do_not_depend_on_the_own_edition(write: Write, capsys: Output) -> None:
    """The examples of the built-in rules name shipped values."""
    table = "class,air (ug TEQ/t)\n" + "".join(f"{number},7\n" for number in ("1c.2", "1c.1", "2e.1", "6b.3", "1a.1"))
    main(["reference", "import", str(write("table.csv", table)), "--yes"])
    from invlint.resources import shipped

    assert main(["test", str(shipped("rules"))]) == 0
    capsys.readouterr()
    assert all(example["passed"] for example in data(capsys, "rule", "FAC101")["examples"])


def test_what_a_table_holds_does_not_steer_the_terminal(write: Write, capsys: Output) -> None:
    text = (
        "class,air,unit,\x1b[31mred\n1c.\x1b[2J,5,ug TEQ/t,\n1c.2,5\x07,ug TEQ/t,\n1c.1,5,\x1b]0;x,\n1a.1,1,ug TEQ/t,\n"
    )
    main(["reference", "import", str(write("a\x1b.csv", text))])
    shown = capsys.readouterr().out
    assert not re.search(r"[\x00-\x09\x0b-\x1f]", shown)
    assert "\\x1b[31mred" in shown


def test_a_table_of_another_kind_is_not_listed_to_its_end(write: Write, capsys: Output) -> None:
    rows = "".join(f"x{number},5\n" for number in range(5000))
    assert main(["reference", "import", str(write("else.csv", f"class,air (ug TEQ/t)\n{rows}"))]) == 1
    shown = capsys.readouterr().out
    assert "and 4950 more: --output json lists them" in shown
    assert len(shown.splitlines()) < 70


def test_colour_follows_the_customs(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    main(["reference", "show", "1c.2"])
    assert "\x1b[" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    main(["reference", "show", "1c.2"])
    assert "\x1b" not in capsys.readouterr().out


def test_the_help_is_told_without_heavy_imports() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "invlint", "reference", "import", "--help"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert set() == {"lark", "rich", "jsonschema", "python_calamine", "pluggy"} & loaded
