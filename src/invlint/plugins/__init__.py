"""Plugins add rules to a run (hook specifications and their manager, on pluggy)."""

from invlint.plugins.manager import rule_folders

__all__ = ["rule_folders"]
