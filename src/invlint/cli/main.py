"""Call the verb that the command line names; each is a file of this folder with `parser()` and `run(options)`."""

from __future__ import annotations

import argparse
import gc
import sys
from importlib import import_module

from invlint import __version__
from invlint.errors import InvlintError

USAGE_STATUS = 2
_NO_PLUGIN = "--no-plugin"

VERBS = {
    "check": "check inventories and report what is wrong",
    "config": "show what is configured, and where",
    "waive": "explain a finding, so that it does not count",
    "baseline": "set aside what is found today",
    "diff": "compare two submissions",
    "compare": "compare two saved reports",
    "render": "write a saved report in another format",
    "read": "show how a file was understood, with the cells",
    "convert": "write an inventory in another format",
    "summary": "add inventories up by group, vector and Annex C line",
    "peers": "gather the factors of an archive, to compare with",
    "rules": "list the rules",
    "rule": "explain a rule",
    "new": "write an empty inventory, a rule file or a plugin, to start from",
    "test": "run the examples in rule files",
    "reference": "show the default factors, or import your own table of them",
    "fmt": "bring rule files into their layout",
    "completion": "let the shell complete verbs and options",
    "plugins": "list the plugins that take part, with what they add",
}
"""Each verb with what it does, in the order of the help."""


def main_parser() -> argparse.ArgumentParser:
    """The parser of the first word; what follows belongs to the verb."""
    verbs = "\n".join(f"  {name:<10}  {does}" for name, does in VERBS.items())
    parser = argparse.ArgumentParser(
        prog="invlint",
        description="Check release inventories of unintentional POPs (Stockholm Convention, UNEP Toolkit).",
        epilog=f"verbs:\n{verbs}\n\n`invlint VERB --help` explains one.\n"
        "`--no-plugin NAME`, with any verb, leaves a plugin out; `invlint plugins` lists them.\n\n"
        "Exit status: 0 nothing at or above --fail-on; 1 findings; 2 wrong usage or rule file;\n"
        "3 the check is incomplete.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage="invlint [--help] [--version] VERB ...",
    )
    parser.add_argument("--version", action="version", version=f"invlint {__version__}")
    parser.add_argument("verb", choices=VERBS, metavar="VERB", help=argparse.SUPPRESS)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    words = sys.argv[1:] if arguments is None else arguments
    if not words:
        main_parser().print_help(sys.stderr)
        return USAGE_STATUS
    gc.disable()  # a run makes millions of small tuples and next to no cycles: looking for them costs a tenth of it
    try:
        words = _without_plugins(words)
        verb = words[0] if words and words[0] in VERBS else main_parser().parse_args(words[:1]).verb
        module = import_module(f"invlint.cli.{verb}")
        status: int = module.run(module.parser().parse_args(words[1:]))
    except InvlintError as error:
        print(f"invlint: {error}", file=sys.stderr)  # noqa: T201
        return USAGE_STATUS
    except BrokenPipeError:
        return 0
    finally:
        gc.freeze()  # nor are they looked through for cycles once more as the process ends
    return status


def _without_plugins(words: list[str]) -> list[str]:
    """The words without the options --no-plugin, which are heeded first: plugins take part in what is loaded next."""
    left: list[str] = []
    off: list[str] = []
    rest = iter(words)
    for word in rest:
        if word == _NO_PLUGIN:
            off.append(next(rest, ""))
        elif word.startswith(f"{_NO_PLUGIN}="):
            off.append(word.partition("=")[2])
        else:
            left.append(word)
    if off:
        from invlint.plugins import switch_off

        switch_off(off)
    return left
