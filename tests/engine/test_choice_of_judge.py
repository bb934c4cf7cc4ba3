"""Long runs go by whole columns, and nothing tells but the time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from invlint.engine import run
from invlint.engine.columnar.judge import ColumnarJudge
from invlint.engine.judge import PlainJudge
from invlint.reference import load_reference
from invlint.rules import load_rules
from invlint.schema import shape_rows
from invlint.sources import read_file
from invlint.tables import build_frames

FAULTY = Path(__file__).parents[2] / "samples" / "faulty.csv"


def _results(selected: set[str] | None = None) -> list[dict[str, Any]]:
    readings = [read_file(FAULTY)]
    frames = build_frames(readings, shape_rows(readings), load_reference())
    return [vars(result) for result in run.run_plan(load_rules(load_reference()).plan, frames, selected)]


@pytest.mark.parametrize("selected", [None, {"not-the-default", "total-mismatch"}], ids=["all rules", "some rules"])
def test_a_long_run_says_the_same_as_a_short_one(monkeypatch: pytest.MonkeyPatch, selected: set[str] | None) -> None:
    short = _results(selected)
    monkeypatch.setattr(run, "MANY_ROWS", 0)
    assert _results(selected) == short
    assert any(result["failures"] for result in short)


@pytest.mark.parametrize(("limit", "kind"), [(0, ColumnarJudge), (10**9, PlainJudge)])
def test_the_number_of_release_rows_chooses_the_judge(
    monkeypatch: pytest.MonkeyPatch, limit: int, kind: type[object]
) -> None:
    judges: list[object] = []

    def watch(rule: Any, judge: object, frames: Any) -> Any:
        judges.append(judge)
        return run.RuleResult(rule)

    monkeypatch.setattr(run, "MANY_ROWS", limit)
    monkeypatch.setattr(run, "run_rule", watch)
    _results()
    assert {type(judge) for judge in judges} == {kind}


def test_a_short_run_imports_no_engine() -> None:
    code = (
        "import sys; from invlint.cli.main import main; main(['check', sys.argv[1], '-o', 'json']);"
        "sys.exit(any(name in sys.modules for name in ('polars', 'narwhals', 'duckdb')))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(FAULTY)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
