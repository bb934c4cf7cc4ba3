"""Run the examples inside rules."""

from invlint.testing.examples import ExampleResult, examples_lacking, run_examples

__all__ = ["ExampleResult", "examples_lacking", "run_examples"]
