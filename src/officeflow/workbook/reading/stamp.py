"""The stamp by which a returned workbook names its kit: a veryHidden sheet and a custom property.

Two places because programs lose one or the other: a copied set of sheets keeps
the sheet, a converted file the property.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from officeflow.workbook.files.book import Book, Sheet

SHEET = "_officeflow"
"""Column A holds the keys, column B the values."""
PROPERTY = "officeflow"
"""Its text is JSON: {"kit": …, "version": …}."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """Which kit a workbook was built from; `unit_tag` only when it was issued to one unit."""

    kit: str
    version: str
    unit_tag: str = ""

    def __str__(self) -> str:
        return f"{self.kit} {self.version}".rstrip()

    def cells(self) -> tuple[tuple[str, str], ...]:
        """Return the rows of the stamp sheet."""
        return (("kit", self.kit), ("version", self.version), ("unit_tag", self.unit_tag))

    def property(self) -> str:
        """Return the text of the custom property."""
        return json.dumps({"kit": self.kit, "version": self.version}, ensure_ascii=False)


def read_stamp(book: Book) -> Stamp | None:
    """Return the workbook's stamp, from the sheet if it is there, else from the property; None without either."""
    return sheet_stamp(book) or property_stamp(book)


def sheet_stamp(book: Book) -> Stamp | None:
    """Return the stamp in the hidden sheet, None when it is gone."""
    tab = next((tab for tab in book.tabs if tab.name == SHEET), None)
    sheet = None if tab is None else book.sheet(tab).value
    return None if sheet is None else _stamp(_pairs(sheet))


def property_stamp(book: Book) -> Stamp | None:
    """Return the stamp in the custom property, None when it is gone."""
    try:
        held = json.loads(book.properties.get(PROPERTY, ""))
    except (ValueError, RecursionError):
        return None
    return _stamp({str(key): str(value) for key, value in held.items()}) if isinstance(held, dict) else None


def _pairs(sheet: Sheet) -> dict[str, str]:
    return {str(row[0]): str(row[1]) for row in sheet.rows if len(row) > 1}


def _stamp(held: dict[str, str]) -> Stamp | None:
    if not held.get("kit"):
        return None
    return Stamp(kit=held["kit"], version=held.get("version", ""), unit_tag=held.get("unit_tag", ""))
