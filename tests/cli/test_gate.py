"""A gate from nothing: a repository with many findings, its baseline, its waivers, and what comes after."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from invlint.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable

OUTPUTS = Path(__file__).parent / "outputs"
HEAD = (
    "party,year,edition,scope,scope_vectors,teq_scheme,class,vector,activity,activity_unit,factor,factor_unit,origin,"
    "release,release_unit,source,confidence"
)
TOMORROW = (date.today() + timedelta(days=1)).isoformat()


class Repository:
    """A folder with an inventory of 300 national factors that lie far from the default, one for each year and class."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.rows = {
            (year, class_id): [60000.0, 72.0] for year in range(1991, 2091) for class_id in ("1c.1", "1c.2", "1c.3")
        }
        self._capsys = capsys
        (folder / "inv").mkdir()
        self.write()

    def write(self, *, turned: bool = False) -> None:
        """Write the inventory as CSV, its rows in one order or the other."""
        rows = [
            ["KEN", year, 2013, "1c", "air", "WHO-2005", class_id, "air", 1200, "t/a", factor, "ug TEQ/t", "national",
             release, "g TEQ/a", "a study", "high"]
            for (year, class_id), (factor, release) in sorted(self.rows.items(), reverse=turned)
        ]  # fmt: skip
        text = io.StringIO()
        csv.writer(text).writerows([HEAD.split(","), *rows])
        (self.folder / "inv/ken.csv").write_text(text.getvalue(), "utf-8")

    def as_workbook(self, sheets: dict[str, list[list[Any]]] | None = None) -> None:
        """The same inventory as a workbook, and no longer as CSV."""
        from openpyxl import Workbook

        book = Workbook()
        book.remove(book.worksheets[0])
        with (self.folder / "inv/ken.csv").open(encoding="utf-8") as file:
            rows = [[_typed(cell) for cell in row] for row in csv.reader(file)]
        for name, cells in {"Data": rows, **(sheets or {})}.items():
            sheet = book.create_sheet(name)
            for row in cells:
                sheet.append(row)
        book.save(self.folder / "inv/ken.xlsx")
        (self.folder / "inv/ken.csv").unlink()

    def run(self, *words: str) -> tuple[int, str]:
        """The status and what was printed."""
        status = main(list(words))
        return status, self._capsys.readouterr().out

    def check(self, *words: str) -> tuple[int, dict[str, Any]]:
        status, out = self.run("check", "inv", "--select", "FAC104,ARI,GAT", "-o", "json", *words)
        return status, json.loads(out)

    def waivers(self, text: str) -> None:
        (self.folder / "inv/waivers.toml").write_text(text, "utf-8")


def _typed(cell: str) -> Any:
    return float(cell) if re.fullmatch(r"\d+(\.\d+)?", cell) else cell


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Repository:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "invlint.toml").write_text('fail-on = "info"\nselect = ["FAC104", "ARI", "GAT"]\n', "utf-8")
    return Repository(tmp_path, capsys)


def counting(report: dict[str, Any]) -> list[dict[str, Any]]:
    aside = [one for one in report["findings"] if one["baselined"] or (one["waived"] and one["waived"]["honoured"])]
    return [one for one in report["findings"] if one not in aside]


def test_a_baseline_makes_the_gate_green_and_one_new_fault_makes_it_red_with_just_that(repository: Repository) -> None:
    status, report = repository.check()
    assert (status, len(report["findings"])) == (1, 200)
    assert repository.run("baseline", "write", "inv") == (
        0,
        "wrote invlint-baseline.json: 200 findings of 1 rules, which no longer count\n",
    )
    status, report = repository.check()
    assert (status, report["totals"], report["set_aside"]) == (
        0,
        {"blocker": 0, "error": 0, "warning": 0, "info": 0},
        {"waived": 0, "baselined": 200},
    )
    repository.rows[2012, "1c.1"][1] = 73000.0
    repository.write()
    status, report = repository.check()
    assert status == 1
    assert [(one["rule"]["name"], one["key"]["year"]) for one in counting(report)] == [("power-of-ten-slip", 2012)]
    repository.rows[2012, "1c.1"][1] = 72.0
    repository.write()
    assert repository.check()[0] == 0


def test_a_baseline_survives_another_order_and_a_workbook(repository: Repository) -> None:
    repository.run("baseline", "write", "inv")
    before = {one["id"] for one in repository.check()[1]["findings"]}
    repository.write(turned=True)
    assert repository.check()[0] == 0
    repository.as_workbook()
    status, report = repository.check()
    assert status == 0
    assert {one["id"] for one in report["findings"]} == before


