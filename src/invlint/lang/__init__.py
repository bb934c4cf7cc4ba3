"""The rule language: grammar, tree, checks of names, kinds and units, and lowering to a plan. It sees no files."""

from invlint.lang.compile import ClashError, compile_rules
from invlint.lang.format import format_rules
from invlint.lang.parse import parse_rules

__all__ = ["ClashError", "compile_rules", "format_rules", "parse_rules"]
