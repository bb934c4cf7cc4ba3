"""Run the examples inside rules."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from invlint.testing.examples import ExampleResult, examples_lacking, run_examples

__all__ = ["ExampleResult", "examples_lacking", "run_examples"]


def __getattr__(name: str) -> Any:
    """Loaded when asked for: pytest loads the plugin beside it before it begins to count which lines are run."""
    if name not in __all__:
        raise AttributeError(name)
    from invlint.testing import examples

    return getattr(examples, name)
