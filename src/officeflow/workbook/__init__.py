"""Workbooks: build the blank form, read the filled one.

Why one package: it is the only home of openpyxl, calamine and xlrd, and builder
and reader share the stamp.  Everything is imported when first used: reading
must not pay for openpyxl, nor building for the readers.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from officeflow.workbook.book import Book, Sheet
    from officeflow.workbook.build import build_workbook
    from officeflow.workbook.markings import find_markings
    from officeflow.workbook.marks import is_as_marked, mark, unmark
    from officeflow.workbook.marks_beside import findings_workbook
    from officeflow.workbook.opening import open_book
    from officeflow.workbook.reading import read_submission
    from officeflow.workbook.recognise import guess_kit
    from officeflow.workbook.repair import repair_workbook
    from officeflow.workbook.stamp import Stamp, read_stamp

_HOMES = {
    "Book": "book",
    "Sheet": "book",
    "Stamp": "stamp",
    "build_workbook": "build",
    "find_markings": "markings",
    "findings_workbook": "marks_beside",
    "guess_kit": "recognise",
    "is_as_marked": "marks",
    "mark": "marks",
    "open_book": "opening",
    "read_stamp": "stamp",
    "read_submission": "reading",
    "repair_workbook": "repair",
    "unmark": "marks",
}

__all__ = [
    "Book",
    "Sheet",
    "Stamp",
    "build_workbook",
    "find_markings",
    "findings_workbook",
    "guess_kit",
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
