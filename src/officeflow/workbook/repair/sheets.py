"""Whole sheets put back from the blank, names, stamp and property of the workbook, and how sheets are seen and printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from officeflow.ooxml.markup import (
    ATTRIBUTES,
    append_inside,
    attribute,
    children,
    escaped,
    inside,
    place_of,
    plain,
    prefix_of,
    prefixed,
    with_attribute,
)
from officeflow.ooxml.parts import Parts
from officeflow.workbook.files.book import Sheet
from officeflow.workbook.reading.stamp import PROPERTY, SHEET
from officeflow.workbook.sheetml.sheet import Block, SheetText, unprefixed
from officeflow.workbook.sheetml.styles import StyleImport
from officeflow.workbook.sheetml.tabs import WORKBOOK, TabPart, add_tab, tab_named, tabs_of

_CUSTOM = "docProps/custom.xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_STYLED = re.compile(rb"<(c|row|col)\b(" + ATTRIBUTES + rb")(/?)>")
_NAME = re.compile(rb"<definedName\b(" + ATTRIBUTES + rb")>.*?</definedName>", re.DOTALL)
# ECMA-376 part 1, 18.2.27 (CT_Workbook)
_ORDER = (
    b"fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups externalReferences "
    b"definedNames calcPr oleSize customWorkbookViews pivotCaches extLst"
).split()


def lost_sheets(parts: Parts, blank: Parts, known: set[str]) -> tuple[str, ...]:
    """Return the sheets of the blank that are gone; `known` are those that stand under another name."""
    tabs = (tab for tab in tabs_of(blank) if tab.name not in known)
    return tuple(tab.name for tab in tabs if tab_named(parts, tab.name) is None)


def put_back_sheets(parts: Parts, blank: Parts, styles: StyleImport, names: Sequence[str]) -> None:
    """Add these sheets of the blank, with their looks and names."""
    for tab in tabs_of(blank):
        if tab.name in names:
            state = "veryHidden" if tab.name == SHEET else ""
            put = add_tab(parts, tab.name, _translated(blank.read(tab.part), styles), state=state)
            _put_names(parts, blank, tab.index, put)


def _translated(xml: bytes, styles: StyleImport) -> bytes:
    def styled(match: re.Match[bytes]) -> bytes:
        name = b"style" if match[1] == b"col" else b"s"
        old = attribute(match[2], name)
        if old is None:
            return match[0]
        attributes = with_attribute(match[2], name, b"%d" % styles.style(int(old)))
        return b"<" + match[1] + attributes + match[3] + b">"

    # What the blank's formulas show is not true here; without a result every program computes them.
    xml = _STYLED.sub(styled, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", xml))
    return re.sub(rb'dxfId="(\d+)"', lambda match: b'dxfId="%d"' % styles.difference(int(match[1])), xml)


def _put_names(parts: Parts, blank: Parts, index: int, tab: TabPart) -> None:
    """Copy the names that belong to a sheet: print area and the rows repeated on each page."""
    for match in names_of(plain(blank.read(WORKBOOK)), index):
        changed = with_attribute(match[1], b"localSheetId", b"%d" % tab.index)
        add_name(parts, match[0].replace(match[1], changed, 1))


def names_of(book: bytes, index: int) -> list[re.Match[bytes]]:
    """Return the names that belong to one sheet; group 1 are their attributes."""
    prefix = prefix_of(book)
    pattern = re.compile(
        rb"<" + prefix + rb"definedName\b(" + ATTRIBUTES + rb")>.*?</" + prefix + rb"definedName>", re.DOTALL
    )
    return [one for one in pattern.finditer(book) if attribute(one[1], b"localSheetId") == b"%d" % index]


def lost_names(parts: Parts, blank: Parts) -> tuple[str, ...]:
    """Return the lists that drop-downs name and the workbook no longer has."""
    there = plain(parts.read(WORKBOOK))
    return tuple(name.decode() for name, _ in _lists(blank) if b'name="%b"' % name not in there)


def put_back_names(parts: Parts, blank: Parts, names: Sequence[str]) -> None:
    """Add these names of the blank."""
    for name, written in _lists(blank):
        if name.decode() in names:
            add_name(parts, written)


def _lists(blank: Parts) -> Iterator[tuple[bytes, bytes]]:
    for match in _NAME.finditer(plain(blank.read(WORKBOOK))):
        if attribute(match[1], b"localSheetId") is None:
            yield attribute(match[1], b"name") or b"", match[0]


def add_name(parts: Parts, written: bytes) -> None:
    """Add a name, written without prefixes."""
    book = plain(parts.read(WORKBOOK))
    prefix = prefix_of(book)
    if inside(book, prefix + b"definedNames") is None:
        root = inside(book, prefix + b"workbook") or (0, 0)
        at = place_of(list(children(book, *root)), _ORDER, b"definedNames", root[1])
        book = book[:at] + prefixed(b"<definedNames></definedNames>", prefix) + book[at:]
    parts.write(WORKBOOK, append_inside(book, prefix + b"definedNames", prefixed(written, prefix)))


def has_property(parts: Parts) -> bool:
    """Whether the workbook's stamp is among its properties."""
    return _CUSTOM in parts and b'name="%b"' % PROPERTY.encode() in plain(parts.read(_CUSTOM))


