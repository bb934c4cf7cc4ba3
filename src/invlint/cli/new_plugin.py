"""`invlint new plugin`: write a package that adds a chemical, rules, a reader and a report format, to start from."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from string import Template, ascii_uppercase
from typing import TYPE_CHECKING

from invlint.cli.new_file import write_new
from invlint.cli.terminal import put
from invlint.errors import UsageError

if TYPE_CHECKING:
    import argparse

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_FILES = Path(__file__).parent / "new_plugin_files"
_LETTERS = 3

_PLACES = {
    "pyproject.toml": "pyproject.toml",
    "README.md": "README.md",
    "plugin.py": "src/$module/plugin.py",
    "checks.py": "src/$module/checks.py",
    "register.py": "src/$module/register.py",
    "report.py": "src/$module/report.py",
    "implausible.rule": "src/$module/rules/$name-implausible.rule",
    "falsely-precise.rule": "src/$module/rules/$name-falsely-precise.rule",
    "test_plugin.py": "tests/test_${word}_plugin.py",
}
"""Each file of the package, and where it goes."""


def add_arguments(new: argparse.ArgumentParser) -> None:
    """The arguments of `invlint new plugin`."""
    new.add_argument("name", metavar="NAME", help="the plugin's name: mercury")
    new.add_argument("--chemical", metavar="CODE", help="the chemical's name in inventories (default: Mercury)")
    new.add_argument("-o", "--output", metavar="FOLDER", help="the folder to write (default: invlint-NAME)")


def run_plugin(options: argparse.Namespace) -> int:
    """Write the package; return the exit status."""
    _check_name(options.name)
    words = _words(options.name, options.chemical)
    folder = Path(options.output or f"invlint-{options.name}")
    if folder.exists():
        raise UsageError(f"“{folder}” is there already, and is left as it is: choose another folder with -o")
    texts = {Template(place).substitute(words): _text(file, words) for file, place in _PLACES.items()}
    texts[f"src/{words['module']}/__init__.py"] = f'"""What invlint knows of {words["chemical"]}."""\n'
    for place, text in texts.items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        write_new(path, text.encode())
    put(
        sys.stdout,
        f"wrote {folder}\nnext: python -m pip install -e {folder}, then `invlint plugins` lists it, and pytest in the "
        "folder runs its tests\n",
    )
    return 0


def _check_name(name: str) -> None:
    from invlint.plugins.installed import installed_plugins

    if not _NAME.fullmatch(name):
        raise UsageError(f"“{name}” is no name for a plugin; it is words in small letters with hyphens between them")
    if any(plugin.name == name for plugin in installed_plugins()):
        raise UsageError(f"a plugin “{name}” is installed already: choose another name")


def _words(name: str, chemical: str | None) -> dict[str, str]:
    """What the files are filled with."""
    from invlint.reference import shipped_reference

    chemical = chemical or name.replace("-", " ").capitalize()
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9/ -]{0,30}", chemical):
        raise UsageError(f"“{chemical}” is no name for a chemical: letters, digits, blanks, hyphens and / can be in it")
    if chemical in shipped_reference().chemicals:
        raise UsageError(f"the chemical {chemical} is known already: name another with --chemical")
    word = name.replace("-", "_")
    return {
        "name": name,
        "word": word,
        "module": f"invlint_{word}",
        "chemical": chemical,
        "code": _free_letters(name),
        "ending": name.replace("-", ""),
    }


def _free_letters(name: str) -> str:
    """Three letters like the name, with which no code of an installed rule begins."""
    from invlint.rules.describe import written_rules
    from invlint.rules.load import rule_sources

    taken = {written.rule.code[:_LETTERS] for written in written_rules(rule_sources())}
    begin = "".join(sign for sign in name.upper() if sign.isalpha())[:_LETTERS].ljust(_LETTERS, "X")
    candidates = (begin, *(begin[:-1] + letter for letter in reversed(ascii_uppercase)))
    return next(letters for letters in candidates if letters not in taken)


def _text(file: str, words: dict[str, str]) -> str:
    text = Template((_FILES / f"{file}.txt").read_text("utf-8")).substitute(words)
    if not file.endswith(".rule"):
        return text
    from invlint.lang.format import format_rules

    return format_rules(text, file)
