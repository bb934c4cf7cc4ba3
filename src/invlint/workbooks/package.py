"""The package of an XLSX workbook: its parts, how they refer to each other, and what kind each is."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import NamedTuple

from invlint.errors import ReadingError
from invlint.workbooks.xml_text import Edits, first_tag, openings, printable, tags

_TYPES = "[Content_Types].xml"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]*\?>\s*")
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")


class Relation(NamedTuple):
    """What a part refers to: the id by which it does, the kind of reference, and the path of the other part."""

    id: str
    kind: str
    target: str


class Package:
    """The parts of a workbook by their paths. What is not changed is written back byte for byte."""

    def __init__(self, data: bytes) -> None:
        """Raises ReadingError when the data is no XLSX package."""
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                self._infos = {info.filename: info for info in package.infolist()}
                self._data = {name: package.read(name) for name in self._infos}
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
            raise ReadingError("the workbook is damaged: open it in the spreadsheet and save it again") from error
        self._by_lower = {name.lower(): name for name in self._data}
        self.workbook = next(
            (relation.target for relation in self.relations("") if relation.kind == "officeDocument"), "xl/workbook.xml"
        )
        if not self.has(self.workbook) or not self.has(_TYPES):
            raise ReadingError("the file is no XLSX workbook: save it from the spreadsheet as .xlsx")

    def has(self, path: str) -> bool:
        return path.lower() in self._by_lower

    def text(self, path: str) -> str:
        """The text of a part. Raises ReadingError when there is none, or it is damaged."""
        data = self._data.get(self._by_lower.get(path.lower(), ""))
        if data is None:
            raise ReadingError(f"the workbook lacks its part {path}: open it in the spreadsheet and save it again")
        said = _ENCODING.match(data)
        utf_16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
        try:
            return data.decode("utf-16" if utf_16 else said[1].decode() if said else "utf-8-sig")
        except (UnicodeDecodeError, LookupError):
            raise ReadingError(f"the workbook's part {path} is damaged: save it again from the spreadsheet") from None

    def write(self, path: str, text: str) -> None:
        """Put the text of a part, a new one or that of an old one."""
        name = self._by_lower.setdefault(path.lower(), path)
        self._data[name] = (_XML + _DECLARATION.sub("", text)).encode()

    def bytes(self) -> bytes:
        """The whole package."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name, data in self._data.items():
                info = self._infos.get(name)
                when = info.date_time if info is not None else (1980, 1, 1, 0, 0, 0)
                made = zipfile.ZipInfo(name, when)
                made.compress_type = zipfile.ZIP_DEFLATED
                package.writestr(made, data)
        return out.getvalue()

    def free(self, pattern: str) -> str:
        """The first path of the pattern, such as `xl/comments{}.xml`, that no part has."""
        number = 1
        while self.has(pattern.format(number)):
            number += 1
        return pattern.format(number)

    def relations(self, part: str) -> list[Relation]:
        """What a part refers to; the package itself is the part without a name."""
        path = _relations_of(part)
        if not self.has(path):
            return []
        found = []
        for tag in tags(self.text(path)):
            attributes = tag.attributes
            if tag.name == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.join(posixpath.dirname(part), attributes.get("Target", "")).replace("\\", "/")
                target = posixpath.normpath(target).lstrip("/")
                found.append(Relation(attributes.get("Id", ""), attributes.get("Type", "").rpartition("/")[2], target))
        return found

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part refer to another one; return the id of the reference."""
        path = _relations_of(part)
        text = self.text(path) if self.has(path) else f'<Relationships xmlns="{_RELATIONS}"/>'
        root = first_tag(text)
        if root is None:
            raise ReadingError(f"the workbook's part {path} is damaged: save it again from the spreadsheet")
        taken = {tag.attributes.get("Id") for tag in tags(text)}
        number = 1
        while f"rId{number}" in taken:
            number += 1
        type_of = f"{self.namespace}/{kind}"
        shown = posixpath.relpath(target, posixpath.dirname(part) or ".")
        edits = Edits(text)
        tag = f'<{root.prefix}Relationship Id="rId{number}" Type="{type_of}" Target="{printable(shown)}"/>'
        edits.append_to(root, tag)
        self.write(path, edits.made())
        return f"rId{number}"

    @property
    def namespace(self) -> str:
        """The namespace of references, which tells the strict form of the format from the usual one."""
        return _STRICT if _STRICT in self.text(self.workbook) else _TRANSITIONAL

    def declare(self, content_type: str, *, path: str = "", ending: str = "") -> None:
        """Say of what kind a part is, or all parts of an ending."""
        text = self.text(_TYPES)
        root = first_tag(text)
        said = {tag.attributes.get("PartName") or tag.attributes.get("Extension", "").lower() for tag in tags(text)}
        if root is None or (f"/{path}" if path else ending) in said:
            return
        name = f'Override PartName="/{printable(path)}"' if path else f'Default Extension="{ending}"'
        edits = Edits(text)
        edits.append_to(root, f'<{root.prefix}{name} ContentType="{content_type}"/>')
        self.write(_TYPES, edits.made())

    def sheets(self) -> dict[str, str]:
        """Sheet name to the path of its part."""
        targets = {relation.id: relation.target for relation in self.relations(self.workbook)}
        found = {}
        for tag in openings(self.text(self.workbook), "sheet"):
            ids = [value for name, value in tag.attributes.items() if name.endswith(":id")]
            if ids and ids[0] in targets:
                found[tag.attributes.get("name", "")] = targets[ids[0]]
        return found

    def add_sheet(self, name: str, text: str) -> None:
        """Put a new sheet behind the others."""
        path = self.free(posixpath.join(posixpath.dirname(self.workbook), "worksheets/sheet{}.xml"))
        self.write(path, text)
        self.declare(_SHEET_TYPE, path=path)
        relation = self.relate(self.workbook, "worksheet", path)
        workbook = self.text(self.workbook)
        sheets = first_tag(workbook, "sheets")
        if sheets is None:
            raise ReadingError("the workbook has no sheets: open it in the spreadsheet and save it again")
        numbers = [
            int(tag.attributes.get("sheetId", 0)) for tag in tags(workbook) if tag.name == "sheet" and not tag.is_close
        ]
        edits = Edits(workbook)
        edits.append_to(
            sheets,
            f'<{sheets.prefix}sheet xmlns:r="{self.namespace}" name="{printable(name)}" '
            f'sheetId="{max(numbers, default=0) + 1}" r:id="{relation}"/>',
        )
        self.write(self.workbook, edits.made())


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
