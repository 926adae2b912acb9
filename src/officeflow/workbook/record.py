"""Read one record sheet (label | value | prompt) into a table of one entry."""

from __future__ import annotations

from officeflow.model.kit import Form
from officeflow.model.submission import Table
from officeflow.model.values import Gap, Period, Value
from officeflow.text.reading import Typed
from officeflow.workbook.book import Raw, Sheet
from officeflow.workbook.columns import read_column
from officeflow.workbook.complete import defaults
from officeflow.workbook.headings import Layout
from officeflow.workbook.ledger import Read, percent_shown
from officeflow.workbook.rows import Rows


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
    return Read(table=table, cells=cells, typed=typed, rows=Rows(data=(first,)), broken=tuple(broken))
