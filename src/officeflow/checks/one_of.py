"""A cell holds one of the values allowed: `use = "one_of"`, `of`, `choices`, `where`.

* without `of`: every field of type choice, by its own `choices`;
* `of` = fields, `choices`: in the rows of `where` (衣物一般按“件”); 是/否 is written as the word.

Blank cells are silent.  {expected} is the nearest choice, or all of them when none is near.
"""

from __future__ import annotations

from collections.abc import Iterator

from officeflow.checks._kind import CheckKind
from officeflow.checks._scope import Scope
from officeflow.checks._sites import shown
from officeflow.figures import has_value
from officeflow.model.findings import Finding
from officeflow.model.values import Value
from officeflow.text.nearest import nearest
from officeflow.text.reading import shown_value


def check(scope: Scope) -> Iterator[Finding]:
    """Yield a finding per cell with another value."""
    for column in scope.columns(lambda field: field.choices):
        choices = scope.rule.choices or column.field.choices
        flags = (flag for flag in (True, False) if shown_value(flag) in choices)
        allowed: set[Value] = {*choices, *flags, None}
        if allowed.issuperset(column.values):
            continue
        for entry, value in zip(column.entries, column.values, strict=True):
            if has_value(value) and value not in allowed:
                yield scope.finding(
                    "NOT_IN_LIST",
                    column.site(entry),
                    value=shown(value, column.field),
                    expected=nearest(shown_value(value), choices) or "、".join(choices),
                )


KIND = CheckKind(check=check, takes=frozenset({"choices", "where"}))
