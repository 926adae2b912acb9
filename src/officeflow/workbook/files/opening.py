"""Open any workbook a clerk may hand in: .xlsx, .xlsm, .xls, .ods; by content, never by name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from officeflow.model.findings import Outcome
from officeflow.ooxml import FileKind, Package, kind_of, open_package
from officeflow.text.messages import Catalogue
from officeflow.workbook.files.book import Book

MESSAGES = Catalogue.beside(__file__)


def open_book(path: Path, content: bytes | None = None) -> Outcome[Book | None]:
    """Return the workbook at `path`, or None and one finding that says what the file is instead.

    The file is read once, whole: it may be open in Excel, and what is saved
    meanwhile does not mix in.  With `content` nothing is read: `path` only names what it is.

    Raises:
        OSError: the file cannot be read now (locked, no permission, network).
    """
    outcome = _open(path, path.read_bytes() if content is None else content)
    return replace(outcome, findings=tuple(replace(found, file=str(path)) for found in outcome.findings))


def _open(path: Path, data: bytes) -> Outcome[Book | None]:
    if kind_of(data) is FileKind.OLE_EXCEL:
        from officeflow.workbook.files.xls import open_xls

        return open_xls(path, data)
    opened = open_package(data, name=path.name)
    return Outcome(None, opened.findings) if opened.value is None else _unpacked(path, opened.value)


def _unpacked(path: Path, package: Package) -> Outcome[Book | None]:
    if "content.xml" in package:
        from officeflow.workbook.files.ods import open_ods

        return open_ods(path, package)
    if "xl/workbook.bin" in package:
        return Outcome(None, (MESSAGES.finding("BOOK_BINARY", name=path.name),))
    if any(name.casefold().startswith("xl/") for name in package.names):
        from officeflow.workbook.files.xlsx import open_xlsx

        return open_xlsx(path, package)
    office = any(name.casefold().startswith(("word/", "ppt/")) for name in package.names)
    return Outcome(None, (package.finding("FILE_OTHER_OFFICE" if office else "FILE_ARCHIVE"),))