def put_back_property(parts: Parts, blank: Parts) -> None:
    """Put the workbook's stamp back among its properties."""
    if _CUSTOM not in parts:
        parts.write(_CUSTOM, blank.read(_CUSTOM))
        parts.declare(_CUSTOM, _CUSTOM_TYPE)
        parts.relate("", "custom-properties", _CUSTOM)
        return
    there = plain(parts.read(_CUSTOM))
    ours = re.search(rb"<property\b.*?</property>", plain(blank.read(_CUSTOM)), re.DOTALL)
    numbers = [int(number) for number in re.findall(rb'pid="(\d+)"', there)]
    if ours is None:
        return
    prefix = prefix_of(there)
    written = re.sub(rb'pid="\d+"', b'pid="%d"' % (max([1, *numbers]) + 1), ours[0])
    types = re.search(rb'xmlns:(\w+)="[^"]*docPropsVTypes"', there)
    if types is not None and prefix == b"":
        written = re.sub(rb"(</?)\w+:(\w+)", rb"\1" + types[1] + rb":\2", written)
    parts.write(_CUSTOM, append_inside(there, prefix + b"Properties", written))


def compute_on_opening(parts: Parts) -> None:
    """Have every formula computed when the workbook is opened next: new ones have no result yet."""
    book = plain(parts.read(WORKBOOK))
    prefix = prefix_of(book)
    match = re.search(rb"<" + prefix + rb"calcPr\b(" + ATTRIBUTES + rb")/?>", book)
    if match is None:
        root = inside(book, prefix + b"workbook") or (0, 0)
        at = place_of(list(children(book, *root)), _ORDER, b"calcPr", root[1])
        book = book[:at] + prefixed(b'<calcPr fullCalcOnLoad="1"/>', prefix) + book[at:]
    else:
        changed = with_attribute(match[1], b"fullCalcOnLoad", b"1")
        book = book[: match.start(1)] + changed + book[match.end(1) :]
    parts.write(WORKBOOK, book)


_PANE = re.compile(rb"<pane\b")
_JOINED = re.compile(rb'<mergeCell\b[^>]*\bref="([^"]*)"')
_SETUP = re.compile(rb"<pageSetup\b(" + ATTRIBUTES + rb")/?>")
_FIT = re.compile(rb"<pageSetUpPr\b(" + ATTRIBUTES + rb")/?>")
# ECMA-376 part 1, 18.3.1.63: what they are where nothing is written.
_USUAL: Mapping[bytes, bytes] = {
    b"paperSize": b"1",
    b"orientation": b"default",
    b"fitToWidth": b"1",
    b"fitToHeight": b"1",
}
_AS_PRINTED = {b"default": b"portrait"}


def lacks_panes(ours: SheetText, theirs: SheetText) -> bool:
    """Whether the headings were frozen and nothing is frozen now."""
    return bool(
        _PANE.search(unprefixed(ours.element(b"sheetViews")))
        and not _PANE.search(unprefixed(theirs.element(b"sheetViews")))
    )


def freeze(ours: SheetText, theirs: SheetText) -> None:
    """Freeze the headings as they were built."""
    our_views = unprefixed(ours.element(b"sheetViews"))
    their_views = unprefixed(theirs.element(b"sheetViews"))
    wanted = inside(our_views, b"sheetView")
    if wanted is None:
        return
    panes = our_views[slice(*wanted)]
    match = re.search(rb"<sheetView\b(" + ATTRIBUTES + rb")/?>", their_views)
    # A view from far down the sheet would begin there below the frozen rows.
    kept = with_attribute(match[1].rstrip(), b"topLeftCell", None) if match else b' workbookViewId="0"'
    theirs.put(b"sheetViews", b"<sheetViews><sheetView%b>%b</sheetView></sheetViews>" % (kept, panes))


