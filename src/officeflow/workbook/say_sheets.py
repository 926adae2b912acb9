"""What the reader says about sheets, headings, and rows that are no data; all wording is in messages.toml."""

from __future__ import annotations

from collections.abc import Iterator

from officeflow.checks import cell_site, masked
from officeflow.model.cells import CellRef, column_letters
from officeflow.model.kit import Form, Kit
from officeflow.model.submission import Table
from officeflow.model.values import Period
from officeflow.text.messages import Place
from officeflow.text.reading import as_shown
from officeflow.workbook.book import Book, Sheet, Tab
from officeflow.workbook.headings import Layout, suggestion
from officeflow.workbook.ledger import Read
from officeflow.workbook.notes import Notes
from officeflow.workbook.recognise import FoundSheets, fits, near_sheet
from officeflow.workbook.words import folded, words

_LISTED = 10


def say_sheet_lost(form: Form, unknown: tuple[Tab, ...], notes: Notes) -> None:
    """Say that a form has no sheet; an optional one only as a hint."""
    if form.kind == "explanations":
        return
    near = near_sheet(form, unknown)
    code = "SHEET_MISSPELT" if near else "SHEET_NOT_USED" if form.optional else "SHEET_LOST"
    notes.say(code, Place(form.sheet), row_key=form.sheet, value=near)


def say_unknown_sheets(book: Book, kit: Kit, found: FoundSheets, notes: Notes) -> None:
    """Say which sheets were not read: second copies of a form need an answer, others are named."""
    for tab in found.unknown:
        sheet = book.sheet(tab).value
        if sheet is None or not any(value != "" for row in sheet.rows for value in row):
            continue
        twin = next((form for form in kit.forms if form.id in found.tabs and fits(sheet, form)), None)
        if twin is None:
            notes.say("SHEET_EXTRA", Place(tab.name))
        else:
            used = found.tabs[twin.id].name
            notes.say("SHEET_TWICE", Place(tab.name), row_key=tab.name, value=tab.name, expected=used)


def say_sheet_renamed(sheet: Sheet, form: Form, notes: Notes) -> None:
    """List a sheet that was known by its headings and say so."""
    rule = words().rules["renamed_sheet"]
    notes.repair(CellRef(sheet.name, 1, 1), typed=sheet.name, read_as=form.sheet, rule=rule)
    notes.say("SHEET_RENAMED", Place(sheet.name), value=sheet.name, expected=form.sheet)


def say_headings(sheet: Sheet, form: Form, layout: Layout, notes: Notes) -> None:
    """Say which headings are lost, read under another name, or unknown."""
    if not layout.columns:
        is_used = any(value != "" for row in sheet.rows for value in row)
        if is_used or not (form.optional or form.kind == "explanations"):
            notes.say("HEADINGS_LOST", Place(sheet.name), row_key=sheet.name, expected=form.fields[0].header)
        return
    suggested = set()
    for field in layout.lost(form):
        near = suggestion(field, layout)
        suggested.add(near)
        code = "HEADING_MISSPELT" if near else "HEADING_LOST" if field.required else "HEADING_ABSENT"
        notes.say(code, Place(sheet.name), row_key=field.header, value=near, expected=field.header)
    for at, heading, header in _renamed(sheet, form, layout):
        notes.repair(at, typed=heading, read_as=header, rule=words().rules["renamed_heading"])
    if layout.measured:
        names = "、".join(form.by_id[name].header for name in layout.measured)
        place = Place(sheet.name, layout.unit_row, cell=f"A{layout.unit_row}")
        notes.say("TABLE_UNIT", place, value=layout.unit, names=names)
    _say_extra(sheet, layout, suggested, notes)


def _say_extra(sheet: Sheet, layout: Layout, suggested: set[str], notes: Notes) -> None:
    """Say which columns no field has; one that is probably a misspelt field's has been named with it."""
    names = {folded(heading) for heading in layout.headings.values()}
    for column, heading in layout.extra.items():
        is_used = any(sheet.at(row, column) != "" for row in range(layout.first, len(sheet.rows) + 1))
        if is_used and heading not in suggested:
            code = "HEADING_TWICE" if folded(heading) in names else "COLUMN_EXTRA"
            letters = column_letters(column)
            notes.say(code, Place(sheet.name), row_key=heading, value=heading, letters=letters)


def _renamed(sheet: Sheet, form: Form, layout: Layout) -> Iterator[tuple[CellRef, str, str]]:
    """Yield (cell, heading, header) of headings that differ from every name of their field, in brackets only."""
    for field in form.fields:
        heading = layout.headings.get(field.id)
        if heading is None or folded(heading) in {folded(name) for name in (field.header, *field.aliases)}:
            continue
        row = layout.rows.get(field.id, layout.first - 1)
        yield CellRef(sheet.name, row, layout.labels[field.id]), heading, field.header


