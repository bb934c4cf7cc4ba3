"""`invlint peers`: gather the factors of an archive, to hold single inventories against."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from invlint.cli.terminal import put
from invlint.errors import UsageError
from invlint.policy.status import GOOD, INCOMPLETE
from invlint.sources import find_inputs, read_files


def parser() -> argparse.ArgumentParser:
    """The arguments of `invlint peers`."""
    peers = argparse.ArgumentParser(
        prog="invlint peers",
        description="Gather each Party's own emission factors from an archive into a file, which "
        "`invlint check --peers FILE` holds an inventory against.",
    )
    peers.add_argument("what", choices=("build",), help="what to do")
    peers.add_argument("paths", nargs="+", metavar="ARCHIVE", help="files or folders of inventories")
    peers.add_argument("-o", "--output", default="peers.csv", metavar="FILE", help="default: %(default)s")
    return peers


def run(options: argparse.Namespace) -> int:
    """Write the file of peers; return the exit status, 3 where a file of the archive could not be read."""
    from invlint.peers import peers_text
    from invlint.reference import load_reference
    from invlint.tables import build_frames
    from invlint.tables.own_factors import peer_factors

    readings = read_files(find_inputs(options.paths).inputs)
    found = peer_factors(build_frames(readings, [], load_reference())["own_factors"])
    try:
        Path(options.output).write_text(peers_text(found), "utf-8")
    except OSError as error:
        raise UsageError(f"“{options.output}” cannot be written ({error.strerror})") from None
    unread = [reading for reading in readings if reading.problem is not None]
    parties, classes = {peer.party for peer in found}, {peer.class_id for peer in found}
    lines = [f"wrote {options.output}: {len(found)} factors of {len(parties)} Parties in {len(classes)} classes"]
    lines += [f"not read: {reading.path}: {reading.problem}" for reading in unread]
    put(sys.stdout, "\n".join(lines) + "\n")
    return INCOMPLETE if unread or not readings else GOOD
