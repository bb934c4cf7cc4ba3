"""Rows that lack what a rule needs are not testable: they neither pass nor fail, and the report says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invlint.engine.outcomes import make_outcomes
from invlint.engine.run import RuleResult, run_plan
from invlint.lang import compile_rules
from invlint.plugins import offered
from invlint.tables import TABLES, Frame

if TYPE_CHECKING:
    from invlint.reference import Reference

RULE = """
rule TST001 a-test
  severity error
  for each r in releases
  let peers = count of rows in releases matching class
  where r.vector = air
  needs peers >= 2 because "one alone has no peers"
  needs r.year > 2000 because "the years before are not known"
  expect r.year > 2005
  message "wrong"
"""


class _Frames(dict[str, Frame]):
    def __missing__(self, name: str) -> Frame:
        return Frame(name, 0, {}, [])


def _result(reference: Reference, rows: list[tuple[str, int | None, str]]) -> tuple[RuleResult, _Frames]:
    plan = compile_rules([("test", "test.rule", RULE)], reference)
    classes, years, vectors = (list(column) for column in zip(*rows, strict=True))
    columns = {"class": classes, "year": years, "vector": vectors}
    frames = _Frames(releases=Frame("releases", len(rows), columns, [(0,)] * len(rows)))
    return run_plan(plan, frames)[0], frames  # type: ignore[arg-type]


def test_a_row_that_lacks_what_is_needed_is_not_testable(reference: Reference) -> None:
    rows = [("1c.1", 2004, "air"), ("1c.1", 2010, "air"), ("1c.2", 2004, "air"), ("1c.1", 1990, "air"),
            ("1c.1", None, "air"), ("1c.3", 1990, "air"), ("1c.1", 1990, "land")]  # fmt: skip
    result, frames = _result(reference, rows)
    counts = (result.evaluated, result.failed, result.unknown, result.outside)
    assert (counts, result.crash) == ((2, 1, 0, 1), None)
    assert result.untestable == {"one alone has no peers": 2, "the years before are not known": 2}
    (outcome,) = make_outcomes([result], frames)  # type: ignore[arg-type]
    assert (outcome.outcome, outcome.not_testable) == ("failed", 4)
    assert outcome.reason == (
        "not testable in 2 rows: one alone has no peers; not testable in 2 rows: the years before are not known"
    )


def test_a_rule_that_could_test_no_row_could_not_run(reference: Reference) -> None:
    result, frames = _result(reference, [("1c.1", 2010, "air")])
    (outcome,) = make_outcomes([result], frames)  # type: ignore[arg-type]
    assert (outcome.outcome, outcome.reason) == ("could_not_run", "not testable in one row: one alone has no peers")


def test_the_tables_of_the_last_submission_have_the_columns_of_those_of_now_save_those_of_plugins() -> None:
    earlier = [name for name in TABLES if name.startswith("last_submission.")]
    assert len(earlier) == 7
    by_plugins = {(one.table, one.column.name) for _, one in offered("columns")}
    for name in earlier:
        now = name.removeprefix("last_submission.")
        own = {column: kind for column, kind in TABLES[now].columns.items() if (now, column) not in by_plugins}
        assert TABLES[name].columns == own
