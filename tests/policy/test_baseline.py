"""The file of a baseline: what is written is read again, and what is none is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invlint.errors import UsageError
from invlint.model.finding import KEY_MEMBERS, Finding, Location, Waived
from invlint.policy.baseline import Baseline, Entry, apply_baseline, baseline_text, entries_of, read_baseline

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def finding(identity: str) -> Finding:
    key = dict.fromkeys(KEY_MEMBERS) | {"party": "KEN", "year": 2020}
    return Finding(identity, "XYZ101", "a-rule", "error", key, "m", "h")


def test_an_entry_is_a_line_and_the_order_is_that_of_the_ids(write: Callable[[str, str], Path]) -> None:
    text = baseline_text(entries_of([finding("a-rule:2"), finding("a-rule:1")]))
    assert text == (
        '{"format": "invlint/baseline-1",\n "findings": [\n'
        '  {"id": "a-rule:1", "rule": "a-rule", "key": {"party": "KEN", "year": 2020}},\n'
        '  {"id": "a-rule:2", "rule": "a-rule", "key": {"party": "KEN", "year": 2020}}\n ]}\n'
    )
    path = write("b.json", text)
    place = Location("primary", path.as_posix(), 4, 3)
    assert read_baseline(path).entries[1] == Entry("a-rule:2", "a-rule", {"party": "KEN", "year": 2020}, place)


@given(st.lists(st.tuples(st.text(), st.dictionaries(st.text(), st.text() | st.integers()))))
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, given_entries: list[tuple[str, dict[str, str | int]]]
) -> None:
    entries = [Entry(f"a-rule:{number}", "a-rule", key) for number, (_, key) in enumerate(given_entries)]
    path = tmp_path_factory.mktemp("baseline") / "b.json"
    try:
        path.write_text(baseline_text(entries), "utf-8")
    except UnicodeEncodeError:
        return
    read = read_baseline(path).entries
    assert sorted(one.id for one in read) == sorted(one.id for one in entries)
    assert {one.id: dict(one.key) for one in read} == {one.id: dict(one.key) for one in entries}


def test_a_finding_that_a_waiver_explains_is_not_marked() -> None:
    findings = [finding("a-rule:1"), finding("a-rule:2")._replace(waived=Waived("measured")), finding("a-rule:3")]
    marked = apply_baseline(
        findings, Baseline("b.json", (Entry("a-rule:1", "a-rule", {}), Entry("a-rule:2", "a-rule", {})))
    )
    assert [one.baselined for one in marked] == [True, False, False]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "b.json is no baseline: `invlint baseline write` makes one"),
        ("[]", "b.json is no baseline"),
        ("[1]", "b.json is no baseline"),
        ('{"format": "invlint/report-1", "findings": []}', "b.json is no baseline"),
        ('{"format": "invlint/baseline-1", "findings": 5}', "b.json is no baseline"),
        ('{"format": "invlint/baseline-1",\n"findings": [5]}', "b.json:2: an entry of a baseline has an id"),
        ('{"format": "invlint/baseline-1", "findings": [{"id": 5}]}', "b.json:1: an entry of a baseline has an id"),
    ],
)
def test_a_file_that_is_none_is_refused(write: Callable[[str, str], Path], text: str, told: str) -> None:
    with pytest.raises(UsageError) as met:
        read_baseline(write("b.json", text))
    assert told in str(met.value)


def test_a_file_that_cannot_be_read_is_refused(write: Callable[[str, bytes], Path]) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_baseline(write("b.json", b"\xff\xff"))


def test_a_key_that_is_none_says_nothing_of_where_it_was(write: Callable[[str, str], Path]) -> None:
    path = write("b.json", '{"format": "invlint/baseline-1", "findings": [{"id": "a-rule:1", "key": 5}]}')
    assert read_baseline(path).entries[0].key == {}
