"""The words of the language, declared once for its documentation: sections, and the forms of a formula."""

from __future__ import annotations

from typing import NamedTuple


class Section(NamedTuple):
    """A section: how it is written, and what it is for."""

    form: str
    prose: str


class Form(NamedTuple):
    """A form of a formula: how it is written, what it gives, and an example for `for each r in releases`."""

    form: str
    prose: str
    example: str


SECTIONS: dict[str, Section] = {
    "severity": Section(
        "severity S, S when CONDITION",
        "how grave a finding is: `blocker`, `error`, `warning` or `info`; of several that hold the gravest counts. "
        "Must be there",
    ),
    "basis": Section('basis "TEXT"', "where the demand comes from"),
    "parameter": Section(
        'parameter NAME = NUMBER "SOURCE"', "a threshold with a name and its source; it must be used; there can be many"
    ),
    "yields": Section("yields to RULE, RULE", "rules that speak first: where one of them fails, this one is silent"),
    "for each": Section(
        "for each ROW in TABLE by COLUMN, ... over COLUMN",
        "the rows that are judged, and a name for the row at hand; `by ... over year` makes series of reference years, "
        "which `previous`, `newest` and `oldest` need. Must be there; a rule can have several, each with the sections "
        "below it",
    ),
    "let": Section(
        "let NAME = FORMULA",
        "a name for a value, or for the one row of a look-up: `let default = one row in defaults matching edition, "
        "class, chemical, vector, residue_kind`",
    ),
    "where": Section(
        "where CONDITION",
        "which rows the rule is about; the others are counted as not applicable; of several all must hold",
    ),
    "needs": Section(
        'needs CONDITION because "WHY"',
        "what must be there before a row can be tested, such as a number of peers: where it does not hold the row is "
        "not testable, and the report says why; of several all must hold",
    ),
    "expect": Section(
        "expect CONDITION",
        "what must hold: where it does not, there is a finding; where a value is missing the row is unknown, and "
        "counted. Must be there; of several all must hold",
    ),
    "rests on": Section(
        "rests on EVIDENCE, ...",
        "the evidence of the defaults that the truth of the fault depends on; it lowers the severity to warning "
        "(compiled) or info (doubtful)",
    ),
    "impact": Section("impact RELEASE", "by how much the year's releases change when the fault is mended"),
    "at": Section("at ROW.COLUMN when CONDITION, ...", "the cells to point at, the most likely one first"),
    "together by": Section("together by COLUMN, ...", "findings that agree in these columns are shown as one fault"),
    "observed": Section('observed "TEXT"', "what was met; formulas stand in braces"),
    "expected": Section('expected "TEXT"', "what would be right"),
    "message": Section('message "TEXT"', "what is wrong, in one sentence. Must be there"),
    "help": Section('help "TEXT"', "what to do about it"),
    "example": Section(
        'example passes "TITLE"',
        "or `example fails`: tables on which the rule does so, and what the rule is tested by. Below a table's name "
        "and colon stand a row of column names and rows of cells between strokes; a later table of the same name can "
        "leave the names out. What is not said is Party KEN, year 2020, edition 2013",
    ),
}
"""Each section in the order of the file."""

CONDITIONS = (
    Form("a and b", "true where both are true; false where one is false, even if the other is missing",
         "r.year > 2000 and r.class is reported"),
    Form("a or b", "true where one is true, even if the other is missing", "r.year > 2000 or r.class is reported"),
    Form("not a", "turns true and false round; missing stays missing", "not (r.year > 2000)"),
    Form("a = b, a != b", "equal, unequal: numbers up to the noise of a conversion, codes and text to the letter",
         "r.origin = toolkit"),
    Form("a < b, a <= b, a > b, a >= b", "less, at most, greater, at least; zero needs no unit",
         "r.factor <= 5 ug TEQ/t"),
    Form("a = b within 5 %", "equal up to a share of the right side", "r.release = r.activity * r.factor within 5 %"),
    Form("a = b to reported digits", "equal up to half the last digit that the left side was reported with",
         "r.release = r.activity * r.factor to reported digits"),
    Form("a between b and c", "from b to c, both included", "r.year between 2000 and 2030"),
    Form("a in {b, c}, a not in {b, c}", "one of several values, none of them", "r.origin in {toolkit, national}"),
    Form("a is missing, a is reported", "whether there is a value; never missing itself", "r.factor is reported"),
    Form("a is key NE", "whether there is a notation key, and it is that one", "r.key is key NE"),
    Form("some row in TABLE matching ... with ...", "whether a row matches",
         "some row in entries matching party, year, class"),
    Form("no row in TABLE matching ... with ...", "whether none does",
         "no row in technology_changes matching party, class with year > r.year"),
    Form("r fails RULE", "whether the row at hand fails another rule", "not (r fails superseded-factor)"),
)  # fmt: skip

VALUES = (
    Form("r.factor", "a column of a row with a name", "r.factor > 0"),
    Form("factor", "inside `with`, `sum of` and the like: a column of the other table",
         "some row in releases matching class with factor > 0"),
    Form("5, 1.5e3, 5 %, 5 ug TEQ/t", "a number, a percentage (5 % is 0.05), a quantity with its unit",
         "r.factor > 5 ug TEQ/t"),
    Form('toolkit, 1c.2, "text"', "a code or class as it is, text in quotation marks", "r.class = 1c.2"),
    Form("a + b, a - b", "sum and difference of one dimension; units convert by themselves",
         "r.release - 1 kg/a > 0"),
    Form("a * b, a / b", "product and quotient, with the units' product and quotient; a division by zero is missing",
         "r.release / r.activity > 0"),
    Form("a ^ b", "a power of plain numbers", "r.year > 10 ^ 3"),
    Form("-a", "the negative", "-r.release < 0"),
)  # fmt: skip

LOOK_UPS = (
    Form("matching party, class", "rows with the same value in these columns; missing matches missing",
         "some row in entries matching party, class"),
    Form("matching year = r.year - 1", "rows with that value in the column",
         "some row in entries matching class, year = r.year - 1"),
    Form("with CONDITION", "rows for which the condition holds; bare names are columns of that table",
         "some row in entries matching class with activity is reported and year < r.year"),
    Form("in TABLE in years before, in years after", "rows of earlier, or later, years than the row at hand",
         "some row in entries in years before matching party, class"),
    Form("in last_submission.TABLE", "rows of the Party's earlier submission, where one is given",
         "some row in last_submission.entries matching party, year, class"),
    Form("count of rows in TABLE ...", "how many rows match", "count of rows in entries matching party, class > 0"),
)  # fmt: skip
