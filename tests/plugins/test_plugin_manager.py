"""Plugins bring what their hooks give; one that fails is named, and the run goes on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from invlint.plugins.gather import GIVES

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE = Path(__file__).parents[2] / "samples" / "sound.json"

MERCURY = """
import math
from pathlib import Path

from invlint.plugins import (
    AddedColumn, Check, Chemical, Column, Function, Member, Reader, ReferenceTable, ReportFormat, Table, UnitWord,
    hookimpl,
)

HERE = Path(__file__).parent


@hookimpl
def invlint_chemicals():
    return [Chemical("Hg", "Mercury", "mass", decision="Minamata Convention", evidence="seen")]


@hookimpl
def invlint_reference_tables():
    return [ReferenceTable("factors", str(HERE / "factors.csv"))]


@hookimpl
def invlint_rules():
    return [HERE / "mercury_rules"]


@hookimpl
def invlint_tables():
    species = (
        Column("species", "text", "the form of mercury", at=("release/species",)),
        Column("amount", "release", "how much of it", at=("release/release/value",)),
    )
    products = (Column("product", "text", "what holds mercury"), Column("phase_out", "year", "its last year"))
    return [
        Table("mercury_species", "each form of mercury released", species, speciated, about="releases"),
        Table("mercury_products", "products of the Minamata Convention", products, listed, unique=("product",)),
    ]


def speciated(frames, documents, reference):
    from invlint.tables.added import at_place

    rows = []
    for row, place in enumerate(frames["releases"].places):
        part = at_place(documents, place)
        if "species" in part:
            rows.append({"row": row, "species": part["species"], "amount": (2.0, "kg/a")})
    return rows


def listed(frames, documents, reference):
    return [{"product": "lamp", "phase_out": 2020}]


@hookimpl
def invlint_columns():
    return [AddedColumn("releases", Column("is_lamp", "yes or no", "whether the site makes lamps"), is_lamp)]


def is_lamp(frames, reference):
    return [site is not None and "lamp" in site.lower() for site in frames["releases"].column("site")]


@hookimpl
def invlint_checks():
    return [Check("releases", "whole_number", "whether the mercury is a whole number", whole)]


def whole(frames, reference):
    values = frames["releases"].column("release.value")
    return [None if value is None else (value == int(value), f"{value:g} is not whole") for value in values]


@hookimpl
def invlint_members():
    return [Member("release", "species", {"type": "string"}, {"species": ("/species", "text")})]


@hookimpl
def invlint_readers():
    return [Reader("mercury-list", (".hgl",), "lists of the mercury register", read)]


def read(data, name):
    from invlint.sources import Document
    from invlint.sources.document import KnownPlaces, Spot

    party, year, amount = data.decode().split()
    release = {"chemical": "Hg", "vector": "air", "release": {"value": float(amount), "unit": "kg/a"}, "species": "Hg0"}
    entry = {"class": "5a.1", "site": "Lamp works", "releases": [release]}
    inventory = {"year": int(year), "entries": [entry]}
    document = {"format": "invlint/inventory-1", "party": party, "edition": "2013", "inventories": [inventory]}
    return [Document(document, KnownPlaces({"/inventories/0": Spot(1, 5)}))], ("read by the plugin",)


@hookimpl
def invlint_reports():
    return [ReportFormat("count", "how many findings there are", render)]


def render(report, view):
    return f"{len(report.findings)} findings of {len(report.outcomes)} rules\\n"


@hookimpl
def invlint_unit_words():
    return [UnitWord("flask", "34.5", "kg")]


@hookimpl
def invlint_functions():
    return [Function("root", ("plain",), "plain", "the square root of a number that is not negative", root)]


def root(value):
    return math.sqrt(value) if value >= 0 else None
"""

FACTORS = (
    "class,chemical,vector,residue_kind,value,code,unit,edition,evidence,source,note\n"
    "5a.1,Hg,air,,0.5,,g/t,2013,seen,a study of mercury,\n"
)

RULES = {
    "mercury-above-a-flask": """
rule HGX101 mercury-above-a-flask
  A flask of mercury is much.

  severity  warning
  basis     "none: an example"
  parameter most = 1 flask/a

  for each r in releases
  where r.chemical = Hg and r.is_lamp
  expect r.release <= most
  message "{r.class}: {r.release} of mercury"
  help    "Check the unit."

  example passes
    releases:
    | class | chemical | vector | site       | release |
    | 5a.1  | Hg       | air    | Lamp works | 30 kg/a |
  example fails
    releases:
    | class | chemical | vector | site       | release |
    | 5a.1  | Hg       | air    | Lamp works | 40 kg/a |
""",
    "mercury-not-whole": """
