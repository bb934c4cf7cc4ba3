"""What the examples in the rules cannot show: spellings, units, places, and documents of any shape."""

import csv
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from invlint.plugins.congeners import SCHEMES as KNOWN_SCHEMES
from invlint.reference import shipped_reference
from invlint.reference.code_lists import TEQ_SCHEMES
from invlint.sources.document import Document, KnownPlaces, Reading
from invlint.tables import build_frames
from invlint_dioxins.congeners import DIOXINS, SCHEMES, TEF, columns

SHARED = Path(__file__).parents[4] / "shared" / "reference" / "tef.csv"

PUBLISHED = """
2,3,7,8-TCDD         1      1       1       1
1,2,3,7,8-PeCDD      0.5    1       1       0.4
1,2,3,4,7,8-HxCDD    0.1    0.1     0.1     0.09
1,2,3,6,7,8-HxCDD    0.1    0.1     0.1     0.07
1,2,3,7,8,9-HxCDD    0.1    0.1     0.1     0.05
1,2,3,4,6,7,8-HpCDD  0.01   0.01    0.01    0.05
OCDD                 0.001  0.0001  0.0003  0.001
2,3,7,8-TCDF         0.1    0.1     0.1     0.07
1,2,3,7,8-PeCDF      0.05   0.05    0.03    0.01
2,3,4,7,8-PeCDF      0.5    0.5     0.3     0.1
1,2,3,4,7,8-HxCDF    0.1    0.1     0.1     0.3
1,2,3,6,7,8-HxCDF    0.1    0.1     0.1     0.09
1,2,3,7,8,9-HxCDF    0.1    0.1     0.1     0.2
2,3,4,6,7,8-HxCDF    0.1    0.1     0.1     0.1
1,2,3,4,6,7,8-HpCDF  0.01   0.01    0.01    0.02
1,2,3,4,7,8,9-HpCDF  0.01   0.01    0.01    0.1
OCDF                 0.001  0.0001  0.0003  0.002
"""
TABLE = {name: tuple(map(Decimal, factors)) for name, *factors in map(str.split, PUBLISHED.strip().splitlines())}
"""The factors of I-TEF 1988, WHO 1998, WHO 2005 and WHO 2022, typed apart from the plugin."""


def test_the_factors_are_the_published_ones():
    assert {name: tuple(Decimal(repr(factor)) for factor in factors) for name, (_, *factors) in TEF.items()} == TABLE


@pytest.mark.skipif(not SHARED.exists(), reason="the source table is not beside this checkout")
def test_the_factors_are_those_of_the_source_table():
    with SHARED.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if row[0] in TEF]
    assert len(rows) == len(TEF)
    for name, cas, *factors in rows:
        assert (cas, *map(float, factors)) == TEF[name]


def test_the_schemes_are_those_of_the_code_list():
    assert tuple(KNOWN_SCHEMES) == TEQ_SCHEMES == SCHEMES


def test_no_spelling_means_two_congeners():
    def letters(name):
        return "".join(sign for sign in name.lower() if sign.isalnum())

    spellings = [letters(other) for one in DIOXINS.congeners for other in {letters(s) for s in (one.name, *one.others)}]
    totals = [letters(other) for name, others in DIOXINS.homologues.items() for other in {*others, name}]
    assert len({*spellings, *totals}) == len(spellings) + len({*totals})


def frames_of(release=None, **entry):
    release = {"vector": "air", "release": {"value": 1.0, "unit": "g TEQ/a"}, **(release or {})}
    entry = {"class": "1a.4", "activity": {"value": 1000, "unit": "t/a"}, "releases": [release], **entry}
    document = {"format": "invlint/inventory-1", "party": "KEN", "edition": "2013", "teq_scheme": "WHO-2005",
                "inventories": [{"year": 2020, "entries": [entry]}]}  # fmt: skip
    reading = Reading("a.json", "0", (Document(document, KnownPlaces()),))
    return build_frames([reading], [], shipped_reference())


