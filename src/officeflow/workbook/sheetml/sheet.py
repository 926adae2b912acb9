"""A worksheet part, changed in its text: cells, and what is laid over them (entry rules, conditional colours, columns)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import TypeAlias

from officeflow.model.cells import MAX_COLUMN, MAX_ROW, column_letters, column_number
from officeflow.ooxml.markup import (
    ATTRIBUTES,
    Element,
    MarkupError,
    attribute,
    children,
    inside,
    place_of,
    plain,
    prefix_of,
    prefixed,
    with_attribute,
)

At: TypeAlias = tuple[int, int]
"""(row, column), both from 1."""

# ECMA-376 part 1, 18.3.1.99 (CT_Worksheet): Excel refuses a part whose elements stand in another order.
_ORDER = (
    b"sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges "
    b"scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr "
    b"conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter "
    b"rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing "
    b"legacyDrawingHF drawingHF picture oleObjects controls webPublishItems tableParts extLst"
).split()
_USUAL_WIDTH = 8.43
_NAME = re.compile(rb'(?<![\w:])r="([A-Za-z]+)(\d+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class CellEdit:
    """What becomes of one cell."""

    style: Callable[[int], int] | None = None
    """From the style it shows now (its own, else its row's or column's) to the new one; None keeps it."""
    content: bytes | None = None
    """The elements inside, without prefixes; b'' empties it, None keeps what it holds."""
    kind: str = ""
    """The type (`t`) of new content, '' for numbers."""


class SheetText:
    """One worksheet part; `xml` is the part as it is now.

    Raises:
        MarkupError: it is not a worksheet that can be cut.
    """

    def __init__(self, xml: bytes) -> None:
        self.xml = plain(xml)
        self._p = p = prefix_of(self.xml)
        self._row = re.compile(rb"<" + p + rb"row\b(" + ATTRIBUTES + rb")(/?)>")
        self._cell = re.compile(
            rb"<" + p + rb"c\b(" + ATTRIBUTES + rb")(?:/>|>(.*?)</" + p + rb"c>)", re.DOTALL
        )
        self._body()

    def _body(self) -> tuple[int, int]:
        found = inside(self.xml, self._p + b"sheetData")
        if found is None:
            raise MarkupError("sheetData")
        return found

    def edit(self, edits: Mapping[At, CellEdit]) -> frozenset[At]:
        """Change cells and return those that were not in the part before."""
        by_row: dict[int, dict[int, CellEdit]] = {}
        for (row, column), one in sorted(edits.items()):
            by_row.setdefault(row, {})[column] = one
        if not by_row:
            return frozenset()
        self._open_body()
        start, end = self._body()
        pieces, done, added = [], 0, set[At]()
        waiting = sorted(by_row, reverse=True)
        for begin, finish, number, attributes, body in self._rows(start, end):
            while waiting and waiting[-1] < number:
                row = waiting.pop()
                pieces += [self.xml[done:begin], self._new_row(row, by_row[row])]
                added |= {(row, column) for column in by_row[row]}
                done = begin
            if not waiting:
                break
            if waiting[-1] == number:
                waiting.pop()
                changed = self._changed_row(number, attributes, body, by_row[number], added)
                pieces += [self.xml[done:begin], changed]
                done = finish
        pieces.append(self.xml[done:end])
        for row in reversed(waiting):
            pieces.append(self._new_row(row, by_row[row]))
            added |= {(row, column) for column in by_row[row]}
        self.xml = b"".join((*pieces, self.xml[end:]))
        return frozenset(added)

    def _open_body(self) -> None:
        tag = self._p + b"sheetData"
        self.xml = re.sub(
            rb"<" + tag + rb"\s*/>", lambda _: b"<" + tag + b"></" + tag + b">", self.xml, count=1
        )

    def _rows(self, start: int, end: int) -> Iterator[tuple[int, int, int, bytes, bytes | None]]:
        """Yield where each row begins and ends, its number, attributes and content (None without)."""
        closing, number = b"</" + self._p + b"row>", 0
        position = start
        while match := self._row.search(self.xml, position, end):
            number = int(attribute(match[1], b"r") or number + 1)
            if match[2]:
                position = match.end()
                yield match.start(), position, number, match[1], None
                continue
            inner_end = self.xml.find(closing, match.end())
            position = inner_end + len(closing)
            yield match.start(), position, number, match[1], self.xml[match.end() : inner_end]

    def _changed_row(
        self, number: int, attributes: bytes, body: bytes | None, edits: dict[int, CellEdit], added: set[At]
    ) -> bytes:
        pieces, done, body = [], 0, body or b""
        waiting = sorted(edits, reverse=True)
        row_style = int(attribute(attributes, b"s") or 0) if attribute(attributes, b"customFormat") else None
        column = 0
        for match in self._cell.finditer(body):
            name = _NAME.search(match[1])
            column = column_number(name[1].decode().upper()) if name else column + 1
            while waiting and waiting[-1] < column:
                new = waiting.pop()
                added.add((number, new))
                pieces += [body[done : match.start()], self._new_cell(number, new, edits[new], row_style)]
                done = match.start()
            if not waiting:
                break
            if waiting[-1] == column:
                waiting.pop()
                pieces += [body[done : match.start()], self._changed_cell(match, edits[column])]
                done = match.end()
        pieces.append(body[done:])
        for new in reversed(waiting):
            added.add((number, new))
            pieces.append(self._new_cell(number, new, edits[new], row_style))
        return self._written(b"row", attributes, b"".join(pieces))

    def cells(self) -> Iterator[tuple[At, int, bytes]]:
        """Yield each cell that is written: where, its style, what it holds."""
        for _, _, number, _, body in self._rows(*self._body()):
            for match in self._cell.finditer(body or b""):
                name = _NAME.search(match[1])
                if name is not None:
                    at = (number, column_number(name[1].decode().upper()))
                    yield at, int(attribute(match[1], b"s") or 0), match[2] or b""

    def _new_row(self, number: int, edits: dict[int, CellEdit]) -> bytes:
        cells = (self._new_cell(number, column, one, None) for column, one in sorted(edits.items()))
        return self._written(b"row", b' r="%d"' % number, b"".join(cells))

    def _new_cell(self, row: int, column: int, edit: CellEdit, row_style: int | None) -> bytes:
        old = self.column_style(column) if row_style is None else row_style
        style = old if edit.style is None else edit.style(old)
        attributes = b' r="%b%d"' % (column_letters(column).encode(), row) + (
            b' s="%d"' % style if style else b""
        )
        return self._filled(attributes, edit.content or b"", edit.kind)

    def _changed_cell(self, match: re.Match[bytes], edit: CellEdit) -> bytes:
        attributes = match[1]
        if edit.style is not None:
            old = int(attribute(attributes, b"s") or 0)
            new = edit.style(old)
            if new != old:
                attributes = with_attribute(attributes, b"s", b"%d" % new if new else None)
        if edit.content is None:
            return match[0].replace(match[1], attributes, 1)
        for name in (b"t", b"cm", b"vm"):
            attributes = with_attribute(attributes, name, None)
        return self._filled(attributes, edit.content, edit.kind)

    def _filled(self, attributes: bytes, content: bytes, kind: str) -> bytes:
        if content and kind:
            attributes += b' t="' + kind.encode() + b'"'
        return self._written(b"c", attributes, prefixed(content, self._p))

    def _written(self, tag: bytes, attributes: bytes, content: bytes) -> bytes:
        tag = self._p + tag
        if not content:
            return b"<" + tag + attributes.rstrip() + b"/>"
        return b"<" + tag + attributes.rstrip() + b">" + content + b"</" + tag + b">"

    def column_style(self, column: int) -> int:
        """Return the style that blank cells of a column show."""
        return int(attribute(self._column(column), b"style") or 0)

    def column_width(self, column: int) -> float:
        """Return the width of a column in characters."""
        return float(attribute(self._column(column), b"width") or _USUAL_WIDTH)

    def _column(self, column: int) -> bytes:
        # Columns stand before the cells: a large sheet without any is not searched to its end.
        head = self.xml[: self.xml.find(b"<" + self._p + b"sheetData")]
        for match in re.finditer(rb"<" + self._p + rb"col\b(" + ATTRIBUTES + rb")/?>", head):
            if int(attribute(match[1], b"min") or 0) <= column <= int(attribute(match[1], b"max") or 0):
                return match[1]
        return b""

    def restyle(self, styles: Mapping[int, int]) -> None:
        """Give every cell of a style another one; rows and columns keep theirs."""
        if not styles:
            return
        old = b"|".join(b"%d" % style for style in styles)
        tag = b"<" + self._p + b"c "

        def changed(match: re.Match[bytes]) -> bytes:
            start = self.xml.rfind(b"<", 0, match.start())
            new = styles[int(match[1])]
            if not self.xml.startswith(tag, start):
                return match[0]
            return b' s="%d"' % new if new else b""

        self.xml = re.sub(rb' s="(' + old + rb')"', changed, self.xml)

    def remove_blank(self, cells: Iterable[At]) -> None:
        """Take out cells that hold nothing, and rows that are left with nothing."""
        by_row: dict[int, set[int]] = {}
        for row, column in cells:
            by_row.setdefault(row, set()).add(column)
        start, end = self._body()
        pieces, done = [], 0
        for begin, finish, number, attributes, body in self._rows(start, end):
            if number not in by_row:
                continue
            pieces_kept, at = [], 0
            for match in self._cell.finditer(body or b""):
                if _is_blank_at(match, by_row[number]):
                    pieces_kept.append((body or b"")[at : match.start()])
                    at = match.end()
            kept = b"".join((*pieces_kept, (body or b"")[at:]))
            is_bare = not kept and not re.sub(rb'\s*(?:r|spans)="[^"]*"', b"", attributes).strip()
            pieces += [self.xml[done:begin], b"" if is_bare else self._written(b"row", attributes, kept)]
            done = finish
        self.xml = b"".join((*pieces, self.xml[done:]))

    def cut_rows(self, first: int) -> None:
        """Take out all rows from `first` on."""
        start, end = self._body()
        begin = next((row[0] for row in self._rows(start, end) if row[2] >= first), end)
        self.xml = self.xml[:begin] + self.xml[end:]

    def elements(self) -> list[Element]:
        """Return the children of the worksheet in their order."""
        root = inside(self.xml, self._p + b"worksheet")
        if root is None:
            raise MarkupError("worksheet")
        body = self._body()
        data = Element(
            b"sheetData", self.xml.rfind(b"<" + self._p + b"sheetData", 0, body[0]), self._data_end(body[1])
        )
        return [*children(self.xml, root[0], data.start), data, *children(self.xml, data.end, root[1])]

    def _data_end(self, end: int) -> int:
        closing = b"</" + self._p + b"sheetData>"
        return end + len(closing) if self.xml.startswith(closing, end) else end

    def element(self, name: bytes) -> bytes:
        """Return a child of the worksheet as it is written, b'' when there is none."""
        found = next((one for one in self.elements() if one.name == name), None)
        return b"" if found is None else self.xml[found.start : found.end]

    def put(self, name: bytes, fragment: bytes) -> None:
        """Replace a child of the worksheet, or put it where the schema wants it; b'' takes it out."""
        elements = self.elements()
        fragment = prefixed(fragment, self._p)
        found = next((one for one in elements if one.name == name), None)
        if found is not None:
            self.xml = self.xml[: found.start] + fragment + self.xml[found.end :]
        elif fragment:
            at = place_of(elements, _ORDER, name, self.xml.rfind(b"</" + self._p + b"worksheet>"))
            self.xml = self.xml[:at] + fragment + self.xml[at:]

    def add(self, name: bytes, fragment: bytes) -> None:
        """Put one more child beside those of its name."""
        at = place_of(self.elements(), _ORDER, name, self.xml.rfind(b"</" + self._p + b"worksheet>"))
        self.xml = self.xml[:at] + prefixed(fragment, self._p) + self.xml[at:]


def _is_blank_at(match: re.Match[bytes], columns: set[int]) -> bool:
    name = _NAME.search(match[1])
    return name is not None and not match[2] and column_number(name[1].decode().upper()) in columns


_RANGE = re.compile(rb"([A-Z]*)(\d*)(?::([A-Z]*)(\d*))?$")
_NAMESPACE = re.compile(rb"<(/?)[\w.-]+:")


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of cells; all four are included."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def parse(cls, written: bytes) -> Block:
        """Return the rectangle of an address or range; whole columns (B:C) and rows (5:7) reach to the end."""
        match = _RANGE.match(written.replace(b"$", b""))
        left, top, right, bottom = match.groups() if match else (b"", b"", b"", b"")
        return cls(
            int(top or 1),
            column_number(left.decode()) or 1,
            int((top if right is None else bottom) or MAX_ROW),
            column_number((left if right is None else right).decode()) or MAX_COLUMN,
        )

    def __str__(self) -> str:
        first = f"{column_letters(self.left)}{self.top}"
        last = f"{column_letters(self.right)}{self.bottom}"
        return first if first == last else f"{first}:{last}"

    def holds(self, other: Block) -> bool:
        """Whether it covers another one."""
        return (
            self.top <= other.top
            and self.left <= other.left
            and self.bottom >= other.bottom
            and self.right >= other.right
        )

    def without(self, other: Block) -> list[Block]:
        """Return what is left when another one is cut out."""
        top, bottom = max(self.top, other.top), min(self.bottom, other.bottom)
        left, right = max(self.left, other.left), min(self.right, other.right)
        if top > bottom or left > right:
            return [self]
        cut = [
            Block(self.top, self.left, top - 1, self.right),
            Block(bottom + 1, self.left, self.bottom, self.right),
            Block(top, self.left, bottom, left - 1),
            Block(top, right + 1, bottom, self.right),
        ]
        return [one for one in cut if one.top <= one.bottom and one.left <= one.right]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRule:
    """One drop-down or limit with its prompt, as it is written without prefixes."""

    written: bytes
    blocks: tuple[Block, ...]

    @property
    def meaning(self) -> tuple[str, ...]:
        """What it demands and says, by which two rules are the same."""
        start = self.written.partition(b">")[0]
        names = (b"type", b"operator", b"prompt", b"error")
        said = [
            *(attribute(start, name) or b"" for name in names),
            *re.findall(rb"<formula\d>(.*?)<", self.written),
        ]
        # Programs differ in what they write as an entity.
        return tuple(unescape(one.decode()) for one in said)

    def over(self, blocks: Iterable[Block]) -> bytes:
        """Return it as it is written for other cells."""
        start, _, rest = self.written.partition(b">")
        alone = start.endswith(b"/")
        places = " ".join(map(str, blocks)).encode()
        return with_attribute(start.removesuffix(b"/"), b"sqref", places) + (b"/>" if alone else b">") + rest


def entry_rules(sheet: SheetText) -> list[EntryRule]:
    """Return the entry rules of a sheet; those in the extensions of newer programs are not touched."""
    element = unprefixed(sheet.element(b"dataValidations"))
    found = inside(element, b"dataValidations") if element else None
    rules = []
    for one in children(element, *found) if found else ():
        written = element[one.start : one.end]
        places = (attribute(written.partition(b">")[0], b"sqref") or b"").split()
        rules.append(EntryRule(written=written, blocks=tuple(map(Block.parse, places))))
    return rules


def put_entry_rules(sheet: SheetText, rules: Iterable[bytes]) -> None:
    """Write the entry rules of a sheet, in place of those it has."""
    written = list(rules)
    body = b'<dataValidations count="%d">' % len(written) + b"".join(written) + b"</dataValidations>"
    sheet.put(b"dataValidations", body if written else b"")


def colour_rules(sheet: SheetText) -> list[bytes]:
    """Return the conditional formats of a sheet as they are written, without prefixes."""
    return [
        unprefixed(sheet.xml[one.start : one.end])
        for one in sheet.elements()
        if one.name == b"conditionalFormatting"
    ]


def unprefixed(written: bytes) -> bytes:
    """Return elements of the sheet itself as they are written without its prefix."""
    return _NAMESPACE.sub(rb"<\1", written)


def formulas(sheet: SheetText) -> dict[At, bytes]:
    """Return the formula of each cell that has one, as it is written."""
    found = {}
    for at, _, content in sheet.cells():
        if b"<f" in content or b":f" in content:
            match = re.search(
                rb"<(?:\w+:)?f\b" + ATTRIBUTES + rb"(?:/>|>.*?</(?:\w+:)?f>)", content, re.DOTALL
            )
            if match:
                found[at] = unprefixed(match[0])
    return found


def set_column_styles(sheet: SheetText, styles: Mapping[int, int], widths: Callable[[int], float]) -> None:
    """Give whole columns a style; columns the sheet says nothing of get a width too."""
    element = unprefixed(sheet.element(b"cols"))
    by_column: dict[int, bytes] = {}
    spans: list[tuple[int, int, bytes]] = []
    for match in re.finditer(rb"<col\b(" + ATTRIBUTES + rb")/?>", element):
        first, last = (int(attribute(match[1], name) or 0) for name in (b"min", b"max"))
        inner = {column for column in styles if first <= column <= last}
        by_column |= dict.fromkeys(inner, match[1])
        spans += [(a, b, match[1]) for a, b in _gaps(first, last, inner)]
    for column, style in styles.items():
        fresh = b' width="%.2f" customWidth="1"' % widths(column)
        spans.append((column, column, with_attribute(by_column.get(column, fresh), b"style", b"%d" % style)))
    written = b"".join(
        b"<col%b/>" % with_attribute(with_attribute(attributes, b"min", b"%d" % a), b"max", b"%d" % b)
        for a, b, attributes in sorted(spans, key=lambda span: span[0])
    )
    sheet.put(b"cols", b"<cols>" + written + b"</cols>")


def _gaps(first: int, last: int, out: set[int]) -> Iterable[tuple[int, int]]:
    start = first
    for column in sorted(out):
        if column > start:
            yield start, column - 1
        start = column + 1
    if start <= last:
        yield start, last
