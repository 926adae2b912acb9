"""Columns under a heading that the kit does not know, but that is like one it misses: for `migrate`, never for reading.

A heading is taken for a lost field only where neither could be meant otherwise:
of all lost fields of the form it is like this one most, and no other heading is
taken for that field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from officeflow.model.cells import CellRef
from officeflow.model.findings import Finding
from officeflow.model.kit import Field, Form, Kit
from officeflow.text.messages import Place
from officeflow.text.nearest import nearest
from officeflow.workbook.entries.typed import MESSAGES
from officeflow.workbook.files.book import Book, Sheet
from officeflow.workbook.reading.headings import Layout, suggestion
from officeflow.workbook.reading.recognise import find_layout, find_sheets


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    """A heading that is taken for a field."""

    form: Form
    field: Field
    heading: str
    cell: CellRef

    def told(self, file: str) -> Finding:
        """Return the finding that asks to confirm it."""
        return MESSAGES.finding(
            "COLUMN_TAKEN",
            place=Place(self.cell.sheet, cell=self.cell.a1),
            file=file,
            row_key=self.field.header,
            value=self.heading,
            expected=self.field.header,
        )


def renamed_columns(book: Book, kit: Kit) -> tuple[Renamed, ...]:
    """Return the headings of a workbook that are taken for fields of the kit it does not name."""
    found = find_sheets(book, kit)
    return tuple(
        one
        for form_id, tab in found.tabs.items()
        if (sheet := book.sheet(tab).value) is not None
        for one in _in_form(sheet, kit.form_by_id[form_id])
    )


def _in_form(sheet: Sheet, form: Form) -> Iterator[Renamed]:
    layout = find_layout(sheet, form)
    lost = layout.lost(form)
    for field in lost:
        heading = suggestion(field, layout)
        likest = (
            nearest(heading, [name for of in lost for name in (of.header, *of.aliases)]) if heading else ""
        )
        if likest not in (field.header, *field.aliases) or layout.unknown.count(heading) != 1:
            continue
        at = next(_places(sheet, layout, heading), None)
        if at is not None:
            yield Renamed(form=form, field=field, heading=heading, cell=at)


def _places(sheet: Sheet, layout: Layout, heading: str) -> Iterator[CellRef]:
    top = max(layout.first - 1, *layout.rows.values(), 1) if layout.rows else layout.first - 1
    for row in range(1, top + 1):
        for column, text in enumerate(sheet.rows[row - 1], 1):
            if text == heading:
                yield CellRef(sheet.name, row, column)


def with_headings(kit: Kit, renamed: Iterable[Renamed]) -> Kit:
    """Return the kit with these headings among its fields' aliases."""
    names = {(one.form.id, one.field.id): one.heading for one in renamed}
    forms = tuple(
        replace(
            form,
            fields=tuple(
                replace(field, aliases=(*field.aliases, names[form.id, field.id]))
                if (form.id, field.id) in names
                else field
                for field in form.fields
            ),
        )
        for form in kit.forms
    )
    return replace(kit, forms=forms)
