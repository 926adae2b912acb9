"""What the reader says about sheets, columns, rows and cells; all wording is in messages.toml."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from officeflow.model.cells import CellRef, column_letters
from officeflow.model.kit import Field, Form, Kit
from officeflow.model.submission import Table
from officeflow.model.values import Value
from officeflow.text.messages import Place
from officeflow.text.reading import Typed, as_shown, shown_value
from officeflow.text.typed import unit_slips
from officeflow.workbook.book import Raw, Sheet
from officeflow.workbook.headings import Layout, suggestion
from officeflow.workbook.ledger import Read
from officeflow.workbook.notes import Notes
from officeflow.workbook.words import folded, words

DEFAULT = "default"
"""The rule name of a default in the list of repairs."""
_SLIP = 1_000  # a column whose numbers lie within this factor cannot hold a slip of 10⁴


def say_sheet_lost(form: Form, near: str, notes: Notes) -> None:
    """Say that a form has no sheet; an optional one only as a hint."""
    if form.kind == "explanations":
        return
    code = "SHEET_NOT_USED" if form.optional and not near else "SHEET_LOST"
    if near:
        code = "SHEET_MISSPELT"
    notes.say(code, Place(form.sheet), row_key=form.sheet, value=near, near=near)


def say_sheet_renamed(sheet: Sheet, form: Form, notes: Notes) -> None:
    """List a sheet that was known by its headings and say so."""
    rule = words().rules["renamed_sheet"]
    notes.repair(CellRef(sheet.name, 1, 1), typed=sheet.name, read_as=form.sheet, rule=rule)
    notes.say("SHEET_RENAMED", Place(sheet.name), value=sheet.name, expected=form.sheet)


def say_columns(sheet: Sheet, form: Form, layout: Layout, notes: Notes) -> None:
    """Say which headings are lost, read under another name, or unknown."""
    if not layout.columns:
        notes.say("HEADINGS_LOST", Place(sheet.name), row_key=sheet.name, expected=form.fields[0].header)
        return
    for field in layout.lost(form):
        near = suggestion(field, layout)
        code = "HEADING_MISSPELT" if near else "HEADING_LOST" if field.required else "HEADING_ABSENT"
        notes.say(code, Place(sheet.name), row_key=field.header, value=near, expected=field.header)
    for field in form.fields:
        heading = layout.headings.get(field.id, "")
        known = {folded(name) for name in (field.header, *field.aliases)}
        if heading and folded(heading) not in known:
            row = layout.rows.get(field.id, layout.first - 1)
            column = layout.columns[field.id] - (1 if layout.rows else 0)
            at = CellRef(sheet.name, row, column)
            notes.repair(at, typed=heading, read_as=field.header, rule=words().rules["renamed_heading"])
    names = [folded(heading) for heading in layout.headings.values()]
    for column, heading in layout.extra.items():
        if any(sheet.at(row, column) != "" for row in range(layout.first, len(sheet.rows) + 1)):
            code = "HEADING_TWICE" if folded(heading) in names else "COLUMN_EXTRA"
            notes.say(code, Place(sheet.name), row_key=heading, value=heading, letters=column_letters(column))


def say_cells(read: Read, sheet: Sheet, kit: Kit, layout: Layout, notes: Notes) -> None:
    """Say what is odd about single cells: unreadable, normalised, defaulted, out of scale."""
    table, form = read.table, read.table.form
    for field in form.fields:
        for entry, typed in sorted(read.typed.get(field.id, {}).items()):
            place, raw = _place(table, field, entry), as_shown(read.cells[field.id][entry])
            if repaired := typed.repaired(typed=raw, place=place):
                notes.repairs.append(repaired)
            held = _masked(raw) if field.personal else raw
            key = _row_key(table, field, entry)
            if finding := typed.finding(typed=held, place=place, file=notes.file, row_key=key):
                notes.findings.append(finding)
    for field_id, entry, error in read.broken:
        field = form.by_id[field_id]
        code = "CELL_ERROR" if error else "FORMULA_NOT_CALCULATED"
        notes.say(code, _place(table, field, entry), row_key=_row_key(table, field, entry), value=error)
    for field_id, entry in sorted(table.defaulted):
        place = _place(table, form.by_id[field_id], entry)
        if place.cell:
            at = CellRef.parse(sheet.name, place.cell)
            notes.repair(at, typed="", read_as=shown_value(table.columns[field_id][entry]), rule=DEFAULT)
    _say_moved(read, notes)
    _say_slips(read, notes)
    _say_several(read, kit, notes)


def _say_moved(read: Read, notes: Notes) -> None:
    table = read.table
    for amount, quantity, entry in read.moved:
        at = table.cell(quantity, entry)
        value = shown_value(table.columns[amount][entry])
        if at is not None:
            typed = as_shown(read.cells[quantity][entry])
            notes.repair(at, typed=typed, read_as=value, rule=words().rules["amount"])
            place = _place(table, table.form.by_id[quantity], entry)
            header = table.form.by_id[amount].header
            notes.say(
                "AMOUNT_MOVED", place, row_key=_row_key(table, None, entry), value=typed, expected=header
            )


def _say_slips(read: Read, notes: Notes) -> None:
    table = read.table
    for field in table.form.fields:
        if not field.is_number or field.type == "percent" or len(table) < 3:
            continue
        column = table.columns[field.id]
        if not _may_slip(read.cells.get(field.id, ()), column):
            continue
        bare_only = [
            None if read.typed.get(field.id, {}).get(entry) else value for entry, value in enumerate(column)
        ]
        for entry, meant in unit_slips(bare_only).items():
            slip = Typed(meant, problem="UNIT_SLIP")
            place, key = _place(table, field, entry), _row_key(table, field, entry)
            found = slip.finding(typed=shown_value(column[entry]), place=place, file=notes.file, row_key=key)
            notes.findings.extend([found] if found else [])


def _may_slip(cells: Sequence[Raw], column: Sequence[Value]) -> bool:
    # Floats compare much faster than Decimals, and most columns are settled by their ends.
    sizes: list[float] = [abs(cell) for cell in cells if cell.__class__ is float and cell]  # type: ignore[arg-type]
    if any(cell.__class__ is str and cell for cell in cells):
        sizes = [float(abs(value)) for value in column if isinstance(value, Decimal) and value]
    return len(sizes) > 1 and max(sizes) >= _SLIP * min(sizes)


def _say_several(read: Read, kit: Kit, notes: Notes) -> None:
    """Say where several names stand in one cell of a column whose different names are counted."""
    table = read.table
    counted = {rule.of for rule in kit.figures if rule.use == "distinct"}
    for field in table.form.fields:
        if not field.personal or f"{table.form.id}.{field.id}" not in counted:
            continue
        for entry, value in enumerate(table.columns[field.id]):
            if isinstance(value, str) and any(sign in value for sign in "、,，;；/\n"):
                place, key = _place(table, field, entry), _row_key(table, field, entry)
                notes.say("SEVERAL_NAMES", place, row_key=key, value=_masked(value))


def say_rows(read: Read, sheet: Sheet, layout: Layout, notes: Notes) -> None:
    """Say which rows below the heading are no data, and which remarks hold numbers."""
    rows = read.rows
    for row, text in rows.notes:
        notes.say("ROW_NOT_DATA", Place(sheet.name, row, cell=f"A{row}"), row_key=f"{row}", value=text[:20])
    for row in rows.headings:
        notes.say("HEADING_REPEATED", Place(sheet.name, row, cell=f"A{row}"), row_key=f"{row}")
    if not layout.remark or layout.remark > len(rows.columns):
        return
    column, pattern = rows.columns[layout.remark - 1], words().remark_number
    for entry, row in enumerate(rows.data):
        cell = column[row - layout.first]
        if cell.__class__ is str and cell and (number := pattern.search(str(cell))):
            at = CellRef(sheet.name, row, layout.remark)
            place = Place(sheet.name, row, str(sheet.at(layout.first - 1, layout.remark)), at.a1)
            notes.say("REMARK_NUMBER", place, row_key=_row_key(read.table, None, entry), value=number[0])


def say_hidden(table: Table, sheet: Sheet, notes: Notes) -> None:
    """Say that what is hidden was read too."""
    if not any(value is not None for column in table.columns.values() for value in column):
        return
    if sheet.is_hidden and table.form.audience != "writer":
        notes.say("SHEET_HIDDEN", Place(sheet.name))
    rows = sorted(sheet.hidden_rows.intersection(table.field_rows.values() or table.rows))
    if rows:
        notes.say("ROWS_HIDDEN", Place(sheet.name), value="、".join(map(str, rows[:10])), count=len(rows))
    hidden = sorted(sheet.hidden_columns.intersection(table.letters.values()))
    if hidden:
        letters = "、".join(map(column_letters, hidden))
        notes.say("COLUMNS_HIDDEN", Place(sheet.name), value=letters)


def _place(table: Table, field: Field, entry: int) -> Place:
    at = table.cell(field.id, entry)
    row = None if table.form.kind == "record" else table.rows[entry]
    return Place(table.sheet, row, field.header, "" if at is None else at.a1)


def _row_key(table: Table, field: Field | None, entry: int) -> str:
    if table.form.kind == "record":
        return "" if field is None else field.header
    return table.keys[entry]


def _masked(text: str) -> str:
    return text[:1] + "＊" * (len(text) - 1)
