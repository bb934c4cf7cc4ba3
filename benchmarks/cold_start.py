"""How long a cold check of one small file takes, beside check-jsonschema on the same file and schema.

    python benchmarks/cold_start.py [ROWS] [RUNS]

Both run as processes of their own, one after the other in turns, from a fresh virtual environment with the built
wheel (so that both have their bytecode). The ratio of the medians is what counts; it must stay at or below 0.35.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

from make_inventory import inventory

ROOT = Path(__file__).parent.parent
LIMIT = 0.35


def main() -> int:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1500
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 15
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        bin_folder = install(place)
        file = place / "inventory.json"
        file.write_text(json.dumps(inventory(rows), indent=1), "utf-8")
        schema = ROOT / "schemas" / "inventory.schema.json"
        ours = [str(bin_folder / "invlint"), "check", str(file), "-o", "json"]
        theirs = [str(bin_folder / "check-jsonschema"), "--schemafile", str(schema), str(file)]
        environment = {**os.environ, "INVLINT_CACHE_DIR": str(place / "cache")}
        first = _time(ours, environment)
        _time(theirs, environment)
        pairs = [(_time(ours, environment), _time(theirs, environment)) for _ in range(runs)]
        size = file.stat().st_size
    mine, peer = (statistics.median(times) for times in zip(*pairs, strict=True))
    print(f"one JSON of {rows} release rows ({size / 1000:.0f} kB), all rules, JSON output, {runs} runs each")
    print(f"first run, nothing kept yet         {first * 1000:6.0f} ms")
    print(f"invlint check                      {mine * 1000:6.0f} ms (median)")
    print(f"check-jsonschema                   {peer * 1000:6.0f} ms (median)")
    print(f"ratio                              {mine / peer:6.2f}    (limit {LIMIT})")
    return 0 if mine / peer <= LIMIT else 1


def install(place: Path) -> Path:
    """A fresh environment with the built wheel and its peer."""
    venv.create(place / "venv", with_pip=True)
    bin_folder = place / "venv" / "bin"
    pip = [str(bin_folder / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    subprocess.run([*pip, str(ROOT), "check-jsonschema"], check=True)
    return bin_folder


def _time(command: list[str], environment: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    return time.perf_counter() - start


if __name__ == "__main__":
    raise SystemExit(main())
