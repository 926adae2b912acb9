"""What a sheet looks like on the screen and on paper, put back: frozen headings, joined titles, print set-up."""

from __future__ import annotations

import re
from collections.abc import Mapping

from officeflow.ooxml.markup import ATTRIBUTES, attribute, escaped, inside, plain, with_attribute
from officeflow.ooxml.parts import Parts
from officeflow.ooxml.sheet_rules import Block, unprefixed
from officeflow.ooxml.sheet_text import SheetText
from officeflow.workbook.book import Sheet
from officeflow.workbook.marks_tabs import WORKBOOK, TabPart
from officeflow.workbook.repair_sheets import add_name, names_of

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


def freeze(ours: SheetText, theirs: SheetText) -> bool:
    """Freeze the headings again where nothing is frozen; return whether it was needed."""
    our_views = unprefixed(ours.element(b"sheetViews"))
    their_views = unprefixed(theirs.element(b"sheetViews"))
    wanted = inside(our_views, b"sheetView")
    if wanted is None or not _PANE.search(our_views) or _PANE.search(their_views):
        return False
    panes = our_views[slice(*wanted)]
    match = re.search(rb"<sheetView\b(" + ATTRIBUTES + rb")/?>", their_views)
    # A view from far down the sheet would begin there below the frozen rows.
    kept = with_attribute(match[1].rstrip(), b"topLeftCell", None) if match else b' workbookViewId="0"'
    theirs.put(b"sheetViews", b"<sheetViews><sheetView%b>%b</sheetView></sheetViews>" % (kept, panes))
    return True


def join_titles(ours: SheetText, theirs: SheetText, sheet: Sheet, last_row: int) -> int:
    """Join the cells above row `last_row` again that were, where only the first holds something; return how many."""
    there = _joined(theirs)
    lost = [
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
    if lost:
        written = b"".join(b'<mergeCell ref="%b"/>' % str(area).encode() for area in [*there, *lost])
        count = len(there) + len(lost)
        theirs.put(b"mergeCells", b'<mergeCells count="%d">%b</mergeCells>' % (count, written))
    return len(lost)


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


def put_back_print_names(patch: Parts, blank: Parts, tab: TabPart, our_tab: TabPart) -> int:
    """Add the names of a sheet that it has no more: the area that is printed, the rows on every page."""
    book = plain(patch.read(WORKBOOK))
    there = {attribute(one[1], b"name") for one in names_of(book, tab.index)}
    added = 0
    for one in names_of(plain(blank.read(WORKBOOK)), our_tab.index):
        if attribute(one[1], b"name") not in there:
            attributes = with_attribute(one[1], b"localSheetId", b"%d" % tab.index)
            written = one[0].replace(one[1], attributes, 1)
            add_name(patch, written.replace(_quoted(our_tab.name), _quoted(tab.name)))
            added += 1
    return added


def _quoted(sheet: str) -> bytes:
    return b"'%b'" % escaped(sheet.replace("'", "''"))
