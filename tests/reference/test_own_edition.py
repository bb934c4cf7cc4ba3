"""The user's own edition of the reference: cell by cell over the shipped one, and never half of it."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest

from invlint.errors import InvlintError, OwnReferenceError, UsageError
from invlint.lang import compile_rules
from invlint.reference import load_reference, shipped_reference
from invlint.reference.load import Reference
from invlint.reference.own import (
    FACTORS,
    RECORD,
    OwnEdition,
    OwnFactor,
    forget_own_edition,
    keep_own_edition,
    own_edition,
)
from invlint.reference.own_changes import FactorLine, changes_of
from invlint.rules.load import rule_sources

AT_COLLECTION = os.environ.get("INVLINT_REFERENCE_DIR")


def own(class_id: str, vector: str = "air", **members: Any) -> OwnFactor:
    given: dict[str, Any] = {
        "chemical": "PCDD/PCDF",
        "residue_kind": None,
        "value": None,
        "code": None,
        "unit": None,
        "edition": "2013",
        "source": "toolkit.xlsx",
    }
    return OwnFactor(class_id=class_id, vector=vector, **(given | members))


def edition(*factors: OwnFactor) -> OwnEdition:
    return OwnEdition("toolkit.xlsx", "5ec0", "2024-05-01", factors)


def merged(*factors: OwnFactor) -> Reference:
    return Reference(shipped_reference().folder, edition(*factors))


def row(reference: Reference, class_id: str, vector: str, kind: str | None = None, year: str = "2013") -> Any:
    found = [one for one in reference.defaults_of(year) if one[:4] == (class_id, "PCDD/PCDF", vector, kind)]
    return found[0] if found else None


A = own("1a.1", value="3.6", unit="mg TEQ/t")


def test_no_own_edition_of_the_user_takes_part_in_tests() -> None:
    assert AT_COLLECTION is not None
    assert not Path(AT_COLLECTION).exists()
    assert load_reference() is shipped_reference()


def test_what_is_kept_is_read_again_as_it_was(own_folder: Path) -> None:
    kept = edition(
        A,
        own("1a.1", "water", code="ND"),
        own("1a.1", "residue", residue_kind="fly ash", value="0.50", unit="μg TEQ/t", source='a "b", c\nd'),
        own("2e.1", value="160", unit="ug TEQ/t", edition="2005"),
    )
    assert keep_own_edition(kept) == own_folder
    assert own_edition() == kept
    assert sorted(path.name for path in own_folder.iterdir()) == sorted([FACTORS, RECORD])


def test_the_kept_factors_have_the_columns_of_the_shipped_ones(own_folder: Path) -> None:
    keep_own_edition(edition(A))
    lines = (own_folder / FACTORS).read_text("utf-8").splitlines()
    assert lines[0] == (shipped_reference().folder / "factors.csv").read_text("utf-8").splitlines()[0]
    assert lines[1] == "1a.1,PCDD/PCDF,air,,3.6,,mg TEQ/t,2013,seen,toolkit.xlsx,"


def test_the_loaded_reference_follows_what_is_kept_and_forgotten(own_folder: Path) -> None:
    keep_own_edition(edition(A))
    assert row(load_reference(), "1a.1", "air")[4:8] == (3.6, "mg TEQ/t", None, "seen")
    assert load_reference() is load_reference()
    keep_own_edition(edition(A._replace(value="3.7")))
    assert row(load_reference(), "1a.1", "air")[4] == 3.7
    assert forget_own_edition()
    assert load_reference() is shipped_reference()
    assert not forget_own_edition()


def test_values_are_replaced_cell_by_cell_and_everything_else_is_as_shipped() -> None:
    shipped, reference = shipped_reference(), merged(A, own("2e.1", "water", value="2", unit="ug TEQ/t"))
    changed = {old[:4] for old, new in zip(shipped.factors, reference.factors, strict=True) if old != new}
    assert changed == {("1a.1", "PCDD/PCDF", "air", None), ("2e.1", "PCDD/PCDF", "water", None)}
    assert row(reference, "2e.1", "water")[4:9] == (2.0, "ug TEQ/t", None, "seen", "toolkit.xlsx")
    assert (reference.classes, reference.superseded) == (shipped.classes, shipped.superseded)


def test_a_code_takes_the_place_of_a_value_and_is_no_zero() -> None:
    assert row(merged(own("1a.1", code="ND")), "1a.1", "air")[4:8] == (None, None, "ND", "seen")


def test_a_note_stays_only_where_the_value_does() -> None:
    note = row(shipped_reference(), "1a.1", "air")[9]
    assert row(merged(own("1a.1", value="3.5", unit="mg TEQ/t")), "1a.1", "air")[7:] == ("seen", "toolkit.xlsx", note)
    assert row(merged(A), "1a.1", "air")[9] is None


def test_the_classes_of_an_edition_do_not_depend_on_own_values() -> None:
    new = next(iter(shipped_reference().new_classes))
    reference = merged(own(new, value="123456", unit="ug TEQ/t"))
    assert reference.classes_of("2005") == shipped_reference().classes_of("2005")


def test_an_undivided_residue_sums_kinds_of_different_units() -> None:
    """1a.3 has 7 ug TEQ/t in its bottom ash."""
    reference = merged(own("1a.3", "residue", residue_kind="fly ash", value="0.3", unit="mg TEQ/t"))
    whole = row(reference, "1a.3", "residue")
    assert (whole[4], whole[5]) == (pytest.approx(0.307), "mg TEQ/t")


def test_a_residue_that_is_divided_otherwise_is_not_counted_twice() -> None:
    """Shipped, 1c.3 has its ashes together; 2e.1 has its residue undivided."""
    ash = own("1c.3", "residue", residue_kind="fly ash", value="900", unit="ug TEQ/t")
    assert row(merged(ash), "1c.3", "residue", "bottom and fly ash") is None
    assert row(merged(ash), "1c.3", "residue")[4] == 900
    both = own("1a.3", "residue", residue_kind="bottom and fly ash", value="210", unit="ug TEQ/t")
    assert row(merged(both), "1a.3", "residue")[4] == 210
    assert row(merged(both), "1a.3", "residue", "fly ash") is None
    kind = own("2e.1", "residue", residue_kind="fly ash", value="150", unit="ug TEQ/t")
    assert row(merged(kind), "2e.1", "residue")[4] == 150


def test_an_own_undivided_residue_stands_beside_its_kinds() -> None:
    reference = merged(own("1a.3", "residue", value="208", unit="ug TEQ/t"))
    assert (row(reference, "1a.3", "residue")[4], row(reference, "1a.3", "residue", "fly ash")[4]) == (208, 200)


def test_an_own_factor_of_2005_is_that_of_2005_alone() -> None:
    reference = merged(own("1a.1", value="9", unit="ug TEQ/t", edition="2005"))
    assert (row(reference, "1a.1", "air", year="2005")[4], row(reference, "1a.1", "air")[4]) == (9, 3500)


def test_superseded_factors_are_the_own_ones_that_the_current_edition_changed() -> None:
    """Shipped, 2e.1 to air had 150 and has 100; 2e.2 had 35 and has 3.5."""
    reference = merged(
        own("2e.1", value="160", unit="ug TEQ/t", edition="2005"),
        own("2e.2", value="0.0035", unit="mg TEQ/t", edition="2005"),
        own("1a.1", value="9", unit="ug TEQ/t", edition="2005"),
        own("2e.4", code="ND", edition="2005"),
    )
    of = {(one["class"], one["vector"]): (one["value"], one["evidence"]) for one in reference.superseded}
    assert (of["2e.1", "air"], of["1a.1", "air"]) == (("160", "seen"), ("9", "seen"))
    assert not {("2e.2", "air"), ("2e.4", "air")} & set(of)
    assert of["2f.3", "air"] == ("0.5", "seen")


def test_the_plan_of_the_rules_does_not_depend_on_factors() -> None:
    """So that the plans that are kept serve every reference."""
    assert compile_rules(rule_sources(), merged(A)) == compile_rules(rule_sources(), shipped_reference())


def _signed(folder: Path, text: str, **members: Any) -> None:
    """Write an own edition whose record holds the digest of its factors."""
    record = {"format": "invlint/own-reference-1", "file": "x", "sha256": "0", "day": "2024-05-01"}
    folder.mkdir(exist_ok=True)
    (folder / FACTORS).write_text(text, "utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    (folder / RECORD).write_text(json.dumps({**record, "factors_sha256": digest, **members}), "utf-8")


HEAD = "class,chemical,vector,residue_kind,value,code,unit,edition,evidence,source,note\n"
LINE = "1a.1,PCDD/PCDF,air,,5,,ug TEQ/t,2013,seen,x,\n"


def test_an_own_edition_that_is_signed_and_whole_is_used(own_folder: Path) -> None:
    _signed(own_folder, HEAD + LINE)
    assert row(load_reference(), "1a.1", "air")[4] == 5


@pytest.mark.parametrize(
    "text",
    [
        "",
        HEAD.replace("value", "amount") + LINE,
        HEAD + LINE.replace("5", "five"),
        HEAD + LINE.replace("5", "nan"),
        HEAD + LINE.replace("5", "1e999"),
        HEAD + LINE.replace("5,", ",", 1),
        HEAD + LINE.replace("5,,", "5,ND,"),
        HEAD + LINE.replace("5,,ug TEQ/t", ",XX,"),
        HEAD + LINE.replace("5,,ug TEQ/t", ",ND,ug TEQ/t"),
        HEAD + LINE.replace("ug TEQ/t", "furlong"),
        HEAD + LINE.replace("ug TEQ/t", ""),
        HEAD + LINE.replace("air", "sky"),
        HEAD + LINE.replace("2013", "2003"),
        HEAD + LINE.replace("seen", "doubtful"),
        HEAD + LINE.replace("1a.1", "1z.1"),
        HEAD + LINE.replace("PCDD/PCDF", "DDT"),
        HEAD + LINE.replace(",x,", ",x"),
        HEAD + "x" * 200_000 + LINE,
    ],
)
def test_a_line_that_is_no_factor_is_an_error_even_where_it_is_signed(own_folder: Path, text: str) -> None:
    _signed(own_folder, text)
    with pytest.raises(OwnReferenceError, match="Import the table again"):
        load_reference()


@pytest.mark.parametrize(
    "members", [{"format": "invlint/own-reference-9"}, {"file": None}, {"sha256": 5}, {"factors_sha256": "0"}]
)
def test_a_record_that_is_not_as_written_is_an_error(own_folder: Path, members: dict[str, Any]) -> None:
    _signed(own_folder, HEAD + LINE, **members)
    with pytest.raises(OwnReferenceError):
        load_reference()


@pytest.mark.parametrize("name", [FACTORS, RECORD])
@pytest.mark.parametrize("harm", ["gone", "empty", "cut", "changed", "no text", "deep", "a folder"])
def test_an_own_edition_that_is_damaged_is_never_ignored(own_folder: Path, name: str, harm: str) -> None:
    keep_own_edition(edition(A))
    path = own_folder / name
    whole = path.read_bytes()
    path.unlink()
    if harm == "a folder":
        path.mkdir()
    elif harm != "gone":
        path.write_bytes(
            {
                "empty": b"",
                "cut": whole[:-9],
                "changed": whole.replace(b"3.6", b"3.5").replace(b'"day"', b'"dya"'),
                "no text": b"\xff\xfe\x00",
                "deep": b"[" * 200_000,
            }[harm]
        )
    with pytest.raises(OwnReferenceError, match=r"your own edition of the reference cannot be used: .*--forget"):
        load_reference()


def test_a_damaged_own_edition_can_be_forgotten_or_replaced(own_folder: Path) -> None:
    keep_own_edition(edition(A))
    (own_folder / RECORD).unlink()
    keep_own_edition(edition(A))
    assert own_edition() == edition(A)
    (own_folder / FACTORS).unlink()
    assert forget_own_edition()
    assert own_edition() is None


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("INVLINT_REFERENCE_DIR", str(tmp_path / "file"))
    with pytest.raises(UsageError, match="INVLINT_REFERENCE_DIR"):
        keep_own_edition(edition(A))
    with pytest.raises(InvlintError):
        load_reference()


def compared(*factors: OwnFactor) -> Any:
    lines = [FactorLine(f"line {number}", factor) for number, factor in enumerate(factors, 1)]
    return changes_of(lines, shipped_reference())


def test_changes_are_told_apart() -> None:
    found = compared(
        A,
        own("1a.2", value="0.35", unit="mg TEQ/t"),
        own("1a.1", "water", code="NA"),
        own("1a.1", "land", code="ND"),
        own("1a.1", chemical="HCB", value="0", unit="ug/t"),
        own("1c.3", "residue", residue_kind="fly ash", code="NA"),
    )
    assert [one.where for one in found.changed] == ["line 1", "line 4"]
    assert [one.where for one in found.added] == ["line 5", "line 6"]
    assert [one.where for one in found.equal] == ["line 2", "line 3"]
    assert [(when, one[0], one[3]) for when, one in found.left_out] == [("2013", "1c.3", "bottom and fly ash")]
    assert found.refused == ()


@pytest.mark.parametrize(
    ("factor", "problem"),
    [
        (own("1a.1", value="5", unit="ug TEQ/TJ"), "“ug TEQ/TJ” cannot be converted to ug TEQ/t"),
        (own("1a.1", value="5", unit="ug/t"), "“ug/t” cannot be converted to ug TEQ/t"),
        (own("1a.1", value="5", unit="ug TEQ/t/a"), "cannot be converted"),
        (own("1a.1", value="5", unit="ug TQE/t"), "did you mean ug TEQ/t?"),
        (own("1a.1", "land", value="5", unit="ug TEQ/TJ"), "“ug TEQ/TJ” is TEQ per energy, and a factor of this cell"),
        (own("1a.1", chemical="HCB", value="5", unit="ug TEQ/t"), "is TEQ per mass, and a factor of this cell is a pl"),
        (own("10a", value="5", unit="ug TEQ/t"), "the Toolkit has no unit of activity for 10a"),
    ],
)
def test_a_unit_that_cannot_be_converted_is_refused(factor: OwnFactor, problem: str) -> None:
    found = compared(factor)
    assert found.taken == ()
    assert problem in found.refused[0].problem


def test_a_residue_can_be_per_its_own_mass_and_water_per_its_volume() -> None:
    found = compared(
        own("1a.1", "water", value="5", unit="pg TEQ/L"),
        own("1a.1", "residue", residue_kind="fly ash", value="5", unit="ng TEQ/kg"),
    )
    assert found.refused == ()


def test_a_cell_that_stands_twice_is_taken_only_where_both_say_the_same() -> None:
    same = own("1a.1", value="3600", unit="ug TEQ/t")
    assert compared(A, same).taken == (A,)
    found = compared(A, *(A._replace(value=str(number)) for number in range(9)))
    assert found.taken == ()
    assert [(one.where, one.problem[-18:]) for one in found.refused] == [("line 1", "and 6 more: keep one"[-18:])]
