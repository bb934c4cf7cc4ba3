"""Plant faults in a sound inventory and see whether each is found where it is, and nothing else.

    python benchmarks/seeding/run.py [PLANTINGS] [SEED]

One fault at a time (500 plantings unless said otherwise), then three at a time. Recall is the share of plantings that
the named rule finds at the planted key; a stray is a finding at warning or above that the planting did not cause.
"""

from __future__ import annotations

import copy
import json
import random
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))
from plantings import PLANTS, Document, NoPlaceError, Planting

from invlint.model.finding import SEVERITIES, Finding
from invlint.policy import judge_readings
from invlint.reference import shipped_reference
from invlint.rules import RuleSet, load_rules, select_rules
from invlint.sources.document import Document as Read
from invlint.sources.document import Reading, Spot

SAMPLE = Path(__file__).parents[2] / "samples" / "sound.json"
RECALL, STRAYS, COMBINED = 0.97, 0.05, 0.9


class _Nowhere:
    """Places are of no interest here."""

    def locate(self, pointers: list[str]) -> dict[str, Spot]:
        return dict.fromkeys(pointers, Spot())


class Trial(NamedTuple):
    """What was planted under which names, which plantings were found, and the stray findings in words."""

    planted: tuple[tuple[str, Planting], ...]
    found: tuple[bool, ...]
    strays: tuple[str, ...]


class Bench:
    """The sound inventory and the rules, read once."""

    def __init__(self) -> None:
        self.sound: Document = json.loads(SAMPLE.read_text("utf-8"))
        self.rules: RuleSet = load_rules(shipped_reference())
        self.selected = select_rules(self.rules.plan, [], [])

    def findings(self, document: Document, earlier: Document) -> tuple[Finding, ...]:
        """What is found in a document, held against an earlier one where that has inventories."""
        before = [_reading(earlier)] if earlier.get("inventories") else []
        judged = judge_readings(
            [_reading(document)], self.rules, self.selected, earlier=before, reference=shipped_reference()
        )
        return judged.report.findings

    def trial(self, names: list[str], chance: random.Random) -> Trial | None:
        """Plant faults of these kinds in one inventory; None where one of them found no place."""
        document, earlier = copy.deepcopy(self.sound), {**self.sound, "inventories": []}
        try:
            planted = [(name, PLANTS[name](document, earlier, chance)) for name in names]
        except NoPlaceError:
            return None
        findings = self.findings(document, earlier)
        found = tuple(any(_is(finding, one) for finding in findings) for _, one in planted)
        strays = [
            finding for finding in findings if _grave(finding) and not any(_caused(finding, one) for _, one in planted)
        ]
        return Trial(tuple(planted), found, tuple(f"{one.rule}: {one.message}" for one in strays))


def _reading(document: Document) -> Reading:
    return Reading("planted.json", None, (Read(document, _Nowhere()),))


def _is(finding: Finding, planting: Planting) -> bool:
    return finding.rule == planting.rule and all(finding.key[name] == value or finding.key[name] is None
                                                 for name, value in planting.key.items())  # fmt: skip


def _caused(finding: Finding, planting: Planting) -> bool:
    """Whether a finding follows from the planting: of a rule that it wakes, and of nothing but its own source."""
    if finding.rule != planting.rule and finding.rule not in planting.wakes:
        return False
    if finding.rule in _OF_A_CATEGORY and planting.key.get("class"):
        return bool(finding.key["category"] == planting.key["class"].partition(".")[0])
    return all(
        finding.key[name] in (None, planting.key[name]) for name in _SOURCE if planting.key.get(name) is not None
    )


_SOURCE = ("group", "category", "class")
_OF_A_CATEGORY = ("shares-not-100", "key-without-reason")
"""Rules that speak at one class of what is wrong between the classes of its category."""


def _grave(finding: Finding) -> bool:
    return SEVERITIES.index(finding.severity) >= SEVERITIES.index("warning")


def run(bench: Bench, number: int, seed: int, at_once: int) -> list[Trial]:
    """So many trials, the kinds of fault in turn."""
    names = list(PLANTS)
    trials: list[Trial] = []
    turn = 0
    while len(trials) < number:
        chance = random.Random(seed * 1_000_003 + turn)  # noqa: S311
        chosen = [names[turn % len(names)], *chance.sample(names, at_once - 1)]
        turn += 1
        trial = bench.trial(chosen, chance) if len(set(chosen)) == at_once else None
        if trial is not None:
            trials.append(trial)
    return trials


def main() -> int:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    bench = Bench()
    one = run(bench, number, seed, 1)
    planted, found, strays = Counter[str](), Counter[str](), Counter[str]()
    for trial in one:
        name = trial.planted[0][0]
        planted[name] += 1
        found[name] += trial.found[0]
        strays[name] += len(trial.strays)
    for name in PLANTS:
        print(f"{name:<42} planted {planted[name]:3}  found {found[name]:3}  strays {strays[name]:3}")
    for trial in one:
        if not trial.found[0]:
            print(f"missed: {trial.planted[0]}")
        for stray in trial.strays:
            print(f"stray at {trial.planted[0][0]} {trial.planted[0][1].key}: {stray[:150]}")
    three = run(bench, number // 3, seed + 1, 3)
    recall, per = sum(found.values()) / len(one), sum(strays.values()) / len(one)
    combined = sum(sum(trial.found) for trial in three) / (3 * len(three))
    print(f"{len(one)} plantings: recall {recall:.3f} (limit {RECALL}), strays a planting {per:.3f} (limit {STRAYS})")
    print(f"{len(three)} times three at once: recall {combined:.3f} (limit {COMBINED})")
    return 0 if recall >= RECALL and per <= STRAYS and combined >= COMBINED else 1


if __name__ == "__main__":
    raise SystemExit(main())
