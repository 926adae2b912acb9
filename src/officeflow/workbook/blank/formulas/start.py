"""What a workbook says before anybody has typed: its rows as a submission, for the results stored beside formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from officeflow.checks import Scope
from officeflow.figures import Tally
from officeflow.model.figures import Figure, State
from officeflow.model.kit import Form, Kit, Rule
from officeflow.model.submission import Submission, Table
from officeflow.model.values import FigureValue, PartialDate, Period, Value
from officeflow.workbook.blank.entry import cell_value
from officeflow.workbook.blank.formulas.ranges import serial
from officeflow.workbook.blank.labels import labels
from officeflow.workbook.blank.page import Shown
from officeflow.workbook.blank.places import (
    FIRST_FIELD,
    FIRST_ROW,
    RECORD_FIRST,
    VALUE_COLUMN,
)
from officeflow.workbook.reading.columns import defaults, money_moved, read_cell

Row = Mapping[str, object]


@dataclass(frozen=True)
class Start:
    """The rows a workbook is built with, form id → rows as typed."""

    kit: Kit
    rows: Mapping[str, Sequence[Row]]
    previous: Mapping[str, str] = field(default_factory=dict)
    """Last period's figures, as `build_previous` puts them down."""

    def typed(self, form: Form) -> Sequence[Row]:
        """Return the rows of a form; a record has one, empty or not."""
        rows = self.rows.get(form.id, ())
        return (next(iter(rows), {}),) if form.kind == "record" else rows

    @cached_property
    def tally(self) -> Tally:
        """The figures of these rows."""
        tables = {form.id: self._table(form) for form in self.kit.forms}
        return Tally(Submission(kit=self.kit, tables=tables, previous=self.previous))

    def shown(self, figure: Figure) -> Shown:
        """Return what a formula shows for a figure."""
        if figure.state is not State.KNOWN:
            words = labels().summary
            return words.look if figure.state is State.UNKNOWN else words.empty
        return shown_value(figure.value)

    def failing(self, rule: Rule) -> int:
        """Return how many findings a check makes of these rows."""
        from officeflow.checks._kind import find_kind

        kind = find_kind(rule.use)
        return 0 if kind is None else sum(1 for _ in kind.check(Scope(rule, self.tally)))

    def _table(self, form: Form) -> Table:
        rows = self.typed(form)
        columns: dict[str, list[Value]] = {
            field.id: [read_cell(field, _raw(row.get(field.id))).value for row in rows]  # type: ignore[arg-type]
            for field in form.fields
        }
        list(money_moved(form, columns))
        defaulted = frozenset(defaults(form, columns))
        is_record = form.kind == "record"
        at = {field.id: number for number, field in enumerate(form.fields)}
        return Table(
            form=form,
            sheet=form.sheet,
            columns={name: tuple(values) for name, values in columns.items()},
            rows=tuple(range(FIRST_ROW, FIRST_ROW + len(rows))),
            letters={name: VALUE_COLUMN if is_record else FIRST_FIELD + n for name, n in at.items()},
            field_rows={name: RECORD_FIRST + n for name, n in at.items()} if is_record else {},
            defaulted=defaulted,
        )


def _raw(value: object) -> object:
    value = cell_value(value)
    return "" if value is None else float(value) if isinstance(value, Decimal) else value


def shown_value(value: FigureValue) -> Shown:
    """Return how Excel stores a figure's value."""
    match value:
        case Decimal():
            return Decimal(format(value, ".15g"))  # the digits a spreadsheet keeps
        case date():
            return Decimal(serial(value))
        case Period():
            days = (f"{day.year}-{day.month}-{day.day}" for day in (value.first, value.last))
            return labels().line.until.join(days)
        case PartialDate():
            return labels().summary.look
        case str():
            return value
        case _:
            return labels().summary.look
