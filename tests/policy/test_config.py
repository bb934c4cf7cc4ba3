"""Profiles and configuration files: what they set, which comes first, and what is said of those that make no sense."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from invlint.cli.main import main
from invlint.errors import UsageError
from invlint.model.settings import RuleSetting
from invlint.policy import DEFAULT_CONFIGURATION
from invlint.policy.config_file import find_file, load_file, load_profile, shipped_profiles
from invlint.reference import load_reference
from invlint.rules import load_rules
from invlint.rules.select import choose_rules

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEAD = (
    "party,year,edition,scope,scope_vectors,teq_scheme,class,vector,activity,activity_unit,factor,factor_unit,origin,"
    "release,release_unit,source,confidence"
)
WHERE = "[[overrides]]\nwhere = '{}'\n[overrides.rules.FAC104]\nseverity = 'info'"
INVENTORY = f"""{HEAD}
KEN,2020,2013,1c.2,air,WHO-2005,1c.2,air,1200,t/a,60000,ug TEQ/t,national,72,g TEQ/a,a study,high
"""


@pytest.mark.parametrize("name", shipped_profiles())
def test_a_shipped_profile_names_rules_and_parameters_that_there_are(name: str) -> None:
    profile = load_profile(name)
    plan = load_rules(load_reference(), None, profile.rules).plan
    assert choose_rules(plan, profile.choices) <= {rule.name for rule in plan.rules}


def test_there_is_a_profile_for_each_kind_of_user() -> None:
    assert shipped_profiles() == ["gate", "secretariat", "self-check"]
    assert [load_profile(name).fail_on.value for name in shipped_profiles()] == ["warning", "blocker", "error"]
    assert DEFAULT_CONFIGURATION.fail_on == ("error", "default")


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
        ("fail_on = 'error'", "own.toml:1: “fail_on” means nothing: did you mean fail-on?"),
        ("zzz = 1", "there can be description"),
        ("fail-on = 'bad'", "“bad” is no severity; it can be blocker, error, warning, info"),
        ("rules = 5", "“rules” must be a table"),
        ("[rules]\nx = 5", "“rules.x” must be a table"),
        ("evidence-cap = 1", "“evidence-cap” must be true or false"),
        ("select = 'FAC'", "“select” must be a list of texts"),
        ("select = [1]", "“select” must be a list of texts"),
        (
            "[rules.missing-class]\nseverty = 'info'",
            "own.toml:2: “rules.missing-class.severty” means nothing: did you mean severity?",
        ),
        ("[rules.missing-class]\nparameters = 5", "“rules.missing-class.parameters” must be a table"),
        ("[rules.missing-class.parameters]\nx = [5]", "“x” must be a number, or text with a unit"),
        ("[rules.missing-class.parameters]\nx = true", "“x” must be a number, or text with a unit"),
        ("[rules.missing-clas]\nseverity = 'info'", "no rule is called “missing-clas”: did you mean “missing-class”?"),
        ("[rules.missing-clas.parameters]\nx = 5", "no rule is called “missing-clas”: did you mean “missing-class”?"),
        ("[rules.zzzzzzzz.parameters]\nx = 5", "own.toml:2: no rule is called “zzzzzzzz”: "),
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
        ("fail-on = ", "own.toml:1:"),
        ('\n\nfail-on = "bad"', "own.toml:3: “bad” is no severity"),
        ("waivers = 'no'", "“no” is nothing to do with waivers; it can be honour, report, ignore"),
        ("baseline = 5", "“baseline” must be a text"),
        ("extend = 5", "“extend” must be a list of texts"),
        ("extend = 'gaet'", "own.toml:1: there is no profile “gaet”: did you mean gate?"),
        ("extend = ['own.toml']", "extends itself, by way of"),
        ("ignore = ['completness']", "own.toml:1: no rule is called “completness”: did you mean “completeness”?"),
        ("[rules.FAC.parameters]\nfold = 5", "“FAC” names 7 rules, and a parameter belongs to one: name the rule"),
        ("overrides = 5", "“overrides” must be a list"),
        ("overrides = [5]", "“overrides” must be a table"),
        ("[[overrides]]\nrules = {}", "an override says what it is for: give it `where` or `paths`"),
        ("[[overrides]]\npath = 'x'", "“overrides.path” means nothing: did you mean paths?"),
        ("[[overrides]]\nwhere = 5", "“overrides.where” must be a text"),
        ("[[overrides]]\npaths = 5", "“overrides.paths” must be a list of texts"),
        (f"{WHERE.format('category =')}", "own.toml:4: “category =” is no condition: "),
        (f"{WHERE.format('categry = 6a')}", "“categry” is no member of a finding's key (did you mean “category”?)"),
        (WHERE.format("site = North"), 'a text stands between quotation marks: site = "North"'),
        (f"{WHERE.format('category')}", "it compares members of a finding's key, as in category = 6a"),
        (f"{WHERE.format('category = 6z')}", "own.toml:4: “category = 6z” is no condition: "),
        (f"{WHERE.format('category = 1m')}", "the condition “category = 1m” makes no sense: "),
        (f"{WHERE.format('year < 5 t')}", "the condition “year < 5 t” makes no sense: "),
        (WHERE.format('annex_c = "x"'), '“annex_c = "x"” fits no finding of factor-far-from-default, which are told'),
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


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("select = ['FAC104']", True),
        ("select = ['factors']", True),
        ("select = []", True),
        ("ignore = ['factors']", False),
        ("ignore = ['factors']\nextend-select = ['FAC104']", True),
        ("select = ['COM']", False),
        ("select = ['COM']\nextend-select = ['FAC']", True),
        ("select = ['FAC']\nignore = ['FAC104']", False),
    ],
)
def test_rules_are_chosen_by_name_code_prefix_and_principle(
    write: Callable[[str, str], Path], text: str, chosen: bool
) -> None:
    plan = load_rules(load_reference()).plan
    choices = load_file(write("invlint.toml", text)).choices
    assert ("factor-far-from-default" in choose_rules(plan, choices)) is chosen


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("[rules.FAC]\nseverity = 'info'", "info"),
        ("[rules.FAC104]\nseverity = 'blocker'", "blocker"),
        ("[rules.factors]\nseverity = 'info'\n[rules.FAC104]\nseverity = 'error'", "error"),
        (WHERE.format("category = 1c and year = 2020"), "info"),
        (WHERE.format("category = 1c and year != 2020"), "warning"),
        (WHERE.format("not (class in {1c.1, 1c.3}) and year between 2010 and 2030"), "info"),
        (WHERE.format("site is missing"), "info"),
        (WHERE.replace("FAC104", "factors").format("annex_c is missing"), "warning"),
        (WHERE.replace("FAC104", "FAC").format("site is missing"), "info"),
        (WHERE.format('site = "North"'), "warning"),
        (WHERE.format("party = KEN or party = UGA"), "info"),
        ("[[overrides]]\npaths = ['*.csv']\nrules.FAC104.severity = 'info'", "info"),
        ("[[overrides]]\npaths = ['archive 2.0/*']\nrules.FAC104.severity = 'info'", "warning"),
        ("[[overrides]]\npaths = ['k%n*']\nrules.FAC104.severity = 'info'", "warning"),
        (f"{WHERE.format('year = 2020')}\n[[overrides]]\npaths=['ken*']\nrules.FAC104.severity = 'error'", "error"),
        ("[[overrides]]\nwhere = 'year = 2020'\npaths = ['uga*']\nrules.FAC104.severity = 'info'", "warning"),
        ("[[overrides]]\nwhere = 'year = 2020'\nrules.FAC104.parameters.fold = 50", None),
        ("[[overrides]]\nwhere = 'year = 2021'\nrules.FAC104.parameters.fold = 50", "warning"),
        (
            "[rules.FAC104.parameters]\nfold = 50\n[[overrides]]\npaths = ['ken*']\nrules.FAC104.parameters.fold = 5",
            "warning",
        ),
        (
            "[rules.FAC104.parameters]\nfold = 50\n[[overrides]]\npaths = ['ken*']\nrules.FAC104.severity = 'error'",
            None,
        ),
    ],
)
def test_severities_and_parameters_differ_by_rule_key_and_path(
    write: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str], text: str, severity: str | None
) -> None:
    inventory, _ = write("ken.csv", INVENTORY), write("invlint.toml", text)
    main(["check", str(inventory), "--select", "FAC104", "-o", "json"])
    report = json.loads(capsys.readouterr().out)
    assert [one["severity"] for one in report["findings"]] == ([severity] if severity else [])
    (outcome,) = report["outcomes"]
    assert (outcome["evaluated"], outcome["failed"]) == (1, int(severity is not None))


@pytest.mark.parametrize("many_rows", [0, 6_000])
def test_a_row_is_judged_once_whatever_the_overrides_are(
    write: Callable[[str, str], Path],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    many_rows: int,
) -> None:
    """By the interpreter, and by whole columns."""
    monkeypatch.setattr("invlint.engine.run.MANY_ROWS", many_rows)
    rows = INVENTORY.splitlines()
    more = [rows[1].replace("2020", str(year)) for year in range(1990, 2020)]
    cases = [("year < 2000", 10), ("year < 1995", 10000), ("class = 1c.2 and year < 1993", 10)]
    overrides = ["[[overrides]]\npaths = ['uga.csv', 'ken*']\nrules.FAC104.parameters.fold = 10000"]
    overrides += ["[[overrides]]\npaths = ['*.csv']\nrules.FAC104.parameters.fold = 10"]
    overrides += [f"[[overrides]]\nwhere = '{where}'\nrules.FAC104.parameters.fold = {fold}" for where, fold in cases]
    inventory = write("ken.csv", "\n".join([*rows, *more]) + "\n")
    write("invlint.toml", "\n".join(overrides))
    main(["check", str(inventory), "--select", "FAC104", "-o", "json"])
    report = json.loads(capsys.readouterr().out)
    (outcome,) = report["outcomes"]
    years = sorted(one["key"]["year"] for one in report["findings"])
    assert outcome["evaluated"] == 31
    assert years == [1990, 1991, 1992, *range(1995, 2021)]


def test_the_nearest_file_upwards_holds_and_the_command_line_stands_above_it(
    write: Callable[[str, str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("pyproject.toml", "[tool.invlint]\nfail-on = 'info'\n")
    write("a/pyproject.toml", "[tool.other]\nname = 'invlint'\n")
    write("b/invlint.toml", "extend = ['gate', '../base.toml']\nignore = ['FAC104']\n")
    write("b/pyproject.toml", "[tool.invlint]\nfail-on = 'info'\n")
    write("base.toml", "evidence-cap = true\n[rules.FAC104]\nseverity = 'info'\n")
    monkeypatch.chdir(tmp_path)
    found = {name: find_file(tmp_path / name) for name in ("", "a", "b", "b/c")}
    assert found[""] == found["a"] == tmp_path / "pyproject.toml"
    assert found["b"] == found["b/c"] == tmp_path / "b/invlint.toml"
    assert load_file(tmp_path / "pyproject.toml").fail_on == ("info", "pyproject.toml:2")
    configuration = load_file(tmp_path / "b/invlint.toml")
    assert configuration.fail_on == ("warning", "profile gate")
    assert configuration.evidence_cap == (True, "base.toml:1")
    assert configuration.rules == (RuleSetting("FAC104", None, "info", "base.toml:3"),)
    assert configuration.choices == (("ignore", ("FAC104",), "b/invlint.toml:2"),)
    assert (configuration.file, configuration.profile) == ("b/invlint.toml", "../base.toml")


def test_no_file_upwards_is_none(tmp_path: Path) -> None:
    assert find_file(tmp_path) is None


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
    from invlint.lang.settings import set_rules

    sources = [("test", "a.rule", text.replace("most = 5", "most = 50"))]
    plan = compile_rules(sources, load_reference())
    setting = RuleSetting("a-test", "most", "60", "own.toml:3")
    assert set_rules(plan, sources, load_reference(), [setting]).rules[0].name == "a-test"
    with pytest.raises(UsageError, match=r"own\.toml:3: the rule a-test makes no sense with most = 5: "):
        set_rules(plan, sources, load_reference(), [setting._replace(value="5")])
