"""Where a workbook speaks of secrecy: cells of any sheet, names of sheets, page headers, text boxes, notes.

Asked before anything else is made of the workbook, so it looks at what stands
there, not at what a kit makes of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from officeflow.checks import STOPS, secrecy, secrecy_finding
from officeflow.model.cells import CellRef
from officeflow.model.findings import Finding
from officeflow.text.messages import Place
from officeflow.workbook.files.book import Book, Sheet


def find_markings(book: Book) -> Iterator[Finding]:
    """Yield one finding per text that carries a marking or the word; a file without the sign costs one search."""
    if not book.has_sign():
        return
    for place, text in _texts(book):
        if code := secrecy(text):
            key = f"{place.sheet}!{place.cell}" if place.cell else place.sheet or text
            # What is marked is not said again, the name of a sheet neither.
            where = Place() if code in STOPS and not place.cell else place
            yield secrecy_finding(code, where, file=str(book.path), key=key)


def _texts(book: Book) -> Iterator[tuple[Place, str]]:
    for tab in book.tabs:
        yield Place(tab.name), tab.name
        sheet = book.sheet(tab).value
        if sheet is not None:
            yield from _cells(sheet)
    for text in book.loose_texts():
        yield Place(), text


def _cells(sheet: Sheet) -> Iterator[tuple[Place, str]]:
    for number, row in enumerate(sheet.rows, 1):
        for column, cell in enumerate(row, 1):
            if isinstance(cell, str) and cell:
                yield Place(sheet.name, number, cell=CellRef("", number, column).a1), cell
