"""The report as JSON lines, for programs that read a line at a time: each is an object that says its `type`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from invlint.render.not_checked import not_checked
from invlint.render.report_json import finding_data, report_data
from invlint.render.words import state

if TYPE_CHECKING:
    from collections.abc import Iterator

    from invlint.model.report import Report
    from invlint.render.formats import View

_LEFT_OUT = ("rules", "outcomes", "remedies", "findings")
"""Members of the whole report that its first line does without."""


def render_jsonl(report: Report, view: View) -> str:
    """A line of type `report`, a `finding` each, a `not_checked` each, and an `incomplete` where the check is."""
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in _lines(report, view))


def _lines(report: Report, view: View) -> Iterator[dict[str, Any]]:
    whole = report_data(report)
    yield {"type": "report", **{name: value for name, value in whole.items() if name not in _LEFT_OUT}}
    for finding in report.findings:
        yield {"type": "finding", "state": state(finding), **finding_data(finding)}
    for lack in not_checked(report):
        yield {"type": "not_checked", "kind": lack.kind, "rule": lack.rule, "path": lack.path, "why": lack.why}
    for reason in view.incomplete:
        yield {"type": "incomplete", "why": reason}
