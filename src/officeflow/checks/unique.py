"""No two rows agree: `use = "unique"`, `of`, `where`.

* without `of`: every field with `unique = true`;
* `of` = form: its key fields together; `of` = fields of one form: together.

Rows blank in every part are left out.  {row} is the row that was there first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from officeflow.checks._kind import CheckKind
from officeflow.checks._scope import Column, Scope
from officeflow.checks._sites import cell_site, shown
from officeflow.model.findings import Finding
from officeflow.model.kit import Rule
from officeflow.model.values import Gap, Value

if TYPE_CHECKING:
    from officeflow.checks._formula import Line, Sheets


def check(scope: Scope) -> Iterator[Finding]:
    """Yield a finding at each row that repeats an earlier one."""
    if scope.rule.of is None:
        for column in scope.columns(lambda field: field.unique):
            yield from _repeats(scope, [column])
        return
    for form in scope.forms():
        yield from _repeats(scope, [c for name in form.key for c in scope.column(f"{form.id}.{name}")])
    yield from _repeats(scope, list(scope.columns(lambda _: False)))


def _repeats(scope: Scope, columns: Sequence[Column]) -> Iterator[Finding]:
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


def formula(sheets: Sheets, rule: Rule) -> Iterator[Line]:
    """Yield a line per key: how many rows repeat an earlier one."""
    # Only building a workbook asks.
    from officeflow.checks._formula import Line, items

    names = [item for item in items(rule.of) if isinstance(item, str)]
    keys = [[f"{f.id}.{name}" for name in f.key] for f in map(sheets.kit.form_by_id.get, names) if f]
    keys.append([name for name in names if sheets.kit.field(name) is not None])
    if rule.of is None:
        keys = [
            [f"{form.id}.{field.id}"] for form in sheets.kit.forms for field in form.fields if field.unique
        ]
    for paths in filter(None, keys):
        asked = sheets.asked(paths, rule.where)
        form = sheets.kit.form_by_id[paths[0].partition(".")[0]]
        if asked is not None:
            keyed = f"SUMPRODUCT({asked.mask}*(({'+'.join(asked.filled)})>0))"
            headers = "+".join(form.by_id[path.partition(".")[2]].header for path in paths)
            fails = f"{keyed}-{asked.different()}"
            yield Line(relation="unique", left=headers, right=form.sheet, fails=fails, form=form.id)


KIND = CheckKind(check=check, takes=frozenset({"where"}), formula=formula)
