"""A reading in the terminal: the columns as understood, each source with its figures and their cells, and the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich import box
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from invlint.sources.cells import as_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from invlint.sources import Document, Reading
    from invlint.sources.document import Spot
    from invlint.sources.workbook_source import RecognisedTable

_OF_WHOLE = ("party", "edition", "teq_scheme", "submitted", "scope", "scope_vectors")
_OF_YEAR = ("population", "baseline", "edition", "teq_scheme", "scope")


def draw_reading(console: Console, reading: Reading, tables: list[RecognisedTable]) -> None:
    """All that was understood of one file, and what was not."""
    console.print(Text(reading.path, style="bold"))
    console.print()
    if reading.problem is not None:
        _say(console, f"not read: {reading.problem}")
    for table in tables:
        _columns(console, table)
    for document in reading.documents:
        _document(console, document)
    for note in reading.notes:
        _say(console, f"note: {note}")


def _columns(console: Console, table: RecognisedTable) -> None:
    console.print(Text(f"sheet “{table.sheet}”: a table with {table.rows} rows below its head", style="bold"))
    rows = [
        (column.cell.rpartition("!")[2], column.head, column.meaning or "not understood, and not read")
        for column in table.columns
    ]
    _table(console, ("cell", "head", "taken for"), rows)


def _document(console: Console, document: Document) -> None:
    data = document.data
    inventories = data.get("inventories", [])
    spots = document.locator.locate(list(_pointers(document)))
    said = [f"{name.replace('_', ' ')} {_said(data, name, '', spots)}" for name in _OF_WHOLE if name in data]
    _say(console, "; ".join(said) or "no Party, edition or scheme is named")
    for number, inventory in enumerate(inventories):
        _inventory(console, inventory, f"/inventories/{number}", spots)
    if document.doubts:
        console.print(Text("Not understood, or odd", style="bold"))
        for doubt in document.doubts:
            shown = f": “{doubt.text}”" if doubt.text else ""
            _say(console, f"{spots[doubt.pointer].shown()}{shown}: {doubt.problem}", indent=2)
        console.print()


def _pointers(document: Document) -> Iterator[str]:
    """Every place that the tables show."""
    yield from (f"/{name}" for name in _OF_WHOLE)
    yield from (doubt.pointer for doubt in document.doubts)
    for number, inventory in enumerate(document.data.get("inventories", [])):
        above = f"/inventories/{number}"
        yield from (f"{above}/{name}" for name in ("year", *_OF_YEAR))
        for place, entry in enumerate(inventory.get("entries", [])):
            yield from _of_entry(f"{above}/entries/{place}", entry)
        yield from (f"{above}/totals/{place}/value" for place in range(len(inventory.get("totals", []))))


def _of_entry(pointer: str, entry: dict[str, Any]) -> Iterator[str]:
    yield from (pointer, f"{pointer}/activity/value", f"{pointer}/key")
    for place in range(len(entry.get("releases", []))):
        yield from (f"{pointer}/releases/{place}/{name}" for name in ("factor/value", "release/value", "key"))


def _inventory(console: Console, inventory: dict[str, Any], pointer: str, spots: dict[str, Spot]) -> None:
    year = _said(inventory, "year", pointer, spots) if "year" in inventory else "no year"
    about = [f"{name} {_said(inventory, name, pointer, spots)}" for name in _OF_YEAR if name in inventory]
    console.print(Text("; ".join([year, *about]), style="bold"))
    rows = [
        row
        for place, entry in enumerate(inventory.get("entries", []))
        for row in _entry_rows(entry, f"{pointer}/entries/{place}", spots)
    ]
    _table(console, ("source", "activity", "to", "factor", "release or key"), rows)
    totals = [
        (_of(total), total.get("vector", "all vectors"), _amount(total, spots, f"{pointer}/totals/{place}/value"))
        for place, total in enumerate(inventory.get("totals", []))
    ]
    _table(console, ("total of", "to", "release or key"), totals)


def _entry_rows(entry: dict[str, Any], pointer: str, spots: dict[str, Spot]) -> Iterator[tuple[str, ...]]:
    source = " ".join(part for part in (_of(entry), entry.get("site", "")) if part)
    activity = _amount(entry.get("activity", {}), spots, f"{pointer}/activity/value")
    releases = entry.get("releases", [])
    if not releases:
        key = f"{entry['key']}{_at(spots, f'{pointer}/key')}" if "key" in entry else ""
        yield f"{source}{_at(spots, pointer)}", activity, "", "", key
    for place, release in enumerate(releases):
        here = f"{pointer}/releases/{place}"
        kind = f" ({release['residue_kind']})" if "residue_kind" in release else ""
        chemical = f"{release['chemical']}: " if "chemical" in release else ""
        factor = _amount(release.get("factor", {}), spots, f"{here}/factor/value")
        result = _amount(release.get("release", {}), spots, f"{here}/release/value")
        if "key" in release:
            result = " ".join(part for part in (result, f"{release['key']}{_at(spots, f'{here}/key')}") if part)
        first = (f"{source}{_at(spots, pointer)}", activity) if place == 0 else ("", "")
        yield *first, f"{chemical}{release.get('vector', '?')}{kind}", factor, result


def _of(part: dict[str, Any]) -> str:
    """What an entry or total is about."""
    for name, shown in (("class", ""), ("category", ""), ("group", "group "), ("annex_c", "Annex C "), ("nfr", "NFR ")):
        if name in part:
            return f"{shown}{part[name]}"
    return "the whole inventory"


def _amount(part: dict[str, Any], spots: dict[str, Spot], pointer: str) -> str:
    if "value" not in part:
        return str(part.get("key", ""))
    value = part["value"]
    number = f"{value:.6g}" if isinstance(value, (int, float)) and not isinstance(value, bool) else f"“{value}”"
    return f"{number} {part.get('unit', '(no unit)')}{_at(spots, pointer)}"


def _said(part: dict[str, Any], name: str, pointer: str, spots: dict[str, Spot]) -> str:
    value = part[name]
    words = ", ".join(map(as_text, value)) if isinstance(value, list) else as_text(value)
    return f"{words}{_at(spots, f'{pointer}/{name}')}"


def _at(spots: dict[str, Spot], pointer: str) -> str:
    return f" [{spots[pointer].shown()}]"


def _table(console: Console, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    if not rows:
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*(Text("".join(sign if sign.isprintable() else " " for sign in cell)) for cell in row))
    console.print(Padding(table, (0, 0, 1, 2)))


def _say(console: Console, text: str, indent: int = 0) -> None:
    plain = "".join(sign if sign.isprintable() else " " for sign in text)
    console.print(Padding(Text(plain), (0, 0, 0, indent)))
