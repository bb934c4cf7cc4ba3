"""Plugins bring rules; without any, nobody looks for them twice."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from invlint.cli.main import main
from invlint.plugins import manager

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RULE = (Path(__file__).parents[2] / "rules" / "completeness" / "missing-class.rule").read_text("utf-8")


@pytest.fixture
def install(write: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], Path]]:
    """Put a plugin module on the path with the metadata of an installed distribution."""
    manager.rule_folders.cache_clear()
    made: list[str] = []

    def put(name: str, code: str) -> Path:
        module = write(f"site/{name}.py", code)
        write(f"site/{name}-1.0.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        write(f"site/{name}-1.0.dist-info/entry_points.txt", f"[invlint]\n{name} = {name}\n")
        monkeypatch.syspath_prepend(str(module.parent))
        made.append(name)
        return module.parent

    yield put
    manager.rule_folders.cache_clear()
    for name in made:
        sys.modules.pop(name, None)


def test_the_rules_of_an_installed_plugin_take_part(
    install: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    code = (
        "from pathlib import Path\n"
        "from invlint.plugins.hookspecs import hookimpl\n"
        "@hookimpl\n"
        "def invlint_rule_folder():\n"
        "    return Path(__file__).parent / 'more'\n"
    )
    folder = install("invlint_more", code)
    (folder / "more").mkdir()
    own = RULE.replace("rule COM103 missing-class", "rule XYZ101 class-of-the-plugin")
    (folder / "more" / "class-of-the-plugin.rule").write_text(own, "utf-8")
    sample = Path(__file__).parents[2] / "samples" / "sound.json"
    assert main(["check", str(sample), "--select", "class-of-the-plugin"]) == 0
    assert "1 rules: 1 passed" in capsys.readouterr().out


def test_a_plugin_that_cannot_be_loaded_is_named(
    install: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    install("invlint_broken", "raise RuntimeError('no luck')\n")
    sample = Path(__file__).parents[2] / "samples" / "sound.json"
    assert main(["check", str(sample)]) == 2
    assert "cannot be loaded (RuntimeError: no luck)" in capsys.readouterr().err


def test_without_plugins_pluggy_is_not_even_imported() -> None:
    manager.rule_folders.cache_clear()
    assert manager.rule_folders() == ()
