"""Something must be there: `use = "required"`.

* without `of`: every field with `required = true`;
* `of` = `form.field` or a list, `where`: each cell of those rows is filled;
* `of` = form, `where`: at least one row matches;
* `of` = figure: it is not empty.

“/” and 未统计 in a required cell are to be explained.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from officeflow.checks._kind import CheckKind
from officeflow.checks._scope import FieldCells, Scope
from officeflow.checks._sites import Site, cell_site, column_site, figure_site
from officeflow.model.figures import State
from officeflow.model.findings import Finding, Severity
from officeflow.model.values import Gap
from officeflow.text.messages import Place
from officeflow.text.reading import shown_value

WHOLE_COLUMN = 3
"""From so many rows on, a column without any value is one finding, not one per row."""


def check(scope: Scope) -> Iterator[Finding]:
    """Yield a finding per blank cell, form without a matching row, or empty figure."""
    for column in scope.columns(lambda field: field.required is True):
        yield from blanks(scope, column)
    for operand in scope.operands():
        form = scope.kit.form_by_id.get(operand) if isinstance(operand, str) else None
        if form is not None:
            table = scope.submission.tables[form.id]
            if table.is_present and not scope.entries(table):
                yield scope.finding("ROW_MISSING", Site(Place(sheet=table.sheet), key=form.sheet))
            continue
        figure = scope.tally.operand(operand)
        if figure.state is State.EMPTY:
            yield scope.finding("FIGURE_BLANK", figure_site(figure, scope.submission), value_name=figure.name)


def blanks(scope: Scope, column: FieldCells) -> Iterator[Finding]:
    """Yield a finding for each cell of a column that gives no value; one for a column that is blank altogether."""
    table, field, values = column.table, column.field, column.values
    blank = [entry for entry, value in zip(column.entries, values, strict=True) if value is None]
    if len(blank) >= WHOLE_COLUMN and len(blank) == len(values):
        first = table.rows[blank[0]]
        grouped = scope.finding(
            "COLUMN_BLANK", column_site(table, field, blank), count=len(blank), first=first
        )
        yield replace(grouped, code="REQUIRED_BLANK")
    else:
        for entry in blank:
            yield scope.finding("REQUIRED_BLANK", cell_site(table, field, entry))
    if Gap not in set(map(type, values)):
        return
    # The rule weighs blanks; who wrote “/” has answered, and need only explain.
    severity = Severity.EXPLAIN if scope.rule.severity is Severity.MANDATORY else None
    for entry, value in zip(column.entries, values, strict=True):
        if value is Gap.NOT_APPLICABLE or value is Gap.NOT_COUNTED:
            yield scope.finding(
                "NOT_GIVEN", cell_site(table, field, entry), value=shown_value(value), severity=severity
            )


KIND = CheckKind(check=check, takes=frozenset({"where"}))
