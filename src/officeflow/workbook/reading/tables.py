"""One sheet as the table of its form: a record (label | value | prompt) or a ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from officeflow.figures import meets
from officeflow.model.kit import Form
from officeflow.model.submission import Table, TotalRow
from officeflow.model.values import Bounded, Gap, Period, Value
from officeflow.text.reading import Typed
from officeflow.workbook.files.book import Raw, Sheet
from officeflow.workbook.reading.columns import Column, defaults, money_moved, read_cell, read_column
from officeflow.workbook.reading.headings import Layout
from officeflow.workbook.reading.notes import Notes
from officeflow.workbook.reading.rows import LedgerRows, fill_marks, fill_merged, sort_rows


def read_record(sheet: Sheet, form: Form, layout: Layout, *, period: Period | None) -> Read:
    """Return the one entry of a record sheet."""
    cells: dict[str, tuple[Raw, ...]] = {}
    typed: dict[str, dict[int, Typed]] = {}
    values: dict[str, list[Value]] = {}
    broken: list[tuple[str, int, str]] = []
    for field in form.fields:
        row, column = layout.rows.get(field.id, 0), layout.columns.get(field.id, 0)
        shown = field.type == "percent" and (row, column) in sheet.percents()
        cells[field.id] = (percent_shown(sheet.at(row, column), shown),)
        read = read_column(field, cells[field.id], heading=layout.headings.get(field.id, ""), period=period)
        values[field.id] = list(read.values)
        if (row, column) in sheet.broken:
            values[field.id] = [Gap.UNREADABLE]
            broken.append((field.id, 0, sheet.broken[row, column]))
        elif read.typed:
            typed[field.id] = dict(read.typed)
    defaulted = frozenset(defaults(form, values))
    first = min(layout.rows.values(), default=1)
    table = Table(
        form=form,
        sheet=sheet.name,
        columns={field_id: tuple(column) for field_id, column in values.items()},
        rows=(first,),
        letters=dict(layout.columns),
        field_rows=dict(layout.rows),
        defaulted=defaulted,
    )
    return Read(table=table, cells=cells, typed=typed, rows=LedgerRows(data=(first,)), broken=tuple(broken))


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A table and what its cells were: raw values and the typings that need a word."""

    table: Table
    cells: Mapping[str, tuple[Raw, ...]]
    typed: Mapping[str, Mapping[int, Typed]]
    rows: LedgerRows
    broken: tuple[tuple[str, int, str], ...] = ()
    """(field id, entry, error text), '' for a formula without stored result."""
    merged: tuple[tuple[str, int, int], ...] = ()
    """(field id, entry, rows) of numbers that stand in a cell merged over several rows."""
    moved: tuple[tuple[str, str, int], ...] = ()
    """(money field, quantity field, entry) of amounts found under quantity."""


def read_ledger(sheet: Sheet, form: Form, layout: Layout, *, period: Period | None, notes: Notes) -> Read:
    """Return the rows of a ledger; what was filled in on the way is listed in `notes`."""
    rows = sort_rows(sheet, layout)
    lists, merged = _filled(sheet, layout, rows, form, notes)
    cells = {field_id: tuple(column) for field_id, column in lists.items()}
    read = {
        field_id: read_column(form.by_id[field_id], column, heading=layout.headings[field_id], period=period)
        for field_id, column in cells.items()
    }
    typed = {field_id: dict(column.typed) for field_id, column in read.items() if column.typed}
    absent = Column((None,) * len(rows.data))
    columns = {field.id: list(read.get(field.id, absent).values) for field in form.fields}
    broken = tuple(_broken(sheet, layout, rows))
    for field_id, entry, _ in broken:
        columns[field_id][entry] = Gap.UNREADABLE
    moved = tuple(money_moved(form, columns))
    defaulted = frozenset(defaults(form, columns))
    _settle_bounds(form, layout, cells, columns, typed)
    table = Table(
        form=form,
        sheet=sheet.name,
        columns={field_id: tuple(column) for field_id, column in columns.items()},
        rows=rows.data,
        letters=dict(layout.columns),
        defaulted=defaulted,
        totals=tuple(_totals(sheet, form, layout, rows, period)),
    )
    return Read(table=table, cells=cells, typed=typed, rows=rows, broken=broken, merged=merged, moved=moved)


def _filled(
    sheet: Sheet, layout: Layout, rows: LedgerRows, form: Form, notes: Notes
) -> tuple[Mapping[str, Sequence[Raw]], tuple[tuple[str, int, int], ...]]:
    """Return the raw cells of the data rows by field, merged cells and 同上 filled, and the merged numbers."""
    cells = {field_id: _picked(rows, layout.first, column) for field_id, column in layout.columns.items()}
    if any(field.type == "percent" for field in form.fields):
        cells = {
            field_id: _as_percent(sheet, form, layout, rows, field_id, held)
            for field_id, held in cells.items()
        }
    if not (sheet.areas or sheet.pictures or rows.has_marks):
        return cells, ()
    lists = {field_id: list(column) for field_id, column in cells.items()}
    if rows.has_marks or sheet.pictures:
        fill_marks(lists, rows.data, sheet=sheet, form=form, layout=layout, notes=notes)
    merged = fill_merged(lists, rows.data, sheet=sheet, form=form, layout=layout, notes=notes)
    return lists, tuple(merged)


def _picked(rows: LedgerRows, first: int, column: int) -> tuple[Raw, ...]:
    count = len(rows.data)
    if not count or column > len(rows.columns):
        return ("",) * count
    held = rows.columns[column - 1]
    if rows.data[-1] - rows.data[0] == count - 1:
        return held[rows.data[0] - first : rows.data[-1] - first + 1]
    return tuple([held[row - first] for row in rows.data])


def _as_percent(
    sheet: Sheet, form: Form, layout: Layout, rows: LedgerRows, field_id: str, cells: tuple[Raw, ...]
) -> tuple[Raw, ...]:
    if form.by_id[field_id].type != "percent":
        return cells
    column, shown = layout.columns[field_id], sheet.percents()
    return tuple(
        [percent_shown(raw, (row, column) in shown) for raw, row in zip(cells, rows.data, strict=True)]
    )


def percent_shown(raw: Raw, is_percent: bool) -> Raw:
    """Return the number a person sees in a cell formatted as percent: 14.5 where 0.145 is stored."""
    return float(f"{raw * 100:.15g}") if is_percent and isinstance(raw, float) else raw


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


def _broken(sheet: Sheet, layout: Layout, rows: LedgerRows) -> Iterator[tuple[str, int, str]]:
    """Yield (field id, entry, error text) of cells that hold an error or a formula without result."""
    if not sheet.broken:
        return
    entry_at = {row: entry for entry, row in enumerate(rows.data)}
    by_column = {column: field_id for field_id, column in layout.columns.items()}
    for (row, column), text in sorted(sheet.broken.items()):
        if column in by_column and row in entry_at:
            yield by_column[column], entry_at[row], text


def _totals(
    sheet: Sheet, form: Form, layout: Layout, rows: LedgerRows, period: Period | None
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
