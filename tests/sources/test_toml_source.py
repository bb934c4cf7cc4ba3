"""TOML files: what they say, on which line, and what is said of those that are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invlint.errors import ReadingError
from invlint.sources.toml_source import read_toml

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXT = '''\
# a head
fail-on = "error"
select = [
  "STR", # [rules.not-a-head]
  "COM",
]
why = """
[no.head]
x = 1
"""
a.b.c = 1

[rules.missing-class]
severity = "info"
parameters = { fold = 2, near = { x = 1 } }

[[overrides]]
where = "year < 1995"
[overrides.rules.missing-class]
severity = "info"
[[overrides]]
[[overrides.inner]]
x = 1
[[overrides.inner]]
x = 2
'''


def test_each_member_knows_its_line(write: Callable[[str, str], Path]) -> None:
    assert read_toml(write("a.toml", TEXT)).lines == {
        ("fail-on",): 2,
        ("select",): 3,
        ("why",): 7,
        ("a",): 11,
        ("a", "b"): 11,
        ("a", "b", "c"): 11,
        ("rules", "missing-class"): 13,
        ("rules", "missing-class", "severity"): 14,
        ("rules", "missing-class", "parameters"): 15,
        ("rules", "missing-class", "parameters", "fold"): 15,
        ("rules", "missing-class", "parameters", "near"): 15,
        ("rules", "missing-class", "parameters", "near", "x"): 15,
        ("overrides", 0): 17,
        ("overrides", 0, "where"): 18,
        ("overrides", 0, "rules", "missing-class"): 19,
        ("overrides", 0, "rules", "missing-class", "severity"): 20,
        ("overrides", 1): 21,
        ("overrides", 1, "inner", 0): 22,
        ("overrides", 1, "inner", 0, "x"): 23,
        ("overrides", 1, "inner", 1): 24,
        ("overrides", 1, "inner", 1, "x"): 25,
    }


@pytest.mark.parametrize(
    ("content", "problem", "place"),
    [
        (b'a = "', "the file is no TOML: ", (1, None)),
        (b"a = 1\na = 2\n", "the file is no TOML: Cannot overwrite a value", (2, None)),
        (b"\xff", "the file is no UTF-8 text: save it as UTF-8", (None, None)),
        (b"a = " + b"[" * 100_000, "the file ", (None, None)),
        (b"b = 1\na = [" + b"1,\n" * 200 + b"]", "a value runs over more than 100 lines", (2, 1)),
    ],
)
def test_a_file_that_is_none_says_why_and_where(
    write: Callable[[str, bytes], Path], content: bytes, problem: str, place: tuple[int | None, ...]
) -> None:
    with pytest.raises(ReadingError) as met:
        read_toml(write("a.toml", content))
    assert met.value.problem.startswith(problem)
    if place[0] is not None:
        assert met.value.line == place[0]


def test_a_file_that_is_not_there_or_too_large_says_so(tmp_path: Path, write: Callable[[str, bytes], Path]) -> None:
    with pytest.raises(ReadingError, match="cannot be opened"):
        read_toml(tmp_path / "none.toml")
    with pytest.raises(ReadingError, match="larger than 1 MB"):
        read_toml(write("large.toml", b"#" * 1_000_001))


@given(st.text())
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("toml") / "a.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        found = read_toml(path)
    except ReadingError:
        return
    assert set(found.data) <= {way[0] for way in found.lines}
