"""The terminal report: what is grouped, what is cut short, what is never left out."""

from __future__ import annotations

from typing import Any

from invlint.model.finding import KEY_MEMBERS, Finding, Impact, Location
from invlint.model.report import Input, Outcome, Report, UsedReference
from invlint.render.formats import View
from invlint.render.report_terminal import render_terminal


def finding(number: int = 0, **members: Any) -> Finding:
    key: dict[str, Any] = dict.fromkeys(KEY_MEMBERS)
    key |= {"party": "KEN", "year": 2012, "class": f"1c.{number}"} | members.pop("key", {})
    return Finding(
        **{
            "id": f"rule:{number}",
            "code": "XYZ101",
            "rule": "some-rule",
            "severity": "error",
            "key": key,
            "message": f"fault {number}",
            "help": "mend it",
            "locations": (Location("primary", "ken.json", number + 1, 3),),
        }
        | members
    )


def report(*findings: Finding, outcomes: tuple[Outcome, ...] = (), **members: Any) -> Report:
    given = Input(**{"path": "ken.json", "sha256": "0", "parties": ("KEN",), "years": (2012,), "rows": 3} | members)
    return Report("0", (), (given,), outcomes, findings)


def show(shown: Report, **options: Any) -> str:
    return render_terminal(shown, View(**options))


def test_advice_is_given_once_for_all_findings_of_a_rule() -> None:
    text = show(report(*(finding(number) for number in range(5))))
    assert text.count("mend it") == 1
    assert all(f"fault {number}" in text for number in range(5))


def test_findings_of_one_cause_stand_together_with_their_places() -> None:
    same = [finding(number, cause="c", message="1c. one fault", key={"class": "1c."}) for number in range(3)]
    text = show(report(*same))
    assert text.count("one fault") == 1
    assert "ken.json:1:3; 2:3; 3:3" in text


def test_what_is_cut_short_is_counted() -> None:
    text = show(report(*(finding(number) for number in range(40))))
    assert "and 10 more of this rule: -o json lists them" in text
    places = tuple(Location("primary", "ken.json", line, 1) for line in range(9))
    assert "and 5 more places: -o json lists them" in show(report(finding(locations=places)))


def test_each_party_and_year_has_its_heading_with_counts() -> None:
    text = show(report(finding(1), finding(2, severity="warning", key={"year": 2017})))
    assert "KEN 2012  1 error\n" in text
    assert "KEN 2017  1 warning\n" in text


def test_a_finding_about_no_party_stands_under_files() -> None:
    assert "Files  1 error" in show(report(finding(key={"party": None, "year": None, "class": None})))


def test_the_source_is_named_where_the_message_does_not() -> None:
    key = {"class": None, "group": 2, "vector": "air"}
    assert "group 2 air: fault 1" in show(report(finding(1, key=key)))
    assert "1c.1: fault 1" in show(report(finding(1)))
    assert "    1c.1 is wrong" in show(report(finding(1, message="1c.1 is wrong")))


def test_the_impact_is_shown_with_its_share() -> None:
    text = show(report(finding(impact=Impact(-1.25, "g TEQ/a", -0.5))))
    assert "effect if corrected: -1.25 g TEQ/a (50 % of the year's total)" in text
    assert "effect if corrected: -1.25 g TEQ/a\n" in show(report(finding(impact=Impact(-1.25, "g TEQ/a", None))))


def test_a_workbook_place_is_its_cell() -> None:
    place = (Location("primary", "ken.xlsx", cell="Data!D17"), Location("related", "ken.xlsx", cell="Data!E17"))
    assert "ken.xlsx Data!D17; see also Data!E17" in show(report(finding(locations=place)))


def test_what_was_not_checked_is_named() -> None:
    outcomes = (
        Outcome("a-rule", "A101", "could_not_run", 0, 0, 3, "no edition"),
        Outcome("b-rule", "B101", "crashed", 0, 0, 0, "ValueError: x"),
        Outcome("c-rule", "C101", "passed", 5, 0, 1),
        Outcome("d-rule", "D101", "passed", 5, 0, 0),
    )
    text = show(report(outcomes=outcomes, scopes=("6b",), notes=("read as Windows-1252",), problem="cut short"))
    assert "- a-rule: no edition" in text
    assert "- b-rule: ValueError: x" in text
    assert "- c-rule: 1 row could not be judged" in text
    assert "d-rule" not in text
    assert "within 6b alone" in text
    assert "- ken.json: read as Windows-1252" in text
    assert "- ken.json: cut short" in text


def test_rows_that_could_not_be_tested_are_named_beside_those_that_were() -> None:
    why = "not testable in 2 rows: too few peers"
    text = show(report(outcomes=(Outcome("a-rule", "A101", "passed", 5, 0, 3, why, 2),)))
    assert f"a-rule: {why}" in text
    assert "a-rule: 3 rows could not be judged" in text


def test_control_characters_of_a_file_do_not_reach_the_terminal() -> None:
    text = show(report(finding(1, message="1c.1 \x1b[31mred\x07"), notes=("\x1b]0;title",)))
    assert "1c.1 \\x1b[31mred\\x07" in text
    assert "\x1b" not in text


def test_files_that_were_passed_over_are_named() -> None:
    passed_over = tuple(f"{number}.pdf" for number in range(12))
    text = show(report()._replace(passed_over=passed_over))
    assert "files of a kind that invlint does not read: 0.pdf, 1.pdf" in text
    assert "and 2 more" in text


def test_a_share_far_beyond_the_whole_is_told_as_a_multiple() -> None:
    shares = {0.012: "(1.2 % of", 0.5: "(50 % of", 9.4: "(940 % of", 44000: "(44 000 times the"}
    for share, told in shares.items():
        assert told in show(report(finding(impact=Impact(1.0, "g TEQ/a", share))))


def test_an_own_edition_of_the_reference_is_told_in_one_line() -> None:
    shown = report()._replace(reference=UsedReference("own", "0", "toolkit\x1b.xlsx"))
    told = "default factors: your own edition, from toolkit\\x1b.xlsx; --reference shipped leaves it aside"
    assert told in show(shown, width=120).splitlines()
    assert "default factors" not in show(report())


def test_an_incomplete_check_says_so_last() -> None:
    text = show(report(), incomplete=["there was no file to check"])
    assert text.splitlines()[-1] == "the check is incomplete: there was no file to check"


def test_a_report_without_findings_says_that_nothing_was_found() -> None:
    assert show(report()).splitlines()[-1] == "nothing found"


def test_colour_changes_no_word() -> None:
    import re

    shown = report(finding(1, impact=Impact(1.0, "g TEQ/a", 0.1)), scopes=("6b",))
    assert show(shown) == re.sub(r"\x1b\[[0-9;]*m", "", show(shown, color=True))
