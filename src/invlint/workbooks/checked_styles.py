"""The styles of a checked copy: each style that a faulty cell has, once more with the colour of a severity."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from invlint.model.finding import SEVERITIES
from invlint.workbooks.xml_text import Edits, Tag, end_of, first_tag, tags

if TYPE_CHECKING:
    from invlint.workbooks.package import Package

COLORS = {"blocker": "FFD9A3E0", "error": "FFF4A6A0", "warning": "FFFFD966", "info": "FFBDD7EE"}
"""Severity to the colour of the cell, as ARGB."""

_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_LEAST = """<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>
</styleSheet>"""
_FONTS = '<{0}font><{0}b/><{0}sz val="{1}"/><{0}name val="Calibri"/></{0}font>'
_LINK = '<{0}font><{0}u/><{0}sz val="11"/><{0}color rgb="FF0563C1"/><{0}name val="Calibri"/></{0}font>'
_PLAIN = '<{0}font><{0}sz val="11"/><{0}name val="Calibri"/></{0}font>'


class CheckedStyles:
    """Styles that are added to those of a package; `write` puts them in."""

    def __init__(self, package: Package) -> None:
        self._package = package
        found = [one.target for one in package.relations(package.workbook) if one.kind == "styles"]
        if found and package.has(found[0]):
            self._path = found[0]
        else:
            self._path = posixpath.join(posixpath.dirname(package.workbook), "styles.xml")
            package.write(self._path, _LEAST)
            package.declare(_STYLES_TYPE, path=self._path)
            package.relate(package.workbook, "styles", self._path)
        text = package.text(self._path)
        if any(first_tag(text, name) is None for name in ("fonts", "fills", "cellXfs")):
            text = _LEAST
        self._text = text
        self._xfs = self._children("cellXfs")
        self._first = {name: len(self._children(name)) for name in ("fonts", "fills", "cellXfs")}
        self._fills = {severity: self._first["fills"] + place for place, severity in enumerate(SEVERITIES)}
        self._made: list[str] = []
        self._numbers: dict[tuple[int, str], int] = {}
        prefix = self._opening("cellXfs").prefix
        font = self._first["fonts"]
        wrap = f'<{prefix}alignment vertical="top" wrapText="1"/>'
        self.title = self._add(self._xf(prefix, font, 0))
        self.head = self._add(self._xf(prefix, font + 1, 0))
        self.link = self._add(self._xf(prefix, font + 2, 0, f'<{prefix}alignment vertical="top"/>'))
        self.plain = self._add(self._xf(prefix, font + 3, 0))
        self.text = self._add(self._xf(prefix, font + 3, 0, wrap))
        self.severity = {name: self._add(self._xf(prefix, font + 3, fill, wrap)) for name, fill in self._fills.items()}

    def colored(self, style: int, severity: str) -> int:
        """The number of the style that is another one in the colour of a severity."""
        key = style, severity
        if key not in self._numbers:
            self._numbers[key] = self._add(self._filled(style, severity))
        return self._numbers[key]

    def _filled(self, style: int, severity: str) -> str:
        if not self._xfs:
            return self._xf(self._opening("cellXfs").prefix, 0, self._fills[severity])
        tag = self._xfs[style if style < len(self._xfs) else 0]
        new = tag.with_attributes(fillId=str(self._fills[severity]), applyFill="1")
        return new if tag.is_empty else new + self._text[tag.end : end_of(self._text, tag).end]

    @staticmethod
    def _xf(prefix: str, font: int, fill: int, inner: str = "") -> str:
        begin = f'<{prefix}xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="0" xfId="0" applyFont="1"'
        begin += ' applyFill="1"' if fill else ""
        return f'{begin} applyAlignment="1">{inner}</{prefix}xf>' if inner else f"{begin}/>"

    def _add(self, xf: str) -> int:
        self._made.append(xf)
        return self._first["cellXfs"] + len(self._made) - 1

    def write(self) -> None:
        """Put the new styles into the package."""
        edits = Edits(self._text)
        prefix = self._opening("cellXfs").prefix
        fonts = [_FONTS.format(prefix, 14), _FONTS.format(prefix, 11), _LINK.format(prefix), _PLAIN.format(prefix)]
        fills = [_fill(prefix, COLORS[severity]) for severity in SEVERITIES]
        for name, new in (("fonts", fonts), ("fills", fills), ("cellXfs", self._made)):
            tag = self._opening(name)
            count = str(self._first[name] + len(new))
            if tag.is_empty:
                edits.replace(tag, f"{tag.with_attributes(count=count)[:-2]}>{''.join(new)}</{tag.prefix}{name}>")
            else:
                edits.replace(tag, tag.with_attributes(count=count))
                edits.append_to(tag, "".join(new))
        self._package.write(self._path, edits.made())

    def _opening(self, name: str) -> Tag:
        tag = first_tag(self._text, name)
        assert tag is not None  # noqa: S101  # made sure of at the start
        return tag

    def _children(self, name: str) -> list[Tag]:
        """The opening tags of the elements right within the first element of that name."""
        opening = self._opening(name)
        found: list[Tag] = []
        depth = 0
        for tag in tags(self._text, opening.end) if not opening.is_empty else ():
            if tag.is_close:
                if depth == 0:
                    break
                depth -= 1
                continue
            if depth == 0:
                found.append(tag)
            depth += 0 if tag.is_empty else 1
        return found


def _fill(prefix: str, color: str) -> str:
    colors = f'<{prefix}fgColor rgb="{color}"/><{prefix}bgColor indexed="64"/>'
    pattern = f'<{prefix}patternFill patternType="solid">{colors}'
    return f"<{prefix}fill>{pattern}</{prefix}patternFill></{prefix}fill>"
