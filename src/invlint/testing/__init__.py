"""Run the examples inside rules."""

from invlint.testing.examples import ExampleResult, run_examples

__all__ = ["ExampleResult", "run_examples"]
