"""The page about gates says what is so: its configuration and waiver are read, and its table lists every member."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from invlint.policy.config_file import MEMBERS, load_file
from invlint.policy.waiver_sources import MEMBERS as OF_A_WAIVER
from invlint.policy.waiver_sources import written_in
from invlint.reference import load_reference
from invlint.rules import load_rules
from invlint.rules.select import choose_rules

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = (Path(__file__).parents[2] / "docs/gate.md").read_text("utf-8")
CONFIGURATION, WAIVER = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


def test_its_configuration_is_one(write: Callable[[str, str], Path]) -> None:
    configuration = load_file(write("invlint.toml", CONFIGURATION))
    plan = load_rules(load_reference(), None, configuration.rules).plan
    assert "off-trend" not in choose_rules(plan, configuration.choices)
    assert configuration.profile == "gate"


def test_its_waiver_is_one(write: Callable[[str, str], Path]) -> None:
    (waiver,) = written_in(write("waivers.toml", WAIVER))
    assert waiver.problem is None
    assert waiver.members.keys() <= set(OF_A_WAIVER)


def test_its_table_lists_every_member() -> None:
    assert [name for name in MEMBERS if name != "description" and f"| `{name}` | " not in PAGE] == []
