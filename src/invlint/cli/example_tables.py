"""Tables of examples in the terminal, in the form that a rule file has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console


def draw_table(console: Console, title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table under its title."""
    table = Table(box=box.MARKDOWN, header_style="bold", show_edge=True)
    for name in head:
        table.add_column(Text(name), overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(Padding(Text(f"{title}:"), (0, 0, 0, 4)))
    for line in console.render_lines(Padding(table, (0, 0, 0, 4)), pad=False):
        if any(segment.text.strip() for segment in line):
            console.print(Text.assemble(*((segment.text, segment.style or "") for segment in line)))
