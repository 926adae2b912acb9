"""A submission: one unit's typed rows for one kit and period."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from officeflow.model.cells import CellRef
from officeflow.model.findings import Finding, Repair
from officeflow.model.kit import Form, Kit, Report, Rule
from officeflow.model.values import Period, Value, canonical_column

PREVIOUS_PERIOD = "@period"
"""Under this name, which no figure can have, the hidden 上期 sheet keeps the 统计时段 of its figures."""
_CELL, _ROW = "\x1f", "\x1e"
"""Between cells and behind rows of a digest: no cell's text can hold them, the reader strips control characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalRow:
    """A 合计/小计 row that somebody typed: no data, but a promise that checks compare with the sum."""

    row: int
    label: str
    values: Mapping[str, Value]
    """Field id → the total typed in that column; fields without one are absent."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """The typed rows of one form, column by column.

    A ledger has `rows[i]` as the sheet row of entry i; a record form has one
    entry, whose fields stand in different rows (`field_rows`) of one column.
    Every field of the form has a column; None fills what was not found.
    `is_present` is False when the sheet itself is missing.
    """

    form: Form
    sheet: str
    columns: Mapping[str, tuple[Value, ...]]
    rows: tuple[int, ...] = ()
    letters: Mapping[str, int] = field(default_factory=dict)
    """Field id → column number; a field without one has no place in the sheet."""
    field_rows: Mapping[str, int] = field(default_factory=dict)
    """Record forms only: field id → row."""
    defaulted: frozenset[tuple[str, int]] = frozenset()
    """(field id, entry) whose value is the field's default, not typed."""
    is_present: bool = True
    totals: tuple[TotalRow, ...] = ()
    """Rows left out of the data because they add it up."""

    def __len__(self) -> int:
        return len(self.rows)

    def cell(self, field_id: str, entry: int = 0) -> CellRef | None:
        """Return where a value stands, or None when the sheet has no such column."""
        column = self.letters.get(field_id)
        if column is None:
            return None
        row = self.field_rows.get(field_id) if self.form.kind == "record" else self.rows[entry]
        return None if row is None else CellRef(self.sheet, row, column)

    def value(self, field_id: str, entry: int = 0) -> Value:
        """Return one value; None for an empty record."""
        column = self.columns[field_id]
        return column[entry] if entry < len(column) else None

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """One readable key per entry (帮扶对象+日期 …); repeated keys get #2, #3; '' without key fields."""
        if not self.form.key:
            return ("",) * len(self.rows)
        parts = [canonical_column(self.columns[field_id]) for field_id in self.form.key]
        seen: dict[str, int] = {}
        return tuple([_numbered("+".join(key), seen) for key in zip(*parts, strict=True)])


def _forms_of(rule: Rule) -> Iterator[str]:
    for operand in (*(rule.of if isinstance(rule.of, list) else [rule.of]), rule.to, rule.else_):
        if isinstance(operand, Rule):
            yield from _forms_of(operand)
        elif isinstance(operand, str) and operand:
            yield operand.partition(".")[0]


def _numbered(key: str, seen: dict[str, int]) -> str:
    seen[key] = seen.get(key, 0) + 1
    return key if seen[key] == 1 or not key else f"{key}#{seen[key]}"


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What one workbook says, read by the installed kit; `tables` has every form of the kit."""

    kit: Kit
    tables: Mapping[str, Table]
    file: str = ""
    sha256: str = ""
    repairs: tuple[Repair, ...] = ()
    previous: Mapping[str, str] = field(default_factory=dict)
    """Figure id → last period's value as stored in the workbook's hidden 上期 sheet."""

    def record(self, path: str) -> Value:
        """Return the value of a record field named `form.field`."""
        form_id, _, field_id = path.partition(".")
        return self.tables[form_id].value(field_id)

    def reports_about(self, finding: Finding) -> tuple[Report, ...]:
        """Return the reports that a finding stands in the way of; all where its place belongs to none in particular."""
        if not any(report.forms for report in self.kit.reports):
            return self.kit.reports
        sheets = {table.sheet: form_id for form_id, table in self.tables.items()}
        rule = self.kit.figure_by_id.get(finding.row_key)
        if finding.sheet in sheets:
            forms = [sheets[finding.sheet]]
        else:
            # A figure that could not be formed has no cell: its rule names the forms it would come from.
            forms = [] if finding.sheet or rule is None else list(_forms_of(rule))
        concerned = [report.id for form_id in forms for report in self.kit.reports_from(form_id)]
        return tuple(report for report in self.kit.reports if not forms or report.id in concerned)

    @property
    def unit(self) -> str:
        """The reporting unit as typed, '' when blank."""
        value = self.record(self.kit.unit)
        return value if isinstance(value, str) and value else ""

    @property
    def period(self) -> Period | None:
        """The 统计时段, or None while either day is missing."""
        first, last = (self.record(path) for path in self.kit.period)
        if isinstance(first, date) and isinstance(last, date):
            return Period(first, last)
        return None

    @property
    def previous_period(self) -> Period | None:
        """The 统计时段 of last period's figures, None where the workbook does not say."""
        return Period.parse(self.previous.get(PREVIOUS_PERIOD, ""))

    @cached_property
    def digest(self) -> str:
        """The content digest: sha256 over kit, period, unit and typed values in sheet order.

        Left out: 情况说明, addresses, formatting, blank rows and column order.
        """
        content = hashlib.sha256()
        content.update(f"{self.kit.id}{_ROW}{self.period or ''}{_ROW}{self.unit}{_ROW}".encode())
        for form in self.kit.forms:
            if form.kind == "explanations":
                continue
            table = self.tables[form.id]
            ids = sorted(form.by_id)
            content.update(f"[{form.id}]{','.join(ids)}{_ROW}".encode())
            # Column by column: a large ledger has a hundred thousand cells, and every click asks for this.
            columns = [canonical_column(table.columns[field_id]) for field_id in ids]
            rows = map(_CELL.join, zip(*columns, strict=True))
            content.update("".join(f"{row}{_ROW}" for row in rows).encode())
        return content.hexdigest()