def say_rows(read: Read, sheet: Sheet, layout: Layout, notes: Notes) -> None:
    """Say which rows below the heading are no data, and which remarks hold numbers."""
    rows, table = read.rows, read.table
    for row, text in rows.notes:
        notes.say(
            "ROW_NOT_DATA",
            Place(sheet.name, row, cell=f"A{row}"),
            row_key=f"#{row}",
            value=_unsigned(text)[:20],
        )
    for row in rows.headings:
        notes.say("HEADING_REPEATED", Place(sheet.name, row, cell=f"A{row}"), row_key=f"#{row}")
    if not 0 < layout.remark <= len(rows.columns):
        return
    column, pattern = rows.columns[layout.remark - 1], words().remark_number
    header = str(sheet.at(layout.first - 1, layout.remark))
    for entry, row in enumerate(rows.data):
        cell = column[row - layout.first]
        if cell.__class__ is str and cell and (number := pattern.search(str(cell))):
            place = Place(sheet.name, row, header, CellRef("", row, layout.remark).a1)
            key = cell_site(table, table.form.fields[0], entry).key
            notes.say("REMARK_NUMBER", place, row_key=key, value=number[0])


def _unsigned(text: str) -> str:
    """Return a note without the person it names: 填表人：＊."""
    signed = words().signature.match(text)
    return text if signed is None or signed.end() == len(text) else f"{signed[0]}＊"


def say_notes(table: Table, sheet: Sheet, notes: Notes) -> None:
    """Say where a cell is blank and the note on it holds a number."""
    for row, column in sorted(sheet.remarked):
        field_id = next((name for name, number in table.letters.items() if number == column), "")
        rows = [table.field_rows.get(field_id)] if table.form.kind == "record" else table.rows
        if field_id and row in rows and sheet.at(row, column) == "":
            site = cell_site(table, table.form.by_id[field_id], rows.index(row))
            notes.say("NOTE_NUMBER", site.place, row_key=site.key)


def say_hidden(table: Table, sheet: Sheet, notes: Notes) -> None:
    """Say that what is hidden was read too; a sheet that only the writer fills may be hidden from others."""
    if not any(value is not None for column in table.columns.values() for value in column):
        return
    if sheet.is_hidden and table.form.audience != "writer":
        notes.say("SHEET_HIDDEN", Place(sheet.name))
    rows = sorted(sheet.hidden_rows.intersection(table.field_rows.values() or table.rows))
    if rows:
        listed = "、".join(map(str, rows[:_LISTED])) + ("…" if len(rows) > _LISTED else "")
        notes.say("ROWS_HIDDEN", Place(sheet.name), value=listed, count=len(rows))
    hidden = sorted(sheet.hidden_columns.intersection(table.letters.values()))
    if hidden:
        notes.say("COLUMNS_HIDDEN", Place(sheet.name), value="、".join(map(column_letters, hidden)))


def say_stale(table: Table, sheet: Sheet, notes: Notes) -> None:
    """Say which cells of a form hold results of formulas that may be old."""
    for row, column in sorted(sheet.formulas()):
        field_id = next((name for name, number in table.letters.items() if number == column), None)
        if field_id is None:
            continue
        rows = [table.field_rows.get(field_id)] if table.form.kind == "record" else table.rows
        if row in rows and sheet.at(row, column) != "":
            site = cell_site(table, table.form.by_id[field_id], rows.index(row))
            held = as_shown(sheet.at(row, column))
            value = masked(held) if table.form.by_id[field_id].personal else held
            notes.say("FORMULA_STALE", site.place, row_key=site.key, value=value)


def say_title(sheet: Sheet, layout: Layout, period: Period | None, notes: Notes) -> None:
    """Say that the title above the heading names a month outside the 统计时段: last month's sheet, filled in again."""
    above = enumerate(sheet.rows[: max(layout.first - 2, 0)], 1)
    titles = (
        (number, text) for number, row in above for text in row if isinstance(text, str) and text.strip()
    )
    number, title = next(titles, (0, ""))
    found = words().title_month.search(title)
    if period and found and not _within(int(found[1] or 0), int(found[2]), period):
        place = Place(sheet.name, number, cell=f"A{number}")
        notes.say("TITLE_PERIOD", place, row_key=sheet.name, value=found[0], expected=period)


def _within(year: int, month: int, period: Period) -> bool:
    """Whether a month, of any year where none is said, lies in the period."""
    months = {
        divmod(index, 12)
        for index in range(
            period.first.year * 12 + period.first.month - 1, period.last.year * 12 + period.last.month
        )
    }
    return any(month == number + 1 and year in (0, of) for of, number in months)