rule HGX102 mercury-not-whole
  A rule in Python.

  severity  info
  basis     "none: an example"

  for each r in releases
  where r.chemical = Hg
  expect r.whole_number
  message "{r.class}: {r.whole_number_words}"
  help    "Round it."

  example passes
    releases:
    | class | chemical | vector | release |
    | 5a.1  | Hg       | air    | 30 kg/a |
  example fails
    releases:
    | class | chemical | vector | release   |
    | 5a.1  | Hg       | air    | 40.5 kg/a |
""",
    "mercury-species": """
rule HGX103 mercury-species
  A rule on a table of the plugin.

  severity  info
  basis     "none: an example"

  for each s in mercury_species
  let product = one row in mercury_products matching product = "lamp"
  expect root(product.phase_out) > 50 and s.amount < 1 kg/a
  message "{s.class} {s.species}: {s.amount} until {product.phase_out}"
  help    "Nothing."
""",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder on the path of the process, in which plugins lie as if installed."""
    return tmp_path / "site"


def install(site: Path, name: str, code: str, version: str = "1.0") -> None:
    """Put a plugin module there with the metadata of an installed distribution."""
    metadata = site / f"{name}-{version}.dist-info"
    metadata.mkdir(parents=True, exist_ok=True)
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", "utf-8")
    (metadata / "entry_points.txt").write_text(f"[invlint]\n{name} = {name}\n", "utf-8")
    (site / f"{name}.py").write_text(code, "utf-8")


def install_mercury(site: Path, code: str = MERCURY) -> None:
    install(site, "mercury", code)
    (site / "factors.csv").write_text(FACTORS, "utf-8")
    (site / "mercury_rules").mkdir()
    for name, text in RULES.items():
        (site / "mercury_rules" / f"{name}.rule").write_text(text.lstrip("\n"), "utf-8")


