"""`invlint check --fix` puts right what is certain and leaves every other byte."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import pytest

from invlint.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

JSON = """{"format": "invlint/inventory-1",  "party":"ken", "edition": "2013", "teq_scheme": "WHO-2005",
  "scope": ["1c.2", "1c.1"], "scope_vectors": ["air"],
  "inventories": [ {"year": 2012,
   "entries": [
      {"class": "1C2",
       "activity": {"value": 1200, "unit": "tonnes per year", "source": "statistics", "confidence": "high"},
       "releases": [{"vector": "Air",   "factor": {"value": 3.0e3, "unit": "\\u03bcg TEQ/t", "origin": "toolkit"},
                     "release": {"value": 3.9, "unit": "g TEQ/a"}}]},
      {"class": "1c.1", "key": "no", "notes": "1C2 and no: café stay"} ],
   "totals": [{"group": 1, "chemical": "PCDD/PCDF", "vector": "air", "value": 3.9, "unit": "g TEQ/a"}]}]}
"""
JSON_AFTER = (
    JSON.replace('"ken"', '"KEN"')
    .replace('"class": "1C2"', '"class": "1c.2"')
    .replace('"tonnes per year"', '"t/a"')
    .replace('"Air"', '"air"')
    .replace('"\\u03bcg TEQ/t"', '"ug TEQ/t"')
    .replace('"key": "no"', '"key": "NO"')
    .replace('"value": 3.9', '"value": 3.6')
)

YAML = """# kept
format: invlint/inventory-1
party: 'ken'   # Kenya
edition: "2013"
teq_scheme: WHO-2005
scope: [1c.2, 1c.1]
scope_vectors: [air]
inventories:
- year: 2012
  entries:
  - class: 1C2
    activity: {value: 1200, unit: t/yr, source: statistics, confidence: high}
    releases:
    - vector: Air
      factor: {value: 3000, unit: ug TEQ/t, origin: toolkit}
      release: {value: 3.90, unit: g TEQ/a}   # read this
  - {class: 1c.1, key: no}
"""
YAML_AFTER = (
    YAML.replace("'ken'", "'KEN'")
    .replace("class: 1C2", "class: 1c.2")
    .replace("t/yr", "t/a")
    .replace("vector: Air", "vector: air")
    .replace("3.90", "3.6")
    .replace("key: no", "key: NO")
)

CSV = (
    "party;year;edition;teq_scheme;scope;scope_vectors;class;vector;activity;activity_unit;source;factor;factor_unit;"
    "origin;release;release_unit;key;notes\r\n"
    'ken;2012;2013;WHO-2005;"1c.2;1c.1";air;1C2;"Air";1200;t/yr;statistics;3000;ug TEQ/t;toolkit;'
    ' 3.9 ;g TEQ/a;;"a; b"\r\n'
    "ken;2012;2013;WHO-2005;;;1c.1;;;;;;;;;;no;\r\n"
)
CSV_AFTER = (
    CSV.replace("ken", "KEN").replace("1C2", "1c.2").replace('"Air"', '"air"').replace("t/yr", "t/a")
    .replace("3.9", "3.6").replace(";no;", ";NO;")
)  # fmt: skip

Write = "Callable[[str, str | bytes], Path]"


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [("ken.json", JSON, JSON_AFTER), ("ken.yaml", YAML, YAML_AFTER), ("ken.csv", CSV, CSV_AFTER)],
)
def test_what_is_certain_is_put_right_and_every_other_byte_stays(
    name: str, before: str, after: str, write: Callable[[str, str | bytes], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(name, before.encode())
    main(["check", str(path), "--isolated", "--diff"])
    assert path.read_bytes() == before.encode()
    shown = capsys.readouterr().out
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), str(path), str(path)
    )
    assert shown == "".join(lines)
    assert main(["check", str(path), "--isolated", "--fix"]) == 0
    assert path.read_bytes() == after.encode()
    assert "changed" in capsys.readouterr().err
    main(["check", str(path), "--isolated", "--fix"])
    assert path.read_bytes() == after.encode()
    assert capsys.readouterr().err.startswith("invlint: changed 0 values in 0 files")


def test_a_byte_order_mark_stays(write: Callable[[str, str | bytes], Path]) -> None:
    path = write("ken.json", b"\xef\xbb\xbf" + JSON.encode())
    main(["check", str(path), "--isolated", "--fix"])
    assert path.read_bytes() == b"\xef\xbb\xbf" + JSON_AFTER.encode()


def test_figures_without_a_source_wait_for_a_person(
    write: Callable[[str, str | bytes], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    uncited = JSON_AFTER.replace('"value": 3.6', '"value": 3.9').replace(', "source": "statistics"', "")
    path = write("ken.json", uncited)
    assert main(["check", str(path), "--isolated", "--diff"]) == 0
    assert capsys.readouterr().out == "nothing would change\n"
    assert main(["check", str(path), "--isolated", "--diff", "--unsafe-fixes"]) == 1
    main(["check", str(path), "--isolated", "--fix", "--unsafe-fixes"])
    assert path.read_text("utf-8") == uncited.replace('"value": 3.9', '"value": 3.6')


def test_unsafe_fixes_alone_change_nothing(write: Callable[[str, str | bytes], Path]) -> None:
    path = write("ken.json", JSON)
    main(["check", str(path), "--isolated", "--unsafe-fixes"])
    assert path.read_text("utf-8") == JSON


def test_a_slip_of_the_unit_is_not_guessed_at(write: Callable[[str, str | bytes], Path]) -> None:
    slip = JSON_AFTER.replace('"value": 3.6', '"value": 3600')
    path = write("ken.json", slip)
    main(["check", str(path), "--isolated", "--fix", "--unsafe-fixes"])
    assert path.read_text("utf-8") == slip


def test_what_somebody_has_explained_stays(write: Callable[[str, str | bytes], Path]) -> None:
    wrong = JSON_AFTER.replace('"value": 3.6', '"value": 3.9')
    path = write("ken.json", wrong)
    write(
        "waivers.toml",
        '[[waiver]]\nrule = "release-not-product"\nparty = "KEN"\nclass = "1c.2"\nyear = 2012\nseen = "3.9 g TEQ/a"\n'
        'reason = "The plant reported the release itself (letter of 3 May 2013)"\nby = "A. Officer"\n',
    )
    main(["check", str(path), "--isolated", "--fix"])
    assert path.read_text("utf-8") == wrong


def test_workbooks_are_not_changed_and_it_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for row in (("party", "year", "edition", "class", "key"), ("KEN", 2012, "2013", "1c1", "no")):
        book.active.append(row)
    path = tmp_path / "ken.xlsx"
    book.save(path)
    before = path.read_bytes()
    main(["check", str(path), "--isolated", "--fix"])
    assert path.read_bytes() == before
    assert "files of this kind are not changed" in capsys.readouterr().err


def test_a_file_that_is_no_utf8_is_left(
    write: Callable[[str, str | bytes], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    data = JSON.encode("cp1252")
    path = write("ken.json", data)
    main(["check", str(path), "--isolated", "--fix"])
    assert path.read_bytes() == data
    assert "the file is not UTF-8: save it so first" in capsys.readouterr().err
