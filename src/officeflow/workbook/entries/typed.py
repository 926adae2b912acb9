"""From a submission back to rows that can be typed again: what next, migrate and merge put into a fresh workbook.

Law: reading what is written here gives the values that were read.  A number or
date stands again as it was typed (约39, 3月下旬, 1.6万元) where it still means
the same, else in its regular form; defaults stay blank, 同上 and merged cells
have become the value.  What cannot be written so is told, never dropped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from officeflow.checks import cell_site, masked
from officeflow.model.findings import Finding
from officeflow.model.kit import Field, Form
from officeflow.model.submission import Submission, Table
from officeflow.model.values import Gap, Period, Value, plain
from officeflow.text.clean import clean
from officeflow.text.messages import Catalogue
from officeflow.text.reading import as_shown, shown_value
from officeflow.workbook.blank.places import REMARK
from officeflow.workbook.files.book import Book, Raw, Sheet
from officeflow.workbook.reading.columns import read_cell
from officeflow.workbook.reading.headings import Layout
from officeflow.workbook.reading.recognise import find_layout
from officeflow.workbook.words import words

MESSAGES = Catalogue.beside(__file__, "entries.toml")
Cell: TypeAlias = str | Decimal | float | date


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of a form, or a record as a whole."""

    at: int
    """Its number in the table it was read from."""
    offset: int = 0
    """How many sheet rows below the first one it stands: blank rows count for those who point at rows by number."""
    values: Mapping[str, Value]
    """Field id → what was typed there; blank and defaulted fields are absent.  A remark stands under REMARK."""
    cells: Mapping[str, Cell]
    """The same as it is to be typed."""
    lost: tuple[Finding, ...] = ()
    """One per cell that holds something which cannot be typed again."""


Entries: TypeAlias = Mapping[str, tuple[Entry, ...]]
"""Form id → its rows."""


def read_entries(book: Book, submission: Submission, *, period: Period | None = None) -> Entries:
    """Return the rows of every form, to be typed into a workbook of `period` (None: the submission's own)."""
    into = period or submission.period
    tabs = {tab.name: tab for tab in book.tabs}
    rows: dict[str, tuple[Entry, ...]] = {}
    for form_id, table in submission.tables.items():
        tab = tabs.get(table.sheet) if table.is_present else None
        sheet = None if tab is None else book.sheet(tab).value
        rows[form_id] = () if sheet is None else tuple(_entries(table, sheet, into, str(book.path)))
    return rows


def _entries(table: Table, sheet: Sheet, period: Period | None, file: str) -> Iterator[Entry]:
    layout = find_layout(sheet, table.form)
    for at in range(len(table)):
        values: dict[str, Value] = {}
        cells: dict[str, Cell] = {}
        lost: list[Finding] = []
        for field in table.form.fields:
            value = None if (field.id, at) in table.defaulted else table.value(field.id, at)
            raw = _raw(table, sheet, field, at)
            if value is None:
                if isinstance(raw, str) and raw.strip() in words().ditto:  # 同上 of nothing
                    lost.append(_lost(table, field, at, raw, file, is_picture=False))
                continue
            values[field.id] = value
            cell = _typed_again(field, value, raw, period)
            if cell is None or _has_picture(table, sheet, field, at):
                lost.append(_lost(table, field, at, raw, file, is_picture=cell is not None))
            if cell is not None:
                cells[field.id] = cell
        remark = _remark(table.form, layout, sheet, table.rows[at])
        if remark:
            values[REMARK] = cells[REMARK] = remark
        yield Entry(
            at=at, offset=table.rows[at] - table.rows[0], values=values, cells=cells, lost=tuple(lost)
        )


def _raw(table: Table, sheet: Sheet, field: Field, at: int) -> Raw:
    cell = table.cell(field.id, at)
    if cell is None:
        return ""
    return sheet.broken.get((cell.row, cell.column)) or sheet.at(cell.row, cell.column)


def _typed_again(field: Field, value: Value, raw: Raw, period: Period | None) -> Cell | None:
    """Return what gives `value` again when it is read from a cell of `field`; None when nothing does."""
    if isinstance(raw, date) and field.type != "date":
        raw = as_shown(raw)  # the column's format would make a plain number of it
    for cell in _candidates(value, raw):
        as_stored = float(cell) if isinstance(cell, Decimal) else cell
        again = read_cell(field, as_stored, heading=field.header, period=period).value
        if again.__class__ is value.__class__ and again == value:
            return cell
    return None


def _candidates(value: Value, raw: Raw) -> Iterator[Cell]:
    """Yield the ways to type a value, the best first; never a bool, a workbook says 是 or 否."""
    is_text = isinstance(value, str) and not isinstance(value, Gap)
    if isinstance(raw, str) and raw and not is_text:
        yield clean(raw)
    match value:
        case Gap():
            # What could not be read stays as it is, to be mended in the new workbook.
            is_plain = raw.__class__ in {float, int, date}
            yield raw if is_plain else as_shown(raw)  # type: ignore[misc]
            yield from ("/", shown_value(value))
        case Decimal():
            yield value
            yield plain(value)
        case str() | date():
            yield value
        case _:
            yield shown_value(value)


def _has_picture(table: Table, sheet: Sheet, field: Field, at: int) -> bool:
    cell = table.cell(field.id, at)
    return cell is not None and (cell.row, cell.column) in sheet.pictures


def _lost(table: Table, field: Field, at: int, raw: Raw, file: str, *, is_picture: bool) -> Finding:
    site = cell_site(table, field, at)
    code = "PICTURE_NOT_MOVED" if is_picture else "CELL_NOT_MOVED"
    shown = as_shown(raw) or shown_value(table.value(field.id, at))
    return MESSAGES.finding(
        code, place=site.place, file=file, row_key=site.key, value=masked(shown) if field.personal else shown
    )


def _remark(form: Form, layout: Layout, sheet: Sheet, row: int) -> str:
    is_ledger = form.kind == "ledger" and layout.remark
    return clean(as_shown(sheet.at(row, layout.remark))) if is_ledger else ""
