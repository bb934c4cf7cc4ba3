"""How long a whole archive takes from files to the matrix, and how much memory: time and memory are recorded.

    python benchmarks/archive_check.py [SUBMISSIONS]

So many made-up submissions (2,000 unless said otherwise) are written: the sound sample with other activities, under the
codes of all countries in turn and a year of their own; one in ten has faults. `invlint check ARCHIVE -o matrix-csv`
then runs in a process of its own.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from invlint.reference import load_reference
from invlint.units import parse_unit

SAMPLE = Path(__file__).parent.parent / "samples" / "sound.json"
SEED = 2013


def main() -> int:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with tempfile.TemporaryDirectory() as folder:
        archive, matrix = Path(folder) / "archive", Path(folder) / "matrix.csv"
        archive.mkdir()
        size = sum(_write(archive, number, chance) for number, chance in _chances(number))
        print(f"{number} submissions, {size / 1e6:.0f} MB")
        begin = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "invlint", "check", str(archive), "-o", f"matrix-csv={matrix}"], check=False
        )
        seconds = time.perf_counter() - begin
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        lines = len(matrix.read_text("utf-8").splitlines()) - 1
    print(f"exit status {done.returncode}, {lines} lines of the matrix")
    print(f"{seconds:.1f} s, {seconds / number * 1000:.0f} ms a submission, peak memory {peak:,.0f} MB")
    return 0 if done.returncode == 1 and lines else 1


def _chances(number: int) -> list[tuple[int, random.Random]]:
    return [(one, random.Random(SEED * 10_000 + one)) for one in range(number)]  # noqa: S311


def _write(archive: Path, number: int, chance: random.Random) -> int:
    """Write one submission; its size in bytes."""
    countries = list(load_reference().countries)
    document: dict[str, Any] = json.loads(SAMPLE.read_text("utf-8"))
    document["party"] = countries[number % len(countries)]
    for inventory in document["inventories"]:
        inventory["year"] -= 10 * (number // len(countries))
        inventory["totals"] = []
        scale = chance.uniform(0.2, 5)
        for entry in inventory["entries"]:
            for part in (entry, *entry.get("releases", ())):
                if "activity" in part:
                    part["activity"]["value"] = float(f"{part['activity']['value'] * scale:.6g}")
            for release in entry.get("releases", ()):
                _recompute(release, release.get("activity", entry.get("activity")))
    if number % 10 == 0:
        _spoil(document, chance)
    path = archive / f"{number:04}-{document['party']}.json"
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1), "utf-8")
    return path.stat().st_size


def _recompute(release: dict[str, Any], activity: dict[str, Any] | None) -> None:
    if activity is None or "factor" not in release or "release" not in release:
        return
    amount = activity["value"] * parse_unit(activity["unit"]).scale
    amount *= release["factor"]["value"] * parse_unit(release["factor"]["unit"]).scale
    release["release"]["value"] = float(f"{amount / parse_unit(release['release']['unit']).scale:.9g}")


def _spoil(document: dict[str, Any], chance: random.Random) -> None:
    """Three faults: a release off by a factor, a class left out, a unit that slipped."""
    entries = document["inventories"][-1]["entries"]
    active = [entry for entry in entries if "releases" in entry and "activity" in entry]
    chance.choice(active)["releases"][0].setdefault("release", {"unit": "g TEQ/a"})["value"] = 12345.6
    entries.remove(chance.choice([entry for entry in entries if "key" in entry]))
    chance.choice(active)["activity"]["unit"] = "kt/a"


if __name__ == "__main__":
    raise SystemExit(main())
