"""What a worksheet lays over its cells: formulas, looks of columns, entry rules, conditional colours."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import unescape

from officeflow.model.cells import MAX_COLUMN, MAX_ROW, column_letters, column_number
from officeflow.ooxml.markup import ATTRIBUTES, attribute, children, inside, with_attribute
from officeflow.ooxml.sheet_text import At, SheetText

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
