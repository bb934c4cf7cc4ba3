"""What share of a cold check of one small file goes into compiled rules.

    python benchmarks/compile_share.py [ROWS] [RUNS]

Each run is a process of its own, from a fresh virtual environment with the built wheel and with an empty cache:

- *as installed*: the wheel's compiled rules are loaded; this share must stay below a quarter;
- *with a rule of one's own*: that rule is compiled onto them;
- *from nothing*: the wheel's compiled rules are taken away, so that every built-in rule is parsed and compiled.

The time of getting the rules is measured inside the run, the whole from outside.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cold_start import install
from make_inventory import inventory

LIMIT = 0.25
OWN_RULE = """rule USR101 factor-of-zero

  A factor is above zero.

  severity warning
  basis "none"

  for each r in releases
  expect r.factor > 0
  message "{r.factor}"
  help "nothing"
"""
RUN = """
import sys, time
from invlint.cli.main import main
import invlint.cli.checking as checking
load, spent = checking.load_rules, []
def timed(*arguments):
    start = time.perf_counter()
    rules = load(*arguments)
    spent.append(time.perf_counter() - start)
    return rules
checking.load_rules = timed
status = main(sys.argv[1:])
print(spent[0], file=sys.stderr)
raise SystemExit(status)
"""


def main() -> int:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1500
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 9
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        python = install(place) / "python"
        file, own, cache = place / "inventory.json", place / "own.rule", place / "cache"
        file.write_text(json.dumps(inventory(rows), indent=1), "utf-8")
        own.write_text(OWN_RULE, "utf-8")
        check = [str(python), "-c", RUN, "check", str(file), "-o", "json"]
        installed = _share(check, cache, runs)
        with_own = _share([*check, "--rules", str(own)], cache, runs)
        (plans,) = (place / "venv").glob("lib/python*/site-packages/invlint/shipped/plans")
        shutil.rmtree(plans)
        nothing = _share(check, cache, runs)
    print(f"one JSON of {rows} release rows, all rules, JSON output, empty cache, medians of {runs} runs")
    print("                              rules       whole run   share")
    for name, (rules, whole) in (("as installed", installed), ("with a rule of one's own", with_own),
                                 ("from nothing", nothing)):  # fmt: skip
        print(f"{name:<26}  {rules * 1000:6.0f} ms   {whole * 1000:9.0f} ms   {rules / whole:5.2f}")
    print(f"limit as installed {LIMIT}")
    return 0 if installed[0] / installed[1] < LIMIT else 1


def _share(command: list[str], cache: Path, runs: int) -> tuple[float, float]:
    """Seconds for the rules and for the whole process."""
    results = [_run(command, cache) for _ in range(runs)]
    return statistics.median(rules for rules, _ in results), statistics.median(whole for _, whole in results)


def _run(command: list[str], cache: Path) -> tuple[float, float]:
    shutil.rmtree(cache, ignore_errors=True)
    start = time.perf_counter()
    environment = {**os.environ, "INVLINT_CACHE_DIR": str(cache)}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return float(done.stderr), time.perf_counter() - start


if __name__ == "__main__":
    raise SystemExit(main())
