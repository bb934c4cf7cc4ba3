"""The tables of the parser are kept between runs, and nothing but time depends on them."""

from __future__ import annotations

import hashlib
import pickle
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from invlint.errors import RuleFileError
from invlint.lang import parse, parse_rules

if TYPE_CHECKING:
    from collections.abc import Callable

SHIPPED = [path.read_text("utf-8") for path in sorted((Path(__file__).parents[2] / "rules").rglob("*.rule"))[:4]]
WRONG = SHIPPED[0].replace("expect", "expct", 1)


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Any]:
    """What a new process with this cache folder makes of some rules and of a wrong one."""
    monkeypatch.setenv("INVLINT_CACHE_DIR", str(tmp_path))
    make = parse._parser.__wrapped__

    def parsed() -> list[Any]:
        monkeypatch.setattr(parse, "_parser", lru_cache(make))
        parse_rules.cache_clear()
        with pytest.raises(RuleFileError) as wrong:
            parse_rules(WRONG, "wrong.rule")
        return [*(parse_rules(text, "x.rule") for text in SHIPPED), str(wrong.value)]

    return parsed


def _behind_digest(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def test_kept_tables_parse_as_those_just_made(
    fresh: Callable[[], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = fresh()
    assert [path.suffix for path in tmp_path.iterdir()] == [".tables"]
    monkeypatch.setattr("invlint.lang.kept_parser.Lark.__init__", lambda *_, **__: pytest.fail("made again"))
    assert made == fresh()


@pytest.mark.parametrize(
    "instead",
    [
        b"",
        b"garbage",
        b"\xff" * 100,
        _behind_digest(b""),
        _behind_digest(b"garbage"),
        _behind_digest(pickle.dumps([1, 2])),
        _behind_digest(pickle.dumps([{}, {}])),
        _behind_digest(pickle.dumps([1, 2, 3])),
    ],
)
def test_what_are_no_tables_is_made_again(fresh: Callable[[], Any], tmp_path: Path, instead: bytes) -> None:
    made = fresh()
    (file,) = tmp_path.iterdir()
    kept = file.read_bytes()
    file.write_bytes(instead)
    assert made == fresh()
    assert len(file.read_bytes()) == pytest.approx(len(kept), rel=0.05)


def test_a_kept_file_can_run_nothing(fresh: Callable[[], Any], tmp_path: Path) -> None:
    made = fresh()
    (file,) = tmp_path.iterdir()

    class Trap:
        def __reduce__(self) -> Any:
            return Path.touch, (tmp_path / "sprung",)

    file.write_bytes(_behind_digest(pickle.dumps([Trap(), {}])))
    assert made == fresh()
    assert not (tmp_path / "sprung").exists()


def test_a_damaged_byte_is_met(fresh: Callable[[], Any], tmp_path: Path) -> None:
    made = fresh()
    (file,) = tmp_path.iterdir()
    kept = file.read_bytes()
    for at in range(0, len(kept), len(kept) // 7):
        file.write_bytes(kept[:at] + bytes([kept[at] ^ 1]) + kept[at + 1 :])
        assert made == fresh()
