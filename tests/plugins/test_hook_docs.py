"""Every hook is documented, with an example."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from invlint.plugins import hookspecs
from invlint.plugins.gather import GIVES

HOOKS = [name for name, member in vars(hookspecs).items() if getattr(member, "invlint_spec", None) is not None]
PAGE = (Path(__file__).parents[2] / "docs" / "hooks.md").read_text("utf-8")


def test_every_specification_is_asked_for() -> None:
    assert sorted(HOOKS) == sorted(GIVES)


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_has_an_example_and_is_in_the_docs(hook: str) -> None:
    assert "Example::" in inspect.getdoc(getattr(hookspecs, hook))  # type: ignore[operator]
    assert f"\n## {hook}\n" in PAGE
    assert f"def {hook}(" in PAGE
