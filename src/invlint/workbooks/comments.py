"""Comments on the cells of a sheet, beside those that are there already."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from invlint.workbooks.marked_sheet import Cell, cell_of, reference_of
from invlint.workbooks.xml_text import Edits, Tag, end_of, first_tag, openings, printable, tags

if TYPE_CHECKING:
    from invlint.workbooks.package import Package

AUTHOR = "invlint"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_BEHIND = frozenset(
    {"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"}
)
"""What stands behind the reference to the drawing of comments in a sheet."""

_VML = """<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" \
xmlns:x="urn:schemas-microsoft-com:office:excel">
<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{block}"/></o:shapelayout>
<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">\
<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>
</xml>"""
_SHAPE = """<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" \
xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{number}" type="#_x0000_t202" \
style="position:absolute;width:300pt;height:{height}pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" \
o:insetmode="auto">\
<v:fill color2="#ffffe1"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">\
<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>\
<x:Anchor>{left}, 15, {top}, 4, {right}, 15, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>\
<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"""
_SHAPE_NUMBER = re.compile(r"_x0000_s(\d+)")
_LINE_LENGTH = 60


def add_comments(package: Package, sheet: str, comments: dict[Cell, str]) -> None:
    """Comment cells of a sheet, given by its path; where a cell has a comment, the text is put behind that."""
    kinds = {relation.kind: relation.target for relation in package.relations(sheet)}
    path = kinds.get("comments")
    if path is None or not package.has(path):
        path = package.free(posixpath.join(posixpath.dirname(package.workbook), "comments{}.xml"))
        package.write(path, f'<comments xmlns="{_MAIN}"><authors/><commentList/></comments>')
        package.declare(_COMMENTS_TYPE, path=path)
        package.relate(sheet, "comments", path)
    new = _write(package, path, comments)
    _draw(package, sheet, kinds.get("vmlDrawing"), {cell: comments[cell] for cell in new})


def _write(package: Package, path: str, comments: dict[Cell, str]) -> list[Cell]:
    """Write the texts; return the cells that had no comment."""
    text = package.text(path)
    edits = Edits(text)
    root, authors, listed = (first_tag(text, name) for name in ("comments", "authors", "commentList"))
    if root is None or authors is None or listed is None:
        return []
    prefix = root.prefix
    author = sum(1 for _ in openings(text, "author"))
    edits.append_to(authors, f"<{prefix}author>{AUTHOR}</{prefix}author>")
    there = {
        cell_of(tag.attributes.get("ref", "")): tag for tag in tags(text) if tag.name == "comment" and not tag.is_close
    }
    made = []
    for cell, comment in comments.items():
        if cell in there:
            _put_behind(edits, there[cell], comment)
        else:
            run = f"<{prefix}text>{_run(comment, prefix)}</{prefix}text>"
            made.append(f'<{prefix}comment ref="{reference_of(cell)}" authorId="{author}">{run}</{prefix}comment>')
    edits.append_to(listed, "".join(made))
    package.write(path, edits.made())
    return [cell for cell in comments if cell not in there]


def _put_behind(edits: Edits, comment: Tag, text: str) -> None:
    end = end_of(edits.text, comment).begin
    inside = next((tag for tag in openings(edits.text, "text", comment.end) if tag.begin < end), None)
    if inside is not None:
        edits.append_to(inside, _run(f"\n\n{text}", comment.prefix))


def _run(text: str, prefix: str) -> str:
    return f'<{prefix}r><{prefix}t xml:space="preserve">{printable(text)}</{prefix}t></{prefix}r>'


def _draw(package: Package, sheet: str, path: str | None, comments: dict[Cell, str]) -> None:
    """Draw the boxes of comments, without which a spreadsheet does not show them."""
    if not comments:
        return
    if path is None or not package.has(path):
        path = package.free(posixpath.join(posixpath.dirname(package.workbook), "drawings/vmlDrawing{}.vml"))
        block = int("".join(sign for sign in posixpath.basename(path) if sign.isdigit()))
        package.write(path, _VML.format(block=block))
        package.declare(_VML_TYPE, ending="vml")
        _refer(package, sheet, package.relate(sheet, "vmlDrawing", path))
    text = package.text(path)
    root = first_tag(text)
    if root is None:
        return
    number = max((int(found) for found in _SHAPE_NUMBER.findall(text)), default=1024 * _block(text))
    shapes = [_shape(cell, comment, number + place) for place, (cell, comment) in enumerate(comments.items(), 1)]
    edits = Edits(text)
    edits.append_to(root, "".join(shapes))
    package.write(path, edits.made())


def _block(text: str) -> int:
    """The number of the block of thousand shapes that a drawing says is its own."""
    found = re.search(r"idmap[^>]*data=[\"'](\d+)", text)
    return int(found[1]) if found else 1


def _shape(cell: Cell, comment: str, number: int) -> str:
    lines = sum(1 + len(line) // _LINE_LENGTH for line in comment.splitlines())
    height = 15 * (lines + 1)
    row, column = cell
    return _SHAPE.format(
        number=number, height=height, row=row, column=column,
        left=column + 1, right=column + 5, top=max(row - 1, 0), bottom=max(row - 1, 0) + lines + 1,
    )  # fmt: skip


def _refer(package: Package, sheet: str, relation: str) -> None:
    text = package.text(sheet)
    root = first_tag(text)
    if root is None:
        return
    end = end_of(text, root)
    behind = next((tag for tag in tags(text) if tag.name in _BEHIND and not tag.is_close and _is_top(text, tag)), end)
    edits = Edits(text)
    edits.insert(behind.begin, f'<{root.prefix}legacyDrawing xmlns:r="{package.namespace}" r:id="{relation}"/>')
    package.write(sheet, edits.made())


def _is_top(text: str, tag: Tag) -> bool:
    """Whether the element stands right within the sheet: others of these names are not met within another before it."""
    return tag.begin > text.find("sheetData")
