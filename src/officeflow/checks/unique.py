"""No two rows agree: `use = "unique"`, `of`, `where`.

* without `of`: every field with `unique = true`;
* `of` = form: its key fields together; `of` = fields of one form: together.

Rows blank in every part are left out.  {row} is the row that was there first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from officeflow.checks._kind import CheckKind
from officeflow.checks._scope import FieldCells, Scope
from officeflow.checks._sites import cell_site, shown
from officeflow.model.findings import Finding
from officeflow.model.values import Gap, Value


def check(scope: Scope) -> Iterator[Finding]:
    """Yield a finding at each row that repeats an earlier one."""
    if scope.rule.of is None:
        for column in scope.columns(lambda field: field.unique):
            yield from _repeats(scope, [column])
        return
    for form in scope.forms():
        yield from _repeats(scope, [c for name in form.key for c in scope.column(f"{form.id}.{name}")])
    yield from _repeats(scope, list(scope.columns(lambda _: False)))


def _repeats(scope: Scope, columns: Sequence[FieldCells]) -> Iterator[Finding]:
    if not columns:
        return
    keys = list(zip(*(column.values for column in columns), strict=True))
    if len(set(keys)) == len(keys):
        return
    first: dict[tuple[Value, ...], int] = {}
    for entry, key in zip(columns[0].entries, keys, strict=True):
        if all(value is None or isinstance(value, Gap) for value in key):
            continue
        before = first.setdefault(key, entry)
        if before != entry:
            table = columns[0].table
            texts = [shown(value, column.field) for value, column in zip(key, columns, strict=True)]
            site = cell_site(table, columns[0].field, entry)
            yield scope.finding("REPEATED", site, value="+".join(filter(None, texts)), row=table.rows[before])


KIND = CheckKind(check=check, takes=frozenset({"where"}))
