"""Profiles: small readable files of severities and parameters, and what is said of those that make no sense."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from invlint.cli.main import main
from invlint.errors import UsageError
from invlint.lang.thresholds import compile_again
from invlint.policy import DEFAULT_PROFILE
from invlint.policy.profile_file import load_profile, shipped_profiles
from invlint.reference import load_reference
from invlint.rules import load_rules, select_rules

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEAD = (
    "party,year,edition,scope,scope_vectors,teq_scheme,class,vector,activity,activity_unit,factor,factor_unit,origin,"
    "release,release_unit,source,confidence"
)
INVENTORY = f"""{HEAD}
KEN,2020,2013,1c.2,air,WHO-2005,1c.2,air,1200,t/a,60000,ug TEQ/t,national,72,g TEQ/a,a study,high
"""


@pytest.mark.parametrize("name", shipped_profiles())
def test_a_shipped_profile_names_rules_and_parameters_that_there_are(name: str) -> None:
    profile = load_profile(name)
    plan = load_rules(load_reference(), None, profile.parameters).plan
    assert select_rules(plan, [*profile.select, *profile.severities], list(profile.ignore)) <= {
        rule.name for rule in plan.rules
    }


def test_there_is_a_profile_for_each_kind_of_user() -> None:
    assert shipped_profiles() == ["gate", "secretariat", "self-check"]
    assert [load_profile(name).fail_on for name in shipped_profiles()] == ["warning", "blocker", "error"]
    assert DEFAULT_PROFILE.fail_on == "error"


@pytest.mark.parametrize(
    ("profile", "severity", "status"),
    [
        ("", "warning", 0),
        ("[rules.factor-far-from-default]\nseverity = 'info'", "info", 0),
        ("fail-on = 'warning'", "warning", 1),
        ("[rules.factor-far-from-default]\nseverity = 'error'\n", "error", 1),
        ("[rules.factor-far-from-default.parameters]\nfold = 50", None, 0),
        ("[rules.factor-far-from-default.parameters]\nfold = '50'", None, 0),
        ("ignore = ['FAC104']", None, 0),
        ("select = ['FAC104']", "warning", 0),
    ],
)
def test_a_profile_changes_severities_thresholds_and_what_fails(
    write: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str], profile: str, severity: str, status: int
) -> None:
    inventory, path = write("ken.csv", INVENTORY), write("own.toml", profile)
    assert main(["check", str(inventory), "--profile", str(path), "-o", "json"]) == status
    report = json.loads(capsys.readouterr().out)
    found = [one["severity"] for one in report["findings"] if one["rule"]["name"] == "factor-far-from-default"]
    assert found == ([severity] if severity else [])
    assert report["profile"] == str(path)


def test_a_profile_can_lift_the_cap_of_evidence(
    write: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """The default of 1a.1 is compiled: a factor beside it is at most a warning, unless the cap is lifted."""
    text = INVENTORY.replace("1c.2", "1a.1").replace("60000", "3100").replace("72,", "3.72,")
    text = text.replace("national", "toolkit")
    inventory = write("ken.csv", text)
    severities = []
    for arguments in ([], ["--profile", "gate"]):
        main(["check", str(inventory), "--select", "FAC101", "-o", "json", *arguments])
        severities += [one["severity"] for one in json.loads(capsys.readouterr().out)["findings"]]
    assert severities == ["warning", "error"]


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        ("fail_on = 'error'", "has a member “fail_on” that means nothing: did you mean fail-on?"),
        ("zzz = 1", "there can be description"),
        ("fail-on = 'bad'", "“bad” is no severity; it can be blocker, error, warning, info"),
        ("rules = 5", "“rules” must be a table"),
        ("[rules]\nx = 5", "“rules.x” must be a table"),
        ("evidence-cap = 1", "“evidence-cap” must be true or false"),
        ("select = 'FAC'", "“select” must be a list of texts"),
        ("select = [1]", "“select” must be a list of texts"),
        ("[rules.missing-class]\nseverty = 'info'", "rules.missing-class has a member “severty”"),
        ("[rules.missing-class]\nparameters = 5", "“parameters” must be a table"),
        ("[rules.missing-class.parameters]\nx = [5]", "“x” must be a number, or text with a unit"),
        ("[rules.missing-class.parameters]\nx = true", "“x” must be a number, or text with a unit"),
        ("[rules.missing-clas]\nseverity = 'info'", "no rule is called “missing-clas”: did you mean “missing-class”?"),
        ("[rules.missing-clas.parameters]\nx = 5", "no rule is called “missing-clas”: did you mean “missing-class”?"),
        ("[rules.zzzzzzzz.parameters]\nx = 5", "no rule is called “zzzzzzzz”: `invlint rules` lists them"),
        ("[rules.missing-class.parameters]\nx = 5", "has no parameter “x”: it has none"),
        ("[rules.factor-far-from-default.parameters]\nfld = 5", "has no parameter “fld”: did you mean “fold”?"),
        ("[rules.factor-far-from-default.parameters]\nzzz = 5", "has no parameter “zzz”: it has fold"),
        (
            "[rules.factor-far-from-default.parameters]\nfold = '5 ug TEQ/t'",
            "it is a plain number, and this is TEQ per mass",
        ),
        ("[rules.factor-far-from-default.parameters]\nfold = '5 furlongs'", "“5 furlongs” is no value"),
        ("[rules.factor-far-from-default.parameters]\nfold = '5 TEQ TEQ/t'", "is not a unit that invlint knows"),
        ("[rules.factor-far-from-default.parameters]\nfold = 'ten'", "it is a number, such as 5, 5 % or 5 ug TEQ/t"),
        ("[rules.factor-far-from-default.parameters]\nfold = '('", "“(” is no value"),
        ("fail-on = ", "cannot be read as TOML"),
    ],
)
def test_a_profile_that_makes_no_sense_is_refused_in_words(
    write: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str], profile: str, said: str
) -> None:
    inventory, path = write("ken.csv", INVENTORY), write("own.toml", profile)
    assert main(["check", str(inventory), "--profile", str(path)]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(("word", "said"), [("gaet", "did you mean gate?"), ("zzz", "it can be gate, secretariat")])
def test_a_profile_that_is_not_there_is_refused(word: str, said: str) -> None:
    with pytest.raises(UsageError, match="there is no profile") as met:
        load_profile(word)
    assert said in str(met.value)


def test_a_threshold_under_which_a_rule_could_never_fail_is_refused() -> None:
    text = """
rule TST001 a-test
  severity error
  parameter most = 5 "a source"
  for each r in releases
  where r.year > 10
  expect r.year > most
  message "wrong"
"""
    from invlint.lang import compile_rules

    sources = [("test", "a.rule", text.replace("most = 5", "most = 50"))]
    plan = compile_rules(sources, load_reference())
    assert compile_again(plan, sources, load_reference(), {"a-test": {"most": "60"}}).rules[0].name == "a-test"
    with pytest.raises(UsageError, match="the rule a-test makes no sense with most = 5: "):
        compile_again(plan, sources, load_reference(), {"a-test": {"most": "5"}})
