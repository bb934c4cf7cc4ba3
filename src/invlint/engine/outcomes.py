"""What became of each rule, in the words of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invlint.model.report import Outcome
from invlint.reference.editions import EDITIONS_WITH_DEFAULTS
from invlint.tables.declared import EARLIER

if TYPE_CHECKING:
    from invlint.engine.run import RuleResult
    from invlint.tables import Frames

_NEED_EDITION = frozenset(
    {"defaults", "expected_groups", "expected_categories", "expected_classes", "expected_releases"}
)


def make_outcomes(results: list[RuleResult], frames: Frames) -> list[Outcome]:
    """The outcome of each result."""
    lacking = _edition_lacking(frames)
    alone = not frames[EARLIER + "inventories"].size
    return [_outcome(result, lacking, alone=alone) for result in results]


def _outcome(result: RuleResult, lacking: str | None, *, alone: bool) -> Outcome:
    """`lacking` says why rules on an edition have nothing to stand on, `alone` that there is no earlier submission."""
    word, reason = _word(result, lacking)
    if word == "not_applicable" and alone and any(table.startswith(EARLIER) for table in result.rule.tables):
        reason = "there is no earlier submission to compare with: name it with --previous"
    rule = result.rule
    untestable = sum(result.untestable.values())
    return Outcome(rule.name, rule.code, word, result.evaluated, result.failed, result.unknown, reason, untestable)


def _word(result: RuleResult, lacking: str | None) -> tuple[str, str | None]:
    if result.crash is not None:
        return "crashed", result.crash
    if result.failed:
        return "failed", _untestable(result)
    if result.evaluated:
        return "passed", _untestable(result)
    if lacking is not None and _NEED_EDITION & set(result.rule.tables):
        return "could_not_run", lacking
    if result.untestable:
        return "could_not_run", _untestable(result)
    if result.unknown:
        rows = "the one row" if result.unknown == 1 else f"all {result.unknown} rows"
        return "could_not_run", f"in {rows} that it is about a value is missing"
    return "not_applicable", None


def _untestable(result: RuleResult) -> str | None:
    """How many rows could not be tested, and why."""
    parts = [
        f"not testable in {'one row' if count == 1 else f'{count} rows'}: {why}"
        for why, count in result.untestable.items()
    ]
    return "; ".join(parts) or None


def _edition_lacking(frames: Frames) -> str | None:
    """Why rules that rest on an edition have nothing to stand on; None where some inventory has one."""
    inventories = frames["inventories"]
    editions = {edition for edition in inventories.column("edition") if edition is not None}
    if not inventories.size or editions & EDITIONS_WITH_DEFAULTS:
        return None
    if not editions:
        return "no inventory declares a Toolkit edition"
    return f"no class list and default factors are at hand for edition {', '.join(sorted(editions))}"
