"""How the cells of the calculation form look."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

_EDGE = {"border": 1, "border_color": "#BFBFBF", "valign": "top"}
_STYLES: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 14},
    "label": {"bold": True},
    "said": {"align": "left"},
    "text": {"text_wrap": True, "valign": "top"},
    "head_over": {"bold": True, "bg_color": "#1F4E78", "font_color": "#FFFFFF", "align": "center", "border": 1},
    "head": {
        "bold": True,
        "bg_color": "#DDEBF7",
        "text_wrap": True,
        "align": "center",
        "valign": "vcenter",
        "border": 1,
    },
    "group": _EDGE | {"bold": True, "bg_color": "#BDD7EE"},
    "category": _EDGE | {"bold": True, "bg_color": "#EDEDED"},
    "plain": _EDGE,
    "asked": _EDGE | {"bg_color": "#FFF9DB"},
    "release": _EDGE,
    "computed": _EDGE | {"bg_color": "#F2F8EE", "num_format": "General"},
    "seen": _EDGE,
    "compiled": _EDGE | {"italic": True, "font_color": "#1F4E78"},
    "doubtful": _EDGE | {"italic": True, "font_color": "#C55A11"},
    "code": _EDGE | {"font_color": "#7F7F7F", "align": "right"},
}


class Styles:
    """The styles of one workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._made: dict[str, Format] = {name: workbook.add_format(how) for name, how in _STYLES.items()}

    def of(self, name: str) -> Format:
        return self._made[name]

    @property
    def title(self) -> Format:
        return self._made["title"]

    @property
    def label(self) -> Format:
        return self._made["label"]

    @property
    def said(self) -> Format:
        return self._made["said"]

    @property
    def head(self) -> Format:
        return self._made["head"]

    @property
    def head_over(self) -> Format:
        return self._made["head_over"]
