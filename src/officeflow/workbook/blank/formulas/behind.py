"""Cells behind the summary page: one formula each, with the result it shows at first and the guards it needs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal

from officeflow.model.kit import Field, Form
from officeflow.workbook.blank.formulas.guards import (
    column_guard,
    missing_cells,
    missing_guard,
    odd_cells,
    odd_rows,
    rows_guard,
)
from officeflow.workbook.blank.formulas.ranges import Ranges
from officeflow.workbook.blank.formulas.start import Start
from officeflow.workbook.blank.page import Shown


@dataclass(frozen=True)
class BehindCell:
    """A formula with the result it shows at first; `label` tells whoever looks behind the page what it is."""

    label: str
    formula: str
    shown: Shown


class Behind:
    """The cells behind the page, in order, and the guards noted while formulas are put together."""

    def __init__(self, start: Start, column: str) -> None:
        """`column` is the absolute column they stand in (`'本期汇总'!$I`)."""
        self.start = start
        self.ranges = Ranges(start.kit)
        self.cells: list[BehindCell] = []
        self._column = column
        self._addresses: dict[str, str] = {}
        self._needs: list[str] = []

    def put(self, cell: BehindCell) -> str:
        """Return the address of a cell; one label is one cell."""
        if cell.label not in self._addresses:
            self.cells.append(cell)
            self._addresses[cell.label] = f"{self._column}${len(self.cells)}"
        return self._addresses[cell.label]

    def at(self, address: str) -> BehindCell:
        """Return the cell at an address."""
        return self.cells[int(address.rpartition("$")[2]) - 1]

    @contextmanager
    def noting(self) -> Iterator[list[str]]:
        """Collect the guards noted meanwhile."""
        outer, self._needs = self._needs, []
        try:
            yield self._needs
        finally:
            self._needs = outer

    def count(self, form: Form) -> str:
        """Return the cell with the number of rows of a ledger."""
        rows = Decimal(len(self.start.typed(form)))
        return self.put(BehindCell(f"{form.id} #", f"SUMPRODUCT({self.ranges.started(form)}*1)", rows))

    def note(self, form: Form, *fields: Field) -> None:
        """Note what must be plain for fields of a form to be used in a formula."""
        typed, ranges = self.start.typed(form), self.ranges
        if form.kind != "record":
            guard = rows_guard(ranges, form, self.count(form))
            self._needs.append(
                self.put(BehindCell(f"{form.id} ?", guard, Decimal(odd_rows(ranges, form, typed))))
            )
        for field in fields:
            values = [row.get(field.id) for row in typed]
            odd = odd_cells(field, values)
            guard = column_guard(ranges, form, field)
            if form.kind != "record" and (missing := missing_guard(ranges, form, field, self.count(form))):
                guard, odd = f"{guard}+{missing}", odd + missing_cells(field, values)
            self._needs.append(self.put(BehindCell(f"{form.id}.{field.id} ?", guard, Decimal(odd))))
            if field.default_by:
                self.note(form, form.by_id[field.default_by])

    def is_odd(self, guards: list[str]) -> bool:
        """Whether a guard counts something in the rows the workbook starts with."""
        return any(self.at(guard).shown for guard in guards)
