"""A configuration: what a check is asked to do. A profile is one that ships, or that the command line names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from invlint.model.settings import DEFAULT, Choice, RuleSetting, Setting
from invlint.policy.evidence import cap_by_evidence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from invlint.model.finding import Finding

HONOUR, REPORT, IGNORE = "honour", "report", "ignore"
WAIVERS = (HONOUR, REPORT, IGNORE)
"""What is done with waivers: they set findings aside, or are told beside them, or are not read."""

BASELINE = "invlint-baseline.json"
"""The file of the baseline where none is named."""


class Configuration(NamedTuple):
    """Everything that can be set, and where each value comes from.

    `choices` are the steps in which rules are chosen, `rules` their severities and parameters, in the order in which
    they were set: the last that fits holds. `profile` is the profile asked for, `file` the file that was found.
    """

    fail_on: Setting = Setting("error")
    evidence_cap: Setting = Setting(True)
    waivers: Setting = Setting(HONOUR)
    baseline: Setting = Setting(None)
    choices: tuple[Choice, ...] = ()
    rules: tuple[RuleSetting, ...] = ()
    profile: str | None = None
    file: str | None = None


DEFAULT_CONFIGURATION = Configuration()
"""What holds where nothing is configured: rules as they are written."""


def layered(under: Configuration, over: Configuration) -> Configuration:
    """One configuration over another: its values hold, and its choices and settings of rules come later."""

    def either(above: Setting, below: Setting) -> Setting:
        return below if above.origin == DEFAULT else above

    return Configuration(
        either(over.fail_on, under.fail_on),
        either(over.evidence_cap, under.evidence_cap),
        either(over.waivers, under.waivers),
        either(over.baseline, under.baseline),
        (*under.choices, *over.choices),
        (*under.rules, *over.rules),
        over.profile or under.profile,
        over.file or under.file,
    )


def weigh(configuration: Configuration, findings: Iterable[Finding]) -> list[Finding]:
    """The findings with their severities capped by evidence, unless the configuration lifts the cap."""
    return [cap_by_evidence(finding) if configuration.evidence_cap.value else finding for finding in findings]
