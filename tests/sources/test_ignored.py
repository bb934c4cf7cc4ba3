"""What .gitignore leaves out of a folder; git itself is asked whether it agrees."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invlint.sources import find_inputs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def names(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in find_inputs([str(folder)]).inputs]


def test_what_is_ignored_is_left_out_and_told(write: Callable[[str, str], Path], tmp_path: Path) -> None:
    write(".gitignore", "drafts/\n*.csv\n!keep.csv\n")
    for name in ("ken.json", "a.csv", "keep.csv", "drafts/b.json", "sub/c.csv", "notes.md"):
        write(name, "")
    found = find_inputs([str(tmp_path)])
    assert names(tmp_path) == ["keep.csv", "ken.json"]
    assert [path.relative_to(tmp_path).as_posix() for path in found.ignored] == ["drafts", "a.csv", "sub/c.csv"]
    assert [path.name for path in found.passed_over] == ["notes.md"]


def test_the_innermost_file_has_the_last_word(write: Callable[[str, str], Path], tmp_path: Path) -> None:
    write(".gitignore", "*.csv\n")
    write("sub/.gitignore", "!b.csv\n")
    for name in ("a.csv", "sub/a.csv", "sub/b.csv"):
        write(name, "")
    assert names(tmp_path) == ["sub/b.csv"]


def test_a_folder_of_a_repository_keeps_what_its_top_says(write: Callable[[str, str], Path], tmp_path: Path) -> None:
    write(".gitignore", "*.json\n")
    write("repository/.git/HEAD", "")
    write("repository/.gitignore", "/data/a.csv\n")
    for name in ("repository/data/a.csv", "repository/data/b.csv", "repository/data/c.json"):
        write(name, "")
    assert names(tmp_path / "repository/data") == ["b.csv", "c.json"], "what lies above the repository does not hold"


def test_a_file_that_is_named_is_read_though_it_is_ignored(write: Callable[[str, str], Path]) -> None:
    write(".gitignore", "*\n")
    path = write("ken.json", "")
    assert find_inputs([str(path)]).inputs == [path]


def test_an_odd_file_of_patterns_is_no_reason_to_fail(write: Callable[..., Path], tmp_path: Path) -> None:
    write(".gitignore", b"\xff\xfe[\n\x00\n[z-a]\n!\n/\n")
    write("sub/.gitignore/x", "")
    write("ken.json", "")
    assert names(tmp_path) == ["ken.json"]


_PATTERNS = st.lists(
    st.sampled_from(
        ["*.csv", "!*.csv", "/a", "a/", "!a/", "b/*.json", "**/b", "/a/b/", "!/a/b/x.csv", "# note", "x.*"]
    ),
    max_size=4,
)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
@settings(max_examples=60, deadline=None)
@given(top=_PATTERNS, inner=_PATTERNS)
def test_git_leaves_out_the_same(tmp_path_factory: pytest.TempPathFactory, top: list[str], inner: list[str]) -> None:
    folder = tmp_path_factory.mktemp("repository")
    subprocess.run(["git", "init", "-q", "."], cwd=folder, check=True)  # noqa: S607
    for path in ("x.csv", "x.json", "a/x.csv", "a/b/x.csv", "a/b/x.json", "b/x.json"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("")
    (folder / ".gitignore").write_text("\n".join(top))
    (folder / "a/.gitignore").write_text("\n".join(inner))
    told = subprocess.run(
        ["git", "ls-files", "--others", "--exclude-standard", "-z"],  # noqa: S607
        cwd=folder, check=True, capture_output=True, encoding="utf-8",
    ).stdout  # fmt: skip
    assert sorted(names(folder)) == sorted(name for name in told.split("\0") if name.endswith((".csv", ".json")))
