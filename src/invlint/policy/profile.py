"""A profile: what a kind of user asks of a check."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from invlint.policy.evidence import cap_by_evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from invlint.model.finding import Finding


class Profile(NamedTuple):
    """A profile: when to fail, whether evidence caps severities, which rules, and their severities and parameters.

    Parameters are text as in a rule: `5`, `5 %`, `5 ug TEQ/t`.
    """

    name: str = ""
    fail_on: str = "error"
    evidence_cap: bool = True
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, str] = MappingProxyType({})
    parameters: Mapping[str, Mapping[str, str]] = MappingProxyType({})


DEFAULT_PROFILE = Profile()
"""What holds where no profile is asked for: rules as they are written."""


def apply_profile(profile: Profile, findings: Iterable[Finding]) -> list[Finding]:
    """The findings with the profile's severities, capped by evidence unless the profile lifts the cap."""
    judged = (
        finding._replace(severity=profile.severities[finding.rule]) if finding.rule in profile.severities else finding
        for finding in findings
    )
    return [cap_by_evidence(finding) if profile.evidence_cap else finding for finding in judged]
