"""A mistake of meaning in a rule, raised where it is found and shown with its source line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invlint.errors import InvlintError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from invlint.lang.tree import Span


_MOST_NAMES = 30


class MeaningError(InvlintError):
    """A name, kind or unit makes no sense at a place of the rule."""

    def __init__(self, message: str, span: Span, hint: str = "") -> None:
        self.span = span
        self.hint = hint
        super().__init__(message)


def unknown(what: str, name: str, known: Iterable[str], span: Span, *, near: str | None = None) -> MeaningError:
    """An unknown name, with the nearest known one."""
    from difflib import get_close_matches

    names = sorted(set(known))
    other_case = [one for one in names if one.casefold() == name.casefold()]
    like = [near] if near else other_case or get_close_matches(name, names, n=1, cutoff=0.5)
    if like:
        hint = f"did you mean “{like[0]}”?"
    elif len(names) > _MOST_NAMES:
        hint = f"there are {len(names)}, such as {', '.join(names[:3])}"
    else:
        hint = f"known are {', '.join(names)}" if names else ""
    return MeaningError(f"“{name}” is no {what}", span, hint)
