"""The formats of a report, declared once: what each is for, and the function that makes its text."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from invlint.model.report_format import Renderer, ReportFormat, View

if TYPE_CHECKING:
    from invlint.model.report import Report

FORMATS: dict[str, ReportFormat] = {
    made.name: made
    for made in (
        ReportFormat("terminal", "for people, in a terminal", "invlint.render.report_terminal:render_terminal"),
        ReportFormat("json", "for programs, with everything in it", "invlint.render.report_json:render_json"),
        ReportFormat("matrix", "Party x rule, in a terminal", "invlint.render.report_matrix:render_matrix"),
        ReportFormat("matrix-csv", "Party x rule, for a spreadsheet", "invlint.render.matrix:render_matrix_csv"),
    )
}
"""Name to format, in the order of the help."""


def render(report: Report, form: ReportFormat, view: View) -> str:
    """The text of a report in a format."""
    return _function(form.renderer)(report, view)


def _function(renderer: str | Renderer) -> Renderer:
    if not isinstance(renderer, str):
        return renderer
    module, _, name = renderer.partition(":")
    function: Renderer = getattr(import_module(module), name)
    return function


__all__ = ["FORMATS", "Renderer", "ReportFormat", "View", "render"]
