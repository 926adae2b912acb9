"""Workbooks for tests: drawn as Markdown grids, or put together from raw parts where no library can write them.

A grid cell is text; `12` and `1.5` are numbers, `'12` is a number typed as
text, `@2014-03-05` a real date, `=…` a formula without stored result.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def draw(grid: str) -> list[list[object]]:
    """Return the cells of a Markdown grid; a line that is `..` is a blank row."""
    lines = filter(None, map(str.strip, grid.splitlines()))
    return [
        [] if line == ".." else [_cell(text.strip()) for text in line.strip("|").split("|")] for line in lines
    ]


def _cell(text: str) -> object:
    if not text:
        return None
    if re.fullmatch(r"@\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text[1:])
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return float(text) if "." in text else int(text)
    return text.removeprefix("'").replace("\\n", "\n")


def book_of(sheets: Mapping[str, str]) -> Workbook:
    """Return an openpyxl workbook with one sheet per grid."""
    book = Workbook()
    book.remove(book.active)
    for name, grid in sheets.items():
        sheet = book.create_sheet(name)
        for row, cells in enumerate(draw(grid), 1):
            for column, value in enumerate(cells, 1):
                cell = sheet.cell(row, column, value)
                if isinstance(value, str) and not value.startswith("="):
                    cell.data_type = "s"
    return book


def save(book: Workbook, path: Path) -> Path:
    """Save a workbook and return its path."""
    book.save(path)
    return path


def sheet_xml(rows: str, *, before: str = "", after: str = "", main: str = MAIN) -> str:
    """Return a worksheet part around the XML of its rows."""
    return f'<worksheet xmlns="{main}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def text_cell(name: str, text: str) -> str:
    """Return the XML of a text cell."""
    return f'<c r="{name}" t="inlineStr"><is><t>{text}</t></is></c>'


def raw_parts(
    sheets: Mapping[str, str | bytes],
    *,
    main: str = MAIN,
    relations: str = RELATIONS,
    properties: str = "",
    is_1904: bool = False,
) -> dict[str, bytes]:
    """Return the parts of an .xlsx with the given worksheet parts; style 1 is a date, 2 a percentage."""
    numbered = list(enumerate(sheets, 1))
    tabs = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in numbered)
    targets = "".join(
        f'<Relationship Id="rId{n}" Type="{relations}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n, _ in numbered
    )
    epoch = '<workbookPr date1904="1"/>' if is_1904 else ""
    workbook_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{workbook_type}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}">{epoch}<sheets>{tabs}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{targets}'
        f'<Relationship Id="rId99" Type="{relations}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><cellXfs count="3"><xf numFmtId="0"/>'
        '<xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="9" applyNumberFormat="1"/></cellXfs></styleSheet>',
    }
    if properties:
        parts["docProps/custom.xml"] = properties
    parts |= {f"xl/worksheets/sheet{n}.xml": sheets[name] for n, name in numbered}
    return {name: text if isinstance(text, bytes) else text.encode() for name, text in parts.items()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip of the parts."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()
