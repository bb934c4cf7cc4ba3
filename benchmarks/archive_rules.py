"""How long the rules take over an archive: by whole columns, beside the interpreter over the same frames.

    python benchmarks/archive_rules.py [PARTIES] [YEARS] [ROWS]

An archive is made of so many Parties with inventories of so many years, of so many release rows each: 40 and five
by default, so that the rules on time series have series to judge. Its frames are built once. Each judge then
runs in a process of its own that loads these frames; only the rules are timed, with the import of the engine and the
way of the columns into it. One inventory in ten has faults, so that there are failing rows to tell of. The ratio to the
reference, which computes every node for every row, is what counts: it must be 10 or more, and every count and every
failing row must be the same. The interpreter of short runs, which follows conditions on the rows they leave, is told
beside it, and the time of the processor, which says more than the clock where other work shares the machine.
"""

from __future__ import annotations

import gc
import json
import pickle
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from make_inventory import inventory

from invlint.engine import judge as judge_module
from invlint.engine.judge import Judge, PlainJudge
from invlint.engine.run import run_rule
from invlint.reference import load_reference
from invlint.rules import load_rules
from invlint.schema import shape_rows
from invlint.sources import Reading, read_file
from invlint.tables import TABLES, Frame, Frames, build_frames
from invlint.tables.frame import Taken
from invlint.tables.kinds import is_quantity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from invlint.model.plan import Plan

LIMIT = 10
_YEARS_BETWEEN = 4
"""Parties report under Article 15 every four years."""
_JUDGES = ("reference", "short runs", "whole columns")


