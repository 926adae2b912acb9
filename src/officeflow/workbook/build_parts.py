"""From an openpyxl workbook to bytes: results of formulas written in, no clock left, the same every time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence

from lxml import etree
from openpyxl import Workbook

from officeflow.model.values import plain
from officeflow.ooxml import write_package
from officeflow.workbook.build_look import TEXT_FACE
from officeflow.workbook.build_page import Page, Shown

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CORE, _STYLES = "docProps/core.xml", "xl/styles.xml"
_STAMPS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
# The face of column widths and of cells nobody has touched; a Chinese desk may lack Calibri.
_NORMAL_FONT = re.compile(rb"<fonts([^>]*)><font>.*?</font>", re.DOTALL)
_SONG = (
    rb"<fonts\1>" + f'<font><name val="{TEXT_FACE}" /><charset val="134" /><sz val="11" /></font>'.encode()
)
# Office shows these dates in the file's properties; a build must not depend on the day it is made.
_BUILT_ON = rb"\g<1>2000-01-01T00:00:00Z"


def to_bytes(book: Workbook, pages: Sequence[Page]) -> bytes:
    """Return the workbook; `pages` are its sheets in order, further sheets are written as they are."""
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[_STYLES] = _NORMAL_FONT.sub(_SONG, parts[_STYLES], count=1)
    parts[_CORE] = _STAMPS.sub(_BUILT_ON, parts[_CORE])
    for number, page in enumerate(pages, start=1):
        name = f"xl/worksheets/sheet{number}.xml"
        parts[name] = _finished(parts[name], page)
    return write_package(parts)


def _finished(part: bytes, page: Page) -> bytes:
    """Write what openpyxl cannot: the results of formulas, and heights that are not fixed."""
    root = etree.fromstring(part)
    for row in root.iterfind(f"{_MAIN}sheetData/{_MAIN}row"):
        if int(row.get("r", "0")) >= page.grows_from and "customHeight" in row.attrib:
            del row.attrib["customHeight"]
        for cell in row:
            if cell.find(f"{_MAIN}f") is not None:
                _write_result(cell, page.shown)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _write_result(cell: etree._Element, shown: Mapping[str, Shown]) -> None:
    result = shown[cell.get("r", "")]
    value = cell.find(f"{_MAIN}v")
    value = etree.SubElement(cell, f"{_MAIN}v") if value is None else value
    if isinstance(result, str):
        cell.set("t", "str")
        value.text = result
    else:
        value.text = plain(result)
