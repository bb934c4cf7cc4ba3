"""The summary in the terminal: tables, and below each what its marks mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from invlint.reference.code_lists import VECTORS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from invlint.summary.figures import (
        ChemicalSummary,
        KeyCategory,
        ReportedTotal,
        Sum,
        Summary,
        Trend,
        Unsummed,
        YearSummary,
    )

Row = tuple[Text, ...]

_MOST_LISTED = 12
_LEAST_ROOM = 14
"""How many columns words need beside numbers; with fewer the numbers stand below them."""


def draw_summary(console: Console, summary: Summary) -> None:
    """All years of all Parties, each Party's trends behind its years, and at the end what is in no sum."""
    for party in dict.fromkeys(year.party for year in summary.years):
        for year in summary.years:
            if year.party == party:
                rows = [row for row in summary.unsummed if (row.party, row.year) == (year.party, year.year)]
                _year(console, year, rows)
        for trend in summary.trends:
            if trend.party == party:
                _trend(console, trend)
    _not_in_sums(console, summary)


def _year(console: Console, year: YearSummary, unsummed: Sequence[Unsummed]) -> None:
    about = [f"edition {year.edition}" if year.edition else "no edition declared", year.teq_scheme or "no TEQ scheme"]
    if year.population is not None:
        about.append(f"{year.population:,.0f} people".replace(",", " "))
    head = Text(_printable(f"{year.party} {year.year}"), style="bold")
    console.print(head.append(f"  {', '.join(about)}", style="dim"))
    if year.scope:
        _say(console, f"declared scope: this covers {', '.join(year.scope)} alone")
    console.print()
    for chemical in year.chemicals:
        _chemical(console, chemical)
    if not year.chemicals:
        _say(console, "no releases and no totals to show")
        console.print()
    if unsummed:
        _title(console, f"Not added: {_counted(len(unsummed), 'row')}")
        _list(console, [_unsummed(row) for row in unsummed])
        console.print()


def _chemical(console: Console, chemical: ChemicalSummary) -> None:
    _title(console, f"{chemical.chemical}, {chemical.unit}")
    _groups(console, chemical)
    for note in _below(chemical):
        _say(console, note)
    if chemical.per_person is not None:
        bound = "at least " if chemical.total.total.is_lower_bound else ""
        _say(console, f"per person: {bound}{number(chemical.per_person)} {chemical.person_unit} a year")
    console.print()
    _annex_c(console, chemical)
    _key_categories(console, chemical)


def _show(console: Console, heads: Sequence[str], rows: Sequence[Row | None], *, words: int = 1) -> None:
    """A table whose first `words` columns are words and the others numbers; None among the rows is a gap.

    Numbers are never cut: where there is no room for them beside the words they stand below.
    """
    filled = [row for row in rows if row is not None]
    widths = [max(len(head), *(len(row[place].plain) for row in filled)) for place, head in enumerate(heads)]
    between = 2 * (len(widths) - 1)
    room = console.width - 2 - sum(widths[words:]) - sum(widths[: words - 1]) - between
    if room < min(_LEAST_ROOM, widths[words - 1]):
        _stack(console, heads, filled, words)
        return
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for place, head in enumerate(heads):
        number = place >= words
        table.add_column(head, justify="right" if number else "left", overflow="fold", no_wrap=number)
    for row in rows:
        table.add_section() if row is None else table.add_row(*row)
    console.print(Padding(table, (0, 0, 0, 2)))


def _stack(console: Console, heads: Sequence[str], rows: Sequence[Row], words: int) -> None:
    """The rows of a table one below the other, each number behind its head."""
    _title(console, heads[0])
    for row in rows:
        _say(console, " ".join(part.plain.strip() for part in row[:words] if part.plain))
        for head, cell in zip(heads[words:], row[words:], strict=True):
            if cell.plain not in ("", "-"):
                console.print(Text(f"    {head} ") + cell)


def _groups(console: Console, chemical: ChemicalSummary) -> None:
    """The source groups by vectors, with what is reported of each beneath it."""
    reported = {(total.of, total.id, total.vector): total for total in chemical.reported}
    lines = [
        (line, "group") for line in chemical.groups if line.total.says_amount or ("group", line.id) in _of(chemical)
    ]
    lines.append((chemical.total, "total"))
    rows: list[Row | None] = []
    for line, of in lines:
        style = "bold" if of == "total" else ""
        name = f"{line.id} {line.name}" if line.id is not None else line.name
        rows.append(_row(name, *(_cell(sum_) for sum_ in (*line.vectors, line.total)), style=style))
        beside = [reported.get((of, line.id, vector)) for vector in (*VECTORS, None)]
        if any(total is not None for total in beside):
            rows.append((Text("  reported", style="dim"), *(_reported(total) for total in beside)))
    _show(console, ("source group", *VECTORS, "total"), rows)


def _row(*cells: str, style: str = "") -> Row:
    return tuple(Text(cell, style=style) for cell in cells)


