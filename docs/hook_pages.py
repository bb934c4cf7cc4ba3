"""The page of the hooks, from their specifications, and of the data that they give, from its declarations."""

from __future__ import annotations

import inspect
from textwrap import dedent

from invlint.plugins import hookspecs, offers
from invlint.plugins.gather import GIVES


def hooks_page() -> str:
    """Every hook with its documentation, and every kind of data that a hook gives."""
    lines = [
        "# Hooks",
        "",
        "[Writing plugins](writing-plugins.md) shows how to begin; this page lists all there is. A hook is a function",
        "of the plugin's module, marked `@hookimpl` from `invlint.plugins`. All hooks are optional, and give a list.",
        "",
        "| hook | gives |",
        "|---|---|",
    ]
    lines += [f"| [{hook}](#{hook}) | {_kind(kind)} |" for hook, (_, kind) in GIVES.items()]
    for hook in GIVES:
        lines += ["", f"## {hook}", "", *_documentation(getattr(hookspecs, hook))]
    for _, kind in GIVES.values():
        if kind is not str:
            lines += _data(kind)
    lines += _data(offers.Column)
    return "\n".join(lines) + "\n"


def _kind(kind: type) -> str:
    return "paths" if kind is str else f"[{kind.__name__}](#{kind.__name__.lower()})"


def _documentation(hook: object) -> list[str]:
    prose, _, example = inspect.cleandoc(hook.__doc__ or "").partition("Example::")
    code, after = _split(example)
    return [prose.strip(), "", "```python", code, "```", *([after] if after else [])]


def _split(example: str) -> tuple[str, str]:
    """The indented lines of an example, and the prose behind it."""
    lines = example.strip("\n").splitlines()
    end = next((at for at, line in enumerate(lines) if line and not line.startswith(" ")), len(lines))
    return dedent("\n".join(lines[:end])).strip("\n"), "\n".join(["", *lines[end:]]).rstrip()


def _data(kind: type) -> list[str]:
    defaults = kind._field_defaults  # type: ignore[attr-defined]
    members = [f"{name} = {defaults[name]!r}" if name in defaults else name for name in kind._fields]  # type: ignore[attr-defined]
    signature = f"{kind.__name__}({', '.join(members)})"
    return ["", f"## {kind.__name__}", "", "```python", signature, "```", "", inspect.cleandoc(kind.__doc__ or "")]
