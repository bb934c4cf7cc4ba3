"""The parser of the rule language. Its tables take longer to make than most rule files to parse, so they are kept."""

from __future__ import annotations

import hashlib
import io
import pickle
import sys
from contextlib import suppress
from typing import Any

import lark
from lark import Lark
from lark.grammar import Rule
from lark.lexer import TerminalDef

from invlint.kept import keep, kept_folder, read_kept

_UNFIT = (pickle.UnpicklingError, AssertionError, AttributeError, EOFError, LookupError, TypeError, ValueError)
"""What tables of another shape than Lark's can raise."""


def kept_parser(grammar: str, start: list[str], postlex: Any) -> Lark:
    """The LALR parser of a grammar, from its kept tables where these were made by the same Lark and Python."""
    made_by = f"{lark.__version__} {sys.version_info[:2]} {start}\0{grammar}"
    path = kept_folder() / f"parser-{hashlib.sha256(made_by.encode()).hexdigest()[:32]}.tables"
    kept = read_kept(path)
    if kept is not None:
        with suppress(*_UNFIT):
            tables, memo = _PlainData(io.BytesIO(kept)).load()
            loaded: Lark = Lark._load_from_dict(tables, memo, postlex=postlex)  # type: ignore[no-untyped-call]
            return loaded
    parser = Lark(grammar, parser="lalr", start=start, propagate_positions=True, postlex=postlex)
    tables, memo = parser.memo_serialize([TerminalDef, Rule])
    tables["options"]["postlex"] = None
    keep(path, pickle.dumps([tables, memo]))
    return parser


class _PlainData(pickle.Unpickler):
    """Reads numbers, texts and what holds them. Nothing else can be in a file, so nothing in it can run."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name} is no plain data")
