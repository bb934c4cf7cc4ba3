"""invlint in pipelines, hooks, editors and shells: what is piped in, watched, completed, said briefly or in full."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
import yaml

from invlint.cli.completion import SHELLS
from invlint.cli.main import VERBS, main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
BASH = shutil.which("bash")


# The standard input


def pipe(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


@pytest.mark.parametrize("name", ["faulty.json", "faulty.yaml", "faulty.csv", "faulty.xlsx"])
def test_what_is_piped_in_is_checked_under_its_name(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pipe(monkeypatch, (SAMPLES / name).read_bytes())
    assert main(["check", "-", "--stdin-name", f"data/{name}", "-o", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert [given["path"] for given in report["inputs"]] == [f"data/{name}"]
    assert report["findings"][0]["locations"][0]["path"] == f"data/{name}"
    pipe(monkeypatch, b"")
    main(["check", str(SAMPLES / name), "-o", "json"])
    ids = [found["id"] for found in json.loads(capsys.readouterr().out)["findings"]]
    assert [found["id"] for found in report["findings"]] == ids


def test_what_is_piped_in_needs_a_name(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    pipe(monkeypatch, b"{}")
    assert main(["check", "-"]) == 2
    assert "--stdin-name ken.json (the ending says what it is)" in capsys.readouterr().err
    pipe(monkeypatch, b"{}")
    assert main(["check", "-", "--stdin-name", "ken"]) == 3
    assert "invlint does not read files without an ending" in capsys.readouterr().out


# How much is told


def test_quiet_tells_the_summary_and_why_a_check_is_incomplete(
    write: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(SAMPLES / "faulty.json"), "-q"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert lines[-1] == "1 blocker, 12 errors, 2 warnings"
    assert main(["check", str(write("cut.json", "{")), "--quiet"]) == 3
    assert "the check is incomplete: 1 of 1 files could not be read" in capsys.readouterr().out


def test_verbose_cuts_nothing_short(write: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str]) -> None:
    entries = [{"class": "1c.1", "site": f"plant {number}", "key": "NE"} for number in range(40)]
    inventory = {"year": 2012, "entries": entries}
    document = {"format": "invlint/inventory-1", "party": "KEN", "edition": "2013", "inventories": [inventory]}
    path = str(write("ken.json", json.dumps(document)))
    main(["check", path, "--select", "key-without-reason"])
    usual = capsys.readouterr().out
    assert "plant 39" not in usual
    assert "-o json lists them" in usual
    main(["check", path, "--select", "key-without-reason", "--verbose"])
    shown = capsys.readouterr().out
    assert "plant 39" in shown
    assert "lists them" not in shown


# Watching


@pytest.fixture
def watched(write: Callable[[str, str], Path]) -> Iterator[tuple[Path, subprocess.Popen[str]]]:
    """A copy of the sound sample, and a process that watches it."""
    path = write("ken.json", (SAMPLES / "sound.json").read_text("utf-8"))
    with subprocess.Popen(
        [sys.executable, "-m", "invlint", "check", str(path.parent), "--watch", "-q"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
        env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"},
    ) as process:  # fmt: skip
        yield path, process
        process.kill()


def _until_it_waits(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    told = []
    for line in process.stdout:
        told.append(line)
        if "watching for changes" in line:
            break
    return "".join(told)


@pytest.mark.skipif(sys.platform == "win32", reason="interrupts are sent otherwise there")
def test_a_change_is_checked_again_until_the_user_ends_it(watched: tuple[Path, subprocess.Popen[str]]) -> None:
    import signal

    path, process = watched
    assert "nothing found" in _until_it_waits(process)
    path.write_text((SAMPLES / "faulty.json").read_text("utf-8"), "utf-8")
    assert "1 blocker, 12 errors, 2 warnings" in _until_it_waits(process)
    (path.parent / "invlint.toml").write_text("fail-on = 3\n", "utf-8")
    assert "invlint: " in _until_it_waits(process), "a mistake is told, and watching goes on"
    (path.parent / "invlint.toml").unlink()
    assert "1 blocker" in _until_it_waits(process)
    path.unlink()
    assert "the check is incomplete" in _until_it_waits(process)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 3


def test_the_standard_input_cannot_be_watched(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "-", "--watch", "--stdin-name", "ken.json"]) == 2
    assert "the standard input cannot be watched" in capsys.readouterr().err


# Shells


@pytest.mark.parametrize("shell", SHELLS)
def test_every_verb_and_its_options_are_in_the_script_of_a_shell(
    shell: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    for verb in VERBS:
        assert re.search(rf"\b{verb}\b", script), verb
    assert "stdin-name" in script
    found = shutil.which(shell)
    if found:
        done = subprocess.run([found, "-n"], input=script, capture_output=True, encoding="utf-8", check=False)
        assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_its_help(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([verb, "--help"])
    assert ended.value.code == 0
    assert f"usage: invlint {verb}" in capsys.readouterr().out


@pytest.mark.skipif(BASH is None, reason="bash is not here")
def test_bash_completes_verbs_and_options(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["completion", "bash"])
    ask = """