@pytest.mark.parametrize(
    ("spelled", "congener"),
    [
        ("2378-TCDD", "2,3,7,8-TCDD"),
        ("2,3,7,8 - tcdd", "2,3,7,8-TCDD"),
        ("TCDD-2,3,7,8", "2,3,7,8-TCDD"),
        ("1746-01-6", "2,3,7,8-TCDD"),
        ("2,3,7,8-T4CDD", "2,3,7,8-TCDD"),
        ("1,2,3,7,8-PnCDD", "1,2,3,7,8-PeCDD"),
        ("1,2,3,7,8-PCDD", "1,2,3,7,8-PeCDD"),
        ("2,3,4,7,8_PeCDF", "2,3,4,7,8-PeCDF"),
        ("123789-H6CDF", "1,2,3,7,8,9-HxCDF"),
        ("1,2,3,4,6,7,8,9-OCDD", "OCDD"),
        ("ocdf", "OCDF"),
    ],
)
def test_a_congener_is_known_by_other_spellings(spelled, congener):
    frame = frames_of({"congeners": {"unit": "g/a", spelled: 1}})["dioxin_congeners"]
    assert frame.column("congener") == [congener]
    assert frame.column("spelled") == [spelled]
    assert frame.column("problem") == [None]


@pytest.mark.parametrize("spelled", ["TCDD total", "Total TCDD", "TCDDs", "sum TCDD", "total T4CDD"])
def test_a_total_of_homologues_is_known_by_other_spellings(spelled):
    frame = frames_of({"congeners": {"unit": "g/a", spelled: 2, "2,3,7,8-TCDD": 3}})["dioxin_homologues"]
    assert frame.column("homologues") == ["TCDD total"]
    assert frame.column("amount") == pytest.approx([2e-6])
    assert frame.column("parts") == pytest.approx([3e-6])


@pytest.mark.parametrize(
    ("unit", "grams"),
    [("g/a", 2), ("mg/a", 0.002), ("kg", 2000), ("g/d", 730.5), ("ug/t", 0.002), ("ng/kg", 0.002)],
)
def test_the_unit_is_a_mass_a_year_or_for_each_unit_of_the_activity(unit, grams):
    frame = frames_of({"congeners": {"unit": unit, "OCDD": 2}})["dioxin_congeners"]
    assert frame.column("amount") == pytest.approx([grams * 1e-6], rel=1e-2 if unit == "g/d" else 1e-12)


@pytest.mark.parametrize("unit", ["g TEQ/a", "ug/TJ", "t/TJ/a", "furlong", "", None, 3])
def test_another_unit_is_a_problem_and_no_mass_is_made_up(unit):
    frame = frames_of({"congeners": {"unit": unit, "OCDD": 2}})["dioxin_congeners"]
    assert frame.column("spelled") == ["unit", "OCDD"]
    assert frame.column("problem")[0] is not None
    assert frame.column("amount") == [None, None]


def test_a_mass_for_each_unit_of_an_activity_that_is_missing_is_unknown():
    frame = frames_of({"congeners": {"unit": "ug/t", "OCDD": 2}}, activity={})["dioxin_congeners"]
    assert frame.column("amount") == [None]
    assert frame.column("problem") == [None]


@pytest.mark.parametrize("text", ["ND", "n.d.", "not detected", "<LOD", "< 0.3", "<0.3"])
def test_what_was_not_detected_has_no_mass_and_is_not_zero(text):
    congeners = {"unit": "g/a", **dict.fromkeys(TEF, 0.01), "OCDF": text}
    frames = frames_of({"congeners": congeners})
    row = frames["dioxin_congeners"].column("congener").index("OCDF")
    assert frames["dioxin_congeners"].column("detected")[row] is False
    assert frames["dioxin_congeners"].column("amount")[row] is None
    profile = frames["dioxin_profiles"]
    assert profile.column("not_detected") == [1]
    assert profile.column("exact") == [False]
    assert profile.column("fits") == [None]
    limit = 0.3 if "0.3" in text else None
    assert profile.column("most") == (
        [None] if limit is None else pytest.approx([profile.column("teq")[0] + 0.3 * 0.0003])
    )


@pytest.mark.parametrize("value", ["0,01", "about 3", "<x", -1, True, [1], {"value": 1}])
def test_what_is_no_mass_is_told_and_leaves_no_teq(value):
    frames = frames_of({"congeners": {"unit": "g/a", **dict.fromkeys(TEF, 0.01), "OCDF": value}})
    assert sum(problem is not None for problem in frames["dioxin_congeners"].column("problem")) == 1
    assert frames["dioxin_profiles"].column("teq") == [None]


