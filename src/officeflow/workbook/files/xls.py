"""Open .xls (BIFF) through xlrd: old ledgers, WPS .et files and exports of old systems."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

import xlrd

from officeflow.model.findings import Outcome
from officeflow.ooxml import file_finding
from officeflow.workbook.files.book import Area, At, Book, Raw, Sheet, Tab


def open_xls(path: Path, data: bytes) -> Outcome[Book | None]:
    """Return the workbook in a compound file, or None and the finding that says why not."""
    try:
        # formatting_info: hidden rows, merged cells and percent formats are kept only with it.
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    except Exception as error:  # noqa: BLE001  xlrd fails with whatever the broken bytes lead it to
        return Outcome(None, (file_finding(_code(str(error)), path.name),))
    tabs = {Tab(sheet.name, sheet.visibility != 0): sheet for sheet in book.sheets()}
    return Outcome(
        Book(
            path=path,
            sha256=hashlib.sha256(data).hexdigest(),
            tabs=tuple(tabs),
            properties={},  # kept outside the workbook stream, which is all that xlrd reads; the stamp sheet is there
            load=lambda tab: Outcome(_sheet(tab, tabs[tab], book)),
        )
    )


def _code(error: str) -> str:
    if "encrypt" in error.lower():
        return "FILE_ENCRYPTED"
    # A Word document with an Excel table in it has such a stream too, but not at its root.
    return "FILE_OTHER_OFFICE" if "Can't find workbook" in error else "FILE_DAMAGED"


def _sheet(tab: Tab, sheet: Any, book: Any) -> Sheet:
    errors: dict[At, str] = {}
    rows = [[*_cells(sheet, book, row, errors)] for row in range(sheet.nrows)]
    return Sheet(
        name=tab.name,
        rows=rows,
        broken=errors,
        areas=tuple(
            Area(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells
        ),
        hidden_rows=frozenset(row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden),
        hidden_columns=frozenset(column + 1 for column, info in sheet.colinfo_map.items() if info.hidden),
        is_hidden=tab.is_hidden,
        percents=lambda: frozenset(_percents(sheet, book)),
    )


def _cells(sheet: Any, book: Any, row: int, errors: dict[At, str]) -> Iterator[Raw]:
    types: list[int] = sheet.row_types(row)
    values: list[Any] = sheet.row_values(row)
    for column in range(sheet.ncols):
        # Rows may be shorter than the sheet.
        if column >= len(types):
            yield ""
            continue
        kind, value = types[column], values[column]
        if kind == xlrd.XL_CELL_ERROR:
            errors[row + 1, column + 1] = xlrd.error_text_from_code.get(value, "#N/A")
            value = ""
        elif kind == xlrd.XL_CELL_DATE:
            value = _dated(value, book.datemode)
        elif kind == xlrd.XL_CELL_BOOLEAN:
            value = bool(value)
        yield value


def _dated(serial: float, datemode: Literal[0, 1]) -> Raw:
    try:
        moment: datetime = xlrd.xldate_as_datetime(serial, datemode)
    except (ValueError, OverflowError):
        return serial
    whole: date = moment.date()
    return moment if moment.time() != moment.min.time() else whole


def _percents(sheet: Any, book: Any) -> Iterator[At]:
    for row in range(sheet.nrows):
        for column in range(len(sheet.row_types(row))):
            style = book.xf_list[sheet.cell_xf_index(row, column)]
            if "%" in book.format_map[style.format_key].format_str:
                yield row + 1, column + 1
