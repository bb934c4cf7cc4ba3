"""What a configuration sets, each value with where it comes from."""

# Annotations are not deferred here: each of a NamedTuple would be compiled from its text at every start.

from typing import Any, NamedTuple

DEFAULT, COMMAND_LINE = "default", "command line"
"""Origins that are no file; others are `profile gate`, or a file with its line: `invlint.toml:3`."""


class Setting(NamedTuple):
    """A value, and where it comes from."""

    value: Any
    origin: str = DEFAULT


class Choice(NamedTuple):
    """A step in choosing rules: `select` them alone, `ignore` them, or choose them too (`extend-select`).

    A word is a rule's name or code, the beginning of a code, or a principle.
    """

    verb: str
    words: tuple[str, ...]
    origin: str


class RuleSetting(NamedTuple):
    """A severity, or a parameter as text in a rule, for the rules of a word.

    It is for findings whose key fulfils the condition `where`, and for files that one of `paths` fits; for all where
    these are empty. `of_many` says that its word names several rules, some of which may know nothing of `where`.
    """

    rule: str
    parameter: str | None
    value: str
    origin: str
    where: str = ""
    paths: tuple[str, ...] = ()
    of_many: bool = False
