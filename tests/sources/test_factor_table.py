"""Reading a factor table that the user holds: its two forms, and what is refused in it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from invlint.errors import ReadingError
from invlint.reference import shipped_reference
from invlint.sources.factor_table import FactorTable, read_factor_table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[[str, str | bytes], Path]


def read(path: Path, **options: Any) -> FactorTable:
    return read_factor_table(path, shipped_reference(), **options)


def cells(table: FactorTable) -> list[tuple[str, str, str | None]]:
    """`1c.2 residue fly ash`, the value or code, the unit."""
    return [
        (" ".join(filter(None, (one.class_id, one.vector, one.residue_kind))), one.value or one.code or "", one.unit)
        for _, one in table.lines
    ]


def refusals(table: FactorTable) -> list[str]:
    return [f"{where}: {problem}" for where, problem in table.refused]


LONG = """Unit,Source,Value,Code,Residue kind,Vector,Class,Chemical,Edition
ug TEQ/t,Table II.1.5,3000,,,Air,1C2,,
,,,ND,,water,1.c.2,PCDD/F,2013
,,n.a.,,,land,1c class 2,,
mg TEQ/t,,0.020,,Bottom ash,residues,1c.2,,2005
ug/t,,5,,,air,1c.2,hcb,
"""


def test_the_long_form_is_read_in_any_order_of_columns(write: Write) -> None:
    table = read(write("factors.csv", LONG))
    assert [tuple(one.factor) for one in table.lines] == [
        ("1c.2", "PCDD/PCDF", "air", None, "3000", None, "ug TEQ/t", "2013", "factors.csv, Table II.1.5"),
        ("1c.2", "PCDD/PCDF", "water", None, None, "ND", None, "2013", "factors.csv"),
        ("1c.2", "PCDD/PCDF", "land", None, None, "NA", None, "2013", "factors.csv"),
        ("1c.2", "PCDD/PCDF", "residue", "bottom ash", "0.020", None, "mg TEQ/t", "2005", "factors.csv"),
        ("1c.2", "HCB", "air", None, "5", None, "ug/t", "2013", "factors.csv"),
    ]
    assert [line.where for line in table.lines] == [f"line {number}" for number in range(2, 7)]
    assert refusals(table) == []


PRINTED = """Table II.1.5 Emission factors;;;;;;;
1c;Medical waste incineration;Emission factors (μg TEQ/t medical waste burned);;;;;
Class;Classification;Air;Water;Land;Product;Residue;
;;;;;;Fly ash;Bottom ash
1;Uncontrolled batch;40.000;NA;NA;NA;NA;200
2;Controlled batch;3.000;ND;;NA;NA;0,5
"""


def test_the_form_of_the_printed_toolkit_is_read(write: Write) -> None:
    """The category and the unit stand above, the residue is divided below, commas are decimal by `0,5`."""
    table = read(write("printed.csv", PRINTED))
    unit = "μg TEQ/t"
    assert cells(table) == [
        ("1c.1 air", "40000", unit),
        ("1c.1 water", "NA", None),
        ("1c.1 land", "NA", None),
        ("1c.1 product", "NA", None),
        ("1c.1 residue fly ash", "NA", None),
        ("1c.1 residue bottom ash", "200", unit),
        ("1c.2 air", "3000", unit),
        ("1c.2 water", "ND", None),
        ("1c.2 product", "NA", None),
        ("1c.2 residue fly ash", "NA", None),
        ("1c.2 residue bottom ash", "0.5", unit),
    ]
    assert table.not_read == ("Classification",)


@pytest.mark.parametrize(
    "text",
    [
        "class,air,residue,unit\n1c.2,3000,20,ug TEQ/t\n",
        "class,air (ug TEQ/t),residue (ug TEQ/t)\n1c.2,3000,20\n",
        "ug TEQ/t,,\nclass,air,residue\n1c.2,3000,20\n",
        "class,Emission factors (ug TEQ/t),\n,air,residue\n1c.2,3000,20\n",
        "class\tEF air\tEF residue\tunit\n1c.2 controlled\t3000\t20\tug TEQ/t of waste\n",
        "category,class,air,residue,unit\n1c,2,3000,20,ug TEQ/t\n",
        "Unit: ug TEQ/t\nclass|air|residue\n1c Medical waste||\n2. controlled|3000|20\n",
    ],
)
def test_the_wide_form_is_read_wherever_its_unit_and_category_stand(write: Write, text: str) -> None:
    table = read(write("wide.tsv", text))
    assert [(where, *rest[:2]) for where, *rest in cells(table)] == [
        ("1c.2 air", "3000", cells(table)[0][2]),
        ("1c.2 residue", "20", cells(table)[1][2]),
    ]
    assert {(unit or "").removesuffix(" of waste") for _, _, unit in cells(table)} == {"ug TEQ/t"}
    assert refusals(table) == []


def test_a_head_can_be_repeated_and_a_heading_can_change_the_unit(write: Write) -> None:
    text = (
        "1a,(ug TEQ/t),\nclass,air,land\n1,3500,NA\nclass,air,land\n2,350,NA\n\n"
        "3a,(ug TEQ/TJ),\nclass,air,land\n1,35,ND\n\nclass,air,land\n1b.1,7,NA\n2,8,NA\n"
    )
    table = read(write("two.csv", text))
    assert [one for one in cells(table) if one[2]] == [
        ("1a.1 air", "3500", "ug TEQ/t"),
        ("1a.2 air", "350", "ug TEQ/t"),
        ("3a.1 air", "35", "ug TEQ/TJ"),
        ("1b.1 air", "7", "ug TEQ/TJ"),
    ]
    assert refusals(table) == []
    assert [one.text for one in table.unknown_classes] == ["2"]


def test_another_table_does_not_take_the_unit_or_category_of_the_one_before(write: Write) -> None:
    text = "1c,(ug TEQ/t),\nclass,air,land\n1,40000,NA\n\nclass,air,land,water\n1b.1,7,NA,\n1,8,NA,\n"
    table = read(write("two.csv", text))
    assert [one for one in cells(table) if one[2]] == [("1c.1 air", "40000", "ug TEQ/t")]
    assert refusals(table) == ["line 6: 1b.1 air: it has no unit: put one into a column “unit”, or into the head"]
    assert [one.text for one in table.unknown_classes] == ["1"]


def test_a_bare_number_belongs_to_the_category_of_the_heading_just_above_it(write: Write) -> None:
    text = (
        "class,air (ug TEQ/t)\n1a Municipal,\n1,3500\n1b,Hazardous waste\n1,35000\n"
        "Medical waste,\n1,40000\n1c,7\n1,40000\n"
    )
    table = read(write("wide.csv", text))
    assert [one[:2] for one in cells(table)] == [("1a.1 air", "3500"), ("1b.1 air", "35000"), ("1c.1 air", "40000")]
    assert [(one.where, one.text) for one in table.unknown_classes] == [("line 7", "1"), ("line 8", "1c")]


def test_a_table_that_names_two_units_gives_none_to_choose(write: Write) -> None:
    table = read(write("two.csv", "(ug TEQ/t),(mg TEQ/t),\nclass,air,land\n1c.2,3000,NA\n"))
    assert cells(table) == [("1c.2 land", "NA", None)]
    assert "which unit it has is not clear: the table names ug TEQ/t, mg TEQ/t" in refusals(table)[0]


def test_a_workbook_keeps_its_numbers_and_names_cells(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Factors"
    sheet.append([])
    sheet.append(["class", "air", "water", "land", "residue", "unit"])
    sheet.append(["1c.2", 3000, 0.00123, 1e-7, "0,5", "ug TEQ/t"])
    sheet.append(["1c.1", datetime.date(2024, 5, 1), True, -1, "#REF!", "ug TEQ/t"])
    workbook.create_sheet("Else").append(["nothing", "here"])
    workbook.save(tmp_path / "book.xlsx")
    table = read(tmp_path / "book.xlsx")
    assert [value for _, value, _ in cells(table)] == ["3000", "0.00123", "1e-07", "0.5"]
    assert table.lines[0].where == "Factors!B3"
    assert [where for where, _ in table.refused] == [f"Factors!{column}4" for column in "BCDE"]
    with pytest.raises(ReadingError, match="no row names the columns"):
        read(tmp_path / "book.xlsx", sheet="Else")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("1c.2,sky,5,ug TEQ/t,,", "“sky” is no vector"),
        ("1c.2,,5,ug TEQ/t,,", "“” is no vector"),
        ("1c.2,air,,ug TEQ/t,,", "1c.2 air: it has neither a value nor a code"),
        ("1c.2,air,<5,ug TEQ/t,,", "“<5” is neither a number of zero or more nor NA or ND"),
        ("1c.2,air,-5,ug TEQ/t,,", "“-5” is neither"),
        ("1c.2,air,-,ug TEQ/t,,", "“-” is neither"),
        ("1c.2,air,NE,ug TEQ/t,,", "“NE” is neither"),
        ("1c.2,air,5,,,", "1c.2 air: it has no unit"),
        ('1c.2,air,"1,500",ug TEQ/t,,', "“1,500” can be 1500 or 1.500, and the file does not show"),
        ("1c.2,air,5,ug TEQ/t,DDT,", "“DDT” is no chemical"),
        ("1c.2,air,5,ug TEQ/t,,2001", "invlint has no factors of edition 2001, only of 2005 and 2013"),
        ("1c.2,air,5,ug TEQ/t,,2031", "“2031” is no edition: did you mean 2013?"),
        ("7d.pcp.1,product,5,ug TEQ/t,,2005", "in edition 2005 the code 7d.pcp.1 stood for another class"),
        (",air,5,ug TEQ/t,,", "the line names no class"),
        ("1c.2,air,0,5,ug TEQ/t,,", "the line has 7 values and the head 6 columns: a decimal comma"),
        ("1c.2,air (fly ash),5,ug TEQ/t,,", "is no vector"),
    ],
)
def test_a_line_that_cannot_be_taken_is_refused_with_its_place(write: Write, line: str, problem: str) -> None:
    table = read(write("long.csv", f"class,vector,value,unit,chemical,edition\n{line}\n1c.1,air,40000,ug TEQ/t,,\n"))
    assert [value for _, value, _ in cells(table)] == ["40000"]
    (refused,) = refusals(table)
    assert refused.startswith("line 2: ")
    assert problem in refused


def test_a_decimal_comma_between_commas_never_moves_values_under_other_vectors(write: Write) -> None:
    text = "class,air,water,land,product,residue,remark\n1c.2,3,5,NA,NA,NA,20,\n"
    table = read(write("wide.csv", f"(ug TEQ/t)\n{text}"))
    assert (table.lines, len(table.refused)) == ((), 1)


def test_a_value_under_no_name_is_not_passed_over(write: Write) -> None:
    table = read(write("wide.csv", "class,air (ug TEQ/t),,note\n1c.2,3000,20,x\n1c.1,40000,,y\n"))
    assert refusals(table) == ["line 2: “20” stands under no column name: name the column or clear it"]
    assert cells(table) == [("1c.1 air", "40000", "ug TEQ/t")]


@pytest.mark.parametrize(
    ("value", "code", "problem"),
    [
        ("5", "ND", "it has the code ND beside 5: keep one of them"),
        ("NA", "ND", "it has the code ND beside NA"),
        ("", "7", "“7” is no code"),
    ],
)
def test_a_value_beside_a_code_is_refused(write: Write, value: str, code: str, problem: str) -> None:
    table = read(write("long.csv", f"class,vector,value,code,unit\n1c.2,air,{value},{code},ug TEQ/t\n"))
    assert table.lines == ()
    assert problem in refusals(table)[0]


@pytest.mark.parametrize(("vector", "kind"), [("air", "fly ash"), ("residue", "slag"), ("fly ash", "bottom ash")])
def test_a_kind_that_is_none_of_residue_is_refused(write: Write, vector: str, kind: str) -> None:
    table = read(write("long.csv", f"class,vector,residue kind,value,unit\n1c.2,{vector},{kind},5,ug TEQ/t\n"))
    assert table.lines == ()
    assert "is no kind of" in refusals(table)[0]


def test_a_value_that_the_table_itself_doubts_is_not_taken_for_seen(write: Write) -> None:
    """As in a copy of the tables that ship with invlint."""
    table = read(shipped_reference().folder / "factors.csv")
    assert {one[2] for one in (line.factor for line in table.lines)} >= {"air", "residue"}
    assert (len(table.lines), len(table.refused)) == (61, 1107)
    assert "the table itself calls this value “compiled”" in table.refused[0].problem


def test_unknown_classes_are_told_once_with_the_nearest(write: Write) -> None:
    text = "class,air (ug TEQ/t)\n2c.stel.1,5\n2c.stel.1,6\n1c,7\n" + "x" * 500 + ",8\n"
    unknown = read(write("wide.csv", text)).unknown_classes
    assert [(one.where, one.text[:9], one.near) for one in unknown] == [
        ("line 2", "2c.stel.1", "2c.steel.1"),
        ("line 4", "1c", None),
        ("line 5", "xxxxxxxxx", None),
    ]
    assert max(len(one.text) for one in unknown) < 80


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", "", "the file is empty"),
        ("a.csv", "  \n", "no row names the columns of a factor table"),
        ("a.csv", "class,air\x00\n", "zero bytes"),
        ("a.csv", "class,vector\n1c.2,air\n", "no row names the columns"),
        ("a.csv", 'class,air (ug TEQ/t)\n"1c.2,5\n', "a quotation mark is opened and not closed"),
        ("a.csv", b"PK\x03\x04", "is a workbook under the name of a .csv file"),
        ("a.xlsx", "class,air", "is no workbook"),
        ("a.xlsx", b"PK\x03\x04 and no more", "damaged"),
        ("a.json", "{}", "the file is no table"),
        ("a.pdf", "x", "invlint does not read .pdf"),
        ("a.csv", "class,air,production,air\n1c.2,5,1,6\n", "the column “air” stands twice"),
        ("a.csv", "party,class,vector,factor,unit\nKEN,1c.2,air,5,ug TEQ/t\n", "this is an inventory"),
    ],
)
def test_a_file_that_is_no_factor_table_is_refused_in_words(
    write: Write, name: str, content: str | bytes, said: str
) -> None:
    with pytest.raises(ReadingError, match=said):
        read(write(name, content))
