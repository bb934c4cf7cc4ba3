"""Compile the rules into the wheel, those of its plugins too, so that no first run has to."""

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
        self._made = tempfile.TemporaryDirectory()
        os.environ["INVLINT_CACHE_DIR"] = self._made.name  # a build leaves nothing in the user's cache
        self._make_importable(Path(self._made.name) / "installed")
        from invlint.lang import compile_rules
        from invlint.plugins import active
        from invlint.reference import shipped_reference
        from invlint.rules.cache import ship_plan
        from invlint.rules.load import installed_sources

        troubles = [f"{plugin.name}: {trouble}" for plugin in active() for trouble in plugin.troubles]
        if troubles:
            raise RuntimeError("; ".join(troubles))
        folder = Path(self._made.name) / "plans"
        sources = installed_sources()
        ship_plan(sources, compile_rules(sources, shipped_reference()), folder)
        for file in folder.iterdir():
            build_data["force_include"][str(file)] = f"invlint/shipped/plans/{file.name}"

    def _make_importable(self, folder: Path) -> None:
        """Put invlint and its plugins on the path, with the entry points that the wheel will have."""
        metadata = folder / f"{self.metadata.name}-{self.metadata.version}.dist-info"
        metadata.mkdir(parents=True)
        plugins = self.metadata.core.entry_points["invlint"]
        lines = [f"{name} = {module}\n" for name, module in plugins.items()]
        (metadata / "entry_points.txt").write_text(f"[invlint]\n{''.join(lines)}", "utf-8")
        root = Path(self.root)
        sys.path[:0] = [str(folder), str(root / "src"), *map(str, sorted(root.glob("plugins/*/src")))]

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Clear away what was made."""
        if version != "editable":
            self._made.cleanup()
