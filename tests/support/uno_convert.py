"""A document or workbook opened in LibreOffice and stored as another kind: a job of `tests.support.uno_jobs`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.support.uno_jobs import load, save

FILTERS = {
    "com.sun.star.text.TextDocument": {
        "docx": "MS Word 2007 XML",
        "doc": "MS Word 97",
        "odt": "writer8",
        "rtf": "Rich Text Format",
        "txt": "Text (encoded)",
        "pdf": "writer_pdf_Export",
    },
    "com.sun.star.sheet.SpreadsheetDocument": {
        "xlsx": "Calc MS Excel 2007 XML",
        "xls": "MS Excel 97",
        "ods": "calc8",
        "pdf": "calc_pdf_Export",
    },
}
"""The filters that `soffice --convert-to` takes."""


def run(desktop: Any, source: str, target: str) -> None:
    """Store `source` as `target`, in the kind that its name ends in; plain text is UTF-8."""
    kind = target.rpartition(".")[2]
    document = load(desktop, source)
    try:
        service = next(name for name in FILTERS if document.supportsService(name))
        options = "UTF8" if kind == "txt" else ""
        save(document, Path(target), filter_name=FILTERS[service][kind], filter_options=options)
    finally:
        document.close(True)
