"""A cell holds one of the values allowed: `use = "one_of"`, `of`, `choices`, `where`.

* without `of`: every field of type choice, by its own `choices`;
* `of` = fields, `choices`: in the rows of `where` (衣物一般按“件”); 是/否 is written as the word.

Blank cells are silent.  {expected} is the nearest choice, or all of them when none is near.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from officeflow.checks._kind import CheckKind
from officeflow.checks._scope import Scope
from officeflow.checks._sites import cell_site, shown
from officeflow.model.findings import Finding
from officeflow.model.values import Gap
from officeflow.text.nearest import nearest
from officeflow.text.reading import shown_value


def check(scope: Scope) -> Iterator[Finding]:
    """Yield a finding per cell with another value."""
    for column in scope.columns(lambda field: field.choices):
        choices = scope.rule.choices or column.field.choices
        allowed = {*choices, None}
        values = column.values
        if all(isinstance(value, str | None) for value in values) and allowed.issuperset(
            cast("list[str]", values)
        ):
            continue
        for entry, value in zip(column.entries, values, strict=True):
            text = shown_value(value)
            if value is not None and not isinstance(value, Gap) and text not in allowed:
                yield scope.finding(
                    "NOT_IN_LIST",
                    cell_site(column.table, column.field, entry),
                    value=shown(value, column.field),
                    expected=nearest(text, choices) or "、".join(choices),
                )


KIND = CheckKind(check=check, takes=frozenset({"choices", "where"}))
