"""What a plugin can add. A plugin is a module that an entry point of the group `invlint` names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from pathlib import Path

hookspec = pluggy.HookspecMarker("invlint")
hookimpl = pluggy.HookimplMarker("invlint")


@hookspec
def invlint_rule_folder() -> Path:  # type: ignore[empty-body]
    """The folder of a plugin's rule files: every `*.rule` below it takes part in a run.

    Example::

        @hookimpl
        def invlint_rule_folder() -> Path:
            return Path(__file__).parent / "rules"
    """
