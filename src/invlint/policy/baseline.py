"""The baseline: the findings that were there when a gate was set up, known by their ids alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from invlint.errors import ReadingError, UsageError
from invlint.model.finding import Finding, Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

FORMAT = "invlint/baseline-1"


class Entry(NamedTuple):
    """A finding that the baseline has. Rule and key are for people, and for knowing whether it was looked for."""

    id: str
    rule: str
    key: Mapping[str, Any]
    location: Location | None = None


class Baseline(NamedTuple):
    """The entries of a baseline, and the file they stand in."""

    path: str
    entries: tuple[Entry, ...]


def entries_of(findings: Iterable[Finding]) -> list[Entry]:
    """The entries for some findings."""
    return [Entry(one.id, one.rule, _key(one)) for one in findings]


def _key(finding: Finding) -> dict[str, Any]:
    """The key, and of a finding that is about no Party the file."""
    key = {name: value for name, value in finding.key.items() if value is not None}
    return key if "party" in key or not finding.locations else {**key, "path": finding.locations[0].path}


def baseline_text(entries: Iterable[Entry]) -> str:
    """The file of a baseline, one line an entry in the order of ids, so that a change of one is a change of a line."""
    lines = [
        json.dumps({"id": one.id, "rule": one.rule, "key": dict(one.key)}, ensure_ascii=False)
        for one in sorted(entries, key=lambda one: one.id)
    ]
    listed = ",\n  ".join(lines)
    findings = f"[\n  {listed}\n ]" if lines else "[]"
    return f'{{"format": "{FORMAT}",\n "findings": {findings}}}\n'


def read_baseline(path: Path) -> Baseline:
    """The baseline in a file. Raises UsageError where it is none."""
    from invlint.sources.json_source import read_json

    shown = path.as_posix()
    none = f"{shown} is no baseline: `invlint baseline write` makes one"
    try:
        document = read_json(path.read_text("utf-8"))[0]
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the baseline {shown} cannot be read ({error})") from None
    except ReadingError as error:
        raise UsageError(f"{none} ({error.problem})") from None
    data = document.data
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("findings"), list):
        raise UsageError(none)
    spots = document.locator.locate([f"/findings/{number}" for number in range(len(data["findings"]))])
    entries = []
    for number, one in enumerate(data["findings"]):
        spot = spots[f"/findings/{number}"]
        if not isinstance(one, dict) or not isinstance(one.get("id"), str):
            raise UsageError(f"{shown}:{spot.line}: an entry of a baseline has an id, a rule and a key")
        key = one.get("key")
        location = Location("primary", shown, spot.line, spot.column)
        rule = one["id"].rpartition(":")[0]
        entries.append(Entry(one["id"], rule, key if isinstance(key, dict) else {}, location))
    return Baseline(shown, tuple(entries))


def apply_baseline(findings: Iterable[Finding], baseline: Baseline) -> list[Finding]:
    """The findings, those that the baseline has and that no waiver explains marked as such."""
    known = {entry.id for entry in baseline.entries}
    return [
        finding._replace(baselined=True) if finding.id in known and finding.counts else finding for finding in findings
    ]
