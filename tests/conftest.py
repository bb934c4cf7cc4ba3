"""Fixtures for all tests."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from invlint.reference import Reference, load_reference

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent


# A loaded machine is no reason to fail, and a run in continuous integration finds the same each time.
settings.register_profile("steady", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("steady")


def pytest_configure() -> None:
    """No own edition of the user's takes part, not even while tests are collected."""
    os.environ["INVLINT_REFERENCE_DIR"] = str(Path(tempfile.gettempdir()) / f"invlint-tests-{os.getpid()}" / "none")


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own in which an own edition of the reference is kept."""
    folder = tmp_path / "own"
    monkeypatch.setenv("INVLINT_REFERENCE_DIR", str(folder))
    return folder


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Compiled rules are kept in a folder of the test run, not in the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INVLINT_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def reference() -> Reference:
    return load_reference()


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Write a file into the test's folder and give its path."""

    def put(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content, "utf-8")
        return path

    return put
