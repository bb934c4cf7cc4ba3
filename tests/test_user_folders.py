"""Files kept for a user lie where each system keeps them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from invlint.user_folders import user_cache, user_data


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder, and no variable that says otherwise."""
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    for variable in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(variable, raising=False)
    return tmp_path


@pytest.mark.parametrize(
    ("system", "data", "cache"),
    [
        ("linux", ".local/share/invlint", ".cache/invlint"),
        ("darwin", "Library/Application Support/invlint", "Library/Caches/invlint"),
        ("win32", "AppData/Local/invlint", "AppData/Local/invlint/Cache"),
    ],
)
def test_each_system_has_its_custom(
    home: Path, monkeypatch: pytest.MonkeyPatch, system: str, data: str, cache: str
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert (user_data(), user_cache()) == (home / data, home / cache)


@pytest.mark.parametrize(
    ("system", "variable", "below"),
    [("linux", "XDG_DATA_HOME", "invlint"), ("win32", "LOCALAPPDATA", "invlint")],
)
def test_a_variable_names_another_folder(
    home: Path, monkeypatch: pytest.MonkeyPatch, system: str, variable: str, below: str
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setenv(variable, str(home / "elsewhere"))
    assert user_data() == home / "elsewhere" / below


def test_a_folder_that_is_not_absolute_is_not_taken(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    assert user_cache() == home / ".cache" / "invlint"


def test_a_user_without_a_home_keeps_files_at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    assert user_data() == Path("/.local/share/invlint")
