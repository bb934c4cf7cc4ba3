"""A mistake of meaning in a rule, raised where it is found and shown with its source line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invlint.errors import InvlintError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from invlint.lang.tree import Span


class MeaningError(InvlintError):
    """A name, kind or unit makes no sense at a place of the rule."""

    def __init__(self, message: str, span: Span, hint: str = "") -> None:
        self.span = span
        self.hint = hint
        super().__init__(message)


def unknown(what: str, name: str, known: Iterable[str], span: Span) -> MeaningError:
    """An unknown name, with the nearest known one."""
    from difflib import get_close_matches

    names = sorted(known)
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    hint = f"did you mean “{near[0]}”?" if near else f"known are {', '.join(names)}"
    return MeaningError(f"“{name}” is no {what}", span, hint)
