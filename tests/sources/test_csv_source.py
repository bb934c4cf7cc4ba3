"""CSV and its relatives: the delimiter is found, and every value at its line and column."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invlint.errors import ReadingError
from invlint.sources.csv_source import read_csv

_CLASS = "/inventories/0/entries/0/class"


def _at(text: str, pointer: str) -> tuple[int | None, int | None]:
    spot = read_csv(text)[0].locator.locate([pointer])[pointer]
    return spot.line, spot.column


def _refused(text: str) -> ReadingError:
    with pytest.raises(ReadingError) as caught:
        read_csv(text)
    return caught.value


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_yields_the_head(delimiter: str) -> None:
    text = "party,year,class,vector,activity\nKEN,2012,1a.1,air,7\n".replace(",", delimiter)
    assert read_csv(text)[0].data["inventories"][0]["entries"][0]["class"] == "1a.1"
    assert _at(text, _CLASS) == (2, 10)


def test_semicolons_in_a_file_of_commas_do_not_divide_it() -> None:
    [document] = read_csv("party,year,class,notes,activity\nKEN,2012,1a.1,a; b; c; d; e; f,7\n")
    assert document.data["inventories"][0]["entries"][0]["notes"] == "a; b; c; d; e; f"


def test_a_head_in_quotation_marks_is_a_head() -> None:
    assert read_csv('"party";"year";"class"\n"KEN";"2012";"1a.1"\n')[0].data["party"] == "KEN"


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_counts_once(ends: str) -> None:
    assert _at(ends.join(["A title", "party,year,class", "KEN,2012,1a.1", ""]), _CLASS) == (3, 10)


def test_rows_and_columns_that_are_blank_at_the_start_are_passed_over() -> None:
    text = "\n,,,,\n\n,,party,year,class\n,,,,\n,,KEN,2012,1a.1\n"
    assert _at(text, _CLASS) == (6, 12)


def test_a_head_below_other_text_is_found() -> None:
    text = "Inventory of Kenya\nmade, by hand\nparty,year,class\nKEN,2012,1a.1\n"
    assert _at(text, _CLASS) == (4, 10)


def test_a_head_below_a_long_title_of_many_lines_is_found() -> None:
    text = '"' + "a line\n" * 50 + '"\nparty;year;class\nKEN;2012;1a.1\n'
    assert _at(text, _CLASS) == (53, 10)


def test_a_value_behind_delimiters_and_line_breaks_in_marks_is_found() -> None:
    text = 'party,year,notes,class\nKEN,2012,"one, two\r\nthree ""four"", five",1a.1\n'
    assert _at(text, _CLASS) == (3, 23)


def test_a_row_behind_a_line_break_in_marks_is_found_on_its_own_line() -> None:
    text = 'party,year,class,notes\nKEN,2012,1a.1,"one\ntwo"\nKEN,2012,1a.2,\n'
    assert _at(text, "/inventories/0/entries/1/class") == (4, 10)


def test_a_mark_inside_a_value_without_marks_is_a_character_like_others() -> None:
    text = 'party,year,notes,class\nKEN,2012,5" pipe,1a.1\n'
    assert read_csv(text)[0].data["inventories"][0]["entries"][0]["notes"] == '5" pipe'
    assert _at(text, _CLASS) == (2, 18)


def test_an_empty_value_in_marks_ends_before_the_next() -> None:
    assert _at('party,year,notes,class\nKEN,2012,"",1a.1\n', _CLASS) == (2, 13)


def test_the_blank_cell_of_a_row_that_is_too_short_is_found_at_its_end() -> None:
    text = "party,year,class,vector,release,release_unit\nKEN,2012,1a.1,air,5\nKEN,2012,1a.2,air,5\n"
    assert _at(text, "/inventories/0/entries/0/releases/0/release/unit") == (2, 20)


def test_an_absent_column_is_found_at_the_nearest_that_is_there() -> None:
    text = "party,year,class,vector,release\nKEN,2012,1a.1,air,5\n"
    assert _at(text, "/inventories/0/entries/0/releases/0/release/unit") == (2, 19)
    assert _at(text, "/inventories/0/entries/0/releases/0/factor/value") == (2, 10)


def test_an_absent_row_is_found_at_the_head() -> None:
    text = "Title\nparty,year,class\nKEN,2012,1a.1\n"
    for pointer in (
        "",
        "/edition",
        "/inventories/0",
        "/inventories/0/entries",
        "/inventories/0/entries/9",
        "/inventories/4",
    ):
        assert _at(text, pointer) == (2, 1)


def test_a_mark_that_is_not_closed_is_reported_at_its_row() -> None:
    error = _refused('party,year,class\nKEN,2012,"1a.1\nKEN,2012,1a.2\n')
    assert "opened and not closed" in error.problem
    assert error.line == 2


def test_text_behind_a_closing_mark_is_reported_at_its_row() -> None:
    error = _refused('party,year,class\nKEN,2012,"1a".1\n')
    assert "follows a closing quotation mark" in error.problem
    assert error.line == 2


@pytest.mark.parametrize("text", ["", "  \n", "\n\n\r\n"])
def test_a_file_of_space_is_empty(text: str) -> None:
    assert _refused(text).problem == "the file is empty"


def test_a_file_without_a_head_says_what_to_put_there() -> None:
    assert "put these names in one row among the first 30" in _refused("a,b,c\n1,2,3\n").problem


def test_a_head_alone_is_no_inventory() -> None:
    assert "no rows below it" in _refused("party,year,class\n").problem


_cells = st.text("ab1 ,;|\t\"'\r\n\u00e9", max_size=6)


def _written(cell: str, delimiter: str, *, always: bool) -> str:
    """A cell as written to a file: in marks where it must be; a mark inside a value need not make it so."""
    needed = cell.startswith('"') or any(sign in cell for sign in (delimiter, "\r", "\n"))
    return '"' + cell.replace('"', '""') + '"' if always or needed else cell


@settings(deadline=None)
@given(
    rows=st.lists(st.tuples(_cells, _cells, _cells), min_size=1, max_size=5),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    always=st.booleans(),
    ends=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_the_text_of_every_cell_stands_at_its_spot(
    rows: list[tuple[str, str, str]], delimiter: str, ends: str, *, always: bool
) -> None:
    head = ["party", "year", "notes", "site", "reason", "class"]
    table = [head, *(["KEN", "2012", *row, f"x{number}"] for number, row in enumerate(rows))]
    text = "".join(delimiter.join(_written(cell, delimiter, always=always) for cell in row) + ends for row in table)
    lines = io.StringIO(text, newline="").readlines()
    [document] = read_csv(text)
    entries = document.data["inventories"][0]["entries"]
    assert [f"x{number}" for number in range(len(rows))] == [entry["class"] for entry in entries]
    for number, row in enumerate(rows):
        for name, cell in zip(["notes", "site", "reason", "class"], [*row, f"x{number}"], strict=True):
            if not cell.strip():
                continue
            assert cell.strip() == entries[number][name]
            pointer = f"/inventories/0/entries/{number}/{name}"
            spot = document.locator.locate([pointer])[pointer]
            assert spot.line is not None
            assert spot.column is not None
            rest = "".join(lines[spot.line - 1 :])[spot.column - 1 :]
            assert cell == next(csv.reader(io.StringIO(rest, newline=""), delimiter=delimiter))[0]
