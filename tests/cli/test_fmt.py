"""`invlint fmt` as rule authors and pipelines meet it."""

from __future__ import annotations

from io import BytesIO, TextIOWrapper
from typing import TYPE_CHECKING

import pytest

from invlint.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[[str, str | bytes], Path]

FORMATTED = """rule TST001 a-test

  severity error

  for each r in releases
  expect r.year > 1990
  message "“{r.year}” is too early"
"""
WRITTEN = FORMATTED.replace("r.year > 1990", "( r.year>1990 )")
BROKEN = FORMATTED.replace("> 1990", ">")


def test_files_are_formatted_in_place_and_named(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    path = write("a.rule", WRITTEN)
    assert 0 == main(["fmt", str(path)])
    assert FORMATTED == path.read_text("utf-8")
    assert (f"{path}\n", "") == capsys.readouterr()


def test_what_is_formatted_is_neither_written_nor_named(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    path = write("a.rule", FORMATTED)
    path.chmod(0o444)
    before = path.stat()
    assert [0, 0, 0] == [main(["fmt", *option, str(path)]) for option in ([], ["--check"], ["--diff"])]
    assert before.st_mtime_ns == path.stat().st_mtime_ns
    assert ("", "") == capsys.readouterr()


def test_a_folder_stands_for_every_rule_file_below_it(
    write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second, other = write("a.rule", WRITTEN), write("deep/down/b.rule", WRITTEN), write("c.txt", WRITTEN)
    assert 0 == main(["fmt", str(tmp_path), str(first)])
    assert [FORMATTED, FORMATTED, WRITTEN] == [path.read_text("utf-8") for path in (first, second, other)]
    assert [str(first), str(second)] == capsys.readouterr().out.splitlines()


def test_check_names_the_files_and_leaves_them_alone(
    write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, _ = write("a.rule", WRITTEN), write("b.rule", FORMATTED)
    assert 1 == main(["fmt", "--check", str(tmp_path)])
    assert WRITTEN == path.read_text("utf-8")
    assert f"{path}\n" == capsys.readouterr().out


def test_diff_shows_the_changes_and_leaves_the_files_alone(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    path = write("a.rule", WRITTEN.removesuffix("\n"))
    assert 1 == main(["fmt", "--diff", str(path)])
    assert WRITTEN.removesuffix("\n") == path.read_text("utf-8")
    expected = [
        f"--- {path} (as it is)",
        f"+++ {path} (formatted)",
        "@@ -3,5 +3,5 @@",
        "   severity error",
        " ",
        "   for each r in releases",
        "-  expect ( r.year>1990 )",
        '-  message "“{r.year}” is too early"',
        "\\ No newline at end of file",
        "+  expect r.year > 1990",
        '+  message "“{r.year}” is too early"',
    ]
    assert expected == capsys.readouterr().out.splitlines()


def test_a_terminal_that_cannot_show_every_character_still_gets_the_rest(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = TextIOWrapper(BytesIO(), "ascii")
    monkeypatch.setattr("sys.stdout", terminal)
    assert 1 == main(["fmt", "--diff", str(write("a.rule", WRITTEN.replace(" )", " ) # µ")))])
    assert b"+  expect r.year > 1990  # ?\n" in terminal.buffer.getvalue()


@pytest.mark.parametrize(
    ("options", "text", "shown"),
    [
        ([], FORMATTED, "{other}\n"),
        (["--check"], WRITTEN, "{other}\n"),
        (["--diff"], WRITTEN, "--- {other} (as it is)\n"),
    ],
)
def test_a_file_that_does_not_parse_is_told_so_and_the_others_go_on(
    options: list[str], text: str, shown: str, write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken, other = write("a.rule", BROKEN), write("b.rule", WRITTEN)
    assert 2 == main(["fmt", *options, str(tmp_path)])
    assert [BROKEN, text] == [path.read_text("utf-8") for path in (broken, other)]
    out, err = capsys.readouterr()
    assert out.startswith(shown.format(other=other))
    assert f"{broken}:6:17: a value is missing after “>”\n  6 |   expect r.year >\n    |                 ^" in err


def test_every_fault_is_told(write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = write("a.rule", BROKEN), write("b.rule", "nonsense")
    assert 2 == main(["fmt", str(tmp_path)])
    told = capsys.readouterr().err
    assert f"{first}:6:17: " in told
    assert f"{second}:1:1: " in told


def test_windows_line_ends_stay(write: Write) -> None:
    path = write("a.rule", WRITTEN.replace("\n", "\r\n").encode())
    assert 1 == main(["fmt", "--check", str(path)])
    assert [0, 0] == [main(["fmt", str(path)]), main(["fmt", "--check", str(path)])]
    assert FORMATTED.replace("\n", "\r\n").encode() == path.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "name the rule files or folders to format"),
        (["{folder}"], "there is no rule file at"),
        (["{folder}/not-there.rule"], "there is no rule file at"),
    ],
)
def test_nothing_to_format_is_wrong_usage(
    arguments: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 2 == main(["fmt", *(argument.format(folder=tmp_path) for argument in arguments)])
    assert message in capsys.readouterr().err


def test_a_file_that_is_no_text_stops_before_any_is_written(
    write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, binary = write("a.rule", WRITTEN), write("b.rule", b"\xff\xfe\x00")
    assert 2 == main(["fmt", str(tmp_path)])
    assert WRITTEN == path.read_text("utf-8")
    assert f"{binary} cannot be read as UTF-8 text" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_told(
    write: Write, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("a.rule", WRITTEN)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.write_bytes", refuse)
    assert 2 == main(["fmt", str(path)])
    assert ("", f"invlint: the rule file {path} cannot be written (Permission denied)\n") == capsys.readouterr()


def test_check_and_diff_exclude_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["fmt", "--check", "--diff", "rules"])
    assert "not allowed with" in capsys.readouterr().err
