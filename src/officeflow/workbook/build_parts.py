"""From an openpyxl workbook to bytes: results of formulas written in, no clock left, the same every time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal

from lxml import etree
from openpyxl import Workbook

from officeflow.ooxml import write_package
from officeflow.workbook.build_page import Page, Shown

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CORE = "docProps/core.xml"
_STAMPS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
# Office shows these dates in the file's properties; a build must not depend on the day it is made.
_BUILT_ON = rb"\g<1>2000-01-01T00:00:00Z"


def to_bytes(book: Workbook, pages: Sequence[Page]) -> bytes:
    """Return the workbook; `pages` are its sheets in order, further sheets are written as they are."""
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[_CORE] = _STAMPS.sub(_BUILT_ON, parts[_CORE])
    for number, page in enumerate(pages, start=1):
        name = f"xl/worksheets/sheet{number}.xml"
        parts[name] = _finished(parts[name], page.shown)
    return write_package(parts)


def _finished(part: bytes, shown: Mapping[str, Shown]) -> bytes:
    """Write what formulas show, which openpyxl cannot, and let data rows grow with their text."""
    root = etree.fromstring(part)
    for formula in root.iter(f"{_MAIN}f"):
        cell = formula.getparent()
        if cell is None or cell.tag != f"{_MAIN}c":
            continue
        result = shown[cell.get("r", "")]
        value = cell.find(f"{_MAIN}v")
        value = etree.SubElement(cell, f"{_MAIN}v") if value is None else value
        value.text = result if isinstance(result, str) else format(Decimal(str(result)).normalize(), "f")
        if isinstance(result, str):
            cell.set("t", "str")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
