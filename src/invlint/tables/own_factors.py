"""Factors that are not the Toolkit's: beside the default of their class, and one a Party for comparing Parties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from invlint.middle import median
from invlint.tables.amounts import NOTHING, add_amounts, copy_amounts
from invlint.tables.derived import block_of
from invlint.tables.frame import Frame
from invlint.units.dimension import describe_dimension

if TYPE_CHECKING:
    from collections.abc import Iterable

    from invlint.tables.frame import RowPlace

_DEFAULT_KEY = ("edition", "class", "chemical", "vector", "residue_kind")
_COPIED = (
    "party", "year", "edition", "teq_scheme", "group", "category", "class", "site", "chemical", "vector",
    "residue_kind", "origin", "factor", "factor.dim", "factor.value", "factor.unit",
)  # fmt: skip
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
    lines = zip(*(defaults.column(name) for name in _DEFAULT_KEY), strict=True)
    line_of = dict(zip(lines, range(defaults.size), strict=True))
    rows = [
        row
        for row, (origin, factor) in enumerate(zip(releases.column("origin"), releases.column("factor"), strict=True))
        if origin is not None and origin != "toolkit" and factor is not None
    ]
    columns = {name: releases.some(name, rows) for name in _COPIED}
    columns["block"] = [block_of(class_id) for class_id in columns["class"]]
    factors, evidence = copy_amounts(defaults, "factor"), defaults.column("evidence")
    found = [line_of.get(key) for key in zip(*(columns[name] for name in _DEFAULT_KEY), strict=True)]
    add_amounts(columns, "default", [NOTHING if line is None else factors[line] for line in found])
    columns["evidence"] = [None if line is None else evidence[line] for line in found]
    places: list[RowPlace] = [releases.places[row] for row in rows]
    return Frame("own_factors", len(rows), columns, places)


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
