"""The exit status (contract): 0 good, 1 findings, 3 the check is incomplete, and 3 wins over 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invlint.model.finding import SEVERITIES

if TYPE_CHECKING:
    from invlint.model.report import Report

GOOD, FOUND, INCOMPLETE = 0, 1, 3


def incomplete_because(report: Report) -> list[str]:
    """Why the check does not say enough to be relied on; empty when it does."""
    reasons = []
    unread = [given.path for given in report.inputs if given.problem is not None]
    if not report.inputs:
        reasons.append("there was no file that invlint reads")
    elif unread:
        reasons.append(f"{len(unread)} of {len(report.inputs)} files could not be read")
    elif not any(given.years or given.rows for given in report.inputs):
        reasons.append("the files hold no inventory")
    unread = [given.path for given in report.earlier if given.problem is not None]
    if unread:
        reasons.append(f"the earlier submission could not be read: {', '.join(unread)}")
    elif report.earlier and not any(given.parties for given in report.earlier):
        reasons.append("the earlier submission holds none of the Parties that are checked")
    failed = [plugin for plugin in report.plugins if plugin.troubles]
    reasons.extend(f"the plugin “{plugin.name}” failed ({'; '.join(plugin.troubles)})" for plugin in failed)
    crashed = [outcome.rule for outcome in report.outcomes if outcome.outcome == "crashed"]
    if crashed:
        reasons.append(f"crashed: {', '.join(crashed)}")
    if report.inputs and not any(outcome.evaluated for outcome in report.outcomes):
        reasons.append("no rule evaluated a row")
    return reasons


def exit_status(report: Report, fail_on: str) -> int:
    """The status of a report; `fail_on` is the mildest severity that fails."""
    if incomplete_because(report):
        return INCOMPLETE
    limit = SEVERITIES.index(fail_on)
    return FOUND if any(SEVERITIES.index(finding.severity) >= limit for finding in report.findings) else GOOD
