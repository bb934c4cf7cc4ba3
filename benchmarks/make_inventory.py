"""Make a sound inventory of about a given number of release rows, for timing."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def inventory(rows: int) -> dict[str, Any]:
    """The sound sample's newest year, its active classes repeated at as many sites as give the rows."""
    sample = json.loads((Path(__file__).parent.parent / "samples" / "sound.json").read_text("utf-8"))
    newest = sample["inventories"][1]
    active = [
        {name: part for name, part in entry.items() if name != "share"}  # shares are of classes, not of their sites
        for entry in newest["entries"]
        if "releases" in entry
    ]
    resting = [entry for entry in newest["entries"] if "releases" not in entry]
    once = sum(len(entry["releases"]) for entry in active)
    entries = [
        entry | {"site": f"{entry.get('site', 'plant')} {number}"}
        for number in range(round(rows / once))
        for entry in active
    ]
    people = newest["population"] * round(rows / once)
    whole = {"entries": resting + entries, "totals": [], "population": people}
    return sample | {"inventories": [newest | whole]}


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(json.dumps(inventory(int(sys.argv[1])), indent=1), "utf-8")
