"""A format of the report, and what its text is made for."""

# Annotations are not deferred here: each of a NamedTuple would be compiled from its text at every start.

from collections.abc import Callable
from typing import NamedTuple

from invlint.model.report import Report

QUIET, USUAL, FULL = -1, 0, 1


class View(NamedTuple):
    """What a text is made for: a width in characters, colour or none, and why the check is incomplete, if it is.

    `detail` is how much a text for people tells: QUIET the summary alone, USUAL, or FULL, where nothing is cut short.
    """

    width: int = 80
    color: bool = False
    incomplete: tuple[str, ...] = ()
    detail: int = 0


Renderer = Callable[[Report, View], str]


class ReportFormat(NamedTuple):
    """A format. `renderer(report, view)` gives its text: a function, or `package.module:function` to load then."""

    name: str
    about: str
    renderer: str | Renderer
