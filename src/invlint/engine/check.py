"""Check readings against a plan: from documents to findings and outcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from invlint.engine.outcomes import make_outcomes
from invlint.engine.run import run_plan
from invlint.model.report import Input, Outcome
from invlint.schema import shape_rows
from invlint.sources.document import Reading
from invlint.tables import EARLIER, UPKEEP, Frames, build_frames, raw_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from invlint.engine.places import Places
    from invlint.engine.run import RuleResult
    from invlint.model.finding import Finding, Remedy
    from invlint.model.plan import Plan
    from invlint.reference import Reference
    from invlint.tables.own_factors import PeerFactor


class Checked(NamedTuple):
    """What a check gives, before policy."""

    inputs: list[Input]
    outcomes: list[Outcome]
    findings: list[Finding]
    earlier: list[Input]
    remedies: list[Remedy]


def check_readings(
    readings: list[Reading],
    plan: Plan,
    reference: Reference,
    selected: set[str] | None = None,
    advance: Callable[[], None] = lambda: None,
    earlier: Sequence[Reading] = (),
    peers: Sequence[PeerFactor] = (),
) -> Checked:
    """Judge all documents by the selected rules, Parties and years together; `advance` is called after each rule.

    `earlier` are the earlier submissions of the same Parties, which rules hold the new ones against, and `peers`
    the factors of other Parties.
    """
    frames = build_frames(readings, shape_rows(readings), reference, earlier, peers)
    results = run_plan(plan, frames, selected, advance)
    findings, places = _findings(results, frames, [*readings, *earlier])
    remedies: list[Remedy] = []
    if places is not None and len(findings) > 1:
        from invlint.engine.remedies import propose

        remedies = propose(results, frames, readings, plan, reference, places)
    inputs = _inputs(readings, frames)
    return Checked(
        inputs, make_outcomes(results, frames), findings, _earlier_inputs(readings, earlier, frames), remedies
    )


def check_upkeep(
    rows: Mapping[str, list[dict[str, Any]]], places: list[Reading], plan: Plan, selected: set[str]
) -> tuple[list[Finding], list[Outcome]]:
    """Judge what sets findings aside by the selected rules on its tables: findings, and the outcomes of these rules.

    `rows` are those of the tables `waivers` and `baseline`; the `place` of each is the number of a reading that has its
    place.
    """
    frames = Frames({name: raw_frame(name, []) for name in _ASKED_OF_INVENTORIES}, {})
    for name, part in rows.items():
        frames.put(raw_frame(name, part))
    rules = {rule.name for rule in plan.rules if all(block.table in UPKEEP for block in rule.blocks)}
    results = run_plan(plan, frames, rules & selected)
    return _findings(results, frames, places)[0], make_outcomes(results, frames)


def _findings(
    results: list[RuleResult], frames: Frames, readings: list[Reading]
) -> tuple[list[Finding], Places | None]:
    """The findings, and where they were found; what tells of findings is loaded where there are any."""
    if not any(result.failures for result in results):
        return [], None
    from invlint.engine.findings import make_findings
    from invlint.engine.places import Places

    places = Places(readings)
    return make_findings(results, frames, places), places


_ASKED_OF_INVENTORIES = (*UPKEEP, "inventories", "releases", EARLIER + "inventories")


def _earlier_inputs(readings: list[Reading], earlier: Sequence[Reading], frames: Frames) -> list[Input]:
    """What each file of an earlier submission held of the Parties that submit now."""
    unread = [Reading("", None, tuple(document for one in readings for document in one.documents))]
    return _inputs([*unread, *earlier], frames, EARLIER)[1:]


def _inputs(readings: list[Reading], frames: Frames, prefix: str = "") -> list[Input]:
    """What each file held: Parties, years, rows. `prefix` goes before the names of the tables."""
    of_document = [number for number, reading in enumerate(readings) for _ in reading.documents]
    parties: list[dict[str, None]] = [{} for _ in readings]
    years: list[dict[int, None]] = [{} for _ in readings]
    scopes: list[dict[str, None]] = [{} for _ in readings]
    rows = [0] * len(readings)
    for table in ("entries", "releases", "totals", "inventories"):
        frame = frames[prefix + table]
        columns = (frame.column("party"), frame.column("year"), frame.column("reports"))
        for place, party, year, reports in zip(frame.places, *columns, strict=True):
            file = of_document[place[0]]
            rows[file] += table != "inventories" and not reports
            if party is not None:
                parties[file][party] = None
            if year is not None:
                years[file][year] = None
    inventories = frames[prefix + "inventories"]
    for place, scope, vectors in zip(
        inventories.places,
        inventories.column("scope_set"),
        inventories.column("scope_vectors_set"),
        strict=True,
    ):
        for part in (*sorted(scope or ()), *sorted(vectors or ())):
            scopes[of_document[place[0]]][part] = None
    return [
        Input(
            reading.path,
            reading.sha256,
            tuple(parties[number]),
            tuple(sorted(years[number])),
            rows[number],
            tuple(scopes[number]),
            reading.problem,
            reading.notes,
        )
        for number, reading in enumerate(readings)
    ]
