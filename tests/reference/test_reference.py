"""The shipped reference: complete, parseable, and honest about its evidence."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from invlint.reference.code_lists import code_lists
from invlint.reference.load import EVIDENCE, with_undivided_residue
from invlint.units import parse_unit

if TYPE_CHECKING:
    from invlint.reference import Reference

SHARED = Path(__file__).parents[2].parent / "shared" / "reference"


def test_the_toolkit_has_239_classes_in_68_categories_in_10_groups(reference: Reference) -> None:
    assert (len(reference.classes), len(reference.categories), len(reference.groups)) == (239, 68, 10)
    assert {row["category"] for row in reference.classes.values()} == set(reference.categories)
    assert {reference.group_of(category) for category in reference.categories} == set(reference.groups)


def test_there_are_7_chemicals_and_one_is_the_default(reference: Reference) -> None:
    assert len(reference.chemicals) == 7
    assert reference.default_chemical == "PCDD/PCDF"
    assert {"TEQ", "mass"} == {row["quantity"] for row in reference.chemicals.values()}


def test_countries_have_their_three_letter_codes(reference: Reference) -> None:
    assert len(reference.countries) == 249
    assert reference.countries["KEN"]["name"] == "Kenya"


def test_every_factor_has_a_value_with_a_unit_or_a_code(reference: Reference) -> None:
    for class_id, chemical, vector, kind, value, unit, code, evidence, _, _ in reference.factors:
        where = (class_id, chemical, vector, kind)
        assert (value is None) == (code in ("NA", "ND")), where
        assert (value is None) == (unit is None), where
        assert evidence in EVIDENCE, where
        assert class_id in reference.classes, where


def test_every_unit_of_the_reference_parses(reference: Reference) -> None:
    units = {row[5] for row in reference.factors if row[5]} | {row["unit"] for row in reference.superseded}
    units |= {row["activity_unit"] for row in reference.classes.values() if row["activity_unit"]}
    assert all(parse_unit(unit).scale > 0 for unit in units)


def test_the_evidence_of_the_files_is_kept(reference: Reference) -> None:
    with (reference.folder / "factors.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["evidence"] for row in rows] == [row[7] for row in reference.factors]
    assert {evidence: sum(row[7] == evidence for row in reference.factors) for evidence in EVIDENCE} == {
        "seen": 61,
        "compiled": 208,
        "doubtful": 899,
    }


@pytest.mark.skipif(not SHARED.is_dir(), reason="the source tables are not beside this checkout")
@pytest.mark.parametrize("name", ["factors", "classes", "chemicals", "superseded_factors", "annex_c"])
def test_the_shipped_tables_are_the_source_tables(reference: Reference, name: str) -> None:
    assert (SHARED / f"{name}.csv").read_bytes() == (reference.folder / f"{name}.csv").read_bytes()


def test_an_undivided_residue_is_the_sum_of_its_kinds(reference: Reference) -> None:
    defaults = {(row[0], row[2], row[3]): row for row in reference.defaults_of("2013") if row[1] == "PCDD/PCDF"}
    assert (defaults["1a.3", "residue", None][4], defaults["1a.3", "residue", None][7]) == (207.0, "compiled")
    assert (defaults["1c.1", "residue", None][4], defaults["1c.1", "residue", None][7]) == (200.0, "seen")
    assert (defaults["1d.3", "residue", None][4], defaults["1d.3", "residue", None][6]) == (None, "ND")


def test_an_undivided_residue_of_kinds_that_are_not_expected_is_not_expected() -> None:
    kind = ("1x.1", "PCDD/PCDF", "residue", "fly ash", None, None, "NA", "doubtful", None, None)
    assert with_undivided_residue([kind])[-1][6] == "NA"


def test_edition_2005_has_the_superseded_values_and_doubts_the_others(reference: Reference) -> None:
    older = {(row[0], row[1], row[2], row[3]): row for row in reference.defaults_of("2005")}
    assert (older["2e.1", "PCDD/PCDF", "air", None][4], older["2e.1", "PCDD/PCDF", "air", None][7]) == (150.0, "seen")
    assert older["1c.1", "PCDD/PCDF", "air", None][7] == "doubtful"


def test_edition_2005_asks_neither_for_codes_that_meant_other_things_nor_for_new_classes(reference: Reference) -> None:
    classes = reference.classes_of("2005")
    assert not any(class_id.startswith(("7b", "7c", "7d", "7e", "7f")) for class_id in classes)
    assert "2l.2" not in classes
    assert "2l.1" in classes


@pytest.mark.parametrize("edition", ["2001", "2003", "none"])
def test_older_editions_ask_for_nothing(reference: Reference, edition: str) -> None:
    assert (
        reference.classes_of(edition),
        reference.categories_of(edition),
        reference.defaults_of(edition),
    ) == ((), (), ())


def test_annex_c_part_ii_wins_over_part_iii(reference: Reference) -> None:
    assert tuple(reference.annex_c_part.get(c) for c in ("1a", "4a", "6b", "9a")) == ("II", "II", "III", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1c.2", "1c.2"),
        ("1c2", "1c.2"),
        ("1.c.2", "1c.2"),
        ("1C.2", "1c.2"),
        ("1c class 2", "1c.2"),
        ("2c steel 1", "2c.steel.1"),
        ("9b1a", "9b.1a"),
        ("10a", "10a"),
        ("1c.9", None),
        ("", None),
    ],
)
def test_old_spellings_of_class_ids_are_recognised(reference: Reference, text: str, expected: str | None) -> None:
    assert expected == code_lists(reference).recognise("class", text, "2013")


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        ("party", "ken", "KEN"),
        ("party", "KE", None),
        ("chemical", "PCDD/F", "PCDD/PCDF"),
        ("chemical", "hcb", "HCB"),
        ("chemical", "DDT", None),
        ("vector", "Residues", "residue"),
        ("vector", "sky", None),
        ("key", "no", "NO"),
        ("key", "N0", None),
        ("group", "7", "7"),
        ("group", "11", None),
        ("origin", "Toolkit", "toolkit"),
        ("confidence", "H", "high"),
        ("teq_scheme", "WHO-TEQ 2005", "WHO-2005"),
        ("teq_scheme", "I-TEQ", "I-TEQ"),
        ("edition", "2013", "2013"),
        ("category", "1C", "1c"),
        ("category", "1c.2", None),
    ],
)
def test_codes_are_recognised(reference: Reference, column: str, text: str, expected: str | None) -> None:
    assert expected == code_lists(reference).recognise(column, text)


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        ("party", "KE", "KEN"),
        ("party", "Kenia", "KEN"),
        ("party", "zzzz", None),
        ("key", "N0", "NO"),
        ("key", "N", None),
        ("teq_scheme", "WHO", None),
        ("teq_scheme", "WHO2005", "WHO-2005"),
        ("vector", "watr", "water"),
        ("class", "2c.stel.1", "2c.steel.1"),
        ("class", "@", None),
    ],
)
def test_the_nearest_code_is_offered(reference: Reference, column: str, text: str, expected: str | None) -> None:
    assert expected == code_lists(reference).nearest(column, text)


def test_in_edition_2005_codes_of_7b_to_7f_are_taken_as_they_stand(reference: Reference) -> None:
    lists = code_lists(reference)
    assert lists.recognise("class", "7B.9", "2005") == "7b.9"
    assert lists.category_and_group("7b.9", "2005") == ("7b", 7)


def test_under_an_edition_without_a_class_list_ids_stay_as_written(reference: Reference) -> None:
    lists = code_lists(reference)
    assert lists.recognise("class", "1.2.3", "2001") == "1.2.3"
    assert lists.category_and_group("1.2.3", "2001") == (None, None)
