"""A pytest plugin for authors: `-p invlint.testing.pytest_plugin` makes each example in a rule file a test.

It brings two fixtures as well: `small_inventory` makes a document from entries, `check_inventory` a report of one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from invlint.errors import InvlintError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from invlint.model.report import Report
    from invlint.testing.examples import ExampleResult


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> RuleFile | None:
    """Take rule files as files of tests."""
    return RuleFile.from_parent(parent, path=file_path) if file_path.suffix == ".rule" else None


class RuleFile(pytest.File):
    """A rule file: a test for each example, and one that fails where a rule lacks an example."""

    def collect(self) -> Iterator[pytest.Item]:
        """The tests of the file. Raises CollectError where its rules make no sense."""
        from invlint.reference import shipped_reference
        from invlint.rules.beside import sources_beside
        from invlint.testing.examples import examples_lacking, run_examples

        try:
            sources, rules = sources_beside([self.path])
            results = run_examples(sources, shipped_reference(), {written.rule.name for written in rules})
        except InvlintError as error:
            raise self.CollectError(str(error)) from None
        for written in rules:
            for lacking in examples_lacking(written.rule):
                yield Lacking.from_parent(self, name=f"{written.rule.name}: {lacking}")
        for result in results:
            yield Example.from_parent(self, name=f"{result.rule}:{result.line} {result.title}", result=result)


class ExampleError(Exception):
    """An example that does not do what it says."""


class _RuleTest(pytest.Item):
    """A test of a rule file, whose failure is words and not a traceback."""

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The words of the failure."""
        if isinstance(excinfo.value, ExampleError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the test stands."""
        return self.path, None, self.name


class Lacking(_RuleTest):
    """A rule without an example that passes, or without one that fails."""

    def runtest(self) -> None:
        """Fail: an author must show both."""
        raise ExampleError(self.name)


class Example(_RuleTest):
    """One example of a rule."""

    def __init__(self, *, result: ExampleResult, **given: Any) -> None:
        super().__init__(**given)
        self._result = result

    def runtest(self) -> None:
        """Fail where the example does not do what it says."""
        if self._result.problem is not None:
            raise ExampleError(_told(self._result))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """The line of the example."""
        return self.path, self._result.line - 1, self.name


def _told(result: ExampleResult) -> str:
    lines = [f"{result.path}:{result.line}: {result.problem}"]
    for row in result.seen:
        values = ", ".join(f"{name} {value}" for name, value in row.values)
        lines.append(f"  {row.table}: {row.outcome} ({values})")
    return "\n".join(lines)


@pytest.fixture
def small_inventory() -> Callable[..., dict[str, Any]]:
    """Make a document of one Party and reference year from its entries.

    `party`, `year` and `edition` are KEN, 2020 and 2013 unless they are given; `members` are others of the document.
    """

    def make(
        *entries: dict[str, Any], party: str = "KEN", year: int = 2020, edition: str = "2013", **members: Any
    ) -> dict[str, Any]:
        inventory = {"year": year, "entries": list(entries)}
        document = {"format": "invlint/inventory-1", "party": party, "edition": edition, "inventories": [inventory]}
        return document | members

    return make


@pytest.fixture
def check_inventory(tmp_path: Path) -> Callable[[dict[str, Any] | Path], Report]:
    """Check a document, or a file, by all rules that take part, and give the report."""

    def check(given: dict[str, Any] | Path) -> Report:
        import json

        from invlint.policy import judge_readings
        from invlint.reference import shipped_reference
        from invlint.rules import load_rules, select_rules
        from invlint.sources import read_file

        if isinstance(given, dict):
            path = tmp_path / "inventory.json"
            path.write_text(json.dumps(given), "utf-8")
        else:
            path = given
        reference = shipped_reference()
        rules = load_rules(reference)
        selected = select_rules(rules.plan, [], [])
        return judge_readings([read_file(path)], rules, selected, reference=reference).report

    return check
