"""What the reader saw, as findings: at single cells, and of sheets, headings and rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from officeflow.checks import Site, cell_site, masked
from officeflow.model.cells import CellRef, column_letters
from officeflow.model.kit import Field, Form, Kit
from officeflow.model.submission import Table
from officeflow.model.values import Period, Value
from officeflow.text.messages import Place
from officeflow.text.reading import Typed, as_shown, shown_value
from officeflow.text.slips import unit_slips
from officeflow.workbook.files.book import Book, Raw, Sheet, Tab
from officeflow.workbook.reading.headings import Layout, suggestion
from officeflow.workbook.reading.notes import Notes
from officeflow.workbook.reading.recognise import FoundSheets, fits, near_sheet
from officeflow.workbook.reading.tables import Read
from officeflow.workbook.words import folded, words

DEFAULT = "default"
"""The rule name of a default in the list of repairs."""
_SLIP = 1_000  # a column whose numbers lie within this factor cannot hold a slip of 10⁴
_BETWEEN_NAMES = frozenset("、,，;；/\n")


def say_cells(read: Read, kit: Kit, notes: Notes) -> None:
    """Say what is odd about the cells of one form, field by field."""
    table = read.table
    for field in table.form.fields:
        for entry, typed in sorted(read.typed.get(field.id, {}).items()):
            _say_typed(table, field, entry, typed, as_shown(read.cells[field.id][entry]), notes)
    for field_id, entry, error in read.broken:
        code = "CELL_ERROR" if error else "FORMULA_NOT_CALCULATED"
        _say(code, cell_site(table, table.form.by_id[field_id], entry), notes, value=error)
    for field_id, entry, rows in read.merged:
        value = as_shown(read.cells[field_id][entry])
        _say(
            "MERGED_NUMBER",
            cell_site(table, table.form.by_id[field_id], entry),
            notes,
            value=value,
            rows=rows,
        )
    _list_defaults(table, notes)
    _say_moved(read, notes)
    _say_slips(read, notes)
    _say_several(table, kit, notes)


def _say(code: str, site: Site, notes: Notes, **values: Any) -> None:
    notes.say(code, site.place, row_key=site.key, **values)


def _say_typed(table: Table, field: Field, entry: int, typed: Typed, raw: str, notes: Notes) -> None:
    site = cell_site(table, field, entry)
    if field.personal:
        raw = masked(raw)
        typed = replace(typed, value=masked(shown_value(typed.value)))
    if repaired := typed.repaired(typed=raw, place=site.place):
        notes.repairs.append(repaired)
    if finding := typed.finding(typed=raw, place=site.place, file=notes.file, row_key=site.key):
        notes.findings.append(finding)


def _list_defaults(table: Table, notes: Notes) -> None:
    order = {field.id: number for number, field in enumerate(table.form.fields)}
    for field_id, entry in sorted(table.defaulted, key=lambda item: (item[1], order[item[0]])):
        at = table.cell(field_id, entry)
        if at is not None:
            notes.repair(at, typed="", read_as=shown_value(table.columns[field_id][entry]), rule=DEFAULT)


def _say_moved(read: Read, notes: Notes) -> None:
    table = read.table
    for amount, quantity, entry in read.moved:
        typed, value = as_shown(read.cells[quantity][entry]), shown_value(table.columns[amount][entry])
        at = table.cell(quantity, entry)
        if at is not None:
            notes.repair(at, typed=typed, read_as=value, rule=words().rules["amount"])
        site, header = cell_site(table, table.form.by_id[quantity], entry), table.form.by_id[amount].header
        _say("AMOUNT_MOVED", site, notes, value=typed, expected=header)


def _say_slips(read: Read, notes: Notes) -> None:
    table = read.table
    for field in table.form.fields:
        column = table.columns[field.id]
        if (
            not field.is_number
            or field.type == "percent"
            or not _may_slip(read.cells.get(field.id, ()), column)
        ):
            continue
        known = read.typed.get(field.id, {})
        # Where the cell names its unit nobody mixed units up.
        bare = [None if entry in known else value for entry, value in enumerate(column)]
        for entry, meant in unit_slips(bare).items():
            site = cell_site(table, field, entry)
            _say("UNIT_SLIP", site, notes, value=shown_value(column[entry]), expected=meant)


def _may_slip(cells: Sequence[Raw], column: Sequence[Value]) -> bool:
    sizes: Collection[Any] = set(cells) - {"", 0.0}
    # Floats compare much faster than Decimals, and most columns are settled by their ends.
    if not set(map(type, sizes)) <= {float}:
        sizes = {value for value in column if isinstance(value, Decimal) and value}
    sizes = list(map(abs, sizes))
    return len(sizes) > 1 and max(sizes) >= _SLIP * min(sizes)


def _say_several(table: Table, kit: Kit, notes: Notes) -> None:
    """Say where several names stand in one cell of a column whose different names are counted."""
    counted = {rule.of for rule in kit.figures if rule.use == "distinct" and isinstance(rule.of, str)}
    for field in table.form.fields:
        if field.personal and f"{table.form.id}.{field.id}" in counted:
            for entry, value in enumerate(table.columns[field.id]):
                if isinstance(value, str) and not _BETWEEN_NAMES.isdisjoint(value):
                    _say("SEVERAL_NAMES", cell_site(table, field, entry), notes, value=masked(value))


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
