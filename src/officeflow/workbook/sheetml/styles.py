"""The styles part: looks are appended, none is changed; looks compared, and carried from one workbook to another."""

from __future__ import annotations

import re
from typing import TypeAlias

from officeflow.ooxml.markup import (
    ATTRIBUTES,
    MarkupError,
    append_inside,
    attribute,
    children,
    inside,
    place_of,
    plain,
    prefix_of,
    prefixed,
    with_attribute,
)

# ECMA-376 part 1, 18.8.39 (CT_Stylesheet)
_ORDER = b"numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst".split()
_START = re.compile(rb"<([\w:.-]+)(" + ATTRIBUTES + rb")(/?)>")


class StylesText:
    """A styles part; `xml` is the part as it is now."""

    def __init__(self, xml: bytes) -> None:
        self.xml = plain(xml)
        self._p = prefix_of(self.xml)
        self._families: dict[bytes, list[bytes]] = {}
        self._made: dict[tuple[bytes, bytes], int] = {}
        if inside(self.xml, self._p + b"styleSheet") is None:
            raise MarkupError("styleSheet")

    def items(self, family: bytes) -> list[bytes]:
        """Return the entries of `fonts`, `fills`, `borders`, `cellXfs` or `dxfs` as they are written."""
        if family not in self._families:
            found = inside(self.xml, self._p + family)
            spans = [] if found is None else children(self.xml, *found)
            self._families[family] = [self.xml[one.start : one.end] for one in spans]
        return self._families[family]

    def append(self, family: bytes, fragment: bytes) -> int:
        """Return the index of an entry (written without prefixes), appended unless it was appended before."""
        return self._append(family, prefixed(fragment, self._p))

    def _append(self, family: bytes, written: bytes) -> int:
        key = (family, written)
        if key not in self._made:
            items = self.items(family)
            self._make(family)
            self.xml = append_inside(self.xml, self._p + family, written)
            items.append(written)
            self._count(family)
            self._made[key] = len(items) - 1
        return self._made[key]

    def _make(self, family: bytes) -> None:
        if inside(self.xml, self._p + family) is None:
            root = inside(self.xml, self._p + b"styleSheet")
            start, end = root or (0, 0)
            at = place_of(list(children(self.xml, start, end)), _ORDER, family, end)
            self.xml = self.xml[:at] + b"<" + self._p + family + b' count="0"/>' + self.xml[at:]

    def _count(self, family: bytes) -> None:
        tag, count = self._p + family, b"%d" % len(self.items(family))
        pattern = re.compile(rb"<" + tag + rb"(?=[\s>/])(" + ATTRIBUTES + rb")(/?)>")

        def counted(match: re.Match[bytes]) -> bytes:
            attributes = (
                match[1]
                if attribute(match[1], b"count") is None
                else with_attribute(match[1], b"count", count)
            )
            return b"<" + tag + attributes + match[2] + b">"

        self.xml = pattern.sub(counted, self.xml, count=1)

    def truncate(self, family: bytes, count: int) -> None:
        """Take out the last entries so that `count` are left."""
        found = inside(self.xml, self._p + family)
        spans = [] if found is None else list(children(self.xml, *found))
        if found is None or count >= len(spans):
            return
        self.xml = self.xml[: spans[count].start] + self.xml[found[1] :]
        self._families.pop(family, None)
        self._count(family)

    def with_changes(self, style: int, **parts: int) -> int:
        """Return the index of a cell style like another but for the ids given (fillId=…, fontId=…)."""
        items = self.items(b"cellXfs")
        old = items[style] if style < len(items) else (items[0] if items else b"<xf/>")
        match = _START.match(old)
        if match is None:
            raise MarkupError("xf")
        attributes = match[2]
        for name, value in parts.items():
            attributes = with_attribute(attributes, name.encode(), b"%d" % value)
            applied = b"apply" + name[:1].upper().encode() + name[1:-2].encode()
            attributes = with_attribute(attributes, applied, b"1")
        changed = b"<" + match[1] + attributes + match[3] + b">" + old[match.end() :]
        return self._append(b"cellXfs", changed)

    def fill_of(self, style: int) -> bytes:
        """Return the fill of a cell style as it is written, b'' when it has none."""
        items, fills = self.items(b"cellXfs"), self.items(b"fills")
        start = _START.match(items[style]) if style < len(items) else None
        index = int((attribute(start[2], b"fillId") if start else None) or 0)
        return fills[index] if index < len(fills) else b""


Look: TypeAlias = tuple[object, ...]
_FAMILIES = {b"fontId": b"fonts", b"fillId": b"fills", b"borderId": b"borders"}
_OWN_FORMATS = 164  # ECMA-376 part 1, 18.8.30: smaller numbers mean the same everywhere
_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_PERCENTS = {9, 10}
_UNSAID = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


