"""The Toolkit as data: groups, categories, classes, factors with their evidence, crosswalk, chemicals, countries."""

from invlint.reference.load import Reference, load_reference, shipped_reference

__all__ = ["Reference", "load_reference", "shipped_reference"]
