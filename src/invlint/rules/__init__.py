"""Find, load and select rules."""

from invlint.rules.load import RuleSet, load_rules, rule_files
from invlint.rules.select import select_rules

__all__ = ["RuleSet", "load_rules", "rule_files", "select_rules"]
