"""What the examples in the rules cannot show of HCB and PeCBz."""

import pytest

from invlint.reference import shipped_reference


def entry(chemical="PCDD/PCDF", value=3.6, unit="g TEQ/a", source="1a.1"):
    return {
        "class": source,
        "releases": [{"chemical": chemical, "vector": "air", "release": {"value": value, "unit": unit}}],
    }


def rules_of(report):
    return {finding.rule for finding in report.findings}


@pytest.mark.parametrize("chemical", ["HCB", "PeCBz"])
def test_they_are_stated_as_mass(check_inventory, small_inventory, chemical):
    assert shipped_reference().chemicals[chemical]["quantity"] == "mass"
    assert "teq-mass-mixed" in rules_of(check_inventory(small_inventory(entry(chemical))))
    assert "teq-mass-mixed" not in rules_of(check_inventory(small_inventory(entry(chemical, 3.6, "kg/a"))))


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2004, set()),
        (2005, {"hcb-missing-beside-dioxins"}),
        (2010, {"hcb-missing-beside-dioxins"}),
        (2011, {"hcb-missing-beside-dioxins", "pecbz-missing-beside-dioxins"}),
    ],
)
def test_each_is_expected_from_the_first_full_year_of_its_listing(check_inventory, small_inventory, year, expected):
    found = rules_of(check_inventory(small_inventory(entry(), year=year)))
    assert {rule for rule in found if rule.endswith("-missing-beside-dioxins")} == expected


def test_no_finding_is_more_than_information(check_inventory, small_inventory):
    report = check_inventory(small_inventory(entry()))
    assert {one.severity for one in report.findings if one.rule.endswith("-missing-beside-dioxins")} == {"info"}


def test_a_source_is_material_by_all_its_vectors(check_inventory, small_inventory):
    """Two per cent to air and two in the residue are four of the source."""
    releases = [
        {"chemical": "PCDD/PCDF", "vector": vector, "release": {"value": 2, "unit": "g TEQ/a"}}
        for vector in ("air", "residue")
    ]
    rest = entry(value=96, source="9a.1")
    report = check_inventory(small_inventory({"class": "1a.1", "releases": releases}, rest))
    found = [one for one in report.findings if one.rule == "hcb-missing-beside-dioxins"]
    assert [one.key["class"] for one in found] == ["1a.1"]
