"""The hidden sheet of last period's figures; read back as `Submission.previous`."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl import Workbook

from officeflow.workbook.words import words


def build_previous(book: Workbook, previous: Mapping[str, str]) -> None:
    """Add the sheet: figure id in column A, canonical text in column B; nothing where there are no figures."""
    if not previous:
        return
    sheet = book.create_sheet(words().previous)
    sheet.sheet_state = "veryHidden"
    for row, cells in enumerate(previous.items(), start=1):
        for column, text in enumerate(cells, start=1):
            cell = sheet.cell(row, column, text)
            cell.data_type, cell.number_format = "s", "@"
