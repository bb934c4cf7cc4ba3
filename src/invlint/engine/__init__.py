"""Run a plan over frames: the interpreter gives the plan its meaning, whole columns give long runs their speed."""

from invlint.engine.check import Checked, check_readings, check_upkeep
from invlint.engine.run import RuleResult, run_plan

__all__ = ["Checked", "RuleResult", "check_readings", "check_upkeep", "run_plan"]