def test_what_was_mended_is_told_and_pruned(repository: Repository) -> None:
    repository.run("baseline", "write", "inv")
    for year in (2000, 2001):
        repository.rows[year, "1c.2"] = [3000.0, 3.6]
    repository.write()
    status, report = repository.check()
    assert status == 1
    stale = counting(report)
    assert {one["rule"]["name"] for one in stale} == {"stale-baseline-entry"}
    assert [(one["key"]["year"], one["key"]["class"]) for one in stale] == [(2000, "1c.2"), (2001, "1c.2")]
    lines = (repository.folder / "invlint-baseline.json").read_text("utf-8").splitlines()
    for one in stale:
        assert one["message"].split()[1] in lines[one["locations"][0]["line"] - 1]
    status, out = repository.run("baseline", "prune", "inv")
    assert status == 0
    assert out.splitlines()[0] == "took 2 out of invlint-baseline.json, 198 are left:"
    assert re.fullmatch(r"  factor-far-from-default:\w{8}  KEN 2000 1c.2 PCDD/PCDF air", out.splitlines()[1])
    assert repository.check()[0] == 0
    status, out = repository.run("baseline", "prune", "inv")
    assert out == "nothing to take out of invlint-baseline.json: 198 findings are in it\n"


def test_what_was_not_looked_at_is_not_called_mended(repository: Repository) -> None:
    repository.run("baseline", "write", "inv")
    repository.rows = {key: row for key, row in repository.rows.items() if key[0] < 2000}
    repository.write()
    status, report = repository.check()
    assert (status, counting(report)) == (0, [])
    outcome = next(one for one in report["outcomes"] if one["rule"] == "stale-baseline-entry")
    assert (outcome["evaluated"], outcome["unknown"]) == (18, 182)
    _, report = repository.check("--ignore", "FAC104")
    outcome = next(one for one in report["outcomes"] if one["rule"] == "stale-baseline-entry")
    assert outcome["outcome"] == "could_not_run"


WAIVER = """[[waiver]]
rule = "factor-far-from-default"
class = "1c.2"
year = 2012
seen = "60000 ug TEQ/t"
reason = "All waste of that year went to one plant, which was measured"
by = "A. Otieno"
until = {until}
"""


def test_a_waiver_for_a_class_and_year_silences_exactly_that(repository: Repository) -> None:
    repository.waivers(WAIVER.format(until=TOMORROW))
    _, report = repository.check()
    waived = [one for one in report["findings"] if one["waived"]]
    assert [(one["key"]["class"], one["key"]["year"]) for one in waived] == [("1c.2", 2012)]
    assert waived[0]["waived"] == {
        "reason": "All waste of that year went to one plant, which was measured",
        "by": "A. Otieno",
        "until": TOMORROW,
        "honoured": True,
    }
    assert len(counting(report)) == sum(report["totals"].values()) == 199
    assert report["set_aside"] == {"waived": 1, "baselined": 0}


def test_a_waiver_is_listed_in_the_reports_for_people(repository: Repository) -> None:
    repository.waivers(WAIVER.format(until="2999-12-31"))
    _, out = repository.run("check", "inv")
    section = out[out.index("Waived\n") : out.index("1 file, 1 Party")]
    assert section == (OUTPUTS / "waived.txt").read_text("utf-8")
    assert "set aside: 1 waived\n100 errors, 99 warnings\n" in out
    assert "waived" in repository.run("check", "inv", "-o", "matrix")[1]
    _, out = repository.run("check", "inv", "-o", "matrix-csv")
    assert next(csv.DictReader(io.StringIO(out)))["waived"] == "1"


@pytest.mark.parametrize(
    ("until", "told"),
    [
        ("2020-01-31", "the waiver ended on 2020-01-31"),
        ('"31/12/2999"', "“31/12/2999” is no date such as 2027-12-31, so the waiver counts as expired"),
    ],
)
def test_a_waiver_expires(repository: Repository, until: str, told: str) -> None:
    repository.waivers(WAIVER.format(until=until))
    _, report = repository.check()
    assert len([one for one in counting(report) if one["rule"]["name"] == "factor-far-from-default"]) == 200
    (stale,) = [one for one in report["findings"] if one["rule"]["name"] == "stale-waiver"]
    assert stale["message"] == told
    assert (stale["locations"][0]["path"], stale["locations"][0]["line"]) == ("inv/waivers.toml", 1)
    _, out = repository.run("waive", "--prune", "--in", "inv")
    assert out == "inv/waivers.toml:1: factor-far-from-default 2012 1c.2 is taken out\n"
    assert not (repository.folder / "inv/waivers.toml").exists()