def main() -> int:
    if len(sys.argv) == 4 and sys.argv[1] in _JUDGES:
        return _run(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
    parties, years, rows = (int(word) for word in (*sys.argv[1:4], *("40", "5", "1500")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as folder:
        frames = Path(folder) / "frames"
        size = _make(parties, years, rows, frames)
        print(f"{parties * years} inventories of {parties} Parties, {size} release rows, all rules")
        told = [_measure(judge, frames, Path(folder) / judge) for judge in _JUDGES]
        same = len({(Path(folder) / judge).read_bytes() for judge in _JUDGES}) == 1
    ratio, against_short = (told[at]["seconds"] / told[2]["seconds"] for at in (0, 1))
    of_processor = told[0]["processor"] / told[2]["processor"]
    print(f"{told[0]['failed']} failing rows; results {'identical' if same else 'NOT identical'}")
    print(f"whole columns are {ratio:.1f} times as fast as the reference (limit {LIMIT}), ", end="")
    print(f"{against_short:.1f} times as fast as the interpreter of short runs; ", end="")
    print(f"by the time of the processor, all threads added up, {of_processor:.1f} times")
    return 0 if same and ratio >= LIMIT else 1


def _make(parties: int, years: int, rows: int, frames: Path) -> int:
    """Write the frames of an archive; how many release rows there are."""
    reference = load_reference()
    sound = json.dumps(inventory(rows))
    one = frames.parent / "inventory.json"
    readings: list[Reading] = []
    for party, place in zip(sorted(reference.countries), range(parties), strict=False):
        inventories = [_varied(json.loads(sound), place * years + number) for number in range(years)]
        for number, one_year in enumerate(inventories):
            one_year["year"] += (number - years + 1) * _YEARS_BETWEEN
        document = json.loads(sound) | {"party": party, "inventories": inventories}
        one.write_text(json.dumps(document), "utf-8")
        readings.append(read_file(one))
    made = build_frames(readings, shape_rows(readings), reference)
    nodes = load_rules(reference).plan.nodes
    columns: dict[str, set[str]] = {node[1]: set() for node in nodes if node[0] == "rows"}
    for node in nodes:
        if node[0] == "column":
            columns[nodes[node[1]][1]].add(node[2])
    kept = _Kept()
    tables = {name: kept.frame(made[name], (*used, *_told(name))) for name, used in columns.items()}
    with frames.open("wb") as file:
        pickle.dump(tables, file, pickle.HIGHEST_PROTOCOL)
    return made["releases"].size


def _told(table: str) -> list[str]:
    """The columns that findings are told by."""
    return [name for name, column in TABLES[table].columns.items() if not is_quantity(column.kind)]


class _Kept:
    """Frames with some of their columns made beforehand; what is taken from another frame still is."""

    def __init__(self) -> None:
        self._frames: dict[Frame, tuple[Frame, dict[str, tuple[Taken, ...]]]] = {}

    def frame(self, frame: Frame, names: Iterable[str]) -> Frame:
        """The frame with some columns more."""
        if frame not in self._frames:
            taken: dict[str, tuple[Taken, ...]] = {}
            self._frames[frame] = Frame(frame.name, frame.size, {}, frame.places, take=taken.get), taken
        kept, taken = self._frames[frame]
        for name in names:
            parts = frame.taken(name)
            if parts:
                taken[name] = tuple(Taken(self.frame(of, (column,)), column, rows) for of, column, rows in parts)
            else:
                kept.columns[name] = frame.column(name)
        return kept


def _varied(document: dict[str, Any], place: int) -> dict[str, Any]:
    """The inventory with amounts of its own, and every tenth one with faults."""
    factor = 1 + place / 1000
    made: dict[str, Any] = document["inventories"][0]
    entries = made["entries"]
    releases = [release for entry in entries for release in entry.get("releases", ())]
    amounts = [part.get(name) for part in (*entries, *releases) for name in ("activity", "release")]
    for amount in amounts:
        if amount is not None and amount.get("value") is not None:
            amount["value"] = float(f"{amount['value'] * factor:.9g}")
    if place % 10 == 0:
        for number, release in enumerate(release for release in releases[:200] if "factor" in release):
            if number % 7 == 0:
                release["release"]["value"] *= 1.5
            if number % 11 == 0:
                release["factor"]["value"] *= 10
    return made


def _measure(judge: str, frames: Path, results: Path) -> dict[str, Any]:
    command = [sys.executable, __file__, judge, str(frames), str(results)]
    told: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    times = f"{told['seconds']:6.1f} s   {told['processor']:5.1f} s of the processor"
    print(f"{judge:<13} {times}   {told['peak']:5.0f} MB at the peak, {told['before']:.0f} of frames", flush=True)
    return told


def _run(name: str, frames: Path, results: Path) -> int:
    """Judge in this process: the time and memory to the standard output, the results to a file."""
    plan = load_rules(load_reference()).plan
    gc.disable()  # as the command line does
    with frames.open("rb") as file:
        tables = Frames(pickle.load(file), {})  # noqa: S301
    if name != "whole columns":
        _copy_taken(tables, plan)
    before = _peak()
    start, worked = time.perf_counter(), time.process_time()
    judge = _judge(name, plan, tables)
    told = [run_rule(rule, judge, tables) for rule in plan.rules]
    seconds, processor = time.perf_counter() - start, time.process_time() - worked
    plain = [
        (one.rule.name, one.evaluated, one.failed, one.unknown, one.outside, one.crash, one.failures) for one in told
    ]
    results.write_text(repr(plain), "utf-8")
    peak = _peak()
    failed = sum(one.failed for one in told)
    measured = {"seconds": seconds, "processor": processor, "before": before, "peak": peak, "failed": failed}
    print(json.dumps(measured))
    return 0


def _copy_taken(tables: Frames, plan: Plan) -> None:
    """Make the columns that the interpreter will ask for: that is no work of the rules."""
    for node in plan.nodes:
        if node[0] == "column":
            tables[plan.nodes[node[1]][1]].column(node[2])


def _judge(name: str, plan: Any, tables: Frames) -> Judge:
    if name == "reference":
        judge_module._FEW = 10**9  # no row is ever looked at apart from the others
    if name in ("reference", "short runs"):
        return PlainJudge(plan, tables)
    from invlint.engine.columnar.judge import ColumnarJudge
    from invlint.engine.columnar.polars_backend import PolarsBackend

    return ColumnarJudge(plan, tables, PolarsBackend())


def _peak() -> float:
    """The most memory so far, in MB; what the parent had at the fork does not count."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    raise SystemExit(main())
