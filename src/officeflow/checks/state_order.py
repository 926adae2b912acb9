"""Steps go forward: `use = "state_order"`, `of` = the step field, `by` = the field naming the matter, `order` = the date field, `choices`, `where`.

`choices` are the steps in their order (without it the field's own choices).
Rows of one matter, sorted by date, must not go back to an earlier step.
Rows without step, matter or date are silent, and so are steps not in the list.
"""

from __future__ import annotations

from collections.abc import Iterator

from officeflow.checks._kind import CheckKind
from officeflow.checks._scope import FieldCells, Scope
from officeflow.figures import has_value, sort_key
from officeflow.model.findings import Finding
from officeflow.model.values import canonical


def check(scope: Scope) -> Iterator[Finding]:
    """Yield a finding at each row whose state moves back."""
    for column in scope.columns(lambda _: False):
        names = scope.rule.choices or column.field.choices
        steps = {name: at for at, name in enumerate(names)}
        reached: dict[str, str] = {}
        for entry in _dated(scope, column):
            matter = canonical(column.table.value(scope.rule.by, entry))
            step = canonical(column.table.value(column.field.id, entry))
            before = reached.get(matter, step)
            if step not in steps:
                continue
            if steps[step] < steps[before]:
                yield scope.finding("STEP_BACK", column.site(entry), value=step, expected=before)
            reached[matter] = step


def _dated(scope: Scope, column: FieldCells) -> list[int]:
    """Return the entries that have matter and date, oldest first."""
    table, by, order = column.table, scope.rule.by, scope.rule.order
    known = [e for e in column.entries if has_value(table.value(by, e)) and has_value(table.value(order, e))]
    return sorted(known, key=lambda entry: sort_key(table.value(order, entry)))


KIND = CheckKind(
    check=check, takes=frozenset({"by", "order", "choices", "where"}), needs=frozenset({"of", "by", "order"})
)