def test_a_changed_value_opens_the_finding_again(repository: Repository) -> None:
    repository.waivers(WAIVER.format(until=TOMORROW))
    repository.rows[2012, "1c.2"] = [61000.0, 73.2]
    repository.write()
    _, report = repository.check()
    assert report["set_aside"]["waived"] == 0
    (stale,) = [one for one in report["findings"] if one["rule"]["name"] == "stale-waiver"]
    assert stale["message"] == "the value is “61000 ug TEQ/t” now, and the waiver explains “60000 ug TEQ/t”"
    changed = (one for one in report["findings"] if (one["key"]["class"], one["key"]["year"]) == ("1c.2", 2012))
    identity = next(one["id"] for one in changed if one["rule"]["name"] == "factor-far-from-default")
    reason = "The plant was measured once more in that year"
    assert repository.run("waive", identity, "--reason", reason, "--in", "inv")[0] == 0
    _, report = repository.check()
    assert [one["waived"]["reason"] for one in report["findings"] if one["waived"]] == [reason]
    assert "unused-waiver" not in {one["rule"]["name"] for one in report["findings"]}


def test_a_waiver_that_nothing_fits_is_told_and_pruned_alone(repository: Repository) -> None:
    kept = WAIVER.format(until=TOMORROW)
    unused = kept.replace("1c.2", "1c.1")
    repository.waivers(f"# ours\n\n{kept}\n# of no use\n{unused}\n\n# the last\n{kept.replace('2012', '2013')}")
    _, report = repository.check()
    told = [(one["rule"]["name"], one["key"]["class"]) for one in counting(report)]
    assert ("unused-waiver", "1c.1") in told
    assert repository.run("waive", "--prune", "--in", "inv")[1] == (
        "inv/waivers.toml:13: factor-far-from-default 2012 1c.1 is taken out\n"
    )
    text = (repository.folder / "inv/waivers.toml").read_text("utf-8")
    assert text == f"# ours\n\n{kept}\n# the last\n{kept.replace('2012', '2013')}"
    assert repository.run("waive", "--prune", "--in", "inv")[1] == "no waiver is spent\n"


def test_waivers_of_a_submitter_can_be_reported_and_not_obeyed(repository: Repository) -> None:
    repository.waivers(WAIVER.format(until=TOMORROW))
    _, report = repository.check("--waivers", "report")
    assert [one["waived"]["honoured"] for one in report["findings"] if one["waived"]] == [False]
    assert len(counting(report)) == 200
    assert "explained by the submitter: All waste of that year" in " ".join(
        repository.run("check", "inv", "--waivers", "report")[1].split()
    )
    _, report = repository.check("--waivers", "ignore")
    assert not any(one["waived"] for one in report["findings"])


EXPLAINED = [
    ["Rule", "Year", "Class", "Seen", "Reason", "By", "Until"],
    ["FAC104", 2012, "1c.2", "60 mg TEQ/t", "The only plant was measured", "A. Otieno", date.today()],
    ["FAC104", 2013, "1c.2", None, "The only plant was measured", None, None],
    ["FAC104", 2014, "1c.2", "60000 ug TEQ/t", "ok", None, None],
]


def test_a_workbook_can_explain_in_a_sheet_of_its_own(repository: Repository) -> None:
    repository.as_workbook({"Explanations": [["What we have to say"], [], *EXPLAINED]})
    _, report = repository.check()
    waived = [(one["key"]["year"], one["waived"]["until"]) for one in report["findings"] if one["waived"]]
    assert waived == [(2012, date.today().isoformat())]
    unfit = {one["key"]["year"]: one for one in report["findings"] if one["rule"]["name"] == "unfit-waiver"}
    assert {year: (one["message"], one["locations"][0]["cell"]) for year, one in unfit.items()} == {
        2013: ("say which value the waiver explains: seen = “60000 ug TEQ/t”", "Explanations!A5"),
        2014: ("“ok” is no reason: say what was looked at, and why the figure is right", "Explanations!A6"),
    }
    assert report["inputs"][0]["notes"] == []
    _, report = repository.check("--sheet", "Data")
    assert sum(one["waived"] is not None for one in report["findings"]) == 1


