"""The plugins that take part in this process, with what they offer."""

# Annotations are not deferred here: each of a NamedTuple would be compiled from its text at every start.

from collections.abc import Container, Iterable
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from invlint.errors import UsageError
from invlint.plugins.installed import installed_plugins
from invlint.plugins.kept_offers import keep_offers, kept_offers
from invlint.plugins.offers import Member, Offers

_OFF: list[str] = []


class Plugin(NamedTuple):
    """A plugin: where it comes from, what it offers, and what went wrong, as (hook; problem)."""

    name: str
    module: str
    distribution: str
    version: str
    offers: Offers
    troubles: tuple[tuple[str, str], ...] = ()


def switch_off(names: Iterable[str]) -> None:
    """Leave plugins out of this process. Raises UsageError for a name that no installed plugin has."""
    known = [plugin.name for plugin in installed_plugins()]
    for name in names:
        if name not in known:
            from difflib import get_close_matches

            near = get_close_matches(name, known, n=1)
            mend = f"did you mean {near[0]}?" if near else f"installed are {', '.join(known) or 'none'}"
            raise UsageError(f"there is no plugin “{name}”: {mend}")
        _OFF.append(name)
    active.cache_clear()


def switched_off() -> tuple[str, ...]:
    """The plugins that were left out."""
    return tuple(dict.fromkeys(_OFF))


@lru_cache(maxsize=1)
def active() -> tuple[Plugin, ...]:
    """The plugins that take part, by name. Raises UsageError where two offer one name."""
    installed = installed_plugins()
    for one, other in pairwise(installed):
        if one.name == other.name:
            raise UsageError(
                f"two plugins are called “{one.name}” ({one.module} of {one.distribution}, {other.module} of "
                f"{other.distribution}): take one of them off"
            )
    plugins = kept_offers(installed)
    if plugins is None:
        from invlint.plugins.gather import gather

        plugins = tuple(Plugin(*one, *gather(one)) for one in installed)
        keep_offers(installed, plugins)
    return tuple(plugin for plugin in plugins if plugin.name not in _OFF)


def offered(part: str, taken: Container[str] = ()) -> list[tuple[str, Any]]:
    """(plugin, offer) of one part of the offers, as `chemicals`.

    `taken` are names that invlint itself has. Raises UsageError for a name that is
    taken, or that two plugins offer; a member that they declare alike is one with the columns of both.
    """
    found: dict[str, tuple[str, Any]] = {}
    unnamed = []
    for plugin in active():
        for offer in getattr(plugin.offers, part):
            name = _name(offer)
            if name is None:
                unnamed.append((plugin.name, offer))
                continue
            known = found.get(name)
            if known is not None and _alike(known[1], offer):
                found[name] = known[0], known[1]._replace(columns=known[1].columns | offer.columns)
                continue
            holder = "invlint itself" if name in taken else known[0] if known is not None else None
            if holder is not None:
                raise UsageError(
                    f"the plugin “{plugin.name}” brings the {_WORDS[part]} “{name}”, and so does {holder}: leave the "
                    f"plugin out with --no-plugin {plugin.name}, and tell its author"
                )
            found[name] = plugin.name, offer
    return [*found.values(), *unnamed]


_WORDS = {
    "chemicals": "chemical",
    "reference_tables": "rows of the table",
    "tables": "table",
    "columns": "column",
    "checks": "check",
    "members": "member",
    "readers": "reader",
    "reports": "report format",
    "unit_words": "unit",
    "functions": "function",
}
"""Parts of the offers that have names, and the word for one of such things."""


def _alike(one: Any, other: Any) -> bool:
    """Whether two offers of one name are one member of the document."""
    return isinstance(other, Member) and one.schema == other.schema


def _name(offer: Any) -> str | None:
    """What an offer is called among others of its kind; files have no name."""
    if hasattr(offer, "column"):
        return f"{offer.table}.{offer.column.name}"
    if hasattr(offer, "judge"):
        return f"{offer.table}.{offer.name}"
    if hasattr(offer, "level"):
        return f"{offer.level}/{offer.name}"
    return getattr(offer, "name", None) or getattr(offer, "word", None)
