"""Notes of a sheet: the comments part and the drawing that gives each its box, changed in their text.

Excel shows a note only when both parts know it.  Threaded comments keep a
stand-in here whose author is `tc=…`; the words people see are elsewhere, so such
cells are left alone.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from html import unescape

from officeflow.model.cells import CellRef, column_letters
from officeflow.ooxml.markup import (
    ATTRIBUTES,
    append_inside,
    attribute,
    escaped,
    inside,
    plain,
    prefix_of,
    prefixed,
)
from officeflow.workbook.sheetml.sheet import At

NO_COMMENTS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<authors></authors><commentList></commentList></comments>"
)
NO_DRAWING = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel"></xml>'
)
_BOX = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:80pt;'
    'margin-top:2pt;width:{width}pt;height:{height}pt;z-index:{number};visibility:hidden" '
    'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" '
    'obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div '
    'style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/>'
    "<x:SizeWithCells/><x:Anchor>{left}, 15, {top}, 2, {right}, 15, {bottom}, 4</x:Anchor>"
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_BOX_TYPE = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = re.compile(rb"<v:shape\b" + ATTRIBUTES + rb">.*?</v:shape>", re.DOTALL)
_SHAPE_ID = re.compile(rb'id="_x0000_s(\d+)"')
_FONT = b'<rPr><sz val="9"/><color rgb="FF000000"/><rFont val="\xe5\xae\x8b\xe4\xbd\x93"/><charset val="134"/></rPr>'
_LINE_POINTS, _WIDTH_POINTS, _SIGNS = 12.5, 210, 22
_ROW_POINTS = 18


def fingerprint(text: str) -> str:
    """Return what a note is known by, whatever becomes of its line ends."""
    return hashlib.sha256("".join(text.split()).encode("utf-8", "ignore")).hexdigest()[:12]


class NotesText:
    """A comments part; `xml` is the part as it is now.  `author` signs the notes that are ours."""

    def __init__(self, xml: bytes, *, author: str, mark: str) -> None:
        self.xml = plain(xml)
        self._p = p = prefix_of(self.xml)
        self._author, self._mark = author, mark
        self._comment = re.compile(
            rb"<" + p + rb"comment\b(" + ATTRIBUTES + rb")>(.*?)</" + p + rb"comment>", re.DOTALL
        )

    def _authors(self) -> list[bytes]:
        p = re.escape(self._p)
        pattern = rb"<" + p + rb"author\b[^>]*?(?:/>|>(.*?)</" + p + rb"author>)"
        return [match[1] or b"" for match in re.finditer(pattern, self.xml, re.DOTALL)]

    @property
    def count(self) -> int:
        """How many notes there are."""
        return sum(1 for _ in self._comment.finditer(self.xml))

    def add(self, notes: Mapping[At, str]) -> frozenset[At]:
        """Add notes, below what is already noted at a cell; return the cells that had none (each needs a box)."""
        authors = self._authors()
        there = {attribute(match[1], b"ref"): match for match in self._comment.finditer(self.xml)}
        new, pieces, done = dict[At, str](), [], 0
        changed: list[tuple[int, bytes]] = []
        for at, text in sorted(notes.items()):
            match = there.get(b"%b%d" % (column_letters(at[1]).encode(), at[0]))
            if match is None:
                new[at] = text
            elif not authors[int(attribute(match[1], b"authorId") or 0)].startswith(b"tc="):
                changed.append((match.end(2), self._run(f"\n{self._mark}\n{text}")))
        for end, run in sorted(changed):
            place = self.xml.rfind(b"</" + self._p + b"text>", 0, end)
            pieces += [self.xml[done:place], run]
            done = place
        self.xml = b"".join((*pieces, self.xml[done:]))
        self._append(new)
        return frozenset(new)

    def _append(self, notes: Mapping[At, str]) -> None:
        if not notes:
            return
        authors = self._authors()
        mine = escaped(self._author)
        if mine not in authors:
            entry = prefixed(b"<author>" + mine + b"</author>", self._p)
            self.xml = append_inside(self.xml, self._p + b"authors", entry)
            authors.append(mine)
        written = [
            prefixed(
                b'<comment ref="%b%d" authorId="%d"><text>'
                % (column_letters(column).encode(), row, authors.index(mine)),
                self._p,
            )
            + self._run(text)
            + prefixed(b"</text></comment>", self._p)
            for (row, column), text in notes.items()
        ]
        self.xml = append_inside(self.xml, self._p + b"commentList", b"".join(written))

    def _said(self, comment: re.Match[bytes]) -> str:
        pattern = rb"<" + self._p + rb"t\b[^>]*>(.*?)</" + self._p + rb"t>"
        texts = re.findall(pattern, comment[2], re.DOTALL)
        return fingerprint(unescape(b"".join(texts).decode()))

    def _run(self, text: str) -> bytes:
        words = prefixed(b"<r>" + _FONT + b'<t xml:space="preserve">', self._p) + escaped(text)
        return words + prefixed(b"</t></r>", self._p)

    def remove_ours(self, known: Collection[str] = ()) -> frozenset[At]:
        """Take out what `add` put in, wherever it stands now; return the cells that have no note any more.

        A note is ours by its author or, since LibreOffice 7.4 writes no authors,
        by its fingerprint being among the `known`.
        """
        authors, mine, gone = self._authors(), escaped(self._author), set[At]()
        p = self._p
        run = re.compile(
            rb"<" + p + rb"r>(?:(?!</" + p + rb"r>).)*" + re.escape(escaped(self._mark)) + rb".*", re.DOTALL
        )

        def kept(match: re.Match[bytes]) -> bytes:
            if authors[int(attribute(match[1], b"authorId") or 0)] == mine or self._said(match) in known:
                ref = CellRef.parse("", (attribute(match[1], b"ref") or b"A1").decode())
                gone.add((ref.row, ref.column))
                return b""
            found = inside(match[0], p + b"text")
            if found is None or escaped(self._mark) not in match[0]:
                return match[0]
            return match[0][: found[0]] + run.sub(b"", match[0][slice(*found)]) + match[0][found[1] :]

        self.xml = self._comment.sub(kept, self.xml)
        if mine in authors and authors.index(mine) == len(authors) - 1:
            entry = prefixed(b"<author>" + mine + b"</author>", p)
            self.xml = self.xml.replace(entry, b"", 1)
        return frozenset(gone)


class BoxesText:
    """The drawing with the boxes of notes (VML, ECMA-376 part 4, 19); it may hold other shapes."""

    def __init__(self, xml: bytes) -> None:
        # Not made plain: Excel 2003 wrote drawings that are no XML (<br> without end).
        self.xml = xml

    def add(self, notes: Mapping[At, str]) -> None:
        """Add a hidden box at each cell, large enough for its words."""
        if not notes:
            return
        number = max((int(found) for found in _SHAPE_ID.findall(self.xml)), default=1024)
        written = [] if b'id="_x0000_t202"' in self.xml else [_BOX_TYPE]
        for (row, column), text in sorted(notes.items()):
            number += 1
            written.append(_box(row, column, text, number))
        end = self.xml.rfind(b"</xml>")
        self.xml = self.xml[:end] + b"".join(written) + self.xml[end:]

    def remove(self, cells: Iterable[At]) -> None:
        """Take out the boxes of notes at these cells."""
        gone = set(cells)

        def kept(match: re.Match[bytes]) -> bytes:
            is_note = b'ObjectType="Note"' in match[0]
            place = [re.search(rb"<x:%b>(\d+)<" % name, match[0]) for name in (b"Row", b"Column")]
            at = tuple(int(found[1]) + 1 for found in place if found is not None)
            return b"" if is_note and at in gone else match[0]

        self.xml = _SHAPE.sub(kept, self.xml)

    @property
    def is_empty(self) -> bool:
        """Whether no shape is left."""
        return _SHAPE.search(self.xml) is None


def _box(row: int, column: int, text: str, number: int) -> bytes:
    lines = sum(1 + len(line) // _SIGNS for line in text.split("\n")) + 1
    height = lines * _LINE_POINTS
    return _BOX.format(
        number=number,
        width=_WIDTH_POINTS,
        height=round(height),
        left=column,
        right=column + 3,
        top=max(row - 2, 0),
        bottom=max(row - 2, 0) + max(2, round(height / _ROW_POINTS)),
        row=row - 1,
        column=column - 1,
    ).encode()
