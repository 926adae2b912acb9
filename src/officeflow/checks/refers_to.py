"""What is named is listed elsewhere: `use = "refers_to"`, `of`, `in`, `where`.

* without `of`: every field of type ref, in the field it `refers` to;
* `of` = fields, `in` = `form.field`: each of them is listed there;
* `of` and `in` = lists of the same length: together, as one key (期号 + 单位);
  the parts of `of` are fields of one ledger, or record fields.

{expected} is the nearest listed text, '' when none is near.  Blank cells are
silent; so is a list without any row (the reader or `zero_report` speaks).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from officeflow.checks._kind import CheckKind
from officeflow.checks._scope import FieldCells, Scope
from officeflow.checks._sites import shown
from officeflow.figures import has_value
from officeflow.model.findings import Finding
from officeflow.model.values import Value, canonical
from officeflow.text.nearest import nearest


def check(scope: Scope) -> Iterator[Finding]:
    """Yield a finding per cell (or key) that is not listed."""
    targets = scope.rule.in_
    if isinstance(targets, list):
        yield from _keys(scope, targets)
        return
    for column in scope.columns(lambda field: field.refers):
        target = targets or column.field.refers
        if scope.kit.field(target) is not None:
            yield from _cells(scope, column, _listed(scope, target))


def _listed(scope: Scope, path: str) -> Sequence[Value]:
    form_id, _, field_id = path.partition(".")
    return scope.submission.tables[form_id].columns[field_id]


def _cells(scope: Scope, column: FieldCells, listed: Sequence[Value]) -> Iterator[Finding]:
    known = {*listed, None}
    if len(known) == 1 or known.issuperset(column.values):
        return
    names = list(dict.fromkeys(canonical(value) for value in listed if has_value(value)))
    for entry, value in zip(column.entries, column.values, strict=True):
        if has_value(value) and value not in known:
            near = _nearest(canonical(value), names)
            yield scope.finding(
                "NEAR_LISTED" if near else "NOT_LISTED",
                column.site(entry),
                value=shown(value, column.field),
                expected=near,
                list=_sheet(scope, column),
            )


def _nearest(text: str, names: Sequence[str]) -> str:
    """Return the listed name that a text probably means; what all names share (社区) says nothing.

    >>> _nearest("西山居委会", ["西山社区", "河北社区"]), _nearest("俪城社区", ["西山社区", "河北社区"])
    ('西山社区', '')
    """
    if not names:
        return ""
    # A single name shows what it shares with others only against the text itself.
    endings = zip(*(reversed(name) for name in (names if len(names) > 1 else [*names, text])), strict=False)
    tail = sum(1 for _ in takewhile(lambda ends: len(set(ends)) == 1, endings))
    cores = {name[: len(name) - tail]: name for name in names if len(name) > tail}
    within = [name for core, name in cores.items() if core in text]
    if within:
        return max(within, key=len)
    core = text[: len(text) - tail] if tail and text.endswith(names[0][-tail:]) else text
    return cores.get(nearest(core, cores), "")


def _sheet(scope: Scope, column: FieldCells) -> str:
    target = scope.rule.in_ if isinstance(scope.rule.in_, str) and scope.rule.in_ else column.field.refers
    return scope.kit.form_by_id[target.partition(".")[0]].sheet


def _keys(scope: Scope, targets: list[str]) -> Iterator[Finding]:
    listed = set(zip(*(_listed(scope, path) for path in targets), strict=True))
    sides = list(scope.sides())
    if not listed or not sides:
        return
    sheet = scope.kit.form_by_id[targets[0].partition(".")[0]].sheet
    for at in range(len(sides[0].values)):
        key = tuple(side.values[at] for side in sides)
        if all(map(has_value, key)) and key not in listed:
            texts = [side.shown(side.values[at]) for side in sides]
            yield scope.finding("NOT_LISTED", sides[0].site(at), value="+".join(texts), list=sheet)


KIND = CheckKind(check=check, takes=frozenset({"in_", "where"}))