@pytest.fixture
def invlint(site: Path, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run invlint in a process of its own, with the plugins of the folder beside the shipped ones."""

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(site), "INVLINT_CACHE_DIR": str(tmp_path / "cache")}
        return subprocess.run(
            [sys.executable, "-m", "invlint", *words],
            capture_output=True,
            text=True,
            check=False,
            env=environment,
            cwd=tmp_path,
        )

    return run


def report_of(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert done.stdout, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_all_that_a_plugin_offers_takes_part_and_leaves_with_it(
    site: Path, tmp_path: Path, invlint: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    (tmp_path / "register.hgl").write_text("KEN 2012 40.5", "utf-8")
    before = invlint("check", "register.hgl", "-o", "json")
    assert "invlint does not read .hgl" in before.stdout
    assert before.returncode == 3

    install_mercury(site)
    done = invlint("check", "register.hgl", "-o", "json")
    report = report_of(done)
    assert {"name": "mercury", "version": "1.0", "troubles": []} in report["plugins"]
    assert report["inputs"][0]["notes"] == ["read by the plugin"]
    messages = {one["rule"]["name"]: one["message"] for one in report["findings"]}
    assert messages["mercury-above-a-flask"] == "5a.1: 40.5 kg/a of mercury"
    assert messages["mercury-not-whole"] == "5a.1: 40.5 is not whole"
    assert messages["mercury-species"] == "5a.1 Hg0: 2 kg/a until 2020"
    assert not {"unknown-code", "schema-violation", "unknown-unit"} & messages.keys()
    assert invlint("test", str(site / "mercury_rules" / "mercury-above-a-flask.rule")).returncode == 0
    counted = invlint("check", "register.hgl", "-o", "count")
    assert counted.stdout == f"{len(report['findings'])} findings of {len(report['outcomes'])} rules\n"
    shown = invlint("reference", "show", "5a.1").stdout
    assert "Hg" in shown
    assert "a study of mercury" in shown
    listed = invlint("plugins").stdout
    assert "chemicals: Hg" in listed
    assert "rules: mercury-above-a-flask, mercury-not-whole, mercury-species" in listed

    left_out = invlint("check", "register.hgl", "-o", "json", "--no-plugin", "mercury")
    assert left_out.stdout == before.stdout
    assert "mercury  is left out" in invlint("plugins", "--no-plugin=mercury").stdout
    assert "did you mean mercury?" in invlint("plugins", "--no-plugin", "mercry").stderr


BREAKING = {
    "invlint_chemicals": "chemicals",
    "invlint_reference_tables": "reference_tables",
    "invlint_rules": "rules",
    "invlint_tables": "tables",
    "invlint_columns": "columns",
    "invlint_checks": "checks",
    "invlint_members": "members",
    "invlint_readers": "readers",
    "invlint_reports": "reports",
    "invlint_unit_words": "unit_words",
    "invlint_functions": "functions",
}


def test_every_hook_is_tried() -> None:
    assert BREAKING.keys() == GIVES.keys()


@pytest.mark.parametrize("hook", GIVES)
def test_a_hook_that_raises_is_named_and_the_run_goes_on(
    hook: str, site: Path, invlint: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    install(
        site,
        "broken",
        f"from invlint.plugins import hookimpl\n@hookimpl\ndef {hook}():\n    raise RuntimeError('no luck')\n",
    )
    done = invlint("check", str(SAMPLE), "-o", "json")
    assert done.returncode == 3
    report = report_of(done)
    assert report["plugins"][0] == {
        "name": "broken",
        "version": "1.0",
        "troubles": [f"{hook}: RuntimeError: no luck"],
    }
    assert sum(one["outcome"] == "passed" for one in report["outcomes"]) > 20
    shown = "".join(invlint("check", str(SAMPLE)).stdout.split())
    assert f"theplugin“broken”failed({hook}:RuntimeError:noluck)" in shown


CODE = {
    "make": ("def speciated(frames, documents, reference):", "mercury-species"),
    "column": ("def is_lamp(frames, reference):", "mercury-above-a-flask"),
    "judge": ("def whole(frames, reference):", "mercury-not-whole"),
    "compute": ("def root(value):", "mercury-species"),
}


@pytest.mark.parametrize(("head", "rule"), CODE.values(), ids=CODE)
def test_code_that_raises_crashes_the_rules_that_ask_for_it(
    head: str, rule: str, site: Path, tmp_path: Path, invlint: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    install_mercury(site, MERCURY.replace(head, f"{head}\n    raise RuntimeError('no luck')\n"))
    (tmp_path / "register.hgl").write_text("KEN 2012 40.5", "utf-8")
    done = invlint("check", "register.hgl", "-o", "json")
    assert done.returncode == 3
    outcomes = {one["rule"]: one for one in report_of(done)["outcomes"]}
    assert outcomes[rule]["outcome"] == "crashed"
    assert "the plugin “mercury”" in outcomes[rule]["reason"]
    assert "RuntimeError: no luck" in outcomes[rule]["reason"]
    assert sum(one["outcome"] == "crashed" for one in outcomes.values()) == 1


def test_a_reader_and_a_report_format_that_raise_are_named(
    site: Path, tmp_path: Path, invlint: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    code = MERCURY
    for head in ("def read(data, name):", "def render(report, view):"):
        code = code.replace(head, f"{head}\n    raise RuntimeError('no luck')\n")
    install_mercury(site, code)
    (tmp_path / "register.hgl").write_text("KEN 2012 40.5", "utf-8")
    done = invlint("check", "register.hgl", str(SAMPLE), "-o", "count", "-o", "json")
    assert done.returncode == 3
    assert "the report format count of a plugin failed (RuntimeError: no luck)" in done.stderr
    unread = report_of(done)["inputs"][0]["problem"]
    assert unread.startswith("the reader mercury-list of the plugin “mercury” failed (RuntimeError: no luck)")


NAMELESS = """
from invlint.plugins import *
nameless = lambda report, view: ""
@hookimpl
def invlint_reports():
    return [ReportFormat("nameless", "", nameless)]
"""

OF_NO_KIND = """
from invlint.plugins import *
def root(value): pass
@hookimpl
def invlint_functions():
    return [Function("root", ("number",), "plain", "the square root", root)]
"""


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("raise RuntimeError('no luck')", "load: RuntimeError: no luck"),
        (
            "from invlint.plugins import hookimpl\n@hookimpl\ndef invlint_chemical():\n    return []\n",
            "invlint_chemical: there is no such hook: did you mean invlint_chemicals?",
        ),
        (
            "from invlint.plugins import hookimpl\n@hookimpl\ndef invlint_chemicals():\n    return 'Hg'\n",
            "invlint_chemicals: TypeError: the hook gives str, and a list of things is wanted",
        ),
        (
            "from invlint.plugins import hookimpl\n@hookimpl\ndef invlint_chemicals():\n    return [('Hg',)]\n",
            "invlint_chemicals: TypeError: the hook gives a tuple where a Chemical is wanted",
        ),
        (
            OF_NO_KIND,
            "invlint_functions: ValueError: root: a function can take and give plain, text, yes or no, nothing else",
        ),
        (
            NAMELESS,
            "is no function at the top of a module, and cannot be loaded by its name",
        ),
    ],
    ids=["load", "no hook", "no list", "no chemical", "no kind", "lambda"],
)
def test_a_mistake_of_an_author_is_told(
    code: str, problem: str, site: Path, invlint: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    install(site, "mistaken", code)
    done = invlint("plugins", "--output", "json")
    assert done.returncode == 3
    (plugin,) = (one for one in json.loads(done.stdout)["plugins"] if one["name"] == "mistaken")
    (trouble,) = plugin["troubles"]
    assert problem in f"{trouble['hook']}: {trouble['problem']}"


@pytest.mark.parametrize(
    ("hook", "offer"),
    [
        ("chemicals", "Chemical('HCB', 'Hexachlorobenzene', 'mass')"),
        ("tables", "Table('entries', 'x', (Column('x', 'text', 'x'),), f)"),
        ("columns", "AddedColumn('releases', Column('factor', 'text', 'x'), f)"),
        ("checks", "Check('releases', 'factor', 'x', f)"),
        ("members", "Member('release', 'factor', {})"),
        ("reports", "ReportFormat('json', 'x', f)"),
        ("unit_words", "UnitWord('kg', '1', 't')"),
        ("functions", "Function('fold', (), 'plain', 'x', f)"),
    ],
)
def test_a_name_that_is_taken_is_refused(
    hook: str, offer: str, site: Path, invlint: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    code = f"from invlint.plugins import *\ndef f(): pass\n@hookimpl\ndef invlint_{hook}():\n    return [{offer}]\n"
    install(site, "clashing", code)
    done = invlint("check", str(SAMPLE), "-o", "json")
    assert done.returncode == 2, done.stdout + done.stderr
    assert "the plugin “clashing” brings" in done.stderr
    assert "so does invlint itself" in done.stderr
    assert invlint("check", str(SAMPLE), "-o", "json", "--no-plugin", "clashing").returncode == 0


def test_two_plugins_with_one_name_for_a_thing_are_refused(
    site: Path, invlint: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    code = (
        "from invlint.plugins import *\n@hookimpl\ndef invlint_chemicals():\n"
        "    return [Chemical('Hg', 'Mercury', 'mass')]\n"
    )
    install(site, "one", code)
    install(site, "other", code)
    done = invlint("check", str(SAMPLE))
    assert done.returncode == 2
    assert "the plugin “other” brings the chemical “Hg”, and so does one" in done.stderr


MEMBER = """from invlint.plugins import *
@hookimpl
def invlint_members():
    return [Member("release", "species", {SCHEMA}, {"COLUMN": ("/species/COLUMN", "number")})]
"""


def test_a_member_that_two_plugins_declare_alike_is_one_with_the_columns_of_both(
    site: Path, tmp_path: Path, invlint: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    schema = '"type": "object", "additionalProperties": {"type": "number"}'
    for name, column in (("one", "hg0"), ("other", "hg2")):
        install(site, name, MEMBER.replace("SCHEMA", schema).replace("COLUMN", column))
    (tmp_path / "ken.csv").write_text(
        "party,year,edition,class,vector,release,release_unit,hg0,hg2\nKEN,2020,2013,1a.1,air,3,g TEQ/a,1,2\n", "utf-8"
    )
    report = report_of(invlint("check", "ken.csv", "-o", "json"))
    assert "schema-violation" not in {found["rule"]["name"] for found in report["findings"]}


def test_a_member_that_two_plugins_declare_otherwise_is_refused(
    site: Path, invlint: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    for name, kind in (("one", "string"), ("other", "number")):
        install(site, name, MEMBER.replace("SCHEMA", f'"type": "{kind}"').replace("COLUMN", "hg0"))
    done = invlint("check", str(SAMPLE))
    assert done.returncode == 2
    assert "the plugin “other” brings the member “release/species”, and so does one" in done.stderr


def test_a_plugin_that_two_distributions_name_counts_once(
    site: Path, invlint: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    install(site, "twice", "")
    install(site, "twice", "", version="2.0")
    listed = json.loads(invlint("plugins", "--output", "json").stdout)["plugins"]
    assert [one["name"] for one in listed].count("twice") == 1


def test_what_a_plugin_offers_is_kept_until_its_files_change(
    site: Path, tmp_path: Path, invlint: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    code = (
        "import pathlib\npathlib.Path(__file__).with_suffix('.loaded').touch()\n"
        "from invlint.plugins import *\n@hookimpl\ndef invlint_chemicals():\n"
        "    return [Chemical('Hg', 'Mercury', 'mass')]\n"
    )
    install(site, "keen", code)
    mark = site / "keen.loaded"
    assert "chemicals: Hg" in invlint("plugins").stdout
    mark.unlink()
    assert "chemicals: Hg" in invlint("plugins").stdout
    assert not mark.exists()
    install(site, "keen", code.replace("'Hg', 'M", "'Hg0', 'Elemental m"))
    assert "chemicals: Hg0" in invlint("plugins").stdout
    for kept in (tmp_path / "cache").glob("plugins-*"):
        kept.write_bytes(b"damaged")
    assert "chemicals: Hg0" in invlint("plugins").stdout
