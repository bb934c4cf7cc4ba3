"""What findings amount to: severities by profile and evidence, and the exit status."""

from invlint.policy.evidence import cap_by_evidence
from invlint.policy.profile import DEFAULT_PROFILE, Profile, apply_profile
from invlint.policy.report import make_report
from invlint.policy.status import exit_status, incomplete_because

__all__ = [
    "DEFAULT_PROFILE",
    "Profile",
    "apply_profile",
    "cap_by_evidence",
    "exit_status",
    "incomplete_because",
    "make_report",
]
