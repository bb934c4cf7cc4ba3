"""A check as command lines ask for it: the options that verbs share, and what they come to."""

from __future__ import annotations

import argparse
import sys
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from invlint.errors import UsageError
from invlint.policy.report import judge_readings
from invlint.policy.upkeep import Aside
from invlint.reference import load_reference, shipped_reference
from invlint.rules import load_rules, select_rules
from invlint.rules.select import split_words
from invlint.sources import find_inputs, read_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from invlint.model.plan import Plan
    from invlint.policy import Profile
    from invlint.policy.baseline import Baseline
    from invlint.policy.upkeep import Settled
    from invlint.policy.waivers import Waiver
    from invlint.model.report import Report
    from invlint.sources import Reading
    from invlint.tables.own_factors import PeerFactor
