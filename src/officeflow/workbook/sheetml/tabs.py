"""The sheets of a workbook under change: which part each tab is, and how one is added or taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from officeflow.ooxml.markup import (
    ATTRIBUTES,
    append_inside,
    attribute,
    escaped,
    inside,
    plain,
    prefix_of,
    with_attribute,
)
from officeflow.ooxml.parts import OFFICE, Parts
from officeflow.workbook.words import folded

WORKBOOK = "xl/workbook.xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_RELATION = re.compile(rb'\s[\w.-]+:id="([^"]*)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class TabPart:
    """One sheet of the workbook, in the order of the tabs."""

    name: str
    part: str
    index: int
    relation: str


def tabs_of(patch: Parts) -> list[TabPart]:
    """Return the sheets whose parts are there."""
    targets = {relation.id: relation.target for relation in patch.relations(WORKBOOK)}
    found = []
    for index, match in enumerate(_sheets(plain(patch.read(WORKBOOK)))):
        relation = _RELATION.search(match[1])
        part = targets.get(relation[1].decode(), "") if relation else ""
        name = unescape((attribute(match[1], b"name") or b"").decode())
        if part in patch:
            found.append(
                TabPart(name=name, part=part, index=index, relation=relation[1].decode() if relation else "")
            )
    return found


def _sheets(xml: bytes) -> Iterator[re.Match[bytes]]:
    prefix = prefix_of(xml)
    found = inside(xml, prefix + b"sheets") or (0, 0)
    pattern = re.compile(
        rb"<" + prefix + rb"sheet\b(" + ATTRIBUTES + rb")(?:/>|>\s*</" + prefix + rb"sheet>)"
    )
    return pattern.finditer(xml, *found)


def tab_named(patch: Parts, name: str) -> TabPart | None:
    """Return the sheet of that name, width and spaces aside."""
    return next((tab for tab in tabs_of(patch) if folded(tab.name) == folded(name)), None)


def add_tab(patch: Parts, name: str, xml: bytes, *, state: str = "") -> TabPart:
    """Add a sheet behind all others, where it moves no name that belongs to a sheet by number."""
    part = patch.free_name("xl/worksheets/sheet{}.xml")
    patch.write(part, xml)
    patch.declare(part, _SHEET_TYPE)
    relation = patch.relate(WORKBOOK, "worksheet", part)
    book = plain(patch.read(WORKBOOK))
    numbers = [int(attribute(match[1], b"sheetId") or 0) for match in _sheets(book)]
    prefix = prefix_of(book)
    hidden = f' state="{state}"' if state else ""
    sheet = b'<%bsheet xmlns:r="%b" name="%b" sheetId="%d"%b r:id="%b"/>' % (
        prefix,
        OFFICE[:-1].encode(),
        escaped(name),
        max(numbers, default=0) + 1,
        hidden.encode(),
        relation.encode(),
    )
    patch.write(WORKBOOK, append_inside(book, prefix + b"sheets", sheet))
    return TabPart(name=name, part=part, index=len(numbers), relation=relation)


def remove_tab(patch: Parts, tab: TabPart) -> None:
    """Take a sheet out, with the names that belong to it; those of later sheets keep their sheet."""
    book = plain(patch.read(WORKBOOK))
    match = list(_sheets(book))[tab.index]
    book = book[: match.start()] + book[match.end() :]
    prefix = prefix_of(book)
    name = re.compile(
        rb"<" + prefix + rb"definedName\b(" + ATTRIBUTES + rb")>.*?</" + prefix + rb"definedName>", re.DOTALL
    )

    def moved(found: re.Match[bytes]) -> bytes:
        local = attribute(found[1], b"localSheetId")
        if local is None or int(local) < tab.index:
            return found[0]
        if int(local) == tab.index:
            return b""
        return found[0].replace(
            found[1], with_attribute(found[1], b"localSheetId", b"%d" % (int(local) - 1)), 1
        )

    book = name.sub(moved, book)
    # A book that opens at a sheet that is gone does not open.
    for key in (b"activeTab", b"firstSheet"):
        book = re.sub(rb' %b="%d"' % (key, tab.index), b' %b="0"' % key, book)
    patch.write(WORKBOOK, book)
    patch.unrelate(WORKBOOK, tab.relation)
    patch.drop(tab.part)


STYLES = "xl/styles.xml"
_NO_STYLES = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font/></fonts>'
    b'<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    b'</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    b'<cellXfs count="1"><xf xfId="0"/></cellXfs>'
    b'<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


def styles_part(patch: Parts) -> str:
    """Return the name of the styles part; a workbook without looks gets one."""
    found = next((one.target for one in patch.relations(WORKBOOK) if one.kind == "styles"), "")
    if found in patch:
        return found
    patch.write(STYLES, _NO_STYLES)
    patch.declare(STYLES, _STYLES_TYPE)
    patch.relate(WORKBOOK, "styles", STYLES)
    return STYLES
