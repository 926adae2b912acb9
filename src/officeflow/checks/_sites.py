"""Where a finding is: a cell of a row, a whole column, a form, or the cells of a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from officeflow.figures import Row
from officeflow.model.cells import CellRef, ranges
from officeflow.model.figures import Figure
from officeflow.model.kit import Field
from officeflow.model.submission import Submission, Table
from officeflow.model.values import FigureValue, Gap, Value
from officeflow.text.messages import Place
from officeflow.text.messages import shown as as_said
from officeflow.text.personal import masked
from officeflow.text.reading import shown_value


@dataclass(frozen=True)
class Site:
    """A place with the row that stands behind it; `key` names it for people and explanations."""

    place: Place
    key: str = ""
    table: Table | None = None
    entry: int | None = None

    @cached_property
    def shown_key(self) -> str:
        """The key as findings show it: personal parts masked."""
        if self.table is None or self.entry is None or not self.table.form.key:
            return self.key
        form = self.table.form
        parts = [shown(self.table.columns[name][self.entry], form.by_id[name]) for name in form.key]
        return "+".join(filter(None, parts))

    @cached_property
    def values(self) -> Mapping[str, str]:
        """The row's fields by id as findings show them."""
        if self.table is None or self.entry is None:
            return {}
        table, entry = self.table, self.entry
        return {field.id: shown(table.value(field.id, entry), field) for field in table.form.fields}


def shown(value: Value | FigureValue, field: Field | None = None) -> str:
    """Return a value as a finding names it: a number alone, 是 for true; a personal text masked."""
    if isinstance(value, bool | Gap):
        return shown_value(value)
    text = as_said(value)
    return masked(text) if field is not None and field.personal else text


def cell_site(table: Table, field: Field, entry: int) -> Site:
    """Return the site of one cell; of a record field its header is the key."""
    cell = table.cell(field.id, entry)
    is_record = table.form.kind == "record"
    return Site(
        place=Place(
            sheet=table.sheet,
            row=None if is_record or cell is None else cell.row,
            header=field.header,
            cell="" if cell is None else cell.a1,
        ),
        key=field.header if is_record else row_key(table, entry),
        table=table,
        entry=entry,
    )


def row_key(table: Table, entry: int) -> str:
    """Return the key of a row for explanations; a ledger without key fields uses the row number."""
    return table.keys[entry] or f"#{table.rows[entry]}"


def column_site(table: Table, field: Field, entries: Sequence[int]) -> Site:
    """Return the site of many cells of one column, as one range."""
    cells = [cell for entry in entries if (cell := table.cell(field.id, entry)) is not None]
    return Site(Place(sheet=table.sheet, header=field.header, cell=ranges(cells).get(table.sheet, "")))


def row_site(row: Row, submission: Submission) -> Site:
    """Return the site of a row of a submission as a whole."""
    cell, table = row.place, submission.tables[row.layout.form]
    place = Place(
        sheet=table.sheet, row=None if cell is None else cell.row, cell="" if cell is None else cell.a1
    )
    return Site(place, row_key(table, row.entry), table, row.entry)


def figure_site(figure: Figure, submission: Submission, key: str = "") -> Site:
    """Return the site of a figure: its source cells on the first sheet, by heading where they are one column."""
    if not figure.cells:
        return Site(Place(), key or figure.id)
    sheet, cells = next(iter(ranges(figure.cells).items()))
    header = _header(submission, [cell for cell in figure.cells if cell.sheet == sheet])
    return Site(Place(sheet=sheet, header=header, cell=cells), key or figure.id or header)


def _header(submission: Submission, cells: Sequence[CellRef]) -> str:
    """Return the heading that the cells share, '' when they have none in common."""
    headers: set[str] = set()
    for table in submission.tables.values():
        if table.sheet == cells[0].sheet:
            own = {
                (table.letters.get(field.id), table.field_rows.get(field.id)): field.header
                for field in table.form.fields
            }
            headers |= {own.get((c.column, c.row)) or own.get((c.column, None), "") for c in cells}
    return headers.pop() if len(headers) == 1 else ""
