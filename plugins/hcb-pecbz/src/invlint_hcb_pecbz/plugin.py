"""What this plugin offers to invlint: rules on HCB and PeCBz."""

from pathlib import Path

from invlint.plugins import hookimpl


@hookimpl
def invlint_rules() -> list[Path]:
    return [Path(__file__).parent / "rules"]