def test_a_congener_under_the_release_and_under_its_entry_is_one():
    congeners = {"unit": "g/a", "2,3,7,8-TCDD": 0.01}
    frames = frames_of({"congeners": congeners}, congeners={"unit": "g/a", "2378-TCDD": 0.01})
    assert frames["dioxin_congeners"].column("twin") == [None, "2,3,7,8-TCDD"]
    assert frames["dioxin_profiles"].column("teq") == [None]


def test_congeners_of_an_entry_are_those_of_its_one_release():
    frames = frames_of(congeners={"unit": "g/a", "2,3,7,8-TCDD": 0.01})
    assert frames["dioxin_congeners"].places == [(0, 0, 0, 0, "entry/congeners/2,3,7,8-TCDD")]
    assert frames["dioxin_entries"].column("releases") == [1]


@settings(deadline=None)
@given(st.lists(st.decimals(0, 1000, places=6), min_size=17, max_size=17))
def test_a_teq_is_the_sum_of_mass_and_factor(masses):
    given_masses = dict(zip(TABLE, masses, strict=True))
    congeners = {"unit": "g/a", **{name: float(mass) for name, mass in given_masses.items()}}
    frames = frames_of({"congeners": congeners})
    for place, prefix in enumerate(KNOWN_SCHEMES.values()):
        whole = sum(mass * TABLE[name][place] for name, mass in given_masses.items())
        assert frames["dioxin_profiles"].column(f"{prefix}_teq") == pytest.approx([float(whole)], rel=1e-12)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["g/a", "ND", "<3", "ug/t", "1e999"]),
    lambda inside: (
        st.lists(inside, max_size=2) | st.dictionaries(st.sampled_from([*columns(), "unit", "x~/y"]), inside)
    ),
    max_leaves=8,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANYTHING, ANYTHING)
def test_congeners_of_any_shape_make_rows(of_release, of_entry):
    frames = frames_of({"congeners": of_release}, congeners=of_entry)
    for name in ("congeners", "homologues", "profiles", "teqs", "entries"):
        assert frames[f"dioxin_{name}"].size >= 0


def test_congeners_come_from_columns_of_a_table_and_point_at_their_cells(check_inventory, tmp_path):
    path = tmp_path / "ken.csv"
    path.write_text(
        "party,year,edition,class,vector,release,release_unit,congener_unit,2378-TCDD,OCDD,OCDF\n"
        "KEN,2020,2013,1a.4,air,1,g TEQ/a,g/a,0.01,ND,\"0,3\"\n",
        "utf-8",
    )  # fmt: skip
    found = {one.rule: one for one in check_inventory(path).findings}
    assert "schema-violation" not in found
    (place,) = found["congener-unclear"].locations
    assert (place.line, found["congener-unclear"].message[:12]) == (2, "OCDF is “0,3")


def test_numbers_under_other_spellings_are_numbers_in_yaml(check_inventory, small_inventory, tmp_path):
    release = {"vector": "air", "release": {"value": 1, "unit": "g TEQ/a"}, "congeners": {"unit": "g/a", "ocdd": 0.5}}
    path = tmp_path / "ken.yaml"
    path.write_text(json.dumps(small_inventory({"class": "1a.4", "releases": [release]})), "utf-8")
    rules = {one.rule for one in check_inventory(path).findings}
    assert "congener-missing" in rules
    assert not {"congener-unclear", "schema-violation"} & rules


def test_no_code_is_loaded_for_a_document_without_congeners(small_inventory, tmp_path):
    path = tmp_path / "ken.json"
    path.write_text(json.dumps(small_inventory({"class": "1a.4", "activity": {"value": 3, "unit": "t/a"}})), "utf-8")
    code = (
        "import sys; from invlint.cli.main import main; main(sys.argv[1:]); "
        "print(*(one for one in sys.modules if one.startswith('invlint_')), 'invlint.tables.congeners' in sys.modules)"
    )
    words = [sys.executable, "-c", code, "check", str(path), "-o", f"json={tmp_path / 'report.json'}"]
    for _ in range(2):  # the first run may keep what plugins offer
        done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stdout.split()[-1] == "False"
    assert "invlint_" not in done.stdout