def test_a_spent_row_of_a_workbook_is_the_submitters_to_take_out(repository: Repository) -> None:
    rows = [EXPLAINED[0], ["FAC104", 2012, "1c.1", "5 ug TEQ/t", "The only plant was measured", None, None]]
    repository.as_workbook({"Explanations": rows})
    assert repository.run("waive", "--prune", "--in", "inv")[1] == (
        "inv/ken.xlsx Explanations!A2: factor-far-from-default is spent; take the row out in the spreadsheet\n"
    )


def test_a_sheet_of_explanations_without_a_head_is_told(repository: Repository) -> None:
    repository.as_workbook({"Explanations": [["a", "b"], ["c", "d"]], "explanations ": []})
    _, report = repository.check()
    assert report["inputs"][0]["notes"] == [
        "the sheet “Explanations” was not read: no row of it has the names rule and reason"
    ]


def test_a_waiver_holds_in_its_own_folder_alone(repository: Repository) -> None:
    (repository.folder / "other").mkdir()
    (repository.folder / "other/waivers.toml").write_text(WAIVER.format(until=TOMORROW), "utf-8")
    (repository.folder / "other/uga.csv").write_text((repository.folder / "inv/ken.csv").read_text("utf-8"), "utf-8")
    _, report = repository.check()
    assert not any(one["waived"] for one in report["findings"])


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("[[waiver]]\nrule = 'x", 2, "the file is no TOML: "),
        ("\nwaivers = 5\n", 2, "“waivers” means nothing here: a waiver begins with [[waiver]]"),
        ("waiver = [{ rule = 'FAC104' }]\n", 1, "“waiver” means nothing here: a waiver begins with [[waiver]]"),
        ("[[waiver]]\nyear = 2012", 1, "the waiver names no rule"),
        ("[[waiver]]\nrule = 'FAC14'", 1, "no rule is called “FAC14”: did you mean “FAC104”?"),
        ("[[waiver]]\nrule = '?'", 1, "no rule is called “?”: the finding names its rule"),
        ("[[waiver]]\nrule = 'FAC104'\nyaer = 2012", 1, "“yaer” is no part of a waiver: did you mean “year”?"),
        ("[[waiver]]\nrule = 'FAC104'\nzzz = 1", 1, "“zzz” is no part of a waiver: it can be rule, party, year"),
        ("[[waiver]]\nrule = 'FAC104'\nyear = 'x'", 1, "“x” cannot be the year of a waiver: a whole number"),
        ("[[waiver]]\nrule = 'FAC104'\nyear = 2012\nclass = [1]", 1, "“[1]” cannot be the class of a waiver: a text"),
        ("[[waiver]]\nrule = 'FAC104'\nyear = 2012\nseen = [[1]]", 1, "“[[1]]” cannot be the seen of a waiver: a text"),
        ("[[waiver]]\nrule = 'FAC104'\nreason = 'one plant, measured'", 1, "the waiver names no figure: "),
        ("[[waiver]]\nrule = 'FAC104'\nyear = 2012", 1, "the waiver has no reason: "),
        ("[[waiver]]\nrule = 'FAC104'\nyear = 2012\nreason = 'known issue'", 1, "“known issue” is no reason: "),
    ],
)
def test_a_waiver_that_cannot_be_honoured_says_why_at_its_place(
    repository: Repository, text: str, line: int, told: str
) -> None:
    repository.waivers(text)
    _, report = repository.check()
    (unfit,) = [one for one in report["findings"] if one["rule"]["name"] == "unfit-waiver"]
    assert unfit["message"].startswith(told)
    assert (unfit["severity"], unfit["locations"][0]["line"]) == ("error", line)
    assert not any(one["waived"] for one in report["findings"])