def lost_joins(ours: SheetText, theirs: SheetText, sheet: Sheet, last_row: int) -> list[Block]:
    """Return the joined cells above row `last_row` that are joined no longer, where only the first holds something."""
    there = _joined(theirs)
    return [
        area
        for area in _joined(ours)
        if area.bottom <= last_row
        and all(area.without(other) == [area] for other in there)
        and all(
            sheet.at(row, column) == ""
            for row in range(area.top, area.bottom + 1)
            for column in range(area.left, area.right + 1)
            if (row, column) != (area.top, area.left)
        )
    ]


def join(theirs: SheetText, areas: Sequence[str]) -> None:
    """Join cells."""
    if areas:
        there = [*map(str, _joined(theirs)), *areas]
        written = b"".join(b'<mergeCell ref="%b"/>' % area.encode() for area in there)
        theirs.put(b"mergeCells", b'<mergeCells count="%d">%b</mergeCells>' % (len(there), written))


def _joined(sheet: SheetText) -> list[Block]:
    return [Block.parse(one) for one in _JOINED.findall(unprefixed(sheet.element(b"mergeCells")))]


def set_up_printing(ours: SheetText, theirs: SheetText) -> bool:
    """Print on the form's paper again, in its width, with its footer; return whether anything differed."""
    changed = _fit(ours, theirs) | _set_up(ours, theirs)
    for name in (b"printOptions", b"pageMargins", b"headerFooter"):
        if not theirs.element(name) and (written := ours.element(name)):
            theirs.put(name, written)
            changed = True
    return changed


def _set_up(ours: SheetText, theirs: SheetText) -> bool:
    wanted = _SETUP.search(unprefixed(ours.element(b"pageSetup")))
    there = _SETUP.search(unprefixed(theirs.element(b"pageSetup")))
    if wanted is None:
        return False
    attributes = b"" if there is None else there[1].rstrip()
    if all(_printed(wanted[1], name) == _printed(attributes, name) for name in _USUAL):
        return False
    for name in _USUAL:
        attributes = with_attribute(attributes, name, attribute(wanted[1], name))
    theirs.put(b"pageSetup", b"<pageSetup%b/>" % attributes)
    return True


def _printed(attributes: bytes, name: bytes) -> bytes:
    value = attribute(attributes, name) or _USUAL[name]
    return _AS_PRINTED.get(value, value)


def _fit(ours: SheetText, theirs: SheetText) -> bool:
    wanted, there = (_FIT.search(unprefixed(one.element(b"sheetPr"))) for one in (ours, theirs))
    if wanted is None or (there is not None and attribute(there[1], b"fitToPage") in {b"1", b"true"}):
        return False
    written = unprefixed(theirs.element(b"sheetPr"))
    found = inside(written, b"sheetPr") if written else None
    start = re.match(rb"<sheetPr\b(" + ATTRIBUTES + rb")", written)
    attributes = b"" if start is None else start[1].rstrip()
    held = b"" if found is None else _FIT.sub(b"", written[slice(*found)])
    theirs.put(b"sheetPr", b'<sheetPr%b>%b<pageSetUpPr fitToPage="1"/></sheetPr>' % (attributes, held))
    return True


def lost_print_names(parts: Parts, blank: Parts, tab: TabPart, our_tab: TabPart) -> list[bytes]:
    """Return the names that a sheet has no more, as they are written for it: print area, rows on every page."""
    book = plain(parts.read(WORKBOOK))
    there = {attribute(one[1], b"name") for one in names_of(book, tab.index)}
    lost = []
    for one in names_of(plain(blank.read(WORKBOOK)), our_tab.index):
        if attribute(one[1], b"name") not in there:
            attributes = with_attribute(one[1], b"localSheetId", b"%d" % tab.index)
            written = one[0].replace(one[1], attributes, 1)
            lost.append(written.replace(_quoted(our_tab.name), _quoted(tab.name)))
    return lost


def _quoted(sheet: str) -> bytes:
    return b"'%b'" % escaped(sheet.replace("'", "''"))