def _of(chemical: ChemicalSummary) -> set[tuple[str, str | None]]:
    return {(total.of, total.id) for total in chemical.reported}


def _cell(sum_: Sum) -> str:
    """A sum with its marks; without a figure the notation keys that say why, or a dash where nothing is said."""
    if sum_.value is None:
        lacking = [key for key in sum_.keys if key in _GAPS]
        return ", ".join(lacking if sum_.is_lower_bound else sum_.keys) or ("?" if sum_.is_lower_bound else "-")
    return f"{'≥' if sum_.is_lower_bound else ''}{number(sum_.value)}{'*' if sum_.computed else ''}"


def _reported(total: ReportedTotal | None) -> Text:
    if total is None:
        return Text("")
    if total.value is None:
        return Text(_printable(total.key or "?"), style="dim")
    said = _as_reported(total.value)
    return Text(f"≠{said}", style="red") if total.verdict == "differs" else Text(said, style="dim")


def _below(chemical: ChemicalSummary) -> Iterable[str]:
    """What the marks of the table mean, as far as they are met."""
    total = chemical.total.total
    told = {id_ for of, id_ in _of(chemical) if of == "group"}
    silent = [
        line.id
        for line in chemical.groups
        if not line.total.says_amount and not line.total.keys and line.id is not None and line.id not in told
    ]
    absent = [
        line.id for line in chemical.groups if not line.total.says_amount and line.total.keys and line.id is not None
    ]
    if absent:
        yield f"not occurring or not applicable (NO, NA): {_plural('group', absent)} {', '.join(absent)}"
    if silent:
        yield f"nothing is reported of {_plural('group', silent)} {', '.join(silent)}"
    if total.is_lower_bound:
        parts = [f"{count} {_GAPS[key]}" for key, count in chemical.gaps]
        if total.unsummed:
            parts.append(f"{_counted(total.unsummed, 'row')} that could not be added")
        yield f"≥ is a lower bound, ? no figure at all: the total lacks {', '.join(parts)}"
    if total.computed:
        verb = "is" if total.computed == 1 else "are"
        of = _counted(total.figures, "release")
        yield f"* {total.computed} of {of} {verb} not reported and computed as activity x factor"
    agree = sum(one.verdict == "agrees" for one in chemical.reported)
    if agree:
        totals = _counted(agree, "reported total")
        yield f"{totals} agree{'s' if agree == 1 else ''} with the sum to the digits reported"
    yield from (_difference(one) for one in chemical.reported if one.verdict != "agrees")
    yield from chemical.notes


_GAPS = {
    "NE": "not estimated (NE)",
    "IE": "included elsewhere (IE)",
    "C": "confidential (C)",
    None: "without a figure or key",
}


def _difference(total: ReportedTotal) -> str:
    """A reported total that does not agree, beside the sum."""
    of = {"total": "total", "annex_c": f"Annex C {total.id}", "nfr": f"NFR {total.id}"}
    what = f"{of.get(total.of, f'{total.of} {total.id}')}{f' {total.vector}' if total.vector else ''}"
    said = _as_reported(total.value) if total.value is not None else total.key or "no figure"
    sum_ = _cell(total.computed) if total.computed is not None else "-"
    if (
        total.verdict == "differs"
        and total.computed is not None
        and float(number(total.value)) == float(number(total.computed.value))
    ):
        said, sum_ = f"{total.value:.12g}", f"{total.computed.value:.12g}"
    if total.verdict == "differs":
        return f"≠ {what}: reported {said}, and the sum is {sum_}"
    if total.verdict == "above":
        return f"{what}: reported {said}, above the lower bound {sum_}"
    return f"{what}: reported {said}, not compared: {total.why}"


def _annex_c(console: Console, chemical: ChemicalSummary) -> None:
    """The lines of Annex C with their shares of the total; those that the crosswalk leaves open stand apart."""
    lines = [line for line in chemical.annex_c if line.total.says_amount]
    if not lines:
        return
    whole = chemical.total.total.value
    reported = {(total.id, total.vector): total for total in chemical.reported if total.of == "annex_c"}
    with_reported = any(vector is None for _, vector in reported)
    rows: list[Row | None] = []
    for line in lines:
        if line.why is None:
            extra = (_reported(reported.get((line.id, None))),) if with_reported else ()
            rows.append((*_row(line.id or "-", line.name, _cell(line.total), _share(line.total.value, whole)), *extra))
    left_open = [line for line in lines if line.why is not None]
    if left_open:
        rows.append(None)
    for line in left_open:
        at, share = f"{line.id}?" if line.id else "?", _share(line.total.value, whole)
        rows.append(_row(at, f"open: {line.why}", _cell(line.total), share, *([""] if with_reported else [])))
    _show(console, ("Annex C", "", "total", "share", *(["reported"] if with_reported else [])), rows, words=2)
    console.print()


