"""Reports to render: one with everything in it that a report can say, hostile text among it."""

from __future__ import annotations

from typing import Any

from invlint.model.finding import KEY_MEMBERS, Finding, Impact, Location, Remedy, Waived
from invlint.model.report import Input, Outcome, Pack, Report, RuleText, UsedConfiguration, UsedPlugin, UsedReference

HOSTILE = "=a|b ##[error] *c* <b>d</b> [e](f) %0A::error::g\x1b[31m & h\u202e, “i”, ]]> \x00"
"""Markup, commands and control characters of all formats."""

INCOMPLETE = ("1 of 3 files could not be read", "crashed: broken-rule")


def finding(number: int, **members: Any) -> Finding:
    key: dict[str, Any] = dict.fromkeys(KEY_MEMBERS)
    key |= {"party": "KEN", "year": 2012, "group": 1, "category": "1c", "class": f"1c.{number}", "vector": "air"}
    return Finding(
        **{
            "id": f"some-rule:0000000{number}",
            "code": "XYZ101",
            "rule": "some-rule",
            "severity": "error",
            "key": key | members.pop("key", {}),
            "message": f"1c.{number}: fault {number}",
            "help": "mend it",
            "locations": (Location("primary", "in/ken 1.json", 40 + number, 7, None, f"/entries/{number}"),),
        }
        | members
    )


OPEN = finding(
    1,
    severity="blocker",
    cause="some-rule:cause",
    evidence="compiled",
    observed="3 t",
    expected="4 t",
    impact=Impact(-0.25, "g TEQ/a", 0.5),
)
IN_A_SHEET = finding(
    2,
    locations=(
        Location("primary", "ken.xlsx", None, None, "My Sheet!AB17"),
        Location("related", "in/ken 1.json", 3, 1, None, "/inventories/0"),
    ),
)
MILD = finding(3, severity="warning")
NOWHERE = finding(4, severity="info", locations=())
WITH_HOSTILE_TEXT = finding(5, message=HOSTILE, help=HOSTILE, key={"site": HOSTILE})
WAIVED = finding(6, waived=Waived("the plant measures, " + HOSTILE, "M. Otieno", "2027-12-31"))
EXPLAINED = finding(7, waived=Waived("it is small", honoured=False))
BASELINED = finding(8, baselined=True)
OF_A_FILE = finding(
    9,
    id="unreadable-file:1",
    code="STR103",
    rule="unreadable-file",
    severity="blocker",
    key=dict.fromkeys(KEY_MEMBERS),
    message="not valid JSON",
    locations=(Location("primary", "cut.json", 1, 9),),
)

FINDINGS = (OPEN, IN_A_SHEET, MILD, NOWHERE, WITH_HOSTILE_TEXT, WAIVED, EXPLAINED, BASELINED, OF_A_FILE)
SET_ASIDE = (WAIVED, BASELINED)

OUTCOMES = (
    Outcome("some-rule", "XYZ101", "failed", 20, 8, 2),
    Outcome("unreadable-file", "STR103", "failed", 3, 1, 0),
    Outcome("calm-rule", "XYZ102", "passed", 4, 0, 0),
    Outcome("idle-rule", "XYZ103", "not_applicable", 0, 0, 0, "there is no earlier submission"),
    Outcome("blind-rule", "XYZ104", "could_not_run", 0, 0, 5, "no inventory declares an edition"),
    Outcome("broken-rule", "XYZ105", "crashed", 0, 0, 0, "ValueError: " + HOSTILE),
    Outcome("lone-rule", "XYZ106", "passed", 2, 0, 0, "not testable in 3 rows: fewer than 5 Parties", 3),
)
NOT_RUN = ("blind-rule", "broken-rule")

WHOLE = Report(
    "1.2.3",
    (Pack("invlint", 7, "00"),),
    (
        Input("in/ken 1.json", "aa", ("KEN",), (2007, 2012), 20, ("1c", "air")),
        Input("ken.xlsx", "bb", ("KEN", "UGA"), (2012,), 5, notes=("read as Latin-1",)),
        Input("cut.json", "cc", (), (), 0, problem="not valid JSON"),
    ),
    OUTCOMES,
    FINDINGS,
    ("notes.docx",),
    (Input("old.json", "dd", ("KEN",), (2007,), 9),),
    (Remedy("KEN 2012 1c.1", "change the unit", OPEN.locations[0], (OPEN.id, MILD.id)),),
    "gate",
    UsedReference("own", "ee", "table.xlsx"),
    (
        RuleText("some-rule", "XYZ101", "warning", "invlint", "It matters. " + HOSTILE, "UNEP Toolkit 2013"),
        RuleText("calm-rule", "XYZ102", "info", "own", "", ""),
    ),
    "error",
    ("drafts",),
    (UsedPlugin("invlint-pcn", "0.2", ("rules: ValueError",)),),
    UsedConfiguration("invlint.toml", "invlint-baseline.json", "report"),
)
EMPTY = Report("1.2.3", (), (), (), ())
CLEAN = WHOLE._replace(
    findings=(),
    outcomes=OUTCOMES[2:3],
    inputs=(WHOLE.inputs[0]._replace(scopes=()),),
    passed_over=(),
    remedies=(),
    ignored=(),
)
