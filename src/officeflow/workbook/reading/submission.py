"""From an opened workbook to a submission: find every form, read it, and say what was odd."""

from __future__ import annotations

from datetime import date

from officeflow.checks import explained
from officeflow.model.findings import Outcome
from officeflow.model.kit import Form, Kit
from officeflow.model.submission import Submission, Table
from officeflow.model.values import Period
from officeflow.text.messages import Place
from officeflow.workbook.files.book import Book, Sheet
from officeflow.workbook.reading.columns import read_cell
from officeflow.workbook.reading.findings import (
    say_cells,
    say_headings,
    say_hidden,
    say_notes,
    say_rows,
    say_sheet_lost,
    say_sheet_renamed,
    say_stale,
    say_title,
    say_unknown_sheets,
)
from officeflow.workbook.reading.headings import Layout
from officeflow.workbook.reading.notes import Notes
from officeflow.workbook.reading.recognise import FoundSheets, find_layout, find_sheets, is_newer
from officeflow.workbook.reading.stamp import property_stamp, sheet_stamp
from officeflow.workbook.reading.tables import Read, read_ledger, read_record
from officeflow.workbook.words import folded, words


def read_submission(book: Book, kit: Kit) -> Outcome[Submission]:
    """Return what a workbook says, typed by the installed kit, and what has to be said about its cells.

    Every form of the kit has a table, present or not.  Nothing a clerk typed is
    left out without a finding or a listed repair.  Answers of the 情况说明 are applied.
    """
    notes = Notes(str(book.path))
    _say_stamp(book, kit, notes)
    found = find_sheets(book, kit)
    period = _period(book, kit, found)
    tables = {form.id: _table(book, kit, form, found, period, notes) for form in kit.forms}
    say_unknown_sheets(book, kit, found, notes)
    submission = Submission(
        kit=kit,
        tables=tables,
        file=book.path.name,
        sha256=book.sha256,
        repairs=tuple(notes.repairs),
        previous=_previous(book),
    )
    return Outcome(submission, explained(notes.findings, submission))


def _table(
    book: Book, kit: Kit, form: Form, found: FoundSheets, period: Period | None, notes: Notes
) -> Table:
    tab = found.tabs.get(form.id)
    if tab is None:
        say_sheet_lost(form, found.unknown, notes)
        return _absent(form)
    opened = book.sheet(tab)
    notes.findings.extend(opened.findings)
    sheet = opened.value
    if sheet is None:
        return _absent(form)
    layout = find_layout(sheet, form)
    if form.id in found.renamed:
        say_sheet_renamed(sheet, form, notes)
    say_headings(sheet, form, layout, notes)
    read = _read(sheet, form, layout, period, notes)
    say_cells(read, kit, notes)
    say_rows(read, sheet, layout, notes)
    say_hidden(read.table, sheet, notes)
    if sheet.remarked:
        say_notes(read.table, sheet, notes)
    if book.is_stale:
        say_stale(read.table, sheet, notes)
    if form.kind == "ledger":
        say_title(sheet, layout, period, notes)
    return read.table


def _read(sheet: Sheet, form: Form, layout: Layout, period: Period | None, notes: Notes) -> Read:
    if form.kind == "record":
        return read_record(sheet, form, layout, period=period)
    return read_ledger(sheet, form, layout, period=period, notes=notes)


def _absent(form: Form) -> Table:
    return Table(
        form=form, sheet=form.sheet, columns={field.id: () for field in form.fields}, is_present=False
    )


def _period(book: Book, kit: Kit, found: FoundSheets) -> Period | None:
    """Return the 统计时段, read before everything else: a date without year takes its year from it."""
    days: list[date] = []
    for path in kit.period:
        form_id, _, field_id = path.partition(".")
        form, tab = kit.form_by_id[form_id], found.tabs.get(form_id)
        sheet = None if tab is None else book.sheet(tab).value
        if sheet is None:
            return None
        layout = find_layout(sheet, form)
        raw = sheet.at(layout.rows.get(field_id, 0), layout.columns.get(field_id, 0))
        value = read_cell(form.by_id[field_id], raw).value
        if not isinstance(value, date):
            return None
        days.append(value)
    return Period(days[0], days[1])


def _previous(book: Book) -> dict[str, str]:
    tab = next((tab for tab in book.tabs if folded(tab.name) == words().previous), None)
    sheet = None if tab is None else book.sheet(tab).value
    if sheet is None:
        return {}
    return {str(row[0]): str(row[1]) for row in sheet.rows if len(row) > 1 and row[0] != "" and row[1] != ""}


def _say_stamp(book: Book, kit: Kit, notes: Notes) -> None:
    stamps = [stamp for stamp in (sheet_stamp(book), property_stamp(book)) if stamp is not None]
    place = Place()
    if not stamps:
        notes.say("STAMP_LOST", place, title=kit.title)
        return
    if any((stamp.kit, stamp.version) != (stamps[0].kit, stamps[0].version) for stamp in stamps):
        notes.say("STAMP_CONFLICT", place, value=str(stamps[0]), other=str(stamps[-1]), title=kit.title)
        return
    stamp = stamps[0]
    if stamp.kit != kit.id:
        notes.say("WRONG_KIT", place, value=stamp.kit, title=kit.title)
    elif is_newer(stamp.version, kit.version):
        notes.say("VERSION_NEWER", place, value=stamp.version, expected=kit.version, title=kit.title)
    elif is_newer(kit.version, stamp.version):
        notes.say("VERSION_OLDER", place, value=stamp.version, expected=kit.version, title=kit.title)