def _key_categories(console: Console, chemical: ChemicalSummary) -> None:
    if chemical.key_categories:
        rows = [_key_category(one) for one in chemical.key_categories]
        _show(console, ("key category", "", "total", "share", "together"), rows, words=2)
        if chemical.not_ranked:
            _say(console, f"without a figure, and so not ranked: {', '.join(chemical.not_ranked)}")
        console.print()


def _key_category(one: KeyCategory) -> Row:
    return _row(one.category or "?", one.name, _cell(one.total), _percent(one.share), _percent(one.cumulative))


def _trend(console: Console, trend: Trend) -> None:
    """The change of each group and of the total between two years."""
    years = f"{trend.before} to {trend.after}"
    _title(console, _printable(f"{trend.party}, {trend.chemical}: {years}, {trend.unit}"))
    rows: list[Row | None] = []
    for change in trend.changes:
        mark = "~" if change.before.is_lower_bound or change.after.is_lower_bound else ""
        rows.append(
            _row(
                f"{change.group} {change.name}" if change.group is not None else change.name,
                _cell(change.before),
                _cell(change.after),
                f"{mark}{number(change.difference, sign=True)}" if change.difference is not None else "-",
                f"{mark}{number(change.percent, sign=True)} %" if change.percent is not None else "-",
                style="bold" if change.group is None else "",
            )
        )
    _show(console, ("source group", str(trend.before), str(trend.after), "change", "per cent"), rows)
    if any(change.difference is not None and (change.before.is_lower_bound or change.after.is_lower_bound)
           for change in trend.changes):  # fmt: skip
        _say(console, "~ between sums of which at least one is a lower bound")
    if any(change.before.computed or change.after.computed for change in trend.changes):
        _say(console, "* with releases computed as activity x factor")
    for note in trend.notes:
        _say(console, note)
    console.print()


def _not_in_sums(console: Console, summary: Summary) -> None:
    """Rows of no known Party and year, places that are not of the form, and files that were not read."""
    years = {(year.party, year.year) for year in summary.years}
    homeless = [row for row in summary.unsummed if (row.party, row.year) not in years]
    if homeless:
        _title(console, f"Not added: {_counted(len(homeless), 'row')}")
        _list(console, [_unsummed(row) for row in homeless])
    if summary.doubts:
        _title(console, "Not in the form of an inventory, so that it may not be in the sums")
        _list(console, [f"{_at(doubt.path, doubt.place)}: {doubt.problem}" for doubt in summary.doubts])
    for path, note in summary.notes:
        _say(console, f"{path}: {note}")
    if summary.passed_over:
        _title(console, "Files of a kind that invlint does not read")
        _list(console, summary.passed_over)
    if summary.unread:
        _title(console, "Not read")
        _list(console, [f"{path}: {problem}" for path, problem in summary.unread], most=len(summary.unread))
    if summary.unread or not any(year.chemicals for year in summary.years):
        why = f"{_counted(len(summary.unread), 'file')} could not be read" if summary.unread else "nothing to add up"
        console.print(Text(f"the summary is incomplete: {why}", style="bold red"))


def _unsummed(row: Unsummed) -> str:
    chemical = f" {row.chemical}" if row.chemical else ""
    return f"{_at(row.path, row.place)}: {row.what}{chemical}: {row.problem}"


def _at(path: str, place: str) -> str:
    return f"{path}:{place}" if place[:1].isdigit() else f"{path} {place}".rstrip()


def number(value: float | None, *, sign: bool = False) -> str:
    """Four significant digits; whole parts stay whole, very small and very large numbers have an exponent."""
    if value is None:
        return "-"
    if value == 0:
        return "0"
    form = "+" if sign else ""
    exponent = int(f"{value:.3e}".partition("e")[2])
    if not -4 < exponent < 6:
        return f"{value:{form}.3e}".replace("e-0", "e-").replace("e+0", "e").replace("e+", "e")
    return f"{value:{form}.{max(0, 3 - exponent)}f}"


def _as_reported(value: float) -> str:
    """As a number, without digits that were not reported."""
    text = number(value)
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


def _share(value: float | None, whole: float | None) -> str:
    return _percent(value / whole) if value is not None and whole else "-"


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _plural(word: str, names: Sequence[str]) -> str:
    return word if len(names) == 1 else f"{word}s"


def _title(console: Console, text: str) -> None:
    console.print(Padding(Text(_printable(text), style="bold"), (0, 0, 0, 2)))


def _say(console: Console, text: str) -> None:
    """A remark; what wraps stands further in."""
    for place, line in enumerate(Text(_printable(text)).wrap(console, max(20, console.width - 4))):
        console.print(Text("  " if place == 0 else "    ") + line)


def _list(console: Console, texts: Sequence[str], most: int = _MOST_LISTED) -> None:
    for text in texts[:most]:
        _say(console, f"- {text}")
    if len(texts) > most:
        _say(console, f"and {len(texts) - most} more: --output json lists them")


def _printable(text: str) -> str:
    """The text with control characters shown as codes: what a file holds must not steer the reader's terminal."""
    return "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in text)
