"""The files a command line names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from invlint.errors import UsageError
from invlint.sources import find_inputs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_a_folder_gives_what_invlint_reads_below_it_in_order(write: Callable[[str, str], Path]) -> None:
    names = ["b/z.json", "b/a.CSV", "a.yaml", "x.xlsx"]
    paths = {name: write(name, "") for name in [*names, "b/readme.md", "b/none"]}
    folder = paths["a.yaml"].parent
    assert [paths["a.yaml"], paths["x.xlsx"], paths["b/a.CSV"], paths["b/z.json"]] == find_inputs([str(folder)]).inputs
    assert [paths["b/none"], paths["b/readme.md"]] == find_inputs([str(folder)]).passed_over


@pytest.mark.parametrize("name", [".hidden.csv", ".git/a.csv", "~$open.xlsx", "sub/.cache/a.json"])
def test_hidden_files_and_locks_are_passed_over(name: str, write: Callable[[str, str], Path], tmp_path: Path) -> None:
    write(name, "")
    assert find_inputs([str(tmp_path)]) == ([], [], [])


def test_a_file_that_is_named_is_taken_whatever_it_is(write: Callable[[str, str], Path]) -> None:
    path = write(".hidden.md", "")
    assert [path] == find_inputs([str(path)]).inputs


def test_a_file_named_twice_is_read_once(write: Callable[[str, str], Path], tmp_path: Path) -> None:
    path = write("a.csv", "")
    assert [path] == find_inputs([str(path), str(tmp_path), f"{tmp_path}/./a.csv"]).inputs


def test_a_path_of_nothing_is_a_mistake_of_the_command() -> None:
    with pytest.raises(UsageError, match="there is no file or folder “nowhere”"):
        find_inputs(["nowhere"])
