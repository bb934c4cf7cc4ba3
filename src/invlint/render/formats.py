"""The formats of reports and of comparisons, declared once: what each is for, and the function that makes its text."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from invlint.model.report_format import Renderer, ReportFormat, View

_ROOM = "invlint.render.report"

FORMATS: dict[str, ReportFormat] = {
    made.name: made
    for made in (
        ReportFormat("terminal", "for people, in a terminal", f"{_ROOM}_terminal:render_terminal"),
        ReportFormat("json", "for programs, with everything in it", f"{_ROOM}_json:render_json"),
        ReportFormat("concise", "a line a finding, for editors and grep", f"{_ROOM}_concise:render_concise"),
        ReportFormat("jsonl", "a line of JSON a finding, for programs", f"{_ROOM}_jsonl:render_jsonl"),
        ReportFormat("csv", "a row a finding, for a spreadsheet", f"{_ROOM}_csv:render_csv"),
        ReportFormat("markdown", "for a comment or the summary of a job", f"{_ROOM}_markdown:render_markdown"),
        ReportFormat("sarif", "SARIF 2.1.0, for code scanning", f"{_ROOM}_sarif:render_sarif"),
        ReportFormat("github", "annotations of a GitHub workflow", f"{_ROOM}_github:render_github"),
        ReportFormat("gitlab", "a GitLab code quality report", f"{_ROOM}_gitlab:render_gitlab"),
        ReportFormat("junit", "JUnit XML, for the test view of a pipeline", f"{_ROOM}_junit:render_junit"),
        ReportFormat("rdjson", "for reviewdog", f"{_ROOM}_rdjson:render_rdjson"),
        ReportFormat("matrix", "Party x rule, in a terminal", f"{_ROOM}_matrix:render_matrix"),
        ReportFormat("matrix-csv", "Party x rule, for a spreadsheet", "invlint.render.matrix:render_matrix_csv"),
    )
}
"""Name to format of a report, in the order of the help."""

_OTHER_ROOM = "invlint.render.comparison"

COMPARISON_FORMATS: dict[str, ReportFormat] = {
    made.name: made
    for made in (
        ReportFormat("terminal", "for people, in a terminal", f"{_OTHER_ROOM}_terminal:render_comparison"),
        ReportFormat("json", "for programs, with everything in it", f"{_OTHER_ROOM}_json:render_comparison_json"),
        ReportFormat("markdown", "for a comment or the summary of a job", f"{_OTHER_ROOM}_markdown:render_markdown"),
    )
}
"""Name to format of a comparison."""


def render(made: Any, form: ReportFormat, view: View) -> str:
    """The text of a report, or of a comparison, in a format of it."""
    return _function(form.renderer)(made, view)


def _function(renderer: str | Renderer) -> Renderer:
    if not isinstance(renderer, str):
        return renderer
    module, _, name = renderer.partition(":")
    function: Renderer = getattr(import_module(module), name)
    return function


__all__ = ["COMPARISON_FORMATS", "FORMATS", "Renderer", "ReportFormat", "View", "render"]
