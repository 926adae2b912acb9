"""The rows behind a figure, as somebody typed them, under their headings; personal cells masked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from officeflow.intake.workbooks import Reading
from officeflow.model.cells import CellRef
from officeflow.model.kit import Field, Rule
from officeflow.model.submission import Table
from officeflow.model.trace import TracedRow, TracedRows
from officeflow.model.values import Value
from officeflow.text.personal import masked
from officeflow.text.reading import as_shown, shown_value
from officeflow.tracing.texts import words
from officeflow.workbook.files.book import Sheet

_MOST = 50
"""Rows of one sheet that a chain carries; how many there are is always said."""
_ENOUGH = 4
"""Columns by which a person knows a row again."""


class RowReader:
    """Reads rows of one workbook; what is the same for all figures is found once.

    `unit` is whose workbook it is, where a document has several.
    """

    def __init__(self, reading: Reading, unit: str = "") -> None:
        self._reading = reading
        self._unit = unit
        self._tables = {table.sheet: table for table in reading.submission.tables.values()}
        self._found: dict[str, tuple[dict[int, str], dict[int, int]]] = {}
        self._repairs = {(one.sheet, one.cell): one.read_as for one in reading.submission.repairs}

    def rows(self, cells: Iterable[CellRef], rule: Rule | None = None) -> tuple[TracedRows, ...]:
        """Return the rows that hold these cells, sheet by sheet; the columns are the key's, the rule's and the cells' own."""
        by_sheet: dict[str, list[CellRef]] = {}
        for cell in cells:
            by_sheet.setdefault(cell.sheet, []).append(cell)
        return tuple(found for name, own in by_sheet.items() for found in self._of_sheet(name, own, rule))

    def value(self, cell: CellRef) -> Value:
        """Return what a ledger's cell was read as, None for any other cell."""
        table = self._tables.get(cell.sheet)
        if table is None or table.form.kind == "record":
            return None
        fields, entries = self._places(table)
        field_id, entry = fields.get(cell.column), entries.get(cell.row)
        return None if field_id is None or entry is None else table.value(field_id, entry)

    def _places(self, table: Table) -> tuple[dict[int, str], dict[int, int]]:
        """Return column → field and row → entry of a ledger."""
        if table.sheet not in self._found:
            columns = {column: name for name, column in table.letters.items()}
            self._found[table.sheet] = (columns, {row: entry for entry, row in enumerate(table.rows)})
        return self._found[table.sheet]

    def _of_sheet(self, name: str, cells: list[CellRef], rule: Rule | None) -> Iterator[TracedRows]:
        table = self._tables.get(name)
        tab = next((tab for tab in self._reading.book.tabs if tab.name == name), None)
        sheet = None if tab is None else self._reading.book.sheet(tab).value
        if table is None or sheet is None:
            return
        is_record = table.form.kind == "record"
        yield self._record(table, sheet, cells) if is_record else self._ledger(table, sheet, cells, rule)

    def _record(self, table: Table, sheet: Sheet, cells: list[CellRef]) -> TracedRows:
        fields = {row: table.form.by_id[name] for name, row in table.field_rows.items()}
        found = [
            TracedRow(row=cell.row, cells=(field.header, self._shown(sheet, cell, field)), sources=(1,))
            for cell in cells[:_MOST]
            if (field := fields.get(cell.row)) is not None
        ]
        headings = tuple(words()["record_headings"])
        return TracedRows(
            sheet=table.sheet, headings=headings, rows=tuple(found), count=len(cells), unit=self._unit
        )

    def _ledger(self, table: Table, sheet: Sheet, cells: list[CellRef], rule: Rule | None) -> TracedRows:
        marked = {(cell.row, cell.column) for cell in cells}
        columns = {table.letters[name]: name for name in _columns(table, marked, rule)}
        _, entries = self._places(table)
        numbers = sorted({row for row, _ in marked})
        rows = []
        for row in numbers[:_MOST]:
            texts = [
                self._shown(sheet, CellRef(table.sheet, row, column), table.form.by_id[name])
                or _default(table, name, entries.get(row))
                for column, name in columns.items()
            ]
            sources = tuple(place for place, column in enumerate(columns) if (row, column) in marked)
            rows.append(TracedRow(row=row, cells=tuple(texts), sources=sources))
        headings = tuple(table.form.by_id[name].header for name in columns.values())
        return TracedRows(
            sheet=table.sheet, headings=headings, rows=tuple(rows), count=len(numbers), unit=self._unit
        )

    def _shown(self, sheet: Sheet, cell: CellRef, field: Field) -> str:
        typed = as_shown(sheet.at(cell.row, cell.column)).strip()
        read = self._repairs.get((cell.sheet, cell.a1), "")
        if field.personal:
            return masked(typed)
        return (
            words()["read_as"].format(typed=typed, read=read) if typed and read not in ("", typed) else typed
        )


def _columns(table: Table, marked: set[tuple[int, int]], rule: Rule | None) -> list[str]:
    """Return the fields to show, in the order of the sheet: what the figure is about, and enough to know the row by."""
    asked = {*table.form.key, *(rule.where if rule else ()), *((rule.by,) if rule else ())}
    columns = {column for _, column in marked}
    places = sorted(table.letters, key=lambda name: table.letters[name])
    shown = [name for name in places if name in asked or table.letters[name] in columns]
    more = [name for name in places if name not in shown][: max(0, _ENOUGH - len(shown))]
    return sorted((*shown, *more), key=lambda name: table.letters[name])


def _default(table: Table, name: str, entry: int | None) -> str:
    if entry is None or (name, entry) not in table.defaulted:
        return ""
    return str(words()["default"].format(read=shown_value(table.value(name, entry))))