complete_words() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); local at=$COMP_CWORD
  _shtab_invlint invlint "${COMP_WORDS[$at]}" "${COMP_WORDS[$((at - 1))]}"; echo "${COMPREPLY[@]}"; }
complete_words invlint comp
complete_words invlint check --stdin
"""
    script = tmp_path / "ask.bash"
    script.write_text(capsys.readouterr().out + ask, "utf-8")
    done = subprocess.run([str(BASH), str(script)], capture_output=True, encoding="utf-8", check=True)
    verbs, options = done.stdout.splitlines()
    assert sorted(verbs.split()) == ["compare", "completion"]
    assert options.split() == ["--stdin-name"]


# Hooks and pipelines


def test_the_hook_takes_inventories_and_leaves_other_files() -> None:
    hooks = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    changed = hooks["invlint"]

    def takes(name: str) -> bool:
        return bool(re.search(changed["files"], name)) and not re.search(changed["exclude"], name)

    for name in ("ken.json", "a/ken.yaml", "a/b.yml", "x.csv", "x.tsv", "x.xlsx"):
        assert takes(name), name
    for name in (".pre-commit-config.yaml", ".github/ci.yml", "invlint-baseline.json", "a.py", "waivers.toml"):
        assert not takes(name), name
    for hook in hooks.values():
        assert hook["language"] == "python"
        assert main([*hook["entry"].split()[1:], str(SAMPLES / "sound.json")]) == 0
    assert hooks["invlint-folder"]["pass_filenames"] is False


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A repository's folder with an inventory, and a `python3` on the path that only notes what it is asked."""
    shutil.copy(SAMPLES / "faulty.json", tmp_path / "ken 1.json")
    (tmp_path / "bin").mkdir()
    stub = tmp_path / "bin/python3"
    stub.write_text('#!/bin/sh\nprintf "%s\\n" "$@" > "$ASKED"\n', "utf-8")
    stub.chmod(0o755)
    return tmp_path


def shell(script: str, place: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a step of a pipeline as it stands."""
    path = os.pathsep.join([str(place / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "ASKED": str(place / "asked"), **variables}
    return subprocess.run(
        [str(BASH), "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=place, env=environment, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def resolved(step: dict[str, Any], inputs: dict[str, str]) -> dict[str, str]:
    """The environment of a step with the expressions in it worked out."""
    known = {f"inputs.{name}": value for name, value in inputs.items()} | {"github.action_path": "/action"}
    return {
        name: re.sub(r"\$\{\{ (.*?) \}\}", lambda found: known[found[1]], value)
        for name, value in step.get("env", {}).items()
    }


@pytest.mark.skipif(BASH is None, reason="bash is not here")
@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"paths": "ken 1.json"}, 1),
        ({"paths": "\n  \nken 1.json\n", "options": "--fail-on warning --select COM"}, 1),
        ({"paths": "ken 1.json", "options": "--select FAC --ignore FAC101"}, 0),
        ({"paths": "nothing.json"}, 2),
        ({"paths": "$(touch hacked)"}, 2),
    ],
)
def test_the_steps_of_the_github_action_run(given: dict[str, str], status: int, place: Path) -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    inputs = {name: str(one["default"]) for name, one in action["inputs"].items()} | given
    install, check = action["runs"]["steps"]
    assert "${{" not in install["run"] + check["run"], "what a user gives must not become a part of the script"
    assert shell(install["run"], place, **resolved(install, inputs)).returncode == 0
    asked = (place / "asked").read_text("utf-8").split()
    assert asked[:3] == ["-m", "pip", "install"]
    assert asked[-1] == "/action"
    files = {name: str(place / name.lower()) for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
    done = shell(check["run"], place, **files, **resolved(check, inputs))
    assert done.returncode == status, done.stderr
    assert Path(files["GITHUB_OUTPUT"]).read_text("utf-8") == f"status={status}\n"
    assert not (place / "hacked").exists()
    if status < 2:
        log = json.loads((place / "invlint.sarif").read_text("utf-8"))
        assert log["version"] == "2.1.0"
        assert Path(files["GITHUB_STEP_SUMMARY"]).read_text("utf-8").startswith("# invlint: ")
    assert ("::error file=ken 1.json,line=" in done.stdout) == (status == 1)


@pytest.mark.skipif(BASH is None, reason="bash is not here")
def test_the_script_of_the_gitlab_job_runs(place: Path) -> None:
    job = yaml.safe_load((ROOT / "ci/invlint.gitlab-ci.yml").read_text("utf-8"))["invlint"]
    (place / "ken 1.json").rename(place / "ken.json")
    install, check = job["script"]
    assert shell(install, place, **job["variables"]).returncode != 0, "without INVLINT_SOURCE it says what lacks"
    assert shell(install, place, **job["variables"] | {"INVLINT_SOURCE": "invlint"}).returncode == 0
    done = shell(check, place, **job["variables"] | {"INVLINT_PATHS": "ken.json"})
    assert done.returncode == 1, done.stderr
    reports = job["artifacts"]["reports"]
    issues = json.loads((place / reports["codequality"]).read_text("utf-8"))
    assert issues[0]["location"]["path"] == "ken.json"
    root = ElementTree.fromstring((place / reports["junit"]).read_text("utf-8"))  # noqa: S314
    assert root.get("failures") == "13"
