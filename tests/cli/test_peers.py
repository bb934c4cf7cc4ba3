"""`invlint peers build` and `invlint check --peers`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from invlint.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

INVENTORY = """party,year,edition,class,vector,factor,factor_unit,origin,factor_source
KEN,2020,2013,1c.1,air,9,mg TEQ/t,national,a study
KEN,2020,2013,1c.2,air,3000,ug TEQ/t,toolkit,
UGA,2015,2013,1c.1,air,7000,ug TEQ/t,measured,a study
UGA,2020,2013,1c.1,air,8000,ug TEQ/t,measured,a study
TZA,2020,2013,1c.1,air,40000,ug TEQ/t,national,a study
"""
PEERS = """party,class,chemical,vector,residue_kind,factor,unit
KEN,1c.1,PCDD/PCDF,air,,0.009,g TEQ/t
UGA,1c.1,PCDD/PCDF,air,,0.008,g TEQ/t
"""
OWN = """
rule USR101 few-peers

  A rule of the test.

  severity info
  for each p in peers
  expect p.factor > 10 mg TEQ/t
  message "{p.party}"
"""


def test_the_factors_of_an_archive_become_a_file(
    write: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    archive = write("archive.csv", INVENTORY)
    out = archive.with_name("peers.csv")
    assert main(["peers", "build", str(archive), "-o", str(out)]) == 0
    assert "2 factors of 2 Parties in 1 classes" in capsys.readouterr().out
    assert out.read_text("utf-8") == PEERS


def test_a_file_that_cannot_be_read_is_named(
    write: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write("archive.csv", INVENTORY).parent
    write("broken.json", "{")
    assert main(["peers", "build", str(folder), "-o", str(folder / "peers.out")]) == 3
    assert "not read: " in capsys.readouterr().out


def test_a_check_compares_with_the_peers_of_a_file(
    write: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    inventory = write("ken.csv", "\n".join(INVENTORY.splitlines()[:2]) + "\n")
    rules, peers = write("own.rule", OWN), write("p/peers.csv", PEERS)
    main(["check", str(inventory), "--rules", str(rules), "--select", "USR", "--peers", str(peers)])
    out = capsys.readouterr().out
    assert (out.count("KEN"), out.count("UGA"), "2 info" in out) == (2, 2, True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n", "is no file of peers"),
        (PEERS + "KEN,1c.1\n", ":4: 2 cells where 7 should stand"),
        (PEERS + "XYZ,1c.1,PCDD/PCDF,air,,1,g TEQ/t\n", ":4: “XYZ” is no party code"),
        (PEERS + "KEN,1c.1,PCDD/PCDF,air,,one,g TEQ/t\n", ":4: “one” is no number"),
        (PEERS + "KEN,1c.1,PCDD/PCDF,air,,1,furlong\n", ":4: "),
        (PEERS + "KEN,1c.1,PCDD/PCDF,air,,0,g TEQ/t\n", ":4: a factor is a number above zero"),
        (PEERS + "KEN,1c.1,PCDD/PCDF,air,,nan,g TEQ/t\n", ":4: a factor is a number above zero"),
    ],
)
def test_a_file_that_is_no_file_of_peers_is_refused(
    write: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    inventory, peers = write("ken.csv", INVENTORY), write("p/peers.csv", text)
    assert main(["check", str(inventory), "--peers", str(peers)]) == 2
    assert said in capsys.readouterr().err
