"""The matrix Party x rule: what is set aside is counted apart, and nothing of it is called clean."""

from __future__ import annotations

import csv
import io
from typing import Any

from invlint.model.finding import KEY_MEMBERS, Finding, Waived
from invlint.model.report import Input, Report
from invlint.render.formats import View
from invlint.render.matrix import render_matrix_csv
from invlint.render.report_matrix import render_matrix


def report() -> Report:
    found = []
    for number, members in enumerate(({}, {"waived": Waived("one plant measured")}, {"baselined": True})):
        party = ("KEN", "KEN", "UGA")[number]
        key: dict[str, Any] = dict.fromkeys(KEY_MEMBERS) | {"party": party, "year": 2012}
        found.append(Finding(f"a-rule:{number}", "XYZ101", "a-rule", "error", key, "fault", "mend it", **members))
    parties = ("KEN", "UGA", "TZA")
    given = Input("all.csv", "0", parties, (2012,), 3)
    return Report("0", (), (given,), (), tuple(found))


def test_findings_that_do_not_count_have_columns_of_their_own() -> None:
    rows = {row["party"]: row for row in csv.DictReader(io.StringIO(render_matrix_csv(report(), View())))}
    told = {party: (row["error"], row["waived"], row["baselined"]) for party, row in rows.items()}
    assert told == {"KEN": ("1", "1", "0"), "UGA": ("0", "0", "1"), "TZA": ("0", "0", "0")}


def test_a_party_with_findings_set_aside_is_not_called_clean() -> None:
    text = render_matrix(report(), View())
    assert "nothing found in 1 Party: TZA" in text
    assert text.splitlines()[0].split() == ["Party", "blocker", "error", "warning", "info", "waived", "baselined"]
