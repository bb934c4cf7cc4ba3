"""What findings amount to: severities by configuration and evidence, what is set aside, and the exit status."""

from invlint.policy.config import DEFAULT_CONFIGURATION, Configuration, layered, weigh
from invlint.policy.evidence import cap_by_evidence
from invlint.policy.report import judge_readings
from invlint.policy.status import exit_status, incomplete_because

__all__ = [
    "DEFAULT_CONFIGURATION",
    "Configuration",
    "cap_by_evidence",
    "exit_status",
    "incomplete_because",
    "judge_readings",
    "layered",
    "weigh",
]
