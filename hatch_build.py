"""Compile the built-in rules into the wheel, so that no first run has to."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledRules(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the plan of the rules beside them, under the name that a run looks for."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, unless the package is to be used from this checkout, where rules change."""
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root) / "src"))
        from invlint.lang import compile_rules
        from invlint.reference import shipped_reference
        from invlint.rules.cache import ship_plan
        from invlint.rules.load import built_in_sources

        self._made = tempfile.TemporaryDirectory()
        os.environ["INVLINT_CACHE_DIR"] = self._made.name  # a build leaves nothing in the user's cache
        folder = Path(self._made.name) / "plans"
        sources = built_in_sources()
        ship_plan(sources, compile_rules(sources, shipped_reference()), folder)
        for file in folder.iterdir():
            build_data["force_include"][str(file)] = f"invlint/shipped/plans/{file.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Clear away what was made."""
        if version != "editable":
            self._made.cleanup()
