"""Each kind of planted fault is found where it is, and nothing else: a rule that goes blind breaks this."""

from __future__ import annotations

import contextlib
import copy
import random
import sys
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks" / "seeding"))
from plantings import PLANTS, NoPlaceError
from run import Bench

if TYPE_CHECKING:
    from run import Trial

SEED = 20


@lru_cache(maxsize=1)
def _bench() -> Bench:
    return Bench()


def _trial(kind: str) -> Trial:
    for seed in range(SEED, SEED + 5):
        trial = _bench().trial([kind], random.Random(seed))  # noqa: S311
        if trial is not None:
            return trial
    raise AssertionError(f"no place was found for {kind}")


@pytest.mark.parametrize("kind", PLANTS)
def test_a_planted_fault_is_found_where_it_is_and_nothing_else(kind: str) -> None:
    trial = _trial(kind)
    assert trial.found == (True,), trial.planted
    assert trial.strays == ()


def test_faults_can_be_planted_on_top_of_one_another() -> None:
    """A place that an earlier fault spoiled is passed over: nothing else may stop the benchmark."""
    for seed in range(300):
        chance = random.Random(seed)  # noqa: S311
        document, earlier = copy.deepcopy(_bench().sound), {**_bench().sound, "inventories": []}
        with contextlib.suppress(NoPlaceError):
            for kind in chance.sample(list(PLANTS), 5):
                PLANTS[kind](document, earlier, chance)


def test_the_sound_inventory_that_is_planted_in_gives_no_finding() -> None:
    assert _bench().findings(_bench().sound, {}) == ()
