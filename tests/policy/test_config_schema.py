"""The JSON Schema of a configuration says what the reader does."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from invlint.errors import UsageError
from invlint.model.finding import SEVERITIES
from invlint.policy import config_file
from invlint.policy.config import WAIVERS
from invlint.resources import shipped

SCHEMA = json.loads((shipped("schemas") / "config.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
PROFILES = Path(config_file.__file__).parent / "profiles"


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_it_knows_the_members_and_words_of_the_reader() -> None:
    assert set(SCHEMA["properties"]) == set(config_file.MEMBERS)
    assert set(SCHEMA["$defs"]["severity"]["enum"]) == set(SEVERITIES)
    assert tuple(SCHEMA["properties"]["waivers"]["enum"]) == WAIVERS


@pytest.mark.parametrize("path", sorted(PROFILES.glob("*.toml")), ids=lambda path: path.stem)
def test_the_shipped_profiles_keep_it(path: Path) -> None:
    VALIDATOR.validate(tomllib.loads(path.read_text("utf-8")))


@pytest.mark.parametrize(
    "text",
    [
        "zzz = 1",
        "extend = 5",
        "fail-on = 'bad'",
        "evidence-cap = 1",
        "waivers = 'no'",
        "baseline = 5",
        "select = 'FAC'",
        "ignore = [1]",
        "extend-select = {}",
        "rules = 5",
        "rules.FAC104 = 5",
        "rules.FAC104.severty = 'info'",
        "rules.FAC104.severity = 'bad'",
        "rules.FAC104.parameters = 5",
        "rules.FAC104.parameters.fold = [5]",
        "rules.FAC104.parameters.fold = true",
        "overrides = 5",
        "overrides = [5]",
        "[[overrides]]\nrules = {}",
        "[[overrides]]\nwhere = 5",
        "[[overrides]]\npaths = 5",
        "[[overrides]]\nwhere = 'year < 1995'\nzzz = 1",
        "fail-on = 'info'\nselect = ['FAC']\nrules.FAC104 = { severity = 'info', parameters = { fold = '5' } }",
        "extend = ['gate']\n[[overrides]]\npaths = ['a/*']\nrules.FAC.severity = 'info'",
    ],
)
def test_schema_and_reader_refuse_the_same(tmp_path: Path, text: str) -> None:
    data: dict[str, Any] = tomllib.loads(text)
    path = tmp_path / "invlint.toml"
    path.write_text(text, "utf-8")
    try:
        config_file.load_file(path)
        is_read = True
    except UsageError:
        is_read = False
    assert VALIDATOR.is_valid(data) is is_read
