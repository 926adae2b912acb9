"""A cell must be filled in some rows: `use = "required_if"`.

* without `of`: every field whose `required` is a `where`, in the rows that satisfy it;
* `of` = `form.field` or a list, `where`: as `required` with `where`; `when` asks record fields.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from officeflow.checks._kind import CheckKind
from officeflow.checks._scope import Scope
from officeflow.checks.required import blanks
from officeflow.model.findings import Finding


def check(scope: Scope) -> Iterator[Finding]:
    """Yield a finding per blank cell of the rows in question."""
    for column in scope.columns(lambda field: isinstance(field.required, dict)):
        condition = column.field.required
        if scope.rule.of is None and isinstance(condition, dict):
            entries = scope.tally.selector.entries(column.table, condition).entries
            column = replace(column, entries=entries)  # noqa: PLW2901
        yield from blanks(scope, column)


KIND = CheckKind(check=check, takes=frozenset({"where"}))
