"""Workbooks: build the blank form, read the filled one.

Why one package: it is the only home of openpyxl, calamine and xlrd, and builder
and reader share the stamp.  Everything is imported when first used: reading
must not pay for openpyxl, nor building for the readers.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from officeflow.workbook.blank.build import build_workbook
    from officeflow.workbook.files.book import Book, Sheet
    from officeflow.workbook.files.opening import open_book
    from officeflow.workbook.marks.writer import findings_workbook, is_as_marked, mark, unmark
    from officeflow.workbook.reading.recognise import candidate_kits
    from officeflow.workbook.reading.secrecy import find_markings
    from officeflow.workbook.reading.stamp import Stamp, read_stamp
    from officeflow.workbook.reading.submission import read_submission
    from officeflow.workbook.repair.writer import repair_workbook

_HOMES = {
    "Book": "files.book",
    "Sheet": "files.book",
    "Stamp": "reading.stamp",
    "build_workbook": "blank.build",
    "find_markings": "reading.secrecy",
    "findings_workbook": "marks.writer",
    "candidate_kits": "reading.recognise",
    "is_as_marked": "marks.writer",
    "mark": "marks.writer",
    "open_book": "files.opening",
    "read_stamp": "reading.stamp",
    "read_submission": "reading.submission",
    "repair_workbook": "repair.writer",
    "unmark": "marks.writer",
}

__all__ = [
    "Book",
    "Sheet",
    "Stamp",
    "build_workbook",
    "candidate_kits",
    "find_markings",
    "findings_workbook",
    "is_as_marked",
    "mark",
    "open_book",
    "read_stamp",
    "read_submission",
    "repair_workbook",
    "unmark",
]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{home}"), name)
