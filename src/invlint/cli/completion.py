"""`invlint completion`: what a shell needs to complete the command line, made from the parsers."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from invlint.cli.terminal import Help, put

if TYPE_CHECKING:
    from collections.abc import Mapping

SHELLS = ("bash", "zsh", "fish")
_WHERE = {
    "bash": "~/.local/share/bash-completion/completions/invlint",
    "zsh": "a file _invlint in a folder of $fpath",
    "fish": "~/.config/fish/completions/invlint.fish",
}


def parser() -> argparse.ArgumentParser:
    """The arguments of `invlint completion`."""
    places = "; ".join(f"{shell}: {where}" for shell, where in _WHERE.items())
    completion = argparse.ArgumentParser(
        prog="invlint completion",
        description="Print the script by which a shell completes verbs and options of invlint.",
        epilog=f"Save it where the shell looks for it, and open a new shell. {places}.",
        formatter_class=Help,
    )
    completion.add_argument("shell", choices=SHELLS, help="the shell")
    return completion


def run(options: argparse.Namespace) -> int:
    """Print the script."""
    import shtab

    put(sys.stdout, shtab.complete(whole_parser(), shell=options.shell) + "\n")
    return 0


def whole_parser() -> argparse.ArgumentParser:
    """One parser of all verbs, which are taken apart by one of their own otherwise; paths are completed as files."""
    import shtab

    from invlint.cli.main import VERBS

    whole = argparse.ArgumentParser(prog="invlint")
    verbs = whole.add_subparsers()
    for verb, does in VERBS.items():
        of_verb = import_module(f"invlint.cli.{verb}").parser()
        _complete_files(of_verb, shtab.FILE)
        verbs.add_parser(verb, help=does, parents=[of_verb], add_help=False)
    return whole


def _complete_files(parser: argparse.ArgumentParser, file: Mapping[str, Any]) -> None:
    """Let arguments that name files or folders be completed by what is there."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                _complete_files(below, file)
        elif _names_files(action):
            action.complete = file  # type: ignore[attr-defined]


def _names_files(action: argparse.Action) -> bool:
    return action.metavar in _FILES


_FILES = ("PATH", "FILE", "NEW_FILE", "OLD", "NEW", "REPORT", "TABLE", "FOLDER", "ARCHIVE")
"""How the parsers call files and folders."""
