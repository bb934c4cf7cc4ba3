"""The report as JUnit XML: a suite for each rule, a case for each finding."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from invlint.model.finding import SEVERITIES
from invlint.render.not_checked import not_checked
from invlint.render.places import in_words, place_of, spot_of
from invlint.render.safe_text import printable
from invlint.render.words import about_of, heading_of, state_in_words

if TYPE_CHECKING:
    from invlint.model.finding import Finding
    from invlint.model.report import Outcome, Report
    from invlint.render.formats import View


def render_junit(report: Report, view: View) -> str:
    """The suites.

    The name of a case rests on rule and key, so that a pipeline knows it again. A finding at or above the severity that
    fails the check is a failure, a milder one a case that passed and says so; what is waived or in the baseline is
    skipped. A rule that could not run is skipped; one that crashed is an error, as is what makes the check incomplete.
    """
    root = Element("testsuites", name="invlint")
    found: dict[str, list[Finding]] = {outcome.rule: [] for outcome in report.outcomes}
    for finding in report.findings:
        found.setdefault(finding.rule, []).append(finding)
    outcomes = {outcome.rule: outcome for outcome in report.outcomes}
    for rule, findings in found.items():
        suite = SubElement(root, "testsuite", name=rule)
        for finding in findings:
            _finding(suite, finding, report)
        if rule in outcomes:
            _outcome(suite, outcomes[rule], found_something=bool(findings))
        _count(suite)
    _whole(root, report, view)
    _count(root)
    indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _finding(suite: Element, finding: Finding, report: Report) -> None:
    place = place_of(finding, report)
    about = " ".join(part for part in (heading_of(finding), about_of(finding)) if part)
    case = _case(suite, f"{about} [{finding.id}]", finding.rule)
    case.set("file", _text(place.path))
    case.set("line", str(spot_of(place).line))
    parts = (in_words(place), finding.help, f"observed: {finding.observed}" if finding.observed else "",
             f"expected: {finding.expected}" if finding.expected else "", state_in_words(finding))  # fmt: skip
    told = "\n".join(_text(part) for part in parts if part)
    if not finding.counts:
        SubElement(case, "skipped", message=_text(state_in_words(finding)))
    elif SEVERITIES.index(finding.severity) >= SEVERITIES.index(report.fail_on):
        SubElement(case, "failure", type=finding.severity, message=_text(finding.message)).text = told
        return
    SubElement(case, "system-out").text = f"{finding.severity}: {_text(finding.message)}\n{told}"


def _outcome(suite: Element, outcome: Outcome, *, found_something: bool) -> None:
    """A case for the rule as a whole, where it has no finding to show for it."""
    if outcome.outcome == "crashed":
        SubElement(_case(suite, "runs", outcome.rule), "error", message=_text(f"crashed: {outcome.reason}"))
    elif outcome.outcome == "could_not_run":
        SubElement(_case(suite, "runs", outcome.rule), "skipped", message=_text(outcome.reason or "could not run"))
    elif outcome.outcome == "not_applicable":
        reason = outcome.reason or "there is nothing that it is about"
        SubElement(_case(suite, "runs", outcome.rule), "skipped", message=_text(reason))
    elif not found_something:
        _case(suite, f"{outcome.evaluated} rows pass", outcome.rule)


def _whole(root: Element, report: Report, view: View) -> None:
    """A suite for the check as a whole: what makes it incomplete, and what of the files was not checked."""
    suite = SubElement(root, "testsuite", name="invlint")
    for reason in view.incomplete:
        SubElement(_case(suite, f"the check is complete: {reason}", "invlint"), "error", message=_text(reason))
    for lack in not_checked(report):
        if lack.rule is None or lack.kind in ("unknown", "not_testable"):
            SubElement(_case(suite, lack.text, "invlint"), "skipped", message=_text(f"not checked: {lack.why}"))
    if not view.incomplete:
        _case(suite, "the check is complete", "invlint")
    _count(suite)


def _case(suite: Element, name: str, group: str) -> Element:
    return SubElement(suite, "testcase", name=_text(name), classname=f"invlint.{group}")


def _count(suite: Element) -> None:
    cases = list(suite.iter("testcase"))
    suite.set("tests", str(len(cases)))
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(attribute, str(sum(case.find(tag) is not None for case in cases)))


def _text(text: str) -> str:
    """Text that XML can hold: what cannot be shown stands as a code."""
    return "\n".join(printable(line) for line in text.split("\n"))
