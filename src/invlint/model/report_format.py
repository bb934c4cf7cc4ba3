"""A format of the report, and what its text is made for."""

# Annotations are not deferred here: each of a NamedTuple would be compiled from its text at every start.

from collections.abc import Callable
from typing import NamedTuple

from invlint.model.report import Report


class View(NamedTuple):
    """What a text is made for: a width in characters, colour or none, and why the check is incomplete, if it is."""

    width: int = 80
    color: bool = False
    incomplete: tuple[str, ...] = ()


Renderer = Callable[[Report, View], str]


class ReportFormat(NamedTuple):
    """A format. `renderer(report, view)` gives its text: a function, or `package.module:function` to load then."""

    name: str
    about: str
    renderer: str | Renderer
