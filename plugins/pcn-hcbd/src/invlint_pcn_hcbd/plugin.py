"""What this plugin offers to invlint: rules on PCN and HCBD."""

from pathlib import Path

from invlint.plugins import hookimpl


@hookimpl
def invlint_rules() -> list[Path]:
    return [Path(__file__).parent / "rules"]
