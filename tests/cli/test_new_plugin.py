"""`invlint new plugin` writes a package that works as it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from invlint.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """The package, and beside its modules the metadata of an installed distribution."""
    monkeypatch.chdir(tmp_path)
    assert main(["new", "plugin", "mercury", "--chemical", "Hg"]) == 0
    assert capsys.readouterr().out.startswith("wrote invlint-mercury\nnext: ")
    source = tmp_path / "invlint-mercury" / "src"
    metadata = source / "invlint_mercury-0.1.0.dist-info"
    metadata.mkdir()
    (metadata / "entry_points.txt").write_text("[invlint]\nmercury = invlint_mercury.plugin\n", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(source))
    monkeypatch.setenv("INVLINT_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "invlint-mercury"


def test_its_own_tests_pass(written: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "pytest"], cwd=written, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "6 passed" in done.stdout


def test_a_broken_example_is_told_in_words(written: Path) -> None:
    rule = written / "src" / "invlint_mercury" / "rules" / "mercury-implausible.rule"
    rule.write_text(rule.read_text("utf-8").replace("1000 t/a", "100000 t/a"), "utf-8")
    command = [sys.executable, "-m", "pytest", str(rule)]
    done = subprocess.run(command, cwd=written, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "no row fails (1 judged, 0 unknown)" in done.stdout
    assert "Traceback" not in done.stdout


def test_it_adds_all_that_it_says(written: Path, tmp_path: Path) -> None:
    def invlint(*words: str) -> str:
        command = [sys.executable, "-m", "invlint", *words]
        return subprocess.run(
            command, capture_output=True, text=True, check=False, env=os.environ.copy(), cwd=tmp_path
        ).stdout

    listed = json.loads(invlint("plugins", "--output", "json"))["plugins"]
    (mercury,) = (plugin for plugin in listed if plugin["name"] == "mercury")
    assert mercury["adds"] == {
        "chemicals": ["Hg"],
        "rules": ["mercury-falsely-precise", "mercury-implausible"],
        "checks": ["mercury_honest_digits"],
        "readers": ["mercury-register"],
        "reports": ["mercury-list"],
    }
    (tmp_path / "ken.mercury").write_text("KEN 2020\n6b.1 air 12000 t/a\n6b.3 air 12.3456789 kg/a\n", "utf-8")
    assert invlint("check", "ken.mercury", "-o", "mercury-list") == (
        "ken.mercury:2: warning: 6b.1 to air: 12000 t/a of Hg are more than 1000 t/a\n"
        "ken.mercury:3: info: 6b.3 to air: the release has 9 digits\n"
    )
    (tmp_path / "ken.mercury").write_text("KEN 2020\n6b.1 air 12,000 t/a\n", "utf-8")
    assert "a line must be class, vector, amount and unit" in invlint("check", "ken.mercury")


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["Mercury"], "“Mercury” is no name for a plugin"),
        (["dioxins"], "a plugin “dioxins” is installed already"),
        (["lindane", "--chemical", "HCB"], "the chemical HCB is known already"),
        (["lindane", "--chemical", 'Hg"'], "is no name for a chemical"),
        (["lindane", "-o", "there"], "“there” is there already"),
    ],
)
def test_what_cannot_be_written_is_refused(
    words: list[str],
    problem: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there").mkdir()
    assert main(["new", "plugin", *words]) == 2
    assert problem in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["there"]
