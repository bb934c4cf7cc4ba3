"""The report of one run: what was read, what each rule did, what was found."""

# Annotations are not deferred here: each of a NamedTuple would be compiled from its text at every start.

from typing import NamedTuple

from invlint.model.finding import Finding, Remedy


class Input(NamedTuple):
    """A file that was given. `rows` counts releases, keys and totals; `problem` says why it was not read."""

    path: str
    sha256: str | None
    parties: tuple[str, ...]
    years: tuple[int, ...]
    rows: int
    scopes: tuple[str, ...] = ()
    problem: str | None = None
    notes: tuple[str, ...] = ()


class Outcome(NamedTuple):
    """What became of a rule: passed, failed, not_applicable, could_not_run or crashed.

    `evaluated` rows were judged, `failed` of them were at fault, `unknown` could not be judged because a
    value was missing, `not_testable` ones lack what the rule needs, such as enough peers. `reason` says why a rule
    could not run or test all rows.
    """

    rule: str
    code: str
    outcome: str
    evaluated: int
    failed: int
    unknown: int
    reason: str | None = None
    not_testable: int = 0


class Pack(NamedTuple):
    """A set of rules that took part, with the digest of its text."""

    name: str
    rules: int
    sha256: str


class UsedPlugin(NamedTuple):
    """A plugin that took part. `troubles` are what went wrong when it was asked what it offers."""

    name: str
    version: str
    troubles: tuple[str, ...] = ()


class UsedReference(NamedTuple):
    """The default factors that the rules were held against (contract).

    `edition` is `shipped` or `own`, `sha256` the digest of the table that the factors come from, `source` the file name
    of that table where it is the user's own.
    """

    edition: str = "shipped"
    sha256: str | None = None
    source: str | None = None


class Report(NamedTuple):
    """Everything a renderer needs (contract).

    `passed_over` are files of a folder of a kind that is not read, `earlier` the files of earlier submissions,
    `remedies` single changes that resolve several findings.
    """

    tool_version: str
    packs: tuple[Pack, ...]
    inputs: tuple[Input, ...]
    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...]
    passed_over: tuple[str, ...] = ()
    earlier: tuple[Input, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    profile: str | None = None
    reference: UsedReference = UsedReference()
    plugins: tuple[UsedPlugin, ...] = ()
