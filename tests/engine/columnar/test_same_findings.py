"""Every rule finds the same on either engine as with the interpreter: in its examples and in the samples."""

from __future__ import annotations

import gc
import weakref
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from engines import duckdb_backend, polars_backend

from invlint.engine.columnar.judge import ColumnarJudge
from invlint.engine.judge import PlainJudge
from invlint.engine.run import run_rule
from invlint.reference import load_reference
from invlint.rules import load_rules
from invlint.rules.load import rule_sources
from invlint.schema import shape_rows
from invlint.sources import read_file
from invlint.tables import build_frames
from invlint.testing.examples import ShownTable, _frames, run_examples

if TYPE_CHECKING:
    from invlint.engine.columnar.backends import Backend
    from invlint.engine.columnar.contexts import Context
    from invlint.model.plan import Plan, RulePlan
    from invlint.tables import Frames

EXAMPLES = [(result.rule, result.line, result.tables) for result in run_examples(rule_sources(), load_reference())]
FOLDER = Path(__file__).parents[3] / "samples"
SAMPLES = sorted(
    path for form in ("json", "yaml", "csv", "xlsx") for path in FOLDER.glob(f"*.{form}") if path.stem != "faults"
)
ONCE = [path for path in SAMPLES if path.suffix == ".csv" and path.stem != "sound"]
"""The faulty sample has every row of the sound one; what differs between formats is not the engine's."""


@lru_cache(maxsize=1)
def _plan() -> Plan:
    return load_rules(load_reference()).plan


def _differences(frames: Frames, backend: Backend, rules: list[RulePlan]) -> dict[str, Any]:
    """The rules of which the two judges say different things."""
    plain, columnar = PlainJudge(_plan(), frames), ColumnarJudge(_plan(), frames, backend)
    results = [(run_rule(rule, plain, frames), run_rule(rule, columnar, frames)) for rule in rules]
    return {one.rule.name: (vars(one), vars(other)) for one, other in results if vars(one) != vars(other)}


def _of(name: str) -> list[RulePlan]:
    return [rule for rule in _plan().rules if rule.name == name]


@pytest.mark.parametrize(("rule", "line", "tables"), EXAMPLES, ids=[f"{rule}:{line}" for rule, line, _ in EXAMPLES])
def test_an_example_gives_the_same_on_polars(rule: str, line: int, tables: tuple[ShownTable, ...]) -> None:
    assert _differences(_frames(list(tables), load_reference()), polars_backend(), _of(rule)) == {}


WITH_ALL_FORMS = ("prior-year-not-recalculated", "factor-outlier-among-peers", "total-mismatch")
"""Rules that together have series, medians, pairs and needs: DuckDB takes seconds for each."""


@pytest.mark.parametrize("rule", WITH_ALL_FORMS)
def test_the_examples_of_a_rule_in_one_run_give_the_same_on_duckdb(rule: str) -> None:
    tables = [table for name, _, shown in EXAMPLES if name == rule for table in shown]
    assert _differences(_frames(tables, load_reference()), duckdb_backend(), _of(rule)) == {}


@pytest.mark.parametrize("path", SAMPLES, ids=[path.name for path in SAMPLES])
def test_a_sample_gives_the_same_on_polars(path: Path) -> None:
    assert _differences(_read(path), polars_backend(), list(_plan().rules)) == {}


@pytest.mark.parametrize("path", ONCE, ids=[path.name for path in ONCE])
def test_a_sample_gives_the_same_on_duckdb(path: Path) -> None:
    """One form of each sample: the others make the same tables."""
    assert _differences(_read(path), duckdb_backend(), list(_plan().rules)) == {}


def test_no_pairs_outlive_their_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where no garbage is collected, as in a run of the command line."""
    from invlint.engine.columnar.lowering import Lowering

    made: list[weakref.ref[Context]] = []
    pair = Lowering._paired

    def paired(lowering: Lowering, context: Context, node: int) -> Context:
        pairs = pair(lowering, context, node)
        made.append(weakref.ref(pairs))
        return pairs

    monkeypatch.setattr(Lowering, "_paired", paired)
    frames = _read(FOLDER / "sound.csv")
    judge = ColumnarJudge(_plan(), frames, polars_backend())
    gc.disable()
    try:
        for rule in _plan().rules:
            run_rule(rule, judge, frames)
            assert not [one for one in made if one() is not None], rule.name
    finally:
        gc.enable()
    assert made


def _read(path: Path) -> Frames:
    readings = [read_file(path)]
    return build_frames(readings, shape_rows(readings), load_reference())
