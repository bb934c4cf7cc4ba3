"""A comparison as Markdown, for a comment on a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invlint.render.comparison_words import HEAD, NUMBERS, below, cells, change, verdict
from invlint.render.places import in_words
from invlint.render.safe_text import markdown
from invlint.render.words import heading_of, message_of, state_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from invlint.model.comparison import Comparison, Recalculations
    from invlint.model.finding import Finding
    from invlint.render.formats import View


def render_markdown(comparison: Comparison, view: View) -> str:
    """The verdict, the findings by what became of them, and the recalculation table."""
    lines = [f"# invlint: {verdict(comparison)}", "", f"{markdown(comparison.old)} → {markdown(comparison.new)}", ""]
    lines += _section("The new check is incomplete", map(markdown, view.incomplete))
    lines += _section("New", (_told(finding, "") for finding in comparison.added))
    lines += _section("Changed", (_told(pair.new, change(pair)) for pair in comparison.changed))
    lines += _section("Not verifiable any more", (_told(one.finding, one.why) for one in comparison.unverifiable))
    lines += _section(
        "Rules that judged before and do not now", (f"{one.rule}: {markdown(one.why)}" for one in comparison.blinded)
    )
    lines += _section("Resolved", (_told(finding, "") for finding in comparison.resolved))
    if comparison.recalculations is not None:
        lines += _recalculations(comparison.recalculations)
    lines += _section("The checks themselves differ", map(markdown, comparison.unlike))
    return "\n".join(lines).rstrip() + "\n"


def _section(title: str, items: Iterable[str]) -> list[str]:
    listed = [f"- {item}" for item in items]
    return [f"## {title}", "", *listed, ""] if listed else []


def _told(finding: Finding, more: str) -> str:
    place = f" ({markdown(in_words(finding.locations[0]))})" if finding.locations else ""
    added = "".join(f"; {markdown(told)}" for told in (more, state_in_words(finding)) if told)
    head = f"**{finding.severity}** {finding.rule} {markdown(heading_of(finding))}"
    return f"{head}: {markdown(message_of(finding))}{added}{place}"


def _recalculations(made: Recalculations) -> list[str]:
    lines = ["## Recalculations", ""]
    if made.changed:
        lines.append(f"| {' | '.join(HEAD)} |")
        lines.append(f"|{'|'.join('---:' if name in NUMBERS else '---' for name in HEAD)}|")
        lines += [f"| {' | '.join(markdown(cell) for cell in cells(one))} |" for one in made.changed]
        lines.append("")
    return [*lines, *(f"- {markdown(told)}" for told in below(made)), ""]
