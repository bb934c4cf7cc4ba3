"""What was not looked at, in words: files, rules and rows. Every report tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from invlint.model.report import Input, Outcome, Report

_MOST_LISTED = 10


GRAVE = ("unread", "crashed")
"""What should have been checked and was not; the other kinds lie in what an inventory holds."""


class NotChecked(NamedTuple):
    """Something that was not checked, of a file or a rule: which kind, and why.

    `kind` is unread, reading, passed_over, ignored, could_not_run, crashed, not_testable, unknown or scope.
    """

    kind: str
    why: str
    path: str | None = None
    rule: str | None = None

    @property
    def text(self) -> str:
        """What was not checked, and why."""
        of = self.rule or self.path
        return f"{of}: {self.why}" if of else self.why


def not_checked(report: Report) -> list[NotChecked]:
    """All that was not checked: files first, then rules in their order, then what lies outside a declared scope."""
    return [
        *(NotChecked("unread", given.problem, given.path) for given in report.inputs if given.problem is not None),
        *(NotChecked("reading", note, given.path) for given in report.inputs for note in given.notes),
        *_listed("passed_over", "files of a kind that invlint does not read", report.passed_over),
        *_listed("ignored", "left out by .gitignore", report.ignored),
        *(lack for outcome in report.outcomes for lack in _of_rule(outcome)),
        *_scope(report.inputs),
    ]


def _listed(kind: str, why: str, paths: tuple[str, ...]) -> list[NotChecked]:
    if not paths:
        return []
    rest = len(paths) - _MOST_LISTED
    listed = ", ".join(paths[:_MOST_LISTED]) + (f" and {rest} more" if rest > 0 else "")
    return [NotChecked(kind, f"{why}: {listed}")]


def _of_rule(outcome: Outcome) -> list[NotChecked]:
    if outcome.outcome in ("could_not_run", "crashed"):
        return [NotChecked(outcome.outcome, outcome.reason or "", rule=outcome.rule)]
    lacks = []
    if outcome.not_testable:
        lacks.append(NotChecked("not_testable", outcome.reason or "", rule=outcome.rule))
    if outcome.unknown:
        rows = "1 row" if outcome.unknown == 1 else f"{outcome.unknown} rows"
        lacks.append(
            NotChecked("unknown", f"{rows} could not be judged, because a value is missing", rule=outcome.rule)
        )
    return lacks


def _scope(inputs: tuple[Input, ...]) -> list[NotChecked]:
    parts = dict.fromkeys(part for given in inputs for part in given.scopes)
    if not parts:
        return []
    return [NotChecked("scope", f"declared scope: completeness was judged within {', '.join(parts)} alone")]
