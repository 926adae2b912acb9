"""What a worksheet part says that calamine does not, found without building a tree.

calamine 0.9 gives '' for error cells and for formulas without stored result,
stops silently at broken XML and at UTF-16, and aborts the process when used
cells span more than memory (tafia/calamine#693).  All of that is looked for
here, before calamine sees the part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate

from officeflow.model.cells import MAX_COLUMN, column_letters, column_number
from officeflow.workbook.files.book import Area, At, Raw

MAX_CELLS = 4_000_000
"""Cells of the used rectangle that are read; calamine holds 32 bytes for each, blank or not."""

PICTURE = b"DISPIMG("
"""WPS stores a picture in a cell as a formula of this name."""
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")
# A cell named with five characters or fewer lies near, and this test is twice as fast as the next.
_LONG = re.compile(rb' r="(?:[^"]{6}|[A-Za-z]{4})')
_FAR = re.compile(rb' r="(?:[A-Za-z]{3}|[A-Za-z]{2}\d{5}|[A-Za-z]?\d{6})')
# A cell without content (<c …/>) costs nothing: formatted blank rows and columns are lawful.
_REF = re.compile(rb'<c\b[^>/]*? r="([A-Za-z]+)(\d+)"[^>/]*>')
_QUOTED = re.compile(rb"<(?:c|row|col|mergeCell)\b[^>]*='")
_NAME = re.compile(rb'\br="([A-Za-z]+)([0-9]+)"')
_ERROR = re.compile(rb'<c\b([^>]*\bt="e"[^>]*)>(?:\s*<f\b[^>]*?(?:/>|>[^<]*</f>))?\s*<v>([^<]*)</v>')
# A stored empty text (t="str") is a result, as in =IF(B5="","",…) on a blank row; so is an error.
# Not `in`: for a few bytes whose last one is frequent a search by pattern is up to five times as fast (measured, 3.11).
_FORMULA, _ERROR_TYPE = re.compile(rb"<f\b"), re.compile(b't="e"')
_UNCACHED = re.compile(
    rb"""<f(?<!t="str"><f)(?<!t="e"><f)\b[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"""
)
_MERGE = re.compile(rb'<mergeCell\b[^>]*\bref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_HIDDEN_ROW = re.compile(rb'<row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*\br="(\d+)"')
_HIDDEN_COLUMN = re.compile(rb'<col\b(?=[^>]*\bhidden="(?:1|true)")([^>]*)')
_SPAN = re.compile(rb'\b(min|max)="(\d+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What one worksheet part says beside its values; `problem` is a message code when it must not be read."""

    problem: str = ""
    far: str = ""
    """The far corner of the used range, when that is the problem."""
    broken: Mapping[At, str]
    pictures: frozenset[At]
    areas: tuple[Area, ...]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    xml: bytes
    """The part, written regularly."""


def facts_of(xml: bytes) -> Facts:
    """Return what the XML of one worksheet says beside its values."""
    if not is_utf8(xml):
        return _problem("SHEET_ENCODING")
    regular = _regular(xml)
    if regular is None:
        return _problem("SHEET_DAMAGED")
    if _LONG.search(regular) and _FAR.search(regular) and (far := _far_corner(regular)):
        return _problem("SHEET_TOO_WIDE", far)
    errors = [*_uncached(regular), *_errors(regular)]
    end = max(regular.rfind(b"</sheetData>"), 0)
    has_hidden = b' hidden="' in regular
    return Facts(
        broken={at: text for at, text, is_picture in errors if not is_picture},
        pictures=frozenset(at for at, _, is_picture in errors if is_picture),
        areas=tuple(_area(*match.groups()) for match in _MERGE.finditer(regular, end)),
        hidden_rows=frozenset(int(match[1]) for match in _HIDDEN_ROW.finditer(regular) if has_hidden),
        hidden_columns=frozenset(_hidden_columns(regular)) if has_hidden else frozenset(),
        xml=regular,
    )


def is_utf8(xml: bytes) -> bool:
    """Whether a part is written so that every reader understands it."""
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in xml[:64]:
        return False
    declared = _ENCODING.match(xml[:200].removeprefix(b"\xef\xbb\xbf"))
    return declared is None or declared[1].lower() in {b"utf-8", b"utf8", b"us-ascii", b"ascii"}


_DIGITS = 6  # Excel holds 65 490 cell formats; a longer number is damage


def styled_cells(xml: bytes, styles: frozenset[int]) -> Iterator[At]:
    """Yield the cells of a regular part that use one of the styles."""
    for match in re.finditer(rb'<c\b([^>]*\bs="(\d+)"[^>]*)>', xml):
        if len(match[2]) < _DIGITS and int(match[2]) in styles and (at := _at(match[1])):
            yield at


def _problem(code: str, far: str = "") -> Facts:
    nothing: frozenset[At] = frozenset()
    return Facts(
        problem=code,
        far=far,
        broken={},
        pictures=nothing,
        areas=(),
        hidden_rows=frozenset(),
        hidden_columns=frozenset(),
        xml=b"",
    )


def _regular(xml: bytes) -> bytes | None:
    """Return the part with plain names and double quotes, or None when it is not well-formed."""
    if _is_regular(xml):
        return xml
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError:
        return None
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
    etree.cleanup_namespaces(root)
    _name_cells(root)
    return etree.tostring(root)


def _name_cells(root: Any) -> None:
    """Write the names of cells that leave them out: such a cell follows the one before it."""
    number = 0
    for row in root.iter("row"):
        number = int(row.get("r", number + 1))
        row.set("r", str(number))
        column = 0
        for cell in row.iter("c"):
            at = _at(b' r="%b"' % cell.get("r", "").encode())
            column = at[1] if at else column + 1
            if not at and column <= MAX_COLUMN:
                cell.set("r", f"{column_letters(column)}{number}")


def _is_regular(xml: bytes) -> bool:
    """Whether the part is written as office programs write it; each test is one search over bytes."""
    start = xml.find(b"<worksheet", 0, 2048)
    head = xml[max(start, 0) : 2048]
    if start < 0 or b' ="' in head or b'= "' in head:
        return False
    sheet_data = xml.find(b"<sheetData", start)
    inside = xml.find(b"<", sheet_data + 1)
    is_empty = sheet_data < 0 or b"/>" in xml[sheet_data:inside]
    if not is_empty and not xml.startswith((b"<row", b"</sheetData"), inside):
        return False
    cell = xml.find(b"<c", sheet_data)
    if cell >= 0 and b' r="' not in xml[cell : xml.find(b">", cell)]:
        return False
    # The one-character searches are nearly free and settle most sheets.
    if b"'" in xml and xml.find(b"='", start) >= 0 and _QUOTED.search(xml):
        return False
    return not (b"!" in xml and (b"<!--" in xml or b"<![CDATA[" in xml))


def is_lost(facts: Facts, rows: Sequence[Sequence[Raw]]) -> bool:
    """Whether calamine returned fewer values than the part holds; it takes broken XML for what it can make of it.

    Counting settles nearly every sheet, the parser the rest: three times as slow as counting.
    """
    held = facts.xml.count(b"</v>") + facts.xml.count(b"</is>")
    missing = held - sum(len(row) - row.count("") for row in rows)
    if missing == 0:
        return False
    errors = len(facts.pictures) + sum(map(bool, facts.broken.values()))
    if missing == facts.xml.count(b"<v></v>") + errors:
        return False
    # What is left may be empty texts; or values behind the end of the data.
    return not _is_well_formed(facts.xml) or _last_row(facts.xml) > len(rows)


def _is_well_formed(xml: bytes) -> bool:
    try:
        ParserCreate().Parse(xml, True)
    except ExpatError:
        return False
    return True


def _last_row(xml: bytes) -> int:
    """Return the last row of a regular part that surely has a value, 0 when none has."""
    return max(_row_before(xml, b"</v>"), _row_before(xml, b"</t></is>"))


def _row_before(xml: bytes, end_tag: bytes) -> int:
    end = len(xml)
    while (end := xml.rfind(end_tag, 0, end)) >= 0:
        cell = xml[xml.rfind(b"<c ", 0, end) : end]
        if xml[end - 1 : end] != b">" and b't="e"' not in cell:
            at = _at(cell)
            return 0 if at is None else at[0]
    return 0


def _far_corner(xml: bytes) -> str:
    """Return the corner of the used range when it is larger than MAX_CELLS, else ''."""
    last_row = last_column = 1
    far = ("", 0)
    for match in _REF.finditer(xml):
        letters, number = match[1].upper().decode(), int(match[2])
        if xml.startswith((b"</c>", b"<v></v>", b"<v/>"), match.end()):
            continue
        column = column_number(letters)
        if number > last_row or column > last_column:
            far = (letters, number)
        last_row, last_column = max(last_row, number), max(last_column, column)
    return f"{far[0]}{far[1]}" if last_row * last_column > MAX_CELLS else ""


def _at(attributes: bytes) -> At | None:
    match = _NAME.search(attributes)
    return None if match is None else (int(match[2]), column_number(match[1].decode().upper()))


def _errors(xml: bytes) -> Iterator[tuple[At, str, bool]]:
    if b"#" not in xml or _ERROR_TYPE.search(xml) is None:
        return
    for match in _ERROR.finditer(xml):
        # Excel stores a picture in a cell as #VALUE! with a rich value (vm, MS-XLSX 2.3.6.1);
        # WPS as a formula that Excel and LibreOffice do not know.
        if at := _at(match[1]):
            yield at, match[2].decode(), b' vm="' in match[1] or PICTURE in match[0]


def _uncached(xml: bytes) -> Iterator[tuple[At, str, bool]]:
    for match in _UNCACHED.finditer(xml):
        attributes = xml[xml.rfind(b"<c ", 0, match.start()) : match.start()]
        if b't="str"' not in attributes and b't="e"' not in attributes and (at := _at(attributes)):
            yield at, "", PICTURE in match[0]


def formula_cells(xml: bytes) -> Iterator[At]:
    """Yield the cells of a regular part whose value is the result of a formula; a picture is none."""
    if _FORMULA.search(xml) is None:
        return
    for match in re.finditer(rb"<c\b([^>]*)>\s*<f\b(?![^>]*>[^<]*DISPIMG)", xml):
        if at := _at(match[1]):
            yield at


def _area(left: bytes, top: bytes, right: bytes, bottom: bytes) -> Area:
    return Area(int(top), column_number(left.decode()), int(bottom), column_number(right.decode()))


def _hidden_columns(xml: bytes) -> Iterator[int]:
    for match in _HIDDEN_COLUMN.finditer(xml):
        span = {name: int(number) for name, number in _SPAN.findall(match[1])}
        # Beyond any form; <col max="16384" hidden="1"> hides the rest of a sheet.
        yield from range(span.get(b"min", 1), min(span.get(b"max", 0), 512) + 1)