class StyleImport:
    """Gives the cell styles of `source` to `target`, each once."""

    def __init__(self, target: StylesText, source: StylesText) -> None:
        self._target, self._source = target, source
        self._made: dict[int, int] = {}

    def style(self, index: int) -> int:
        """Return the target's number of a style of the source."""
        if index not in self._made:
            match = _START.match(self._source.items(b"cellXfs")[index])
            written = self._source.items(b"cellXfs")[index]
            if match is None:
                return 0
            attributes = with_attribute(match[2], b"xfId", b"0")
            for name, family in _FAMILIES.items():
                item = self._source.items(family)[int(attribute(attributes, name) or 0)]
                applied = b"apply" + name[:1].upper() + name[1:-2]
                attributes = with_attribute(attributes, name, b"%d" % self._target.append(family, item))
                attributes = with_attribute(attributes, applied, b"1")
            number = self._format(int(attribute(attributes, b"numFmtId") or 0))
            attributes = with_attribute(attributes, b"numFmtId", b"%d" % number)
            for applied in (b"applyNumberFormat", b"applyAlignment", b"applyProtection"):
                attributes = with_attribute(attributes, applied, b"1")
            start = b"<" + match[1] + attributes + match[3] + b">"
            self._made[index] = self._target.append(b"cellXfs", start + written[match.end() :])
        return self._made[index]

    def difference(self, index: int) -> int:
        """Return the target's number of a look that a conditional format adds (`dxf`)."""
        return self._target.append(b"dxfs", self._source.items(b"dxfs")[index])

    def _format(self, number: int) -> int:
        if number < _OWN_FORMATS:
            return number
        code = _codes(self._source).get(number, b"General")
        there = _codes(self._target)
        known = next((other for other, written in there.items() if written == code), None)
        if known is not None:
            return known
        new = max((_OWN_FORMATS - 1, *there)) + 1
        self._target.append(b"numFmts", b'<numFmt numFmtId="%d" formatCode="%b"/>' % (new, code))
        return new


def _codes(styles: StylesText) -> dict[int, bytes]:
    found = {}
    for item in styles.items(b"numFmts"):
        found[int(attribute(item, b"numFmtId") or 0)] = attribute(item, b"formatCode") or b""
    return found


class Looks:
    """What the cell styles of a workbook show, compared as people see it and not as it is written."""

    def __init__(self, styles: StylesText) -> None:
        self._styles = styles
        self._known: dict[int, Look] = {}

    def look(self, index: int) -> Look:
        """Return what a style shows; equal looks are equal."""
        if index not in self._known:
            items = self._styles.items(b"cellXfs")
            xf = items[index] if index < len(items) else b"<xf/>"
            self._known[index] = (self.code(index), *self._parts(xf), *self._placing(xf))
        return self._known[index]

    def _parts(self, xf: bytes) -> Look:
        # Not its colours: they may be somebody's way to remember something.
        font, border = self._item(xf, b"fontId", b"fonts"), self._item(xf, b"borderId", b"borders")
        return (
            _value(font, b"name"),
            _value(font, b"sz"),
            bool(re.search(rb"<(?:\w+:)?b(?:\s*/>| val=\"1\"| val=\"true\")", font)),
            tuple(re.findall(rb'style="(\w+)"', border)),
        )

    def _placing(self, xf: bytes) -> Look:
        inner = xf.partition(b">")[2]
        names = (b"horizontal", b"vertical", b"wrapText", b"indent", b"locked")
        return tuple(attribute(inner, name) or None for name in names)

    def _item(self, xf: bytes, name: bytes, family: bytes) -> bytes:
        items, index = self._styles.items(family), int(attribute(xf.partition(b">")[0], name) or 0)
        return items[index] if index < len(items) else b""

    def code(self, index: int) -> int | str:
        """Return the number format of a style: its number where that says it all, else its code."""
        items = self._styles.items(b"cellXfs")
        number = (
            int(attribute(items[index].partition(b">")[0], b"numFmtId") or 0) if index < len(items) else 0
        )
        code = _codes(self._styles).get(number)
        # Excel writes yyyy\-m\-d where others write yyyy-m-d.
        return number if code is None else code.decode().replace("\\", "").replace("&quot;", "")

    def kind(self, index: int) -> str:
        """Return 'date' or 'percent' when a number in that style reads as one, else ''."""
        code = self.code(index)
        if isinstance(code, int):
            return "date" if code in _DATES else "percent" if code in _PERCENTS else ""
        said = _UNSAID.sub("", code).casefold()
        return "percent" if "%" in said else "date" if re.search("[ymdhs]", said) else ""


def _value(font: bytes, name: bytes) -> bytes:
    match = re.search(rb"<(?:\w+:)?%b val=\"([^\"]*)\"" % name, font)
    return match[1] if match else b""
