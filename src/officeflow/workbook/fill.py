"""Cells that say what stands above: merged cells, 同上; and pictures in cells."""

from __future__ import annotations

from bisect import bisect_right

from officeflow.checks import masked
from officeflow.model.cells import CellRef
from officeflow.model.kit import Field, Form
from officeflow.text.messages import Place
from officeflow.text.reading import as_shown
from officeflow.workbook.book import Raw, Sheet
from officeflow.workbook.headings import Layout
from officeflow.workbook.notes import Notes
from officeflow.workbook.words import words

PICTURE = "DISPIMG("
"""WPS 2021 stores a picture in a cell as a formula of this name."""


def fill_merged(
    cells: dict[str, list[Raw]],
    rows: tuple[int, ...],
    *,
    sheet: Sheet,
    form: Form,
    layout: Layout,
    notes: Notes,
) -> list[tuple[str, int, int]]:
    """Repeat the value of a merged cell in the rows it covers, listing each.

    A merged number is not repeated (one amount for three rows is one amount);
    such numbers are returned as (field id, entry, rows).
    """
    numbers: list[tuple[str, int, int]] = []
    by_column = {column: field_id for field_id, column in layout.columns.items()}
    entry_at = {row: entry for entry, row in enumerate(rows)}
    for area in sheet.areas:
        field_id = by_column.get(area.left)
        if field_id is None or area.bottom == area.top or area.top not in entry_at:
            continue
        column, value = cells[field_id], cells[field_id][entry_at[area.top]]
        if value == "":
            continue
        field = form.by_id[field_id]
        if field.is_number:
            numbers.append((field_id, entry_at[area.top], area.bottom - area.top + 1))
            continue
        # Of a merged column that reaches to the end of the sheet only its rows are looked at.
        for entry in range(bisect_right(rows, area.top), bisect_right(rows, area.bottom)):
            if column[entry] == "":
                column[entry] = value
                at = CellRef(sheet.name, rows[entry], area.left)
                notes.repair(at, typed="", read_as=_said(value, field), rule=words().rules["merged"])
    return numbers


def fill_marks(
    cells: dict[str, list[Raw]],
    rows: tuple[int, ...],
    *,
    sheet: Sheet,
    form: Form,
    layout: Layout,
    notes: Notes,
) -> None:
    """Put the value above where a cell says 同上, and words where a cell holds a picture; list each."""
    known = words()
    for field_id, column in cells.items():
        field = form.by_id[field_id]
        above: Raw = ""
        for entry, value in enumerate(column):
            at = CellRef(sheet.name, rows[entry], layout.columns[field_id])
            rule = ""
            if (at.row, at.column) in sheet.pictures or (isinstance(value, str) and PICTURE in value):
                column[entry], rule = known.picture, "picture"
            elif isinstance(value, str) and value.strip() in known.ditto:
                column[entry], rule = above, "ditto"
                if above == "":
                    notes.say("DITTO_OF_NOTHING", Place(sheet.name, at.row, field.header, at.a1), value=value)
            above = column[entry]
            if rule and above != "":
                read_as = _said(above, field)
                notes.repair(at, typed=as_shown(value), read_as=read_as, rule=known.rules[rule])


def _said(value: Raw, field: Field) -> str:
    return masked(as_shown(value)) if field.personal else as_shown(value)
