"""Toolkit workbooks as inventory officers have them: each the smallest that shows one awkwardness, and its reading."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from invlint.errors import ReadingError
from invlint.sources.workbook_source import read_workbook

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from invlint.sources import Document

COVER: list[list[Any]] = [
    ["Party", "Kenya"],
    ["Reference year", 2019],
    ["Toolkit edition", 2013],
    ["TEQ scheme", "WHO-2005"],
]
HEAD: list[list[Any]] = [
    ["Class", "Emission factor (µg TEQ/t)", None, "Annual activity (t/a)", "Annual release (g TEQ/a)", None],
    [None, "Air", "Residue", None, "Air", "Residue"],
]
"""A head of two rows: class, two factors, the activity, two releases."""


def book(*rows: list[Any], cover: list[list[Any]] | None = None, name: str = "Group 1", head: Any = HEAD) -> Workbook:
    """A workbook with a cover and one sheet, its rows below the head."""
    made = Workbook()
    first = made.worksheets[0]
    first.title = "Cover"
    for row in COVER if cover is None else cover:
        first.append(row)
    add_sheet(made, name, [*head, *rows])
    return made


def add_sheet(made: Workbook, name: str, rows: list[list[Any]]) -> Worksheet:
    sheet: Worksheet = made.create_sheet(name)
    for row in rows:
        sheet.append([*row])
    return sheet


def saved(made: Workbook) -> bytes:
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


class Understood:
    """The one document of a workbook, with short ways to what stands in it."""

    def __init__(self, made: Workbook | bytes) -> None:
        data = made if isinstance(made, bytes) else saved(made)
        documents, self.notes = read_workbook(data, zipped=True)
        [self.document] = documents
        self.data = self.document.data

    @property
    def entries(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.data["inventories"][0].get("entries", [])
        return found

    @property
    def totals(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.data["inventories"][0].get("totals", [])
        return found

    def classes(self) -> list[str]:
        return [str(entry.get("class", entry.get("category"))) for entry in self.entries]

    def release(self, entry: int = 0, number: int = 0) -> dict[str, Any]:
        found: dict[str, Any] = self.entries[entry]["releases"][number]
        return found

    def cell(self, pointer: str) -> str | None:
        return cell_of(self.document, pointer)

    def doubts(self) -> list[tuple[str, str | None]]:
        """Kind and cell of each doubt."""
        return [(doubt.kind, self.cell(doubt.pointer)) for doubt in self.document.doubts]

    def noted(self, words: str) -> str:
        """The one note with these words."""
        [note] = [note for note in self.notes if words in note]
        return note


def cell_of(document: Document, pointer: str) -> str | None:
    return document.locator.locate([pointer])[pointer].cell


PLAIN = ["1a.1", 3500, 75, 1000, 3.5, 0.075]


# what a form looks like when nothing is awkward


def test_a_row_becomes_an_entry_with_a_release_for_each_vector() -> None:
    read = Understood(book(PLAIN))
    assert {"party": "KEN", "edition": "2013", "teq_scheme": "WHO-2005", "format": "invlint/inventory-1"} == {
        name: read.data[name] for name in read.data if name != "inventories"
    }
    assert read.data["inventories"][0]["year"] == 2019
    assert read.entries == [
        {
            "class": "1a.1",
            "activity": {"value": 1000, "unit": "t/a"},
            "releases": [
                {
                    "vector": "air",
                    "factor": {"value": 3500, "unit": "µg TEQ/t"},
                    "release": {"value": 3.5, "unit": "g TEQ/a"},
                },
                {
                    "vector": "residue",
                    "factor": {"value": 75, "unit": "µg TEQ/t"},
                    "release": {"value": 0.075, "unit": "g TEQ/a"},
                },
            ],
        }
    ]
    assert read.doubts() == []
    assert read.notes == ()


@pytest.mark.parametrize(
    ("pointer", "cell"),
    [
        ("/inventories/0/entries/0/class", "Group 1!A3"),
        ("/inventories/0/entries/0/activity/value", "Group 1!D3"),
        ("/inventories/0/entries/0/activity/unit", "Group 1!D1"),
        ("/inventories/0/entries/0/releases/1/factor/value", "Group 1!C3"),
        ("/inventories/0/entries/0/releases/1/factor/unit", "Group 1!B1"),
        ("/inventories/0/entries/0/releases/0/release/value", "Group 1!E3"),
        ("/inventories/0/year", "Cover!B2"),
        ("/party", "Cover!B1"),
    ],
)
def test_each_value_is_found_at_its_own_cell(pointer: str, cell: str) -> None:
    assert Understood(book(PLAIN)).cell(pointer) == cell


def test_the_head_of_the_printed_form_with_five_vectors_is_understood() -> None:
    vectors = ["Air", "Water", "Land", "Product", "Residues"]
    head = [
        ["Emission Factor (µg TEQ/t)", *[None] * 5, "Annual Release (g TEQ/a)", *[None] * 5],
        ["Class", *vectors, "Annual Activity (t/a)", *vectors],
    ]
    row = ["1a.1", 3500, "NA", "NA", "NA", 75, 1000, 3.5, None, None, None, 0.075]
    read = Understood(book(row, head=head))
    assert [release["vector"] for release in read.entries[0]["releases"]] == ["air", "residue"]
    assert read.release()["factor"] == {"value": 3500, "unit": "µg TEQ/t"}
    assert read.entries[0]["activity"] == {"value": 1000, "unit": "t/a"}


@pytest.mark.parametrize(
    "head",
    [
        [
            ["Classe", "Facteurs d'émission (µg TEQ/t)", None, "Activité annuelle (t/an)", "Rejets annuels (g TEQ/an)"],
            [None, "Air", "Résidus", None, "Air", "Résidus"],
        ],
        [
            ["Clase", "Factores de emisión (µg TEQ/t)", None, "Actividad (t/año)", "Liberación anual (g TEQ/año)"],
            [None, "Aire", "Residuos", None, "Aire", "Residuos"],
        ],
        [["Class", "EF air (µg TEQ/t)", "EF residue (µg TEQ/t)", "Activity t/a", "Release to air (g TEQ/a)",
          "Release to residue (g TEQ/a)"]],
        [
            ["Source group 1: waste incineration"],
            [],
            ["Class", "Emission factor", None, "Activity", "Annual release", None],
            [None, "Air", "Residue", None, "Air", "Residue"],
            [None, "µg TEQ/t", "µg TEQ/t", "t/a", "g TEQ/a", "g TEQ/a"],
        ],
    ],
)  # fmt: skip
def test_heads_are_recognised_by_meaning_in_three_languages_and_one_to_three_rows(head: list[list[Any]]) -> None:
    read = Understood(book(PLAIN, head=head))
    units = {"µg TEQ/t", "t/a", "t/an", "t/año", "g TEQ/a", "g TEQ/an", "g TEQ/año"}
    release = read.release(number=1)
    assert (release["vector"], release["factor"]["value"], release["release"]["value"]) == ("residue", 75, 0.075)
    assert {release["factor"]["unit"], release["release"]["unit"], read.entries[0]["activity"]["unit"]} <= units
    assert read.doubts() == []


def test_group_category_and_class_may_have_columns_of_their_own() -> None:
    """The layout of the spreadsheets that came with the Toolkit: a code once, numbers below it."""
    head = [
        ["Group", "Cat.", "Class", "Source Categories", "Potential Release Route (µg TEQ/t)", None, "Production",
         "Annual release", None],
        [None, None, None, None, "Air", "Residue", "t/a", "g TEQ/a", "g TEQ/a"],
        [None, None, None, None, None, None, None, "Air", "Residue"],
    ]  # fmt: skip
    rows: list[list[Any]] = [
        [1, None, None, "Waste incineration"],
        [None, "a", None, "Municipal solid waste incineration"],
        [None, None, 1, "Low technology", *PLAIN[1:]],
        [1, None, None, "Waste incineration", None, None, None, 3.5, 0.075],
        [2, None, None, "Ferrous and non-ferrous metal production"],
        [None, "c", None, "Iron and steel production plants and foundries"],
        [None, None, None, "Foundries"],
        [None, None, 1, "Cold air cupola", 10, "ND", 1000, 0.01, None],
        ["Grand Total", None, None, None, None, None, None, 3.51, 0.075],
    ]
    read = Understood(book(*rows, head=head, name="Sheet1"))
    assert read.classes() == ["1a.1", "2c.foundry.1"]
    assert read.entries[0] == Understood(book(PLAIN)).entries[0]
    assert [(total.get("group"), total["vector"], total["value"]) for total in read.totals] == [
        (1, "air", 3.5), (1, "residue", 0.075), (None, "air", 3.51), (None, "residue", 0.075),
    ]  # fmt: skip
    assert read.doubts() == []


def test_a_merged_head_over_some_columns_says_nothing_of_the_others() -> None:
    head: list[list[Any]] = [
        [None, None, None, "Annual release (g TEQ/a)", None],
        ["Class", "Air (µg TEQ/t)", "Activity (t/a)", "Air", "Water"],
    ]
    made = book(["1a.1", 3500, 1000, 3.5, 1], head=head)
    made["Group 1"].merge_cells("D1:E1")
    read = Understood(made)
    assert read.release()["factor"] == {"value": 3500, "unit": "µg TEQ/t"}
    assert [release["release"]["value"] for release in read.entries[0]["releases"]] == [3.5, 1]


def test_merged_heads_are_heads_of_all_their_columns() -> None:
    made = book(PLAIN)
    sheet = made["Group 1"]
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("E1:F1")
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("D1:D2")
    assert Understood(made).entries == Understood(book(PLAIN)).entries


def test_a_vector_may_stand_over_its_factor_and_release() -> None:
    head = [
        ["Class", "Activity (t/a)", "Air", None, "Residue", None],
        [
            None,
            None,
            "Emission factor (µg TEQ/t)",
            "Release (g TEQ/a)",
            "Emission factor (µg TEQ/t)",
            "Release (g TEQ/a)",
        ],
    ]
    read = Understood(book(["1a.1", 1000, 3500, 3.5, 75, 0.075], head=head))
    assert read.entries == Understood(book(PLAIN)).entries


def test_residues_may_be_divided_below_their_head() -> None:
    head = [
        ["Class", "Activity (t/a)", "Annual release (g TEQ/a)", None, None],
        [None, None, "Air", "Residue", None],
        [None, None, None, "Fly ash", "Bottom ash"],
    ]
    read = Understood(book(["1a.1", 1000, 3.5, 2, 1], head=head))
    assert [(release["vector"], release.get("residue_kind")) for release in read.entries[0]["releases"]] == [
        ("air", None), ("residue", "fly ash"), ("residue", "bottom ash"),
    ]  # fmt: skip


# which source a row is about


@pytest.mark.parametrize(
    ("rows", "classes"),
    [
        ([["1a Municipal solid waste incineration"], ["Class 2", 1, 1, 1, 1, 1]], ["1a.2"]),
        ([["1a"], ["1", 1, 1, 1, 1, 1], ["2.", 1, 1, 1, 1, 1]], ["1a.1", "1a.2"]),
        ([["1a"], [1, 1, 1, 1, 1, 1]], ["1a.1"]),
        ([["1c2", 1, 1, 1, 1, 1], ["1.c.3", 1, 1, 1, 1, 1], ["1c class 4", 1, 1, 1, 1, 1]], ["1c.2", "1c.3", "1c.4"]),
        ([["1c.2 controlled batch type", 1, 1, 1, 1, 1]], ["1c.2"]),
        ([["Medical waste incineration"], ["Class 2", 1, 1, 1, 1, 1]], ["1c.2"]),
        ([["2c Iron and steel"], ["Foundries"], ["Class 2", 1, 1, 1, 1, 1]], ["2c.foundry.2"]),
        ([["2c Iron and steel"], ["Iron and steel plants"], ["Class 2", 1, 1, 1, 1, 1]], ["2c.steel.2"]),
        (
            [["5a 4-stroke engines"], ["1", 1, 1, 1, 1, 1], ["5b 2-stroke engines"], ["1", 1, 1, 1, 1, 1]],
            ["5a.1", "5b.1"],
        ),
        ([["1c.9", 1, 1, 1, 1, 1]], ["1c.9"]),
    ],
)
def test_a_class_is_known_by_its_code_number_or_name(rows: list[list[Any]], classes: list[str]) -> None:
    assert Understood(book(*rows)).classes() == classes


def test_a_merged_category_counts_for_the_rows_beside_it() -> None:
    head = [["Category", "Class", "Activity (t/a)", "Release to air (g TEQ/a)", "Release to water (g TEQ/a)"]]
    made = book(["1a", 1, 10, 1, 1], [None, 2, 20, 2, 2], ["1c", 1, 5, 1, 1], head=head)
    made["Group 1"].merge_cells("A2:A3")
    assert Understood(made).classes() == ["1a.1", "1a.2", "1c.1"]


def test_words_merged_over_rows_count_for_each_and_figures_for_the_first_alone() -> None:
    head = [["Class", "Activity (t/a)", "Unit", "Release to air (g TEQ/a)", "Release to water (g TEQ/a)"]]
    made = book(["1a.1", 10, "kt/a", 1, "NE"], ["1a.2", None, None, 2, None], head=head)
    for cells in ("B2:B3", "C2:C3", "E2:E3"):
        made["Group 1"].merge_cells(cells)
    made["Group 1"].unmerge_cells("B2:B3")
    made["Group 1"]["B3"] = 20
    read = Understood(made)
    assert [entry["activity"]["unit"] for entry in read.entries] == ["kt/a", "kt/a"]
    assert [entry["releases"][1]["key"] for entry in read.entries] == ["NE", "NE"]
    made["Group 1"].merge_cells("B2:B3")
    assert Understood(made).doubts() == [("unread", "Group 1!B3")]


def test_each_party_of_a_workbook_has_its_document() -> None:
    made = book(["Ignored"], head=[], cover=[["Reference year", 2019]])
    for party in ("KEN", "UGA"):
        add_sheet(made, party, [["Country", party], *HEAD, PLAIN])
    documents, _ = read_workbook(saved(made), zipped=True)
    assert [document.data["party"] for document in documents] == ["KEN", "UGA"]


def test_an_inserted_line_with_a_site_belongs_to_the_class_above() -> None:
    head = [["Class", "Plant", "Activity (t/a)", "Release to air (g TEQ/a)", "Release to water (g TEQ/a)"]]
    read = Understood(book(["1a.1", "North", 10, 1, 1], [None, "South", 20, 2, 2], head=head))
    assert [(entry["class"], entry["site"]) for entry in read.entries] == [("1a.1", "North"), ("1a.1", "South")]


def test_figures_of_a_row_without_a_source_are_a_finding_and_not_lost() -> None:
    read = Understood(book(PLAIN, ["Plant at the harbour", 3500, 75, 10, 0.035, 0.001], ["Plant B", 1, 1, 1, 1, 1]))
    assert read.classes() == ["1a.1"]
    assert read.doubts() == [("unread", "Group 1!B4")]
    assert "nor do the 1 rows below it" in read.document.doubts[0].problem


def test_blank_rows_notes_and_headings_are_no_findings() -> None:
    read = Understood(book(["1a Municipal waste"], [], PLAIN, [], ["* bottom ash only"], ["Source: survey of 2019"]))
    assert read.classes() == ["1a.1"]
    assert read.doubts() == []


def test_a_class_with_printed_factors_alone_is_not_reported() -> None:
    assert Understood(book(PLAIN, ["1a.2", 350, 500, None, None, None])).classes() == ["1a.1"]


# totals


def test_named_totals_are_of_their_category_or_group() -> None:
    rows = [["Total 1a", None, None, 1000, 3.5, None], ["Total source group 1", None, None, None, 3.6, None]]
    read = Understood(book(PLAIN, *rows))
    assert read.totals == [
        {"category": "1a", "vector": "air", "value": 3.5, "unit": "g TEQ/a"},
        {"group": 1, "vector": "air", "value": 3.6, "unit": "g TEQ/a"},
    ]


def test_unnamed_totals_are_of_what_stands_above_them() -> None:
    read = Understood(
        book(PLAIN, ["Subtotal", None, None, None, 3.5, None], ["1c.1", 1, 1, 1, 2, 1],
             ["Subtotal", None, None, None, 2, None], ["Total", None, None, None, 5.5, None])
    )  # fmt: skip
    about = [(total.get("category"), total.get("group"), total["value"]) for total in read.totals]
    assert about == [("1a", None, 3.5), ("1c", None, 2), (None, 1, 5.5)]


def test_a_category_row_with_releases_is_its_subtotal() -> None:
    read = Understood(book(["1a Municipal waste", None, None, 1000, 3.5, None], PLAIN))
    assert read.totals == [{"category": "1a", "vector": "air", "value": 3.5, "unit": "g TEQ/a"}]
    assert read.classes() == ["1a.1"]


def test_the_table_of_article_15_gives_totals_of_groups() -> None:
    made = book(PLAIN)
    add_sheet(made, "Article 15", [
        ["Source group", "Annual releases of PCDD/PCDF (g TEQ/a), year 2019", None, None],
        [None, "Air", "Water", "Residues"],
        ["1 Waste incineration", 3.5, None, 0.075],
        ["2 Ferrous and non-ferrous metal production", "NE", None, None],
        ["Total", 3.5, None, 0.075],
    ])  # fmt: skip
    totals = Understood(made).totals
    assert {"group": 1, "chemical": "PCDD/PCDF", "vector": "air", "value": 3.5, "unit": "g TEQ/a"} in totals
    assert {"group": 2, "chemical": "PCDD/PCDF", "vector": "air", "key": "NE"} in totals
    assert {"chemical": "PCDD/PCDF", "vector": "residue", "value": 0.075, "unit": "g TEQ/a"} in totals


def test_a_total_that_stands_twice_with_one_value_counts_once_and_a_differing_one_twice() -> None:
    total = ["Total source group 1", None, None, None, 3.5, None]
    assert len(Understood(book(PLAIN, total, total)).totals) == 1
    assert len(Understood(book(PLAIN, total, [*total[:4], 3.6, None])).totals) == 2


# notation keys and codes


def test_a_key_in_the_place_of_a_number_is_the_key_of_the_row_or_of_the_release() -> None:
    read = Understood(book(["1a.1", 3500, 75, "NO", None, None], ["1a.2", 350, 500, 10, 0.0035, "NE"]))
    assert read.entries[0] == {"class": "1a.1", "key": "NO"}
    assert read.release(1, 1)["key"] == "NE"
    assert read.doubts() == []


def test_codes_of_a_factor_table_are_no_notation_keys() -> None:
    read = Understood(book(["1a.1", "ND", "NA", 1000, 3.5, None]))
    assert read.entries[0]["releases"] == [{"vector": "air", "release": {"value": 3.5, "unit": "g TEQ/a"}}
                                           | {"activity": {"value": 1000, "unit": "t/a"}}] or read.release() == {
        "vector": "air", "release": {"value": 3.5, "unit": "g TEQ/a"}}  # fmt: skip
    assert "key" not in read.entries[0]


def test_columns_for_key_reason_and_source_are_taken_for_what_they_say() -> None:
    head = [["Class", "Activity (t/a)", "Activity source", "Release to air (g TEQ/a)", "Release to water (g TEQ/a)",
             "Notation key", "Explanation"]]  # fmt: skip
    read = Understood(
        book(["1a.1", 10, "survey", 1, 2, None, None], ["1a.2", None, None, None, None, "NE", "no data"], head=head)
    )
    assert read.entries[0]["activity"] == {"value": 10, "unit": "t/a", "source": "survey"}
    assert read.entries[1] == {"class": "1a.2", "key": "NE", "reason": "no data"}


def test_a_key_on_a_category_counts_for_all_of_it() -> None:
    assert Understood(book(PLAIN, ["1b Hazardous waste", None, None, "NO", None, None])).entries[1] == {
        "category": "1b",
        "key": "NO",
    }


# numbers that are not plainly numbers


def test_numbers_as_text_are_read_where_they_can_mean_one_thing_and_are_findings() -> None:
    read = Understood(book(["1a.1", "3500", "0,5", 1000, 3.5, 0.0005]))
    assert [read.release(0, number)["factor"]["value"] for number in (0, 1)] == [3500, 0.5]
    assert read.doubts() == [("number", "Group 1!B3"), ("number", "Group 1!C3")]
    assert "with a decimal comma" in read.document.doubts[1].problem


def test_the_decimal_mark_is_that_of_the_other_numbers_of_the_workbook() -> None:
    read = Understood(book(["1a.1", "3,5", "1.250", 1000, 3.5, 1]))
    assert read.release(0, 1)["factor"]["value"] == 1250


def test_a_number_that_can_be_read_in_two_ways_stays_text() -> None:
    assert Understood(book(["1a.1", "1,250", 75, 1000, 3.5, 1])).release()["factor"]["value"] == "1,250"


@pytest.mark.parametrize("text", ["1 250", "1 250,0", "1.250,0", "1'250"])
def test_thousands_signs_are_taken_out(text: str) -> None:
    assert Understood(book(["1a.1", text, 75, 1000, 3.5, 1])).release()["factor"]["value"] == 1250


def test_a_footnote_letter_at_a_number_is_not_guessed_away() -> None:
    assert Understood(book(["1a.1", "3500 a", 75, 1000, 3.5, 1])).release()["factor"]["value"] == "3500 a"


def test_a_unit_in_the_cell_wins_over_that_of_the_head() -> None:
    read = Understood(book(["1a.1", 3500, 75, "1.2 kt/a", 3.5, 1]))
    assert read.entries[0]["activity"] == {"value": 1.2, "unit": "kt/a"}
    assert read.doubts() == [("number", "Group 1!D3")]


def test_a_unit_in_its_own_column_wins_over_that_of_the_head() -> None:
    head = [["Class", "Activity (t/a)", "Unit", "Release to air (g TEQ/a)", "Release to water (g TEQ/a)"]]
    read = Understood(book(["3a.1", 12, "TJ/a", 1, 1], head=head))
    assert read.entries[0]["activity"] == {"value": 12, "unit": "TJ/a"}
    assert read.cell("/inventories/0/entries/0/activity/unit") == "Group 1!C2"


def test_a_unit_in_the_number_format_is_read() -> None:
    made = book(PLAIN)
    made["Group 1"]["D3"].number_format = '#,##0" kt/a"'
    assert Understood(made).entries[0]["activity"] == {"value": 1000, "unit": "kt/a"}


def test_a_number_shown_as_a_percentage_is_a_finding() -> None:
    made = book(PLAIN)
    made["Group 1"]["B3"].number_format = "0%"
    read = Understood(made)
    assert read.doubts() == [("number", "Group 1!B3")]
    assert read.release()["factor"]["value"] == 3500


def test_a_share_shown_as_a_percentage_is_a_share() -> None:
    head = [["Class", "Share", "Activity (t/a)", "Release to air (g TEQ/a)", "Release to water (g TEQ/a)"]]
    made = book(["1a.1", 0.25, 10, 1, 1], head=head)
    made["Group 1"]["B2"].number_format = "0%"
    read = Understood(made)
    assert read.entries[0]["share"] == 0.25
    assert read.doubts() == []


@pytest.mark.parametrize(
    ("cell", "text"), [("#REF!", "#REF!"), ("#DIV/0!", "#DIV/0!"), (datetime.date(2019, 5, 3), "2019-05-03")]
)
def test_error_values_and_dates_in_the_place_of_a_number_stay_text(cell: Any, text: str) -> None:
    assert Understood(book(["1a.1", 3500, 75, cell, 3.5, 1])).entries[0]["activity"]["value"] == text


# formulas


def test_plain_formulas_without_a_stored_value_are_computed_and_said_so() -> None:
    read = Understood(book(["1a.1", 3500, 75, 1000, "=B3*D3/1000000", "=C3*$D3/1000000"],
                           ["Total 1a", None, None, None, "=SUM(E3:E3)", None]))  # fmt: skip
    assert [read.release(0, number)["release"]["value"] for number in (0, 1)] == [3.5, 0.075]
    assert read.totals[0]["value"] == 3.5
    assert "Group 1!E3, Group 1!F3, Group 1!E4" in read.noted("were computed")


def test_other_formulas_without_a_stored_value_are_left_to_a_finding() -> None:
    read = Understood(book(["1a.1", 3500, 75, 1000, "=VLOOKUP(A3,X1:Y9,2)", 1]))
    assert read.release()["release"]["value"] == "=VLOOKUP(A3,X1:Y9,2)"


def test_a_formula_on_a_blank_cell_is_blank_and_not_zero() -> None:
    assert Understood(book(PLAIN, ["1a.2", 350, 500, None, "=B4*D4/1000000", None])).classes() == ["1a.1"]


def _with_stored(cells: dict[str, tuple[str, float]], *rows: list[Any]) -> bytes:
    """A workbook whose formulas have stored values, as spreadsheets save them."""
    made = book(*rows)
    for cell, (formula, _) in cells.items():
        made["Group 1"][cell] = formula
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(made))) as package, zipfile.ZipFile(file, "w") as changed:
        for name in package.namelist():
            text = package.read(name)
            for formula, value in cells.values():
                text = text.replace(
                    f"<f>{formula[1:]}</f><v />".encode(), f"<f>{formula[1:]}</f><v>{value}</v>".encode()
                )
                text = text.replace(
                    f"<f>{formula[1:]}</f><v/>".encode(), f"<f>{formula[1:]}</f><v>{value}</v>".encode()
                )
            changed.writestr(name, text)
    return file.getvalue()


def test_a_stored_value_that_its_formula_does_not_give_is_a_finding() -> None:
    read = Understood(_with_stored({"E3": ("=B3*D3/1000000", 0.35)}, PLAIN))
    assert read.doubts() == [("stale", "Group 1!E3")]
    assert read.release()["release"]["value"] == 0.35


def test_a_stored_value_that_its_formula_gives_is_none() -> None:
    assert Understood(_with_stored({"E3": ("=B3*D3/1000000", 3.5)}, PLAIN)).doubts() == []


def test_a_stored_zero_of_a_blank_activity_is_no_report() -> None:
    read = Understood(_with_stored({"E4": ("=B4*D4/1000000", 0)}, PLAIN, ["1a.2", 350, 500, None, None, None]))
    assert read.classes() == ["1a.1"]
    assert "Group 1!E4" in read.noted("zeros that a formula makes of a blank cell")


def test_a_number_among_formulas_is_a_finding() -> None:
    rows = [[f"1a.{number}", 100, 1, 10, f"=B{number + 2}*D{number + 2}/1000000", None] for number in (1, 2, 3)]
    read = Understood(book(*rows, ["1a.4", 100, 1, 10, 0.7, None]))
    assert read.doubts() == [("overwritten", "Group 1!E6")]


# sheets


def test_sheets_have_any_name_and_order() -> None:
    made = book(["2a.1", 1, 1, 1, 1, 1], name="Métaux")
    add_sheet(made, "incineration (final) v3", [*HEAD, PLAIN])
    assert Understood(made).classes() == ["2a.1", "1a.1"]


def test_hidden_rows_and_sheets_are_read_and_said_so() -> None:
    made = book(PLAIN, ["1a.2", 350, 500, 10, 0.0035, 0.005])
    made["Group 1"].row_dimensions[4].hidden = True
    hidden = add_sheet(made, "Old", [*HEAD, ["2a.1", 1, 1, 1, 1, 1]])
    hidden.sheet_state = "hidden"
    read = Understood(made)
    assert read.classes() == ["1a.1", "1a.2", "2a.1"]
    assert "“Old”" in read.noted("hidden sheets")
    assert "Group 1!A4" in read.noted("hidden rows")


def test_years_may_be_sheets() -> None:
    made = book(PLAIN, name="2012", cover=[["Country", "KEN"]])
    add_sheet(made, "2019", [*HEAD, [*PLAIN[:3], 2000, 7, 0.15]])
    inventories = Understood(made).data["inventories"]
    assert [(one["year"], one["entries"][0]["activity"]["value"]) for one in inventories] == [
        (2012, 1000),
        (2019, 2000),
    ]


def test_years_may_be_blocks_of_one_sheet() -> None:
    rows = [["Year 2012"], *HEAD, PLAIN, [], ["Year 2019"], *HEAD, [*PLAIN[:3], 2000, 7, 0.15]]
    inventories = Understood(book(head=rows, cover=[["Country", "KEN"]])).data["inventories"]
    assert [(one["year"], one["entries"][0]["activity"]["value"]) for one in inventories] == [
        (2012, 1000),
        (2019, 2000),
    ]


def test_a_year_above_a_blank_row_is_that_of_the_table_below() -> None:
    total = ["Total", None, None, None, 3.5, None]
    rows = [["Year 2012"], [], *HEAD, PLAIN, total, [], ["Year 2019"], [], *HEAD, PLAIN, total]
    inventories = Understood(book(head=rows, cover=[["Country", "KEN"]])).data["inventories"]
    assert [(one["year"], len(one["entries"]), len(one["totals"])) for one in inventories] == [
        (2012, 1, 1),
        (2019, 1, 1),
    ]


def test_a_total_sums_up_the_same_in_each_year_of_its_row() -> None:
    head = [["Class", "Release to air (g TEQ/a)", None], [None, 2012, 2019]]
    read = Understood(book(["1a.1", 3.5, 7], ["1b.1", 1, 1], ["Total", 4.5, 8], head=head, cover=[["Country", "KEN"]]))
    assert [one["totals"][0]["group"] for one in read.data["inventories"]] == [1, 1]


def test_years_may_be_columns() -> None:
    head = [["Class", "Release to air (g TEQ/a)", None], [None, 2012, 2019]]
    inventories = Understood(book(["1a.1", 3.5, 7], head=head, cover=[["Country", "KEN"]])).data["inventories"]
    values = [(one["year"], one["entries"][0]["releases"][0]["release"]["value"]) for one in inventories]
    assert values == [(2012, 3.5), (2019, 7)]


def test_chemicals_may_be_columns_or_sheets() -> None:
    head = [
        ["Class", "Activity (t/a)", "PCDD/PCDF", None, "HCB", None],
        [None, None, "Release to air (g TEQ/a)", "Release to water (g TEQ/a)", "Release to air (kg/a)", None],
    ]
    read = Understood(book(["1a.1", 10, 1, 2, 3, None], head=head))
    found = [
        (release["chemical"], release["vector"], release["release"]["unit"]) for release in read.entries[0]["releases"]
    ]
    assert found == [("PCDD/PCDF", "air", "g TEQ/a"), ("PCDD/PCDF", "water", "g TEQ/a"), ("HCB", "air", "kg/a")]


def test_a_sheet_may_be_about_another_chemical_and_a_key_there_is_of_its_releases() -> None:
    made = book(PLAIN)
    rows: list[list[Any]] = [
        ["HCB"], [],
        ["Class", "Emission factor (µg/t)", None, "Activity (t/a)", "Release (kg/a)", None, "Notation key"],
        [None, "Air", "Residue", None, "Air", "Residue", None],
        ["1a.1", 5, None, 1000, 5e-6, None, None], ["1a.2", "ND", None, None, None, None, "NE"],
    ]  # fmt: skip
    add_sheet(made, "Other", rows)
    read = Understood(made)
    assert read.entries[0]["activity"] == {"value": 1000, "unit": "t/a"}
    assert read.entries[0]["releases"][2] == {
        "chemical": "HCB", "vector": "air",
        "factor": {"value": 5, "unit": "µg/t"}, "release": {"value": 5e-6, "unit": "kg/a"},
    }  # fmt: skip
    assert read.entries[1]["releases"] == [{"chemical": "HCB", "vector": "air", "key": "NE"}]
    assert read.doubts() == []


def test_chemical_and_year_may_be_columns_of_the_rows() -> None:
    head = [["Class", "Year", "Pollutant", "Release to air (g TEQ/a)", "Release to water (g TEQ/a)"]]
    rows = [["1a.1", 2012, "PCDD/F", 1, 2], ["1a.1", 2019, "PCDD/F", 3, 4]]
    read = Understood(book(*rows, head=head, cover=[["Country", "KEN"]]))
    found = [(one["year"], one["entries"][0]["releases"][0]["chemical"]) for one in read.data["inventories"]]
    assert found == [(2012, "PCDD/F"), (2019, "PCDD/F")]


def test_a_vector_may_be_a_column_of_the_rows_in_another_language() -> None:
    head = [["Classe", "Milieu", "Facteur d'émission (µg TEQ/t)", "Taux d'activité (t/an)", "Rejet annuel (g TEQ/an)"]]
    rows: list[list[Any]] = [
        ["1a.1", "Air", 3500, 1000, 3.5],
        ["1a.1", "Cendres volantes", 75, 1000, 0.075],
        ["Total", "Eau", None, None, 1],
    ]
    read = Understood(book(*rows, head=head))
    assert [release["vector"] for release in read.entries[0]["releases"]] == ["air", "residue"]
    assert read.totals[0]["vector"] == "water"


def test_lines_of_annex_c_and_nfr_codes_are_totals() -> None:
    made = book(PLAIN)
    add_sheet(
        made, "Annex C", [["Annex C", "NFR code", "Release to air (g TEQ/a)"], ["II.a", None, 3.5], [None, "5C1bi", 1]]
    )
    about = [(total.get("annex_c"), total.get("nfr"), total["value"]) for total in Understood(made).totals]
    assert about == [("II.a", None, 3.5), (None, "5C1bi", 1)]


def test_a_column_of_sources_fills_that_of_the_activity_and_of_the_factor() -> None:
    head = [[*HEAD[0], "Source", "Confidence"], [*HEAD[1], None, None]]
    read = Understood(book([*PLAIN, "survey", "high"], head=head))
    assert read.entries[0]["activity"] == {"value": 1000, "unit": "t/a", "source": "survey", "confidence": "high"}
    assert read.release()["factor"] == {"value": 3500, "unit": "µg TEQ/t", "source": "survey", "confidence": "high"}


def test_what_an_inventory_has_no_place_for_is_noted() -> None:
    head = [["Class", "Activity (t/a)", "Release to air (g TEQ/a)", "Fly ash (g TEQ/a)"]]
    read = Understood(
        book(["1a Municipal waste", 1000, None, None], ["1a.1", 1000, 3.5, 1], ["Total 1a", None, 3.5, 1], head=head)
    )
    assert "Group 1!A2" in read.noted("activities of categories")
    assert "Group 1!D4" in read.noted("totals of one kind of residue")


def test_remarks_reasons_and_origins_are_kept_where_they_belong() -> None:
    named = [
        "Factor origin",
        "Activity (t/a)",
        "Release to air (g TEQ/a)",
        "Reason",
        "Remarks",
        "Notes on the releases",
    ]
    head = [["Class", "EF air (µg TEQ/t)", *named]]
    rows: list[list[Any]] = [
        ["1a.1", 9, "plant", 10, 1, None, "two lines", "stack test"],
        ["1a.2", 9, None, 10, "NE", "no test yet"],
    ]
    read = Understood(book(*rows, head=head))
    assert read.entries[0]["notes"] == "two lines"
    assert read.release()["notes"] == "stack test"
    assert read.release()["factor"]["origin"] == "plant"
    assert (read.release(1)["key"], read.release(1)["reason"]) == ("NE", "no test yet")


def test_a_column_with_figures_that_was_not_understood_is_a_finding() -> None:
    head = [[*HEAD[0], "Stack height"], HEAD[1]]
    read = Understood(book([*PLAIN, 40], head=head))
    assert read.doubts() == [("unread", "Group 1!G3")]
    assert "“Stack height”" in read.document.doubts[0].problem


def test_a_column_of_words_that_is_not_known_is_noted() -> None:
    read = Understood(book([*PLAIN, "brick"], head=[[*HEAD[0], "Stack material"], HEAD[1]]))
    assert read.doubts() == []
    assert "“Stack material” (Group 1!G2)" in read.noted("columns that are not known")


def test_figures_under_no_head_are_a_finding() -> None:
    assert Understood(book([*PLAIN, None, 12.5])).doubts() == [("unread", "Group 1!H3")]


def test_rows_of_classes_under_a_head_that_is_not_understood_are_a_finding() -> None:
    made = book(PLAIN)
    rows: list[list[Any]] = [["Quelle", "Luft", "Wasser"], ["2a.1", 1, 2], ["2a.2", 3, 4], ["Summe", 4, 6]]
    add_sheet(made, "Gruppe 2", rows)
    read = Understood(made)
    assert read.classes() == ["1a.1"]
    assert read.doubts() == [("unread", "Gruppe 2!B2")]
    assert "the 1 rows below it" in read.document.doubts[0].problem


def test_supporting_sheets_are_noted_and_no_finding() -> None:
    made = book(PLAIN)
    add_sheet(made, "Statistics", [["District", "Waste (t)"], ["North", 1200], ["South", 900]])
    read = Understood(made)
    assert read.doubts() == []
    assert read.noted("“Statistics”").endswith("it has no head row of an inventory")


def test_a_sum_over_the_vectors_of_a_class_is_held_against_them() -> None:
    head = [["Class", "Activity (t/a)", "Annual release (g TEQ/a)", None, None], [None, None, "Air", "Water", "Total"]]
    assert Understood(book(["1a.1", 10, 1, 2, 3], head=head)).doubts() == []
    read = Understood(book(["1a.1", 10, 1, 2, 4], head=head))
    assert read.doubts() == [("unread", "Group 1!E3")]
    assert "come to 3" in read.document.doubts[0].problem


def test_a_release_that_names_no_vector_is_a_finding() -> None:
    head = [
        ["Class", "Emission factor (µg TEQ/t)", None, "Activity (t/a)", "Release (g TEQ/a)"],
        [None, "Air", "Water"],
    ]
    read = Understood(book(["1a.1", 1, 2, 10, 3], head=head))
    assert read.doubts() == [("unread", "Group 1!E3")]


def test_vectors_without_a_word_for_factor_or_release_are_a_finding() -> None:
    head = [["Class", "Air", "Water", "Release to land (g TEQ/a)"]]
    read = Understood(book(["1a.1", 1, 2, 3], head=head))
    assert read.doubts() == [("unread", "Group 1!B2"), ("unread", "Group 1!C2")]


def test_the_unit_tells_factors_from_releases_where_no_word_does() -> None:
    head = [["Class", "Air (µg TEQ/t)", "Activity (t/a)", "Air (g TEQ/a)", "Water (g TEQ/a)"]]
    read = Understood(book(["1a.1", 3500, 1000, 3.5, 1], head=head))
    assert read.release() == {
        "vector": "air", "factor": {"value": 3500, "unit": "µg TEQ/t"}, "release": {"value": 3.5, "unit": "g TEQ/a"},
    }  # fmt: skip


def test_a_lost_micro_sign_is_read_as_it_stands() -> None:
    head = [[HEAD[0][0], "Emission factor (g TEQ/t)", *HEAD[0][2:]], HEAD[1]]
    assert Understood(book(PLAIN, head=head)).release()["factor"]["unit"] == "g TEQ/t"


def test_the_year_of_the_toolkit_is_not_the_reference_year() -> None:
    made = book(PLAIN, head=[["UNEP Toolkit, edition 2013"], *HEAD], cover=[["Country", "KEN"]])
    assert "year" not in Understood(made).data["inventories"][0]


def test_a_table_of_something_else_is_no_inventory() -> None:
    head = [["Source", "Release to air (t)", "Release to water (t)"]]
    rows = [[f"Plant {number}", 1, 2] for number in range(9)]
    with pytest.raises(ReadingError, match="no row names the columns of an inventory"):
        Understood(book(*rows, head=head))


def test_a_flat_sheet_of_recalculations_is_of_the_party_of_the_cover() -> None:
    made = book(PLAIN)
    add_sheet(made, "Recalculations", [["Year", "Class", "Reason", "Effect", "Effect unit"],
                                       [2012, "1a.1", "error", 0.5, "g TEQ/a"]])  # fmt: skip
    assert Understood(made).data["recalculations"] == [
        {"year": 2012, "class": "1a.1", "reason": "error", "effect": {"value": 0.5, "unit": "g TEQ/a"}}
    ]
