"""What the examples in the rules cannot show of PCN and HCBD."""

import pytest

from invlint.reference import shipped_reference

ENTRY = {
    "class": "1a.1",
    "releases": [{"chemical": "PCDD/PCDF", "vector": "air", "release": {"value": 3.6, "unit": "g TEQ/a"}}],
}
RULES = {"pcn-not-reported", "hcbd-not-reported"}


def findings_of(report):
    return [finding for finding in report.findings if finding.rule in RULES]


@pytest.mark.parametrize(
    ("chemical", "since", "in_force", "decision"),
    [("PCN", "2015", "2016-12-15", "SC-7/14"), ("HCBD", "2017", "2018-12-18", "SC-8/12")],
)
def test_the_reference_says_since_when_each_is_listed(chemical, since, in_force, decision):
    row = shipped_reference().chemicals[chemical]
    assert (row["annex_c_since"], row["in_force"], row["decision"]) == (since, in_force, decision)


@pytest.mark.parametrize(
    ("year", "expected"),
    [(2015, set()), (2016, set()), (2017, {"pcn-not-reported"}), (2018, {"pcn-not-reported"}), (2019, RULES)],
)
def test_each_is_expected_from_the_first_full_year_of_its_listing(check_inventory, small_inventory, year, expected):
    found = findings_of(check_inventory(small_inventory(ENTRY, year=year)))
    assert {one.rule for one in found} == expected


def test_it_is_a_warning_and_never_an_error(check_inventory, small_inventory):
    found = findings_of(check_inventory(small_inventory(ENTRY)))
    assert [one.severity for one in found] == ["warning", "warning"]
    assert all("--ignore" in one.help for one in found)


def test_an_inventory_that_reports_no_dioxins_is_not_asked(check_inventory, small_inventory):
    assert findings_of(check_inventory(small_inventory({"class": "1a.1", "key": "NO"}))) == []