def test_the_same_faults_have_the_same_ids_and_values_in_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    samples = Path(__file__).parents[2] / "samples"
    found = []
    for form in ("json", "xlsx", "csv", "yaml"):
        main(["check", str(samples / f"faulty.{form}"), "-o", "json"])
        report = json.loads(capsys.readouterr().out)
        found.append({(one["id"], one["observed"]) for one in report["findings"]})
    assert len(found[0]) == 15
    assert all(one == found[0] for one in found)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["waive", "x:1"], "say why: invlint waive FINDING-ID --reason"),
        (["waive", "x:1", "--reason", "one plant", "--until", "31.12.2027"], "“31.12.2027” is no date such as"),
        (["waive", "x:1", "--reason", "one plant", "--until", "2020-12-31"], "2020-12-31 is over"),
        (["waive", "x:1", "--reason", "one plant"], "no finding has the id “x:1”: `invlint waive` without an id"),
        (["waive", "factor-far-from-default:zzz", "--reason", "one plant"], "did you mean factor-far-from-default:"),
        (["waive", "--prune", "--reason", "one plant"], "--prune takes waivers out"),
        (["baseline", "write"], "name the files or folders to check: invlint baseline write inventories/"),
        (["baseline", "prune", "inv"], "there is no baseline at invlint-baseline.json: `invlint baseline write`"),
        (
            ["baseline", "write", "inv", "--baseline", "no/where.json"],
            "the baseline cannot be written to no/where.json",
        ),
        (["check", "inv", "--baseline", "nowhere.json"], "there is no baseline at nowhere.json"),
        (["check", "inv", "--baseline", "invlint.toml"], "invlint.toml is no baseline: `invlint baseline write` makes"),
    ],
)
def test_wrong_usage_says_what_to_do(
    repository: Repository, capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    assert main(words) == 2
    assert told in capsys.readouterr().err


def test_what_could_be_waived_is_listed_with_its_id(repository: Repository) -> None:
    _, out = repository.run("waive")
    lines = out.splitlines()
    assert re.fullmatch(r"factor-far-from-default:\w{8}  warning: 1c.2 to air: .*", lines[0])
    assert lines[-1] == "and 170 more: invlint check -o json lists them"


def test_an_empty_reason_and_a_fault_of_a_file_are_refused(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository.folder / "inv/ken.json").write_text('{"format": "invlint/inventory-1", "part": "KEN"}', "utf-8")
    _, report = repository.check("--select", "STR,FAC104")
    file_fault = next(one["id"] for one in report["findings"] if one["rule"]["name"] == "schema-violation")
    assert main(["waive", file_fault, "--reason", "the file is a draft of 2012", "--select", "STR"]) == 2
    assert "is about a file and no figure in it, and cannot be waived" in capsys.readouterr().err
    figure = next(one["id"] for one in report["findings"] if one["rule"]["name"] == "factor-far-from-default")
    assert main(["waive", figure, "--reason", "known issue"]) == 2
    assert "is no reason" in capsys.readouterr().err


def test_a_waiver_is_not_added_to_a_file_that_is_broken(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    _, report = repository.check()
    repository.waivers("[[waiver]]\nrule = 'x")
    assert main(["waive", report["findings"][0]["id"], "--reason", "one plant, measured"]) == 2
    assert "inv/waivers.toml:2: the file is no TOML" in capsys.readouterr().err


def test_waived_findings_are_not_in_the_baseline(repository: Repository) -> None:
    repository.waivers(WAIVER.format(until=TOMORROW))
    assert repository.run("baseline", "write", "inv")[1] == (
        "wrote invlint-baseline.json: 199 findings of 1 rules, which no longer count\n1 waived findings are not in it\n"
    )


def test_a_baseline_of_an_incomplete_check_says_so(repository: Repository) -> None:
    (repository.folder / "inv/ken.csv").write_text("", "utf-8")
    status, out = repository.run("baseline", "write", "inv")
    assert status == 3
    assert "the check is incomplete: 1 of 1 files could not be read" in out


def test_isolated_leaves_configuration_and_baseline_aside(repository: Repository) -> None:
    repository.run("baseline", "write", "inv")
    _, report = repository.check("--isolated")
    assert report["set_aside"] == {"waived": 0, "baselined": 0}
    _, report = repository.check("--isolated", "--baseline", "invlint-baseline.json")
    assert report["set_aside"]["baselined"] == 200


CONFIGURED = """extend = "gate"
waivers = "report"
ignore = ["off-trend"]

[rules.factor-far-from-default]
severity = "error"
parameters = { fold = 20, far = 200 }

[[overrides]]
paths = ["archive/*"]
where = "year < 1995"
rules.transparency.severity = "info"
"""


def test_config_show_says_where_each_value_comes_from(repository: Repository) -> None:
    (repository.folder / "invlint.toml").write_text(CONFIGURED, "utf-8")
    status, out = repository.run("config", "show", "inv", "--fail-on", "blocker", "--select", "FAC,GAT")
    assert status == 0
    assert out == (OUTPUTS / "config-show.txt").read_text("utf-8")
    _, out = repository.run("config", "show", "--output", "json")
    shown = json.loads(out)
    assert shown["file"] == "invlint.toml"
    assert {"name": "evidence-cap", "value": False, "origin": "profile gate"} in shown["settings"]
    assert "off-trend" not in shown["rules"]


def test_without_a_file_everything_is_default(repository: Repository) -> None:
    repository.run("baseline", "write", "inv")
    (repository.folder / "invlint.toml").unlink()
    _, out = repository.run("config", "show")
    assert out.splitlines()[0] == "configuration file: none found"
    assert re.search(r"^baseline +invlint-baseline.json +default$", out, re.MULTILINE)


def test_a_file_of_its_own_is_no_inventory(repository: Repository) -> None:
    repository.run("baseline", "write", ".", "--baseline", "inv/invlint-baseline.json")
    repository.waivers(WAIVER.format(until=TOMORROW))
    _, report = repository.check()
    assert [one["path"] for one in report["inputs"]] == ["inv/ken.csv"]
    assert report["passed_over"] == []


def test_the_configuration_of_what_is_checked_holds_wherever_we_stand(
    repository: Repository, write: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write("elsewhere/invlint.toml", 'fail-on = "blocker"').parent)
    assert repository.run("check", "../inv")[0] == 1
    (repository.folder / "invlint.toml").unlink()
    assert repository.run("check", "../inv")[0] == 0


def test_a_report_says_what_it_was_configured_by(repository: Repository) -> None:
    assert repository.check()[1]["configuration"] == {"file": "invlint.toml", "baseline": None, "waivers": "honour"}
    (repository.folder / "invlint.toml").write_text('baseline = "kept/known.json"\nwaivers = "report"\n', "utf-8")
    (repository.folder / "kept").mkdir()
    assert repository.run("baseline", "write", "inv")[1].startswith("wrote kept/known.json: ")
    status, report = repository.check()
    assert status == 0
    assert report["configuration"] == {"file": "invlint.toml", "baseline": "kept/known.json", "waivers": "report"}


def test_a_file_keeps_its_line_ends_and_what_else_is_configured_does_not_keep_waivers(repository: Repository) -> None:
    kept = WAIVER.format(until=TOMORROW)
    text = f"{kept}\n{kept.replace('1c.2', '1c.1')}".replace("\n", "\r\n")
    (repository.folder / "inv/waivers.toml").write_bytes(text.encode())
    (repository.folder / "invlint.toml").write_text('waivers = "ignore"\nselect = ["FAC104"]\n', "utf-8")
    repository.run("waive", "--prune", "--in", "inv")
    assert (repository.folder / "inv/waivers.toml").read_bytes() == kept.replace("\n", "\r\n").encode()


def test_nothing_is_taken_out_of_a_file_that_holds_something_else(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"title = 'ours'\n{WAIVER.format(until='2020-01-01')}"
    repository.waivers(text)
    assert main(["waive", "--prune", "--in", "inv"]) == 2
    assert "inv/waivers.toml:1: “title” means nothing here" in capsys.readouterr().err
    assert (repository.folder / "inv/waivers.toml").read_text("utf-8") == text


def test_a_fault_of_a_file_is_mended_where_the_file_was_looked_at(repository: Repository) -> None:
    broken = repository.folder / "inv/uga.json"
    broken.write_text('{"format": "invlint/inventory-1", "party": "UGA", "parti": 1}', "utf-8")
    words = ("--select", "STR,GAT")
    repository.run("baseline", "write", "inv", *words)
    assert repository.run("baseline", "prune", "inv/ken.csv", *words)[1].startswith("nothing to take out")
    broken.write_text('{"format": "invlint/inventory-1", "party": "UGA"}', "utf-8")
    assert "schema-violation:" in repository.run("baseline", "prune", "inv", *words)[1]


def test_a_copy_of_the_workbook_says_what_is_waived(repository: Repository) -> None:
    from openpyxl import load_workbook

    repository.as_workbook()
    repository.waivers(WAIVER.format(until="2999-12-31"))
    repository.run("check", "inv/ken.xlsx", "-o", "xlsx=copy.xlsx")
    book = load_workbook(repository.folder / "copy.xlsx")
    sheet = book.worksheets[-1]
    texts = [[str(cell.value) for cell in row] for row in sheet.iter_rows()]
    assert texts[1][0].startswith("100 errors, 99 warnings; 1 set aside.")
    told = "waived: All waste of that year went to one plant, which was measured (by A. Otieno, until 2999-12-31)"
    assert [row[-1] for row in texts].count(told) == 1
    comments = [cell.comment.text for row in book["Data"].iter_rows() for cell in row if cell.comment]
    assert sum(told in comment for comment in comments) == 1
