"""Factors that are not the Toolkit's: beside the default of their class, and one a Party for comparing Parties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from invlint.middle import median
from invlint.tables.amounts import Amount, add_amounts, copy_amounts
from invlint.tables.derived import block_of
from invlint.tables.frame import Frame
from invlint.units.dimension import describe_dimension

if TYPE_CHECKING:
    from collections.abc import Iterable

    from invlint.tables.frame import RowPlace

_DEFAULT_KEY = ("edition", "class", "chemical", "vector", "residue_kind")
_COPIED = ("party", "year", "edition", "teq_scheme", "group", "category", "class", "site",
           "chemical", "vector", "residue_kind", "origin")  # fmt: skip
_EPS = 1e-9


class PeerFactor(NamedTuple):
    """A Party's own factor: in base units, with its dimension."""

    party: str
    class_id: str
    chemical: str
    vector: str
    residue_kind: str | None
    factor: float
    dimension: int


def own_factors_frame(releases: Frame, defaults: Frame) -> Frame:
    """The releases whose factor is national, of a plant or measured, each with the default of its class."""
    default_of = dict(zip(
        zip(*(defaults.column(name) for name in _DEFAULT_KEY), strict=True),
        zip(copy_amounts(defaults, "factor"), defaults.column("evidence"), strict=True),
        strict=True,
    ))  # fmt: skip
    rows = [
        row
        for row, (origin, factor) in enumerate(zip(releases.column("origin"), releases.column("factor"), strict=True))
        if origin is not None and origin != "toolkit" and factor is not None
    ]
    columns: dict[str, list[Any]] = {
        name: [values[row] for row in rows] for name in _COPIED for values in (releases.column(name),)
    }
    columns["block"] = [block_of(class_id) for class_id in columns["class"]]
    factors = copy_amounts(releases, "factor")
    add_amounts(columns, "factor", [factors[row] for row in rows])
    keys = zip(*(columns[name] for name in _DEFAULT_KEY), strict=True)
    found = [default_of.get(key, (_NO_DEFAULT, None)) for key in keys]
    add_amounts(columns, "default", [amount for amount, _ in found])
    columns["evidence"] = [evidence for _, evidence in found]
    places: list[RowPlace] = [releases.places[row] for row in rows]
    return Frame("own_factors", len(rows), columns, places)


_NO_DEFAULT: Amount = (None, None, None, None)


def peer_factors(own_factors: Frame) -> list[PeerFactor]:
    """One factor a Party, class, chemical, vector and residue kind: the median of its newest reference year.

    Factors that equal the default are left out: with half the world on the default everyone else would be an outlier.
    """
    newest: dict[tuple[Any, ...], tuple[int, list[float]]] = {}
    names = ("party", "class", "chemical", "vector", "residue_kind", "factor.dim", "year", "factor", "default")
    for *key, year, factor, default in zip(*(own_factors.column(name) for name in names), strict=True):
        if None in (key[0], key[1], key[2], key[3], key[5], year) or factor <= 0 or _is(factor, default):
            continue
        known = newest.get(tuple(key))
        if known is None or year > known[0]:
            newest[tuple(key)] = (year, [factor])
        elif year == known[0]:
            known[1].append(factor)
    return [
        PeerFactor(party, class_id, chemical, vector, kind, median(factors), dimension)
        for (party, class_id, chemical, vector, kind, dimension), (_, factors) in newest.items()
    ]


def _is(factor: float, default: float | None) -> bool:
    return default is not None and abs(factor - default) <= _EPS * max(abs(factor), abs(default))


def peers_frame(own_factors: Frame, others: Iterable[PeerFactor]) -> Frame:
    """The factors of the Parties of this run, and of `others` that are not in it."""
    mine = peer_factors(own_factors)
    here = {peer.party for peer in mine} | set(own_factors.column("party"))
    peers = [*mine, *(peer for peer in others if peer.party not in here)]
    columns: dict[str, list[Any]] = {
        "party": [peer.party for peer in peers],
        "class": [peer.class_id for peer in peers],
        "chemical": [peer.chemical for peer in peers],
        "vector": [peer.vector for peer in peers],
        "residue_kind": [peer.residue_kind for peer in peers],
    }
    add_amounts(columns, "factor", [(peer.factor, peer.dimension, None, None) for peer in peers])
    columns["factor_kind"] = [describe_dimension(peer.dimension) for peer in peers]
    return Frame("peers", len(peers), columns, [()] * len(peers))
