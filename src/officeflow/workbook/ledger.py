"""Read one ledger sheet into a table: rows below the heading, typed column by column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from officeflow.figures._select import meets
from officeflow.model.kit import Form
from officeflow.model.submission import Table, TotalRow
from officeflow.model.values import Bounded, Gap, Period, Value
from officeflow.text.reading import Typed
from officeflow.workbook.book import Raw, Sheet
from officeflow.workbook.columns import Column, read_cell, read_column
from officeflow.workbook.complete import defaults, money_moved
from officeflow.workbook.fill import fill_marks, fill_merged
from officeflow.workbook.headings import Layout
from officeflow.workbook.notes import Notes
from officeflow.workbook.rows import Rows, sort_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A table and what its cells were: raw values and the typings that need a word."""

    table: Table
    cells: Mapping[str, tuple[Raw, ...]]
    typed: Mapping[str, Mapping[int, Typed]]
    rows: Rows
    broken: tuple[tuple[str, int, str], ...] = ()
    """(field id, entry, error text), '' for a formula without stored result."""
    moved: tuple[tuple[str, str, int], ...] = ()
    """(money field, quantity field, entry) of amounts found under quantity."""


def read_ledger(sheet: Sheet, form: Form, layout: Layout, *, period: Period | None, notes: Notes) -> Read:
    """Return the rows of a ledger; repairs made on the way are in `notes`, problems of cells in `typed`."""
    rows = sort_rows(sheet, layout)
    cells = _cells(sheet, layout, rows, form, notes)
    read = {
        field.id: read_column(field, cells[field.id], heading=layout.headings[field.id], period=period)
        if field.id in cells
        else Column((None,) * len(rows.data))
        for field in form.fields
    }
    typed = {field_id: dict(column.typed) for field_id, column in read.items() if column.typed}
    values = {field_id: column.values for field_id, column in read.items()}
    edited: dict[str, list[Value]] = {field_id: list(column) for field_id, column in values.items()}
    moved = tuple(money_moved(form, edited))
    defaulted = frozenset(defaults(form, edited))
    _settle_bounds(form, layout, cells, edited, typed)
    broken = tuple(_broken(sheet, layout, rows))
    for field_id, entry, _ in broken:
        edited[field_id][entry] = Gap.UNREADABLE
    table = Table(
        form=form,
        sheet=sheet.name,
        columns={field_id: tuple(column) for field_id, column in edited.items()},
        rows=rows.data,
        letters=dict(layout.columns),
        defaulted=defaulted,
        totals=tuple(_totals(sheet, form, layout, rows, period)),
    )
    return Read(table=table, cells=cells, typed=typed, rows=rows, broken=broken, moved=moved)


def _cells(sheet: Sheet, layout: Layout, rows: Rows, form: Form, notes: Notes) -> dict[str, tuple[Raw, ...]]:
    picked: dict[str, tuple[Raw, ...]] = {}
    first, count = layout.first, len(rows.data)
    is_run = count > 0 and rows.data[-1] - rows.data[0] == count - 1
    for field_id, column in layout.columns.items():
        if column > len(rows.columns):
            picked[field_id] = ("",) * count
        elif is_run:
            start = rows.data[0] - first
            picked[field_id] = rows.columns[column - 1][start : start + count]
        else:
            held = rows.columns[column - 1] if count else ()
            picked[field_id] = tuple([held[row - first] for row in rows.data])
    if not (sheet.areas or sheet.pictures or rows.has_marks):
        return picked
    lists = {field_id: list(column) for field_id, column in picked.items()}
    if rows.has_marks or sheet.pictures:
        fill_marks(lists, rows.data, sheet=sheet, layout=layout, notes=notes)
    fill_merged(lists, rows.data, sheet=sheet, form=form, layout=layout, notes=notes)
    return {field_id: tuple(column) for field_id, column in lists.items()}


def _settle_bounds(
    form: Form,
    layout: Layout,
    cells: Mapping[str, tuple[Raw, ...]],
    columns: dict[str, list[Value]],
    typed: Mapping[str, dict[int, Typed]],
) -> None:
    """Read hedged numbers again where the row's other values allow them (宣传品: 1000余份)."""
    for field in form.fields:
        if not isinstance(field.bounds, dict) or field.id not in typed:
            continue
        tests = [(columns[other], meets(condition)) for other, condition in field.bounds.items()]
        for entry, found in typed[field.id].items():
            if isinstance(found.value, Bounded) and all(test(column[entry]) for column, test in tests):
                heading = layout.headings[field.id]
                typed[field.id][entry] = read_cell(
                    field, cells[field.id][entry], heading=heading, allows_bounds=True
                )


def _broken(sheet: Sheet, layout: Layout, rows: Rows) -> Iterator[tuple[str, int, str]]:
    """Yield (field id, entry, error text) of cells that hold an error or a formula without result."""
    if not sheet.broken:
        return
    entry_at = {row: entry for entry, row in enumerate(rows.data)}
    by_column = {column: field_id for field_id, column in layout.columns.items()}
    for (row, column), text in sorted(sheet.broken.items()):
        if column in by_column and row in entry_at:
            yield by_column[column], entry_at[row], text


def _totals(
    sheet: Sheet, form: Form, layout: Layout, rows: Rows, period: Period | None
) -> Iterator[TotalRow]:
    for row, label in rows.totals:
        values = {}
        for field in form.fields:
            column = layout.columns.get(field.id, 0)
            raw = sheet.at(row, column)
            if field.is_number and raw != "":
                typed = read_cell(field, raw, heading=layout.headings[field.id], period=period)
                if not isinstance(typed.value, Gap):
                    values[field.id] = typed.value
        yield TotalRow(row=row, label=label, values=values)
