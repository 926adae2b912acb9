"""The styles part: looks are appended, none is changed, so that every cell keeps the look it has."""

from __future__ import annotations

import re

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
