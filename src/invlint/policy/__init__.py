"""What findings amount to: severities after the evidence cap, and the exit status."""

from invlint.policy.evidence import cap_by_evidence
from invlint.policy.status import exit_status, incomplete_because

__all__ = ["cap_by_evidence", "exit_status", "incomplete_because"]
