"""The formats of a report, declared once: what each is for, and the function that makes its text."""

# Annotations are not deferred here: each of a NamedTuple would be compiled from its text at every start.

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from invlint.model.report import Report


class View(NamedTuple):
    """What a text is made for: a width in characters, colour or none, and why the check is incomplete, if it is."""

    width: int = 80
    color: bool = False
    incomplete: tuple[str, ...] = ()


Renderer = Callable[[Report, View], str]


class ReportFormat(NamedTuple):
    """A format. `renderer` is a function, or `module:function` where it is not loaded before it is wanted."""

    name: str
    about: str
    renderer: str | Renderer


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
