"""A typed 合计 row is right: `use = "total_row"`; every form, or `of` = form or a list.

A total is held against the rows above it, a 小计 against those since the last
total row; if that differs, against the sum of all rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from officeflow.checks._compare import Verdict, difference, equals
from officeflow.checks._kind import CheckKind
from officeflow.checks._scope import Scope
from officeflow.checks._sites import Site
from officeflow.model.cells import column_letters
from officeflow.model.findings import Finding
from officeflow.model.kit import Field
from officeflow.model.submission import Table, TotalRow
from officeflow.model.values import Bounded, Number, Value, add
from officeflow.text.messages import Place


def check(scope: Scope) -> Iterator[Finding]:
    """Yield a finding per typed total that is not the sum of the rows it can stand for."""
    forms = scope.forms() if scope.rule.of is not None else scope.kit.forms
    for form in forms:
        table = scope.submission.tables[form.id]
        before = 0
        for total in table.totals:
            for field_id, typed in total.values.items():
                yield from _differs(scope, table, form.by_id[field_id], total, typed, before)
            before = total.row


def _differs(
    scope: Scope, table: Table, field: Field, total: TotalRow, typed: Value, before: int
) -> Iterator[Finding]:
    sums = [
        _sum(table, field, after, up_to) for after, up_to in ((0, None), (0, total.row), (before, total.row))
    ]
    verdicts = [equals(typed, sum_) for sum_ in sums]
    if Verdict.HOLDS in verdicts:
        return
    verdict = Verdict.MAY_FAIL if Verdict.MAY_FAIL in verdicts else Verdict.FAILS
    whole = sums[0]
    column = table.letters.get(field.id)
    cell = "" if column is None else f"{column_letters(column)}{total.row}"
    yield scope.finding(
        "TOTAL_ROW",
        Site(Place(sheet=table.sheet, row=total.row, header=field.header, cell=cell), key=total.label),
        value=typed,
        expected=whole,
        verdict=verdict,
        label=total.label,
        unit=field.unit,
        difference=difference(typed, whole),
    )


def _sum(table: Table, field: Field, after: int, up_to: int | None) -> Number:
    """Return the sum of the column in the rows between two sheet rows."""
    result: Number = Decimal(0)
    for row, value in zip(table.rows, table.columns[field.id], strict=True):
        if row > after and (up_to is None or row < up_to) and isinstance(value, Decimal | Bounded):
            result = add(result, value)
    return result


KIND = CheckKind(check=check)
