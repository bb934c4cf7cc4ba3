"""Reports in every format from the command line, and saved reports rendered again."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from invlint.cli.main import main
from invlint.render.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
OUTPUTS = Path(__file__).parent / "outputs"


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """The saved report on the faulty sample."""
    path = tmp_path / "report.json"
    main(["check", "samples/faulty.json", "-o", f"json={path}"])
    return path


@pytest.mark.parametrize(
    ("name", "form"),
    [("faulty-concise.txt", "concise"), ("faulty.md", "markdown"), ("faulty-github.txt", "github")],
)
def test_the_whole_report_is_as_it_was_read_and_approved(
    name: str, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """To approve a change: write the new output over the file after reading it."""
    assert main(["check", "samples/faulty.json", "-o", form]) == 1
    assert (OUTPUTS / name).read_text("utf-8") == capsys.readouterr().out


def test_a_saved_report_renders_to_every_format_as_the_check_did(
    saved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    checked = {name: tmp_path / f"checked.{name}" for name in FORMATS}
    rendered = {name: tmp_path / f"rendered.{name}" for name in FORMATS}
    main(["check", "samples/faulty.json", *_options(checked)])
    assert main(["render", str(saved), *_options(rendered)]) == 0
    assert capsys.readouterr().out == ""
    for name in FORMATS:
        assert rendered[name].read_text("utf-8") == checked[name].read_text("utf-8"), name
        assert rendered[name].stat().st_size, name


def _options(files: dict[str, Path]) -> list[str]:
    return [option for name, file in files.items() for option in ("-o", f"{name}={file}")]


def test_a_report_comes_from_the_standard_input_too(
    saved: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(saved.read_bytes())))
    assert main(["render", "-", "-o", "concise"]) == 0
    assert capsys.readouterr().out == (OUTPUTS / "faulty-concise.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["samples/faulty.json"], "samples/faulty.json is no report: its format is “invlint/inventory-1”"),
        (["samples/faulty.xlsx"], "“samples/faulty.xlsx” is no text in UTF-8"),
        (["nowhere.json"], "“nowhere.json” cannot be read (No such file or directory)"),
        (["nowhere.json", "-o", "serif"], "there is no report format “serif”: did you mean sarif?"),
    ],
)
def test_what_cannot_be_rendered_is_told(arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["render", *arguments]) == 2
    assert told in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="file names are text there")
def test_a_file_name_that_is_no_text_is_reported_in_every_format(tmp_path: Path) -> None:
    name = os.fsdecode(b"k\xffn.json")
    try:
        (tmp_path / name).write_bytes((ROOT / "samples/faulty.json").read_bytes())
    except OSError:
        pytest.skip("this file system takes no such name")
    files = {form: tmp_path / f"out.{form}" for form in FORMATS}
    assert main(["check", str(tmp_path / name), *_options(files)]) == 1
    data: dict[str, Any] = json.loads(files["json"].read_text("utf-8"))
    assert data["inputs"][0]["path"] == (tmp_path / name).as_posix()


def test_a_report_that_cannot_be_written_is_told(
    write: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write("folder/file", "").parent
    assert main(["check", "samples/sound.json", "-o", f"sarif={folder}"]) == 2
    assert f"the report cannot be written to “{folder}” (Is a directory)" in capsys.readouterr().err
